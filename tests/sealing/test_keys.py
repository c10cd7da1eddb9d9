"""Keys of sealed files: the texts of both halves, and what a tired person types."""

from __future__ import annotations

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.sealing.bech32 import SIGNS, decode_bech32, encode_bech32
from detente.sealing.identity import make_identity, public_of, read_identity
from detente.sealing.recipient import A, P, check_recipient, public_behind, recipient_of

SECRETS = st.binary(min_size=32, max_size=32)
HEAD = "AGE-SECRET-KEY-1"


def text_of(secret: bytes) -> str:
    return encode_bech32("AGE-SECRET-KEY-", secret).upper()


@given(SECRETS)
def test_both_halves_are_as_others_derive_and_write_them(secret: bytes) -> None:
    identity = read_identity(text_of(secret))
    public = X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    assert public_of(identity) == public
    assert recipient_of(public) == str(pyrage.x25519.Identity.from_str(text_of(secret)).to_public())
    assert public_behind(recipient_of(public)) == public


def test_two_new_identities_differ_and_are_read_as_written() -> None:
    one, two = make_identity(), make_identity()
    assert one != two
    assert read_identity(one) == one


@given(SECRETS, st.integers(0, 57), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_noticed(secret: bytes, at: int, sign: str) -> None:
    text = encode_bech32("age", secret)
    wrong = text[: 4 + at] + sign + text[5 + at :]
    assert decode_bech32("age", wrong) == (secret if wrong == text else None)
    assert decode_bech32("agf", text) is None


@given(SECRETS, st.lists(st.sampled_from([" ", "\n", "\t", "-", ".", "–", "\u200b", "\u00a0"]), min_size=20, max_size=20),
       st.booleans())  # fmt: skip
def test_an_identity_is_read_however_it_is_spaced(secret: bytes, between: list[str], small: bool) -> None:
    text = text_of(secret)
    groups = [text[at : at + 4] for at in range(0, len(text), 4)]
    typed = "".join(gap + group for gap, group in zip(between, groups, strict=False))
    assert read_identity(typed.lower() if small else typed) == text


def test_signs_that_are_taken_for_others_are_read_as_those() -> None:
    text = text_of(bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df" + "10" * 12))
    data = text.removeprefix(HEAD)
    assert {"8", "L", "0"} <= set(data)
    for typed in (
        data.replace("0", "O"),
        data.replace("8", "B"),
        data.replace("L", "1"),
        data.replace("L", "I"),
    ):
        assert read_identity(HEAD + typed) == text


@pytest.mark.parametrize("typed", ["", "AGE-SECRET-KEY-", "my dog", HEAD, HEAD + "Q" * 57, HEAD + "Q" * 58,
                                   "AGE-SECRET-KEY-PQ-1" + "Q" * 58, HEAD + "Q" * 59, "age1" + "q" * 58])  # fmt: skip
def test_what_is_no_identity_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        read_identity(typed)
    (refusal,) = caught.value.refusals
    assert refusal.code == "sealing.identity"
    assert "paper" in refusal.instead


def test_a_refusal_says_what_is_wrong_and_nothing_of_the_key() -> None:
    text = text_of(bytes(range(32)))
    said = set()
    for typed in (text[16:], text[:-1], text[:-1] + ("Q" if text[-1] != "Q" else "P")):
        with pytest.raises(Refused) as caught:
            read_identity(typed)
        (refusal,) = caught.value.refusals
        said.add(refusal.sentence)
        assert text[16:24] not in str(caught.value)
    assert len(said) == 3


def test_points_of_small_order_are_exactly_those_that_give_everybody_one_secret() -> None:
    order_8 = [u for u in _doubling_to_one() if u not in (0, 1, P - 1)]
    assert len(order_8) == 2
    for u in (0, 1, P - 1, *order_8):
        raw = u.to_bytes(32, "little")
        with pytest.raises(ValueError):
            X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(raw))
        with pytest.raises(Refused, match=r"sealing\.recipient"):
            check_recipient(raw)
    for u in (2, 9, P - 2):
        check_recipient(u.to_bytes(32, "little"))


def _doubling_to_one() -> list[int]:
    """The roots of u^4 - 4u^3 - (2 + 4A)u^2 - 4u + 1: with w = u + 1/u, w^2 - 4w - (4 + 4A) = 0, twice a quadratic."""
    roots = []
    for w in (2 + root for root in _square_roots(4 + 4 + 4 * A)):
        roots += [(w + root) * pow(2, -1, P) % P for root in _square_roots(w * w - 4)]
    return roots


def _square_roots(value: int) -> list[int]:
    """RFC 8032 sec. 5.1.3: p is 5 mod 8."""
    root = pow(value, (P + 3) // 8, P)
    for candidate in (root, root * pow(2, (P - 1) // 4, P) % P):
        if (candidate * candidate - value) % P == 0:
            return [candidate, P - candidate]
    return []
