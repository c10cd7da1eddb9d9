"""Chambers: one for each standing audience, all there from the convening on."""

from __future__ import annotations

import pytest

from detente.acts.act import Log
from detente.procedure.chambers import audience_of, chamber_names, log_of
from tests.simulator import Simulator


def test_every_standing_audience_has_its_chamber() -> None:
    assert set(chamber_names(("A", "B"))) == {"mediators", "side-A", "side-B", "mediators-A", "mediators-B"}


@pytest.mark.parametrize(
    ("name", "log", "people"),
    [
        ("mediators", Log.MEDIATORS, "M S"),
        ("side-A", Log.SIDE, "A A2 PA"),
        ("side-B", Log.SIDE, "B PB"),
        ("mediators-A", Log.MEDIATORS_AND_SIDE, "M S A A2 PA"),
    ],
)
def test_a_chamber_s_people_are_those_admitted_and_still_there(name: str, log: Log, people: str) -> None:
    simulator = Simulator().seat()
    simulator.admit("S", "secretariat")
    simulator.admit("A2", "interpreter", "A")
    simulator.admit("O", "observer")
    simulator.admit("X", "delegate", "A")
    simulator.must("X", "leave", person="X")
    assert log_of(name) is log
    assert audience_of(simulator.state, name) == frozenset(people.split())
