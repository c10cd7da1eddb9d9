"""The certified copy (VCLT art. 77(1)(b)): one portable file that anybody can check offline.

A closed container: fixed order, no compression, no unknown line. Lines end in LF and are ASCII or, in notes,
UTF-8. Its digest is signed by the keeper's key, so that any changed byte is refused (docs/specs/certified-copy.md).

    detente certified copy v1
    process detente/<26 characters>
    for <person, public or host>
    made <instant>
    log <origin> <number of acts>
    act <JWS>~<disclosure>~...~                one line an act, with the disclosures that the exporter may see
    checkpoint <number of lines>
    <the signed note, as it is>
    log ...                                    each chamber that the exporter belongs to
    digest <SHA-256 of every byte above, base64url>
    certified <key id> <signature, base64url>
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Annotated, BinaryIO, Final

import msgspec
from msgspec import Meta, Struct

from detente.codec.base64url import encode_base64url
from detente.codec.identifier import whole
from detente.codec.instant import Instant
from detente.keys.generate import SigningKey
from detente.proofs.lines import LONGEST_LINE, Line, LineReader

FIRST_LINE: Final = "detente certified copy v1"


class CopiedLog(Struct, frozen=True):
    """One log to copy. acts: each as submitted, with the disclosures to be shown; note: its checkpoint."""

    origin: str
    size: int
    acts: Iterable[bytes]
    note: bytes


class Heading(Struct, frozen=True):
    """Whose copy of which process it is, and the instant at which the keeper says it was made.

    exporter: a person, `public`, or `host` for the host's own check of itself.
    """

    process: Annotated[str, Meta(pattern=whole(r"detente/[a-z2-7]{26}"))]
    exporter: Annotated[str, Meta(pattern=whole(r"(public|host|[A-Z][A-Za-z0-9]{0,15}(\.[a-z0-9]{1,16})?)"))]
    made: Instant


def statement_of(digest: str) -> bytes:
    """What the keeper signs: the digest under a label of its own, so that it can be nothing else."""
    return f"{FIRST_LINE}\n{digest}\n".encode()


def write_certified_copy(
    out: BinaryIO, heading: Heading, logs: Iterable[CopiedLog], keeper: SigningKey
) -> str:
    """Write the copy and return its digest. The main log comes first."""
    hashed = hashlib.sha256()

    def write(text: bytes) -> None:
        hashed.update(text)
        out.write(text)

    write(f"{FIRST_LINE}\nprocess {heading.process}\nfor {heading.exporter}\nmade {heading.made}\n".encode())
    for log in logs:
        write(f"log {log.origin} {log.size}\n".encode())
        for act in log.acts:
            write(b"act " + act + b"\n")
        write(f"checkpoint {log.note.count(10)}\n".encode() + log.note)
    digest = encode_base64url(hashed.digest())
    signature = encode_base64url(keeper.sign(statement_of(digest)))
    out.write(f"digest {digest}\ncertified {keeper.key_id} {signature}\n".encode())
    return digest


class CopyReader(LineReader):
    """Reads the lines of a copy in their one order, and hashes every byte before the digest.

    Raises `Refused` with codes `copy.*`; each names the line.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(
            file, "copy", "Ask for another copy, and keep this one if you want to know who changed it."
        )
        self._hashed = hashlib.sha256()

    def word(self, *words: str) -> Line:
        line = super().word(*words)
        if line.word not in ("digest", "certified"):
            self._hashed.update(line.raw + b"\n")
        return line

    def note(self) -> bytes:
        note = super().note()
        self._hashed.update(note)
        return note

    def heading(self) -> Heading:
        first = self.raw_line()
        if first != FIRST_LINE.encode():
            raise self.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
        self._hashed.update(first + b"\n")
        said = {"process": self.text("process"), "exporter": self.text("for"), "made": self.text("made")}
        try:
            return msgspec.convert(said, Heading)
        except msgspec.ValidationError as error:
            raise self.fault("heading", "the lines above name no process, person or instant.") from error

    def digest(self) -> str:
        """SHA-256 of every byte so far, base64url."""
        return encode_base64url(self._hashed.digest())

    def logs(self) -> Iterator[tuple[str, int] | str]:
        """(origin, size) for each log, then the digest stated in the file."""
        while True:
            line = self.word("log", "digest")
            rest = self.plain(line.rest)
            if line.word == "digest":
                yield rest
                return
            origin, _, size = rest.partition(" ")
            yield origin, self.number(size)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines as they stand, unchecked, up to one that is too long or has no end."""
    while (line := file.readline(LONGEST_LINE)).endswith(b"\n"):
        yield line


def count_acts(file: BinaryIO) -> int:
    """How many acts a copy says it holds, for a progress bar; nothing is checked. Leaves `file` at its start."""
    file.seek(0)
    total = sum(
        int(line.split()[-1])
        for line in lines_of(file)
        if line.startswith(b"log ") and line.split()[-1].isdigit() and len(line) < 100
    )
    file.seek(0)
    return total
