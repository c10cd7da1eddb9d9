"""Proving one act: the page on which a reader chooses what to show, and the three files.

Each is made for whoever looks: a field that they may not read is one that they cannot show, and asking for it is refused.
What is chosen stands in the address, by name; what it says never does. `log` names a chamber. What is sealed in one is
opened in the browser, which puts it into the proof itself (static/js/room/proving_page.js).
"""

from __future__ import annotations

import io
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.depositary.proving import enrolled_by, log_held_for
from detente.depositary.reading import Record
from detente.proofs.one_act import verify_proof
from detente.proofs.proving import HeldLog, write_proof
from detente.views import building
from detente.views.addresses import proof_file
from detente.web.checker import checker_page
from detente.web.checking import attached
from detente.web.page_routes import shown, viewers_of
from detente.web.sheet import sheet_page
from detente.web.viewer import act_number, host, no_such_act, present_record_of

HTML, TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"


def prove(request: Request) -> Response:
    """The page. Raises `Refused` as `present_record_of`, and `log.at`."""
    record, chamber = present_record_of(request), request.query_params.get("log", "")
    viewers = viewers_of(request, record.origin)
    page = building.prove_page(record, act_number(request) - 1, chamber=chamber, viewers=viewers)
    if page is None:
        raise no_such_act()
    return shown(request, page)


def proof_of(request: Request) -> bytes:
    """The proof as asked for: `show` names a field, again and again; `names` is there or not.

    Raises `Refused`: `proved.field`, `log.at`, `log.audience`, or as `present_record_of` and `verify_proof`.
    """
    record, number, asked = present_record_of(request), act_number(request), request.query_params
    main, chamber = _held(request, record, number, asked.get("log", ""))
    out = io.BytesIO()
    write_proof(out, main, number, asked.getlist("show"), names=bool(asked.get("names")), chamber=chamber)
    out.seek(0)
    verify_proof(out)  # nobody is given what the next reader would refuse
    return out.getvalue()


def _held(request: Request, record: Record, number: int, chamber: str) -> tuple[HeldLog, HeldLog | None]:
    """The main log and, where the act stands in one, the chamber."""
    depositary, origin, viewer = host(request), record.origin, record.viewer
    if number > (record.own_chamber(chamber).size if chamber else record.size):
        raise no_such_act()
    if not chamber:
        return log_held_for(depositary, origin, viewer, number), None
    main = log_held_for(depositary, origin, viewer, enrolled_by(depositary, origin, chamber, number))
    return main, log_held_for(depositary, origin, viewer, number, chamber)


def _download(made: Callable[[bytes], bytes], ending: str, media_type: str) -> Callable[[Request], object]:
    async def route(request: Request) -> Response:
        body = await run_in_threadpool(lambda: made(proof_of(request)))
        process, chamber = request.path_params["process"], request.query_params.get("log", "")
        return attached(body, proof_file(process, act_number(request), chamber) + ending, media_type)

    return route


ROUTES = [
    Route("/processes/{process}/acts/{number}/prove", prove),
    Route("/processes/{process}/acts/{number}/proof", _download(bytes, ".proof", TEXT)),
    Route("/processes/{process}/acts/{number}/proof.html", _download(checker_page, ".html", HTML)),
    Route("/processes/{process}/acts/{number}/sheet.html", _download(sheet_page, "-sheet.html", HTML)),
]
