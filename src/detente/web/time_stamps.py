"""The time stamps on a main log, as one file, for whoever may follow the log (docs/specs/time-stamp.md)."""

from __future__ import annotations

import io

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.depositary.stamping import take_stamps
from detente.web.cosigning import follower_of
from detente.web.log_files import PRIVATE
from detente.web.viewer import host, origin_of


def log_stamps(request: Request) -> Response:
    """Raises `Refused` as `follower_of` does, or with code `stamp.none`."""
    follower_of(request)
    file = io.BytesIO()
    take_stamps(host(request), origin_of(request), file)
    name = f"{request.path_params['process'][:8]}.stamps"
    headers = {**PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(file.getvalue(), media_type="text/plain; charset=utf-8", headers=headers)


ROUTES = [Route("/processes/{process}/log/stamps", log_stamps)]
