"""From the bytes of a file to numbered lines of text, whatever the encoding, a part of the file at a time.

A byte-order mark names the encoding. Without one, each line is UTF-8 if it can be; else Windows-1252, else Latin-1, which
reads any byte; and that is remarked on at the line. Files in which both occur are common, since they were put together
from others.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from detente.interchange.incidents.remarks import Note, kept_out, shown

SNIFFED: Final = 65_536
LONGEST_LINE: Final = 1_048_576
"""Bytes. What is longer holds no single incident."""
_TOO_LONG: Final = kept_out("incidents.too_long", f"The line has more than {LONGEST_LINE} bytes.")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class Line(NamedTuple):
    """number: from 1. text: without its end. note: what is to be said of how it was read."""

    number: int
    text: str
    note: Note | None = None


def encoding_of(file: BinaryIO) -> str:
    """The encoding that the file's beginning shows, "" where it shows none. The file stands at its start again."""
    start = file.read(SNIFFED)
    file.seek(0)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if half and start[::2].count(0) > half * 0.7 else ""


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """Every line of the file, from where it stands: its start."""
    encoding = encoding_of(file)
    if encoding.startswith("utf-16"):
        text = io.TextIOWrapper(file, encoding, errors="replace", newline=None)
        yield from _numbered_text(text)
        text.detach()
        return
    is_old = _ends_in_carriage_returns(file)
    file.seek(len(codecs.BOM_UTF8) if encoding else 0)
    if is_old:
        text = io.TextIOWrapper(file, "latin-1", newline=None)
        yield from _numbered(line.encode("latin-1") for line in iter(lambda: text.readline(LONGEST_LINE), ""))
        text.detach()
    else:
        yield from _numbered(iter(lambda: file.readline(LONGEST_LINE), b""))


def _ends_in_carriage_returns(file: BinaryIO) -> bool:
    start = file.read(SNIFFED)
    file.seek(0)
    return b"\r" in start and b"\n" not in start


def _numbered(raws: Iterator[bytes]) -> Iterator[Line]:
    number = 0
    for raw in raws:
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = next(raws, b"")
            yield Line(number, "", _TOO_LONG)
            continue
        try:
            yield Line(number, raw.decode().rstrip("\r\n"))
        except UnicodeDecodeError:
            yield _in_another(number, raw.rstrip(b"\r\n"))


def _in_another(number: int, raw: bytes) -> Line:
    try:
        name, text = "Windows-1252", raw.decode("cp1252")
    except UnicodeDecodeError:
        name, text = "Latin-1", raw.decode("latin-1")
    sign = next(sign for sign in text if sign > "\x7f")
    return Line(number, text, Note("incidents.encoding", f"The line is not UTF-8, at {shown(sign)}.",
                                   f"It was read as {name}."))  # fmt: skip


def _numbered_text(file: io.TextIOWrapper) -> Iterator[Line]:
    number = 0
    while text := file.readline(LONGEST_LINE):
        number += 1
        note = None
        if len(text) == LONGEST_LINE and not text.endswith("\n"):
            while text and not text.endswith("\n"):
                text = file.readline(LONGEST_LINE)
            text, note = "", _TOO_LONG
        elif "\N{REPLACEMENT CHARACTER}" in text:
            note = Note(
                "incidents.encoding", "The line is not UTF-16 throughout.", "What could not be read is �."
            )
        yield Line(number, text.rstrip("\n"), note)
