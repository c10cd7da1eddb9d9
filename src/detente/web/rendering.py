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
from detente.views.article import ArticlePage
from detente.views.chambers import ChambersPage
from detente.views.changed import ChangedPage
from detente.views.check import CheckPage
from detente.views.compared import ComparedPage
from detente.views.comparing import ComparingPage
from detente.views.error import ErrorPage
from detente.views.feeding import FeedPage
from detente.views.following import FollowingPage
from detente.views.keeping import KeepingPage
from detente.views.keys import KeysPage
from detente.views.mandates import MandatesPage
from detente.views.observance import ObservancePage
from detente.views.outbox import OutboxPage
from detente.views.overview import OverviewPage
from detente.views.pages import Page
from detente.views.preferences import PreferencesPage
from detente.views.presenting import PresentPage
from detente.views.processes import ProcessesPage
from detente.views.proving import ProvePage
from detente.views.public_record import PublicRecordPage
from detente.views.record import RecordPage
from detente.views.sessions import SessionsPage
from detente.views.signing import ConvenePage, JoinPage, RoomPage, SigningPage
from detente.views.text import TextPage
from detente.views.timeline import TimelinePage
from detente.views.undertakings import UndertakingsPage
from detente.views.verifiable import VerifiablePage
from detente.web.languages import languages
from detente.wording.language import gettext, ngettext, pgettext

TEMPLATES: Final = MappingProxyType(
    {
        ProcessesPage: "processes.html",
        ChambersPage: "chambers.html",
        PresentPage: "present.html",
        PreferencesPage: "preferences.html",
        OverviewPage: "overview.html",
        TextPage: "text.html",
        SessionsPage: "sessions.html",
        UndertakingsPage: "undertakings.html",
        ObservancePage: "observance.html",
        MandatesPage: "mandates.html",
        TimelinePage: "timeline.html",
        KeepingPage: "keeping.html",
        FeedPage: "feed.html",
        ComparingPage: "comparing.html",
        ActPage: "act.html",
        RecordPage: "record.html",
        ErrorPage: "error.html",
        FollowingPage: "following.html",
        RoomPage: "room.html",
        SigningPage: "signing.html",
        JoinPage: "join.html",
        ConvenePage: "convene.html",
        KeysPage: "keys.html",
        OutboxPage: "outbox.html",
        CheckPage: "check.html",
        ProvePage: "prove.html",
        PublicRecordPage: "public_record.html",
        ArticlePage: "article.html",
        VerifiablePage: "verifiable_page.html",
        ChangedPage: "changed.html",
        ComparedPage: "compared.html",
    }
)


def render(
    page: Page,
    *,
    nonce: str = "",
    address: str = "",
    static: str = "/static",
    size: int = 0,
    inside: int = 0,
    viewer: str = "",
    stopped: str = "",
) -> str:
    """The page as an HTML document.

    nonce: of this answer's Content-Security-Policy, for the one script; address: of the page, printed at
    the foot on paper; static: where `web/static` is served, without a closing slash; size: acts in the
    record that it is made from; inside: acts in the chambers of the person whom it is made for; viewer: their id;
    stopped: why the host signs nothing more for the process, or empty.
    """
    template = environment().get_template(TEMPLATES[type(page)])
    return template.render(
        page=page, nonce=nonce, address=address, static=static, size=size, inside=inside, viewer=viewer,
        stopped=stopped,
    )  # fmt: skip


def render_fragment(page: Page, *, address: str = "") -> str:
    """What of a page of a process changes while the record grows: size, head, subject and foot. It holds no
    script, and not the name of whoever looks."""
    html = render(page, address=address)
    # Everything that pages say is escaped, so only the base template can have opened these elements.
    size = html[html.index('<a class="size"') :]
    body = html[html.index('<section id="process"') : html.index("</footer>")]
    return f"<!doctype html>\n{size[: size.index('</a>')]}</a>\n{body}</footer>\n"


def render_figure(name: str, page: ObservancePage) -> str:
    """One figure of the page of observance as an SVG document of its own. name: months, places or map."""
    return environment().get_template("incident_figure.svg").render(page=page, name=name)


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("detente.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a program that runs keeps the templates that it started with
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    install = made.install_gettext_callables  # type: ignore[attr-defined]  # the extension put it there
    install(gettext, ngettext, newstyle=True, pgettext=pgettext)
    made.globals["languages"] = lambda: tuple(languages().values())
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
