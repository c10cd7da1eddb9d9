"""Preferences: the page with the choices, of which a browser makes a sealed document. Nothing answered arrives here."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.codec.refusal import refuse
from detente.views import building
from detente.web.page_routes import shown, viewers_of
from detente.web.texts import text_asked
from detente.web.viewer import present_record_of


def preferences(request: Request) -> Response:
    """Raises `Refused` as `present_record_of` and `text_asked`, and `http.address`."""
    record, asked = present_record_of(request), request.query_params
    instrument, side = asked.get("instrument", ""), asked.get("side", "")
    text_asked(record, instrument)
    if side and side not in record.visible.state.convened.sides:
        raise refuse("http.address", "There is no such side in this process.",
                     instead="Choose one on the page of preferences.")  # fmt: skip
    page = building.preferences_page(
        record,
        instrument=instrument,
        side=side,
        viewers=viewers_of(request, record.origin),
    )
    return shown(request, page)


ROUTES = [Route("/processes/{process}/preferences", preferences)]
