"""Typed pages to HTML. One template a page type; a template reads nothing but declared fields.

The environment escapes everything and refuses a name it does not know, so a field that a template asks
for and a page type lacks shows at the first rendering.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from detente.views.act import ActPage
from detente.views.error import ErrorPage
from detente.views.mandates import MandatesPage
from detente.views.overview import OverviewPage
from detente.views.pages import Page
from detente.views.processes import ProcessesPage
from detente.views.record import RecordPage
from detente.views.sessions import SessionsPage
from detente.views.signing import ConvenePage, JoinPage, RoomPage, SigningPage
from detente.views.text import TextPage
from detente.views.timeline import TimelinePage

TEMPLATES: Final = MappingProxyType(
    {
        ProcessesPage: "processes.html",
        OverviewPage: "overview.html",
        TextPage: "text.html",
        SessionsPage: "sessions.html",
        MandatesPage: "mandates.html",
        TimelinePage: "timeline.html",
        ActPage: "act.html",
        RecordPage: "record.html",
        ErrorPage: "error.html",
        RoomPage: "room.html",
        SigningPage: "signing.html",
        JoinPage: "join.html",
        ConvenePage: "convene.html",
    }
)


def render(page: Page, *, nonce: str = "", address: str = "", static: str = "/static") -> str:
    """The page as an HTML document.

    nonce: of this answer's Content-Security-Policy, for the one script; address: of the page, printed at
    the foot on paper; static: where `web/static` is served, without a closing slash.
    """
    template = environment().get_template(TEMPLATES[type(page)])
    return template.render(page=page, nonce=nonce, address=address, static=static)


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("detente.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["percent"] = percent
    made.filters["along"] = along
    made.filters["until"] = until
    return made


def percent(part: int, whole: int) -> str:
    """`part` of `whole` as an SVG percentage, at most 100.

    >>> percent(58, 82)
    '70.73'
    """
    return f"{min(100.0, 100 * part / max(1, whole)):.2f}"


def along(act: int, size: int) -> str:
    """Where act number `act` stands on a line from the first to the last: the first at 0, the last at 100.

    >>> along(1, 87), along(44, 87), along(87, 87)
    ('0.00', '50.00', '100.00')
    """
    return percent(act - 1, size - 1)


def until(start: int, end: int, size: int) -> str:
    """The length on that line from one act to another.

    >>> until(44, 87, 87)
    '50.00'
    """
    return percent(end - start, size - 1)
