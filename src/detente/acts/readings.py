"""Readings: how a side, or the mediators, read one provision of an edition.

Rules: a reading changes no word and moves nobody on the ladder. A later one by the same side takes the place of
its earlier one; both stay in the record. Where two differ the text page sets them side by side, and whoever is
about to take a step on the text is told so, because what is left open then is argued about later (VCLT art. 31-32).
A formal declaration at signature or consent is another act (`declare_interpretation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.subjects import (
    edition_of,
    missing_edition,
    missing_instrument,
    not_a_side_of,
    side_of,
    with_instrument,
)
from detente.codec.identifier import Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.instrument import Instrument, Reading
from detente.state.records import Person, State


class DeclareReading(Clear, frozen=True, kw_only=True, tag="declare_reading"):
    instrument: SubjectId
    edition: Leaf
    provision: ProvisionId


class ReadingText(Hidden, frozen=True, kw_only=True):
    """text: what the author takes the provision to mean."""

    text: str | None = None


def readings_of(instrument: Instrument, provision: str) -> tuple[Reading, ...]:
    """The readings that now stand, one of each side at most, the oldest first."""
    return instrument.readings.get(provision, ())


def rival_readings(instrument: Instrument) -> tuple[str, ...]:
    """The provisions of the last edition that more than one side has read, in the order of the text."""
    edition = instrument.edition
    return tuple(p for p in (edition.provisions if edition else ()) if len(readings_of(instrument, p)) > 1)


def examine(state: State, act: Act[DeclareReading]) -> tuple[Refusal, ...]:
    clear = act.clear
    edition = edition_of(state, clear.instrument, clear.edition)
    sided = state.people[act.author].role in SIDES
    return refusals(
        missing_instrument(state, clear.instrument),
        not_a_side_of(state, clear.instrument, side_of(state, act.author)) if sided else None,
        missing_edition(state, clear.instrument, clear.edition),
        Refusal("reading.provision", f"Edition {edition.number} holds no {number_of(clear.provision, full=True)}.",
                instead="Name a provision of that edition, as its text numbers it.")
        if edition is not None and clear.provision not in edition.provisions
        else None,
    )  # fmt: skip


def evolve(state: State, act: Act[DeclareReading]) -> State:
    clear, instrument = act.clear, state.instruments[act.clear.instrument]
    side = side_of(state, act.author) or "M"
    others = tuple(r for r in readings_of(instrument, clear.provision) if r.side != side)
    reading = Reading(act.leaf, state.size, side, clear.edition, clear.provision)
    readings = instrument.readings.set(clear.provision, (*others, reading))
    return with_instrument(state, replace(instrument, readings=readings))


def offers(state: State, person: Person) -> Iterable[Offer]:
    """An answer to somebody else's reading, where one's own is not in the record."""
    for instrument in state.texts():
        if person.side in instrument.sides or person.role in MEDIATION:
            yield from _answers(instrument, person.side or "M")


def _answers(instrument: Instrument, side: str) -> Iterator[Offer]:
    edition = instrument.edition
    for provision in edition.provisions if edition else ():
        read_by = [reading.side for reading in readings_of(instrument, provision)]
        if edition is not None and read_by and side not in read_by:
            fields = {"instrument": instrument.id, "edition": edition.leaf, "provision": provision}
            yield Offer("declare_reading", provision, fields)


KINDS = (
    Kind(DeclareReading, ReadingText, TABLE, examine, evolve,
         "{author} declares a reading of {provision} of {instrument}, edition {edition}",
         "Everybody sees how you read this provision, beside its text. The text does not change, and nobody is bound "
         "by your reading.", offers=offers),
)  # fmt: skip
