"""Every act has a sentence, in the past tense, from fields that it has, in words that judge nobody."""

from __future__ import annotations

import re
from typing import Any, get_args

import msgspec
import pytest

from detente.acts.act import Kind
from detente.acts.kinds import KINDS
from detente.wording.english import CATALOGUE, KIND_WORDS
from detente.wording.saying import SPELLERS, placeholders

JUDGING = re.compile(r"\b(fail\w*|violat\w*|refus\w*|reneg\w*|breach\w*|guilty|unfortunately)\b", re.I)
IRREGULAR = {"gave", "read", "broke", "took", "put", "set", "withdrew", "drew"}
CLAIMED = re.compile(r"\b(notice of (a )?breach|claims a breach|cure of (a|the) breach)\b", re.I)
"""What a treaty calls it (VCLT 60, 65): said by whoever claims it, found by nobody yet."""


def variants(kind: Kind) -> tuple[str, ...]:
    """The keys of a kind: one, or one for each value of the field that chooses the wording."""
    if not kind.variant:
        return (kind.name,)
    field = next(f for f in msgspec.structs.fields(kind.clear) if f.name == kind.variant)
    values: tuple[Any, ...] = get_args(field.type)
    return tuple(f"{kind.name}.{value}" for value in values)


KEYS = {key: kind for kind in KINDS for key in variants(kind)}


@pytest.mark.parametrize("key", KEYS)
def test_every_kind_and_variant_has_a_sentence(key: str) -> None:
    assert CATALOGUE[key].startswith("{author}")


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_sentence_says_only_what_its_act_has(key: str) -> None:
    kind = KEYS[key.removesuffix(".own")]
    known = {*kind.clear_fields, *kind.hidden_fields, "author", "on"}
    assert placeholders(CATALOGUE[key]) <= known


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_sentence_is_in_the_past_tense(key: str) -> None:
    template = CATALOGUE[key]
    verb = re.match(r"\{author\}(?:\[[^\]]*\])? (\w+|\{lift\})", template)
    following = verb[1] if verb else template.split()[1]
    assert following == "{lift}" or following.rstrip(",[").endswith("ed") or following in IRREGULAR


@pytest.mark.parametrize("words", [*CATALOGUE.values(), *KIND_WORDS.values()])
def test_no_sentence_judges(words: str) -> None:
    said = re.sub(r"\{\w+\}", "", CLAIMED.sub("", words))
    assert not JUDGING.search(said)


def test_hidden_fields_stand_only_where_a_reader_without_them_loses_no_more() -> None:
    for key, template in CATALOGUE.items():
        always = re.sub(r"\[[^\[\]]*\]", "", template)
        assert not placeholders(always) & set(KEYS[key.removesuffix(".own")].hidden_fields), key


def test_every_kind_is_called_something() -> None:
    assert set(KIND_WORDS) == {kind.name for kind in KINDS}


def test_leaves_and_ids_are_never_printed_as_they_are() -> None:
    """A field that holds a leaf, a person, a provision or an instant is spelt out."""
    spelt = {
        name
        for kind in KINDS
        for name in kind.clear_fields
        if any(name in placeholders(CATALOGUE[key]) for key in variants(kind))
    }
    plain = {"number", "side", "version"}
    assert spelt - plain <= set(SPELLERS)
