"""The implementation matrix: every month in one figure, a stretch of it as a table, by whom, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.acts.matrix import registers_of
from detente.procedure.matrix import LEVELS, Tally, matrix
from detente.procedure.matrix import Matrix as Reckoned
from detente.provisions.numbering import number_of
from detente.state.observance import Register
from detente.views.building.sight import Sight
from detente.views.keeping import (
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    MatrixTotal,
    Said,
    Scorer,
    Stretch,
)
from detente.views.marks import ActRef, Choice, Link, Mark, Prose, worded
from detente.wording.counting import in_a_row
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.moments import month_words

MONTHS: Final = 12
ROWS: Final = 50
LEVEL_WORDS: Final = (N_("not begun"), N_("minimal"), N_("intermediate"), N_("full"))
"""By score."""
_NOTHING: Final = N_(
    "No register of stipulations is in the record. A mediator or a verifier lists what is counted; then anybody can "
    "score how far each was carried out, month by month."
)


def matrix_part(sight: Sight, *, register: int = 0, until: str = "", row: int = 0) -> Matrix:
    """The part of a page. register: number of the act, else the latest; until: the last month shown; row: the first."""
    chosen = chosen_register(sight, register)
    if chosen is None:
        return _empty(_(_NOTHING))
    reckoned = matrix(sight.state, chosen)
    months = _window(reckoned.months, until)
    listed = chosen.stipulations
    first = row if 0 <= row < len(listed) else 0
    shown = listed[first : first + ROWS]
    versions = registers_of(sight.state, chosen.instrument)
    return Matrix(
        lead=_lead(sight, chosen),
        registers=_choices(sight, chosen),
        versions=_("Figures of two versions are not compared: the unit of count changed between them.")
        if len(versions) > 1
        else "",
        columns=tuple(_column(sight, reckoned.tally(month), months) for month in reckoned.months),
        total=len(listed),
        months=tuple(map(month_words, months)),
        rows=tuple(_row(sight, reckoned, name, months) for name in shown),
        totals=_totals([reckoned.tally(month) for month in months]),
        scorers=tuple(_scorers(sight, reckoned)),
        turning=tuple(_turning(sight, reckoned.months, months, first, len(listed))),
        csv=_download(sight, chosen, "matrix.csv", _("All scores as a table (CSV)")),
        workbook=_download(sight, chosen, "matrix.xlsx", _("The matrix as a workbook (Excel)")),
        empty=""
        if months
        else _("Nobody has scored anything in this register yet. Each score is of one month."),
    )


def _empty(why: str) -> Matrix:
    return Matrix(
        lead=(),
        registers=(),
        versions="",
        columns=(),
        total=0,
        months=(),
        rows=(),
        totals=(),
        scorers=(),
        turning=(),
        empty=why,
    )


def chosen_register(sight: Sight, register: int) -> Register | None:
    registers = sorted(sight.state.registers.values(), key=lambda r: r.index)
    asked = (r for r in registers if r.index + 1 == register)
    return next(asked, registers[-1] if registers else None)


def _lead(sight: Sight, register: Register) -> Prose:
    count = len(register.stipulations)
    counted = ngettext("{count} stipulation", "{count} stipulations", count)
    return worded(
        "{instrument}: version {version} of the register, {stipulations}, {act}.",
        instrument=sight.names.instrument(register.instrument),
        version=str(register.version),
        stipulations=counted,
        act=sight.cited(register.index),
    )


def _choices(sight: Sight, chosen: Register) -> tuple[Choice, ...]:
    registers = sorted(sight.state.registers.values(), key=lambda r: r.index)
    if len(registers) < 2:
        return ()
    several = len({r.instrument for r in registers}) > 1
    return tuple(
        Choice(
            text=_(
                "{instrument}, version {version}",
                instrument=sight.names.instrument(r.instrument),
                version=r.version,
            )
            if several
            else _("Version {version}", version=r.version),
            href=sight.place.asking(register=str(r.index + 1), until="", row="").address + "#matrix",
            current=r == chosen,
        )
        for r in registers
    )


def _window(months: tuple[str, ...], until: str) -> tuple[str, ...]:
    end = months.index(until) + 1 if until in months else len(months)
    return months[max(0, end - MONTHS) : end]


# --- one month, in the figure


def _column(sight: Sight, tally: Tally, shown: tuple[str, ...]) -> MatrixColumn:
    parts = [(f"level-{level}", tally.levels[level]) for level in reversed(LEVELS)]
    parts += [("differing", tally.differing), ("unscored", tally.unscored)]
    stretches, start = [], 0
    for kind, size in parts:
        if size:
            stretches.append(Stretch(kind=kind, start=start, size=size))
        start += size
    month = month_words(tally.month)
    return MatrixColumn(
        href=sight.place.asking(until=tally.month).address + "#matrix",
        said=_("{month}: {figures}", month=month, figures=_in_words(tally)),
        shown=tally.month in shown,
        stretches=tuple(stretches),
    )


def _in_words(tally: Tally) -> str:
    said = [_("{count} {level}", count=tally.levels[n], level=_(LEVEL_WORDS[n])) for n in reversed(LEVELS)]
    differing = [_("{count} on which the scores differ", count=tally.differing)] if tally.differing else []
    return in_a_row((*said, *differing, _("{count} not scored", count=tally.unscored)))


# --- the table


def _row(sight: Sight, reckoned: Reckoned, stipulation: str, months: tuple[str, ...]) -> MatrixRow:
    titles = sight.names.opened(reckoned.register.leaf).get("titles") or {}
    return MatrixRow(
        number=stipulation_number(stipulation),
        title=str(titles.get(stipulation, "")),
        cells=tuple(_cell(sight, reckoned.cell(stipulation, month)) for month in months),
    )


def stipulation_number(stipulation: str) -> str:
    """A provision by its number; an id of the register's own as it stands."""
    return (
        number_of(stipulation) if stipulation.startswith(("art_", "par_", "sec_", "annex_")) else stipulation
    )


def _cell(sight: Sight, said: dict[str, int]) -> MatrixCell:
    scores = set(said.values())
    if len(scores) < 2:
        return MatrixCell(level=next(iter(scores), None))
    differing = tuple(Said(mark=scorer_mark(sight, scorer), score=score) for scorer, score in said.items())
    return MatrixCell(level=None, differing=differing)


def scorer_mark(sight: Sight, scorer: str) -> Mark:
    return sight.whose(scorer)


def _totals(tallies: list[Tally]) -> tuple[MatrixTotal, ...]:
    by_level = [
        MatrixTotal(label=_("{score}, {level}", score=n, level=_(LEVEL_WORDS[n])), level=n,
                    counts=tuple(t.levels[n] for t in tallies))
        for n in reversed(LEVELS)
    ]  # fmt: skip
    others = (
        MatrixTotal(label=_("Scores differ"), level=None, counts=tuple(t.differing for t in tallies)),
        MatrixTotal(label=_("Not scored"), level=None, counts=tuple(t.unscored for t in tallies)),
    )
    return (*by_level, *others)


def _scorers(sight: Sight, reckoned: Reckoned) -> Iterator[Scorer]:
    for scorer in reckoned.scorers:
        last = max(index for (_month, whose), index in reckoned.acts.items() if whose == scorer)
        yield Scorer(
            mark=scorer_mark(sight, scorer),
            name=sight.names.whose(scorer),
            ref=ActRef(number=last + 1, href=sight.place.act(last + 1).address),
        )


# --- further


def _turning(
    sight: Sight, months: tuple[str, ...], shown: tuple[str, ...], first: int, total: int
) -> Iterator[Link]:
    if shown and shown[0] != months[0]:
        before = months[months.index(shown[0]) - 1]
        yield Link(text=_("Earlier months"), href=_turned(sight, until=before))
    if shown and shown[-1] != months[-1]:
        at = months.index(shown[-1])
        yield Link(
            text=_("Later months"), href=_turned(sight, until=months[min(at + MONTHS, len(months) - 1)])
        )
    if first:
        yield Link(
            text=_("Stipulations before"),
            href=_turned(sight, row=str(max(0, first - ROWS)) if first > ROWS else ""),
        )
    if first + ROWS < total:
        yield Link(text=_("Stipulations after"), href=_turned(sight, row=str(first + ROWS)))


def _turned(sight: Sight, **query: str) -> str:
    return sight.place.asking(**query).address + "#matrix"


def _download(sight: Sight, register: Register, name: str, words: str) -> Link:
    return Link(text=words, href=sight.place.page(name, register=str(register.index + 1)).address)
