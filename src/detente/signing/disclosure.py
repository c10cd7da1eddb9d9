"""Hidden fields (RFC 9901 sec. 4.2): the payload's `_sd` holds digests, a disclosure opens one of them.

A disclosure is the base64url text of the canonical JSON array `[salt, name, value]`; its digest is SHA-256
over that text. `_sd` always has the kind's full number of digests, sorted. Those of absent fields are
decoys: digests of a bare salt, which no array can open. Whoever must show that a digest is a decoy shows
its salt.

    >>> disclosure = make_disclosure("title", "Draft", salt="AAECAwQFBgcICQoLDA0ODw")
    >>> disclosure
    'WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3IiwidGl0bGUiLCJEcmFmdCJd'
    >>> open_disclosures([digest_of(disclosure)], [disclosure], clear_names={"act"})
    {'title': 'Draft'}
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused, refuse
from detente.signing.canonical_object import decode_canonical_value
from detente.signing.salt import SALT_BYTES

ENVELOPE_MEMBERS = frozenset({"v", "proc", "act", "iat", "seq", "prev", "seen", "on", "aud", "_sd"})
"""Payload members of every kind. None of them can be hidden."""

SD_JWT_NAMES = frozenset({"_sd", "...", "_sd_alg"})
"""Names with a meaning of their own in RFC 9901."""

_MAKE_ANEW = "Make the act anew, each hidden field once and under its own name, and sign it again."
_SEND_ITS_OWN = "Send each disclosure of this act once, as it was made, and no other."
_DIGEST = re.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
"""32 bytes in base64url: the last of 43 characters has two unused bits, which are zero."""
_NAME = re.compile("[a-z][a-z0-9_]*")
"""As fields of acts are named. Whoever is shown a disclosure reads its name, which its author chose: no line of a report
and no heading of a page can be one."""


class Disclosure(msgspec.Struct, frozen=True):
    """One hidden field, opened."""

    salt: str
    name: str
    value: Any


def digest_of(disclosure: str) -> str:
    """SHA-256 of a disclosure's ASCII text, base64url (RFC 9901 sec. 4.2.3)."""
    return encode_base64url(hashlib.sha256(disclosure.encode("ascii")).digest())


def decoy_of(salt: str) -> str:
    """The digest that stands for a field which is absent (RFC 9901 sec. 4.2.5)."""
    return digest_of(salt)


def _holds_sd_jwt_name(value: object) -> bool:
    if isinstance(value, dict):
        return not SD_JWT_NAMES.isdisjoint(value) or any(map(_holds_sd_jwt_name, value.values()))
    return isinstance(value, list | tuple) and any(map(_holds_sd_jwt_name, value))


def _check_salt(salt: str) -> None:
    try:
        size = len(decode_base64url(salt))
    except Refused:
        size = 0
    if size < SALT_BYTES:
        raise refuse(
            "disclosure.salt",
            "The salt is not base64url of at least 128 bits, so the hidden value could be guessed.",
            "RFC 9901 sec. 9.3",
            "Draw a new salt from the system's generator.",
        )


def _check_names(disclosure: Disclosure) -> None:
    if disclosure.name in SD_JWT_NAMES:
        raise refuse(
            "disclosure.reserved_name",
            f"A disclosure is named “{disclosure.name}”.",
            "RFC 9901 sec. 7.1",
            _MAKE_ANEW,
        )
    if _holds_sd_jwt_name(disclosure.value):
        raise refuse(
            "disclosure.nested",
            f"The value of “{disclosure.name}” holds digests of its own.",
            "RFC 9901 sec. 4.2.6",
            "Hide whole fields only, at the top of the payload.",
        )


def read_disclosure(disclosure: str) -> Disclosure:
    """Raises `Refused`: `disclosure.malformed`, `.salt`, `.reserved_name` or `.nested`."""
    try:
        array = decode_canonical_value(decode_base64url(disclosure))
    except Refused:
        array = None
    match array:
        case [str(salt), str(name), value] if name in SD_JWT_NAMES or _NAME.fullmatch(name):
            opened = Disclosure(salt, name, value)
        case _:
            raise refuse(
                "disclosure.malformed",
                "A disclosure is not base64url of a canonical JSON array of salt, name and value.",
                "RFC 9901 sec. 4.2.1",
                _SEND_ITS_OWN,
            )
    _check_salt(opened.salt)
    _check_names(opened)
    return opened


def make_disclosure(name: str, value: object, salt: str) -> str:
    """The text that opens `name`. Raises `Refused`: `json.outside_profile`, or as `read_disclosure`."""
    disclosure = encode_base64url(encode_canonical([salt, name, value]))
    read_disclosure(disclosure)
    return disclosure


def check_digests(sd: Sequence[str]) -> None:
    """That `_sd` holds SHA-256 digests, sorted, none twice.

    Raises `Refused`: `disclosure.digest`, `.digest_twice` or `.not_sorted`.
    """
    for digest in sd:
        if not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
            raise refuse(
                "disclosure.digest", "_sd holds something that is no SHA-256 digest.", instead=_MAKE_ANEW
            )
    if len(set(sd)) < len(sd):
        raise refuse("disclosure.digest_twice", "_sd holds a digest twice.", "RFC 9901 sec. 7.1", _MAKE_ANEW)
    if sorted(sd) != list(sd):
        # An author's own order would tell which digest is which field.
        raise refuse(
            "disclosure.not_sorted", "The digests of _sd are not sorted.", "RFC 9901 sec. 4.2.4.1", _MAKE_ANEW
        )


def open_disclosures(
    sd: Sequence[str], disclosures: Sequence[str], clear_names: Collection[str]
) -> dict[str, Any]:
    """The hidden fields that `disclosures` open, by name, in their order. Fewer than `sd` may be opened.

    clear_names: the members of the payload. Raises `Refused`: the codes of `check_digests` and
    `read_disclosure`, `disclosure.duplicate`, `.unreferenced`, `.overrides` or `.name_twice`.
    """
    check_digests(sd)
    if len(set(disclosures)) < len(disclosures):
        raise refuse(
            "disclosure.duplicate", "A disclosure is there twice.", "RFC 9901 sec. 7.1", _SEND_ITS_OWN
        )
    opened: dict[str, Any] = {}
    for text in disclosures:
        disclosure = read_disclosure(text)
        name = disclosure.name
        if digest_of(text) not in sd:
            raise refuse(
                "disclosure.unreferenced",
                f"The disclosure of “{name}” opens no digest of this act.",
                "RFC 9901 sec. 7.1",
                _SEND_ITS_OWN,
            )
        if name in clear_names or name in ENVELOPE_MEMBERS:
            raise refuse(
                "disclosure.overrides",
                f"The disclosure of “{name}” would replace a field that stands in the clear.",
                "RFC 9901 sec. 7.1",
                _MAKE_ANEW,
            )
        if name in opened:
            raise refuse(
                "disclosure.name_twice",
                f"Two disclosures are named “{name}”.",
                "RFC 9901 sec. 7.1",
                _MAKE_ANEW,
            )
        opened[name] = disclosure.value
    return opened
