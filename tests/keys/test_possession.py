"""Proof of possession: for this key, this log and this person only."""

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.keys.generate import SigningKey
from detente.keys.possession import check_possession, possession_statement, prove_possession

ORIGIN = "detente/abcdefghijklmnopqrstuvwxyz"
KEY = SigningKey.from_seed(bytes(range(32)))
OTHER = SigningKey.from_seed(bytes(range(1, 33)))
PROOF = prove_possession(KEY, ORIGIN, "A")


def code_of(public: bytes, origin: str, person: str, proof: str) -> str:
    with pytest.raises(Refused) as caught:
        check_possession(public, origin, person, proof)
    return caught.value.refusals[0].code


def test_the_holder_of_the_key_proves_it() -> None:
    check_possession(KEY.public, ORIGIN, "A", PROOF)
    assert len(PROOF) == 86


def test_the_signed_bytes() -> None:
    assert possession_statement(KEY.key_id, ORIGIN, "A") == (
        b"detente proof of possession v1\n"
        b'{"key":"' + KEY.key_id.encode() + b'","origin":"detente/abcdefghijklmnopqrstuvwxyz","person":"A"}'
    )


@pytest.mark.parametrize(
    ("public", "origin", "person", "proof"),
    [
        (OTHER.public, ORIGIN, "A", PROOF),
        (KEY.public, ORIGIN + "/side-A", "A", PROOF),
        (KEY.public, ORIGIN, "B", PROOF),
        (KEY.public, ORIGIN, "A", prove_possession(OTHER, ORIGIN, "A")),
        (KEY.public, ORIGIN, "A", PROOF + "\n"),
        (KEY.public, ORIGIN, "A", PROOF[:-2]),
        (KEY.public, ORIGIN, "A", ""),
        (KEY.public, ORIGIN, "A", encode_base64url(KEY.sign(b'{"person":"A"}'))),
    ],
)
def test_a_proof_for_something_else_is_refused(public: bytes, origin: str, person: str, proof: str) -> None:
    assert code_of(public, origin, person, proof) == "key.possession"


def test_the_identity_point_proves_nothing() -> None:
    identity = bytes([1]) + bytes(31)
    assert code_of(identity, ORIGIN, "A", encode_base64url(identity + bytes(32))) == "key.small_order"
