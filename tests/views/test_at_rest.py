"""Talks broken off, or concluded: nobody is awaited for what cannot be done then, and the page says since when not."""

from __future__ import annotations

import pytest

from detente.views.building import overview_page
from detente.views.finality_figure import Step
from detente.views.overview import OverviewPage
from tests.views.istanbul import same_night
from tests.views.played import Play
from tests.views.reading import plain

WAITS = {"break_off": "when the talks are resumed", "conclude": "not possible: the talks are concluded"}


def steps(page: OverviewPage, question: str) -> list[Step]:
    assert page.figure is not None
    asked = next(q for q in page.figure.questions if q.key == question)
    return [step for side in asked.sides for step in side.steps]


def looks(page: OverviewPage) -> str:
    """The glyphs of the four answers, and the reach of each."""
    assert page.figure is not None
    return " ".join(f"{q.glyph}/{q.reach}" for q in page.figure.questions)


def rested(upto: str, by: str) -> Play:
    play = same_night(upto)
    play.must("M", by)
    return play


@pytest.mark.parametrize("by", WAITS)
def test_an_assent_is_not_awaited_and_says_when_it_could_be(by: str) -> None:
    page = overview_page(rested("edition 3", by).record("A"))
    assert [(s.glyph, s.label, plain(s.detail)) for s in steps(page, "adopted")] == [
        ("empty", "Assent", WAITS[by])
    ] * 2
    assert "awaited" not in looks(page) and "current" not in looks(page)
    assert [(m.act, m.why) for m in page.answer.missing] == [("assent to edition 3", WAITS[by])] * 2


def test_before_and_once_resumed_it_is_awaited() -> None:
    play = same_night("edition 3")
    for kind in ("adjourn", "break_off", "resume"):
        page = overview_page(play.record("A"))
        if kind == "resume":
            assert "awaited" not in looks(page)
        else:  # assent can be given while the talks are adjourned
            assert looks(page).startswith("awaited/current")
        play.must("M", kind)
    page = overview_page(play.record("A"))
    assert [(s.glyph, plain(s.detail)) for s in steps(page, "adopted")] == [
        ("awaited", "none in the record")
    ] * 2
    assert [m.why for m in page.answer.missing] == ["", ""]


def test_what_is_done_stays_done_and_the_next_question_waits() -> None:
    page = overview_page(rested("adopted", "break_off").record("A"))
    assert looks(page) == "done/done empty/ahead empty/ahead empty/ahead"
    assert {s.glyph for s in steps(page, "adopted")} == {"done"}
    assert {plain(s.detail) for s in steps(page, "authentic")} == {WAITS["break_off"]}


def test_what_can_still_be_done_is_awaited_as_ever() -> None:
    """Concluded talks leave an authentic text to be signed; only those broken off leave nothing but time to mark."""
    page = overview_page(rested("authentic", "conclude").record("A"))
    assert looks(page).split()[2] == "empty/ahead"  # signature ad referendum is for the table
    page = overview_page(rested("signed", "conclude").record("PA"))
    assert looks(page).split()[2] == "awaited/current"
    assert {m.why for m in page.answer.missing} == {""}


def test_whoever_can_still_do_something_is_not_said_to_be_next() -> None:
    play = same_night("edition 3")
    edition = play.edition("understanding").leaf
    play.must("M", "circulate", instrument="understanding", edition=edition, to=("A", "B"))
    play.must("M", "break_off")
    turn = overview_page(play.record()).turn
    assert turn.heading == "Meanwhile: Delegation A and Delegation B"
    assert {owed.what for owed in turn.owed} == {"give a receipt for edition 3"}
    assert plain(turn.note).startswith("The talks are broken off. What was closed stays closed")


def test_another_text_on_the_page_waits_too() -> None:
    play = same_night("edition 3")
    play.open("crossings")
    play.issue("crossings")
    play.must("M", "break_off")
    (other,) = overview_page(play.record("A")).others
    assert {answer.glyph for answer in other.answers} == {"empty"}
    assert {m.why for m in other.missing} == {WAITS["break_off"]}
