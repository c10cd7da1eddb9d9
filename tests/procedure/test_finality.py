"""Is it final? The four answers and whose act is missing, at the moments of the night in Istanbul."""

from __future__ import annotations

import pytest

from tests.simulator import Simulator, seated, with_text


def missing(simulator: Simulator, question: str) -> list[tuple[str, str]]:
    return [(m.whose, m.act) for m in getattr(simulator.finality(), question).missing]


def as_reported() -> Simulator:
    """Three editions, the third circulated; nobody holds a mandate; the question is put and answered aloud."""
    simulator = seated()
    simulator.open()
    simulator.must("M", "open_session", number=1, at="2025-10-27T07:00:00Z")
    for _ in range(3):
        simulator.issue()
    simulator.must("M", "circulate", instrument="text", edition=simulator.edition().leaf, to=("A", "B"))
    return simulator


def say(simulator: Simulator, speaker: str, sense: str, minute: int) -> str:
    said = {"speaker": speaker, "sense": sense, "said_at": f"2025-10-28T01:{minute:02}:00Z"}
    return simulator.must("M", "minute", instrument="text", edition=simulator.edition().leaf, **said)


def test_as_reported_nothing_stands_when_the_question_is_put_nor_after_the_yes_nor_after_the_retraction() -> (
    None
):
    simulator = as_reported()
    assert (simulator.finality().edition, simulator.answers(), simulator.ladder()) == (3, "nnnn", "..")
    assert missing(simulator, "adopted") == [("A", "assent"), ("B", "assent")]
    assert missing(simulator, "authentic") == [("A", "initial"), ("B", "initial")]
    assert missing(simulator, "binding") == [("A", "sign"), ("B", "sign")]
    before = simulator.finality()
    say(simulator, "A", "question", 40)
    simulator.must("M", "ask_to_confirm", minute=say(simulator, "B", "oral_assent", 41))
    assert simulator.finality() == before
    say(simulator, "B", "consultation", 44)
    say(simulator, "B", "oral_withdrawal", 47)
    assert simulator.finality() == before
    simulator.must("A", "register_statement", claims=(("withdrew", "B"),))
    assert simulator.finality() == before


def asking_first() -> Simulator:
    simulator = seated()
    for side in "AB":
        simulator.grant(side, "assent", "initial", "sign_ad_referendum", terms="ad_referendum")
    simulator.open(entry="date", entry_date="2025-11-10T00:00:00Z")
    simulator.issue()
    return simulator


def test_the_same_night_asking_the_principal_first() -> None:
    simulator = asking_first()
    simulator.steps("assent", "B", "A", terms="ad_referendum")
    assert (simulator.ladder(), simulator.answers()) == ("AA", "ynnn")
    assert missing(simulator, "authentic") == [("A", "initial"), ("B", "initial")]
    simulator.steps("initial", "A", "B")
    assert (simulator.ladder(), simulator.answers()) == ("II", "yynn")
    assert missing(simulator, "binding") == [
        ("A", "sign_ad_referendum"), ("B", "sign_ad_referendum"),
        ("PA", "confirm_signature"), ("PB", "confirm_signature"),
    ]  # fmt: skip
    simulator.steps("sign_ad_referendum", "A", "B")
    assert (simulator.ladder(), simulator.answers()) == ("RR", "yynn")
    assert missing(simulator, "binding") == [("PA", "confirm_signature"), ("PB", "confirm_signature")]
    simulator.steps("confirm_signature", "PB")
    assert (simulator.ladder(), missing(simulator, "binding")) == ("RB", [("PA", "confirm_signature")])
    simulator.steps("confirm_signature", "PA")
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")
    assert missing(simulator, "in_force") == [("K", "mark_time")]
    simulator.mark("2025-11-10T00:00:05Z")
    assert (simulator.ladder(), simulator.answers()) == ("FF", "yyyy")
    assert simulator.finality().missing == ()


def test_the_branch_no_leaves_the_rest_closed_and_nobody_retracts() -> None:
    simulator = asking_first()
    simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert missing(simulator, "adopted")[0] == ("A", "support_alternative")
    simulator.must("M", "adjourn")
    assert simulator.answers() == "nnnn"
    assert [b.provision for b in simulator.instrument().brackets.values()] == ["art_5"]


def test_the_branch_retreat_is_visible_and_the_other_side_keeps_its_step() -> None:
    simulator = asking_first()
    simulator.steps("assent", "B", "A", terms="ad_referendum")
    simulator.must("B", "take_back", instrument="text")
    assert (simulator.ladder(), simulator.answers()) == ("AW", "nnnn")
    assert missing(simulator, "adopted") == [("B", "assent")]


def test_before_the_first_edition_the_text_itself_is_missing() -> None:
    simulator = seated()
    simulator.open()
    assert missing(simulator, "adopted") == [("M", "issue"), ("A", "assent"), ("B", "assent")]
    assert simulator.finality().edition is None


def test_each_missing_act_is_listed_once_in_the_order_in_which_it_falls_due() -> None:
    simulator = asking_first()
    simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    found = [(m.whose, m.act) for m in simulator.finality().missing]
    assert found == [
        ("B", "support_alternative"), ("M", "issue"), ("A", "assent"), ("B", "assent"), ("A", "initial"),
        ("B", "initial"), ("A", "sign_ad_referendum"), ("B", "sign_ad_referendum"),
        ("PA", "confirm_signature"), ("PB", "confirm_signature"), ("K", "mark_time"),
    ]  # fmt: skip
    assert len(set(found)) == len(found)


def test_the_signature_awaited_is_the_fullest_that_some_delegate_can_give() -> None:
    simulator = asking_first()
    simulator.admit("A2", "delegate", "A")
    simulator.must("PA", "grant_mandate", holder="A2", capacities=("sign",), terms="definitive")
    assert missing(simulator, "binding") == [
        ("A", "sign"),
        ("B", "sign_ad_referendum"),
        ("PB", "confirm_signature"),
    ]


def test_answers_carry_the_act_from_which_they_hold() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    adopted = simulator.state.size - 1
    simulator.steps("initial", "A", "B")
    authentic = simulator.state.size - 1
    simulator.steps("sign", "B", "A")
    found = simulator.finality()
    assert (found.adopted.since, found.authentic.since, found.binding.since) == (
        adopted, authentic, simulator.state.size - 1,
    )  # fmt: skip


@pytest.mark.parametrize("authentication", ["initials", "signature", "adoption"])
@pytest.mark.parametrize("consent", ["signature", "ratification", "agreed_means"])
def test_doing_what_is_missing_leads_to_binding(authentication: str, consent: str) -> None:
    """Whatever the terms: the first missing act, done by the one it is asked of, is never the last word missing."""
    simulator = with_text(terms={"authentication": authentication, "consent": consent})
    done = []
    while simulator.answers() != "yyyn":
        whose, act = next((m.whose, m.act) for m in simulator.finality().missing)
        extra = {"means": "agreed" if consent == "agreed_means" else "ratify"} if act == "consent" else {}
        simulator.steps(act, whose, **extra)
        done.append((whose, act))
        assert len(done) < 12
    assert simulator.finality().binding.yes


def test_the_answers_as_of_every_act_never_skip_a_question() -> None:
    simulator = asking_first()
    simulator.steps("assent", "B", "A", terms="ad_referendum")
    simulator.steps("initial", "A", "B")
    simulator.steps("sign_ad_referendum", "A", "B")
    simulator.steps("confirm_signature", "PB", "PA")
    from detente.procedure.finality import finality
    from detente.state.records import State

    for moment in simulator.history:
        if isinstance(moment.after, State) and "text" in moment.after.instruments:
            found = finality(moment.after, "text")
            answers = [found.adopted.yes, found.authentic.yes, found.binding.yes, found.in_force.yes]
            assert answers == sorted(answers, reverse=True)


def test_consent_is_tested_pairwise() -> None:
    """What two sides have both done stands between them, whatever a third one lacks or contests."""
    simulator = with_text("A", "B", "C", terms={"authentication": "initials"})
    simulator.steps("initial", "A", "B", "C")
    simulator.steps("sign", "A", "B")
    found = simulator.finality()
    assert (found.binding.yes, found.bound_pairs) == (False, (("A", "B"),))
    simulator.steps("sign", "C")
    assert simulator.finality().bound_pairs == (("A", "B"), ("A", "C"), ("B", "C"))
    simulator.must("A", "contest_representation", side="C")
    found = simulator.finality()
    assert (found.binding.yes, found.bound_pairs) == (False, (("A", "B"),))


def test_a_declaration_of_one_side_binds_it_alone() -> None:
    simulator = with_text(terms={"sides": ("A",)})
    simulator.steps("sign", "A")
    assert (simulator.answers(), simulator.finality().bound_pairs) == ("yyyn", ())


def test_of_two_principals_the_one_admitted_first_is_named() -> None:
    simulator = with_text(terms={"consent": "agreed_means"})
    for person in ("PA2", "PA3", "PA4"):
        simulator.admit(person, "principal", "A")
    assert missing(simulator, "binding")[0] == ("PA", "consent")


def test_what_is_missing_after_a_step_beyond_the_mandate_is_its_confirmation() -> None:
    """B signs without powers: one act of its principal then does what three of the delegate would have."""
    simulator = with_text()
    simulator.must("M", "admit", person="B2", role="delegate", side="B")
    simulator.enrol("B2")
    simulator.steps("sign", "A")
    assert missing(simulator, "adopted") == [("B", "assent")]
    simulator.step("B2", "sign")
    beyond = simulator.last
    for question in ("adopted", "authentic", "binding"):
        assert missing(simulator, question) == [("PB", "confirm_act")]
    assert {m.subject for m in simulator.finality().missing if m.act == "confirm_act"} == {beyond}
    simulator.must("PB", "confirm_act", original=beyond)
    assert simulator.answers() == "yyyn"


def test_a_step_beyond_the_mandate_stands_for_no_more_than_it_is() -> None:
    simulator = seated()
    simulator.open()
    simulator.issue()
    simulator.step("B", "assent")
    assert missing(simulator, "adopted") == [("A", "assent"), ("PB", "confirm_act")]
    assert missing(simulator, "authentic") == [("A", "initial"), ("B", "initial")]
    simulator.issue()
    assert missing(simulator, "adopted") == [("A", "assent"), ("B", "assent")], "not on a later edition"


def test_in_records_of_earlier_editions_the_step_itself_stays_missing() -> None:
    simulator = seated(procedure=2)
    simulator.open()
    simulator.issue()
    simulator.step("B", "assent")
    assert missing(simulator, "adopted") == [("A", "assent"), ("B", "assent")]
