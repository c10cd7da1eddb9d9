"""What follows on a notice of breach (VCLT 54, 57, 60, 67, 68): carried out, agreed, cured, revoked; and responses."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.measures import SUSPENDED, SUSPENDED_IN_PART
from tests.acts.test_breach import IN_TIME, NOTICE, in_force, notice_of, notified
from tests.simulator import Simulator, with_text

URGENT = {"objections_by": IN_TIME, "urgent": True}


def ripe(*sides: str, **fields: Any) -> tuple[Simulator, str]:
    """A notice whose period has passed without an objection."""
    simulator, leaf = notified(*sides, **{**URGENT, **fields})
    assert not simulator.mark(IN_TIME)
    return simulator, leaf


def flags(simulator: Simulator) -> list[tuple[str, ...]]:
    return [simulator.standing(side).flags for side in simulator.instrument().sides]


def test_before_the_period_is_over_nothing_is_carried_out() -> None:
    simulator, leaf = notified(**URGENT)
    (refusal,) = simulator.do("PA", "carry_out", breach=leaf)
    assert (refusal.code, refusal.clause) == ("measure.period", "VCLT art. 65(2)")
    assert "carry_out" not in simulator.offered("PA")
    assert not simulator.mark(IN_TIME)
    assert "carry_out" in simulator.offered("PA") and "carry_out" not in simulator.offered("PB")
    simulator.must("PA", "carry_out", breach=leaf)
    assert notice_of(simulator, leaf).carried_out == simulator.state.size - 1


def test_a_suspension_stands_beside_the_step_of_both_sides_and_is_ended_by_revocation() -> None:
    simulator, leaf = ripe()
    simulator.must("PA", "carry_out", breach=leaf)
    assert (flags(simulator), simulator.ladder(), simulator.answers()) == ([(SUSPENDED,)] * 2, "FF", "yyyy")
    assert simulator.codes("PB", "revoke_notice", breach=leaf) == {"measure.side"}
    simulator.must("PA", "revoke_notice", breach=leaf)
    assert flags(simulator) == [(), ()]
    assert simulator.codes("PA", "revoke_notice", breach=leaf) == {"breach.gone"}


@pytest.mark.parametrize("kind", ["record_cure", "carry_out", "revoke_notice"])
def test_what_follows_on_a_notice_is_done_with_a_confirmed_key(kind: str) -> None:
    simulator, leaf = ripe()
    simulator.enrol("PA", "second", by="PA")
    assert simulator.codes("PA", kind, breach=leaf) == {"key.unconfirmed"}


def test_a_suspension_in_part_says_so_and_two_suspensions_end_one_by_one() -> None:
    simulator, part = ripe(affects=("art_1",))
    whole = simulator.must(
        "PB",
        "notify_breach",
        **{**NOTICE, "of": "A", "objections_by": "2025-12-02T00:00:00Z", "urgent": True},
    )
    assert not simulator.mark("2025-12-02T00:00:00Z")
    simulator.must("PA", "carry_out", breach=part)
    assert flags(simulator) == [(SUSPENDED_IN_PART,)] * 2
    simulator.must("PB", "carry_out", breach=whole)
    assert flags(simulator) == [(SUSPENDED,)] * 2
    simulator.must("PB", "revoke_notice", breach=whole)
    assert flags(simulator) == [(SUSPENDED_IN_PART,)] * 2


@pytest.mark.parametrize("measure", ["terminate", "withdraw"])
def test_between_two_sides_a_text_ends_for_both_and_what_was_done_stands(measure: str) -> None:
    simulator, leaf = ripe(measure=measure)
    simulator.must("PA", "carry_out", breach=leaf)
    assert (simulator.ladder(), simulator.answers()) == ("EE", "yynn")
    found = simulator.finality()
    assert (found.binding.missing, found.in_force.missing) == ((), ()), "nothing is missing: it has ended"
    assert [step.step for step in simulator.standing("B").path] == ["B", "E"]
    again = {**NOTICE, "objections_by": "2026-06-01T00:00:00Z"}
    (refusal,) = simulator.do("PA", "notify_breach", **again)
    assert refusal.code == "breach.not_in_force"


def test_a_measure_short_of_the_treaty_moves_no_step() -> None:
    simulator, leaf = ripe(measure="other")
    simulator.must("PA", "carry_out", breach=leaf)
    assert (simulator.ladder(), flags(simulator)) == ("FF", [(), ()])


def test_an_objection_in_time_leaves_peaceful_means_or_the_agreement_of_all() -> None:
    simulator, leaf = notified(**URGENT)
    simulator.must("B", "object_to_notice", breach=leaf)
    assert not simulator.mark(IN_TIME)
    (refusal,) = simulator.do("PA", "carry_out", breach=leaf)
    assert (refusal.code, refusal.clause) == ("measure.opposed", "VCLT art. 65(3)")
    assert "UN Charter art. 33" in (refusal.instead or "")
    assert simulator.codes("B", "decide_jointly", instrument="text", breach=leaf) == {"decision.principal"}
    agreed = simulator.must("PB", "decide_jointly", instrument="text", breach=leaf)
    assert simulator.state.decisions[agreed].taken is not None
    simulator.must("PA", "carry_out", breach=leaf)


def test_of_several_sides_one_suspends_for_itself_and_does_not_end_the_text_for_another() -> None:
    simulator, leaf = ripe("A", "B", "C")
    simulator.must("PA", "carry_out", breach=leaf)
    assert flags(simulator) == [(SUSPENDED,), (SUSPENDED,), ()]
    ending, leaf = ripe("A", "B", "C", measure="terminate")
    assert ending.codes("PA", "carry_out", breach=leaf) == {"measure.others"}
    ending.must("PC", "decide_jointly", instrument="text", breach=leaf)
    ending.must("PA", "carry_out", breach=leaf)
    assert (ending.ladder(), ending.answers()) == ("FEF", "yyyy"), "it goes on between A and C"


def test_a_side_of_several_withdraws_alone() -> None:
    simulator, leaf = ripe("A", "B", "C", measure="withdraw")
    simulator.must("PA", "carry_out", breach=leaf)
    assert (simulator.ladder(), simulator.answers()) == ("EFF", "yyyy")


def test_a_notice_is_revoked_before_its_measure_and_then_nothing_is_carried_out() -> None:
    simulator, leaf = ripe()
    assert "revoke_notice" in simulator.offered("PA")
    simulator.must("PA", "revoke_notice", breach=leaf)
    assert simulator.codes("PA", "carry_out", breach=leaf) == {"breach.gone"}
    ended, leaf = ripe(measure="terminate")
    ended.must("PA", "carry_out", breach=leaf)
    assert ended.codes("PA", "revoke_notice", breach=leaf) == {"breach.gone"}, "68: before it takes effect"


def test_a_cure_settles_the_matter_once_the_side_that_gave_notice_accepts_it() -> None:
    simulator, leaf = ripe()
    assert simulator.codes("PB", "record_cure", breach=leaf) == {"cure.provision"}
    assert simulator.codes("PB", "record_cure", breach=leaf, provision="art_9") == {"breach.provision"}
    simulator.must("PB", "record_cure", breach=leaf, provision="art_5")
    assert simulator.codes("PA", "carry_out", breach=leaf) == set(), "not yet accepted"
    simulator.must("PA", "record_cure", breach=leaf)
    assert simulator.codes("PA", "carry_out", breach=leaf) == {"breach.gone"}
    several, leaf = ripe("A", "B", "C")
    assert several.codes("PC", "record_cure", breach=leaf) == {"cure.side"}


def test_a_joint_decision_is_taken_when_as_many_as_the_rules_ask_for_have_agreed() -> None:
    simulator = in_force()
    proposed = simulator.must("A", "decide_jointly", instrument="text")
    assert simulator.state.decisions[proposed].taken is None
    assert simulator.codes("PA", "decide_jointly", instrument="text", joins=proposed) == {"decision.joined"}
    assert simulator.codes("B", "decide_jointly", instrument="text", joins="A" * 43) == {"decision.unknown"}
    simulator.must("B", "decide_jointly", instrument="text", joins=proposed)
    decision = simulator.state.decisions[proposed]
    assert decision.taken == simulator.state.size - 1
    assert [side for _leaf, _at, side in decision.agreed] == ["A", "B"]
    assert len(simulator.state.decisions) == 1


def test_a_joint_decision_is_of_the_sides_of_its_text_and_on_a_notice_of_it() -> None:
    simulator, leaf = notified("A", "B", "C")
    simulator.open("annex", sides=("A", "B"))
    assert simulator.codes("C", "decide_jointly", instrument="annex") == {"instrument.side"}
    assert simulator.codes("PA", "decide_jointly", instrument="annex", breach=leaf) == {"decision.other"}


def test_a_response_is_held_to_what_an_instrument_in_force_allows() -> None:
    simulator = in_force()
    assert simulator.codes("PA", "respond", of="B") == {"response.held"}
    assert simulator.codes("PA", "respond", of="B", instrument="text") == {"response.provision"}
    assert simulator.codes("PA", "respond", of="B", instrument="text", provision="art_9") == {
        "breach.provision"
    }
    before = simulator.instrument()
    simulator.must("PA", "respond", of="B", instrument="text", provision="art_2")
    assert simulator.instrument() == before


def test_where_nothing_is_in_force_a_response_names_no_instrument() -> None:
    simulator = with_text()
    named = {"of": "B", "instrument": "text", "provision": "art_1"}
    assert simulator.codes("PA", "respond", **named) == {"breach.not_in_force"}
    simulator.must("PA", "respond", of="B")
    assert simulator.codes("PA", "respond", of="Z") == {"participation.side"}
