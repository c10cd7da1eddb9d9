"""Convening: the first act fixes who, under which key and which edition of the procedure."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.kinds import BY_NAME
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.procedure.examination import examine
from detente.procedure.fold import fold
from detente.state.records import State
from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.signed_note import VerifierKey, format_vkey, parse_vkey
from tests.simulator import Simulator, demonstration_key, seated

SMALL_ORDER = encode_base64url((1).to_bytes(32, "little"))


def refused(**fields: Any) -> set[str]:
    simulator = Simulator(**fields)
    assert simulator.state == State(), "a refused convening leaves no record"
    return {r.code for r in simulator.convened_with}


def test_convening_admits_the_convenor_and_the_keeper_with_their_keys() -> None:
    state = Simulator().state
    assert {p.id: p.role for p in state.people.values()} == {"M": "mediator", "K": "keeper"}
    assert {k.person for k in state.keys.values()} == {"M", "K"}
    assert state.convened.sides == ("A", "B")


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"sides": ("A",)}, {"convening.sides"}),
        ({"sides": ("A", "A")}, {"convening.sides"}),
        ({"sides": ("A", "M")}, {"convening.sides", "convening.id"}),
        ({"quorum": 3}, {"convening.quorum"}),
        ({"procedure": 4}, {"procedure.edition"}),
        ({"proc": "detente/" + "a" * 26}, {"convening.origin"}),
        ({"cosigners": ("nonsense",), "quorum": 0}, {"vkey.malformed"}),
        ({"log_key": SMALL_ORDER}, {"key.small_order"}),
        ({"aud": ()}, {"act.audience"}),
        ({"aud": ("X",)}, {"act.audience"}),
        ({"seq": 1}, {"act.out_of_order"}),
        ({"sides": ("K", "A")}, {"convening.id"}),
        ({"keeper_key": encode_base64url(demonstration_key("M").public)}, {"convening.person"}),
    ],
)
def test_a_convening_that_could_not_carry_a_record_is_refused(
    fields: dict[str, Any], codes: set[str]
) -> None:
    assert refused(**fields) == codes


def test_all_faults_come_at_once() -> None:
    assert refused(sides=("A",), quorum=9, procedure=7) == {
        "convening.sides", "convening.quorum", "procedure.edition",
    }  # fmt: skip


def test_one_cosigner_under_two_entries_is_refused() -> None:
    twice = (Simulator().state.convened.cosigners[0],) * 2
    assert refused(cosigners=twice) == {"convening.cosigners"}


def with_key(name: str, public: bytes) -> str:
    return format_vkey(VerifierKey(name, ED25519_COSIGNATURE, public))


def test_cosigners_under_whom_no_checkpoint_could_be_verified_are_refused() -> None:
    """One key under two names, the log's own key, or the name of a log."""
    convened = Simulator().state.convened
    key = parse_vkey(convened.cosigners[0]).public_key
    for cosigners in (
        (with_key("one.example", key), with_key("two.example", key)),
        (with_key("one.example", decode_base64url(convened.log_key)),),
        (with_key(convened.origin, key),),
        (with_key(f"{convened.origin}/side-A", key),),
    ):
        assert refused(cosigners=cosigners) == {"convening.cosigners"}
    beside = (with_key(f"{convened.origin}-archive", key),)
    assert not Simulator(cosigners=beside).convened_with


def test_the_convenor_s_key_signs_the_convening() -> None:
    simulator = Simulator()
    act = simulator.history[0]
    foreign = simulator.act("K", "adjourn")
    assert {r.code for r in examine(State(), foreign)} == {"phase.before"}
    signed_by_k = type(foreign)(act.clear, "", simulator.key_of("K"), act.leaf)
    assert {r.code for r in examine(State(), signed_by_k)} == {"key.unknown"}
    assert fold(State(), signed_by_k).process is None


def test_a_process_is_convened_once() -> None:
    simulator = Simulator()
    first = simulator.history[0].clear
    fields = {f: getattr(first, f) for f in BY_NAME["convene"].clear_fields}
    assert simulator.codes("M", "convene", **fields) == {"phase.closed"}


@pytest.mark.parametrize("kind", ["adjourn", "break_off", "conclude"])
@pytest.mark.parametrize("person", ["A", "PA", "K"])
def test_talks_are_ended_by_those_who_mediate_and_by_no_side(person: str, kind: str) -> None:
    simulator = seated()
    (refusal,) = simulator.do(person, kind)
    assert refusal.code == "participation.role"
    assert refusal.instead == "It is for: mediator, secretariat."


def test_the_process_id_is_nobody_else_s_to_choose() -> None:
    """Another convenor's key gives another origin, so that nobody can convene the same process again."""
    assert (
        Simulator().origin != Simulator(convenor_key=encode_base64url(demonstration_key("X").public)).origin
    )
