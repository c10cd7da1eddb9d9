"""Examination: what holds for every act, whichever institution it belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.act import Log
from detente.acts.kinds import KINDS
from tests.simulator import fake_leaf, seated, with_text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"proc": "detente/" + "a" * 26}, "act.foreign"),
        ({"proc": "detente/" + "a" * 26 + "/side-A"}, "act.foreign"),
        ({"seq": 5}, "act.out_of_order"),
        ({"prev": fake_leaf(0)}, "act.out_of_order"),
        ({"aud": ()}, "act.audience"),
        ({"aud": ("all", "X")}, "act.audience"),
    ],
)
def test_faults_of_form_and_log_are_refused(fields: dict[str, Any], code: str) -> None:
    assert with_text().codes("A", "assent", instrument="text", terms="definitive", **fields) == {code}


@pytest.mark.parametrize("aud", [("all",), ("M",), ("A", "B"), ("PA",), ("M", "A", "K")])
def test_an_audience_names_everyone_mediators_sides_or_people(aud: tuple[str, ...]) -> None:
    assert with_text().codes("A", "assent", instrument="text", terms="definitive", aud=aud) == set()


def test_an_act_is_sequenced_once() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    fields = {"instrument": "text", "terms": "definitive", "seq": 0, "prev": ""}
    assert simulator.codes("A", "assent", **fields) == {"act.replayed", "ladder.move"}


def test_faults_of_every_sort_come_at_once() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    simulator.must("M", "break_off")
    found = simulator.codes(
        "A",
        "assent",
        instrument="text",
        terms="definitive",
        on=None,
        aud=(),
        seq=9,
        proc="detente/" + "b" * 26,
    )
    assert found == {
        "act.foreign", "act.out_of_order", "act.audience", "phase.closed", "act.stale", "ladder.move",
    }  # fmt: skip


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k.name not in ("void", "erase", "confirm_erasure")], ids=lambda k: k.name
)
def test_no_kind_belongs_both_in_the_main_log_and_in_a_chamber(kind: Any) -> None:
    assert kind.where == {Log.MAIN} or Log.MAIN not in kind.where


def test_who_left_or_whose_key_is_revoked_can_do_nothing_not_even_protect() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    simulator.must("A", "revoke_key", key=simulator.key_of("A"))
    assert simulator.codes("A", "take_back", instrument="text") == {"key.revoked"}
    assert simulator.codes("PA", "take_back", instrument="text") == set()


def test_a_chamber_act_is_weighed_against_what_its_author_had_seen() -> None:
    """The main log is not read by a chamber: without the bridge in what was seen, there is nothing to answer."""
    simulator = seated()
    assert "bridge.unknown" in simulator.codes("A", "answer_bridge", "mediators-A", bridge=fake_leaf(0))
