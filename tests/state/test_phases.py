"""The phase table: what may follow what, and that nothing is missing from it."""

from __future__ import annotations

import pytest

from detente.acts.act import Staleness
from detente.acts.kinds import BY_NAME, KINDS
from detente.state.phases import PHASES, Phase
from tests.simulator import Simulator, seated, with_text

AWAY = (Phase.ADJOURNED, Phase.BROKEN_OFF, Phase.CONCLUDED)


def in_phase(phase: Phase) -> Simulator:
    simulator = seated()
    way = {
        Phase.BETWEEN: (), Phase.IN_SESSION: ("open_session",), Phase.ADJOURNED: ("adjourn",),
        Phase.BROKEN_OFF: ("break_off",), Phase.CONCLUDED: ("conclude",),
    }[phase]  # fmt: skip
    for kind in way:
        simulator.must(
            "M", kind, **({"number": 1, "at": "2025-10-27T08:00:00Z"} if kind == "open_session" else {})
        )
    assert simulator.state.phase is phase
    return simulator


def test_every_kind_stands_in_the_table_and_the_table_holds_no_other() -> None:
    assert set(PHASES) == set(BY_NAME)


def test_only_the_convening_can_come_first() -> None:
    assert [kind for kind, phases in PHASES.items() if Phase.UNOPENED in phases] == ["convene"]


@pytest.mark.parametrize("kind", [k.name for k in KINDS if k.staleness is Staleness.PROTECTIVE])
def test_what_protects_a_side_is_possible_in_every_phase_after_the_convening(kind: str) -> None:
    assert set(PHASES[kind]) == set(Phase) - {Phase.UNOPENED}


@pytest.mark.parametrize(
    "kind", ["assent", "initial", "issue", "propose_alternative", "open_bridge", "minute"]
)
@pytest.mark.parametrize("phase", [Phase.BROKEN_OFF, Phase.CONCLUDED])
def test_nothing_is_negotiated_once_the_talks_are_broken_off_or_over(kind: str, phase: Phase) -> None:
    assert phase not in PHASES[kind]


@pytest.mark.parametrize("kind", ["sign", "confirm_signature", "consent", "note_entry"])
def test_an_agreed_text_lives_on_when_the_talks_are_over(kind: str) -> None:
    assert Phase.CONCLUDED in PHASES[kind]
    assert Phase.BROKEN_OFF not in PHASES[kind]


@pytest.mark.parametrize(
    ("phase", "kind", "after"),
    [
        (Phase.BETWEEN, "adjourn", Phase.ADJOURNED),
        (Phase.ADJOURNED, "resume", Phase.BETWEEN),
        (Phase.BETWEEN, "break_off", Phase.BROKEN_OFF),
        (Phase.BROKEN_OFF, "resume", Phase.BETWEEN),
        (Phase.IN_SESSION, "conclude", Phase.CONCLUDED),
        (Phase.CONCLUDED, "resume", None),
        (Phase.ADJOURNED, "adjourn", None),
    ],
)
def test_the_talks_move_between_phases(phase: Phase, kind: str, after: Phase | None) -> None:
    simulator = in_phase(phase)
    found = {r.code for r in simulator.do("M", kind)}
    assert (found, simulator.state.phase) == (set(), after) if after else ({"phase.closed"}, phase)


@pytest.mark.parametrize("phase", AWAY)
def test_an_act_out_of_phase_is_told_when_it_would_be_possible(phase: Phase) -> None:
    (refusal,) = in_phase(phase).do("M", "take_up", item="off", at="2025-10-27T09:00:00Z")[:1]
    assert refusal.code == "phase.closed"
    assert refusal.instead == "Possible when the talks are: in session."


def test_broken_off_talks_keep_what_was_closed() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    simulator.must("M", "break_off")
    assert simulator.answers() == "ynnn"
    assert {r.code for r in simulator.step("A", "initial")} == {"phase.closed"}
    simulator.must("M", "resume")
    simulator.steps("initial", "A", "B")
    assert simulator.answers() == "yynn"
