"""Proving one act of the main log: the page on which a reader chooses what to show, and the three files.

Each is made for whoever looks: a field that they may not read is one that they cannot show, and asking for it is refused.
What is chosen stands in the address, by name; what it says never does.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.depositary.proving import log_held_for
from detente.proofs.one_act import verify_proof
from detente.proofs.proving import write_proof
from detente.views import building
from detente.web.checker import checker_page
from detente.web.checking import attached
from detente.web.page_routes import shown, viewers_of
from detente.web.sheet import sheet_page
from detente.web.viewer import act_number, host, no_such_act, present_record_of

HTML, TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"


def prove(request: Request) -> Response:
    """The page. Raises `Refused` as `present_record_of`, and `log.at`."""
    record = present_record_of(request)
    page = building.prove_page(record, act_number(request) - 1, viewers=viewers_of(request, record.origin))
    if page is None:
        raise no_such_act()
    return shown(request, page)


def proof_of(request: Request) -> bytes:
    """The proof as asked for: `show` names a field, again and again; `names` is there or not.

    Raises `Refused`: `proved.field`, `log.at`, or as `present_record_of` and `verify_proof`.
    """
    record, number = present_record_of(request), act_number(request)
    if number > record.size:
        raise no_such_act()
    log = log_held_for(host(request), record.origin, record.viewer, number)
    out = io.BytesIO()
    asked = request.query_params
    write_proof(out, log, number, asked.getlist("show"), names=bool(asked.get("names")))
    out.seek(0)
    verify_proof(out)  # nobody is given what the next reader would refuse
    return out.getvalue()


def _download(made: Callable[[bytes], bytes], ending: str, media_type: str) -> Callable[[Request], object]:
    async def route(request: Request) -> Response:
        body = await run_in_threadpool(lambda: made(proof_of(request)))
        name = f"act-{act_number(request)}-of-{request.path_params['process'][:8]}{ending}"
        return attached(body, name, media_type)

    return route


ROUTES = [
    Route("/processes/{process}/acts/{number}/prove", prove),
    Route("/processes/{process}/acts/{number}/proof", _download(bytes, ".proof", TEXT)),
    Route("/processes/{process}/acts/{number}/proof.html", _download(checker_page, ".html", HTML)),
    Route("/processes/{process}/acts/{number}/sheet.html", _download(sheet_page, "-sheet.html", HTML)),
]
