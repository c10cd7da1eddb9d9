"""Erasure: who may erase whose words, on what ground, and what stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acts.test_bridging import EXPIRES, bridged
from tests.simulator import Simulator, fake_leaf, with_text


def stated() -> tuple[Simulator, str]:
    simulator = with_text()
    return simulator, simulator.must("A", "register_statement", claims=(("other", ""),))


def erasing(leaf: str, writer: str = "A", ground: str = "consent", **fields: Any) -> dict[str, Any]:
    return {"originals": (leaf,), "writer": writer, "ground": ground, **fields}


@pytest.mark.parametrize(
    ("person", "ground"),
    [
        ("A", "consent"),
        ("A", "error"),
        ("PA", "data_protection"),
        ("M", "court_order"),
        ("K", "data_protection"),
    ],
)
def test_words_are_erased_by_whom_they_are_of_or_on_a_ground_that_does_not_need_them(
    person: str, ground: str
) -> None:
    simulator, leaf = stated()
    before = simulator.state.statements
    erasing_act = simulator.must(person, "erase", **erasing(leaf, ground=ground))
    (done,) = simulator.state.erasures[leaf]
    assert (done.leaf, done.by, done.ground, done.parts) == (erasing_act, person, ground, ())
    assert simulator.state.statements is before  # the act stands


@pytest.mark.parametrize(
    ("person", "ground"),
    [("B", "court_order"), ("PB", "data_protection"), ("M", "consent"), ("K", "error")],
)
def test_nobody_else_erases_them_and_nobody_without_a_ground(person: str, ground: str) -> None:
    simulator, leaf = stated()
    assert simulator.codes(person, "erase", **erasing(leaf, ground=ground)) == {"forgetting.not_yours"}


def test_rules_of_procedure_are_a_ground_only_once_they_are_in_effect() -> None:
    simulator, leaf = stated()
    assert simulator.codes("M", "erase", **erasing(leaf, ground="rules_of_procedure")) == {
        "forgetting.no_rules"
    }


def test_the_text_of_an_edition_is_kept_and_one_on_the_table_withdrawn_first() -> None:
    simulator = with_text()
    edition = simulator.edition().leaf
    assert simulator.codes("M", "erase", **erasing(edition, "M")) == {"forgetting.text"}
    text = simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    assert simulator.codes("A", "erase", **erasing(text)) == {"forgetting.on_the_table"}
    simulator.must("A", "withdraw_alternative", instrument="text", provision="art_5", alternative=text)
    assert not simulator.codes("A", "erase", **erasing(text))


def test_a_bridge_that_is_being_answered_is_not_erased_and_one_that_lapsed_is() -> None:
    simulator, bridge = bridged()
    assert simulator.codes("M", "erase", **erasing(bridge, "M")) == {"forgetting.on_the_table"}
    assert not simulator.mark(EXPIRES)
    assert not simulator.codes("M", "erase", **erasing(bridge, "M"))


def test_what_is_erased_already_is_not_erased_again_but_the_rest_is() -> None:
    simulator, leaf = stated()
    simulator.must("A", "erase", **erasing(leaf, parts=("speaker",)))
    assert simulator.codes("A", "erase", **erasing(leaf, parts=("speaker",))) == {"forgetting.gone"}
    simulator.must("A", "erase", **erasing(leaf))
    assert simulator.codes("A", "erase", **erasing(leaf, parts=("text",))) == {"forgetting.gone"}
    assert len(simulator.state.erasures[leaf]) == 2


@pytest.mark.parametrize("originals", [(), (fake_leaf(0), fake_leaf(0))])
def test_each_act_is_named_once(originals: tuple[str, ...]) -> None:
    simulator, _leaf = stated()
    found = simulator.codes("A", "erase", originals=originals, writer="A", ground="error")
    assert found == {"forgetting.nothing"}
    assert simulator.codes("A", "erase", **erasing(fake_leaf(0), "Z")) == {"participation.person"}


def test_what_stands_in_a_chamber_is_erased_there() -> None:
    simulator = with_text()
    leaf = simulator.must("A", "note", "side-A")
    simulator.must("PA", "erase", "side-A", **erasing(leaf))
    assert leaf in simulator.chambers["side-A"].erasures and leaf not in simulator.state.erasures


def test_who_keeps_copies_confirms_once_that_they_erased_it_too() -> None:
    simulator, leaf = stated()
    other = simulator.must("A", "register_statement", claims=(("other", ""),))
    erasure = simulator.must("A", "erase", originals=(leaf, other), writer="A", ground="consent")
    assert simulator.codes("B", "confirm_erasure", erasure=leaf) == {"forgetting.no_erasure"}
    simulator.must("B", "confirm_erasure", erasure=erasure)
    simulator.must("PA", "confirm_erasure", erasure=erasure)
    for original in (leaf, other):
        (done,) = simulator.state.erasures[original]
        assert done.confirmed == ("B", "PA")
    assert simulator.codes("B", "confirm_erasure", erasure=erasure) == {"forgetting.confirmed"}


def test_an_erasure_is_confirmed_by_itself() -> None:
    simulator, leaf = stated()
    parts = simulator.must("A", "erase", **erasing(leaf, parts=("source",)))
    simulator.must("A", "erase", **erasing(leaf))
    simulator.must("B", "confirm_erasure", erasure=parts)
    assert [done.confirmed for done in simulator.state.erasures[leaf]] == [("B",), ()]


def test_an_erasure_of_a_chamber_is_confirmed_in_it() -> None:
    simulator = with_text()
    note = simulator.must("A", "note", "side-A")
    erasure = simulator.must("A", "erase", "side-A", **erasing(note))
    simulator.must("PA", "confirm_erasure", "side-A", erasure=erasure)
    assert simulator.folded("side-A").erasures[note][0].confirmed == ("PA",)
