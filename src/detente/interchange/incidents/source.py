"""A file as its rows, whatever its form: whose feed it is, and what each row says or why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from detente.codec.refusal import refuse
from detente.interchange.incidents import gdelt
from detente.interchange.incidents.delimited import delimiter_of, header_cells, rows_of
from detente.interchange.incidents.features import features_of
from detente.interchange.incidents.incident import Feed, Row
from detente.interchange.incidents.lines import encoding_of, lines_of
from detente.interchange.incidents.recognising import names_of, recognised
from detente.interchange.incidents.remarks import Note, kept_out

EMPTY: Final = kept_out("incidents.empty", "The row has no word in it.")
_OTHER_FILES: Final = {
    b"PK\x03\x04": "a spreadsheet or an archive", b"\x1f\x8b": "compressed", b"PAR1": "Parquet already",
}  # fmt: skip


class SourceRow(NamedTuple):
    """line: where it begins in the file, or its number there. row: None where it cannot be read, as `notes` says."""

    line: int
    row: Row | None
    notes: tuple[Note, ...] = ()


class Source:
    """A file of incidents. `feed` is what was given, or what the file is recognised as.

    Raises `Refused` with code `incidents.unrecognised`.
    """

    def __init__(self, path: Path, feed: Feed | None = None) -> None:
        self.path = path
        with path.open("rb") as file:
            self._geojson = _check_text(file)
            if self._geojson:
                self._names: tuple[str, ...] = ()
                self.feed = feed or recognised(_names_of_features(file))
                return
            first = next((line for line in lines_of(file) if line.text.strip()), None)
        if first is None:
            raise _unreadable("The file has no line with words in it.")
        self._header_line = first.number
        known = gdelt.feed_of(first.text)
        self._delimiter = "\t" if known else delimiter_of(first.text)
        self._names = known.header if known else names_of(header_cells(first.text, self._delimiter))
        self.feed = feed or known or recognised(self._names)
        if feed is not None and not feed.signs <= set(self._names):
            lacking = ", ".join(sorted(feed.signs - set(self._names)))
            raise refuse("incidents.mapping", f"The file has no column {lacking}.",
                         instead="Name the columns as its first line does.")  # fmt: skip

    def rows(self, file: BinaryIO) -> Iterator[SourceRow]:
        """Every row of the file, which is open and stands at its start."""
        if self._geojson:
            for feature in features_of(file):
                row = feature.fields if any(feature.fields.values()) else None
                is_said = row is not None or any(note.kept_out for note in feature.notes)
                notes = feature.notes if is_said else (*feature.notes, EMPTY)
                yield SourceRow(feature.number, row, notes)
            return
        lines = lines_of(file)
        if not self.feed.header:
            next(line for line in lines if line.number == self._header_line)
        for found in rows_of(lines, self._delimiter, len(self._names), quoted=not self.feed.header):
            if not found.cells:
                yield SourceRow(found.line, None, found.notes)
            elif not any(map(str.strip, found.cells)):
                yield SourceRow(found.line, None, (*found.notes, EMPTY))
            else:
                yield SourceRow(found.line, Row(zip(self._names, found.cells, strict=True)), found.notes)

    def dates(self) -> Iterator[str]:
        """Every date of the file, to see how they are written."""
        with self.path.open("rb") as file:
            for row in (found.row for found in self.rows(file) if found.row is not None):
                yield from (row[name] for name in self.feed.dates)


def _check_text(file: BinaryIO) -> bool:
    """Whether the file is JSON rather than a table. Raises `Refused` where it is neither."""
    start = file.read(4096)
    file.seek(0)
    for beginning, what in _OTHER_FILES.items():
        if start.startswith(beginning):
            raise _unreadable(f"The file is {what}.")
    text = start.decode(encoding_of(file) or "utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def _names_of_features(file: BinaryIO) -> tuple[str, ...]:
    first = next((feature for feature in features_of(file) if feature.fields), None)
    if first is None:
        raise _unreadable("The file has no feature with properties.")
    return tuple(first.fields)


def _unreadable(why: str) -> Exception:
    return refuse(
        "incidents.unrecognised", why, instead="Give a table as text with a line of names, or GeoJSON."
    )
