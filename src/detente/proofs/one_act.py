"""One act, proved to anybody offline: its bytes, the hidden fields that its holder chose to show, and what its author's
key rests on, all under one signed checkpoint; an act of a chamber under the chamber's own checkpoint, and what its
author's key rests on under the main log's (docs/specs/proof-of-an-act.md).

    detente proof of an act v1
    process detente/<26 characters>
    proves <number of the act, from 1>[ <chamber>]
    act <number> <JWS>~<disclosure>~...~        the convening act first, then in order, the last one the act proved
    path <number of lines>
    <a hash of the inclusion proof in base64, leaf's sibling first; a line for each>
    act ...
    checkpoint <number of lines>
    <the signed note, as it is>
    [act, path and checkpoint of the chamber]

What it proves: these words were signed by the holder of a key that the record enrolled for this person, and stood in the
record at this place when the log (and who cosigned it) signed its size. What it does not: that the act was regular, that
nothing came after it, and anything of the acts that it leaves out. It is made in proofs/proving.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from msgspec import Struct

from detente.acts.time import log_verifier, mldsa_verifiers
from detente.proofs.lines import LineReader
from detente.proofs.path_lines import PathReader
from detente.proofs.stated import RESTS_ON, Holder, Stated, convened, enrolled, read_stated
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify
from detente.tlog.checkpoint import Cosigned, open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.merkle import check_inclusion, leaf_hash
from detente.tlog.signed_note import parse_note, parse_vkey

FIRST_LINE: Final = "detente proof of an act v1"
MOST_ACTS: Final = 200
"""That a key rests on: everybody's enrolment back to the convenor, where each enrolled the next."""

_CHAMBER: Final = re.compile(r"[A-Za-z-]{1,20}")


class SignedLog(Struct, frozen=True):
    """How far a log was signed. size: acts; note: that signed checkpoint; cosigners: who signed it besides the log;
    signed_with_mldsa: the log has signed it with ML-DSA-44 too."""

    size: int
    note: bytes
    cosigners: tuple[Cosigned, ...]
    signed_with_mldsa: bool


class ProvedAct(Struct, frozen=True):
    """What a proof proves. process: its id, which fixes the convenor's key and the log's; chamber: in which the act
    stands, or ""; person: its author, admitted in `role` (of `side`), both "" for whom the convening act names; office,
    title: of the author and of the talks, where shown; enrolled: number of the act that brought the key; log: that the
    act stands in; main: that the key's acts stand in; log_key: of both, base64url."""

    process: str
    chamber: str
    act: Stated
    person: str
    role: str
    side: str
    office: str
    title: str
    enrolled: int
    log: SignedLog
    main: SignedLog
    log_key: str


class _Placed(Struct, frozen=True):
    act: Stated
    leaf: bytes
    path: tuple[bytes, ...]


class _ProofReader(PathReader):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "proved", "Ask for the proof again, and keep this file.")

    def heading(self) -> tuple[str, int, str]:
        """(process, number of the act proved, chamber)."""
        if self.raw_line() != FIRST_LINE.encode():
            raise self.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
        process = self.text("process")
        number, space, chamber = self.text("proves").partition(" ")
        if space and not _CHAMBER.fullmatch(chamber):
            raise self.fault("line", "it does not name a chamber as a log is named.")
        return process, self.number(number), chamber

    def acts(self) -> Iterator[tuple[int, bytes, tuple[bytes, ...]]]:
        """(number, act, path) of each act of a log. The checkpoint's own line is read with them; `checkpoint` gives its
        note."""
        while (line := self.word("act", "checkpoint")).word == "act":
            number, _, act = line.rest.partition(b" ")
            counted = self.number(self.plain(number))
            yield counted, act, self.path()
        self._lines = self.number(self.plain(line.rest))

    def checkpoint(self) -> bytes:
        return self.note_of(self._lines)


def verify_proof(file: BinaryIO) -> ProvedAct:
    """Check everything in a proof. Raises `Refused`: what broke, where, in words."""
    reader = _ProofReader(file)
    process, proved, chamber = reader.heading()
    keys: dict[str, Holder] = {}
    main = _acts_of(reader, process, process, keys, None if chamber else proved)
    notes = [reader.checkpoint()]
    inside = _acts_of(reader, process, f"{process}/{chamber}", keys, proved) if chamber else ()
    if chamber:
        notes.append(reader.checkpoint())
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the checkpoint.")
    first = main[0].act
    signed = [_check_log(reader, first, process, notes[0], main)]
    if chamber:
        signed.append(_check_log(reader, first, f"{process}/{chamber}", notes[1], inside))
    return _proved(process, chamber, [placed.act for placed in (*main, *inside)], keys, signed)


def _acts_of(
    reader: _ProofReader, process: str, log: str, keys: dict[str, Holder], proved: int | None
) -> tuple[_Placed, ...]:
    """The acts of one log, each checked as far as it can be without the checkpoint; `keys` gains those that they bring.
    proved: number of the act that ends them, None where all are what a key rests on."""
    found: list[_Placed] = []
    for number, raw, path in reader.acts():
        if len(found) == MOST_ACTS or (found and number <= found[-1].act.number):
            raise reader.fault("order", "the acts of a proof stand in their order, each once.")
        envelope = parse_envelope(raw)
        act = read_stated(number, envelope)
        if not keys:
            keys.update(convened(act, process))
        if act.log != log:
            raise reader.fault("process", "the act is of another record.")
        if number != proved and (act.kind not in RESTS_ON or log != process):
            raise reader.fault("order", "it is no act that the author's key rests on.")
        if act.key not in keys:
            raise reader.fault("key", "the proof does not show who enrolled the key that signed this act.")
        verify(envelope, keys[act.key].public)
        if act.kind == "enrol":
            keys.update({**enrolled(act, process), **keys})  # a key belongs to whom it was enrolled for first
        found.append(_Placed(act, leaf_hash(envelope.entry), path))
    if not found or (proved is not None and found[-1].act.number != proved):
        raise reader.fault("order", "the last act is not the one that the proof is about.")
    return tuple(found)


def _check_log(
    reader: LineReader, first: Stated, log: str, note: bytes, acts: tuple[_Placed, ...]
) -> SignedLog:
    """That the checkpoint is signed, and holds these acts. first: the convening act."""
    cosigners = [CosignatureVerifier(parse_vkey(vkey)) for vkey in first.clear.get("cosigners", [])]
    others = (*cosigners, *mldsa_verifiers(log, first.clear.get("log_mldsa_key", "")))
    opened = open_checkpoint(note, log_verifier(log, first.clear["log_key"]), others)
    if len(parse_note(note).signatures) != 1 + len(opened.cosigners):
        # A note may carry any signature; a proof is to mean the same to everybody who reads it.
        raise reader.fault(
            "signature", "a signature is neither the log's nor of a cosigner whom the process names."
        )
    signed = opened.checkpoint
    for placed in acts:
        check_inclusion(placed.leaf, placed.act.number - 1, signed.size, placed.path, signed.root)
    return SignedLog(signed.size, note, opened.witnesses, opened.signed_with_mldsa)


def _proved(
    process: str, chamber: str, acts: list[Stated], keys: Mapping[str, Holder], signed: list[SignedLog]
) -> ProvedAct:
    act = acts[-1]
    holder = keys[act.key]
    admissions = [one for one in acts if one.kind == "admit" and one.clear["person"] == holder.person]
    admitted = admissions[-1] if admissions else None
    return ProvedAct(
        process=process,
        chamber=chamber,
        act=act,
        person=holder.person,
        role=admitted.clear["role"] if admitted else "",
        side=admitted.clear.get("side", "") if admitted else "",
        office=_text(admitted, "title"),
        title=_text(acts[0], "title"),
        enrolled=holder.enrolled,
        log=signed[-1],
        main=signed[0],
        log_key=acts[0].clear["log_key"],
    )


def _text(act: Stated | None, name: str) -> str:
    value = act.opened.get(name) if act is not None else None
    return value if isinstance(value, str) else ""
