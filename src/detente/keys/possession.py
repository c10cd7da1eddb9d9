"""Proof of possession: at enrolment a person signs, with the new key, who it is for and in which log.

The signed bytes are a label, a line end and a canonical JSON statement. Neither a JWS signing input nor a
signed note can begin with the label, so a proof is never an act or a checkpoint, nor the other way round.
A proof names the log and the person: one made elsewhere, or for someone else, proves nothing here. Where a key to
read with stands beside the new key, the proof names it too: whoever carries the two cannot exchange the second.
"""

from __future__ import annotations

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused, refuse
from detente.keys.ed25519 import signature_holds
from detente.keys.generate import SigningKey
from detente.keys.public import check_public_key
from detente.keys.thumbprint import thumbprint

_LABEL = b"detente proof of possession v1\n"


def possession_statement(key_id: str, origin: str, person: str, sealing: str | None = None) -> bytes:
    """The bytes that the new key signs. sealing: the X25519 key beside it, base64url."""
    stated = {"key": key_id, "origin": origin, "person": person}
    return _LABEL + encode_canonical(stated if sealing is None else {**stated, "sealing": sealing})


def prove_possession(key: SigningKey, origin: str, person: str, sealing: str | None = None) -> str:
    """The proof: a signature, base64url, 86 characters."""
    return encode_base64url(key.sign(possession_statement(key.key_id, origin, person, sealing)))


def check_possession(public: bytes, origin: str, person: str, proof: str, sealing: str | None = None) -> None:
    """Raises `Refused` with code `key.possession`, or one of `check_public_key` for the key itself."""
    check_public_key(public)
    try:
        signature = decode_base64url(proof)
    except Refused:
        signature = b""
    if not signature_holds(
        public, possession_statement(thumbprint(public), origin, person, sealing), signature
    ):
        raise refuse(
            "key.possession",
            "The proof does not show that this person holds this key in this process.",
            "RFC 4211 sec. 4",
            "Sign the proof again with the key that is being enrolled.",
        )
