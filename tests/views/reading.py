"""Everything that a page says, whatever its type: for tests that ask what must or must not be there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from detente.procedure.disclosure import VisibleLog
from detente.views.building import (
    act_page,
    mandates_page,
    overview_page,
    processes_page,
    record_page,
    sessions_page,
    text_page,
    timeline_page,
    undertakings_page,
)  # fmt: skip
from detente.views.marks import Prose, Run
from detente.views.pages import Page
from detente.web.rendering import render
from tests.views.played import PlayedRecord, log_of


def plain(words: Prose) -> str:
    return "".join(run.text for run in words)


def strings(value: object) -> Iterator[str]:
    """Every text of a page; the runs of a line joined."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple) and value and all(isinstance(part, Run) for part in value):
        yield plain(value)
        yield from (run.href for run in value)
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def read_aloud(page: Page) -> str:
    """A page as a reader without markup hears it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", render(page)))


def every_page(record: PlayedRecord, viewers: tuple[str, ...] = ()) -> dict[str, Page]:
    """Each page of one record as its reader sees it, with every act and every edition."""
    log: VisibleLog = log_of(record)
    pages: dict[str, Page | None] = {
        "overview": overview_page(record, viewers=viewers),
        "text": text_page(record, viewers=viewers),
        "text, marked": text_page(record, show="marked", viewers=viewers),
        "text, side by side": text_page(record, show="side", viewers=viewers),
        "first text": text_page(record, edition=1, viewers=viewers),
        "second text": text_page(record, edition=2, viewers=viewers),
        "sessions": sessions_page(record, viewers=viewers),
        "undertakings": undertakings_page(record, viewers=viewers),
        "powers": mandates_page(record, viewers=viewers),
        "timeline": timeline_page(record, viewers=viewers),
        "record": record_page(record, log, viewers=viewers),
        "processes": processes_page((record,), viewers=viewers),
        **{f"act {i + 1}": act_page(record, i, viewers=viewers) for i in range(record.as_of)},
        **{
            f"{chamber}, act {i + 1}": act_page(record, i, chamber=chamber, viewers=viewers)
            for chamber in record.play.chambers
            for i in range(3)
        },
    }
    return {name: page for name, page in pages.items() if page is not None}
