"""An act on the wire: `<header>.<payload>.<signature>~<disclosure>~...~` (RFC 9901; docs/specs/act.md).

What the log keeps, the *entry*, is the part before the first `~`. Disclosures travel and live beside it.
Parsing is strict, so that one act has one spelling: what is parsed here and written again is equal.
"""

from __future__ import annotations

import hashlib

import msgspec

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.signing.compact import parse_compact

ACT_TYPE = "detente-act+sd-jwt"
LARGEST_ENTRY = 65_535
"""Bytes; the length field of a tile's entry has 16 bits (C2SP tlog-tiles)."""
LARGEST_SUBMISSION = 1_048_576
"""Bytes of an act with its disclosures, unless the caller sets another limit."""


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """An act taken apart. Nothing in it is verified: see `detente.signing.verifier.verify`.

    kid: thumbprint of the key that is said to have signed. payload: the JSON bytes. signature: 64 bytes.
    signing_input: the signed bytes. entry: the JWS, as the log keeps it. disclosures: not yet opened.
    """

    kid: str
    payload: bytes
    signature: bytes
    signing_input: bytes
    entry: bytes
    disclosures: tuple[str, ...]

    @property
    def submission(self) -> str:
        """SHA-256 of the signing input, base64url: the same for an act signed twice with randomness."""
        return submission_of(self.entry)


def submission_of(entry: bytes) -> str:
    """The submission id of a well-formed entry."""
    signing_input, _, _ = entry.rpartition(b".")
    return encode_base64url(hashlib.sha256(signing_input).digest())


def check_entry_size(entry: bytes) -> None:
    """Raises `Refused` with code `envelope.entry_size`."""
    if len(entry) > LARGEST_ENTRY:
        raise refuse(
            "envelope.entry_size",
            f"The entry has {len(entry)} bytes; a tile holds at most {LARGEST_ENTRY}.",
            "C2SP tlog-tiles",
            "Move the content into a hidden field or a sealed file.",
        )


def _envelope(entry: bytes, disclosures: tuple[str, ...], check_canonical: bool) -> Envelope:
    check_entry_size(entry)
    act = parse_compact(entry, ACT_TYPE, check_canonical)
    return Envelope(act.kid, act.payload, act.signature, act.signing_input, entry, disclosures)


def parse_entry(entry: bytes, check_canonical: bool = True) -> Envelope:
    """Take an entry of the log apart; it has no `~` and brings no disclosures.

    check_canonical: False only where the payload is decoded into a type afterwards and compared.
    Raises `Refused`: `envelope.*`, `base64.not_canonical` or `json.*`.
    """
    return _envelope(entry, (), check_canonical)


def parse_envelope(raw: bytes, largest: int = LARGEST_SUBMISSION, check_canonical: bool = True) -> Envelope:
    """Take a submitted act apart. It ends in `~`, disclosures or none; a key-binding JWT is not admitted.

    largest: bytes, the whole of `raw`. check_canonical: as in `parse_entry`.
    Raises `Refused`: `envelope.*`, `base64.not_canonical` or `json.*`.
    """
    if len(raw) > largest:
        raise refuse(
            "envelope.size",
            f"The act has {len(raw)} bytes; at most {largest} are admitted.",
            instead="Send large content as a sealed file beside the log.",
        )
    if not raw.isascii():
        raise refuse(
            "envelope.not_ascii",
            "The act holds a byte that is not ASCII.",
            "RFC 9901 sec. 4",
            "Send it as it was signed: base64url, dots and “~”.",
        )
    if not raw.endswith(b"~"):
        raise refuse(
            "envelope.no_tilde",
            "The act does not end in “~”.",
            "RFC 9901 sec. 4",
            "End it with “~” after the last disclosure, or after the signature where there is none.",
        )
    entry, *disclosures = raw[:-1].split(b"~")
    if b"" in disclosures:
        raise refuse(
            "envelope.empty_disclosure",
            "A disclosure is empty.",
            "RFC 9901 sec. 4",
            "Write one “~” between two disclosures.",
        )
    return _envelope(entry, tuple(text.decode("ascii") for text in disclosures), check_canonical)
