"""Correction (VCLT 79): proposed with a period for objection, made where nobody objects, and every step stays."""

from __future__ import annotations

from typing import Any

import pytest

from detente.procedure.turn import turns
from tests.simulator import Simulator, with_text

BY, BEFORE, AFTER = "2025-11-05T00:00:00Z", "2025-11-01T00:00:00Z", "2025-11-06T00:00:00Z"
PROPOSAL = {"instrument": "text", "provisions": ("art_1",), "objections_by": BY}


def authentic(step: str = "initial", **terms: Any) -> Simulator:
    simulator = with_text(terms=terms)
    simulator.steps(step, "A", "B")
    return simulator


def proposed() -> tuple[Simulator, str]:
    simulator = authentic()
    return simulator, simulator.must("M", "propose_correction", **PROPOSAL)


def asked(simulator: Simulator) -> list[tuple[str, str]]:
    acts = ("object_to_correction", "correct")
    return [(t.whose, t.act) for t in turns(simulator.state) if t.act in acts]


@pytest.mark.parametrize("keeper", ["M", "K"])
def test_a_correction_that_nobody_opposed_is_made_and_every_step_stays(keeper: str) -> None:
    simulator, leaf = proposed()
    before = simulator.instrument()
    assert asked(simulator) == [("A", "object_to_correction"), ("B", "object_to_correction")]
    assert not simulator.mark(AFTER)
    assert asked(simulator) == [("M", "correct")]
    assert "correct" in simulator.offered(keeper)
    made = simulator.must(keeper, "correct", correction=leaf)
    after = simulator.instrument()
    assert (simulator.answers(), simulator.ladder()) == ("yynn", "II")
    assert after.ladder == before.ladder, "79(4): from the beginning"
    assert [e.leaf for e in after.editions] == [e.leaf for e in before.editions]
    assert simulator.edition().corrections == (leaf,)
    assert after.version == made, "who acts next reads the corrected text"
    assert asked(simulator) == []


def test_who_signs_next_signs_the_corrected_text() -> None:
    simulator, leaf = proposed()
    read = ("text", simulator.edition().leaf)
    assert not simulator.mark(AFTER)
    simulator.must("M", "correct", correction=leaf)
    assert {r.code for r in simulator.step("A", "sign", on=read)} == {"act.stale"}
    simulator.steps("sign", "A", "B")
    assert simulator.answers() == "yyyn"


def test_a_text_in_force_is_corrected_and_stays_in_force() -> None:
    simulator = authentic("sign")
    assert not simulator.mark(BEFORE)
    leaf = simulator.must("A", "propose_correction", **PROPOSAL)
    assert not simulator.mark(AFTER)
    simulator.must("M", "correct", correction=leaf)
    assert (simulator.answers(), simulator.ladder()) == ("yyyy", "FF")


def test_before_the_period_is_over_nothing_is_corrected() -> None:
    simulator, leaf = proposed()
    assert not simulator.mark(BEFORE)
    (refusal,) = simulator.do("M", "correct", correction=leaf)
    assert (refusal.code, refusal.clause) == ("correction.period", "VCLT art. 79(2)")
    assert "correct" not in simulator.offered("M")


def test_a_mark_of_a_moment_before_the_proposal_ends_no_period() -> None:
    simulator, leaf = proposed()
    assert not simulator.mark(AFTER, size=simulator.state.corrections[leaf].index)
    assert simulator.codes("M", "correct", correction=leaf) == {"correction.period"}


def test_an_objection_in_time_keeps_the_text_as_it_is() -> None:
    simulator, leaf = proposed()
    assert "object_to_correction" in simulator.offered("PB")
    simulator.must("PB", "object_to_correction", correction=leaf)
    assert asked(simulator) == []
    assert not simulator.mark(AFTER)
    assert simulator.codes("M", "correct", correction=leaf) == {"correction.opposed"}
    assert "correct" not in simulator.offered("M")
    assert simulator.codes("B", "object_to_correction", correction=leaf) == {"correction.objected_already"}


def test_a_late_objection_is_recorded_and_keeps_nothing() -> None:
    simulator, leaf = proposed()
    assert not simulator.mark(AFTER)
    simulator.must("B", "object_to_correction", correction=leaf)
    ((side, _leaf, late),) = simulator.state.corrections[leaf].objections
    assert (side, late) == ("B", True)
    simulator.must("M", "correct", correction=leaf)
    assert simulator.edition().corrections == (leaf,)


def test_an_objection_is_possible_when_the_talks_are_off() -> None:
    simulator, leaf = proposed()
    simulator.must("M", "break_off")
    simulator.must("A", "object_to_correction", correction=leaf)
    assert simulator.state.corrections[leaf].opposed == ("A",)


def test_only_an_authentic_text_is_corrected() -> None:
    simulator = with_text()
    assert simulator.codes("M", "propose_correction", **PROPOSAL) == {"correction.not_authentic"}
    simulator.steps("initial", "A", "B")
    (refusal,) = simulator.do("M", "issue", **simulator.issue_fields())
    assert (refusal.code, refusal.instead.split(",")[0]) == (
        "edition.authentic_text", "Propose a correction of an error")  # fmt: skip


def test_nothing_is_corrected_once_initials_are_taken_back_or_another_edition_stands() -> None:
    simulator, leaf = proposed()
    assert not simulator.mark(AFTER)
    simulator.must("A", "take_back", instrument="text")
    assert simulator.codes("M", "correct", correction=leaf) == {"correction.not_authentic"}
    assert "correct" not in simulator.offered("M")
    simulator.issue()
    assert simulator.codes("M", "correct", correction=leaf) == {"correction.superseded"}


def test_a_correction_is_made_once_and_named_by_its_proposal() -> None:
    simulator, leaf = proposed()
    assert not simulator.mark(AFTER)
    simulator.must("M", "correct", correction=leaf)
    assert simulator.codes("M", "correct", correction=leaf) == {"correction.made"}
    unknown = "A" * 43
    assert simulator.codes("M", "correct", correction=unknown) == {"correction.unknown"}
    assert simulator.codes("A", "object_to_correction", correction=unknown) == {"correction.unknown"}
    assert simulator.codes("A", "correct", correction=leaf) == {"participation.role"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"provisions": ()}, {"correction.provisions"}),
        ({"provisions": ("art_1", "art_1")}, {"correction.provisions"}),
        ({"provisions": ("art_9",)}, {"correction.provisions"}),
        ({"objections_by": "2025-02-30T00:00:00Z"}, {"instant.malformed", "correction.past"}),
        ({"objections_by": "2025-10-30T00:00:00Z"}, {"correction.past"}),
        ({"instrument": "annex"}, {"act.stale", "instrument.unknown"}),
    ],
)
def test_a_proposal_names_what_it_corrects_and_a_period_ahead(
    fields: dict[str, Any], codes: set[str]
) -> None:
    simulator = authentic()
    assert not simulator.mark(BEFORE)
    assert simulator.codes("M", "propose_correction", **{**PROPOSAL, **fields}) == codes


def test_corrections_are_the_business_of_the_sides_of_the_text_and_of_a_record_with_a_clock() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    simulator.steps("initial", "A", "B")
    assert simulator.codes("C", "propose_correction", **PROPOSAL) == {"instrument.side"}
    leaf = simulator.must("K", "propose_correction", **PROPOSAL)
    assert simulator.codes("C", "object_to_correction", correction=leaf) == {"instrument.side"}
    timeless = with_text(quorum=0)
    timeless.steps("initial", "A", "B")
    assert timeless.codes("M", "propose_correction", **PROPOSAL) == {"correction.no_clock"}
