"""The keeper's own acts: mark the time, note an entry into force, certify a copy (VCLT art. 76-77).

They are signed by the keeper's key in this host's custody and go through the same door as every other act.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.instant import unix_from_instant
from detente.depositary.host import Depositary
from detente.depositary.receipt import Receipt
from detente.keys.generate import SigningKey
from detente.keys.thumbprint import thumbprint
from detente.state.records import State
from detente.tlog.checkpoint import unverified_checkpoint


def keeper_key(depositary: Depositary, state: State) -> SigningKey:
    """The keeper's key of this record, from custody."""
    for key in state.keys.values():
        if key.person == state.convened.keeper:
            return depositary.own_key(key.public)
    raise AssertionError("the convening act enrols the keeper's key")


def act_as_keeper(
    depositary: Depositary, origin: str, kind: str, clear: Mapping[str, Any], now: int, seen: tuple[int, str]
) -> Receipt:
    """Sign and submit one act of the keeper. now: Unix seconds by this machine's clock; an act never states a time before
    the one that the record has marked. Raises `Refused`."""
    state = depositary.main(origin).state()
    if state.clock.now:
        now = max(now, unix_from_instant(state.clock.now))
    key = keeper_key(depositary, state)
    place = Place(origin, state.chains.get(thumbprint(key.public)), seen)
    return depositary.receive_act(author_act(key, BY_NAME[kind], place, now, clear, {}))


def mark_time(depositary: Depositary, origin: str, note: bytes, now: int) -> Receipt:
    """Carry a cosigned checkpoint into the record (VCLT art. 77(1)); deadlines are derived from it."""
    checkpoint = unverified_checkpoint(note)
    seen = (checkpoint.size, encode_base64url(checkpoint.root))
    return act_as_keeper(depositary, origin, "mark_time", {"checkpoint": note.decode()}, now, seen)


def seen_now(depositary: Depositary, origin: str) -> tuple[int, str]:
    """The size and root of the main log's latest checkpoint, as an act's `seen`."""
    head = depositary.store.head(origin)
    assert head is not None
    root = unverified_checkpoint(head.checkpoint).root
    return head.size, encode_base64url(root)
