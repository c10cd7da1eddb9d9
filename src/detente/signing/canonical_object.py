"""Canonical JSON as others send it: the codec's form, with the fault named."""

from __future__ import annotations

import json
from typing import Any

from detente.codec.canonical_json import decode_canonical
from detente.codec.refusal import Refused, refuse


class _DuplicateKey(Exception):  # noqa: N818  a signal within this file, not an error for others
    pass


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _DuplicateKey
    return members


def _has_duplicate_key(raw: bytes) -> bool:
    try:
        json.loads(raw.decode(), object_pairs_hook=_object_without_duplicates)
    except _DuplicateKey:
        return True
    return False


def decode_canonical_value(raw: bytes) -> Any:
    """The value that `raw`, from anyone, is the canonical form of.

    Raises `Refused`: `json.duplicate_key`, `json.too_deep`, or a code of
    `detente.codec.canonical_json.decode_canonical`.
    """
    try:
        return decode_canonical(raw)
    except Refused as refused:
        if refused.refusals[0].code == "json.not_canonical" and _has_duplicate_key(raw):
            raise refuse(
                "json.duplicate_key",
                "The JSON names a member twice, so that two readers could read two values.",
                "RFC 8785 sec. 3.1",
                "Write each member once.",
            ) from refused
        raise


def decode_canonical_object(raw: bytes) -> dict[str, Any]:
    """As `decode_canonical_value`, and it is an object; otherwise `Refused` with `json.not_object`."""
    value = decode_canonical_value(raw)
    if not isinstance(value, dict):
        raise refuse(
            "json.not_object", "The JSON is not an object.", "RFC 7519 sec. 7.2", "Write a JSON object."
        )
    return value
