"""Time: the keeper carries a cosigned checkpoint; what fewer than k cosigners say moves it no further."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.tlog.cosignature import ED25519_COSIGNATURE, MLDSA44_COSIGNATURE, Cosigner
from detente.tlog.signed_note import add_signatures, format_vkey
from tests.simulator import COSIGNER_NAMES, Simulator, demonstration_cosigner, seated, with_text

DAY = "2025-11-{:02}T00:00:00Z"
THREE = tuple(format_vkey(demonstration_cosigner(n).key) for n in COSIGNER_NAMES)


@pytest.mark.parametrize(
    ("quorum", "days", "now"),
    [
        (0, (1, 2, 3), ""),  # no quorum, no cosigned time: the mark orders display only
        (1, (3, 1, 2), DAY.format(1)),
        (2, (3, 1, 2), DAY.format(2)),
        (3, (3, 1, 2), DAY.format(1)),  # with no cosigner to spare, the earliest
        (2, (1, 9), DAY.format(1)),
        (2, (1, 1, 9), DAY.format(1)),
        (2, (3,), ""),
        (2, (9, 1, 9), DAY.format(9)),
        (1, (), ""),
    ],
)
def test_the_time_is_the_kth_smallest_that_cosigners_state_or_the_kth_largest_where_that_is_earlier(
    quorum: int, days: tuple[int, ...], now: str
) -> None:
    simulator = Simulator(quorum=quorum, cosigners=THREE)
    assert not simulator.mark(*(DAY.format(day) for day in days))
    assert simulator.state.clock.now == now


def test_one_cosigner_of_two_brings_nothing_into_force_before_its_time() -> None:
    simulator = with_text(quorum=2, terms={"entry": "date", "entry_date": DAY.format(9)})
    simulator.steps("sign", "A", "B")
    assert not simulator.mark(DAY.format(1), "2031-01-01T00:00:00Z")
    assert simulator.answers() == "yyyn"


def test_time_never_runs_back() -> None:
    simulator = Simulator()
    assert not simulator.mark(DAY.format(5))
    clock = simulator.state.clock
    assert not simulator.mark(DAY.format(4))
    assert simulator.state.clock == clock


def test_a_cosigner_that_the_record_does_not_name_says_nothing() -> None:
    simulator = Simulator(quorum=2)
    assert not simulator.mark(DAY.format(2), DAY.format(2), DAY.format(3))
    assert simulator.state.clock.now == DAY.format(2)
    simulator = Simulator(quorum=1, cosigners=THREE[2:])
    assert not simulator.mark(DAY.format(1), DAY.format(2))
    assert simulator.state.clock.now == ""


def test_only_the_keeper_marks_the_time() -> None:
    simulator = seated()
    for person in ("M", "A", "PA"):
        assert simulator.codes(person, "mark_time", checkpoint=simulator.checkpoint(DAY.format(1))) >= {
            "participation.role"
        }


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"seen": (1, encode_base64url(bytes(32)))}, {"time.checkpoint"}),
        ({"checkpoint": "no note"}, {"note.malformed"}),
    ],
)
def test_the_checkpoint_is_the_one_that_the_keeper_has_seen(fields: dict[str, Any], codes: set[str]) -> None:
    assert {r.code for r in Simulator().mark(DAY.format(1), **fields)} == codes


def test_a_checkpoint_of_another_log_is_no_mark_here() -> None:
    simulator = Simulator()
    foreign = simulator.checkpoint(DAY.format(1), origin="detente/" + "a" * 26)
    assert {r.code for r in simulator.mark(checkpoint=foreign)} == {"checkpoint.unsigned"}


def test_a_cosignature_changed_by_one_byte_is_refused() -> None:
    simulator = Simulator()
    note = simulator.checkpoint(DAY.format(1))
    broken = note[:-6] + ("A" if note[-6] != "A" else "B") + note[-5:]
    assert {r.code for r in simulator.mark(checkpoint=broken)} == {"note.signature"}


def test_a_checkpoint_cannot_cover_acts_that_are_yet_to_come() -> None:
    simulator = Simulator()
    assert {r.code for r in simulator.mark(DAY.format(1), size=simulator.state.size + 1)} == {"time.ahead"}


def test_a_time_that_has_no_spelling_is_refused_and_breaks_no_replay() -> None:
    simulator = Simulator()
    assert {r.code for r in simulator.mark(2**62)} == {"time.beyond"}
    seen = (simulator.state.size, encode_base64url(simulator.root(simulator.state.size)))
    simulator.force("K", "mark_time", checkpoint=simulator.checkpoint(2**62), seen=seen)
    assert simulator.state.irregular[-1].codes == ("time.beyond",)
    assert simulator.state.clock.now == ""


def test_a_cosigner_with_two_keys_is_one_cosigner() -> None:
    """A quorum counts cosigners: one that signs with Ed25519 and ML-DSA-44 does not make two."""
    other = Cosigner.from_seed(COSIGNER_NAMES[0], MLDSA44_COSIGNATURE, bytes(32))
    another = Cosigner.from_seed(COSIGNER_NAMES[1], ED25519_COSIGNATURE, bytes(32))
    assert {r.code for r in Simulator(cosigners=(THREE[0], format_vkey(other.key))).convened_with} == {
        "convening.cosigners"
    }
    simulator = Simulator(quorum=2, cosigners=(THREE[0], format_vkey(another.key)))
    note = simulator.checkpoint(DAY.format(1))
    text = note.partition("\n\n")[0] + "\n"
    assert not simulator.mark(
        checkpoint=add_signatures(note.encode(), [other.sign(text, 1_762_000_000)]).decode()
    )
    assert simulator.state.clock.now == ""
