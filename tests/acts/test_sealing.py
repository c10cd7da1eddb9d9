"""The keys of chambers: who begins an epoch, for whom, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.sealing import group_of, groups_of, outlived, unboxed
from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.sealing.identity import make_identity, public_of
from detente.state.records import Chamber
from tests.simulator import Simulator, demonstration_key


def public() -> str:
    """A key to seal to, drawn anew."""
    return encode_base64url(public_of(make_identity()))


class Sealing:
    """Two sides whose people have keys to read with, and a recovery key each."""

    def __init__(self) -> None:
        self.simulator = Simulator(convenor_sealing=public())
        for person, role, side in (("A", "delegate", "A"), ("PA", "principal", "A"), ("B", "delegate", "B")):
            self.simulator.must("M", "admit", person=person, role=role, side=side)
            self.enrol(person, demonstration_key(person), "M")
        for person in ("M", "PA", "B"):
            self.simulator.must(person, "name_recovery_key", public=public())

    def enrol(self, person: str, key: SigningKey, by: str, **fields: Any) -> None:
        sealing = public()
        proof = prove_possession(key, self.simulator.origin, person, sealing)
        self.simulator.must(
            by,
            "enrol",
            person=person,
            public=encode_base64url(key.public),
            possession=proof,
            sealing=sealing,
            **fields,
        )

    def key(self, person: str) -> str:
        return demonstration_key(person).key_id

    def begin(self, person: str, chamber: str, *people: str, **fields: Any) -> str:
        given = {
            "public": public(),
            "keys": tuple(map(self.key, people)),
            "recovery": groups_of(chamber),
            **fields,
        }
        return self.simulator.must(person, "begin_epoch", chamber, **given)

    def codes(self, person: str, chamber: str, *people: str, **fields: Any) -> set[str]:
        given = {
            "public": public(),
            "keys": tuple(map(self.key, people)),
            "recovery": groups_of(chamber),
            **fields,
        }
        return self.simulator.codes(person, "begin_epoch", chamber, **given)

    def chamber(self, name: str) -> Chamber:
        found = self.simulator.folded(name)
        assert isinstance(found, Chamber)
        return found


@pytest.fixture
def sealing() -> Sealing:
    return Sealing()


def test_the_proof_of_possession_covers_the_key_to_read_with(sealing: Sealing) -> None:
    """Whoever carries an enrolment cannot put a key of their own in the place of the one to read with."""
    key, mine, theirs = SigningKey.from_seed(bytes(32)), public(), public()
    proof = prove_possession(key, sealing.simulator.origin, "A", mine)
    given = {"person": "A", "public": encode_base64url(key.public), "possession": proof}
    assert sealing.simulator.codes("A", "enrol", **given, sealing=theirs) == {"key.possession"}
    assert sealing.simulator.codes("A", "enrol", **given) == {"key.possession"}
    assert not sealing.simulator.codes("A", "enrol", **given, sealing=mine)


def test_a_key_to_read_with_that_everybody_could_read_is_refused(sealing: Sealing) -> None:
    weak = encode_base64url(bytes(32))
    key = SigningKey.from_seed(bytes(32))
    given = {"person": "A", "public": encode_base64url(key.public), "sealing": weak}
    proof = prove_possession(key, sealing.simulator.origin, "A", weak)
    assert sealing.simulator.codes("A", "enrol", **given, possession=proof) == {"sealing.recipient"}
    assert sealing.simulator.codes("PA", "name_recovery_key", public=weak) == {"sealing.recipient"}
    assert sealing.codes("A", "side-A", "A", "PA", public=weak) == {"sealing.recipient"}


@pytest.mark.parametrize(
    ("person", "chamber", "people"),
    [
        ("PA", "side-A", "A PA"),
        ("M", "mediators", "M"),
        ("A", "mediators-A", "M A PA"),
        ("M", "mediators-B", "M B"),
    ],
)
def test_an_epoch_begins_for_everybody_who_can_read(
    sealing: Sealing, person: str, chamber: str, people: str
) -> None:
    leaf = sealing.begin(person, chamber, *people.split())
    found = sealing.chamber(chamber)
    assert [epoch.leaf for epoch in found.epochs] == [leaf]
    assert not unboxed(found) and not outlived(found)


def test_nobody_who_can_read_is_left_out_and_nobody_else_let_in(sealing: Sealing) -> None:
    assert sealing.codes("A", "side-A", "A") == {"sealing.left_out"}
    assert sealing.codes("A", "side-A", "A", "PA", "B") == {"sealing.members"}
    assert sealing.codes("A", "side-A", "A", "PA", "M") == {"sealing.members"}
    assert sealing.codes("A", "side-A", "A", "PA", recovery=("A", "M")) == {"sealing.recovery"}
    assert sealing.codes("M", "mediators-A", "M", "A", "PA", recovery=("M",)) == {"sealing.recovery"}


def test_without_a_recovery_key_on_paper_nothing_is_sealed(sealing: Sealing) -> None:
    fresh = Simulator(convenor_sealing=public())
    fresh.must("M", "admit", person="A", role="delegate", side="A")
    given = {"public": public(), "keys": (demonstration_key("M").key_id,), "recovery": ()}
    assert fresh.codes("M", "begin_epoch", "mediators", **given) == {"sealing.no_recovery"}


def test_a_recovery_key_is_used_for_nothing_else(sealing: Sealing) -> None:
    state = sealing.simulator.state
    taken = state.recovery["A"].public
    assert sealing.simulator.codes("B", "name_recovery_key", public=taken) == {"sealing.key_used"}
    own = state.keys[sealing.key("B")].sealing
    assert sealing.simulator.codes("B", "name_recovery_key", public=own) == {"sealing.key_used"}
    assert group_of(state, "M") == "M" and group_of(state, "PA") == "A"


def test_somebody_who_joins_is_given_the_keys_by_a_member(sealing: Sealing) -> None:
    first = sealing.begin("PA", "side-A", "A", "PA")
    sealing.simulator.must("M", "admit", person="A2", role="delegate", side="A")
    sealing.enrol("A2", demonstration_key("A2"), "M")
    assert unboxed(sealing.chamber("side-A")) == (sealing.key("A2"),)
    box = {"epochs": (first,), "keys": (sealing.key("A2"),)}
    assert sealing.simulator.codes("B", "share_epochs", "side-A", **box) >= {"log.audience"}
    sealing.simulator.must("A", "share_epochs", "side-A", **box)
    assert not unboxed(sealing.chamber("side-A"))


def test_a_box_is_for_somebody_who_belongs_and_of_a_key_that_there_was(sealing: Sealing) -> None:
    first = sealing.begin("PA", "side-A", "A", "PA")
    codes = sealing.simulator.codes
    stranger = {"epochs": (first,), "keys": (sealing.key("B"),)}
    assert codes("A", "share_epochs", "side-A", **stranger) == {"sealing.members"}
    assert codes("A", "share_epochs", "side-A", epochs=(first,)) == {"sealing.nobody"}
    assert codes("A", "share_epochs", "side-A", epochs=("A" * 43,), keys=(sealing.key("A"),)) == {
        "sealing.epoch"
    }
    assert codes("A", "share_epochs", "side-A", epochs=(first,), recovery=("B",)) == {"sealing.recovery"}


def test_who_has_left_or_lost_a_key_outlives_the_epoch_until_the_next(sealing: Sealing) -> None:
    sealing.begin("PA", "side-A", "A", "PA")
    sealing.simulator.must("M", "revoke_key", key=sealing.key("A"))
    assert outlived(sealing.chamber("side-A")) == (sealing.key("A"),)
    used = sealing.chamber("side-A").epochs[0].public
    assert sealing.codes("PA", "side-A", "PA", public=used) == {"sealing.key_used"}
    sealing.begin("PA", "side-A", "PA")
    assert not outlived(sealing.chamber("side-A"))
    assert len(sealing.chamber("side-A").epochs) == 2
