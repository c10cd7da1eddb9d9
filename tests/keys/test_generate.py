"""Key pairs: RFC 8032's own examples, agreement with OpenSSL, and a seed that is never printed."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.keys.ed25519 import L, signature_holds
from detente.keys.generate import SigningKey, generate_signing_key

SEEDS = st.binary(min_size=32, max_size=32)


def test_rfc_8032_test_2() -> None:
    key = SigningKey.from_seed(
        bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert key.sign(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


@given(SEEDS, st.binary())
def test_openssl_signs_the_same(seed: bytes, message: bytes) -> None:
    key = SigningKey.from_seed(seed)
    assert key.sign(message) == Ed25519PrivateKey.from_private_bytes(seed).sign(message)
    assert signature_holds(key.public, message, key.sign(message))


@given(SEEDS, st.binary(min_size=1), st.integers(0, 511))
def test_a_flipped_bit_of_the_signature_is_seen(seed: bytes, message: bytes, bit: int) -> None:
    key = SigningKey.from_seed(seed)
    flipped = int.from_bytes(key.sign(message), "big") ^ (1 << bit)
    assert not signature_holds(key.public, message, flipped.to_bytes(64, "big"))


def test_s_plus_the_order_is_not_a_second_signature() -> None:
    key = SigningKey.from_seed(bytes(32))
    signature = key.sign(b"message")
    second = signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
    assert not signature_holds(key.public, b"message", second)
    assert not signature_holds(key.public, b"message", signature[:63])


def test_two_generated_keys_differ() -> None:
    first, second = generate_signing_key(), generate_signing_key()
    assert first.public != second.public
    assert SigningKey.from_seed(first.seed) == first


def test_the_seed_is_not_printed_and_cannot_be_replaced() -> None:
    key = SigningKey.from_seed(bytes(range(32)))
    assert repr(key.seed) not in repr(key)
    with pytest.raises(AttributeError):
        key.seed = bytes(32)  # type: ignore[misc]


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(Refused, match=r"key\.length"):
        SigningKey.from_seed(bytes(31))
