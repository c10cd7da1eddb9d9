"""The pages: each route opens the record for whoever looks, builds the typed page, and renders it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from detente.codec.refusal import Refused, refuse
from detente.depositary.host import Depositary
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.views import building
from detente.views.pages import Page
from detente.web.refusals import status_of
from detente.web.rendering import render
from detente.web.viewer import people_to_look_as, viewer_of

Builder = Callable[[Request, Record, tuple[str, ...]], Page | None]


def _shown(request: Request, page: Page, status: int = 200) -> Response:
    nonce = getattr(request.state, "nonce", "")
    html = render(page, nonce=nonce, address=str(request.url))
    # A page is made for one viewer at one moment: no cache may show it to another.
    return HTMLResponse(html, status, headers={"cache-control": "private, no-store"})


def _number(request: Request, name: str) -> int:
    """A number in the query; 0 where it is absent. Raises `Refused` with code `http.parameter`."""
    text = request.query_params.get(name, "")
    if text and not (text.isdecimal() and len(text) < 10):
        raise refuse("http.parameter", f"“{text[:20]}” is not a number of an act or edition.",
                     instead="Choose one from the page before.")  # fmt: skip
    return int(text or 0)


def _record(request: Request) -> tuple[Record, tuple[str, ...]]:
    """The record of the address as the reader may see it, and as whom else one may look."""
    depositary: Depositary = request.app.state.depositary
    demonstration: bool = request.app.state.demonstration
    origin = f"detente/{request.path_params['process']}"
    viewer = viewer_of(request, depositary, origin, demonstration=demonstration)
    record = Record(depositary, origin, viewer, _number(request, "at") or None)
    state = depositary.main(origin).state()
    return record, people_to_look_as(state, demonstration=demonstration)


def _page(build: Builder) -> Callable[[Request], Response]:
    def route(request: Request) -> Response:
        record, viewers = _record(request)
        page = build(request, record, viewers)
        if page is None:
            raise refuse("log.at", "There is no such act in this record, or it is not for you to read.",
                         instead="Start from the timeline.")  # fmt: skip
        return _shown(request, page)

    return route


def _overview(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    instrument = request.query_params.get("instrument", "")
    return building.overview_page(record, instrument=instrument, viewers=viewers)


def _text(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    asked = request.query_params
    return building.text_page(
        record, instrument=asked.get("instrument", ""), edition=_number(request, "edition"),
        since=_number(request, "since"), show=asked.get("show", ""), languages=asked.get("languages", ""),
        viewers=viewers,
    )  # fmt: skip


def _sessions(_request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    return building.sessions_page(record, viewers=viewers)


def _powers(_request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    return building.mandates_page(record, viewers=viewers)


def _timeline(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    asked = request.query_params
    return building.timeline_page(
        record, by=asked.get("by", ""), kind=asked.get("kind", ""), words=asked.get("words", ""),
        before=_number(request, "before"), viewers=viewers,
    )  # fmt: skip


def _act(request: Request, record: Record, viewers: tuple[str, ...]) -> Page | None:
    index, chamber = request.path_params["number"] - 1, request.query_params.get("log", "")
    if index < 0:
        return None
    return building.act_page(
        record, index, chamber=chamber, wire=record.wire(index, chamber), viewers=viewers
    )


def _log(_request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    return building.record_page(record, record.log(), viewers=viewers)


def processes(request: Request) -> Response:
    """The processes that the reader may see: those open to the public, or in a demonstration all of them."""
    depositary: Depositary = request.app.state.depositary
    demonstration: bool = request.app.state.demonstration
    records: list[Record] = []
    viewers: tuple[str, ...] = ()
    for origin in depositary.processes():
        try:
            records.append(Record(depositary, origin, Viewer(None)))
        except Refused:
            continue  # a process that is closed to the public is not listed to it
        viewers = people_to_look_as(depositary.main(origin).state(), demonstration=demonstration)
    return _shown(request, building.processes_page(records, viewers=viewers))


def error_page(request: Request, refused: Refused) -> Response:
    """The one shape of errors, as a page."""
    first, status = refused.refusals[0], status_of(refused)
    page = building.error_page(
        status=status, code=first.code, sentence=first.sentence, clause=first.clause, instead=first.instead
    )
    return _shown(request, page, status)


ROUTES = [
    Route("/", processes),
    Route("/processes/{process}/", _page(_overview)),
    Route("/processes/{process}/text", _page(_text)),
    Route("/processes/{process}/sessions", _page(_sessions)),
    Route("/processes/{process}/powers", _page(_powers)),
    Route("/processes/{process}/timeline", _page(_timeline)),
    Route("/processes/{process}/acts/{number:int}", _page(_act)),
    Route("/processes/{process}/record", _page(_log)),
]
