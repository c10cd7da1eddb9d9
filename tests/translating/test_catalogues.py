"""The catalogues: complete, with the places of the English, and compiled as they stand."""

from __future__ import annotations

import re

import pytest
from babel.messages import Message

from translating.finding import found
from translating.keeping import files_of, is_translated, kept, renewed, tags

PLACE = re.compile(r"\{\w+\}|%\(\w+\)s")
TAG = re.compile(r"</?\w+")
COMPLETE = ("ur",)
"""Languages in which every message is to be said."""


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return [message for message in found() if message.id]


@pytest.mark.parametrize("tag", tags())
def test_what_is_kept_is_what_the_sources_say(tag: str) -> None:
    """python -m translating writes them again."""
    differ = [path.name for path, content in files_of(tag, renewed(tag, found())).items()
              if not path.exists() or path.read_bytes() != content]  # fmt: skip
    assert differ == []


@pytest.mark.parametrize("tag", COMPLETE)
def test_every_message_is_translated(tag: str, messages: list[Message]) -> None:
    catalogue = kept(tag)
    missing = [
        m.id for m in messages if not (one := catalogue.get(m.id, m.context)) or not is_translated(one)
    ]
    assert missing == []


@pytest.mark.parametrize("tag", tags())
def test_a_translation_has_the_places_and_the_markup_of_the_english(tag: str) -> None:
    wrong = []
    for message in kept(tag):
        if not message.id or not is_translated(message):
            continue
        several = isinstance(message.id, tuple)
        english = message.id[-1] if several else message.id
        said = message.string if several else (message.string,)
        for form in said:
            fewer = several and set(PLACE.findall(form)) < set(PLACE.findall(english))
            if set(PLACE.findall(form)) != set(PLACE.findall(english)) and not fewer:
                wrong.append((english, form))
            if sorted(TAG.findall(form)) != sorted(TAG.findall(english)):
                wrong.append((english, form))
    assert wrong == []
