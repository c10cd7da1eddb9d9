"""GeoJSON (RFC 7946), one feature at a time: a collection of a million needs no more memory than its largest.

A damaged feature is passed over up to the next beginning of one.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from detente.codec.refusal import refuse
from detente.interchange.incidents.incident import Row
from detente.interchange.incidents.lines import encoding_of
from detente.interchange.incidents.remarks import Note, kept_out

LARGEST: Final = 1_048_576
"""Characters of one feature."""
_LIST: Final = re.compile(r'"features"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")
_NEXT: Final = re.compile(r'\{\s*"type"\s*:\s*"Feature"\s*[,}]')
_BEGINNING: Final = 100
"""Characters that a beginning may take, white space included."""
_FOREIGN: Final = re.compile(r"[\udc80-\udcff]+")
_DAMAGED: Final = kept_out("incidents.damaged", "The feature is no JSON, or larger than any incident.")
_NO_FEATURE: Final = kept_out("incidents.damaged", "What stands in the list is no feature.")


class Feature(NamedTuple):
    """number: in the list, from 1. fields: its properties as text, with `geometry_lat` and `geometry_lon`; none where
    it cannot be read, and `notes` says why."""

    number: int
    fields: Row
    notes: tuple[Note, ...] = ()


def features_of(file: BinaryIO) -> Iterator[Feature]:
    """Every feature of the list. Raises `Refused` with code `incidents.unrecognised` where there is no list."""
    encoding = encoding_of(file) or "utf-8"
    errors = (
        "surrogateescape" if encoding.startswith("utf-8") else "replace"
    )  # in UTF-16 no single byte is lost alone
    text = io.TextIOWrapper(file, encoding, errors=errors)
    ahead = _Ahead(text)
    found = _LIST.search(ahead.text)
    if found is None:
        raise refuse("incidents.unrecognised", "The file is no collection of GeoJSON features.", "RFC 7946 sec. 3.3",
                     "Give a GeoJSON file, or a table with a line of names.")  # fmt: skip
    ahead.go_to(found.end())
    number = 0
    while ahead.beyond(_BETWEEN) not in ("", "]"):
        number += 1
        yield _feature(number, ahead)
    text.detach()


class _Ahead:
    """A window on the text that always reaches at least the largest feature ahead, or to the end."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self.text, self.at, self.more = file.read(2 * LARGEST), 0, True

    def go_to(self, at: int) -> None:
        self.at = at
        if self.more and len(self.text) - at < LARGEST:
            read = self._file.read(LARGEST)
            self.text, self.at, self.more = self.text[at:] + read, 0, bool(read)

    def beyond(self, passed: re.Pattern[str]) -> str:
        """The sign after what is passed; "" at the end."""
        while True:
            found = passed.match(self.text, self.at)
            self.go_to(found.end() if found else self.at)
            if self.at < len(self.text) or not self.more:
                return self.text[self.at : self.at + 1]


def _feature(number: int, ahead: _Ahead) -> Feature:
    try:
        value, end = _DECODER.raw_decode(ahead.text, ahead.at)
    except (ValueError, RecursionError):
        _pass_over(ahead)
        return Feature(number, Row(), (_DAMAGED,))
    ahead.go_to(end)
    if not isinstance(value, dict) or not isinstance(value.get("properties"), dict):
        return Feature(number, Row(), (_NO_FEATURE,))
    try:
        return _read(number, value["properties"], value.get("geometry"))
    except RecursionError:  # lists within lists
        return Feature(number, Row(), (_DAMAGED,))


def _read(number: int, properties: dict[str, Any], geometry: Any) -> Feature:
    foreign: list[str] = []
    fields = Row((_name(name, foreign), _text(held, foreign)) for name, held in properties.items())
    is_point = isinstance(geometry, dict) and geometry.get("type") == "Point"
    point = geometry.get("coordinates") if is_point else None
    if isinstance(point, list) and len(point) >= 2:
        fields["geometry_lon"], fields["geometry_lat"] = _text(point[0], foreign), _text(point[1], foreign)
    said = Note("incidents.encoding", "The feature is not UTF-8.", "It was read as Windows-1252.")
    return Feature(number, fields, (said,) if foreign else ())


def _pass_over(ahead: _Ahead) -> None:
    """Go to the next beginning of a feature, or to the end."""
    ahead.go_to(ahead.at + 1)
    while (found := _NEXT.search(ahead.text, ahead.at)) is None and ahead.more:
        ahead.go_to(max(ahead.at, len(ahead.text) - _BEGINNING))
    ahead.go_to(found.start() if found else len(ahead.text))


def _name(name: str, foreign: list[str]) -> str:
    return _read_anew(name, foreign).strip().casefold().replace(" ", "_")


def _text(value: Any, foreign: list[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _read_anew(value, foreign)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_text(part, foreign) for part in value)
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _read_anew(text: str, foreign: list[str]) -> str:
    """Bytes that were no UTF-8, as Windows-1252 reads them."""
    if text.isascii() or not _FOREIGN.search(text):
        return text
    foreign.append(text)
    return _FOREIGN.sub(
        lambda found: found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text
    )


_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _name: "")
"""Numbers stay as they are written: what they mean is read where every source's are."""
