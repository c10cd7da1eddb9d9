"""Preferences: the page with the choices, of which a browser makes a sealed document. Nothing answered arrives here."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.views import building
from detente.web.page_routes import shown, viewers_of
from detente.web.viewer import present_record_of


def preferences(request: Request) -> Response:
    """Raises `Refused` as `present_record_of`."""
    record, asked = present_record_of(request), request.query_params
    page = building.preferences_page(
        record,
        instrument=asked.get("instrument", ""),
        side=asked.get("side", ""),
        viewers=viewers_of(request, record.origin),
    )
    return shown(request, page)


ROUTES = [Route("/processes/{process}/preferences", preferences)]
