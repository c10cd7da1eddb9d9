"""One text: nobody accepts a text while its languages or its annexes differ, and what was accepted stays the same."""

from __future__ import annotations

from typing import Any

import pytest

from detente.procedure.offers import offers
from detente.procedure.turn import turns
from tests.simulator import Simulator, with_text

BOTH = {"languages": (("en", "authentic"), ("fr", "authentic"))}
FIXING = ("assent", "initial", "sign_ad_referendum", "sign")


def annexed(
    status: str = "", *, terms: dict[str, Any] | None = None, edition: int = 2, **annex: Any
) -> Simulator:
    """A text with edition 1, and “map” as its annex, without an edition yet."""
    simulator = with_text(terms=terms or {}, procedure=edition)
    simulator.open("map", **{**(terms or {}), **annex})
    link(simulator, status)
    return simulator


def link(simulator: Simulator, status: str = "", part: str = "map", whole: str = "text") -> None:
    simulator.must(
        "M", "link_instrument", instrument=part, relation="integral_part_of", other=whole, status=status
    )


def codes(simulator: Simulator, kind: str = "assent", **fields: Any) -> set[str]:
    """Those with which A’s step on the text would be refused; nobody takes it."""
    if kind == "assent":
        fields["terms"] = "definitive"
    elif kind != "take_back":
        fields["languages"] = simulator.instrument().authentic_languages()
    return simulator.codes("A", kind, instrument="text", **fields)


@pytest.mark.parametrize("kind", FIXING)
def test_no_step_fixes_a_text_that_lacks_an_authentic_language(kind: str) -> None:
    simulator = with_text(terms=BOTH)
    simulator.issue(languages=("en",))
    assert codes(simulator, kind) == {"ladder.languages"}
    assert kind not in simulator.offered("A")
    assert [(t.whose, t.act) for t in turns(simulator.state)] == [("M", "issue")]
    simulator.issue()
    assert kind in simulator.offered("A") and not codes(simulator, kind)


def test_a_record_convened_under_the_first_edition_keeps_its_answers() -> None:
    simulator = with_text(terms=BOTH, procedure=1)
    simulator.issue(languages=("en",))
    simulator.open("map")
    link(simulator)
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"
    simulator.issue("map")
    assert simulator.answers() == "ynnn"


@pytest.mark.parametrize("kind", FIXING)
def test_no_step_fixes_a_text_with_an_annex_that_has_no_words(kind: str) -> None:
    simulator = annexed()
    assert codes(simulator, kind) == {"text.annex_no_edition"} and kind not in simulator.offered("A")
    missing = simulator.finality().adopted.missing
    assert (missing[0].whose, missing[0].act, missing[0].subject) == ("M", "issue", "map")
    assert [(t.whose, t.act, t.subject) for t in turns(simulator.state)] == [("M", "issue", "map")]
    simulator.issue("map")
    assert codes(simulator, kind) == set()


@pytest.mark.parametrize("status", ["proposed", "unilateral"])
def test_an_annex_that_is_not_agreed_upon_is_no_part_of_the_text(status: str) -> None:
    assert codes(annexed(status)) == set()


def test_every_reason_is_told_at_once() -> None:
    simulator = with_text("A", "B", "C", terms=BOTH)
    simulator.issue(languages=("en",))
    simulator.open("map", languages=(("en", "authentic"),), sides=("A", "B"))
    simulator.open("list", **BOTH)
    simulator.issue("list", languages=("fr",))
    simulator.open("legend", **BOTH)
    link(simulator)
    link(simulator, part="list")
    link(simulator, part="legend", whole="list")
    refused = simulator.step("A", "assent")
    assert {r.code: r.sentence for r in refused if "legend" not in r.sentence} == {
        "ladder.languages": "Edition 2 does not stand in an authentic language: fr.",
        "text.annex_sides": "The text stands between A, B, C; its annex “map” between A, B.",
        "text.annex_languages": "The text is authentic in en, fr; its annex “map” in en.",
        "text.annex_no_edition": "The annex “map” has no edition in the record.",
        "text.annex_lacks": "The annex “list” does not stand in an authentic language: en.",
    }
    assert [r.sentence for r in refused if "legend" in r.sentence] == [
        "The annex “legend” has no edition in the record."
    ]
    assert all(r.instead and r.clause for r in refused)
    assert ("M", "link_instrument", "map") in {
        (m.whose, m.act, m.subject) for m in simulator.finality().adopted.missing
    }


def test_a_bracket_in_an_annex_is_a_bracket_in_the_text() -> None:
    simulator = annexed()
    simulator.issue("map")
    simulator.must("A", "propose_alternative", instrument="map", provision="art_5__para_1")
    assert codes(simulator) == {"text.annex_bracket"}


def test_an_annex_recorded_as_agreed_has_been_adopted_as_it_stands() -> None:
    simulator = annexed("proposed")
    simulator.issue("map")
    simulator.steps("assent", "A", "B", name="map")
    link(simulator, "agreed")
    assert codes(simulator) == set()
    simulator.issue("map")
    assert codes(simulator) == {"text.annex_not_agreed"}
    assert [(m.whose, m.act, m.subject) for m in simulator.finality().adopted.missing][:2] == [
        ("A", "assent", "map"), ("B", "assent", "map"),
    ]  # fmt: skip
    assert {(t.whose, t.act, t.subject) for t in turns(simulator.state)} == {
        ("A", "assent", "map"), ("B", "assent", "map"),
    }  # fmt: skip


def test_two_sides_never_accept_one_text_with_different_annexes() -> None:
    """A accepts with the first map: there is no second one until a new edition of the text has set its yes back."""
    simulator = annexed()
    simulator.issue("map")
    simulator.steps("assent", "A")
    (refused,) = simulator.do("M", "issue", **simulator.issue_fields("map"))
    assert refused.code == "edition.annex_accepted" and "A" in refused.sentence
    simulator.issue()
    simulator.issue("map")
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_a_yes_names_the_annex_that_its_author_read() -> None:
    simulator = annexed()
    simulator.issue("map")
    read = ("text", simulator.instrument().version)
    simulator.issue("map")
    assert codes(simulator, on=read) == {"act.stale"}
    (offer,) = [o for o in offers(simulator.state, "A") if (o.kind, o.subject) == ("assent", "text")]
    assert offer.clear["on"] == ("text", simulator.instrument("map").edition.leaf)  # type: ignore[union-attr]


def test_no_annex_is_added_or_taken_off_while_a_yes_stands() -> None:
    simulator = annexed("proposed")
    simulator.issue("map")
    simulator.steps("assent", "A")
    fields = {"instrument": "map", "relation": "integral_part_of", "other": "text"}
    assert simulator.codes("M", "link_instrument", **fields, status="unilateral") == set()
    simulator.steps("assent", "A", "B", name="map")
    assert simulator.codes("M", "link_instrument", **fields, status="agreed") == {"instrument.annex_accepted"}
    simulator.issue()
    link(simulator, "agreed")
    simulator.steps("assent", "A")
    assert simulator.codes("M", "link_instrument", **fields, status="proposed") == {
        "instrument.annex_accepted"
    }


def test_silence_is_placed_on_no_text_that_is_not_one() -> None:
    simulator = annexed(terms=BOTH)
    simulator.issue(languages=("en",))
    until = tuple((side, "2030-01-01T00:00:00Z") for side in "AB")
    found = simulator.codes("M", "place_silence", instrument="text", until=until)
    assert found == {"ladder.languages", "text.annex_no_edition"}


def test_taking_a_step_back_asks_for_nothing() -> None:
    simulator = annexed()
    simulator.issue("map")
    simulator.steps("assent", "A")
    simulator.must("B", "propose_alternative", instrument="map", provision="art_5__para_1")
    assert codes(simulator, "initial") == {"text.annex_bracket"}
    assert codes(simulator, "take_back") == set()
