"""Exhibits: an act commits to sealed files, and moves nobody."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from tests.acts.test_sealing import Sealing, sealing  # noqa: F401  the fixture
from tests.simulator import fake_leaf

DIGEST = encode_base64url(bytes(31) + b"\x01")


def present(sealing: Sealing, **fields: Any) -> set[str]:  # noqa: F811
    given = {"files": ((DIGEST, 5),), "keys": (sealing.key("A"), sealing.key("B")), **fields}
    return sealing.simulator.codes("A", "present", **given)


def test_an_exhibit_stands_with_its_files(sealing: Sealing) -> None:  # noqa: F811
    given = {"files": ((DIGEST, 5),), "keys": (sealing.key("A"),), "recovery": ("A",)}
    leaf = sealing.simulator.must("A", "present", **given)
    assert sealing.simulator.state.exhibits[leaf].files == ((DIGEST, 5),)


@pytest.mark.parametrize(
    "files", [(), ((DIGEST, 5), (DIGEST, 5)), ((DIGEST, 0),), tuple((fake_leaf(n), 1) for n in range(101))]
)
def test_an_exhibit_is_some_files_each_named_once(sealing: Sealing, files: tuple[Any, ...]) -> None:  # noqa: F811
    assert present(sealing, files=files) == {"evidence.files"}


def test_it_is_sealed_to_keys_that_can_read(sealing: Sealing) -> None:  # noqa: F811
    assert present(sealing, keys=()) == {"sealing.members"}
    assert present(sealing, keys=(fake_leaf(3),)) == {"sealing.members"}
    assert present(sealing, recovery=("C",)) == {"sealing.recovery"}
    assert not present(sealing)
    sealing.simulator.must("M", "leave", person="B")
    assert present(sealing) == {"sealing.members"}, "B has left"


# --- receipts, grades and challenges


@pytest.fixture
def exhibit(sealing: Sealing) -> str:  # noqa: F811
    """Presented by A to B and the mediators."""
    keys = (sealing.key("A"), sealing.key("B"), sealing.key("M"))
    return sealing.simulator.must("A", "present", files=((DIGEST, 5),), keys=keys)


def acknowledge(sealing: Sealing, person: str, exhibit: str, grade: str) -> set[str]:  # noqa: F811
    kind, fields = (
        ("receive_exhibit", {}) if grade == "received" else ("acknowledge_exhibit", {"grade": grade})
    )
    return {refusal.code for refusal in sealing.simulator.do(person, kind, exhibit=exhibit, **fields)}


def test_it_is_presented_to_the_groups_whose_people_can_open_it(sealing: Sealing, exhibit: str) -> None:  # noqa: F811
    assert sealing.simulator.state.exhibits[exhibit].to == ("B", "M")
    leaf = sealing.simulator.must(
        "A", "present", files=((DIGEST, 5),), keys=(sealing.key("PA"),), shown_to=("B",)
    )
    assert sealing.simulator.state.exhibits[leaf].to == ("B",)
    assert present(sealing, shown_to=("C",)) == {"evidence.shown_to"}


def test_the_grades_of_a_group_only_go_up(sealing: Sealing, exhibit: str) -> None:  # noqa: F811
    for grade in ("received", "examined", "authentic", "accepted"):
        assert not acknowledge(sealing, "B", exhibit, grade)
        assert acknowledge(sealing, "B", exhibit, grade) == {"evidence.grade"}
        assert acknowledge(sealing, "B", exhibit, "received") == {"evidence.grade"}
    assert not acknowledge(sealing, "M", exhibit, "examined"), "each group has grades of its own"
    given = sealing.simulator.state.exhibits[exhibit].acknowledged
    assert [(a.by, a.group, a.grade) for a in given][-2:] == [("B", "B", "accepted"), ("M", "M", "examined")]


def test_nobody_acknowledges_what_their_own_side_presented(sealing: Sealing, exhibit: str) -> None:  # noqa: F811
    for person in ("A", "PA"):
        assert acknowledge(sealing, person, exhibit, "received") == {"evidence.own"}
        assert acknowledge(sealing, person, exhibit, "accepted") == {"evidence.own"}


def test_only_those_to_whom_it_was_presented_and_the_mediators_acknowledge(sealing: Sealing) -> None:  # noqa: F811
    leaf = sealing.simulator.must("A", "present", files=((DIGEST, 5),), keys=(sealing.key("A"),))
    assert acknowledge(sealing, "B", leaf, "received") == {"evidence.addressee"}
    assert not acknowledge(sealing, "M", leaf, "received")


def test_what_is_only_described_is_received_by_nobody_and_can_be_answered(sealing: Sealing) -> None:  # noqa: F811
    leaf = sealing.simulator.must("A", "describe_exhibit")
    assert acknowledge(sealing, "B", leaf, "received") == {"evidence.described"}
    assert not acknowledge(sealing, "B", leaf, "accepted")


def test_a_receipt_is_offered_and_then_the_next_grade(sealing: Sealing, exhibit: str) -> None:  # noqa: F811
    offered = sealing.simulator.offered
    assert "receive_exhibit" in offered("B") and "acknowledge_exhibit" not in offered("B")
    assert "receive_exhibit" not in offered("A")
    assert not acknowledge(sealing, "B", exhibit, "received")
    assert "acknowledge_exhibit" in offered("B") and "receive_exhibit" not in offered("B")


def test_a_challenge_stands_beside_a_grade_until_withdrawn(sealing: Sealing, exhibit: str) -> None:  # noqa: F811
    simulator = sealing.simulator
    assert not acknowledge(sealing, "B", exhibit, "accepted")
    assert simulator.codes("A", "challenge_exhibit", exhibit=exhibit, ground="meaning") == {"evidence.own"}
    leaf = simulator.must("B", "challenge_exhibit", exhibit=exhibit, ground="meaning")
    assert simulator.codes("M", "withdraw_challenge", challenge=leaf) == {"evidence.not_yours"}
    assert simulator.codes("B", "withdraw_challenge", challenge=exhibit) == {"evidence.challenge"}
    simulator.must("B", "withdraw_challenge", challenge=leaf)
    assert simulator.codes("B", "withdraw_challenge", challenge=leaf) == {"evidence.withdrawn"}
    kept = simulator.state.exhibits[exhibit]
    assert kept.challenged[0].withdrawn is not None and kept.acknowledged[0].grade == "accepted"


def test_custody_is_recorded_of_an_exhibit(sealing: Sealing, exhibit: str) -> None:  # noqa: F811
    assert sealing.simulator.codes("M", "record_custody", exhibit=fake_leaf(4)) == {"evidence.unknown"}
    leaf = sealing.simulator.must("M", "record_custody", exhibit=exhibit)
    assert [entry[0] for entry in sealing.simulator.state.exhibits[exhibit].custody] == [leaf]
