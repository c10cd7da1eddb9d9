"""A page for what could not be shown: the one shape that every error has."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.views.addresses import PROCESSES
from detente.views.building.around import READABLE, shell
from detente.views.error import ErrorPage
from detente.views.marks import Link
from detente.views.shell import Footer, Shell, Viewer

_HEADINGS: Final = {
    400: "This cannot be read", 401: "Who is asking is not clear", 403: "This is not open to you",
    404: "There is nothing here", 405: "This address does not take that", 409: "The record has moved on",
    413: "This is too large", 422: "The record cannot take this act", 503: "The record cannot answer now",
}  # fmt: skip


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
    around = shell(record, title="There is a problem", viewers=viewers) if record else _plain()
    return ErrorPage(
        shell=around,
        status=status,
        heading=_HEADINGS.get(status, "There is a problem"),
        sentence=sentence,
        clause=clause,
        instead=instead,
        code=code,
        links=_links(around),
    )  # fmt: skip


def _links(around: Shell) -> tuple[Link, ...]:
    everywhere = Link(text="All processes", href=around.processes)
    if around.process is None:
        return (everywhere,)
    return (*(Link(text=tab.text, href=tab.href) for tab in around.process.tabs), everywhere)


def _plain() -> Shell:
    return Shell(
        page_title="There is a problem",
        processes=PROCESSES,
        viewers=(Viewer(name="Public", href=PROCESSES, current=True),),
        footer=Footer(derived="", zone="", readable=READABLE),
    )
