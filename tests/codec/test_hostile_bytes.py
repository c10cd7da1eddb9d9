"""Bytes and texts that end in a crash or slip through where a check is taken on trust."""

from typing import Any

import msgspec
import pytest

from detente.codec.canonical_json import decode_canonical
from detente.codec.identifier import Digest, LanguageTag, Origin, PersonId, ProvisionId, Side
from detente.codec.instant import Instant
from detente.codec.refusal import Refused


@pytest.mark.parametrize(
    "raw", [b'"\xe9x"', b'{"a":"\xff"}', *(b"[" * n + b"]" * n for n in (600, 800, 950))]
)
def test_bytes_that_are_not_utf8_or_too_deep_are_a_refusal(raw: bytes) -> None:
    with pytest.raises(Refused, match=r"json\.(malformed|too_deep)"):
        decode_canonical(raw)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Side, "A"),
        (PersonId, "A.legal"),
        (ProvisionId, "art_3__para_2"),
        (Digest, "A" * 43),
        (LanguageTag, "sr-Latn"),
        (Origin, "detente/abcdefghijklmnopqrstuvwxyz"),
        (Instant, "2025-10-28T02:30:00Z"),
    ],
)
def test_a_line_end_after_an_identifier_is_kept_out(kind: Any, text: str) -> None:
    assert msgspec.convert(text, kind) == text
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text + "\n", kind)
