"""What is reckoned from incidents for a page: what is asked, and the plain rows that answer.

Everything here is as its sources report it. Nothing is found by it. Months are numbered so that one follows the other:
24316 is May 2026 (`month_number`, `month_name`).
"""

from __future__ import annotations

from msgspec import Struct

from detente.procedure.disclosure import Viewer
from detente.procedure.sameness import Decided, Named


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
    deaths: int | None = None


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
    tested, None for the last whole one; agreed: the instant at which months are parted; zone: IANA name; together: the
    reports of each incident that people take several for; disputed: incidents on which they disagree."""

    batches: tuple[str, ...] = ()
    missing: int = 0
    commitments: tuple[Counted, ...] = ()
    kinds: tuple[str, ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    picked: str = ""
    month: int | None = None
    agreed: str | None = None
    zone: str = "UTC"
    together: tuple[tuple[Named, ...], ...] = ()
    disputed: int = 0


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
    """Incidents at one place. counts: of each month that has any, its place among all the months, the incidents, each
    once whatever number of reports people take for it, and the reports. A million places may lie in months that are
    centuries apart: so months without any are not held."""

    place: str
    counts: tuple[tuple[int, int, int], ...]

    @property
    def total(self) -> int:
        return sum(incidents for _month, incidents, _reports in self.counts)

    @property
    def most(self) -> int:
        """In any month."""
        return max(incidents for _month, incidents, _reports in self.counts)

    def months(self, first: int, after: int) -> list[int]:
        """Incidents in each month from `first` on, before `after`."""
        found = [0] * (after - first)
        for month, incidents, _reports in self.counts:
            if first <= month < after:
                found[month - first] = incidents
        return found


class Cell(Struct, frozen=True):
    """A spot of the map. lon, lat: the mean of its points; count: reports, of one incident once; candidates: those of the
    picked commitment."""

    lon: float
    lat: float
    count: int
    candidates: int


class Matched(Struct, frozen=True):
    """The candidates of one commitment, each incident once. met: nothing left open; doubtful: something is; unplaced: no
    place to compare; again: further reports of the same incidents."""

    leaf: str
    met: int
    doubtful: int
    unplaced: int
    again: int = 0


class Candidate(Struct, frozen=True):
    """One of them. report: leaf of the act that reports it; row: in its batch. kind, actor, area, period: the four
    answers (`analysis.matching`). same: other reports of the same incident, as people decided."""

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
    same: tuple[Named, ...] = ()


class Shown(Struct, frozen=True):
    """One report beside another. report, row: as of a candidate; deaths: the source's best estimate."""

    report: str
    row: int | None
    date_from: str
    date_to: str
    place: str
    incident: str
    actors: tuple[str, ...]
    deaths: int | None
    source: str
    text: str


class Alike(Struct, frozen=True):
    """Two reports that may be of one incident. score: 0 to 1; km: between them, None where one has no point; days:
    apart."""

    one: Shown
    another: Shown
    score: float
    km: float | None
    days: int


class VisiblePairs(Struct, frozen=True):
    """What was compared for this viewer: pairs that nobody has decided, the likeliest first; more: how many are not
    shown; total: reports; limit: how many are compared at most, so that with more there is no pair;
    known: what people have decided."""

    viewer: Viewer
    pairs: tuple[Alike, ...] = ()
    more: int = 0
    total: int = 0
    limit: int = 0
    known: Decided = Decided()


Line = tuple[tuple[float, float], ...]


class BaseMap(Struct, frozen=True):
    """Lines under a map that this record does not draw. approved_by, attribution: as the host's file says; digest: of the
    file, SHA-256 in hex."""

    approved_by: str
    attribution: str
    digest: str
    lines: tuple[Line, ...]


class VisibleIncidents(Struct, frozen=True):
    """What was reckoned from those incidents that the viewer may read, and nothing else, for what was asked.

    total: reports; again: those of them whose incident another one stands for, so that every count but `total` leaves
    them out. first: the month of `months[0]`; months, places: by month, the places with most first; undated: those
    whose month is not known; unmapped: those without a point; outline: rings of the picked commitment's area; tested:
    the month that `surges` is about; too_few: places with too few reports to tell; candidates: the latest of the
    picked one; base: lines that the sides approved, if the host has any."""

    viewer: Viewer
    asked: Asked
    total: int = 0
    again: int = 0
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
    base: BaseMap | None = None


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
