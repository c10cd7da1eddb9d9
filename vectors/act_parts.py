"""The pieces from which the act vectors are put together, sound and unsound alike.

The seeds are for demonstration: bytes that count up. Salts are fixed. Nothing here is random.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

from nacl.bindings import crypto_core_ed25519_add, crypto_scalarmult_ed25519_base_noclamp

from detente.codec.base64url import encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.keys.ed25519 import L
from detente.keys.generate import SigningKey
from detente.keys.thumbprint import thumbprint
from detente.signing.disclosure import digest_of

AUTHOR = SigningKey.from_seed(bytes(range(32)))
STRANGER = SigningKey.from_seed(bytes(range(32, 64)))
TYP = "detente-act+sd-jwt"

# Points of the curve that no honest key generator returns.
IDENTITY = bytes([1]) + bytes(31)
IDENTITY_SECOND_SPELLING = (2**255 - 19 + 1).to_bytes(32, "little")
IDENTITY_WITH_A_SIGN = (1 + 2**255).to_bytes(32, "little")
ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
NOT_ON_CURVE = bytes([2]) + bytes(31)

PAYLOAD: dict[str, Any] = {
    "v": 1,
    "proc": "detente/abcdefghijklmnopqrstuvwxyz",
    "act": "propose_alternative",
    "iat": 1761618600,
    "seq": 4,
    "prev": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    "seen": [12, "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"],
    "aud": ["all"],
    "instrument": "understanding",
    "provision": "art_3__para_2",
}


def fixed_salts() -> Iterator[str]:
    """Salts 0, 1, 2 ... of 16 bytes."""
    return (encode_base64url(number.to_bytes(16, "big")) for number in count())


def hidden_field(number: int, name: object, value: object, salt_bytes: int = 16) -> str:
    """A disclosure without any check of what it discloses."""
    salt = encode_base64url(number.to_bytes(salt_bytes, "big"))
    return encode_base64url(json.dumps([salt, name, value], separators=(",", ":")).encode())


def header(**changes: object) -> bytes:
    """The sound header, with members changed, added, or (None) taken out."""
    members = {"alg": "Ed25519", "kid": AUTHOR.key_id, "typ": TYP} | changes
    return encode_canonical({name: value for name, value in members.items() if value is not None})


def payload(*disclosures: str, sd: object = None, **changes: object) -> bytes:
    """The sound payload with the digests of `disclosures`, sorted, or with `sd` as it stands."""
    digests = sorted(map(digest_of, disclosures)) if sd is None else sd
    return encode_canonical(PAYLOAD | {"_sd": digests} | changes)


def payload_with_arrays(number: int) -> bytes:
    """The sound payload, and in it so many arrays in one another."""
    return payload().replace(b'"art_3__para_2"', b"[" * number + b"]" * number)


def text(raw: bytes) -> bytes:
    return encode_base64url(raw).encode()


def signed_text(
    header_text: bytes, payload_text: bytes, sign: Callable[[bytes], bytes] = AUTHOR.sign
) -> bytes:
    """A JWS over two texts as they stand, so that a fault in a text is the only fault."""
    signing_input = header_text + b"." + payload_text
    return signing_input + b"." + text(sign(signing_input))


def jws(
    head: bytes | None = None, body: bytes | None = None, sign: Callable[[bytes], bytes] = AUTHOR.sign
) -> bytes:
    return signed_text(
        text(header() if head is None else head), text(payload() if body is None else body), sign
    )


def act(entry: bytes, *disclosures: str) -> bytes:
    return b"~".join([entry, *(d.encode() for d in disclosures), b""])


def with_other_tail(base64_text: bytes) -> bytes:
    """The same bytes, spelled with a tail that is not zero (RFC 4648 sec. 3.5)."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    if len(base64_text) % 4 == 0:
        raise ValueError("this text has no tail")
    return base64_text[:-1] + bytes([alphabet[alphabet.index(base64_text[-1]) + 1]])


def signature_with_s_plus_order(signing_input: bytes) -> bytes:
    signature = AUTHOR.sign(signing_input)
    return signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")


def signature_by_nobody(_: bytes) -> bytes:
    """R is the identity and S is 0: under the identity as public key this holds for every message."""
    return IDENTITY + bytes(32)


def act_under(public: bytes) -> bytes:
    """An act whose header names a key that nobody holds."""
    return act(jws(header(kid=thumbprint(public)), sign=signature_by_nobody))


MIXED_ORDER = crypto_core_ed25519_add(AUTHOR.public, ORDER_8)


def _challenge(r: bytes, public: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L


def _answer(nonce: int, challenge: int) -> bytes:
    """S, by the author's secret scalar (RFC 8032 sec. 5.1.6)."""
    secret = int.from_bytes(hashlib.sha512(AUTHOR.seed).digest()[:32], "little")
    secret = (secret & ~7 & (2**254 - 1)) | 2**254
    return ((nonce + challenge * secret) % L).to_bytes(32, "little")


def _base_times(nonce: int) -> bytes:
    return bytes(crypto_scalarmult_ed25519_base_noclamp(nonce.to_bytes(32, "little")))


def act_under_mixed_order() -> bytes:
    """An act under the author's key plus a point of order 8: its signature holds for some verifiers."""
    signing_input = text(header(kid=thumbprint(MIXED_ORDER))) + b"." + text(payload())
    for nonce in count(1):
        r = _base_times(nonce)
        challenge = _challenge(r, MIXED_ORDER, signing_input)
        if challenge % 8 == 0:  # then the point of order 8 drops out of the equation
            return act(signing_input + b"." + text(r + _answer(nonce, challenge)))
    raise AssertionError("unreachable: every eighth nonce will do")


def signature_with_nothing_drawn(signing_input: bytes) -> bytes:
    """R is the identity: the equation holds, and the private key can be read off S."""
    return IDENTITY + _answer(0, _challenge(IDENTITY, AUTHOR.public, signing_input))


def signature_with_mixed_order(signing_input: bytes) -> bytes:
    """R has a component of order 8, which drops out where the equation is multiplied by the cofactor."""
    r = bytes(crypto_core_ed25519_add(_base_times(1), ORDER_8))
    return r + _answer(1, _challenge(r, AUTHOR.public, signing_input))


Vector = Mapping[str, object]


def vector(
    about: str, raw: bytes, stage: str, code: str, public: bytes = AUTHOR.public, **expected: object
) -> Vector:
    return {
        "about": about,
        "raw": raw.decode("latin-1"),
        "public": encode_base64url(public),
        "expect": {"stage": stage, "code": code} | expected,
    }
