"""Whose turn it is: the first thing missing, asked of somebody who can do it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from detente.procedure.turn import turns
from tests.simulator import Simulator, seated, with_text

ROOT = Path(__file__).parents[2]


def asked(simulator: Simulator) -> list[tuple[str, str]]:
    return [(t.whose, t.act) for t in turns(simulator.state)]


def test_the_way_through_the_ladder() -> None:
    simulator = seated()
    for side in "AB":
        simulator.grant(side, "assent", "initial", "sign_ad_referendum", terms="ad_referendum")
    simulator.open()
    assert asked(simulator) == [("M", "issue")]
    simulator.issue()
    assert asked(simulator) == [("A", "assent"), ("B", "assent")]
    simulator.steps("assent", "B", terms="ad_referendum")
    assert asked(simulator) == [("A", "assent")]
    simulator.steps("assent", "A", terms="ad_referendum")
    assert asked(simulator) == [("A", "initial"), ("B", "initial")]
    simulator.steps("initial", "A", "B")
    assert asked(simulator) == [("A", "sign_ad_referendum"), ("B", "sign_ad_referendum")]
    simulator.steps("sign_ad_referendum", "A", "B")
    assert asked(simulator) == [("PA", "confirm_signature"), ("PB", "confirm_signature")]
    simulator.steps("confirm_signature", "PA", "PB")
    assert asked(simulator) == [("K", "mark_time")]
    simulator.mark("2025-11-01T00:00:00Z")
    assert asked(simulator) == []


def test_nobody_owes_a_step_that_cannot_be_taken_while_the_talks_are_broken_off() -> None:
    simulator = with_text()
    simulator.must("M", "circulate", instrument="text", edition=simulator.edition().leaf, to=("A",))
    before = asked(simulator)
    assert ("A", "assent") in before
    simulator.must("M", "break_off")
    assert asked(simulator) == [("A", "receive")]
    simulator.must("M", "resume")
    assert asked(simulator) == before


def test_silence_never_means_consent() -> None:
    simulator = with_text()
    assert {t.silence for t in turns(simulator.state)} == {"Silence is never consent."}


def test_an_open_bracket_asks_those_who_support_no_text_then_everyone_then_the_mediators() -> None:
    simulator = with_text()
    leaf = simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    assert asked(simulator) == [("B", "support_alternative")]
    simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert asked(simulator) == [("A", "support_alternative"), ("B", "support_alternative")]
    simulator.must("B", "support_alternative", instrument="text", provision="art_5", alternative=leaf)
    assert asked(simulator) == [("M", "issue")]


def test_a_reservation_asks_the_side_that_made_it() -> None:
    simulator = with_text()
    simulator.must("B", "reserve_provision", instrument="text", provision="art_5")
    simulator.must("A", "propose_alternative", instrument="text", provision="art_1")
    assert sorted(asked(simulator)) == [("B", "reserve_provision"), ("B", "support_alternative")]
    assert "reserve_provision" in simulator.offered("B")


def test_a_speaker_is_asked_to_confirm_until_it_answers() -> None:
    simulator = with_text()
    minute = simulator.must("M", "minute", speaker="B", sense="statement", said_at="2025-10-28T01:41:00Z")
    assert ("B", "confirm_minute") not in asked(simulator)
    simulator.must("M", "ask_to_confirm", minute=minute)
    assert asked(simulator)[0] == ("B", "confirm_minute")
    simulator.must("B", "contest_minute", minute=minute)
    assert ("B", "confirm_minute") not in asked(simulator)


def test_rules_are_asked_of_the_sides_that_have_not_adopted_them() -> None:
    simulator = seated()
    simulator.must("M", "table_rules", decision="unanimity")
    simulator.must("A", "adopt_rules")
    assert asked(simulator) == [("B", "adopt_rules")]


def test_a_receipt_is_asked_of_recipients_still_at_the_table() -> None:
    simulator = with_text()
    simulator.must("M", "circulate", instrument="text", edition=simulator.edition().leaf, to=("A", "B"))
    assert asked(simulator)[:2] == [("A", "receive"), ("B", "receive")]
    simulator.must("A", "receive", instrument="text", edition=simulator.edition().leaf)
    simulator.must("M", "leave", person="B")
    assert "receive" not in [act for _whose, act in asked(simulator)]


def test_an_unauthorised_act_asks_its_principal_while_it_can_still_be_confirmed() -> None:
    simulator = seated()
    simulator.open()
    simulator.issue()
    simulator.steps("assent", "A")
    assert asked(simulator)[0] == ("PA", "confirm_act")
    simulator.issue()
    assert "confirm_act" not in [act for _whose, act in asked(simulator)]


def test_a_bridge_asks_every_side_alike_until_it_is_settled() -> None:
    """Who has answered is sealed: the turn does not tell."""
    simulator = with_text()
    leaf = simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    bridge = simulator.must(
        "M", "propose_bridge", instrument="text", provision="art_5", expires="2025-11-03T00:00:00Z"
    )
    both = [("A", "answer_bridge"), ("B", "answer_bridge")]
    assert asked(simulator)[:2] == both
    simulator.must("A", "answer_bridge", "mediators-A", bridge=bridge)
    assert asked(simulator)[:2] == both
    simulator.must("A", "withdraw_alternative", instrument="text", provision="art_5", alternative=leaf)
    assert "answer_bridge" not in [act for _whose, act in asked(simulator)]


_SAID = """
from tests.procedure.test_turn import crowded
from detente.procedure.offers import offers
from detente.procedure.turn import turns
state = crowded().state
print([u.why for u in state.unauthorised.values()], turns(state), [offers(state, p) for p in ("M", "A", "PA")])
"""


def crowded() -> Simulator:
    """Several delegates, principals, texts and mandates of one side."""
    simulator = seated("A", "B", "C")
    for person, role in (("A2", "delegate"), ("A3", "delegate"), ("PA2", "principal"), ("PA3", "principal")):
        simulator.admit(person, role, "A")
    for name in ("text", "annex", "map", "protocol"):
        simulator.open(name, consent="agreed_means")
        simulator.issue(name)
    for capacity in ("initial", "sign", "sign_ad_referendum"):
        simulator.grant("A", capacity)
    simulator.grant("A", "assent", instruments=("annex",))
    simulator.step("A", "assent")
    return simulator


def test_every_machine_says_the_same_in_the_same_order() -> None:
    """A `Map` is in the order of hashes, which differ from one process to the next."""
    said = [
        subprocess.run(
            [sys.executable, "-c", _SAID], env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT,
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]  # fmt: skip
    assert said[0] == said[1] == said[2] != b""


def test_nobody_is_asked_for_anything_on_a_text_that_a_binding_one_has_replaced() -> None:
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps("sign", "A", "B")
    simulator.open("later")
    simulator.issue("later")
    simulator.must("M", "link_instrument", instrument="later", relation="replaces", other="text")
    old = [("PA", "consent"), ("PB", "consent")]
    assert set(old) <= set(asked(simulator)), "the later one binds nobody yet"
    simulator.steps("sign", "A", "B", name="later")
    assert not set(old) & set(asked(simulator))
