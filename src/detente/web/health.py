"""Whether the host is alive, and whether it can do its work: for whatever watches it or sends it requests.

| address | 200 says | 503 says |
|---|---|---|
| `/health` | the program answers | |
| `/ready` | the database answers in this version's form, the host key opens the logs' keys, it signs | what fails |

Both say the same to everybody, and name no process. A host that has stopped signing for one process (ADR 25) is ready,
since the others go on; one that signs for none is not.
"""

from __future__ import annotations

from typing import Final

import msgspec
from anyio import move_on_after, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from detente.codec.refusal import Refusal, Refused
from detente.depositary.readiness import SILENT

PATIENCE: Final = 3.0
"""Seconds after which a database that has not answered is taken not to."""
_STOPPING: Final = Refusal("ready.stopping", "The host is being stopped.", instead="Ask again in a moment.")


async def health(request: Request) -> Response:
    """The program answers."""
    return _answer(request, "alive")


async def ready(request: Request) -> Response:
    """Whether requests can be sent here. It is asked on one thread of its own: a database that hangs holds up none of
    those that make pages. Raises `Refused`: `ready.*`."""
    state = request.app.state
    found: tuple[Refusal, ...] = (_STOPPING,) if state.stopping else (SILENT,)
    if not state.stopping:
        with move_on_after(PATIENCE):
            found = await to_thread.run_sync(
                state.readiness.faults, abandon_on_cancel=True, limiter=state.asking_readiness
            )
    if found:
        raise Refused(*found)
    return _answer(request, "ready")


def _answer(request: Request, status: str) -> Response:
    """In plain text where that is asked for."""
    if "text/" in request.headers.get("accept", ""):
        return PlainTextResponse(f"{status}\n")
    return Response(msgspec.json.encode({"status": status}), media_type="application/json")


ROUTES = [Route("/health", health), Route("/ready", ready)]
