"""A key's id agrees with other libraries; its words can be told apart."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.thumbprint import fingerprint_words, thumbprint
from detente.keys.word_list import WORDS

KEYS = st.binary(min_size=32, max_size=32).map(SigningKey.from_seed)


def test_rfc_8037_appendix_a_3() -> None:
    public = decode_base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    assert thumbprint(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@given(KEYS)
def test_joserfc_computes_the_same_id(key: SigningKey) -> None:
    jwk = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(key.public)})
    assert key.key_id == jwk.thumbprint()


def test_the_words_of_a_key_stay_what_they_are() -> None:
    """A change of the list or the label would make read-out words differ between versions."""
    assert fingerprint_words(bytes(32)) == ("mitten", "pigeon", "yacht", "river", "nickel")


@given(KEYS, KEYS)
def test_different_keys_have_different_words(first: SigningKey, second: SigningKey) -> None:
    assert (first == second) == (fingerprint_words(first.public) == fingerprint_words(second.public))


def test_there_is_one_word_for_each_byte() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.islower() and 3 < len(word) < 9 for word in WORDS)


def test_no_two_words_are_easily_taken_for_each_other() -> None:
    assert len({word[:3] for word in WORDS}) == 256
    for left, right in combinations(WORDS, 2):
        if len(left) == len(right):
            assert sum(a != b for a, b in zip(left, right, strict=True)) > 1, (left, right)
