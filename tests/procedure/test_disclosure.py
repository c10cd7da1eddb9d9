"""Who may see what: viewers, logs and audiences, with canaries in every hidden field."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from detente.acts.kinds import kind_of
from detente.procedure.disclosure import (
    Viewer,
    VisibleAct,
    may_open,
    may_read_log,
    readable_chambers,
    visible_act,
    visible_chamber,
)
from tests.simulator import Simulator

CANARY = "canary-4711"
PUBLIC = ""
VIEWERS = (PUBLIC, "M", "S", "K", "O", "A", "A2", "PA", "B", "PB", "X", "stranger")


def record(open_to: str = "members") -> Simulator:
    """Every sort of person; X was a delegate of A and has left."""
    simulator = Simulator(open_to=open_to).seat()
    simulator.admit("S", "secretariat")
    simulator.admit("O", "observer")
    simulator.admit("A2", "interpreter", "A")
    simulator.admit("X", "delegate", "A")
    simulator.must("X", "leave", person="X")
    return simulator


def see(simulator: Simulator, viewer: str, person: str, log: str, aud: tuple[str, ...]) -> VisibleAct | None:
    kind = "note" if log else "table_rules"
    act = simulator.act(person, kind, log, aud=aud, **({} if log else {"decision": "unanimity"}))
    opened = {"text": CANARY, "remark": CANARY}
    return visible_act(simulator.state, Viewer(viewer or None), 9, act, kind_of(act.clear), opened, log)


# log, audience, author -> who may read the hidden fields
MATRIX: list[tuple[str, tuple[str, ...], str, str]] = [
    ("", ("all",), "A", "M S K O A A2 PA B PB"),
    ("", ("M",), "A", "M S A"),
    ("", ("A",), "A", "A A2 PA"),
    ("", ("B",), "M", "M B PB"),
    ("", ("PA",), "A", "A PA"),
    ("", ("A", "M"), "B", "M S A A2 PA B"),
    ("", ("K",), "M", "M K"),
    ("side-A", ("all",), "A", "A A2 PA"),
    ("side-A", ("PA",), "A", "A PA"),
    ("side-A", ("B", "M"), "A", "A"),  # nobody outside the chamber, whomever the act names
    ("mediators", ("all",), "M", "M S"),
    ("mediators", ("A",), "M", "M"),
    ("mediators-B", ("all",), "B", "M S B PB"),
    ("mediators-B", ("M",), "B", "M S B"),
    ("mediators-B", ("A",), "B", "B"),
]
READERS_OF_LOG = {
    "": {"M", "S", "K", "O", "A", "A2", "PA", "B", "PB"},
    "side-A": {"A", "A2", "PA"},
    "mediators": {"M", "S"},
    "mediators-B": {"M", "S", "B", "PB"},
}


@pytest.mark.parametrize(("log", "aud", "author", "readers"), MATRIX)
def test_a_hidden_field_is_read_by_its_audience_within_the_log_s(
    log: str, aud: tuple[str, ...], author: str, readers: str
) -> None:
    simulator = record()
    for viewer in VIEWERS:
        found = see(simulator, viewer, author, log, aud)
        assert (found is not None) == (viewer in READERS_OF_LOG[log]), f"{viewer or 'public'} reads the log"
        shown = repr(found)
        assert (CANARY in shown) == (viewer in readers.split()), f"{viewer or 'public'} reads the field"
        if found is not None:
            assert found.sealed is (CANARY not in shown)
            assert found.readers == aud


def test_the_public_reads_what_is_for_all_where_the_convening_says_so() -> None:
    simulator = record("public")
    found = see(simulator, PUBLIC, "A", "", ("all",))
    assert found is not None and CANARY in repr(found)
    for viewer in (PUBLIC, "stranger", "X"):
        for aud in (("M",), ("A",), ("PA",)):
            hidden = see(simulator, viewer, "A", "", aud)
            assert hidden is not None and hidden.sealed and CANARY not in repr(hidden)
        for log in ("side-A", "mediators", "mediators-A"):
            assert see(simulator, viewer, "M" if log == "mediators" else "A", log, ("all",)) is None


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_loads_only_the_folds_of_logs_it_belongs_to(viewer: str) -> None:
    simulator = record()
    who = Viewer(viewer or None)
    expected = {name for name, readers in {
        **READERS_OF_LOG, "side-B": {"B", "PB"}, "mediators-A": {"M", "S", "A", "A2", "PA"},
    }.items() if name and viewer in readers}  # fmt: skip
    assert set(readable_chambers(simulator.state, who)) == expected
    for name, chamber in simulator.chambers.items():
        assert (visible_chamber(simulator.state, chamber, who) is not None) == (name in expected)
    assert may_read_log(simulator.state, who) == (viewer in READERS_OF_LOG[""])


def test_who_has_left_reads_nothing_any_more_not_even_its_own_words() -> None:
    simulator = record()
    assert not may_read_log(simulator.state, Viewer("X"))
    assert not may_open(simulator.state, Viewer("X"), ("all",), "X")


def test_before_the_convening_there_is_nothing_to_read() -> None:
    from detente.state.records import State

    assert not may_read_log(State(), Viewer(None))
    assert readable_chambers(State(), Viewer("M")) == ()


def test_no_hidden_field_ever_enters_a_state() -> None:
    """What rules read has no place for content: canaries in every text field of an act reach no state."""
    simulator = record()
    fields: dict[str, Any] = {"decision": "unanimity", "text": CANARY}
    with pytest.raises(msgspec.ValidationError):
        simulator.act("A", "table_rules", **fields)
