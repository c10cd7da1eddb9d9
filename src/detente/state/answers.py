"""The four answers as plain questions on an instrument's record: adopted, authentic, binding, in force.

Each is derived afresh from standings and brackets, never stored. `procedure.finality` adds what is missing
and whose it is.
"""

from __future__ import annotations

from typing import Final

from detente.state.ladder import Step
from detente.state.records import Bracket, Instrument, State

ASSENTED: Final = frozenset(
    (Step.ASSENTED, Step.INITIALLED, Step.SIGNED_AD_REFERENDUM, Step.SIGNED, Step.BOUND, Step.IN_FORCE)
)
INITIALLED: Final = ASSENTED - {Step.ASSENTED}
SIGNED: Final = INITIALLED - {Step.INITIALLED}
UNCHANGEABLE: Final = SIGNED - {Step.SIGNED_AD_REFERENDUM}
"""Steps over which no new edition is issued and no bracket opened."""
CONSENTED: Final = frozenset((Step.BOUND, Step.IN_FORCE))


def open_brackets(instrument: Instrument) -> tuple[Bracket, ...]:
    """Every open bracket, in the order of the text: those of the last edition and those proposed since."""
    edition = instrument.edition
    order = {eid: i for i, eid in enumerate(edition.provisions)} if edition else {}
    found = [b for b in instrument.brackets.values() if b.is_open(instrument.sides)]
    return tuple(sorted(found, key=lambda b: (order.get(b.provision, len(order)), b.provision)))


def unconsolidated(instrument: Instrument) -> tuple[Bracket, ...]:
    """Brackets that closed since the last edition: an agreed text is not yet in any edition, or the edition
    still prints alternatives that have all been withdrawn."""
    edition = instrument.edition
    printed = {provision for provision, leaves in edition.open if leaves} if edition else set()
    return tuple(
        b
        for b in instrument.brackets.values()
        if not b.is_open(instrument.sides) and (b.live() or b.provision in printed)
    )


def standing_at(instrument: Instrument, steps: frozenset[Step]) -> frozenset[str]:
    """The sides that stand, on the last edition, at one of `steps`."""
    edition = instrument.edition
    if edition is None:
        return frozenset()
    return frozenset(
        side
        for side in instrument.sides
        if (s := instrument.standing(side)).step in steps and s.edition == edition.leaf
    )


def is_adopted(state: State, instrument: Instrument) -> bool:
    """VCLT 9: no bracket open, and the agreed rule met by steps on one edition, none of them taken back."""
    # The rule first: in a long drafting phase nobody has assented, and no bracket need be looked at.
    if not state.adoption_rule().met_by(standing_at(instrument, ASSENTED), instrument.sides):
        return False
    return instrument.edition is not None and not any(
        bracket.live() or bracket.reserved for bracket in instrument.brackets.values()
    )


def is_authentic(state: State, instrument: Instrument) -> bool:
    """VCLT 10: fixed by the agreed procedure or, failing one, by every side's initials or signature."""
    if not is_adopted(state, instrument):
        return False
    if instrument.authentication == "adoption":
        return True
    needed = SIGNED if instrument.authentication == "signature" else INITIALLED
    return standing_at(instrument, needed).issuperset(instrument.sides)


def contested_sides(state: State, instrument: Instrument) -> tuple[str, ...]:
    """The sides whose representation is contested: nothing is binding before that is decided."""
    return tuple(s for s in instrument.sides if s in state.contested)


def open_conditions(state: State, instrument: Instrument) -> tuple[str, ...]:
    """The instruments on whose consents this one is conditional, and which lack some."""
    return tuple(
        other
        for relation, other in instrument.links
        if relation == "conditional_on" and not _binding_other(state, other)
    )


def _binding_other(state: State, other: str) -> bool:
    found = state.instruments.get(other)
    # One level only: a condition asks whether the other text's own consents are in, so that two texts each
    # conditional on the other can both become binding (VCLT 24 leaves the order to the parties).
    return found is not None and standing_at(found, CONSENTED).issuperset(found.sides)


def is_binding(state: State, instrument: Instrument) -> bool:
    """VCLT 11-16: every side's consent stands on one edition, and nothing contested or conditional is open."""
    return (
        is_authentic(state, instrument)
        and standing_at(instrument, CONSENTED).issuperset(instrument.sides)
        and not contested_sides(state, instrument)
        and not open_conditions(state, instrument)
    )


def is_in_force(instrument: Instrument) -> bool:
    """VCLT 24. Set by the fold when the instrument's own condition is met."""
    return instrument.in_force_index is not None
