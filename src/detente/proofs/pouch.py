"""The pouch: acts signed where there is no line leave as one file, are delivered by anybody, and are answered by another.

    detente pouch v1
    process detente/<26 characters>
    acts <how many>
    act <JWS>~<disclosure>~...~                 as the door takes it; those of one key in one log in their order
    digest <SHA-256 of every byte above, base64url>

    detente pouch answer v1
    process detente/<26 characters>
    answers <how many>
    receipt <leaf, base64url> <number of lines>
    <the tlog-proof, as it is>
    refused <leaf, base64url> <number of lines>
    {"clause":"","code":"act.stale","instead":"...","sentence":"..."}
    digest <SHA-256 of every byte above, base64url>

The digest finds damage on the way; it proves nothing against whoever carries the file. An act is proved by its author's
signature and a receipt by the log's. A refusal is signed by nobody: it is the word of whoever brings it
(docs/specs/pouch.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import decode_canonical, encode_canonical
from detente.codec.refusal import Refusal, Refused, refuse
from detente.proofs.lines import Line, LineReader
from detente.signing.envelope import parse_envelope
from detente.tlog.merkle import leaf_hash

FIRST_LINE: Final = "detente pouch v1"
FIRST_ANSWER_LINE: Final = "detente pouch answer v1"
AGAIN: Final = "Nothing was done. Ask for the file again."
MOST: Final = 10_000
"""Acts in one pouch, and answers in one file."""
_LEAF: Final = 32
"""Bytes of a leaf."""


class Pouch(Struct, frozen=True):
    """process: origin of the main log; acts: as submitted, in the order in which they are to be delivered."""

    process: str
    acts: tuple[bytes, ...]


class Answer(Struct, frozen=True):
    """What became of one act. leaf: 32 bytes; proof: its receipt, a tlog-proof, or empty where it was refused, and
    refusals: why."""

    leaf: bytes
    proof: bytes = b""
    refusals: tuple[Refusal, ...] = ()


class AnsweredPouch(Struct, frozen=True):
    """process: origin of the main log; answers: one for each act about which something is known."""

    process: str
    answers: tuple[Answer, ...]


# --- writing


def write_pouch(out: BinaryIO, pouch: Pouch) -> None:
    _write_closed(out, [
        f"{FIRST_LINE}\nprocess {pouch.process}\nacts {len(pouch.acts)}\n".encode(),
        *(b"act " + act + b"\n" for act in pouch.acts),
    ])  # fmt: skip


def write_answer(out: BinaryIO, answered: AnsweredPouch) -> None:
    heading = f"{FIRST_ANSWER_LINE}\nprocess {answered.process}\nanswers {len(answered.answers)}\n"
    _write_closed(out, [heading.encode(), *map(_answer, answered.answers)])


def _answer(answer: Answer) -> bytes:
    leaf = encode_base64url(answer.leaf)
    if answer.proof:
        return f"receipt {leaf} {answer.proof.count(10)}\n".encode() + answer.proof
    lines = [encode_canonical(refusal) + b"\n" for refusal in answer.refusals]
    return f"refused {leaf} {len(lines)}\n".encode() + b"".join(lines)


def _write_closed(out: BinaryIO, parts: Sequence[bytes]) -> None:
    body = b"".join(parts)
    out.write(body + f"digest {encode_base64url(hashlib.sha256(body).digest())}\n".encode())


# --- reading


class _Reader(LineReader):
    """Reads the lines in their one order, and hashes every byte before the digest."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "pouch", AGAIN)
        self._hashed = hashlib.sha256()

    def raw_line(self) -> bytes:
        line = super().raw_line()
        self._hashed.update(line + b"\n")
        return line

    def heading(self, first: str, count: str) -> tuple[str, int]:
        """(process, how many follow)."""
        if self.raw_line() != first.encode():
            raise self.fault("version", f"the file does not begin with “{first}”.")
        process, number = self.text("process"), self.number(self.text(count))
        if not 1 <= number <= MOST:
            raise self.fault("number", f"a pouch holds 1 to {MOST} acts.")
        return process, number

    def end(self) -> None:
        found = encode_base64url(self._hashed.digest())
        if self.text("digest") != found:
            raise self.fault("digest", "the file is not as it was made: a byte was changed, lost or added.")
        if not self.at_end():
            raise self.fault("end", "the file goes on after its digest.")


def read_pouch(file: BinaryIO) -> Pouch:
    """The acts in a pouch, each well formed and of its process; what they say, and who signed, is for the host, which has
    the keys.

    Raises `Refused` with codes `pouch.*`, or as `parse_envelope` does.
    """
    reader = _Reader(file)
    process, count = reader.heading(FIRST_LINE, "acts")
    lines = [reader.word("act") for _ in range(count)]
    reader.end()
    for line in lines:
        _check_act(line, process)
    if len({leaf_of(line.rest) for line in lines}) != count:
        raise reader.fault("twice", "an act stands above twice.")
    return Pouch(process, tuple(line.rest for line in lines))


def read_answer(file: BinaryIO) -> AnsweredPouch:
    """What became of the acts of a pouch. Nothing of it is proved yet. Raises `Refused` with codes `pouch.*`."""
    reader = _Reader(file)
    process, count = reader.heading(FIRST_ANSWER_LINE, "answers")
    answers = tuple(_read_answer(reader) for _ in range(count))
    reader.end()
    if len({answer.leaf for answer in answers}) != count:
        raise reader.fault("twice", "the same act is answered above twice.")
    return AnsweredPouch(process, answers)


def _check_act(line: Line, process: str) -> None:
    log = msgspec.json.decode(parse_envelope(line.rest).payload).get("proc")
    if not isinstance(log, str) or (log != process and not log.startswith(f"{process}/")):
        raise refuse("pouch.process", f"Line {line.number}: the act is of another record than the pouch.",
                     instead=AGAIN)  # fmt: skip


def leaf_of(act: bytes) -> bytes:
    """The leaf of an act as submitted."""
    return leaf_hash(act.partition(b"~")[0])


def _read_answer(reader: _Reader) -> Answer:
    line = reader.word("receipt", "refused")
    spelled, _, lines = reader.plain(line.rest).partition(" ")
    try:
        leaf = decode_base64url(spelled)
    except Refused:
        leaf = b""
    if len(leaf) != _LEAF:
        raise reader.fault("leaf", "it does not name an act by its leaf.")
    count = reader.number(lines)
    if count < 1:
        raise reader.fault("number", "an answer has at least one line.")
    said = reader.note_of(count)
    if line.word == "receipt":
        return Answer(leaf, said)
    refusals = tuple(map(_refusal_in, said[:-1].split(b"\n")))
    if None in refusals:
        raise reader.fault("refusal", "the lines above are not refusals.")
    return Answer(leaf, refusals=tuple(filter(None, refusals)))


def _refusal_in(line: bytes) -> Refusal | None:
    """A refusal in its one spelling, or None."""
    try:
        said = decode_canonical(line)
    except Refused:
        return None
    members = Refusal.__struct_fields__
    if not isinstance(said, dict) or said.keys() != set(members):
        return None
    return Refusal(**said) if all(isinstance(said[name], str) for name in members) else None
