"""The languages that pages can be shown in: which there are, which one a browser wants, and the choice of another.

A translation is a folder of `detente/locale`: the compiled catalogue (`LC_MESSAGES/detente.mo`) and the sentences of
the rules. What is recorded and signed is the same in every one of them.
"""

from __future__ import annotations

import json
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from detente.wording.language import ENGLISH, Language, speaking, spoken

COOKIE: Final = "language"
A_YEAR: Final = 365 * 24 * 3600
_NAMES: Final = MappingProxyType({"ur": ("اردو", "rtl")})
"""Tag to what its speakers call it, and the direction it is written in. English stands in the program itself."""


@cache
def languages() -> dict[str, Language]:
    """Every language by its tag, English first."""
    return {"en": ENGLISH} | {tag: _read(tag) for tag in _NAMES}


def _read(tag: str) -> Language:
    folder = files("detente") / "locale" / tag
    with (folder / "LC_MESSAGES" / "detente.mo").open("rb") as compiled:
        messages = GNUTranslations(compiled)
    sentences = json.loads((folder / "sentences.json").read_bytes())
    name, direction = _NAMES[tag]
    return Language(tag, name, "rtl" if direction == "rtl" else "ltr", messages, sentences)


def language_for(request: HTTPConnection) -> Language:
    """The one chosen in this browser, else the first that it asks for and that there is (RFC 9110 section 12.5.4)."""
    chosen = languages().get(request.cookies.get(COOKIE, ""))
    return chosen or _wanted(request.headers.get("accept-language", ""))


def _wanted(header: str) -> Language:
    """
    >>> _wanted("fr, ur-PK;q=0.8, en;q=0.5").tag, _wanted("fr").tag, _wanted("en, ur;q=x").tag
    ('ur', 'en', 'en')
    """
    asked: list[tuple[float, Language]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.partition(";")
        found = languages().get(tag.strip().lower().partition("-")[0])
        if found is not None:
            asked.append((_quality(weight), found))
    quality, language = max(asked, key=lambda pair: pair[0], default=(0.0, ENGLISH))
    return language if quality > 0 else ENGLISH


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" and len(value) <= 5 else 0.0
    except ValueError:
        return 0.0


class Speaking:
    """Around everything that answers: the language of this request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with speaking(language_for(HTTPConnection(scope))):
            await self._app(scope, receive, send)


def choose(request: Request) -> Response:
    """Show the pages in another language from now on, and come back to the page on which it was chosen."""
    chosen = languages().get(request.path_params["tag"], spoken())
    answer = RedirectResponse(_page_before(request), 303)
    answer.set_cookie(COOKIE, chosen.tag, max_age=A_YEAR, path="/", samesite="lax", httponly=True)
    return answer


def _page_before(request: Request) -> str:
    """Below this host; its first page where the browser does not say, or says another site's."""
    try:
        back = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # what stands in brackets is no IPv6 address
        return "/"
    here = back.netloc == request.url.netloc
    return urlunsplit(("", "", "/" + back.path.lstrip("/"), back.query, "")) if here else "/"


ROUTES = [Route("/language/{tag}", choose, methods=["POST"])]
