"""When the keeper marks the time. A mark is an act, which cosigners sign again: one that nothing waits for would only
call for the next.

A time that a quorum of cosigners states is marked if it is the first of the record; if something follows from it
(silence or a bridge lapses, a period for objection ends, a reservation or a notice of breach is notified, a text binds
or enters into force); if it passes an instant that the record is read by (a mandate begins or ends, a reply to a
referral is due, the twelve months of VCLT art. 20(5) are over); and once an hour while people act, so that it is known
of each act roughly by when it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from detente.codec.instant import unix_from_instant
from detente.procedure.derivation import derive_from_time
from detente.state.records import Clock, State
from detente.state.reservations import twelve_months_after

HOUR: Final = 3600


def is_mark_due(state: State, time: str, covered: int) -> bool:
    """Whether to mark `time`, an instant that a quorum states of a checkpoint of `covered` acts (VCLT art. 77(1))."""
    clock = state.clock
    if time <= clock.now:
        return False  # time in the record never runs back
    return (
        not clock.now
        or any(clock.now <= instant <= time for instant in _instants(state))
        or _follows(state, time, covered)
        or _an_hour_of_acts(state, time)
    )


def _follows(state: State, time: str, covered: int) -> bool:
    """Whether the fold would derive anything from the mark: asked of the fold itself, so that no rule is left out."""
    marked = replace(state, size=state.size + 1, clock=Clock(time, state.size, covered))
    after = derive_from_time(marked)
    return (after.instruments, after.bridges, after.corrections, after.notices) != (
        state.instruments, state.bridges, state.corrections, state.notices,
    )  # fmt: skip


def _instants(state: State) -> Iterator[str]:
    """What is compared with the time last marked whenever it is asked, and stored by no mark."""
    for mandate in state.mandates.values():
        if mandate.revoked is None:
            yield from (at for at in (mandate.valid_from, mandate.valid_until) if at)
    for referral in state.referrals.values():
        if referral.reply_by:
            yield referral.reply_by
    for instrument in state.texts():
        for reservation in instrument.reservations.values():
            if reservation.notified:
                yield twelve_months_after(reservation.notified)


def _an_hour_of_acts(state: State, time: str) -> bool:
    clock = state.clock
    acted = clock.index is not None and state.size > clock.index + 1
    return acted and unix_from_instant(time) - unix_from_instant(clock.now) >= HOUR
