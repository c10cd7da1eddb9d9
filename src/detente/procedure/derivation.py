"""What follows from cosigned time and from consent, without being anybody's act.

Bridges, silence and periods for objection lapse; a text enters into force when its own condition is met (VCLT
art. 24). All are derived here by the fold, after the acts that can bring them about, so that no clock is asked and
no act can be late.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from detente.acts.act import Clear
from detente.acts.authentication import ConfirmSignature, Initial
from detente.acts.breach import expire_notices
from detente.acts.confirmation import ConfirmAct
from detente.acts.correction import expire_corrections
from detente.acts.participation import DecideCredentials
from detente.acts.ratification import Consent
from detente.acts.reservation_answers import AcceptReservation, ObjectToReservation, notify_reservations
from detente.acts.reservations import WithdrawReservation
from detente.acts.signature import Sign
from detente.acts.silence import lapse_silence
from detente.acts.subjects import with_instrument
from detente.acts.time import MarkTime
from detente.codec.instant import LATEST_SECOND, instant_from_unix, unix_from_instant
from detente.state.answers import is_binding, is_in_force
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.records import State

_DAY: Final = 86_400
_CAUSES: Final = (
    MarkTime, Initial, Sign, ConfirmSignature, ConfirmAct, Consent, DecideCredentials, AcceptReservation,
    ObjectToReservation, WithdrawReservation,
)  # fmt: skip
"""The kinds after which something can follow: time passed, consent given, an obstacle gone."""


def derive(state: State, cause: Clear) -> State:
    """`state`, whose size already counts the act `cause`, with all that follows from it."""
    if not isinstance(cause, _CAUSES):
        return state
    return derive_from_time(state) if isinstance(cause, MarkTime) else _derive_from_consent(state)


def derive_from_time(state: State) -> State:
    """`state`, whose last act is a mark of time, with all that follows from the time marked."""
    return _derive_from_consent(
        expire_notices(notify_reservations(expire_corrections(lapse_silence(_lapse(state)))))
    )


def _derive_from_consent(state: State) -> State:
    for instrument in state.texts():
        if not is_in_force(instrument) and is_binding(state, instrument):
            state = with_instrument(state, _bring_into_force(state, _bound(state, instrument)))
    return state


def _bound(state: State, instrument: Instrument) -> Instrument:
    """With the act from which on the text binds, and the first time marked after it: a checkpoint that does not
    cover that act says nothing of it."""
    index = state.size - 1 if instrument.bound_index is None else instrument.bound_index
    at = state.clock.now if instrument.bound_at is None and state.clock.size > index else instrument.bound_at
    return replace(instrument, bound_index=index, bound_at=at)


def _lapse(state: State) -> State:
    bridges = state.bridges
    for bridge in state.bridges.values():
        if bridge.opened is None and bridge.lapsed is None and bridge.expires <= state.clock.now:
            bridges = bridges.set(bridge.leaf, replace(bridge, lapsed=state.size - 1))
    return replace(state, bridges=bridges)


def entry_instant(instrument: Instrument) -> str | None:
    """When the text enters into force by its terms; None where that runs from a time not yet marked."""
    if instrument.entry == "date":
        return instrument.entry_date
    if instrument.bound_at is None:
        return None
    delay = (instrument.entry_delay or 0) * _DAY
    return instant_from_unix(min(unix_from_instant(instrument.bound_at) + delay, LATEST_SECOND))


def _bring_into_force(state: State, instrument: Instrument) -> Instrument:
    """In force once its instant has come; provisional application ends with that (VCLT 25(1))."""
    due = entry_instant(instrument)
    if instrument.bound_at is None or due is None or due > state.clock.now:
        return instrument
    ladder = instrument.ladder
    for side, standing in instrument.ladder.items():
        if standing.step is Step.BOUND:
            ladder = ladder.set(side, replace(standing, step=Step.IN_FORCE))
    return replace(
        instrument,
        ladder=ladder,
        in_force_since=max(due, instrument.bound_at),
        in_force_index=state.size - 1,
        provisional=(),
    )
