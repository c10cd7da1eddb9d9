"""Cosigners named after convening: watched by whom they concern, counted by whoever's policy asks, never for time."""

from __future__ import annotations

import pytest

from detente.acts.cosigners import MOST_OF_ONE, standing_cosigners, verifiers_of_all
from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.tlog.cosignature import ED25519_COSIGNATURE, MLDSA44_COSIGNATURE, Cosigner
from detente.tlog.signed_note import ED25519, VerifierKey, format_vkey
from tests.keys.weak import ED25519 as WEAK
from tests.simulator import (
    COSIGNER_NAMES,
    Simulator,
    demonstration_cosigner,
    demonstration_key,
    fake_leaf,
    seated,
)

LATE = COSIGNER_NAMES[2]
EARLY, DAY = "2025-11-01T00:00:00Z", "2025-11-02T00:00:00Z"


def vkey(name: str, public: bytes | None = None, algorithm: int = ED25519_COSIGNATURE) -> str:
    return format_vkey(VerifierKey(name, algorithm, public or demonstration_cosigner(name).public_key))


def named(name: str = LATE, by: str = "A") -> tuple[Simulator, str]:
    simulator = seated()
    return simulator, simulator.must(by, "name_cosigner", vkey=vkey(name))


def standing(simulator: Simulator) -> list[str]:
    return [cosigner.name for cosigner in standing_cosigners(simulator.state)]


@pytest.mark.parametrize("person", ["A", "PA", "M"])
def test_a_participant_names_a_cosigner_and_drops_it(person: str) -> None:
    simulator, leaf = named(by=person)
    cosigner = simulator.state.cosigners[leaf]
    assert (cosigner.by, cosigner.name, cosigner.vkey) == (person, LATE, vkey(LATE))
    assert cosigner.group == ("M" if person == "M" else "A")
    assert [v.key.name for v in verifiers_of_all(simulator.state)] == list(COSIGNER_NAMES)
    simulator.must(person, "drop_cosigner", cosigner=leaf)
    assert simulator.state.cosigners[leaf].ended == simulator.state.size - 1
    assert standing(simulator) == []
    assert simulator.codes(person, "drop_cosigner", cosigner=leaf) == {"cosigner.dropped"}


def test_the_host_does_not_watch_itself() -> None:
    assert seated().codes("K", "name_cosigner", vkey=vkey(LATE)) == {"participation.role"}


def test_a_mediator_drops_anybodys_and_nobody_else_does() -> None:
    simulator, leaf = named()
    for other in ("B", "PA"):
        assert simulator.codes(other, "drop_cosigner", cosigner=leaf) == {"cosigner.not_yours"}
    assert simulator.codes("A", "drop_cosigner", cosigner=fake_leaf(0)) == {"cosigner.unknown"}
    simulator.must("M", "drop_cosigner", cosigner=leaf)


def test_it_ends_with_the_presence_of_its_person() -> None:
    simulator, _leaf = named()
    simulator.must("M", "leave", person="A")
    assert standing(simulator) == []


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("late.example", {"vkey.malformed"}),
        (vkey("late.example", demonstration_key("A").public, ED25519), {"vkey.algorithm"}),
        *((vkey("late.example", weak), {code}) for weak, code in WEAK.values()),
        (vkey("l" * 65, demonstration_cosigner(LATE).public_key), {"cosigner.name"}),
        (vkey("late.example", demonstration_key("log").public), {"cosigner.log_key"}),
        (vkey("late.example", demonstration_key("A").public), {"cosigner.act_key"}),
        (vkey("late.example", demonstration_key("K").public), {"cosigner.act_key"}),
        (vkey(COSIGNER_NAMES[0]), {"cosigner.named"}),
        (vkey("late.example", demonstration_cosigner(COSIGNER_NAMES[0]).public_key), {"cosigner.named"}),
        (vkey(COSIGNER_NAMES[0], demonstration_cosigner(LATE).public_key), {"cosigner.name"}),
    ],
)
def test_a_key_that_is_another_s_or_no_good_is_refused(given: str, codes: set[str]) -> None:
    assert seated().codes("A", "name_cosigner", vkey=given) == codes


def test_the_log_s_own_name_is_refused() -> None:
    simulator = seated()
    given = vkey(simulator.origin, demonstration_cosigner(LATE).public_key)
    assert simulator.codes("A", "name_cosigner", vkey=given) == {"cosigner.name"}


def test_a_key_of_another_algorithm_is_refused() -> None:
    key = Cosigner.from_seed("late.example", MLDSA44_COSIGNATURE, bytes(32)).key
    assert seated().codes("A", "name_cosigner", vkey=format_vkey(key)) == {"cosigner.algorithm"}


def test_a_key_is_named_once_also_when_it_was_dropped() -> None:
    simulator, leaf = named()
    assert simulator.codes("B", "name_cosigner", vkey=vkey(LATE)) == {"cosigner.named"}
    simulator.must("A", "drop_cosigner", cosigner=leaf)
    assert simulator.codes("A", "name_cosigner", vkey=vkey(LATE)) == {"cosigner.named"}


def test_nobody_names_more_than_a_few() -> None:
    simulator = seated()
    leaves = [
        simulator.must(
            "A", "name_cosigner", vkey=vkey(f"tab-{n}", SigningKey.from_seed(bytes([n] * 32)).public)
        )
        for n in range(MOST_OF_ONE)
    ]
    another = vkey("tab-9", SigningKey.from_seed(bytes([9] * 32)).public)
    assert simulator.codes("A", "name_cosigner", vkey=another) == {"cosigner.yours"}
    simulator.must("A", "drop_cosigner", cosigner=leaves[0])
    simulator.must("A", "name_cosigner", vkey=another)


def test_a_record_names_no_more_than_a_note_can_carry() -> None:
    keys = [SigningKey.from_seed(bytes([n] * 32)).public for n in range(90)]
    simulator = Simulator(cosigners=tuple(vkey(f"c-{n}", key) for n, key in enumerate(keys)))
    assert simulator.codes("M", "name_cosigner", vkey=vkey(LATE)) == {"cosigner.many"}


def test_a_cosigner_named_later_counts_for_no_mark_of_time() -> None:
    late, convened, *_others = COSIGNER_NAMES
    simulator = Simulator(quorum=1, cosigners=(vkey(convened),))
    simulator.must("M", "name_cosigner", vkey=vkey(late))
    assert simulator.mark(EARLY) == ()  # by the late one alone
    assert simulator.state.clock.now == ""
    assert simulator.mark(EARLY, DAY) == ()
    assert simulator.state.clock.now == DAY


def test_the_key_of_a_cosigner_signs_no_acts() -> None:
    """However it was named: a key that watches over acts is enrolled for none."""
    seed = bytes(31) + b"e"
    simulator, key = seated(), SigningKey.from_seed(seed)
    cosigner = Cosigner.from_seed("late.example", ED25519_COSIGNATURE, seed)
    simulator.must("A", "name_cosigner", vkey=format_vkey(cosigner.key))
    proof = prove_possession(key, simulator.origin, "A")
    fields = {"person": "A", "public": encode_base64url(key.public), "possession": proof}
    assert simulator.codes("A", "enrol", **fields) == {"key.cosigner"}
