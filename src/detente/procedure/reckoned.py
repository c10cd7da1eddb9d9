"""What is reckoned from incidents for a page: what is asked, and the plain rows that answer.

Everything here is as its sources report it. Nothing is found by it. Months are numbered so that one follows the other:
24316 is May 2026 (`month_number`, `month_name`).
"""

from __future__ import annotations

from msgspec import Struct

from detente.procedure.disclosure import Viewer


class Report(Struct, frozen=True):
    """One incident that an act of its own reports, as far as the viewer may read it; dates as 2026-05-10."""

    leaf: str
    date_from: str | None = None
    date_to: str | None = None
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    kind: str = ""
    actors: tuple[str, ...] = ()
    source: str = ""
    text: str = ""


class Counted(Struct, frozen=True):
    """What a commitment says of the incidents that bear on it. leaf: of its drawing; area: a GeoJSON geometry, or a
    name, or ""; actors: the sides that owe it."""

    leaf: str
    area: str = ""
    begins: str | None = None
    ends: str | None = None
    actors: tuple[str, ...] = ()


class Asked(Struct, frozen=True):
    """What a page asks. batches: leaves of the acts whose files are read, in their order; missing: how many more there
    are whose files are not on this host; kinds: those counted, none for all; names: what sources call each side, none
    for anybody; picked: leaf of the commitment whose candidates are listed and drawn; month: the one that is
    tested, None for the last whole one; agreed: the instant at which months are parted; zone: IANA name."""

    batches: tuple[str, ...] = ()
    missing: int = 0
    commitments: tuple[Counted, ...] = ()
    kinds: tuple[str, ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    picked: str = ""
    month: int | None = None
    agreed: str | None = None
    zone: str = "UTC"


class Surge(Struct, frozen=True):
    """One place in one month. expected: reports in a month of the baseline, on average; p: the chance of so many or
    more where nothing changed, of this place alone; found: whether it is called a surge among all that were tested."""

    place: str
    count: int
    expected: float
    p: float
    found: bool


class Change(Struct, frozen=True):
    """Reports in the months after a date against as many before it. ratio: of the rates; None where none were before;
    high: None where it is open upwards."""

    months: int
    before: int
    after: int
    ratio: float | None
    low: float
    high: float | None


class PlaceCounts(Struct, frozen=True):
    """Reports by month at one place, of all the months that are counted."""

    place: str
    months: tuple[int, ...]


class Cell(Struct, frozen=True):
    """A spot of the map. lon, lat: the mean of its points; count: reports; candidates: those of the picked commitment."""

    lon: float
    lat: float
    count: int
    candidates: int


class Matched(Struct, frozen=True):
    """The candidates of one commitment. met: nothing left open; doubtful: something is; unplaced: no place to compare."""

    leaf: str
    met: int
    doubtful: int
    unplaced: int


class Candidate(Struct, frozen=True):
    """One of them. report: leaf of the act that reports it; row: in its batch. kind, actor, area, period: the four
    answers (`analysis.matching`)."""

    report: str
    row: int | None
    date_from: str
    date_to: str
    precision: str
    place: str
    incident: str
    actors: tuple[str, ...]
    source: str
    kind: str
    actor: str
    area: str
    period: str


class VisibleIncidents(Struct, frozen=True):
    """What was reckoned from those incidents that the viewer may read, and nothing else, for what was asked.

    first: the month of `months[0]`; months, places: reports by month, the places with most first; undated: those whose
    month is not known; unmapped: those without a point; outline: rings of the picked commitment's area; tested: the month
    that `surges` is about; too_few: places with too few reports to tell; candidates: the latest of the picked one."""

    viewer: Viewer
    asked: Asked
    total: int = 0
    sources: tuple[str, ...] = ()
    first: int = 0
    months: tuple[int, ...] = ()
    places: tuple[PlaceCounts, ...] = ()
    undated: int = 0
    unmapped: int = 0
    cells: tuple[Cell, ...] = ()
    outline: tuple[tuple[tuple[float, float], ...], ...] = ()
    matched: tuple[Matched, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    tested: int | None = None
    surges: tuple[Surge, ...] = ()
    too_few: tuple[str, ...] = ()
    change: Change | None = None


def month_number(day: str) -> int:
    """
    >>> month_number("2026-05-10"), month_number("2026-05")
    (24316, 24316)
    """
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def month_name(number: int) -> str:
    """
    >>> month_name(24316)
    '2026-05'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}"
