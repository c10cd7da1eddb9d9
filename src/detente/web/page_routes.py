"""The pages: each route opens the record for whoever looks, builds the typed page, and renders it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Final, get_args

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from detente.codec.refusal import Refused, refuse
from detente.depositary.fork_guard import why_stopped
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.views import building
from detente.views.pages import Page
from detente.views.text import Show
from detente.web import comparing, observance, static_files
from detente.web.concordance import questions_of
from detente.web.fragments import asks_for_fragment, fragment_kept, fragment_of
from detente.web.refusals import status_of
from detente.web.rendering import render
from detente.web.texts import text_asked
from detente.web.viewer import (
    act_number,
    host,
    is_demonstration,
    no_such_act,
    number_asked,
    own_origin,
    people_to_look_as,
    record_of,
    record_opened,
    state_of,
    viewer_of,
)
from detente.wording.english import KIND_WORDS
from detente.wording.language import translated

Builder = Callable[[Request, Record, tuple[str, ...]], Page | None]

LISTED: Final = 20
"""Processes on one page of their list: each of them is folded for it."""


def shown(request: Request, page: Page, status: int = 200) -> Response:
    """The page as an answer; only what changes of it where a page that is already shown asks."""
    record, address = record_opened(request), str(request.url)
    if record is not None and status == 200 and asks_for_fragment(request):
        return fragment_of(request, page, record)
    size, viewer = (record.size, record.viewer.person or "") if record is not None else (0, "")
    html = render(
        page,
        nonce=request.state.nonce,
        address=address,
        static=static_files.address(),
        size=size,
        inside=record.inside if record is not None else 0,
        viewer=viewer,
        stopped=_why_stopped(request, record) if record is not None else "",
    )
    # A page is made for one viewer at one moment: no cache may show it to another.
    return HTMLResponse(html, status, headers={"cache-control": "private, no-store"})


def _why_stopped(request: Request, record: Record) -> str:
    """What every page of a process says first where its host signs nothing more for it; empty where it signs."""
    refusal = why_stopped(host(request), record.origin)
    return translated(refusal.sentence) if refusal is not None else ""


def _page(build: Builder, *, reckons: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """A page that speaks of whoever looks only by what they may read and owe. reckons: incidents are counted for it, one
    question at a time, each for up to a second: on threads of its own, so that who asks much holds up no other page."""

    async def route(request: Request) -> Response:
        def built(record: Record) -> Page:
            page = build(request, record, viewers_of(request, record.origin))
            if page is None:
                raise no_such_act()
            return page

        if asks_for_fragment(request):
            return await fragment_kept(request, built, reckons=reckons)
        return await to_thread.run_sync(
            lambda: shown(request, built(record_of(request))),
            limiter=request.app.state.reckoners if reckons else None,
        )

    return route


def viewers_of(request: Request, origin: str) -> tuple[str, ...]:
    """As whom else one may look."""
    state = state_of(request, origin)
    return people_to_look_as(state, demonstration=is_demonstration(request)) if state is not None else ()


def _overview(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    instrument = request.query_params.get("instrument", "")
    text_asked(record, instrument)
    return building.overview_page(record, instrument=instrument, viewers=viewers)


def _text(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    asked = request.query_params
    instrument, languages, against = (asked.get(name, "") for name in ("instrument", "languages", "against"))
    edition, since = number_asked(request, "edition"), number_asked(request, "since")
    text_asked(record, instrument, (edition, since), languages, against)
    show = asked.get("show", "")
    if show not in ("", *get_args(Show)):
        raise refuse("text.unknown", "A text is not shown in such a way.",
                     instead="Choose one from the page of the text.")  # fmt: skip
    questions = questions_of(record, instrument, edition or 0, languages) if show == "side" else ()
    return building.text_page(
        record, instrument=instrument, edition=edition or 0, questions=questions, since=since or 0, show=show,
        languages=languages, against=against, viewers=viewers,
    )  # fmt: skip


def _verifiable(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    instrument, provision = (request.query_params.get(name, "") for name in ("instrument", "provision"))
    text_asked(record, instrument, provision=provision)
    return building.verifiable_page(record, instrument=instrument, provision=provision, viewers=viewers)


def _sessions(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    session, before = number_asked(request, "session") or 0, number_asked(request, "before") or 0
    return building.sessions_page(record, session=session, before=before, viewers=viewers)


def _undertakings(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    return building.undertakings_page(record, before=number_asked(request, "before") or 0, viewers=viewers)


def _powers(_request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    return building.mandates_page(record, viewers=viewers)


def _statements(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    return building.public_record_page(record, before=number_asked(request, "before") or 0, viewers=viewers)


def _keeping(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    register = number_asked(request, "register")
    if register is not None and register not in {
        r.index + 1 for r in record.visible.state.registers.values()
    }:
        raise no_such_act()
    return building.keeping_page(
        record, register=register or 0, until=request.query_params.get("until", ""),
        row=number_asked(request, "row") or 0, viewers=viewers,
    )  # fmt: skip


def _timeline(request: Request, record: Record, viewers: tuple[str, ...]) -> Page:
    asked = request.query_params
    if asked.get("kind") and asked["kind"] not in KIND_WORDS:
        raise refuse("http.address", "There is no such kind of act.", instead="Choose one from the timeline.")
    return building.timeline_page(
        record, by=asked.get("by", ""), kind=asked.get("kind", ""), words=asked.get("words", ""),
        before=number_asked(request, "before") or 0, viewers=viewers,
    )  # fmt: skip


def _act(request: Request, record: Record, viewers: tuple[str, ...]) -> Page | None:
    index, chamber = act_number(request) - 1, request.query_params.get("log", "")
    wire = record.wire(index, chamber)
    return building.act_page(record, index, chamber=chamber, wire=wire, viewers=viewers)


def record(request: Request) -> Response:
    """Made anew each time: cosignatures come while no act does."""
    opened = record_of(request)
    return shown(
        request, building.record_page(opened, opened.log(), viewers=viewers_of(request, opened.origin))
    )


def processes(request: Request) -> Response:
    """The processes that the reader may see, the last convened first; one that is closed to them is not listed."""
    shown_before = number_asked(request, "after") or 0
    own = _own(request)
    open_to_reader = (
        origin for origin in reversed(host(request).processes())
        if origin == own or is_demonstration(request) or host(request).is_public(origin)
    )  # fmt: skip
    there = list(islice(open_to_reader, shown_before, shown_before + LISTED + 1))
    records = [record for origin in there[:LISTED] if (record := _listed(request, origin))]
    viewers = viewers_of(request, records[0].origin) if records else ()
    older = shown_before + LISTED if len(there) > LISTED else 0
    return shown(request, building.processes_page(records, viewers=viewers, older=older))


def _own(request: Request) -> str:
    """The process that a token or a session is for, if it opens it: one that does not takes no place in the list."""
    named = own_origin(request)
    return named if named and _listed(request, named) is not None else ""


def _listed(request: Request, origin: str) -> Record | None:
    try:
        viewer = viewer_of(request, origin)
    except Refused:
        viewer = Viewer(None)  # a token is for one process: elsewhere its bearer is the public
    try:
        return Record(host(request), origin, viewer)
    except Refused:
        return None


def error_page(request: Request, refused: Refused) -> Response:
    """The one shape of errors, as a page. What is not in a record that was opened for this reader is said inside it: at
    an earlier moment one can step on to where it is."""
    first, status = refused.refusals[0], status_of(refused)
    record = record_opened(request) if status == 404 else None
    page = building.error_page(
        status=status,
        code=first.code,
        sentence=first.sentence,
        clause=first.clause,
        instead=first.instead,
        record=record,
        viewers=viewers_of(request, record.origin) if record is not None else (),
        path="/".join(request.url.path.split("/")[3:]),
    )
    return shown(request, page, status)


ROUTES = [
    Route("/", processes),
    Route("/processes/{process}/", _page(_overview)),
    Route("/processes/{process}/text", _page(_text)),
    Route("/processes/{process}/verifiable", _page(_verifiable)),
    Route("/processes/{process}/sessions", _page(_sessions)),
    Route("/processes/{process}/undertakings", _page(_undertakings)),
    Route("/processes/{process}/powers", _page(_powers)),
    Route("/processes/{process}/statements", _page(_statements)),
    Route("/processes/{process}/keeping", _page(_keeping)),
    Route("/processes/{process}/timeline", _page(_timeline)),
    Route("/processes/{process}/observance", _page(observance.page, reckons=True)),
    Route("/processes/{process}/observance/pairs", _page(comparing.page, reckons=True)),
    Route("/processes/{process}/acts/{number}", _page(_act)),
    Route("/processes/{process}/record", record),
]
