"""Demonstration keys: anybody can derive them from a case's label, so that what they sign proves nothing.

Never used for a record that is meant to prove something. The label of the derivation says what they are.

    >>> demonstration_key("spring-round", "A").key_id == demonstration_key("spring-round", "B").key_id
    False
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from detente.codec.base64url import encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.keys.generate import SigningKey
from detente.sealing.identity import Identity, identity_of
from detente.state.records import State
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.signed_note import add_signatures, parse_note

_LABEL = b"detente demonstration: this key is public and proves nothing v1\n"


def _derive(**what: str | int) -> bytes:
    return sha256(_LABEL + encode_canonical(what)).digest()


@cache
def demonstration_key(case: str, person: str, number: int = 1) -> SigningKey:
    """The person's key in this case; `number` counts a person's keys from 1, after one is revoked."""
    return SigningKey.from_seed(_derive(case=case, person=person, key=number))


@cache
def demonstration_identity(key: SigningKey) -> Identity:
    """The key to read with that stands beside a demonstration key: as public as that one."""
    return identity_of(demonstration_seed_beside(key))


def demonstration_seed_beside(key: SigningKey) -> bytes:
    return _derive(beside=key.key_id)


def demonstration_nonce(case: str, what: str) -> str:
    """128 bits, base64url, that look random and are not."""
    return encode_base64url(_derive(case=case, nonce=what)[:16])


@cache
def demonstration_cosigners(case: str, count: int) -> tuple[Cosigner, ...]:
    """Cosigners whose every time is a stated one. Their names say what they are."""
    return tuple(
        Cosigner.from_seed(
            f"cosigner-{n}.demonstration.example", ED25519_COSIGNATURE, _derive(case=case, cosigner=n)
        )
        for n in range(1, count + 1)
    )


def cosign(note: bytes, cosigners: Iterable[Cosigner], time: int) -> bytes:
    """A checkpoint's note with each cosigner's line at `time` (Unix seconds)."""
    text = parse_note(note).text
    return add_signatures(note, [cosigner.sign(text, time) for cosigner in cosigners])


def signing_key(state: State, case: str, person: str) -> SigningKey:
    """The demonstration key with which the person signs: the last one enrolled and not revoked, else the last."""
    enrolled = [k for k in _keys(state, case, person) if k.key_id in state.keys]
    working = [k for k in enrolled if state.keys[k.key_id].revoked is None]
    return (working or enrolled or [demonstration_key(case, person)])[-1]


def next_key(state: State, case: str, person: str) -> SigningKey:
    """The demonstration key that a person enrols next."""
    return next(k for k in _keys(state, case, person) if k.key_id not in state.keys)


def _keys(state: State, case: str, person: str) -> tuple[SigningKey, ...]:
    count = sum(key.person == person for key in state.keys.values())
    return tuple(demonstration_key(case, person, number) for number in range(1, count + 2))
