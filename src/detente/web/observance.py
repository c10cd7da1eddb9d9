"""Incidents for the page of observance: the files and acts that the reader may read, and what is reckoned from them.

What is asked comes with the address, so that a link shows the same: `commitment` (the number of the act that drew it),
`kinds`, `names_A` (what sources call a side, with commas), `month` (2026-05).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.forgetting import is_forgotten
from detente.acts.incidents import calendar_day
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.procedure.disclosure import may_open
from detente.procedure.reckoned import Asked, Counted, Report, VisibleIncidents, month_name, month_number
from detente.procedure.sameness import decided
from detente.state.records import State
from detente.views import building
from detente.views.building.incident_words import INCIDENT_KINDS
from detente.views.observance import ObservancePage
from detente.web.rendering import render_figure
from detente.web.viewer import host, no_such_act, number_asked, record_of
from detente.wording.language import N_
from detente.wording.names import Names

NOT_INSTALLED: Final = N_(
    "This host cannot read incidents: what it takes is not installed. Whoever runs it installs detente with the extra "
    "“incidents”."
)
UNREADABLE: Final = N_("A batch of incidents in this record cannot be read. Look at the acts that report it.")
MOST_NAMES: Final = 20
LONGEST_NAME: Final = 100
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def page(request: Request, record: Record, viewers: tuple[str, ...]) -> ObservancePage:
    found, why_none = _reckoned(request, record)
    return building.observance_page(record, found, why_none=why_none, viewers=viewers)


def _reckoned(request: Request, record: Record) -> tuple[VisibleIncidents, str]:
    """What was reckoned, and where nothing could be, why not."""
    question = Question(request, record)
    nothing = VisibleIncidents(record.viewer, question.asked)
    if not question.files and not question.reports:
        return nothing, ""
    if find_spec("duckdb") is None or find_spec("shapely") is None:
        return nothing, NOT_INSTALLED
    from detente.analysis.reckoning import reckoned  # the extra may be missing

    try:
        found = reckoned(record.viewer, question.files, question.reports, question.asked)
        base_maps = getattr(request.app.state, "base_maps", {})
        return replace(found, base=base_maps.get(record.origin.partition("/")[2])), ""
    except Refused:
        return nothing, UNREADABLE


class Question:
    """What is asked with an address, of what its reader may read."""

    def __init__(self, request: Request, record: Record) -> None:
        self._request, self._record, self._state = request, record, record.visible.state
        batches = [(leaf, self._file(batch.file)) for leaf, batch in sorted(self._state.batches.items(), key=_index)
                   if self._may_read(leaf, batch.index)]  # fmt: skip
        self.files = tuple(file for _leaf, file in batches if file is not None)
        self.reports = tuple(self._reports())
        commitments = tuple(self._commitments())
        picked, compared = self._picked(commitments), decided(self._state)
        self.asked = Asked(
            batches=tuple(leaf for leaf, file in batches if file is not None),
            missing=sum(file is None for _leaf, file in batches),
            commitments=commitments,
            kinds=tuple(kind for kind in INCIDENT_KINDS if kind in self._several("kinds")),
            names=tuple(self._names()),
            picked=picked.leaf if picked else "",
            month=self._month(),
            agreed=(picked.begins if picked else None) or _in_force_since(self._state),
            zone=str(Names(record).zone.tz),
            together=compared.together,
            disputed=compared.disputed,
        )

    def _may_read(self, leaf: str, index: int) -> bool:
        act = self._record.act(index)
        return act is not None and not is_forgotten(self._state, leaf) and may_open(
            self._state, self._record.viewer, act.act.clear.aud, act.act.author
        )  # fmt: skip

    def _file(self, digest: str) -> Path | None:
        files = host(self._request).files
        held = files.find(self._record.origin.partition("/")[2], decode_base64url(digest)) if files else None
        return held.path if held else None

    def _reports(self) -> Iterator[Report]:
        for leaf, incident in sorted(self._state.incidents.items(), key=_index):
            if self._may_read(leaf, incident.index):
                yield _report(leaf, self._record.opened(leaf))

    def _commitments(self) -> Iterator[Counted]:
        """Those that stand, the oldest first."""
        for leaf, one in sorted(self._state.commitments.items(), key=_index):
            if one.stands:
                area = str(self._record.opened(leaf).get("area") or "")
                yield Counted(leaf, area, one.begins, one.ends, one.actors)

    def _picked(self, commitments: tuple[Counted, ...]) -> Counted | None:
        number = number_asked(self._request, "commitment")
        asked = (number or 0) - 1
        if number is not None and asked not in {one.index for one in self._state.commitments.values()}:
            raise no_such_act()
        drawn = (one for one in commitments if self._state.commitments[one.leaf].index == asked)
        return next(drawn, commitments[0] if commitments else None)

    def _several(self, name: str) -> list[str]:
        given = self._request.query_params.getlist(name)
        return [part.strip() for text in given for part in text.split(",") if part.strip()]

    def _names(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for side in self._state.convened.sides if self._state.process else ():
            names = self._several(f"names_{side}")[:MOST_NAMES]
            if names:
                yield side, tuple(name[:LONGEST_NAME] for name in names)

    def _month(self) -> int | None:
        text = self._request.query_params.get("month", "")
        return month_number(text) if _MONTH.fullmatch(text) else None


def _index(named: tuple[str, Any]) -> int:
    index: int = named[1].index
    return index


def _in_force_since(state: State) -> str | None:
    """Since when the first instrument that is in force has been."""
    return min((i.in_force_since for i in state.instruments.values() if i.in_force_since), default=None)


def _report(leaf: str, opened: Any) -> Report:
    """An act's own report, out of the hidden fields that may be read."""
    lat, lon = opened.get("lat"), opened.get("lon")
    return Report(
        leaf=leaf, date_from=calendar_day(opened.get("date_from")), date_to=calendar_day(opened.get("date_to")),
        lat=float(lat) if lat else None, lon=float(lon) if lon else None, place=opened.get("place") or "",
        kind=opened.get("category") or "", deaths=opened.get("deaths"),
        source=opened.get("source") or "", text=opened.get("title") or "",
        actors=tuple(name.strip() for name in re.split("[;|]", opened.get("actors") or "") if name.strip()),
    )  # fmt: skip


# --- downloads


async def downloaded(request: Request) -> Response:
    """On the threads of those pages. Raises `Refused` as `download`."""
    return await to_thread.run_sync(download, request, limiter=request.app.state.reckoners)


def download(request: Request) -> Response:
    """A figure as SVG, or a table as CSV. Raises `Refused`: `observance.file`, or as `record_of`."""
    record, name = record_of(request), request.path_params["file"]
    make = _FILES.get(name)
    found, why_none = _reckoned(request, record)
    if make is None or why_none or not found.total:
        raise refuse("observance.file", "There is no such figure or table here.",
                     instead="Choose one from the page of observance.")  # fmt: skip
    kind = "image/svg+xml" if name.endswith(".svg") else "text/csv; charset=utf-8"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(make(request, record, found), media_type=kind, headers=headers)


def _figure(name: str) -> Callable[[Request, Record, VisibleIncidents], str]:
    return lambda _request, record, found: render_figure(name, building.observance_page(record, found))


def _months(_request: Request, _record: Record, found: VisibleIncidents) -> str:
    rows = ((place.place, month_name(found.first + month), reports, incidents)
            for place in found.places for month, incidents, reports in place.counts)  # fmt: skip
    return _table(("place", "month", "reports", "incidents"), rows)


def _candidates(request: Request, record: Record, _found: VisibleIncidents) -> str:
    from detente.analysis.reckoning import every_candidate  # the extra may be missing

    question = Question(request, record)
    rows = (
        (one.report, one.row, one.date_from, one.date_to, one.precision, one.place, one.incident,
         "; ".join(one.actors), one.source, one.kind, one.actor, one.area, one.period,
         "; ".join(leaf if row is None else f"{leaf} {row}" for leaf, row in one.same))
        for one in every_candidate(question.files, question.reports, question.asked)
    )  # fmt: skip
    return _table(("report", "row", "date_from", "date_to", "precision", "place", "incident", "actors", "source", "kind",
                   "actor", "area", "period", "same_incident_as"), rows)  # fmt: skip


def _table(head: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> str:
    """Comma-separated values, RFC 4180. What a spreadsheet would take for a formula has an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(
        [f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in row] for row in rows
    )
    return text.getvalue()


_FILES: Final = {
    "months.svg": _figure("months"), "places.svg": _figure("places"), "map.svg": _figure("map"),
    "months.csv": _months, "candidates.csv": _candidates,
}  # fmt: skip

ROUTES = [Route("/processes/{process}/observance/{file}", downloaded)]
