"""Having checkpoints stamped by an authority, and stamped again before its certificate ends (docs/adr/0020-long-life.md).

| when | what is asked for |
|---|---|
| a main log has grown since its last stamp, and that is `every` seconds old | a stamp on its latest checkpoint |
| a stamp's certificate ends within `EARLY` seconds | a stamp over the note and the stamps that it has |

An answer is checked before it is kept. An authority that fails is left alone for `AGAIN` seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import BinaryIO, Final

from detente.codec.refusal import Refused, refuse
from detente.depositary.host import Depositary, latest_note
from detente.depositary.logs import chamber_name, convening_of
from detente.depositary.signing_again import sign_again
from detente.depositary.time_stamp_authority import Ask
from detente.proofs.time_stamp import Roots, check_stamp, request_stamp, stamped_bytes, write_stamps
from detente.store.appending import NotStored
from detente.store.port import Head, Stamp

HOUR: Final = 3600
DAY: Final = 86_400
EARLY: Final = 30 * DAY
"""Before a certificate ends. An authority takes a new one well before that."""
AGAIN: Final = 600


class Authority:
    """The time stamp authority of a host. ask: sends a request; roots: who vouches for it."""

    def __init__(self, ask: Ask, roots: Roots) -> None:
        self._ask, self._roots = ask, roots

    def stamp(self, origin: str, size: int, note: bytes, before: Sequence[Stamp]) -> Stamp:
        """A stamp on the note of a log at `size`, over those `before`, not kept yet. Raises `Refused`: `stamp.*`."""
        message = stamped_bytes(note, (stamp.answer for stamp in before))
        request = request_stamp(message)
        answer = self._ask(request.as_bytes())
        found = check_stamp(message, answer, self._roots, request)
        return Stamp(origin, size, len(before), note, answer, found.authority, found.at, found.ends)


def stamp_latest(depositary: Depositary, origin: str, authority: Authority) -> Stamp:
    """Have the latest checkpoint of a log stamped, and keep that. One that has been stamped already is left as it is.

    Raises `Refused`: `log.unknown`, `custody.*` or `stamp.*`; or `NotStored`.
    """
    with suppress(NotStored):  # the stamp is good without the line
        sign_again(depositary, origin)
    head = depositary.store.head(depositary.main(origin).origin)
    assert head is not None
    newest = depositary.store.newest_stamp(origin)
    if newest is not None and newest.size == head.size:
        return newest
    made = authority.stamp(origin, head.size, latest_note(head), ())
    depositary.store.keep_stamp(made)
    return made


def stamps_by_checkpoint(stamps: Sequence[Stamp]) -> Iterator[tuple[Stamp, ...]]:
    """The stamps on each checkpoint, oldest first."""
    return (tuple(on_one) for _size, on_one in groupby(stamps, lambda stamp: stamp.size))


def take_stamps(depositary: Depositary, origin: str, out: BinaryIO) -> None:
    """Write every stamp of a log (docs/specs/time-stamp.md). Raises `Refused` with code `stamp.none`."""
    stamps = depositary.store.stamps(origin)
    if not stamps:
        raise refuse("stamp.none", "No authority has stamped this record yet.", "RFC 3161",
                     "Ask its host whether it is stamped at all.")  # fmt: skip
    convening = convening_of(depositary.store, origin)
    assert convening is not None
    on_each = [(ones[0].note, [stamp.answer for stamp in ones]) for ones in stamps_by_checkpoint(stamps)]
    write_stamps(out, convening, on_each)


class Stamping:
    """The background part: looked at every few seconds, it asks for what the rule says is due.

    every: seconds between two stamps on a log that grows.
    """

    def __init__(self, depositary: Depositary, authority: Authority, every: int = DAY) -> None:
        self._depositary, self._authority, self._every = depositary, authority, every
        self._not_before = 0
        self._renewals_seen: dict[str, int] = {}
        self._newest: dict[str, Stamp] = {}

    def look(self, now: int) -> None:
        """now: Unix seconds. Raises `Refused` where the authority fails; everything else goes on without it."""
        if self._not_before - AGAIN <= now < self._not_before:  # not where the clock has been set back since
            return
        failed: Refused | None = None
        for head in self._depositary.store.heads():
            origin = head.origin
            if chamber_name(origin):
                continue
            try:
                if self._is_due(head, now):
                    stamp_latest(self._depositary, origin, self._authority)
                self._renew(origin, now)
            except Refused as refused:
                failed = refused
                if refused.refusals[0].code == "stamp.unreachable":
                    break  # it would not answer for the other logs either
        if failed is not None:
            self._not_before = now + AGAIN
            raise failed

    def _is_due(self, head: Head, now: int) -> bool:
        """The newest stamp that is known is looked up again only where it would be too old: another host may have
        asked for one meanwhile."""

        def is_old(stamp: Stamp | None) -> bool:
            return stamp is None or (head.size > stamp.size and now >= stamp.made + self._every)

        if is_old(self._newest.get(head.origin)):
            newest = self._depositary.store.newest_stamp(head.origin)
            if newest is not None:
                self._newest[head.origin] = newest
            return is_old(newest)
        return False

    def _renew(self, origin: str, now: int) -> None:
        """Renew what ends soon; each log is looked through once a day. Under the same certificate nothing would be
        gained: what ends no later is not kept."""
        if 0 <= now - self._renewals_seen.get(origin, 0) < DAY:
            return
        self._renewals_seen[origin] = now
        for ones in stamps_by_checkpoint(self._depositary.store.stamps(origin)):
            last = ones[-1]
            if last.ends - EARLY <= now <= last.ends:
                made = self._authority.stamp(origin, last.size, last.note, ones)
                if made.ends > last.ends:
                    self._depositary.store.keep_stamp(made)
