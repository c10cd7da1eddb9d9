"""Claims: what the record holds, does not hold, or contradicts; "not in the record" says no more than that."""

from __future__ import annotations

from detente.procedure.claims import ClaimAnswer, answer_claims
from tests.simulator import Simulator, with_text


def claim(simulator: Simulator, predicate: str, argument: str) -> ClaimAnswer:
    leaf = simulator.must("A", "register_statement", claims=((predicate, argument),))
    (found,) = answer_claims(simulator.state, simulator.state.statements[leaf])
    return found


def verdict(simulator: Simulator, predicate: str, argument: str) -> str:
    return claim(simulator, predicate, argument).verdict


def test_who_has_taken_no_step_cannot_be_shown_to_have_withdrawn_one() -> None:
    simulator = with_text()
    found = claim(simulator, "withdrew", "B")
    assert found.verdict == "not in the record"
    assert found.sentence.startswith("No signed act in the record supports or contradicts this")


def test_a_step_that_stands_contradicts_and_one_taken_back_supports() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    assert verdict(simulator, "withdrew", "B") == "contradicted by the record"
    simulator.must("B", "take_back", instrument="text")
    assert verdict(simulator, "withdrew", "B") == "consistent with the record"
    assert verdict(simulator, "withdrew", "A") == "contradicted by the record"


def test_a_later_edition_or_step_does_not_undo_that_a_step_was_taken_back() -> None:
    simulator = with_text()
    simulator.steps("assent", "B")
    simulator.must("B", "take_back", instrument="text")
    simulator.issue()
    assert verdict(simulator, "withdrew", "B") == "consistent with the record"
    simulator.steps("assent", "B")
    assert verdict(simulator, "withdrew", "B") == "consistent with the record"


def test_a_notice_after_consent_and_a_declaration_after_signature_support_the_claim() -> None:
    bound = with_text()
    bound.steps("sign", "B")
    assert verdict(bound, "withdrew", "B") == "contradicted by the record"
    bound.must("B", "take_back", instrument="text")
    assert verdict(bound, "withdrew", "B") == "consistent with the record"
    signed = with_text(terms={"consent": "ratification"})
    signed.steps("sign", "B")
    signed.must("PB", "declare_no_intention", instrument="text")
    assert verdict(signed, "withdrew", "B") == "consistent with the record"


def test_an_unauthorised_assent_is_no_step_that_could_be_withdrawn() -> None:
    simulator = with_text()
    simulator.admit("B2", "delegate", "B")
    simulator.steps("assent", "B2")
    assert verdict(simulator, "withdrew", "B") == "not in the record"


def test_two_durations_contradict_each_other_and_the_record_decides_neither() -> None:
    simulator = with_text()
    simulator.must("M", "open_session", number=1, at="2025-10-27T06:00:00Z")
    simulator.must("M", "close_session", number=1, at="2025-10-28T00:00:00Z")
    first = simulator.must("A", "register_statement", claims=(("duration", "96"),))
    second = claim(simulator, "duration", "50")
    assert second.verdict == "not in the record"
    assert second.contradicted_by == (first,)
    assert second.sentence == (
        "The record holds 1 session, 18 hours by the times stated in the minutes; "
        "it does not hold the length of the talks."
    )
    assert claim(simulator, "duration", "96").contradicted_by == (simulator.history[-2].leaf,)


def test_an_acknowledgment_that_is_not_in_the_record_is_just_that() -> None:
    found = claim(with_text(), "acknowledged", "M")
    assert (found.verdict, found.sentence) == (
        "not in the record",
        "The record holds no acknowledgment by M.",
    )


def test_breaking_off_is_the_convenor_s_act_whatever_one_side_claims() -> None:
    simulator = with_text()
    assert verdict(simulator, "broke_off", "B") == "not in the record"
    simulator.must("M", "break_off")
    assert verdict(simulator, "broke_off", "B") == "consistent with the record"


def test_every_claim_of_a_statement_is_answered() -> None:
    simulator = with_text()
    leaf = simulator.must(
        "A", "register_statement", claims=(("withdrew", "B"), ("other", ""), ("broke_off", "B"))
    )
    found = answer_claims(simulator.state, simulator.state.statements[leaf])
    assert [a.predicate for a in found] == ["withdrew", "other", "broke_off"]
    assert {a.verdict for a in found} == {"not in the record"}


def test_no_answer_uses_a_word_that_blames() -> None:
    simulator = with_text()
    leaf = simulator.must(
        "A", "register_statement",
        claims=(("withdrew", "B"), ("acknowledged", "B"), ("duration", "4"), ("broke_off", "B"), ("other", "")),
    )  # fmt: skip
    for found in answer_claims(simulator.state, simulator.state.statements[leaf]):
        assert not {"failed", "violated", "refused"} & set(found.sentence.lower().split())
