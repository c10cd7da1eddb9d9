"""Sealing and opening files of any size, a part at a time (docs/specs/sealed-file.md, "Files beside the log").

age binds nothing to what it seals, so the first line inside says for which process it was sealed, by whom, and under
which name. Whoever opens the file checks it, and shows nothing of one that was meant for another place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import BinaryIO

import pyrage
from msgspec import Struct

from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused, refuse
from detente.sealing.identity import Identity
from detente.sealing.recipient import recipient_of
from detente.sealing.seal import LARGEST_HEADER, MOST_RECIPIENTS, check_header

Progress = Callable[[int], None]
"""Told how many bytes of content have gone through so far."""
LARGEST_LINE = 4_096


class Sealed(Struct, frozen=True):
    """digest, size: SHA-256 and bytes of the sealed file; content: SHA-256 of what is inside after its first line."""

    digest: bytes
    size: int
    content: bytes


class _Source:
    """What age reads: what comes first, then the file, hashed and counted on its way."""

    def __init__(self, first: bytes, file: BinaryIO, progress: Progress = lambda _done: None) -> None:
        self._first, self._file, self._progress = first, file, progress
        self.hash, self._done = sha256(), 0

    def read(self, size: int = -1) -> bytes:
        if self._first:
            end = size if size >= 0 else len(self._first)
            part, self._first = self._first[:end], self._first[end:]
            return part
        part = self._file.read(size)
        self.hash.update(part)
        self._done += len(part)
        self._progress(self._done)
        return part


class _Sink:
    """Where age writes a sealed file, hashed and counted."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash, self.size = sha256(), 0

    def write(self, part: bytes) -> int:
        self.hash.update(part)
        self.size += len(part)
        return self._file.write(part)

    def flush(self) -> None:
        self._file.flush()


class _Opening:
    """Where age writes what was inside: the first line is kept apart, and the rest goes on."""

    def __init__(self, file: BinaryIO, expected: bytes, progress: Progress) -> None:
        self._file, self._expected, self._progress = file, expected, progress
        self._line = b""
        self.begun = False
        self.hash, self._done = sha256(), 0

    def write(self, part: bytes) -> int:
        whole = len(part)
        if not self.begun:
            self._line += bytes(part)
            line, end, part = self._line.partition(b"\n")
            if not end and len(line) <= LARGEST_LINE:
                return whole
            if line != self._expected:
                raise OSError("foreign")
            self.begun = True
        self.hash.update(part)
        self._done += len(part)
        self._progress(self._done)
        self._file.write(part)
        return whole

    def flush(self) -> None:
        self._file.flush()


def line_of(process: str, author: str, name: str) -> bytes:
    """The first line inside, without its end. process: origin of the log; author: id of the signing key."""
    return encode_canonical({"act": "present", "author": author, "name": name, "proc": process})


def seal_stream(
    source: BinaryIO,
    out: BinaryIO,
    recipients: Sequence[bytes],
    line: bytes,
    progress: Progress = lambda _done: None,
) -> Sealed:
    """Seal what is read to each of `recipients` (X25519, 32 bytes).

    Raises `Refused`: `sealing.recipients`, `sealing.recipient`.
    """
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise refuse("sealing.recipients", f"Content is sealed to 1 to {MOST_RECIPIENTS} keys, not {len(recipients)}.",
                     instead="Name fewer readers.")  # fmt: skip
    admitted = [pyrage.x25519.Recipient.from_str(recipient_of(public)) for public in recipients]
    reading, writing = _Source(line + b"\n", source, progress), _Sink(out)
    pyrage.encrypt_io(reading, writing, admitted)
    return Sealed(writing.hash.digest(), writing.size, reading.hash.digest())


def unseal_stream(
    sealed: BinaryIO,
    out: BinaryIO,
    identities: Sequence[Identity],
    line: bytes,
    progress: Progress = lambda _done: None,
) -> bytes:
    """Open a sealed file into `out`, with whichever of the identities does; SHA-256 of what was inside. What was written
    before a fault is not to be shown.

    Raises `Refused`: `sealing.malformed`, `sealing.not_for_you`, `sealing.damaged` or `sealing.foreign`; `OSError` where
    the disk is full or fails.
    """
    if not identities:
        raise _said("No matching keys")
    head = sealed.read(LARGEST_HEADER)
    check_header(head)
    reading, writing = _Source(head, sealed), _Opening(out, line, progress)
    try:
        pyrage.decrypt_io(reading, writing, [pyrage.x25519.Identity.from_str(one) for one in identities])
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the machine's: age's own have no number
            raise
        raise _said(str(error)) from error
    if not writing.begun:
        raise _said("foreign")
    return writing.hash.digest()


def _said(error: str) -> Refused:
    if "No matching keys" in error:
        return refuse("sealing.not_for_you", "This was not sealed to your key.",
                      instead="Ask whoever presented it to seal it to you.")  # fmt: skip
    if "foreign" in error:
        return refuse("sealing.foreign", "The file was sealed for another act, by somebody else, or under another name.",
                      instead="Tell whoever presented it.")  # fmt: skip
    return refuse("sealing.damaged", "The sealed file was changed or cut short on its way.", "C2SP age, file format v1",
                  "Fetch it again; the act says what its SHA-256 is.")  # fmt: skip
