"""Evidence against a log: two things that its key has signed and that cannot both be true, in one file that proves it to
anybody, offline (docs/specs/evidence-against-a-log.md).

    detente evidence against a log v1
    log <origin>
    fixed by <canonical JSON: what the process id is derived from, and so the log's key>
    about first <n>  |  about act <number>
    <one testimony>
    <another>

A testimony ends in a checkpoint with the log's signature, and shows what the tree that it signs holds:

    root <number of lines>               the root that its first n acts have: hashes, as `prove_prefix` gives them
    leaf <number of lines> <leaf>        the act at that place: its leaf hash, and the inclusion proof
    seen <number of lines> <number> <act>   what the author of an act had seen as the first n; and its inclusion proof
    checkpoint <number of lines>
    <the signed note>

What it proves: whoever holds the log's key let two histories of one record into the world. What it does not: which of
the two is the true one, who was shown which, and whether it was meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, BinaryIO, Final, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from detente.acts.convening import process_origin
from detente.acts.time import log_verifier
from detente.codec.base64url import decode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.identifier import Digest
from detente.codec.refusal import refuse
from detente.proofs.lines import Line
from detente.proofs.path_lines import PathReader
from detente.signing.envelope import parse_entry
from detente.tlog.checkpoint import Checkpoint, open_checkpoint, unverified_checkpoint
from detente.tlog.line import encode_base64
from detente.tlog.merkle import (
    ReadNode,
    check_inclusion,
    leaf_hash,
    prefix_root,
    prove_inclusion,
    prove_prefix,
)
from detente.tlog.proof import TlogProof
from detente.tlog.signed_note import Note, NoteVerifier, format_note, parse_note

FIRST_LINE: Final = "detente evidence against a log v1"
LONGEST_PATH: Final = 64

Subject = Literal["first", "act"]


class LogIdentity(Struct, frozen=True):
    """What a process id is derived from. log, convenor: public keys, base64url."""

    convenor: Digest
    label: Annotated[str, Meta(max_length=40)]
    log: Digest
    nonce: Annotated[str, Meta(max_length=64)]

    @property
    def stated(self) -> bytes:
        """Canonical JSON."""
        return encode_canonical(asdict(self))

    @property
    def process(self) -> str:
        """The origin of the main log."""
        return process_origin(self.label, self.log, self.convenor, self.nonce)

    def verifier(self, origin: str) -> NoteVerifier:
        return log_verifier(origin, self.log)


class Testimony(Struct, frozen=True):
    """One thing that a log's key signed. way: how it is shown; path: hashes, 32 bytes each; note: the checkpoint; leaf:
    32 bytes, for `leaf`; entry, number: the act that tells what its author had seen, as it stands in the log, and its
    place, from 1, for `seen`."""

    way: Literal["root", "leaf", "seen"]
    path: tuple[bytes, ...]
    note: bytes
    leaf: bytes = b""
    entry: bytes = b""
    number: int = 0


class Evidence(Struct, frozen=True):
    """subject, number: what the two speak of, the record's first acts, or the act at a place (from 1)."""

    origin: str
    identity: LogIdentity
    subject: Subject
    number: int
    testimonies: tuple[Testimony, Testimony]


class Misconduct(Struct, frozen=True):
    """Evidence that holds. sizes: acts in the record that each testimony's checkpoint signs."""

    evidence: Evidence
    sizes: tuple[int, int]

    @property
    def sentence(self) -> str:
        """What is proved, in words."""
        number, (first, second) = self.evidence.number, self.evidence.testimonies
        if self.evidence.subject == "act":
            return (f"The key of this log has signed that act {number} is one act, and that it is another. One of "
                    "the two was left out or replaced after it stood in the record.")  # fmt: skip
        told = next((one for one in (first, second) if one.way == "seen"), None)
        if told is not None:
            return (f"This log holds act {told.number}, whose author had seen another record of its first {number} acts "
                    "than the one that its key has signed. Somebody was shown another history.")  # fmt: skip
        if self.sizes == (number, number):
            return f"The key of this log has signed two different records of {number} acts."
        return (f"The key of this log has signed a record of {self.sizes[0]} acts and one of {self.sizes[1]}, and their "
                f"first {number} acts are not the same. There are two histories.")  # fmt: skip


# --- making one


def two_histories(origin: str, identity: LogIdentity, kept: bytes, shown: bytes, read: ReadNode) -> Evidence:
    """That the tree of `shown`, which `read` reads, does not begin with the one of `kept`, which is no larger."""
    earlier, later = unverified_checkpoint(kept), unverified_checkpoint(shown)
    same = earlier.size == later.size
    path = (later.root,) if same else prove_prefix(earlier.size, later.size, read)
    return Evidence(origin, identity, "first", earlier.size,
                    (Testimony("root", (earlier.root,), kept), Testimony("root", path, shown)))  # fmt: skip


def another_act(
    origin: str, identity: LogIdentity, receipt: TlogProof, leaf: bytes, shown: bytes, read: ReadNode
) -> Evidence:
    """That the tree of `shown`, which `read` reads, holds another act where the receipt proves `leaf`."""
    size, index = unverified_checkpoint(shown).size, receipt.index
    path = prove_inclusion(index, size, read)
    return Evidence(origin, identity, "act", index + 1,
                    (Testimony("leaf", receipt.hashes, receipt.checkpoint, leaf=leaf),
                     Testimony("leaf", path, shown, leaf=read(0, index))))  # fmt: skip


def another_view(
    origin: str, identity: LogIdentity, entry: bytes, index: int, note: bytes, read: ReadNode
) -> Evidence:
    """That the act at `index` cites as `seen` what the tree of `note`, which `read` reads, does not begin with."""
    size = unverified_checkpoint(note).size
    citing = _citing(entry)
    assert citing is not None
    first = citing.seen[0]
    told = Testimony("seen", prove_inclusion(index, size, read), note, entry=entry, number=index + 1)
    return Evidence(origin, identity, "first", first,
                    (told, Testimony("root", prove_prefix(first, size, read), note)))  # fmt: skip


def write_evidence(evidence: Evidence) -> bytes:
    """The file, of checkpoints with any signatures. Raises `Refused` as `check_evidence`: what does not hold is never
    written."""
    log = evidence.identity.verifier(evidence.origin)
    first, second = (replace(one, note=by_the_log_alone(one.note, log)) for one in evidence.testimonies)
    check_evidence(replace(evidence, testimonies=(first, second)))
    out = f"{FIRST_LINE}\nlog {evidence.origin}\nfixed by ".encode() + evidence.identity.stated
    out += f"\nabout {evidence.subject} {evidence.number}\n".encode()
    for one in (first, second):
        about = {"root": b"", "leaf": b" " + encode_base64(one.leaf).encode(),
                 "seen": f" {one.number} ".encode() + one.entry}[one.way]  # fmt: skip
        out += f"{one.way} {len(one.path)}".encode() + about + b"\n"
        out += "".join(f"{encode_base64(node)}\n" for node in one.path).encode()
        out += f"checkpoint {one.note.count(10)}\n".encode() + one.note
    return out


def by_the_log_alone(note: bytes, log: NoteVerifier) -> bytes:
    """A checkpoint with nothing but its log's own signature: evidence says the same to everybody who reads it."""
    parsed = parse_note(note)
    own = (line for line in parsed.signatures if (line.name, line.key_id) == (log.key.name, log.key.key_id))
    return format_note(Note(parsed.text, tuple(own) or parsed.signatures))


def check_evidence(evidence: Evidence) -> Misconduct:
    """Raises `Refused`: `evidence.log` where the log's key is not the one that the process id fixes,
    `evidence.chains` where both testimonies say the same, or as the notes and proofs are refused."""
    if "/".join(evidence.origin.split("/")[:2]) != evidence.identity.process:
        raise refuse("evidence.log", "The log's key is not the one that this process id is derived from.",
                     instead="Ask for the file again; this one says nothing about the log.")  # fmt: skip
    log = evidence.identity.verifier(evidence.origin)
    sizes, said = [], []
    for testimony in evidence.testimonies:
        if by_the_log_alone(testimony.note, log) != testimony.note:
            raise refuse("evidence.signature", "A checkpoint is to carry its log's signature and no other.",
                         instead="Ask for the file again; this one says nothing about the log.")  # fmt: skip
        signed = open_checkpoint(testimony.note, log).checkpoint
        sizes.append(signed.size)
        said.append(_SHOWN[testimony.way](evidence.number, testimony, signed))
    if said[0] == said[1]:
        raise refuse("evidence.chains", "The two checkpoints agree on what they are said to contradict each other in.",
                     instead="Nothing stands against the log by this file.")  # fmt: skip
    return Misconduct(evidence, (sizes[0], sizes[1]))


def _root(first: int, testimony: Testimony, signed: Checkpoint) -> bytes:
    return prefix_root(first, signed.size, testimony.path, signed.root)


def _leaf(number: int, testimony: Testimony, signed: Checkpoint) -> bytes:
    check_inclusion(testimony.leaf, number - 1, signed.size, testimony.path, signed.root)
    return testimony.leaf


class _Citing(Struct):
    """What an act of any kind says of the record that its author had seen."""

    v: Literal[1]
    proc: str
    seen: tuple[int, str]


def _citing(entry: bytes) -> _Citing | None:
    try:
        return msgspec.json.decode(parse_entry(entry).payload, type=_Citing)
    except msgspec.ValidationError:
        return None


def _seen(first: int, testimony: Testimony, signed: Checkpoint) -> bytes:
    """The log took in an act whose author says to have seen this. Its signature is in the leaf, which the log signed."""
    citing = _citing(testimony.entry)
    # A chamber's acts cite the main log: of their own log they say nothing.
    if (
        citing is None
        or citing.seen[0] != first
        or signed.origin != citing.proc
        or citing.proc.count("/") != 1
    ):
        raise refuse("evidence.seen", f"The act does not say what its author had seen as the first {first} acts.",
                     instead="Ask for the file again; this one says nothing about the log.")  # fmt: skip
    check_inclusion(
        leaf_hash(testimony.entry), testimony.number - 1, signed.size, testimony.path, signed.root
    )
    return decode_base64url(citing.seen[1])


_SHOWN: Final[dict[str, Callable[[int, Testimony, Checkpoint], bytes]]] = {
    "root": _root, "leaf": _leaf, "seen": _seen,
}  # fmt: skip


# --- reading one


def read_evidence(file: BinaryIO) -> Evidence:
    """Raises `Refused` with codes `evidence.*`, each naming the line. Nothing is checked: see `check_evidence`."""
    return _EvidenceReader(file).evidence()


class _EvidenceReader(PathReader):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "evidence", "Ask for the file again, and keep this one.")

    def evidence(self) -> Evidence:
        if self.raw_line() != FIRST_LINE.encode():
            raise self.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
        origin = self.text("log")
        identity = self._identity()
        subject, _, number = self.text("about").partition(" ")
        if subject not in ("first", "act"):
            raise self.fault("line", "it should be about the first acts, or about one act.")
        ways = ("root", "seen") if subject == "first" else ("leaf",)
        found = Evidence(origin, identity, "first" if subject == "first" else "act", self.number(number),
                         (self._testimony(*ways), self._testimony(*ways)))  # fmt: skip
        if not self.at_end():
            raise self.fault("end", "the file goes on after the second checkpoint.")
        return found

    def _identity(self) -> LogIdentity:
        told = self.text("fixed").encode()
        try:
            identity = msgspec.json.decode(told.removeprefix(b"by "), type=LogIdentity)
        except msgspec.MsgspecError as error:
            raise self.fault("line", "it does not say what the process id is derived from.") from error
        if told != b"by " + identity.stated:
            raise self.fault("line", "it does not stand in its one spelling (RFC 8785).")
        return identity

    def _testimony(self, *ways: str) -> Testimony:
        line = self.word(*ways)
        count, more, rest = line.rest.partition(b" ")
        lines = self.number(self.plain(count))
        if lines > LONGEST_PATH:
            raise self.fault("number", "a proof does not have so many hashes.")
        if line.word == "root" and more:
            raise self.fault("line", "nothing stands after the number of hashes.")
        about = self._about(line, rest)
        path = tuple(self.hash(self.plain(self.raw_line())) for _ in range(lines))
        return replace(about, path=path, note=self.note())

    def _about(self, line: Line, rest: bytes) -> Testimony:
        if line.word == "root":
            return Testimony("root", (), b"")
        if line.word == "leaf":
            return Testimony("leaf", (), b"", leaf=self.hash(self.plain(rest)))
        number, _, act = rest.partition(b" ")
        return Testimony("seen", (), b"", entry=act, number=self.number(self.plain(number)))
