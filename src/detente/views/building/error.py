"""A page for what could not be shown: the one shape that every error has."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.views.building.around import shell, shell_alone
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
) -> ErrorPage:
    """status: of HTTP; code, sentence, clause, instead: of the first refusal; record: that of the address, if any."""
    around = shell(record, title=_(_PROBLEM), viewers=viewers) if record else shell_alone(_(_PROBLEM))
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
    return (*(Link(text=tab.text, href=tab.href) for tab in around.process.tabs), everywhere)
