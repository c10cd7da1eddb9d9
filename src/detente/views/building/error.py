"""A page for what could not be shown: the one shape that every error has."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.views.building.around import shell, shell_alone, tab_of
from detente.views.error import ErrorPage
from detente.views.marks import Link
from detente.views.shell import Shell
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _

_HEADINGS: Final = {
    400: N_("This cannot be read"), 401: N_("Who is asking is not clear"), 403: N_("This is not open to you"),
    404: N_("There is nothing here"), 405: N_("This address does not take that"), 409: N_("The record has moved on"),
    413: N_("This is too large"), 422: N_("The record cannot take this act"), 503: N_("The record cannot answer now"),
}  # fmt: skip
_PROBLEM: Final = N_("There is a problem")


def error_page(
    *,
    status: int,
    code: str,
    sentence: str,
    clause: str = "",
    instead: str = "",
    record: VisibleRecord | None = None,
    viewers: tuple[str, ...] = (),
    path: str = "",
) -> ErrorPage:
    """status: of HTTP; code, sentence, clause, instead: of the first refusal; record: that of the address, if any; path:
    what of it was asked for. From there one steps in time on the page of the tab, which every moment has."""
    title = _(_PROBLEM)
    around = shell(record, title=title, viewers=viewers, path=tab_of(path)) if record else shell_alone(title)
    return ErrorPage(
        shell=around,
        status=status,
        heading=_(_HEADINGS.get(status, _PROBLEM)),
        sentence=translated(sentence),
        clause=clause,
        instead=translated(instead),
        code=code,
        links=_links(around),
    )  # fmt: skip


def _links(around: Shell) -> tuple[Link, ...]:
    everywhere = Link(text=_("All processes"), href=around.processes)
    if around.process is None:
        return (everywhere,)
    near = next((tab for tab in around.process.tabs if tab.current), around.process.tabs[0])
    return Link(text=near.text, href=near.href), everywhere
