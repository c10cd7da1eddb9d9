"""Faults of header and payload. One a vector: all else in it is sound, its signature included."""

from __future__ import annotations

import hashlib
import hmac

from act_parts import (
    AUTHOR,
    STRANGER,
    Vector,
    act,
    header,
    jws,
    payload,
    payload_with_arrays,
    text,
    vector,
)

from detente.codec.base64url import encode_base64url

_JWK = {"crv": "Ed25519", "kty": "OKP", "x": encode_base64url(STRANGER.public)}


def _hmac_with_public_key(signing_input: bytes) -> bytes:
    return hmac.digest(AUTHOR.public, signing_input, hashlib.sha256)


def header_faults() -> dict[str, Vector]:
    def fault(about: str, code: str, raw: bytes) -> Vector:
        return vector(about, raw, "envelope", code)

    none = text(header(alg="none")) + b"." + text(payload()) + b"."
    spaced = header().replace(b",", b", ")
    twice = header().replace(b'"typ"', b'"kid":"' + STRANGER.key_id.encode() + b'","typ"')
    mac = jws(header(alg="HS256"), sign=_hmac_with_public_key)
    own_key = header(jwk=_JWK, kid=STRANGER.key_id)
    return {
        "alg_none": fault("The header says alg none, and there is no signature.", "envelope.alg", act(none)),
        "alg_hs256": fault("HMAC, with the public key as its secret.", "envelope.alg", act(mac)),
        "alg_eddsa": fault("The old polymorphic name EdDSA.", "envelope.alg", act(jws(header(alg="EdDSA")))),
        "alg_unknown": fault("An algorithm nobody knows.", "envelope.alg", act(jws(header(alg="Ed25519ph")))),
        "alg_missing": fault("No algorithm is named.", "envelope.alg", act(jws(header(alg=None)))),
        "crit_unknown": fault(
            "A critical extension that is not known.",
            "envelope.crit",
            act(jws(header(crit=["exp"], exp=1761618600))),
        ),
        "crit_b64": fault(
            "A critical extension that is known elsewhere (RFC 7797).",
            "envelope.crit",
            act(jws(header(b64=True, crit=["b64"]))),
        ),
        "jwk_in_header": fault(
            "The header brings the key that signed it.",
            "envelope.key_in_header",
            act(jws(own_key, sign=STRANGER.sign)),
        ),
        "header_member": fault(
            "A header member that is not known.", "envelope.header_member", act(jws(header(cty="json")))
        ),
        "typ_other": fault("A statement of another type.", "envelope.typ", act(jws(header(typ="JWT")))),
        "typ_missing": fault("A statement of no type.", "envelope.typ", act(jws(header(typ=None)))),
        "kid_missing": fault("No key is named.", "envelope.kid_malformed", act(jws(header(kid=None)))),
        "kid_short": fault(
            "The key is named, not by a thumbprint.", "envelope.kid_malformed", act(jws(header(kid="key-1")))
        ),
        "header_duplicate_key": fault(
            "The header names the key twice.", "json.duplicate_key", act(jws(twice))
        ),
        "header_array": fault("The header is an array.", "json.not_object", act(jws(b"[" + header() + b"]"))),
        "header_not_canonical": fault(
            "The header has spaces after its commas.", "json.not_canonical", act(jws(spaced))
        ),
    }


def payload_faults() -> dict[str, Vector]:
    def fault(about: str, code: str, body: bytes) -> Vector:
        return vector(about, act(jws(body=body)), "envelope", code)

    sound = payload()
    return {
        "payload_duplicate_key": fault(
            "The payload says twice what is done.",
            "json.duplicate_key",
            sound.replace(b'"aud"', b'"act":"assent","aud"'),
        ),
        "payload_unsorted": fault(
            "The payload's members are not sorted.",
            "json.not_canonical",
            sound.replace(b'"v":1', b"").replace(b",}", b"}").replace(b'{"_sd"', b'{"v":1,"_sd"'),
        ),
        "payload_spaces": fault(
            "The payload has spaces after its colons.", "json.not_canonical", sound.replace(b":[", b": [")
        ),
        "payload_escaped": fault(
            "The payload spells a letter as an escape.",
            "json.not_canonical",
            sound.replace(b"propose", b"\\u0070ropose"),
        ),
        "payload_float": fault(
            "A number that is not an integer.", "json.outside_profile", sound.replace(b":4,", b":4.0,")
        ),
        "payload_exponent": fault(
            "A whole number with an exponent.", "json.outside_profile", sound.replace(b":4,", b":4e0,")
        ),
        "payload_minus_zero": fault(
            "Nothing, with a sign.", "json.not_canonical", sound.replace(b":4,", b":-0,")
        ),
        "payload_lone_surrogate": fault(
            "Half of a pair of surrogates stands in a text.",
            "json.malformed",
            sound.replace(b"propose", b"\\ud83dpropose"),
        ),
        "payload_too_deep": fault(
            "Arrays and objects stand 65 deep.", "json.too_deep", payload_with_arrays(64)
        ),
        "payload_large_integer": fault(
            "An integer that a browser cannot hold.",
            "json.outside_profile",
            sound.replace(b":4,", b":9007199254740993,"),
        ),
        "payload_key_not_ascii": fault(
            "A member's name is not ASCII.",
            "json.outside_profile",
            sound.replace(b'"v"', '"é"'.encode()),
        ),
        "payload_array": fault("The payload is an array.", "json.not_object", b"[" + sound + b"]"),
        "payload_cut_short": fault("The payload ends too early.", "json.malformed", sound[:-1]),
        "payload_not_utf8": fault(
            "The payload is not UTF-8.", "json.malformed", sound.replace(b"propose", b"propos\xe9")
        ),
    }
