"""Erasures that a copy kept by somebody reflects, and that they have not confirmed yet.

A mirror writes each copy anew, and a host that erased leaves the words out. So a copy holds nothing of what is erased, or
the host still gives it: then the copy is the proof of that, and nothing is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from detente.client.replica import Replica
from detente.codec.base64url import encode_base64url
from detente.signing.disclosure import read_disclosure
from detente.state.records import Erasure


class Confirmable(Struct, frozen=True):
    """An erasure of one log. chamber: its name, "" for the main log; number: of the act that erases, from 1; held:
    numbers of acts of which the copy still holds something that it erased."""

    chamber: str
    number: int
    held: tuple[int, ...]


def unconfirmed(replica: Replica, person: str) -> tuple[Confirmable, ...]:
    """In the order of their acts, the main log first."""
    record = replica.record
    logs = [("", record.visible.state.erasures)]
    logs += [(seen.chamber.name, seen.chamber.erasures) for seen in record.chambers()]
    return tuple(found for chamber, erasures in logs for found in _of_log(replica, chamber, erasures, person))


def _of_log(
    replica: Replica, chamber: str, erasures: Mapping[str, Sequence[Erasure]], person: str
) -> Iterator[Confirmable]:
    origin = replica.record.origin
    log = replica.logs[f"{origin}/{chamber}" if chamber else origin]
    places = {encode_base64url(leaf): index for index, leaf in enumerate(log.leaves)}
    waiting: dict[int, list[int]] = {}
    for leaf, of_act in erasures.items():
        for done in of_act:
            if person not in done.confirmed:
                held = [places[leaf] + 1] if _holds(log.acts[places[leaf]], done) else []
                waiting.setdefault(done.index, []).extend(held)
    return (Confirmable(chamber, index + 1, tuple(sorted(held))) for index, held in sorted(waiting.items()))


def _holds(act: bytes, done: Erasure) -> bool:
    shown = [read_disclosure(text).name for text in act.decode().split("~")[1:] if text]
    return any(not done.parts or name in done.parts for name in shown)
