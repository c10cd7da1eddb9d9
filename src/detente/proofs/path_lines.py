"""Hashes in a container of lines: an inclusion proof as `path`, the number of its hashes, and a line for each in base64,
the leaf's sibling first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from detente.proofs.lines import LineReader
from detente.tlog.line import decode_hash, encode_base64

LONGEST_PATH: Final = 63
"""A tree has fewer than 2^63 leaves."""


def write_path(out: BinaryIO, path: Sequence[bytes]) -> None:
    out.write(f"path {len(path)}\n".encode() + "".join(f"{encode_base64(node)}\n" for node in path).encode())


class PathReader(LineReader):
    """Adds the codes `<kind>.hash` and, for a path that is too long, `<kind>.number`."""

    def path(self) -> tuple[bytes, ...]:
        count = self.number(self.text("path"))
        if count > LONGEST_PATH:
            raise self.fault("number", "an inclusion proof does not have so many hashes.")
        return tuple(self.hash(self.plain(self.raw_line())) for _ in range(count))

    def hash(self, text: str) -> bytes:
        """32 bytes, as base64."""
        node = decode_hash(text)
        if node is None:
            raise self.fault("hash", "it is not a hash in base64.")
        return node
