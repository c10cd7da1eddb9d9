"""Identifiers: what each pattern admits and what it keeps out."""

from typing import Any

import msgspec
import pytest

from detente.codec.identifier import Digest, LanguageTag, Origin, PersonId, ProvisionId, Side

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Side, "A"),
        (PersonId, "PA"),
        (PersonId, "A.legal"),
        (ProvisionId, "art_3__para_2"),
        (Digest, "A" * 43),
        (LanguageTag, "sr-Latn"),
        (Origin, f"detente/{LETTERS}"),
        (Origin, f"detente/{LETTERS}/mediators-A"),
    ],
)
def test_identifiers_in_use(kind: Any, text: str) -> None:
    assert msgspec.convert(text, kind) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Side, "AB"),
        (PersonId, "a"),
        (PersonId, "A/../B"),
        (ProvisionId, "art"),
        (ProvisionId, "art_3__"),
        (Digest, "A" * 42),
        (Digest, "A" * 42 + "+"),
        (LanguageTag, "EN"),
        (Origin, f"detente/{LETTERS[:-1]}1"),
        (Origin, f"detente/{LETTERS}/side-A/x"),
    ],
)
def test_near_misses_are_kept_out(kind: Any, text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, kind)
