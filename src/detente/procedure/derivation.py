"""What follows from cosigned time and from consent, without being anybody's act.

Bridges lapse; a text enters into force when its own condition is met (VCLT art. 24). Both are derived here by
the fold, after the acts that can bring them about, so that no clock is asked and no act can be late.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from detente.acts.act import Clear
from detente.acts.authentication import ConfirmSignature
from detente.acts.confirmation import ConfirmAct
from detente.acts.instruments import LinkInstrument
from detente.acts.participation import DecideCredentials
from detente.acts.ratification import Consent
from detente.acts.signature import Sign
from detente.acts.subjects import with_instrument
from detente.acts.time import LATEST, MarkTime
from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.state.answers import CONSENTED, is_binding, is_in_force
from detente.state.ladder import Step
from detente.state.records import Instrument, Standing, State

_DAY: Final = 86_400
_CAUSES: Final = (MarkTime, Sign, ConfirmSignature, ConfirmAct, Consent, DecideCredentials, LinkInstrument)
"""The kinds after which something can follow: time passed, consent given, an obstacle gone."""


def derive(state: State, cause: Clear) -> State:
    """`state`, whose size already counts the act `cause`, with all that follows from it."""
    if not isinstance(cause, _CAUSES):
        return state
    if isinstance(cause, MarkTime):
        state = _lapse(state)
    for instrument_id in state.instrument_order:
        instrument = state.instruments[instrument_id]
        if not is_in_force(instrument) and is_binding(state, instrument):
            state = _bring_into_force(state, instrument)
    return state


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
    return instant_from_unix(min(unix_from_instant(instrument.bound_at) + delay, LATEST))


def _bring_into_force(state: State, instrument: Instrument) -> State:
    """Set `bound_at` at the first mark after the last consent, then in force once the instant has come."""
    if instrument.bound_at is None and _marked_after_consent(state, instrument):
        instrument = replace(instrument, bound_at=state.clock.now)
        state = with_instrument(state, instrument)
    due = entry_instant(instrument)
    if instrument.bound_at is None or due is None or due > state.clock.now:
        return state
    ladder = instrument.ladder
    for side, standing in instrument.ladder.items():
        if standing.step is Step.BOUND:
            ladder = ladder.set(side, _in_force(standing))
    return with_instrument(
        state,
        replace(
            instrument,
            ladder=ladder,
            in_force_since=max(due, instrument.bound_at),
            in_force_index=state.size - 1,
        ),
    )


def _marked_after_consent(state: State, instrument: Instrument) -> bool:
    """Whether the cosigned checkpoint covers the last consent: a time before it says nothing about it."""
    edition = instrument.edition
    assert edition is not None
    consents = [instrument.standing(s).taken(edition.leaf, CONSENTED) for s in instrument.sides]
    last = max((c.index for c in consents if c is not None), default=0)
    return state.clock.size > last


def _in_force(standing: Standing) -> Standing:
    return replace(standing, step=Step.IN_FORCE)
