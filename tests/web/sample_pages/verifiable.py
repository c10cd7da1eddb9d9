"""A provision element by element, with a drawing from it; and two orders read from one text."""

from __future__ import annotations

from detente.views.marks import Choice, Link, Mark, Prose, prose
from detente.views.verifiable import (
    Box,
    CommitmentOrders,
    DoubtLine,
    Drawn,
    ElementRow,
    Offered,
    OrderFigure,
    OrderTrouble,
    ProvisionChecked,
    Reading,
    VerifiablePage,
    WordsChecked,
)
from tests.web.sample_pages.around import SAME_NIGHT, A, B, cite, shell


def verifiable_page(*, empty: bool = False) -> VerifiablePage:
    return VerifiablePage(
        shell=shell(SAME_NIGHT, "Can it be verified?", 61, "M", phase=prose("Session 1 open")),
        title="Understanding on border security and verification",
        lead="No edition of a text is issued." if empty else "2 provisions state a duty; 1 of them lack no element.",
        instruments=(),
        offered=() if empty else (_offered("3(1)", 4), _offered("6(1)", 0)),
        checked=None if empty else checked(),
        orders=CommitmentOrders(verdict="", readings=(), troubles=(), order=None, empty="Nobody has ordered them.")
        if empty
        else _orders(),
    )  # fmt: skip


def _offered(number: str, missing: int) -> Offered:
    choice = Choice(text=number, href="/verifiable#checked", current=bool(missing))
    glyph = "gap" if missing else "done"
    return Offered(choice=choice, glyph=glyph, state=f"{missing} of 9 elements missing")  # type: ignore[arg-type]


def _row(name: str, words: str, present: bool = True, why: Prose = (), presence: str = "") -> ElementRow:
    shown = presence or ("Yes" if present else "Missing")
    glyph = "awaited" if presence else "done" if present else "gap"
    return ElementRow(name=name, words=words, glyph=glyph, presence=shown, present=present, why=why)  # type: ignore[arg-type]


def checked() -> ProvisionChecked:
    readings = prose("Read differently: Delegation A, ", *cite(SAME_NIGHT, 49))
    return ProvisionChecked(
        head="Can Article 3(1) be verified?",
        about="Check of edition 2, before it is adopted",
        text=Link(text="Text of Article 3(1)", href="/text#art_3__para_1"),
        in_brackets="Its words are in brackets. 2 texts are offered, and each is checked.",
        lang="en",
        direction="ltr",
        texts=(
            _words(A, "3(1)", "Each Side shall prevent the use of territory under its control for attacks.", readings),
            _words(B, "3(1) bis", "Each Side shall do what it can against attacks from its territory.", ()),
        ),
        drawn=(
            Drawn(mark=A, head=prose("Drawn by Delegation A, ", *cite(SAME_NIGHT, 50)), lacking="verifier",
                  pairs=(("Actor", "Delegation B"), ("Area or object", "an area drawn on the map"))),
        ),
        links=(Link(text="Draw a commitment from it", href="/sign"),),
        caution="The check reads words, not intentions.",
    )  # fmt: skip


def _words(mark: Mark, number: str, words: str, readings: Prose) -> WordsChecked:
    return WordsChecked(
        anchor=f"checked-{mark.letter}",
        marks=(mark,),
        note=prose("Tabled by ", mark.name, "."),
        verdict="Not yet. 3 of 9 elements are missing.",
        number=number,
        words=words,
        rows=(
            _row("Actor", "Each Side"),
            _row("Duty", "shall prevent", False, readings, "Two readings"),
            _row("Area or object", "territory under its control", False, prose("No map and no list says where.")),
            _row("Indicator", "", False, prose("“attacks” is not defined in this text.")),
        ),
        doubts=(DoubtLine(sentence="“attacks” is not defined in this text.", instead="Define it."),),
    )  # fmt: skip


def _orders() -> CommitmentOrders:
    figure = OrderFigure(
        width=400,
        height=56,
        boxes=(
            Box(
                x=0,
                y=0,
                width=176,
                height=56,
                number="#50",
                label="Withdrawal",
                href="/acts/50",
                dashed=False,
            ),
            Box(
                x=224,
                y=0,
                width=176,
                height=56,
                number="#51",
                label="Elections",
                href="/acts/51",
                dashed=True,
            ),
        ),
        arrows=((176, 28, 224, 28),),
    )
    step = (prose("Withdrawal, ", *cite(SAME_NIGHT, 50)), prose("Elections, ", *cite(SAME_NIGHT, 51)))
    ordering = prose("Withdrawal before Elections, ", *cite(SAME_NIGHT, 52))
    return CommitmentOrders(
        verdict="Two readings give two orders.",
        readings=(
            Reading(mark=A, head="As read by Delegation A", figure=figure, steps=step, orderings=(ordering,)),
            Reading(mark=B, head="As read by Delegation B", figure=None, steps=(), orderings=(ordering,)),
        ),
        troubles=(OrderTrouble(head="Two readings give two orders", text=ordering, instead="Agree on one."),),
        order=Link(text="Say in which order two come", href="/sign"),
        empty="",
    )
