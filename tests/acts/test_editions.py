"""Editions: numbered and consolidated; they imply nobody's assent and drop no bracket."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.editions import Issue, IssueText, check_text, objections_at, open_in
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from tests.simulator import Simulator, seated, with_text

NONCE = "A" * 22


def codes(simulator: Simulator, **fields: Any) -> set[str]:
    return simulator.codes("M", "issue", **simulator.issue_fields(**fields))


def test_a_new_edition_sets_back_every_step_short_of_signature_and_keeps_the_path() -> None:
    simulator = with_text("A", "B", "C", "D")
    simulator.steps("assent", "A", "D")
    simulator.steps("initial", "B")
    simulator.steps("sign_ad_referendum", "C")
    simulator.must("D", "take_back", instrument="text")
    assert simulator.ladder() == "AIRW"
    first = simulator.edition().leaf
    simulator.issue()
    assert (simulator.ladder(), simulator.answers()) == ("....", "nnnn")
    assert [t.edition for t in simulator.standing("C").path] == [first]


def test_an_edition_carries_every_open_bracket_with_all_its_texts_and_no_other() -> None:
    simulator = with_text()
    mine = simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    theirs = simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert open_in(simulator.instrument()) == (("art_5", (mine, theirs)),)
    for dropped in (
        (),
        (("art_5", (mine,)),),
        (("art_1", (mine, theirs)),),
        (("art_5", (mine, theirs)), ("art_1", ())),
    ):
        assert codes(simulator, open=dropped) == {"edition.brackets"}
    assert codes(simulator, provisions=("art_1",)) == {"edition.brackets"}
    simulator.issue()
    assert simulator.instrument().brackets["art_5"].is_open(("A", "B"))


def test_a_reserved_provision_is_carried_over_too() -> None:
    simulator = with_text()
    simulator.must("A", "reserve_provision", instrument="text", provision="art_5")
    assert codes(simulator, open=()) == {"edition.brackets"}
    simulator.issue()
    assert {r.code for r in simulator.step("B", "assent")} == {"ladder.bracket_open"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"number": 3}, {"edition.number"}),
        ({"number": 1}, {"edition.number"}),
        ({"provisions": ()}, {"edition.provisions"}),
        ({"provisions": ("art_1", "art_1")}, {"edition.provisions"}),
        ({"languages": ()}, {"edition.languages"}),
        ({"languages": ("en", "xx")}, {"edition.languages"}),
        ({"on": None}, {"act.stale"}),
        ({"number": 9, "provisions": (), "open": (("art_1", ()),)},
         {"edition.number", "edition.provisions", "edition.brackets"}),
    ],
)  # fmt: skip
def test_an_edition_follows_the_last_one(fields: dict[str, Any], expected: set[str]) -> None:
    assert codes(with_text(), **fields) == expected


def test_an_edition_is_issued_by_those_who_mediate_on_an_open_instrument() -> None:
    simulator = with_text()
    assert simulator.codes("A", "issue", **simulator.issue_fields()) == {"participation.role"}
    fields = {**simulator.issue_fields(), "instrument": "annex"}
    assert simulator.codes("M", "issue", **fields) >= {"instrument.unknown"}


def test_two_editions_of_one_moment_cannot_both_be_issued() -> None:
    simulator = with_text()
    read = ("text", simulator.edition().leaf)
    simulator.issue()
    assert codes(simulator, on=read) == {"act.stale"}


@pytest.mark.parametrize("consent", ["signature", "ratification"])
def test_an_edition_is_not_issued_over_a_text_that_a_side_has_signed(consent: str) -> None:
    simulator = with_text(terms={"consent": consent})
    simulator.steps("sign", "A")
    (refusal,) = simulator.do("M", "issue", **simulator.issue_fields())
    assert refusal.code == "edition.signed_text"
    assert refusal.instead == "Open a new instrument that replaces this one."


def test_an_edition_is_not_issued_over_an_authentic_text() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    assert codes(simulator) == set()
    simulator.steps("initial", "A", "B")
    assert codes(simulator) == {"edition.authentic_text"}


def test_a_text_authentic_by_adoption_is_not_changed_either() -> None:
    simulator = with_text(terms={"authentication": "adoption"})
    simulator.steps("assent", "A", "B")
    assert codes(simulator) == {"edition.authentic_text"}


def issue(provisions: tuple[Provision, ...], *ids: str) -> Issue:
    simulator = seated()
    simulator.open()
    fields = simulator.issue_fields(content=content_digest(provisions, NONCE), provisions=ids)
    clear = simulator.act("M", "issue", **fields).clear
    assert isinstance(clear, Issue)
    return clear


def test_a_disclosed_text_is_the_one_whose_digest_was_signed() -> None:
    text = (Provision("art_1", {}, {"en": "Peace."}), Provision("art_2", {}, {"en": "Trade."}))
    other = (text[0], Provision("art_2", {}, {"en": "Tolls."}))
    signed = issue(text, "art_1", "art_2")
    assert check_text(signed, IssueText(text=text, nonce=NONCE)) == ()
    assert check_text(signed, IssueText()) == ()
    assert [r.code for r in check_text(signed, IssueText(text=other, nonce=NONCE))] == ["edition.content"]
    for nonce in ("Q" + NONCE[1:], "B" * 22, "", None):
        assert [r.code for r in check_text(signed, IssueText(text=text, nonce=nonce))] == ["edition.content"]
    assert [r.code for r in check_text(issue(text, "art_1"), IssueText(text=text, nonce=NONCE))] == [
        "edition.structure"
    ]


# --- whose objection a change answers


def stated(simulator: Simulator) -> str:
    return simulator.must("A", "register_statement", claims=(("other", ""),))


def test_an_edition_says_whose_objection_the_words_of_a_provision_answer() -> None:
    simulator = with_text()
    said, bracketed = stated(simulator), "art_5"
    offered = simulator.must("B", "propose_alternative", instrument="text", provision=bracketed)
    answering = ((bracketed, (said, offered)),)
    simulator.must("M", "issue", **simulator.issue_fields(objections=answering))
    assert simulator.edition().objections == answering
    simulator.issue()
    assert objections_at(simulator.instrument(), simulator.edition(), bracketed) == (said, offered), (
        "and later"
    )
    first = simulator.instrument().editions[0]
    assert objections_at(simulator.instrument(), first, bracketed) == (), "not before it was said"


def test_an_objection_is_one_that_the_record_holds_to_what_some_text_holds() -> None:
    simulator = with_text()
    said, edition = stated(simulator), simulator.edition().leaf
    assert codes(simulator, objections=(("art_5", (edition,)),)) == {"edition.objection"}
    assert codes(simulator, objections=(("art_5", ()),)) == {"edition.objection"}
    assert codes(simulator, objections=(("art_99", (said,)),)) == {"edition.objection_to"}


def test_what_a_new_text_leaves_out_of_the_one_that_it_replaces_can_answer_too() -> None:
    simulator = with_text()
    said = stated(simulator)
    simulator.open("new")
    fields = simulator.issue_fields("new", provisions=("art_1",), objections=(("art_5", (said,)),))
    assert simulator.codes("M", "issue", **fields) == {"edition.objection_to"}
    simulator.must("M", "link_instrument", instrument="new", other="text", relation="replaces")
    fields = simulator.issue_fields("new", provisions=("art_1",), objections=(("art_5", (said,)),))
    simulator.must("M", "issue", **fields)
