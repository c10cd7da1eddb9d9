"""Preferences: what the open choices of a text are worth to a side, for the mediators alone.

Rules: a side states its own in its chamber with the mediators; the mediators estimate a side's in their own chamber, so
that the side does not learn what they think of it. What the record knows is whose, on which text and on which edition;
the rest is one document, sealed by its author (docs/specs/preferences.md). A later one takes the place of an earlier one.
One that was given for other choices than those now open is stale: it is kept, and counts for nothing.

Nobody is answered: a side that could state preferences again and again, and see what comes of each, could find out those
of the others. So the act gets its receipt and no more, and what follows from it is seen by the mediators only.
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, Act, Clear, Kind, Log, refusals
from detente.acts.sealing import Sealed
from detente.acts.subjects import missing_instrument, missing_side, not_a_side_of, own_side
from detente.codec.identifier import Leaf, Side, SubjectId
from detente.codec.refusal import Refusal
from detente.state.packages import open_choices
from detente.state.records import Chamber, State, StatedPreferences


class StatePreferences(Clear, frozen=True, kw_only=True, tag="state_preferences"):
    """edition: leaf of the one on the table."""

    instrument: SubjectId
    edition: Leaf


class EstimatePreferences(Clear, frozen=True, kw_only=True, tag="estimate_preferences"):
    """side: whose preferences are estimated."""

    instrument: SubjectId
    edition: Leaf
    side: Side


class PreferencesDocument(Sealed, frozen=True, kw_only=True):
    """document: JSON as in docs/specs/preferences.md, filled up to a size that says nothing of the values."""

    document: str | None = None


def _cannot_be_given(main: State, name: str, edition: str) -> tuple[Refusal, ...]:
    """Why nobody could state preferences on this text and edition."""
    instrument = main.instruments.get(name)
    if instrument is None:
        return refusals(missing_instrument(main, name))
    latest = instrument.edition
    return refusals(
        Refusal(
            "preferences.edition",
            "Preferences are given on the edition that is on the table, and this is another one.",
            instead="Look at what is open in the latest edition, and give points for that.",
        )
        if latest is None or latest.leaf != edition
        else None,
        Refusal(
            "preferences.nothing_open",
            "No provision of this text has alternatives to choose between.",
            instead="Wait until an alternative is proposed, or choose another text.",
        )
        if not open_choices(instrument)
        else None,
    )


def examine_state(chamber: Chamber, act: Act[StatePreferences]) -> tuple[Refusal, ...]:
    clear, main = act.clear, chamber.main
    return (
        *_cannot_be_given(main, clear.instrument, clear.edition),
        *refusals(not_a_side_of(main, clear.instrument, own_side(main, act))),
    )


def evolve_state(chamber: Chamber, act: Act[StatePreferences]) -> Chamber:
    clear = act.clear
    stated = StatedPreferences(
        act.leaf, chamber.size, act.author, own_side(chamber.main, act), clear.instrument, clear.edition
    )
    return replace(chamber, preferences=(*chamber.preferences, stated))


def examine_estimate(chamber: Chamber, act: Act[EstimatePreferences]) -> tuple[Refusal, ...]:
    clear, main = act.clear, chamber.main
    unknown = missing_side(main, clear.side)
    return (
        *_cannot_be_given(main, clear.instrument, clear.edition),
        *refusals(unknown, not_a_side_of(main, clear.instrument, clear.side) if unknown is None else None),
    )


def evolve_estimate(chamber: Chamber, act: Act[EstimatePreferences]) -> Chamber:
    clear = act.clear
    stated = StatedPreferences(
        act.leaf, chamber.size, act.author, clear.side, clear.instrument, clear.edition, estimate=True
    )
    return replace(chamber, preferences=(*chamber.preferences, stated))


KINDS = (
    Kind(StatePreferences, PreferencesDocument, SIDES, examine_state, evolve_state,
         "{author} states preferences on {instrument}",
         "The mediators, and your own people, can open what you gave; no other side and not the host. It commits you to "
         "nothing, and a later one takes its place.",
         where=frozenset({Log.MEDIATORS_AND_SIDE})),
    Kind(EstimatePreferences, PreferencesDocument, MEDIATION, examine_estimate, evolve_estimate,
         "{author} estimates the preferences of {side} on {instrument}",
         "Only the mediators can open it; it is marked as an estimate, and gives way to what the side states itself.",
         where=frozenset({Log.MEDIATORS})),
)  # fmt: skip
