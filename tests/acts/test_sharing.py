"""Sharing: an exhibit follows the people it was presented to, and goes no further."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.sharing import lacking, left_with
from detente.codec.base64url import encode_base64url
from tests.acts.test_sealing import Sealing, sealing  # noqa: F401  the fixture
from tests.simulator import demonstration_key, fake_leaf

DIGEST = encode_base64url(bytes(31) + b"\x01")


def presented(sealing: Sealing, *people: str, recovery: tuple[str, ...] = ()) -> str:  # noqa: F811
    """By B, for itself and those people."""
    keys = tuple(sealing.key(person) for person in ("B", *people))
    return sealing.simulator.must("B", "present", files=((DIGEST, 5),), keys=keys, recovery=recovery)


def join(sealing: Sealing, person: str, side: str) -> str:  # noqa: F811
    """Somebody new, with a key to read with; its id."""
    sealing.simulator.must("M", "admit", person=person, role="delegate", side=side)
    sealing.enrol(person, demonstration_key(person), "M")
    return sealing.key(person)


def codes(sealing: Sealing, by: str, exhibit: str, **box: Any) -> set[str]:  # noqa: F811
    return sealing.simulator.codes(by, "share_exhibit", exhibit=exhibit, **box)


def test_a_colleague_who_comes_later_is_given_the_key(sealing: Sealing) -> None:  # noqa: F811
    leaf = presented(sealing, "A")
    state = sealing.simulator.state
    assert lacking(state, state.exhibits[leaf]) == (sealing.key("PA"), "A", "B")
    later = join(sealing, "A2", "A")
    assert later in lacking(sealing.simulator.state, sealing.simulator.state.exhibits[leaf])
    sealing.simulator.must("A", "share_exhibit", exhibit=leaf, keys=(later,), recovery=("A",))
    exhibit = sealing.simulator.state.exhibits[leaf]
    assert exhibit.boxed == {sealing.key("A"), sealing.key("B"), later, "A"}
    assert exhibit.shared == (sealing.simulator.state.size - 1,)
    assert later not in lacking(sealing.simulator.state, exhibit)
    sealing.simulator.must("A2", "share_exhibit", exhibit=leaf, keys=(sealing.key("PA"),))


def test_who_was_not_given_it_shares_nothing(sealing: Sealing) -> None:  # noqa: F811
    leaf = presented(sealing, "A")
    assert codes(sealing, "PA", leaf, keys=(sealing.key("PA"),)) == {"sharing.not_yours"}
    assert codes(sealing, "M", leaf, keys=(sealing.key("PA"),)) == {"sharing.not_yours"}


def test_who_holds_the_paper_shares_it(sealing: Sealing) -> None:  # noqa: F811
    leaf = presented(sealing, recovery=("A",))
    sealing.simulator.must("PA", "share_exhibit", exhibit=leaf, keys=(sealing.key("PA"),))


def test_only_whoever_presented_it_takes_it_to_others(sealing: Sealing) -> None:  # noqa: F811
    leaf = presented(sealing, "A")
    for box in ({"keys": (sealing.key("M"),)}, {"recovery": ("M",)}):
        assert codes(sealing, "A", leaf, **box) == {"sharing.others"}
    sealing.simulator.must("B", "share_exhibit", exhibit=leaf, keys=(sealing.key("M"),), recovery=("M",))


@pytest.mark.parametrize(
    ("box", "code"),
    [
        ({}, "sealing.nobody"),
        ({"keys": (fake_leaf(3),)}, "sealing.members"),
        ({"recovery": ("C",)}, "sealing.recovery"),
    ],
)
def test_a_box_is_for_keys_that_can_read(sealing: Sealing, box: dict[str, Any], code: str) -> None:  # noqa: F811
    assert codes(sealing, "B", presented(sealing), **box) == {code}


def test_nobody_is_given_the_key_who_has_left(sealing: Sealing) -> None:  # noqa: F811
    leaf = presented(sealing, "A")
    sealing.simulator.must("M", "leave", person="PA")
    assert codes(sealing, "A", leaf, keys=(sealing.key("PA"),)) == {"sealing.members"}
    assert left_with(sealing.simulator.state, sealing.simulator.state.exhibits[leaf]) == ()
    sealing.simulator.must("M", "leave", person="A")
    assert left_with(sealing.simulator.state, sealing.simulator.state.exhibits[leaf]) == ("A",)


def test_what_is_not_there_or_erased_is_not_shared(sealing: Sealing) -> None:  # noqa: F811
    leaf = presented(sealing, "A")
    assert codes(sealing, "A", fake_leaf(3), keys=(sealing.key("PA"),)) == {"sharing.unknown"}
    sealing.simulator.must("B", "erase", originals=(leaf,), writer="B", ground="consent")
    assert codes(sealing, "A", leaf, keys=(sealing.key("PA"),)) == {"sharing.unknown"}
    assert lacking(sealing.simulator.state, sealing.simulator.state.exhibits[leaf]) == ()
