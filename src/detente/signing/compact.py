"""A signed statement: a JWS in compact form (RFC 7515 sec. 7.1), `<header>.<payload>.<signature>`.

The header has exactly three members, in canonical form: `{"alg":"Ed25519","kid":"...","typ":"..."}`.
`alg` is the fully specified name of RFC 9864; no other is known, so none can be chosen by an attacker. The
key is never in the header: `kid` only names one that the reader already holds. The payload is a JSON object
in canonical form. `typ` keeps a statement of one type from being read as another.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused, refuse
from detente.keys.ed25519 import SIGNATURE_BYTES
from detente.keys.generate import SigningKey
from detente.signing.canonical_object import decode_canonical_object

ALG = "Ed25519"
_MEMBERS = {"alg", "kid", "typ"}
_KEY_IN_HEADER = {"jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256"}
_THUMBPRINT_BYTES = 32
_MAKE_ANEW = "Make the statement anew in the form that its specification gives it, and sign it again."


class Statement(msgspec.Struct, frozen=True, gc=False):
    """A compact JWS of one `typ`, taken apart; nothing in it is verified yet."""

    typ: str
    kid: str
    payload: bytes
    signature: bytes
    signing_input: bytes


def _header_refusal(members: dict[str, object], typ: str) -> Refused | None:
    foreign = sorted(set(members) - _MEMBERS)
    if members.get("alg") != ALG:
        return refuse(
            "envelope.alg",
            f"The signature algorithm is not {ALG}.",
            "RFC 9864 sec. 2.2; RFC 8725 sec. 3.1",
            f"Sign with {ALG}.",
        )
    if "crit" in members:
        return refuse(
            "envelope.crit", "The header holds a critical extension.", "RFC 7515 sec. 4.1.11", _MAKE_ANEW
        )
    if _KEY_IN_HEADER & set(foreign):
        return refuse(
            "envelope.key_in_header",
            "The header brings its own key; keys come from the record's registry only.",
            "RFC 8725 sec. 3.10",
            "Name the key by its thumbprint in kid.",
        )
    if foreign:
        return refuse(
            "envelope.header_member",
            f"The header holds “{foreign[0]}”, which is not known.",
            instead=_MAKE_ANEW,
        )
    if members.get("typ") != typ:
        return refuse(
            "envelope.typ", f"The statement is not of type {typ}.", "RFC 8725 sec. 3.11", _MAKE_ANEW
        )
    return None


def _is_thumbprint(kid: object) -> bool:
    try:
        return isinstance(kid, str) and len(decode_base64url(kid)) == _THUMBPRINT_BYTES
    except Refused:
        return False


@lru_cache(maxsize=4096)
def read_header(text: bytes, typ: str) -> str:
    """The `kid` of a header, given as its base64url text. Cached: a record has few distinct headers.

    Raises `Refused`: `envelope.alg`, `.crit`, `.key_in_header`, `.header_member`, `.typ`,
    `.kid_malformed`, `base64.not_canonical` or `json.*`.
    """
    members = decode_canonical_object(decode_base64url(text))
    refused = _header_refusal(members, typ)
    if refused:
        raise refused
    kid = members.get("kid")
    if not isinstance(kid, str) or not _is_thumbprint(kid):
        raise refuse(
            "envelope.kid_malformed",
            "The header does not name a key by its thumbprint.",
            "RFC 7638 sec. 3",
            _MAKE_ANEW,
        )
    return kid


@lru_cache(maxsize=4096)
def _header_text(kid: str, typ: str) -> bytes:
    return encode_base64url(encode_canonical({"alg": ALG, "kid": kid, "typ": typ})).encode()


def sign_compact(key: SigningKey, typ: str, payload: object) -> bytes:
    """`payload` (a mapping or a Struct) in canonical form, signed. Raises `Refused` with `json.*`."""
    text = encode_base64url(encode_canonical(payload)).encode()
    signing_input = _header_text(key.key_id, typ) + b"." + text
    return signing_input + b"." + encode_base64url(key.sign(signing_input)).encode()


def parse_compact(raw: bytes, typ: str, check_canonical: bool = True) -> Statement:
    """Take a compact JWS of type `typ` apart. Its signature is not verified here.

    check_canonical: whether to check that the payload is a canonical JSON object. A caller that decodes
    the payload into a type and compares its encoding leaves it out, since it would be done twice.
    Raises `Refused`: the codes of `read_header`, `envelope.parts`, `envelope.signature_length`,
    `base64.not_canonical` or `json.*`.
    """
    parts = raw.split(b".")
    if len(parts) != 3:
        raise refuse(
            "envelope.parts",
            "The statement does not consist of header, payload and signature.",
            "RFC 7515 sec. 7.1",
            _MAKE_ANEW,
        )
    kid = read_header(parts[0], typ)
    payload = decode_base64url(parts[1])
    signature = decode_base64url(parts[2])
    if len(signature) != SIGNATURE_BYTES:
        raise refuse(
            "envelope.signature_length",
            f"A signature has {SIGNATURE_BYTES} bytes, not {len(signature)}.",
            "RFC 8032 sec. 5.1.6",
            _MAKE_ANEW,
        )
    if check_canonical:
        decode_canonical_object(payload)
    return Statement(typ, kid, payload, signature, raw[: -len(parts[2]) - 1])
