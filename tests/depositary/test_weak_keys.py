"""Weak keys enter no record: not by an enrolment, not by a convening, not as a key to read with."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.convening import process_origin
from detente.codec.base64url import encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused
from detente.keys.possession import prove_possession
from detente.keys.thumbprint import thumbprint
from detente.sealing.recipient import check_recipient
from detente.signing.envelope import ACT_TYPE
from detente.state.records import State
from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.signed_note import VerifierKey, format_vkey
from tests.depositary.talks import NONCE, Talks, everything, key_named, open_host
from tests.keys.weak import ED25519, X25519
from tests.simulator import Simulator

FORGED = encode_base64url(b"\x01" + bytes(63))
"""With the identity for a key, some libraries let this signature verify whatever is said to be signed."""

every_ed25519 = pytest.mark.parametrize(("public", "code"), ED25519.values(), ids=ED25519)
every_x25519 = pytest.mark.parametrize("public", X25519.values(), ids=X25519)


@pytest.fixture
def talks() -> Talks:
    talks = Talks(open_host()).convene()
    talks.do("M", "admit", person="A", role="delegate", side="A")
    return talks


def codes(talks: Talks, by: str, kind: str, /, **fields: Any) -> set[str]:
    """What the door says of it; nothing has changed."""
    before = everything(talks.depositary)
    with pytest.raises(Refused) as refused:
        talks.do(by, kind, **fields)
    assert everything(talks.depositary) == before
    return {refusal.code for refusal in refused.value.refusals}


@every_ed25519
def test_a_weak_key_is_refused_at_the_door(talks: Talks, public: bytes, code: str) -> None:
    brought = {"person": "A", "public": encode_base64url(public), "possession": FORGED}
    assert code in codes(talks, "M", "enrol", **brought)


@every_x25519
def test_a_weak_key_to_read_with_is_refused_at_the_door(talks: Talks, public: bytes) -> None:
    key, sealing = key_named("A"), encode_base64url(public)
    proof = prove_possession(key, talks.origin, "A", sealing)
    brought = {"person": "A", "public": encode_base64url(key.public), "possession": proof, "sealing": sealing}
    assert codes(talks, "M", "enrol", **brought) == {"sealing.recipient"}
    assert codes(talks, "M", "name_recovery_key", public=sealing) == {"sealing.recipient"}


@every_ed25519
def test_a_weak_key_convenes_nothing_by_its_own_signature(public: bytes, code: str) -> None:
    """The convening act is signed by the key that it names, so a weak one would sign anything for anybody."""
    talks = Talks(open_host())
    named = encode_base64url(public)
    talks.convening["convenor_key"] = named
    talks.origin = process_origin("talks", talks.log_key, named, NONCE)
    _header, payload, _signature = talks.raw("M", "convene", **talks.convening).rstrip(b"~").split(b".")
    header = {"alg": "Ed25519", "kid": thumbprint(public), "typ": ACT_TYPE}
    forged = b".".join((encode_base64url(encode_canonical(header)).encode(), payload, FORGED.encode()))
    with pytest.raises(Refused) as refused:
        talks.depositary.receive_act(forged + b"~")
    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert everything(talks.depositary) == ()


@pytest.mark.parametrize("field", ["keeper_key", "log_key"])
@every_ed25519
def test_a_weak_key_convenes_nothing(field: str, public: bytes, code: str) -> None:
    simulator = Simulator(**{field: encode_base64url(public)})
    assert simulator.state == State()
    assert code in {refusal.code for refusal in simulator.convened_with}


@every_x25519
def test_a_weak_key_to_read_with_convenes_nothing(public: bytes) -> None:
    simulator = Simulator(convenor_sealing=encode_base64url(public))
    assert simulator.state == State()
    assert {refusal.code for refusal in simulator.convened_with} == {"sealing.recipient"}


@every_ed25519
def test_a_weak_key_is_nobodys_cosigner(public: bytes, code: str) -> None:
    """Whatever refuses it: the key as such, or its line in the convening act."""
    with pytest.raises(Refused) as refused:
        vkey = format_vkey(VerifierKey("weak.example", ED25519_COSIGNATURE, public))
        simulator = Simulator(cosigners=(vkey,))
        assert simulator.state == State()
        raise Refused(*simulator.convened_with)
    assert code in {refusal.code for refusal in refused.value.refusals}


def test_a_sound_key_is_admitted_in_all_these_places(talks: Talks) -> None:
    """Without this the tests above would pass where everything is refused."""
    key, sealing = key_named("A"), encode_base64url(bytes([9]) + bytes(31))
    check_recipient(bytes([9]) + bytes(31))
    proof = prove_possession(key, talks.origin, "A", sealing)
    talks.do("M", "enrol", person="A", public=encode_base64url(key.public), possession=proof, sealing=sealing)
    assert not Simulator(convenor_sealing=sealing).convened_with
