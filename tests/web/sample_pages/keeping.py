"""Findings with a dissent and a claim, a matrix on which scores differ, a notice that was objected to; and none of it."""

from __future__ import annotations

from detente.views.keeping import (
    Breach,
    Findings,
    KeepingPage,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    MatrixTotal,
    Said,
    Scorer,
    Stretch,
)  # fmt: skip
from detente.views.marks import ActRef, Choice, Link, Mark, prose, strong
from detente.views.text import Beside, BesideItem, NoteLine
from tests.web.sample_pages.around import SAME_NIGHT, A, B, act, cite, shell

V = Mark(letter="V", tone="neutral", name="Verifier")
MONTHS = ("November 2025", "December 2025", "January 2026")


def keeping_page() -> KeepingPage:
    return KeepingPage(
        shell=shell(SAME_NIGHT, "Findings and breach", 82, "PA", phase=prose("Adjourned")),
        findings=Findings(lead="A finding is the named verifier’s.", parts=(_commitments(),)),
        matrix=_matrix(),
        breach=Breach(lead="A notice claims a breach; it suspends nothing.", parts=(_notices(),)),
    )


def nothing_kept() -> KeepingPage:
    none = Matrix(lead=(), registers=(), versions="", columns=(), total=0, months=(), rows=(), totals=(), scorers=(),
                  turning=(), empty="No register of stipulations is in the record.")  # fmt: skip
    return KeepingPage(
        shell=shell(SAME_NIGHT, "Findings and breach", 82, "PA", phase=prose("Adjourned")),
        findings=Findings(
            lead="A finding is the named verifier’s.", parts=(), empty="No incident is reported."
        ),
        matrix=none,
        breach=Breach(
            lead="A notice claims a breach.", parts=(), empty="Nobody has given notice of a breach."
        ),
    )


def _commitments() -> Beside:
    lines = (
        NoteLine(text=prose("The verifier found that it is not kept, with medium confidence, ", *cite(SAME_NIGHT, 70)),
                 mark=V, glyph="done"),
        NoteLine(text=prose("Two of the three posts were still manned on 1 December."), mark=V, quoted=True),
        NoteLine(text=prose("Delegation B answers, ", *cite(SAME_NIGHT, 71)), mark=B),
        NoteLine(text=prose("The posts are manned by customs officers."), mark=B, quoted=True),
    )  # fmt: skip
    item = BesideItem(
        head=prose(*cite(SAME_NIGHT, 60), ", Article 3(2) of the Understanding"),
        words="Withdraw the posts to the far bank",
        lines=lines,
        state=prose("Found: ", strong("that it is not kept"), "."),
    )
    return Beside(anchor="found-commitments", head="Commitments", lead="Whether each is kept.", items=(item,))


def _matrix() -> Matrix:
    full, none = MatrixCell(level=3), MatrixCell(level=None)
    apart = MatrixCell(level=None, differing=(Said(mark=A, score=3), Said(mark=V, score=1)))
    rows = (
        MatrixRow(number="1(1)", title="Set up the joint fund", cells=(MatrixCell(level=0), apart, full)),
        MatrixRow(number="school-north", title="", cells=(none, MatrixCell(level=1), MatrixCell(level=2))),
    )
    figures = ((("level-0", 0, 1), ("unscored", 1, 1)), (("level-1", 0, 1), ("differing", 1, 1)),
               (("level-3", 0, 1), ("level-2", 1, 1)))  # fmt: skip
    columns = tuple(
        MatrixColumn(
            href=f"{SAME_NIGHT}/keeping?until=2025-11#matrix", said=f"{month}: 1 full", shown=at > 0,
            stretches=tuple(Stretch(kind=kind, start=start, size=size) for kind, start, size in figure),
        )
        for at, (month, figure) in enumerate(zip(MONTHS, figures, strict=True))
    )  # fmt: skip
    return Matrix(
        lead=prose(
            "The Understanding: version 2 of the register, 2 stipulations, ", *cite(SAME_NIGHT, 65), "."
        ),
        registers=(
            Choice(text="Version 1", href=f"{SAME_NIGHT}/keeping?register=40"),
            Choice(text="Version 2", href=f"{SAME_NIGHT}/keeping?register=65", current=True),
        ),
        versions="Figures of two versions are not compared: the unit of count changed between them.",
        columns=columns,
        total=2,
        months=MONTHS,
        rows=rows,
        totals=(
            MatrixTotal(label="3, full", level=3, counts=(0, 0, 1)),
            MatrixTotal(label="Scores differ", level=None, counts=(0, 1, 0)),
        ),
        scorers=(Scorer(mark=V, name="Verifier", ref=ActRef(number=72, href=act(SAME_NIGHT, 72))),),
        turning=(Link(text="Earlier months", href=f"{SAME_NIGHT}/keeping?until=2025-10#matrix"),),
        csv=Link(text="All scores as a table (CSV)", href=f"{SAME_NIGHT}/matrix.csv?register=65"),
        workbook=Link(text="The matrix as a workbook (Excel)", href=f"{SAME_NIGHT}/matrix.xlsx?register=65"),
    )


def _notices() -> Beside:
    notice = BesideItem(
        mark=A,
        head=prose(strong("Delegation A"), " claims a breach by Delegation B, ", *cite(SAME_NIGHT, 75)),
        words="Two posts are still manned.",
        lines=(
            NoteLine(text=prose("Said to be breached: Article 3(2).")),
            NoteLine(text=prose("Delegation B objected, ", *cite(SAME_NIGHT, 78)), mark=B, glyph="done"),
        ),
        state=prose(strong("Delegation B"), " objected in time."),
    )  # fmt: skip
    return Beside(anchor="notices", head="Notices of breach", lead="Nothing follows before the period is over.",
                  items=(notice,))  # fmt: skip
