"""Bracketing: open until one text has every side's support, and consolidated by the next edition."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.bracketing import (
    AlternativeText,
    check_headings,
    check_languages,
    check_worded,
    check_words,
)
from detente.acts.kinds import BY_NAME
from detente.procedure.offers import offers
from tests.simulator import Simulator, fake_leaf, seated, with_text

ART_5 = {"instrument": "text", "provision": "art_5"}


def propose(simulator: Simulator, person: str, provision: str = "art_5") -> str:
    return simulator.must(person, "propose_alternative", instrument="text", provision=provision)


def refused_assent(simulator: Simulator, person: str = "A") -> set[str]:
    return {r.code for r in simulator.step(person, "assent")}


def test_a_bracket_is_open_until_one_text_has_every_side_and_then_awaits_its_edition() -> None:
    simulator = with_text()
    mine, _theirs = propose(simulator, "A"), propose(simulator, "B")
    assert refused_assent(simulator) == {"ladder.bracket_open"}
    simulator.must("B", "support_alternative", **ART_5, alternative=mine)
    assert refused_assent(simulator) == {"ladder.not_consolidated"}
    assert simulator.answers() == "nnnn"
    simulator.issue()
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_a_refused_assent_names_every_open_bracket_and_what_can_be_done() -> None:
    simulator = with_text()
    propose(simulator, "A", "art_5")
    propose(simulator, "B", "art_1")
    (refusal,) = simulator.step("A", "assent")
    assert refusal.sentence == "A bracket is open at Article 1, Article 5."
    assert refusal.clause == "VCLT art. 9"
    assert refusal.instead == "Support one alternative, withdraw, or ask the mediators for a bridge."


def test_a_bracket_that_lost_all_its_texts_is_closed() -> None:
    """Proposed and withdrawn on one edition: the edition never printed it, so it can be assented to."""
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    simulator.must("A", "take_back", instrument="text")
    leaf = propose(simulator, "A")
    assert refused_assent(simulator) == {"ladder.bracket_open"}
    simulator.must("A", "withdraw_alternative", **ART_5, alternative=leaf)
    simulator.steps("assent", "A")
    assert simulator.answers() == "ynnn"


def test_an_edition_that_prints_a_bracket_is_not_adopted_though_every_text_in_it_was_withdrawn() -> None:
    simulator = with_text()
    mine, theirs = propose(simulator, "A"), propose(simulator, "B")
    simulator.issue()
    simulator.must("A", "withdraw_alternative", **ART_5, alternative=mine)
    simulator.must("B", "withdraw_alternative", **ART_5, alternative=theirs)
    assert refused_assent(simulator) == {"ladder.not_consolidated"}
    assert ("M", "issue") in [(m.whose, m.act) for m in simulator.finality().missing]
    simulator.issue()
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_a_side_withdraws_its_own_text_only() -> None:
    simulator = with_text()
    mine = propose(simulator, "A")
    assert simulator.codes("B", "withdraw_alternative", **ART_5, alternative=mine) == {"bracket.other"}
    assert simulator.codes("PA", "withdraw_alternative", **ART_5, alternative=mine) == set()
    assert simulator.codes("M", "withdraw_alternative", **ART_5, alternative=mine) == {"participation.role"}


@pytest.mark.parametrize("kind", ["support_alternative", "withdraw_alternative"])
def test_what_is_withdrawn_or_elsewhere_is_no_alternative(kind: str) -> None:
    simulator = with_text()
    mine = propose(simulator, "A")
    elsewhere = {"instrument": "text", "provision": "art_1", "alternative": mine}
    assert simulator.codes("A", kind, **elsewhere) == {"bracket.alternative"}
    assert simulator.codes("A", kind, **ART_5, alternative=fake_leaf(0)) == {"bracket.alternative"}
    simulator.must("A", "withdraw_alternative", **ART_5, alternative=mine)
    assert simulator.codes("B", kind, **ART_5, alternative=mine) == {"bracket.alternative"}


def test_a_side_supports_a_text_once_and_its_own_from_the_start() -> None:
    simulator = with_text("A", "B", "C")
    mine = propose(simulator, "A")
    assert simulator.codes("PA", "support_alternative", **ART_5, alternative=mine) == {"bracket.supported"}
    simulator.must("B", "support_alternative", **ART_5, alternative=mine)
    assert refused_assent(simulator) == {"ladder.bracket_open"}
    simulator.must("C", "support_alternative", **ART_5, alternative=mine)
    assert refused_assent(simulator) == {"ladder.not_consolidated"}


def test_a_reserved_provision_stays_open_until_its_side_lifts_the_reservation() -> None:
    simulator = with_text()
    simulator.must("B", "reserve_provision", **ART_5)
    assert refused_assent(simulator) == {"ladder.bracket_open"}
    assert simulator.codes("B", "reserve_provision", **ART_5) == {"bracket.reservation"}
    assert simulator.codes("A", "reserve_provision", **ART_5, lift=True) == {"bracket.reservation"}
    (first, *_) = simulator.finality().adopted.missing
    assert (first.whose, first.act) == ("B", "reserve_provision")
    simulator.must("B", "reserve_provision", **ART_5, lift=True)
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_a_reservation_keeps_open_what_every_side_supports() -> None:
    simulator = with_text()
    mine = propose(simulator, "A")
    simulator.must("B", "support_alternative", **ART_5, alternative=mine)
    simulator.must("B", "reserve_provision", **ART_5)
    assert refused_assent(simulator) == {"ladder.bracket_open"}


@pytest.mark.parametrize("steps", [("assent",), ("assent", "initial"), ("initial",)])
def test_an_adopted_or_authentic_text_is_bracketed_no_more(steps: tuple[str, ...]) -> None:
    simulator = with_text()
    for kind in steps:
        simulator.steps(kind, "A", "B")
    for kind in ("propose_alternative", "reserve_provision"):
        (refusal,) = simulator.do("A", kind, **ART_5)
        assert refusal.code == "bracket.adopted_text"
        assert refusal.instead.startswith("A side can take back its step first")
    assert "propose_alternative" not in simulator.offered("A")
    simulator.must("A", "take_back", instrument="text")
    propose(simulator, "A")
    assert simulator.answers() == "nnnn"


def test_a_text_that_a_side_has_signed_is_not_bracketed() -> None:
    """No edition could take the bracket up: both would be stuck."""
    simulator = with_text()
    simulator.steps("sign", "A")
    assert simulator.codes("B", "propose_alternative", **ART_5) == {"bracket.signed_text"}
    assert simulator.codes("B", "reserve_provision", **ART_5) == {"bracket.signed_text"}
    assert "propose_alternative" not in simulator.offered("B")


def test_a_bracket_stands_in_an_edition_of_a_text_and_is_a_side_s() -> None:
    simulator = seated("A", "B", "C")
    simulator.open(sides=("A", "B"))
    assert simulator.codes("A", "propose_alternative", **ART_5) == {"bracket.no_edition"}
    assert simulator.codes("A", "propose_alternative", **{**ART_5, "instrument": "annex"}) == {
        "instrument.unknown"
    }
    simulator.issue()
    assert simulator.codes("C", "propose_alternative", **ART_5) == {"instrument.side"}
    assert simulator.codes("M", "propose_alternative", **ART_5) == {"participation.role"}


def test_all_faults_of_a_support_come_at_once() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    fields: dict[str, Any] = {**ART_5, "alternative": fake_leaf(0)}
    assert simulator.codes("C", "support_alternative", **fields) == {"instrument.side", "bracket.alternative"}


def test_beside_a_text_that_every_side_supports_no_other_is_put_before_the_next_edition() -> None:
    """It would be lost in that edition without a word, or take the agreed text's place."""
    simulator = with_text()
    first = propose(simulator, "A")
    second = propose(simulator, "B")
    simulator.must("A", "support_alternative", alternative=second, **ART_5)
    assert simulator.codes("B", "support_alternative", alternative=first, **ART_5) == {"bracket.settled"}
    assert simulator.codes("A", "propose_alternative", **ART_5) == {"bracket.settled"}
    offered = [(o.kind, o.subject) for o in offers(simulator.state, "B")]
    assert ("support_alternative", "art_5") not in offered
    assert ("propose_alternative", "art_5") not in offered
    simulator.must("A", "reserve_provision", **ART_5)
    propose(simulator, "A")
    assert simulator.answers() == "nnnn"


def test_what_every_side_agrees_to_leave_out_is_not_in_the_next_edition() -> None:
    simulator = with_text()
    leaf = simulator.must("A", "propose_alternative", **ART_5, omit=True)
    assert refused_assent(simulator) == {"ladder.bracket_open"}
    simulator.must("B", "support_alternative", **ART_5, alternative=leaf)
    assert refused_assent(simulator) == {"ladder.not_consolidated"}
    kept = {"provisions": simulator.edition().provisions}
    assert simulator.codes("M", "issue", **simulator.issue_fields(**kept)) == {"edition.omitted"}
    simulator.issue()
    assert "art_5" not in simulator.edition().provisions
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_what_is_left_out_by_one_side_alone_stays_in_the_text() -> None:
    simulator = with_text()
    simulator.must("A", "propose_alternative", **ART_5, omit=True)
    simulator.issue()
    assert "art_5" in simulator.edition().provisions
    assert [provision for provision, _leaves in simulator.edition().open] == ["art_5"]


def test_a_provision_that_no_edition_holds_is_not_left_out() -> None:
    where = {"instrument": "text", "provision": "art_5-bis"}
    assert with_text().codes("A", "propose_alternative", **where, omit=True) == {"bracket.nothing_to_omit"}


def test_a_text_that_leaves_a_provision_out_has_no_words() -> None:
    simulator = with_text()
    clear = simulator.act("A", "propose_alternative", **ART_5, omit=True).clear
    worded = (
        {"text": "Words."},
        {"texts": {"fr": "Des mots."}},
        {"headings": {"en": "Reports"}},
        {"headings": {}},
    )
    for hidden in (AlternativeText(**fields) for fields in worded):
        assert [r.code for r in check_words(clear, hidden)] == ["bracket.omitted_words"]
        assert check_words(simulator.act("A", "propose_alternative", **ART_5).clear, hidden) == ()
    assert check_words(clear, AlternativeText(remark="It repeats Article 4.")) == ()


@pytest.mark.parametrize("heading", ["", " Reports", "Two\nlines", "With \u202eother order", "x" * 301])
def test_a_heading_is_one_line_of_words(heading: str) -> None:
    proposed = AlternativeText(headings={"en": "Reports", "fr": heading})
    simulator = with_text()
    propose = simulator.act("A", "propose_alternative", **ART_5).clear
    bridge = simulator.act("M", "propose_bridge", **ART_5, expires="2030-01-01T00:00:00Z").clear
    for kind, clear in (("propose_alternative", propose), ("propose_bridge", bridge)):
        (refusal,) = BY_NAME[kind].content(clear, proposed)
        assert refusal.code == "bracket.heading" and refusal.sentence.endswith("in: fr.")
    assert check_headings(propose, AlternativeText(headings={"en": "Reports"})) == ()
    assert check_headings(propose, AlternativeText(headings={})) == ()


def test_a_proposal_proposes_something() -> None:
    simulator = with_text()
    propose = simulator.act("A", "propose_alternative", **ART_5).clear
    omit = simulator.act("A", "propose_alternative", **ART_5, omit=True).clear
    bridge = simulator.act("M", "propose_bridge", **ART_5, expires="2030-01-01T00:00:00Z").clear
    nothing = (
        {},
        {"text": " \n"},
        {"text": "\u200b\u200f"},
        {"texts": {"fr": ""}},
        {"remark": "To be discussed."},
    )
    something = (
        {"text": "Words."},
        {"texts": {"fr": "Des mots."}},
        {"headings": {"en": "Reports"}},
        {"headings": {}},
    )
    for clear in (propose, bridge):
        for fields in nothing:
            assert [r.code for r in check_worded(clear, AlternativeText(**fields))] == ["bracket.wordless"]
        for fields in something:
            assert check_worded(clear, AlternativeText(**fields)) == ()
    assert check_worded(omit, AlternativeText()) == ()


def test_what_is_proposed_is_in_languages_of_the_text() -> None:
    """No edition could take up others."""
    instrument = with_text().state.instruments["text"]
    assert check_languages(instrument, AlternativeText(text="Words.", headings={"en": "Reports"})) == ()
    for hidden in (
        AlternativeText(headings={"en": "Reports", "tlh": "x"}),
        AlternativeText(texts={"tlh": "x"}),
    ):
        (refusal,) = check_languages(instrument, hidden)
        assert (refusal.code, refusal.clause) == ("bracket.foreign_language", "VCLT art. 33")
        assert "tlh" in refusal.sentence and "en" in refusal.instead


def test_an_act_from_before_headings_could_be_proposed_has_a_digest_fewer_and_none_has_more() -> None:
    for kind in ("propose_alternative", "propose_bridge"):
        assert list(BY_NAME[kind].digests) == [3, 4]
    assert list(BY_NAME["support_alternative"].digests) == [1]
