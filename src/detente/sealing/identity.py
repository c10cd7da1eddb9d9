"""The key that opens: a member's on the command line, a chamber's for one epoch, or a side's printed recovery key.

An identity is its text, `AGE-SECRET-KEY-1` and 58 signs: what is printed, boxed and typed again. Never log one.
"""

from __future__ import annotations

from typing import Final, NewType

import pyrage

from detente.codec.refusal import refuse
from detente.sealing.bech32 import DATA_SIGNS, decode_bech32, encode_bech32
from detente.sealing.recipient import public_behind

Identity = NewType("Identity", str)
"""The text of an X25519 private key, in upper case, its checksum verified."""

_PREFIX = "AGE-SECRET-KEY-"
_HEAD = "AGESECRETKEY1"
# The alphabet has no B, I, O and 1, because they are taken for these.
_TAKEN_FOR: Final = str.maketrans("BIO1", "8L0L")


def make_identity() -> Identity:
    """A new one, from the system's random numbers."""
    return Identity(str(pyrage.x25519.Identity.generate()))


def identity_of(secret: bytes) -> Identity:
    """The identity whose private key is these 32 bytes."""
    return Identity(encode_bech32(_PREFIX, secret).upper())


def public_of(identity: Identity) -> bytes:
    """The 32 bytes to which others seal."""
    return public_behind(str(pyrage.x25519.Identity.from_str(identity).to_public()))


def read_identity(typed: str) -> Identity:
    """An identity as a tired person types it from paper: in groups, in lower case, over several lines, with O for 0.

    Everything but ASCII letters and digits is passed over. Raises `Refused` with code `sealing.identity`.
    """
    signs = "".join(sign for sign in typed if sign.isascii() and sign.isalnum()).upper()
    head, data = signs[: len(_HEAD)], signs[len(_HEAD) :].translate(_TAKEN_FOR)
    if head != _HEAD:
        raise _unread("A recovery key begins with AGE-SECRET-KEY-1.")
    if len(data) != DATA_SIGNS:
        raise _unread(f"After AGE-SECRET-KEY-1 come {DATA_SIGNS} letters and digits; here are {len(data)}.")
    secret = decode_bech32(_PREFIX, f"{_PREFIX}1{data}".lower())
    if secret is None:
        raise _unread("A letter or digit of the recovery key is not as printed.")
    return identity_of(secret)


def _unread(sentence: str) -> Exception:
    return refuse(
        "sealing.identity",
        sentence,
        "BIP 173",
        "Compare it with the paper, group by group; spaces, line ends and small letters do not matter.",
    )
