"""Hidden fields: a digest is opened by its disclosure and by nothing else."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.signing.disclosure import (
    Disclosure,
    check_digests,
    decoy_of,
    digest_of,
    make_disclosure,
    open_disclosures,
    read_disclosure,
)
from detente.signing.salt import make_nonce, make_salt

SALT = "AAECAwQFBgcICQoLDA0ODw"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=10,
)


def code_of(*disclosures: str, clear: tuple[str, ...] = ("act",)) -> str:
    with pytest.raises(Refused) as caught:
        open_disclosures(sorted(map(digest_of, disclosures)), disclosures, clear)
    return caught.value.refusals[0].code


def test_the_digest_example_of_rfc_9901_section_4_2_3() -> None:
    disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert digest_of(disclosure) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


@given(st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True), VALUES)
def test_a_value_comes_back_under_its_name(name: str, value: Any) -> None:
    assert read_disclosure(make_disclosure(name, value, SALT)) == Disclosure(SALT, name, value)


@given(st.text(min_size=1).filter(lambda name: not re.fullmatch("[a-z][a-z0-9_]*", name)), st.none())
@example("text\n  Cosigned   by everybody", None)
@example("Cosigned", None)
@example("_sd", None)
def test_a_name_that_no_field_has_is_refused(name: str, value: Any) -> None:
    with pytest.raises(Refused) as caught:
        make_disclosure(name, value, SALT)
    reserved = name in ("_sd", "...", "_sd_alg")
    assert caught.value.refusals[0].code == f"disclosure.{'reserved_name' if reserved else 'malformed'}"


def test_some_of_several_may_be_opened() -> None:
    made = [make_disclosure(name, name.upper(), make_salt()) for name in ("one", "two", "three")]
    sd = sorted(map(digest_of, made))
    assert open_disclosures(sd, [made[2], made[0]], ()) == {"three": "THREE", "one": "ONE"}
    assert open_disclosures(sd, [], ()) == {}


def test_another_salt_is_another_digest() -> None:
    assert digest_of(make_disclosure("a", 1, make_salt())) != digest_of(make_disclosure("a", 1, make_salt()))


def test_a_decoy_is_shown_by_its_salt_and_opens_nothing() -> None:
    sd = [decoy_of(SALT)]
    check_digests(sd)
    with pytest.raises(Refused, match=r"disclosure\.malformed"):
        open_disclosures(sd, [SALT], ())


@pytest.mark.parametrize("name", ["v", "proc", "act", "iat", "seq", "prev", "seen", "on", "aud"])
def test_no_member_of_the_envelope_can_be_disclosed(name: str) -> None:
    """Not even one that this act does not have: it would gain it."""
    assert code_of(make_disclosure(name, 1, SALT), clear=()) == "disclosure.overrides"


@pytest.mark.parametrize("name", ["_sd", "...", "_sd_alg"])
def test_names_of_the_format_can_be_neither_name_nor_key(name: str) -> None:
    for value in ({name: []}, [{"a": [{name: 1}]}]):
        with pytest.raises(Refused, match=r"disclosure\.nested"):
            make_disclosure("text", value, SALT)
    with pytest.raises(Refused, match=r"disclosure\.reserved_name"):
        make_disclosure(name, 1, SALT)


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"{}",
        b'"text"',
        b'["AAECAwQFBgcICQoLDA0ODw","a",1,2]',
        b'["AAECAwQFBgcICQoLDA0ODw","",1]',
        '["AAECAwQFBgcICQoLDA0ODw","é",1]'.encode(),
        b'["AAECAwQFBgcICQoLDA0ODw","a",1.5]',
        b'["AAECAwQFBgcICQoLDA0ODw","a","\xff"]',
        b'["AAECAwQFBgcICQoLDA0ODw","a",' + b"[" * 700 + b"]" * 700 + b"]",
        b'[1,"a",1]',
    ],
)
def test_other_shapes_are_malformed(raw: bytes) -> None:
    assert code_of(encode_base64url(raw)) == "disclosure.malformed"


@pytest.mark.parametrize("text", ["é", "AA\n", "AB", "WyJ"])
def test_other_texts_are_malformed(text: str) -> None:
    with pytest.raises(Refused, match=r"disclosure\.malformed"):
        open_disclosures([], [text], ())


@pytest.mark.parametrize("salt", ["", "short", "A" * 21, "A" * 22 + "=", "a salt with spaces in it"])
def test_a_weak_salt_is_refused(salt: str) -> None:
    with pytest.raises(Refused, match=r"disclosure\.salt"):
        make_disclosure("text", "words", salt)


@pytest.mark.parametrize("sd", [[7], [None], ["A" * 42], ["A" * 42 + "B"], ["A" * 44]])
def test_only_digests_stand_among_the_digests(sd: list[Any]) -> None:
    with pytest.raises(Refused, match=r"disclosure\.digest"):
        open_disclosures(sd, [], ())


def test_salts_and_nonces_have_128_bits_and_differ() -> None:
    drawn = {make() for make in (make_salt, make_nonce) for _ in range(100)}
    assert len(drawn) == 200
    assert {len(text) for text in drawn} == {22}
