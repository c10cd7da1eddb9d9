"""One act, proved to anybody offline: its bytes, the hidden fields that its holder chose to show, and what its author's
key rests on, all in one log under one signed checkpoint (docs/specs/proof-of-an-act.md).

    detente proof of an act v1
    process detente/<26 characters>
    proves <number of the act, from 1>
    act <number> <JWS>~<disclosure>~...~        the convening act first, then in order, the last one the act proved
    path <number of lines>
    <a hash of the inclusion proof in base64, leaf's sibling first; a line for each>
    act ...
    checkpoint <number of lines>
    <the signed note, as it is>

What it proves: these words were signed by the holder of a key that the record enrolled for this person, and stood in the
record at this place when the log (and who cosigned it) signed its size. What it does not: that the act was regular, that
nothing came after it, and anything of the acts that it leaves out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from msgspec import Struct

from detente.acts.act import Act, Clear, Kind
from detente.acts.convening import Convene
from detente.acts.keys import Enrol
from detente.acts.kinds import Unknown, kind_of, read_act
from detente.acts.participation import Admit
from detente.acts.time import cosigner_verifiers, log_verifier, mldsa_verifiers
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.keys.possession import check_possession
from detente.keys.thumbprint import thumbprint
from detente.procedure.examination import examine
from detente.procedure.fold import fold_all, place
from detente.proofs.lines import LineReader
from detente.signing.disclosure import open_disclosures, read_disclosure
from detente.signing.envelope import Envelope, parse_envelope
from detente.signing.verifier import verify
from detente.state.records import Process, State
from detente.tlog.checkpoint import Cosigned, OpenedCheckpoint, open_checkpoint
from detente.tlog.line import decode_hash, encode_base64
from detente.tlog.merkle import check_inclusion, leaf_hash, prove_inclusion, root_of
from detente.tlog.signed_note import parse_note

FIRST_LINE: Final = "detente proof of an act v1"
LONGEST_PATH: Final = 63
MOST_ACTS: Final = 200
"""That a key rests on: everybody's enrolment back to the convenor, where each enrolled the next."""


class Stated(Struct, frozen=True):
    """One act of a proof. number: from 1; opened: the hidden fields shown, by name."""

    number: int
    key: str
    kind: Kind
    clear: Clear
    opened: Mapping[str, Any]


class ProvedAct(Struct, frozen=True):
    """What a proof proves. act: proved; person: its author, and admitted as what; enrolled: number of the act that
    enrolled the key; size: acts in the log as signed; note: that signed checkpoint; cosigners: who signed it besides;
    signed_with_mldsa: the log has signed it with ML-DSA-44 too."""

    process: Process
    act: Stated
    person: str
    admitted: Admit | None
    office: str
    enrolled: int
    size: int
    note: bytes
    cosigners: tuple[Cosigned, ...]
    signed_with_mldsa: bool


# --- making one


def write_proof(
    out: BinaryIO,
    acts: Sequence[bytes],
    note: bytes,
    number: int,
    shown: Collection[str],
    *,
    names: bool = False,
) -> None:
    """Prove one act of a main log. acts: all of it, with the disclosures that its holder has; note: its checkpoint, of
    exactly these; number: from 1; shown: the hidden fields to disclose; names: also the office of its author and the
    title of the talks.

    Raises `Refused`: `proved.number`, or `proved.field` where a field to be shown is not there to show.
    """
    if not 1 <= number <= len(acts):
        raise refuse("proved.number", f"The record holds acts 1 to {len(acts)}; there is no act {number}.",
                     instead="Choose an act of the main record.")  # fmt: skip
    envelopes = [parse_envelope(act, check_canonical=False) for act in acts]
    leaves = [leaf_hash(envelope.entry) for envelope in envelopes]
    have = {read_disclosure(text).name for text in envelopes[number - 1].disclosures}
    lacking = sorted(set(shown) - have)
    if lacking:
        raise refuse("proved.field", f"You cannot show {', '.join(lacking)} of this act.",
                     instead=f"It has, for you: {', '.join(sorted(have)) or 'nothing hidden'}.")  # fmt: skip
    origin = parse_note(note).text.partition("\n")[0]
    out.write(f"{FIRST_LINE}\nprocess {origin}\nproves {number}\n".encode())
    for index in _rests_on(envelopes, number - 1):
        wanted = set(shown) if index == number - 1 else {"title"} if names else set()
        kept = [text for text in envelopes[index].disclosures if read_disclosure(text).name in wanted]
        act = "~".join([envelopes[index].entry.decode(), *kept, ""])
        path = prove_inclusion(index, len(leaves), lambda level, at: _node(leaves, level, at))
        out.write(f"act {index + 1} {act}\npath {len(path)}\n".encode())
        out.write("".join(f"{encode_base64(node)}\n" for node in path).encode())
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)


def _node(leaves: Sequence[bytes], level: int, index: int) -> bytes:
    return root_of(leaves[index << level : (index + 1) << level])


def _rests_on(envelopes: Sequence[Envelope], proved: int) -> list[int]:
    """Indices, in order: the convening act, the enrolment of each key on the way to the convenor's, the admission of
    each of their holders, and the act itself."""
    clears = [read_act(envelope.payload) for envelope in envelopes[: proved + 1]]
    found, waiting = {0, proved}, [proved]
    while waiting:
        index = waiting.pop()
        for before in range(index - 1, 0, -1):
            clear = clears[before]
            if isinstance(clear, Enrol) and _key_id(clear) == envelopes[index].kid:
                admitted = (n for n in range(before - 1, 0, -1) if _admits(clears[n], clear.person))
                for new in {before, *list(admitted)[:1]} - found:
                    found.add(new)
                    waiting.append(new)
                break
    return sorted(found)


def _key_id(clear: Enrol) -> str:
    return thumbprint(decode_base64url(clear.public))


def _admits(clear: Clear | Unknown, person: str) -> bool:
    return isinstance(clear, Admit) and clear.person == person


# --- checking one


class _ProofReader(LineReader):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "proved", "Ask for the proof again, and keep this file.")

    def heading(self) -> tuple[str, int]:
        """(process, number of the act proved)."""
        if self.raw_line() != FIRST_LINE.encode():
            raise self.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
        return self.text("process"), self.number(self.text("proves"))

    def acts(self) -> Iterator[tuple[int, bytes, tuple[bytes, ...]]]:
        """(number, act, path) of each act. The checkpoint's own line is read with them; `checkpoint` gives its note."""
        while (line := self.word("act", "checkpoint")).word == "act":
            number, _, act = line.rest.partition(b" ")
            count = self.number(self.text("path"))
            if count > LONGEST_PATH:
                raise self.fault("number", "an inclusion proof does not have so many hashes.")
            yield self.number(self.plain(number)), act, tuple(self._hash() for _ in range(count))
        self._lines = self.number(self.plain(line.rest))

    def _hash(self) -> bytes:
        node = decode_hash(self.plain(self.raw_line()))
        if node is None:
            raise self.fault("hash", "it is not a hash in base64.")
        return node

    def checkpoint(self) -> bytes:
        return self.note_of(self._lines)


def verify_proof(file: BinaryIO) -> ProvedAct:
    """Check everything in a proof. Raises `Refused`: what broke, where, in words."""
    reader = _ProofReader(file)
    origin, proved = reader.heading()
    found: list[tuple[Stated, bytes, tuple[bytes, ...]]] = []
    keys: dict[str, bytes] = {}
    state = State()
    for number, raw, path in reader.acts():
        if len(found) == MOST_ACTS or (found and number <= found[-1][0].number):
            raise reader.fault("order", "the acts of a proof stand in their order, each once.")
        envelope = parse_envelope(raw)
        stated = _stated(number, envelope)
        if not found:
            state = _convened(stated, origin, envelope)
            keys = {key_id: decode_base64url(key.public) for key_id, key in state.keys.items()}
        _check_act(reader, stated, envelope, origin, keys, last=number == proved)
        if isinstance(stated.clear, Enrol):
            keys[_key_id(stated.clear)] = _enrolled(stated.clear, origin)
        found.append((stated, leaf_hash(envelope.entry), path))
    if not found or found[-1][0].number != proved:
        raise reader.fault("order", "the last act is not the one that the proof is about.")
    note = reader.checkpoint()
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the checkpoint.")
    process = state.convened
    others = (*cosigner_verifiers(process), *mldsa_verifiers(origin, process.log_mldsa_key))
    opened = open_checkpoint(note, log_verifier(origin, process.log_key), others)
    if len(parse_note(note).signatures) != 1 + len(opened.cosigners):
        # A note may carry any signature; a proof is to mean the same to everybody who reads it.
        raise reader.fault(
            "signature", "a signature is neither the log's nor of a cosigner whom the process names."
        )
    for stated, leaf, path in found:
        signed = opened.checkpoint
        check_inclusion(leaf, stated.number - 1, signed.size, path, signed.root)
    return _proved(process, [stated for stated, _leaf, _path in found], note, opened)


def _stated(number: int, envelope: Envelope) -> Stated:
    clear = read_act(envelope.payload)
    if isinstance(clear, Unknown):
        raise refuse("proved.unknown", f"Act {number} is of a kind or version that this program does not know.",
                     instead="Check it with a later version.")  # fmt: skip
    kind = kind_of(clear)
    opened = open_disclosures(clear.sd, envelope.disclosures, kind.clear.__struct_encode_fields__)
    return Stated(number, envelope.kid, kind, clear, opened)


def _convened(first: Stated, origin: str, envelope: Envelope) -> State:
    """After the convening act: the process, whose id fixes the convenor's key and the log's, and its first keys."""
    leaf = encode_base64url(leaf_hash(envelope.entry))
    act: Act[Any] = place(State(), envelope.kid, leaf, first.clear)
    refusals = examine(State(), act) if isinstance(first.clear, Convene) and first.number == 1 else ()
    if refusals:
        raise Refused(*refusals)
    state = fold_all(State(), [(envelope.kid, leaf, first.clear)]) if first.number == 1 else State()
    if state.process is None or state.process.origin != origin:
        raise refuse("proved.process", "The first act of a proof is the one that convened this very process.",
                     instead="Compare the process id with the one you were given.")  # fmt: skip
    return state


def _check_act(
    reader: LineReader,
    stated: Stated,
    envelope: Envelope,
    origin: str,
    keys: Mapping[str, bytes],
    *,
    last: bool,
) -> None:
    if stated.clear.proc != origin:
        raise reader.fault("process", "the act is of another record.")
    if not last and not isinstance(stated.clear, Convene | Admit | Enrol):
        raise reader.fault("order", "it is no act that the author's key rests on.")
    public = keys.get(envelope.kid)
    if public is None:
        raise reader.fault("key", "the proof does not show who enrolled the key that signed this act.")
    verify(envelope, public)


def _enrolled(clear: Enrol, origin: str) -> bytes:
    public = decode_base64url(clear.public)
    check_possession(public, origin, clear.person, clear.possession, clear.sealing)
    return public


def _proved(process: Process, acts: Sequence[Stated], note: bytes, opened: OpenedCheckpoint) -> ProvedAct:
    act, person, enrolled = acts[-1], process.convenor, 1
    for stated in acts:
        if isinstance(stated.clear, Enrol) and _key_id(stated.clear) == act.key:
            person, enrolled = stated.clear.person, stated.number
    if act.key == _keeper_key(acts[0]):
        person = process.keeper
    admitted, office = None, ""
    for stated in acts:
        if isinstance(stated.clear, Admit) and stated.clear.person == person:
            admitted, office = stated.clear, str(stated.opened.get("title", ""))
    return ProvedAct(
        process, act, person, admitted, office, enrolled,
        opened.checkpoint.size, note, opened.witnesses, opened.signed_with_mldsa,
    )  # fmt: skip


def _keeper_key(first: Stated) -> str:
    """Id of the keeper's key, which the convening act brings."""
    assert isinstance(first.clear, Convene)
    return thumbprint(decode_base64url(first.clear.keeper_key))
