"""Verification turns an `Envelope` into a `VerifiedEnvelope`. There is no flag to forget.

The caller finds the public key by `kid` in the record's registry. Whether that key was in force at the
act's index, and whose it is, is asked elsewhere.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from detente.codec.canonical_json import check_integers
from detente.codec.refusal import refuse
from detente.keys.ed25519 import scalar_below_order, signature_holds
from detente.keys.public import check_public_key
from detente.keys.thumbprint import thumbprint
from detente.signing.compact import Statement
from detente.signing.envelope import Envelope, submission_of

_SIGN_AGAIN = "Sign it again with the key that its header names, and send it unchanged."


class VerifiedEnvelope(msgspec.Struct, frozen=True, gc=False):
    """An act whose signature holds under the key `kid`. Made by `verify` only. Disclosures: unopened."""

    kid: str
    payload: bytes
    entry: bytes
    disclosures: tuple[str, ...]

    @property
    def submission(self) -> str:
        """SHA-256 of the signing input, base64url."""
        return submission_of(self.entry)


class VerifiedStatement(msgspec.Struct, frozen=True, gc=False):
    """A statement of type `typ` whose signature holds under the key `kid`. Made by `verify_statement`."""

    typ: str
    kid: str
    payload: bytes


@lru_cache(maxsize=4096)
def _admitted_key_id(public: bytes) -> str:
    check_public_key(public)
    return thumbprint(public)


def _check(signed: Envelope | Statement, public: bytes) -> None:
    if _admitted_key_id(public) != signed.kid:
        raise refuse(
            "envelope.kid", "The header names another key than this one.", "RFC 7638 sec. 3", _SIGN_AGAIN
        )
    if not scalar_below_order(signed.signature):
        raise refuse(
            "envelope.signature_range",
            "The signature's S is not below the group's order, so a second spelling of it exists.",
            "RFC 8032 sec. 5.1.7 and 8.4",
            _SIGN_AGAIN,
        )
    if not signature_holds(public, signed.signing_input, signed.signature):
        raise refuse(
            "envelope.signature",
            "The signature does not hold for these bytes under this key.",
            "RFC 8032 sec. 5.1.7",
            _SIGN_AGAIN,
        )
    check_integers(signed.payload)  # a parse that leaves the canonical form to a type has not looked


def verify(envelope: Envelope, public: bytes) -> VerifiedEnvelope:
    """Raises `Refused`: `key.*`, `envelope.kid`, `.signature_range`, `.signature` or `json.outside_profile`."""
    _check(envelope, public)
    return VerifiedEnvelope(envelope.kid, envelope.payload, envelope.entry, envelope.disclosures)


def verify_statement(statement: Statement, public: bytes) -> VerifiedStatement:
    """As `verify`, for a statement of another type."""
    _check(statement, public)
    return VerifiedStatement(statement.typ, statement.kid, statement.payload)
