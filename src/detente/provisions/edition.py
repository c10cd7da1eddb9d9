"""The digest of an edition: of its provisions in their order, and of the nonce that keeps it from being guessed.

The text stays hidden while its digest stands in the clear. Two editions may differ by one word, and without the nonce
anyone holding one could try words until the digest of the other came out.

>>> len(content_digest((Provision("art_1", {}, {"en": "Peace."}),), "AAAAAAAAAAAAAAAAAAAAAA"))
43
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused, refuse
from detente.provisions.provision import Provision

NONCE_BYTES = 16


def content_digest(provisions: Sequence[Provision], nonce: str) -> str:
    """SHA-256 of the canonical JSON of `{"nonce", "provisions"}`, as base64url (43 characters).

    Raises `Refused` with code `edition.nonce` where the nonce is not 128 bits in base64url.
    """
    try:
        size = len(decode_base64url(nonce))
    except Refused:
        size = 0
    if size != NONCE_BYTES:
        raise refuse(
            "edition.nonce",
            "The nonce of an edition is not 128 bits in base64url.",
            "",
            "Draw 16 random bytes and encode them: 22 characters.",
        )
    return encode_base64url(sha256(encode_canonical({"nonce": nonce, "provisions": provisions})).digest())
