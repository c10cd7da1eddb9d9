"""Presenting an exhibit: the page on which a browser seals files, sends them, and goes on to what is signed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.views import building
from detente.web.page_routes import shown, viewers_of
from detente.web.viewer import host, present_record_of


def present(request: Request) -> Response:
    """Raises `Refused` as `present_record_of`."""
    record, files = present_record_of(request), host(request).files
    largest = files.largest if files is not None else 0
    page = building.present_page(record, largest=largest, viewers=viewers_of(request, record.origin))
    return shown(request, page)


ROUTES = [Route("/processes/{process}/present", present)]
