"""A key's names: its id for programs, and five words for the telephone.

The id is the RFC 7638 thumbprint of the key as an OKP JWK (RFC 8037 appendix A.3), 43 characters:

    >>> from detente.codec.base64url import decode_base64url
    >>> thumbprint(decode_base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'

Five words carry 40 bits. They catch a slip, and a key exchanged in passing. Someone who prepares can find a
second key with the same words in days on ordinary machines; where that is to be feared, read out the id too.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from detente.codec.base64url import encode_base64url
from detente.keys.word_list import WORDS

FINGERPRINT_WORDS = 5
_LABEL = b"detente fingerprint words v1\n"


@lru_cache(maxsize=4096)
def thumbprint(public: bytes) -> str:
    """The key id: SHA-256 of the JWK's required members in RFC 7638's order, base64url."""
    jwk = f'{{"crv":"Ed25519","kty":"OKP","x":"{encode_base64url(public)}"}}'
    return encode_base64url(hashlib.sha256(jwk.encode()).digest())


def fingerprint_words(public: bytes) -> tuple[str, ...]:
    """Five words, one for each of the first five bytes of SHA-256(label || public)."""
    digest = hashlib.sha256(_LABEL + public).digest()
    return tuple(WORDS[byte] for byte in digest[:FINGERPRINT_WORDS])
