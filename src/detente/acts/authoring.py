"""Authoring an act: the payload of a kind, signed by its author's key, ready to be submitted.

The one place in Python where acts are made; the command line, the minutes and the keeper all come through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from detente.acts.act import Clear, Kind
from detente.codec.refusal import refuse
from detente.keys.generate import SigningKey
from detente.signing.signer import Seal, sign_act
from detente.state.records import Chain


class Place(msgspec.Struct, frozen=True):
    """Where an act is to stand: the log's origin, the last act of its author's key there, and the size and
    root (base64url) of the main log that the author has verified."""

    origin: str
    chain: Chain | None
    seen: tuple[int, str]


class Members(NamedTuple):
    """What is signed of an act but for the digests of its hidden fields. payload, hidden: plain JSON values by name,
    defaults left out; typed: the same payload as its kind's type."""

    typed: Clear
    payload: Mapping[str, Any]
    hidden: Mapping[str, Any]


def author_act(
    key: SigningKey,
    kind: Kind,
    place: Place,
    iat: int,
    clear: Mapping[str, Any],
    hidden: Mapping[str, Any],
    audience: tuple[str, ...] = ("all",),
    seal: Seal | None = None,
) -> bytes:
    """The signed act with its disclosures, or with what `seal` makes of them. Raises `Refused` as `members_of` and
    `sign_act` do."""
    members = members_of(kind, place, iat, clear, hidden, audience)
    return sign_act(key, members.payload, members.hidden, kind.hidden_fields, seal=seal)


def members_of(
    kind: Kind,
    place: Place,
    iat: int,
    clear: Mapping[str, Any],
    hidden: Mapping[str, Any],
    audience: tuple[str, ...] = ("all",),
) -> Members:
    """The members of an act that its author is to sign. iat: Unix seconds; clear may hold `on`.

    Raises `Refused` with code `act.malformed` where the fields are not those of the kind.
    """
    payload = {
        **clear,
        "act": kind.name,
        "v": 1,
        "proc": place.origin,
        "iat": iat,
        "seq": place.chain.seq + 1 if place.chain else 0,
        "prev": place.chain.leaf if place.chain else "",
        "seen": place.seen,
        "aud": audience,
    }
    try:
        typed = msgspec.convert({**payload, "_sd": ()}, kind.clear)
        opened = msgspec.convert({k: v for k, v in hidden.items() if v is not None}, kind.hidden)
    except msgspec.ValidationError as error:
        raise refuse(
            "act.malformed",
            f"The fields are not those of “{kind.name}”: {error}.",
            instead="See the reference of kinds for the fields and their types.",
        ) from error
    # Through the types and back, so that defaults are left out exactly as the reader expects.
    plain = msgspec.to_builtins(typed)
    del plain["_sd"]
    return Members(typed, plain, msgspec.to_builtins(opened))
