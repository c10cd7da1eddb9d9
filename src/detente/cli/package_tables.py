"""An answer about packages in a terminal: the page's own words in English, a section after the other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from detente.views.packages import Bars, Fact, PackagesPage, Suggestion, Table

WIDTH: Final = 100
HEAD: Final = 26
"""Columns of what stands before each answer."""
BAR: Final = 24
ARROWS: Final = {"gains": "▲", "gives": "▽", "between": "◆"}


def in_words(page: PackagesPage) -> str:
    return "\n".join(_sections(page)) + "\n"


def _sections(page: PackagesPage) -> Iterator[str]:
    yield f"{page.headline}."
    yield textwrap.fill(page.lead, WIDTH)
    yield textwrap.fill(f"For the mediators only. {page.secret}", WIDTH)
    yield from _facts("", page.facts)
    yield from (textwrap.fill(note, WIDTH) for note in page.notes)
    yield from _facts("What stands in the way", page.blocks)
    if page.suggestions:
        yield from _head("Packages to look at", page.suggestions_note)
        for one in page.suggestions:
            yield from _suggestion(one, page.parties)
    if page.frontier is not None:
        yield from _head("What no one can improve on", "")
        yield from _table(page.frontier)
    yield from _head("Better for all than the text as it stands", page.improvements_note)
    yield from _facts("", page.improvements)
    yield from _head("What each constraint costs", page.costs_note)
    yield from _bars(page.costs)
    yield from _facts("The concession that opens most", page.concessions)
    yield from _head("If the points lie off", page.robustness_note)
    yield from _bars(page.robustness)
    yield from _facts("What was not answered", page.unanswered)


def _head(head: str, note: str) -> Iterator[str]:
    yield f"\n{head}\n{'-' * len(head)}"
    if note:
        yield textwrap.fill(note, WIDTH)


def _facts(head: str, facts: Sequence[Fact]) -> Iterator[str]:
    if head and facts:
        yield from _head(head, "")
    for fact in facts:
        lines = textwrap.wrap(fact.words, WIDTH - HEAD) or [""]
        first = textwrap.shorten(fact.head, HEAD - 2, placeholder="…")
        yield "\n".join(f"{first if at == 0 else '':<{HEAD}}{line}" for at, line in enumerate(lines))


def _suggestion(one: Suggestion, parties: Sequence[str]) -> Iterator[str]:
    yield f"\nPackage {one.number}: {'; '.join(one.chosen)}"
    yield from _facts("", one.worth)
    yield textwrap.fill(f"{one.sure} {one.ties}".rstrip(), WIDTH)
    yield from (textwrap.fill(said, WIDTH) for said in one.better)
    for trade in one.trades:
        yield textwrap.fill(
            f"{trade.issue}: {trade.option}", WIDTH, initial_indent="  ", subsequent_indent="    "
        )
        for party, cell in zip(parties, trade.cells, strict=True):
            yield f"    {ARROWS[cell.arrow]} {party}: {cell.words}"
    if one.untabled:
        yield f"  {one.untabled}"
    if one.command:
        yield f"  Table it: {one.command}"


def _bars(groups: Sequence[Bars]) -> Iterator[str]:
    for group in groups:
        yield f"\n{group.name}. {group.words}"
        for bar in group.bars:
            full = "█" * round(float(bar.wide) * BAR / 100)
            yield f"  {full:<{BAR}} {bar.words:>14}  {bar.label}"


def _table(table: Table) -> Iterator[str]:
    rows = [table.head, *table.rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.head))]
    for row in rows:
        yield "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    if table.left_out:
        yield f"  {table.left_out}"
