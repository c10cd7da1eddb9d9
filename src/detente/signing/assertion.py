"""What an authenticator signs when its passkey is used (W3C Web Authentication sec. 7.2): that its owner was there and
was verified, at this site, for this challenge. ES256 and EdDSA alone; no attestation, no extensions, no counting of uses,
which passkeys that are synced do not do.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from msgspec import Struct

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse

_USER_PRESENT: Final = 0x01
_USER_VERIFIED: Final = 0x04
_FEWEST_BYTES: Final = 32 + 1 + 4
"""Of authenticator data: hash of the site, flags, counter (sec. 6.1)."""
_CLAUSE: Final = "W3C Web Authentication sec. 7.2"
PasskeyKey = EllipticCurvePublicKey | Ed25519PublicKey


class Assertion(Struct, frozen=True, forbid_unknown_fields=True):
    """As a browser hands it on, each base64url."""

    client_data: str
    authenticator_data: str
    signature: str


class _ClientData(Struct, frozen=True):
    type: str
    challenge: str
    origin: str
    crossOrigin: bool = False  # noqa: N815  the specification's name


def read_passkey(public: bytes) -> PasskeyKey:
    """The public key of a passkey (DER, SubjectPublicKeyInfo). Raises `Refused` with code `passkey.malformed`."""
    try:
        key = load_der_public_key(public)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unknown_key() from error
    if isinstance(key, Ed25519PublicKey) or (
        isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)
    ):
        return key
    raise _unknown_key()


def check_assertion(assertion: Assertion, key: PasskeyKey, site: str, challenge: str) -> None:
    """site: the host name that the passkey was made for; challenge: the one that was asked.

    Raises `Refused` with code `token.passkey`, in the same words whatever does not hold.
    """
    try:
        client_bytes = decode_base64url(assertion.client_data)
        authenticator_data = decode_base64url(assertion.authenticator_data)
        signature = decode_base64url(assertion.signature)
        client = msgspec.json.decode(client_bytes, type=_ClientData)
        answered = decode_base64url(client.challenge)
        where = urlsplit(client.origin)
        is_here = where.scheme in ("https", "http") and where.hostname == site
    except (Refused, ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise _does_not_hold() from error
    flags = authenticator_data[32] if len(authenticator_data) >= _FEWEST_BYTES else 0
    holds = (
        client.type == "webauthn.get"
        and answered == challenge.encode()
        and is_here
        and not client.crossOrigin
        and authenticator_data[:32] == sha256(site.encode()).digest()
        and flags & _USER_PRESENT
        and flags & _USER_VERIFIED
    )
    if not holds or not _signed(key, signature, authenticator_data + sha256(client_bytes).digest()):
        raise _does_not_hold()


def _signed(key: PasskeyKey, signature: bytes, message: bytes) -> bool:
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
        else:
            key.verify(signature, message, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _unknown_key() -> Refused:
    return refuse("passkey.malformed", "The passkey’s key is not one that this host checks: ES256 or EdDSA.",
                  _CLAUSE, "Keep the passkey on another device.")  # fmt: skip


def _does_not_hold() -> Refused:
    return refuse("token.passkey", "The passkey that this key asks for was not used, or not for this host and now.",
                  _CLAUSE, "Sign in again, and use the passkey that was set for this key.")  # fmt: skip
