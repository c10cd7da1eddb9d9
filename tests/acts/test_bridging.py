"""Bridging: sealed answers in the chambers; the outcome only if every one is yes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, fake_leaf, with_text

ART_5 = {"instrument": "text", "provision": "art_5"}
EXPIRES = "2025-11-03T00:00:00Z"


def bridged() -> tuple[Simulator, str]:
    """A and B each propose a text for article 5, and M a bridge; its leaf."""
    simulator = with_text()
    simulator.must("A", "propose_alternative", **ART_5)
    simulator.must("B", "propose_alternative", **ART_5)
    return simulator, simulator.must("M", "propose_bridge", **ART_5, expires=EXPIRES)


def answer(simulator: Simulator, side: str, bridge: str) -> tuple[str, int, str]:
    chamber = f"mediators-{side}"
    leaf = simulator.must(side, "answer_bridge", chamber, bridge=bridge)
    return f"{simulator.origin}/{chamber}", simulator.chambers[chamber].size - 1, leaf


def test_a_bridge_that_both_accept_closes_the_bracket_until_the_next_edition() -> None:
    simulator, bridge = bridged()
    before = simulator.state
    answers = (answer(simulator, "A", bridge), answer(simulator, "B", bridge))
    assert simulator.state is before, "answers leave no trace in the main log"
    simulator.must("M", "open_bridge", bridge=bridge, answers=answers)
    assert {r.code for r in simulator.step("A", "assent")} == {"ladder.not_consolidated"}
    agreed = simulator.instrument().brackets["art_5"].agreed(("A", "B"))
    assert agreed and agreed.side == "M"
    simulator.issue()
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_an_outcome_cites_one_answer_from_each_side_s_chamber_and_no_other() -> None:
    simulator, bridge = bridged()
    a, b = answer(simulator, "A", bridge), answer(simulator, "B", bridge)
    for answers in ((), (a,), (a, a), (a, b, b), (a, (f"{simulator.origin}/side-B", 0, b[2]))):
        assert simulator.codes("M", "open_bridge", bridge=bridge, answers=answers) == {"bridge.answers"}
    assert simulator.codes("A", "open_bridge", bridge=bridge, answers=(a, b)) == {"participation.role"}
    assert simulator.codes("M", "open_bridge", bridge=fake_leaf(0), answers=(a, b)) == {"bridge.unknown"}


def test_a_side_answers_once_in_its_own_chamber() -> None:
    simulator, bridge = bridged()
    answer(simulator, "A", bridge)
    again: dict[str, Any] = {"bridge": bridge}
    assert simulator.codes("PA", "answer_bridge", "mediators-A", **again) == {"bridge.answered"}
    assert simulator.codes("B", "answer_bridge", "mediators-A", **again) == {
        "log.audience",
        "bridge.answered",
    }
    assert simulator.codes("B", "answer_bridge", "side-B", **again) == {"log.kind"}
    assert simulator.codes("B", "answer_bridge", **again) == {"log.kind"}
    assert simulator.codes("M", "answer_bridge", "mediators-B", **again) == {"participation.role"}


def test_a_side_that_does_not_negotiate_the_text_answers_nothing() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    simulator.must("A", "propose_alternative", **ART_5)
    bridge = simulator.must("M", "propose_bridge", **ART_5, expires=EXPIRES)
    assert simulator.codes("C", "answer_bridge", "mediators-C", bridge=bridge) == {"bridge.side"}


def test_a_bridge_lapses_with_time_marked_and_is_opened_no_more() -> None:
    simulator, bridge = bridged()
    answers = (answer(simulator, "A", bridge), answer(simulator, "B", bridge))
    assert not simulator.mark("2025-11-02T23:59:59Z")
    assert simulator.state.bridges[bridge].lapsed is None
    assert not simulator.mark(EXPIRES)
    assert simulator.state.bridges[bridge].lapsed == simulator.state.size - 1
    assert simulator.codes("M", "open_bridge", bridge=bridge, answers=answers) == {"bridge.lapsed"}
    assert simulator.codes("A", "answer_bridge", "mediators-A", bridge=bridge) >= {"bridge.lapsed"}


def test_an_uncosigned_mark_lets_nothing_lapse() -> None:
    simulator, bridge = bridged()
    assert not simulator.mark()
    assert simulator.state.bridges[bridge].lapsed is None


def test_a_bridge_is_opened_once() -> None:
    simulator, bridge = bridged()
    answers = (answer(simulator, "A", bridge), answer(simulator, "B", bridge))
    simulator.must("M", "open_bridge", bridge=bridge, answers=answers)
    assert "bridge.opened" in simulator.codes("M", "open_bridge", bridge=bridge, answers=answers)


@pytest.mark.parametrize("how", ["withdrawn", "agreed"])
def test_a_bridge_does_not_reopen_a_bracket_that_the_sides_have_closed(how: str) -> None:
    simulator, bridge = bridged()
    answers = (answer(simulator, "A", bridge), answer(simulator, "B", bridge))
    first, second = simulator.instrument().brackets["art_5"].live()
    if how == "agreed":
        simulator.must("B", "support_alternative", **ART_5, alternative=first.leaf)
    else:
        simulator.must("A", "withdraw_alternative", **ART_5, alternative=first.leaf)
        simulator.must("B", "withdraw_alternative", **ART_5, alternative=second.leaf)
    assert simulator.codes("M", "open_bridge", bridge=bridge, answers=answers) == {"bridge.no_bracket"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"provision": "art_1"}, {"bridge.no_bracket"}),
        ({"instrument": "annex"}, {"instrument.unknown"}),
        ({"expires": "2025-11-01T00:00:00Z"}, {"bridge.expired"}),
        ({"expires": "2025-11-31T00:00:00Z"}, {"instant.malformed"}),
    ],
)
def test_a_bridge_spans_an_open_bracket_for_some_time(fields: dict[str, Any], codes: set[str]) -> None:
    simulator, _bridge = bridged()
    assert not simulator.mark("2025-11-01T00:00:00Z")
    assert simulator.codes("M", "propose_bridge", **{**ART_5, "expires": EXPIRES, **fields}) == codes


def test_a_bridge_is_a_mediator_s() -> None:
    assert bridged()[0].codes("A", "propose_bridge", **ART_5, expires=EXPIRES) == {"participation.role"}


def test_a_reservation_keeps_the_bracket_open_over_an_opened_bridge() -> None:
    simulator, bridge = bridged()
    simulator.must("A", "reserve_provision", **ART_5)
    answers = (answer(simulator, "A", bridge), answer(simulator, "B", bridge))
    simulator.must("M", "open_bridge", bridge=bridge, answers=answers)
    assert {r.code for r in simulator.step("A", "assent")} == {"ladder.bracket_open"}
