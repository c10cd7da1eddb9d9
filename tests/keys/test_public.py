"""Public keys: eight small-order points, second spellings and points off the curve are kept out."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.keys.ed25519 import P
from detente.keys.generate import SigningKey
from detente.keys.public import check_public_key, read_public_key

SEEDS = st.binary(min_size=32, max_size=32)
SIGN = 2**255
IDENTITY = bytes([1]) + bytes(31)
ORDER_8_Y = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
SMALL_ORDER = [1, P - 1, 0, SIGN, ORDER_8_Y, ORDER_8_Y + SIGN, P - ORDER_8_Y, P - ORDER_8_Y + SIGN]


def code_of(public: bytes) -> str:
    with pytest.raises(Refused) as caught:
        check_public_key(public)
    return caught.value.refusals[0].code


def point(number: int) -> bytes:
    return number.to_bytes(32, "little")


@given(SEEDS)
def test_every_key_of_an_honest_generator_is_admitted(seed: bytes) -> None:
    check_public_key(SigningKey.from_seed(seed).public)


@pytest.mark.parametrize("number", SMALL_ORDER)
def test_points_of_small_order_are_refused(number: int) -> None:
    assert code_of(point(number)) == "key.small_order"


def test_openssl_lets_the_identity_point_verify_any_message() -> None:
    """Why the check stands here and is not left to a library."""
    Ed25519PublicKey.from_public_bytes(IDENTITY).verify(IDENTITY + bytes(32), b"any message at all")


@pytest.mark.parametrize("number", [P, P + 1, P + 18, P + SIGN, P + 1 + SIGN, 1 + SIGN, P - 1 + SIGN])
def test_second_spellings_are_refused(number: int) -> None:
    assert code_of(point(number)) == "key.not_canonical"


@given(SEEDS, st.sampled_from(SMALL_ORDER[1:]))
def test_a_component_of_small_order_is_refused(seed: bytes, small: int) -> None:
    mixed = crypto_core_ed25519_add(SigningKey.from_seed(seed).public, point(small))
    assert code_of(mixed) == "key.mixed_order"


@pytest.mark.parametrize("number", [2, 7, 2 + SIGN])
def test_bytes_off_the_curve_are_refused(number: int) -> None:
    assert code_of(point(number)) == "key.not_on_curve"


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_another_length_is_refused(size: int) -> None:
    assert code_of(bytes(size)) == "key.length"


def test_a_key_is_read_from_its_jwk_text() -> None:
    public = SigningKey.from_seed(bytes(32)).public
    assert read_public_key(encode_base64url(public)) == public
    for text, code in ((encode_base64url(public) + "=", "base64"), (encode_base64url(IDENTITY), "key.small")):
        with pytest.raises(Refused, match=code):
            read_public_key(text)
