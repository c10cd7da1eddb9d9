"""Checking a proof: a page for anybody, and the same page as one file. Nothing is asked of whoever comes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.views import building
from detente.views.addresses import CHECK, CHECKER
from detente.web.checker import FILE_NAME, checker_digest, checker_page
from detente.web.page_routes import shown
from detente.web.viewer import is_demonstration

LONGEST_ID = 40


def check(request: Request) -> Response:
    looking_as = request.query_params.get("as", "") if is_demonstration(request) else ""
    known = looking_as.isascii() and looking_as.replace(".", "").isalnum() and len(looking_as) <= LONGEST_ID
    return shown(request, building.check_page(checker_digest(), looking_as if known else ""))


def checker(_request: Request) -> Response:
    return attached(checker_page(), FILE_NAME, "text/html; charset=utf-8")


def attached(body: bytes, name: str, media_type: str) -> Response:
    """A file to keep: its own Content-Security-Policy is for when it is opened from disk."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)


ROUTES = [Route(CHECK, check), Route(CHECKER, checker)]
