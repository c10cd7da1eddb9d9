"""One act, proved to anybody offline: its bytes, the hidden fields that its holder chose to show, and what its author's
key rests on, all under one signed checkpoint; an act of a chamber under the chamber's own checkpoint, and what its
author's key rests on under the main log's (docs/specs/proof-of-an-act.md). Where cosigners named after convening have
signed, the acts that name them are in it too.

    detente proof of an act v1
    process detente/<26 characters>
    proves <number of the act, from 1>[ <chamber>]
    act <number> <JWS>~<disclosure>~...~        the convening act first, then in order, the act proved among them
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
from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final

from msgspec import Struct

from detente.proofs.registry_acts import ActsReader, first_cosigners, later_cosigners
from detente.proofs.signed_log import SignedLog, Signers, check_log
from detente.proofs.stated import Holder, Stated

FIRST_LINE: Final = "detente proof of an act v1"

_CHAMBER: Final = re.compile(r"[A-Za-z-]{1,20}")


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


class _ProofReader(ActsReader):
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


def verify_proof(file: BinaryIO) -> ProvedAct:
    """Check everything in a proof. Raises `Refused`: what broke, where, in words."""
    reader = _ProofReader(file)
    process, number, chamber = reader.heading()
    keys: dict[str, Holder] = {}
    main = reader.acts_of(process, process, keys, None if chamber else number)
    if not main:
        raise reader.fault("order", "the file shows no act of the main log.")
    notes = [reader.checkpoint()]
    inside = reader.acts_of(process, f"{process}/{chamber}", keys, number) if chamber else ()
    if chamber:
        notes.append(reader.checkpoint())
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the checkpoint.")
    first = main[0].act.clear
    cosigners = first_cosigners(first.get("cosigners", []), process)
    later = later_cosigners(main, keys, cosigners, process)
    names = (process, f"{process}/{chamber}")
    logs = [
        check_log(reader, Signers(name, first, cosigners, later), note, acts)
        for name, note, acts in zip(names, notes, (main, inside), strict=False)
    ]
    proved = next(placed.act for placed in inside or main if placed.act.number == number)
    return _proved(process, chamber, proved, [placed.act for placed in main], keys, logs)


def _proved(
    process: str,
    chamber: str,
    act: Stated,
    main: Sequence[Stated],
    keys: Mapping[str, Holder],
    logs: Sequence[SignedLog],
) -> ProvedAct:
    holder = keys[act.key]
    admitted = next(
        (one for one in reversed(main) if one.kind == "admit" and one.clear["person"] == holder.person
         and one.number < holder.enrolled),
        None,
    )  # fmt: skip
    return ProvedAct(
        process=process,
        chamber=chamber,
        act=act,
        person=holder.person,
        role=admitted.clear["role"] if admitted else "",
        side=admitted.clear.get("side", "") if admitted else "",
        office=_text(admitted, "title"),
        title=_text(main[0], "title"),
        enrolled=holder.enrolled,
        log=logs[-1],
        main=logs[0],
        log_key=main[0].clear["log_key"],
    )


def _text(act: Stated | None, name: str) -> str:
    value = act.opened.get(name) if act is not None else None
    return value if isinstance(value, str) else ""
