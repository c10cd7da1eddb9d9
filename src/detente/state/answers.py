"""The four answers as plain questions on an instrument's record: adopted, authentic, binding, in force.

Each is derived afresh from standings and brackets, never stored. `procedure.finality` adds what is missing
and whose it is.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

from detente.state.instrument import Bracket, Instrument, Reservation, Silence
from detente.state.ladder import Step
from detente.state.records import State, in_order
from detente.state.reservations import awaited_acceptances, stands_between

# A side that signed and then declared that it does not intend to become a party (VCLT 18(a)) has still signed:
# its signature adopted and authenticated the text, and only its consent is not to be expected. One for which the text has
# ended has still taken every step up to there.
ASSENTED: Final = frozenset(
    (
        Step.ASSENTED, Step.INITIALLED, Step.SIGNED_AD_REFERENDUM, Step.SIGNED, Step.NO_INTENTION, Step.BOUND,
        Step.IN_FORCE, Step.ENDED,
    )
)  # fmt: skip
INITIALLED: Final = ASSENTED - {Step.ASSENTED}
SIGNED: Final = INITIALLED - {Step.INITIALLED}
UNCHANGEABLE: Final = SIGNED - {Step.SIGNED_AD_REFERENDUM}
"""Steps over which no new edition is issued and no bracket opened."""
CONSENTED: Final = frozenset((Step.BOUND, Step.IN_FORCE))


def _in_order_of_text(instrument: Instrument, brackets: list[Bracket]) -> tuple[Bracket, ...]:
    edition = instrument.edition
    order = {eid: i for i, eid in enumerate(edition.provisions)} if edition else {}
    return tuple(sorted(brackets, key=lambda b: (order.get(b.provision, len(order)), b.provision)))


def open_brackets(instrument: Instrument) -> tuple[Bracket, ...]:
    """Every open bracket, in the order of the text: those of the last edition and those proposed since."""
    found = [b for b in instrument.brackets.values() if b.is_open(instrument.sides)]
    return _in_order_of_text(instrument, found)


def unconsolidated(instrument: Instrument) -> tuple[Bracket, ...]:
    """Brackets that closed since the last edition: an agreed text is not yet in any edition, or the edition
    still prints alternatives that have all been withdrawn."""
    edition = instrument.edition
    printed = {provision for provision, leaves in edition.open if leaves} if edition else set()
    found = [
        b
        for b in instrument.brackets.values()
        if not b.is_open(instrument.sides) and (b.live() or b.provision in printed)
    ]
    return _in_order_of_text(instrument, found)


def lacking_languages(instrument: Instrument) -> tuple[str, ...]:
    """The authentic languages in which the last edition does not stand (VCLT 33)."""
    edition = instrument.edition
    return tuple(t for t in instrument.authentic_languages() if edition and t not in edition.languages)


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


def running_silence(instrument: Instrument) -> Silence | None:
    """The silence procedure that runs: on the last edition, not broken, not lapsed."""
    # Of the last edition alone: a new edition has taken a text under silence off the table.
    silence = instrument.edition.silence if instrument.edition else None
    return silence if silence is not None and silence.awaited() else None


def silent_sides(instrument: Instrument) -> frozenset[str]:
    """The sides that let the silence on the last edition lapse where the rules say that this counts, and have not
    taken back a step since. They stand where they stood on the ladder."""
    silence = instrument.edition.silence if instrument.edition else None
    if silence is None or not silence.adopts:
        return frozenset()
    lapsed = silence.lapsed[-1][1]
    return frozenset(side for side, _at in silence.until if not _taken_back_since(instrument, side, lapsed))


def _taken_back_since(instrument: Instrument, side: str, index: int) -> bool:
    return any(t.step is Step.WITHDRAWN and t.index > index for t in instrument.standing(side).path)


def is_adopted(state: State, instrument: Instrument) -> bool:
    """VCLT 9: no bracket open, and the agreed rule met by steps on one edition, none of them taken back, and by
    silence where the sides' own rules say so."""
    return _is_adopted_by(state, instrument, standing_at(instrument, ASSENTED) | silent_sides(instrument))


def is_adopted_by_steps(state: State, instrument: Instrument) -> bool:
    """Whether the text would be adopted without anybody's silence."""
    return _is_adopted_by(state, instrument, standing_at(instrument, ASSENTED))


def _is_adopted_by(state: State, instrument: Instrument, yes: frozenset[str]) -> bool:
    # The rule first: in a long drafting phase nobody has assented, and no bracket need be looked at.
    rule = instrument.adopted_under or state.adoption_rule()
    if not rule.met_by(yes, instrument.sides):
        return False
    return instrument.edition is not None and not any(
        bracket.live() or bracket.reserved for bracket in instrument.brackets.values()
    )


def is_authentic(state: State, instrument: Instrument) -> bool:
    """VCLT 10: fixed in every authentic language (33) by the agreed procedure or, failing one, by every side's
    initials or signature."""
    if lacking_languages(instrument) or not is_adopted(state, instrument):
        return False
    if instrument.authentication == "adoption":
        return is_adopted_by_steps(state, instrument)  # silence adopts at most
    needed = SIGNED if instrument.authentication == "signature" else INITIALLED
    return standing_at(instrument, needed).issuperset(instrument.sides)


def contested_sides(state: State, instrument: Instrument) -> tuple[str, ...]:
    """The sides whose representation is contested: nothing becomes binding before that is decided. What is in
    force stays so: nobody ends it by contesting who spoke for the other (VCLT 65)."""
    return () if is_in_force(instrument) else tuple(s for s in instrument.sides if s in state.contested)


def open_conditions(state: State, instrument: Instrument) -> tuple[str, ...]:
    """The instruments on which this one is conditional, directly or through others, and which lack a consent.

    Two texts conditional on each other bind with the last consent to either: VCLT 24(1) leaves it to the parties.
    """
    return tuple(
        other for other in _conditions(state, instrument) if not _is_accepted(state, state.instruments[other])
    )


def _conditions(state: State, instrument: Instrument) -> tuple[str, ...]:
    found = [instrument.id]
    for name in found:  # grows while it is read, until no text leads to another one
        links = state.instruments[name].links
        found += [o for relation, o in links if relation == "conditional_on" and o not in found]
    return tuple(found[1:])


def _is_accepted(state: State, instrument: Instrument) -> bool:
    """Whether every side's consent stands on one edition, with nobody's representation in question and no reservation
    that awaits acceptance."""
    return (
        is_authentic(state, instrument)
        and _every_party_consents(instrument)
        and not contested_sides(state, instrument)
        and not open_reservations(state, instrument)
    )


def _every_party_consents(instrument: Instrument) -> bool:
    """Of the sides for which the text has not ended; none is left where it has ended between all."""
    left = frozenset(s for s in instrument.sides if instrument.standing(s).step is not Step.ENDED)
    return not has_ended(instrument) and standing_at(instrument, CONSENTED).issuperset(left)


def open_reservations(
    state: State, instrument: Instrument
) -> tuple[tuple[Reservation, tuple[str, ...]], ...]:
    """VCLT 20: each reservation that keeps the text from binding, with the sides whose acceptance is awaited."""
    if not instrument.reservations:
        return ()
    now = state.clock.now
    found = ((r, awaited_acceptances(instrument, r, now)) for r in in_order(instrument.reservations.values()))
    return tuple((reservation, sides) for reservation, sides in found if sides)


def is_binding(state: State, instrument: Instrument) -> bool:
    """VCLT 11-16: every side's consent stands on one edition, and nothing contested or conditional is open."""
    return _is_accepted(state, instrument) and not open_conditions(state, instrument)


def bound_pairs(state: State, instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """The pairs of sides that have both consented, with nothing open between them: tested pairwise, since a side
    that holds back does not undo what two others have agreed, nor does an objection to a third one's reservation."""
    if not is_authentic(state, instrument) or open_conditions(state, instrument):
        return ()
    consented = standing_at(instrument, CONSENTED).difference(contested_sides(state, instrument))
    pairs = combinations([s for s in instrument.sides if s in consented], 2)
    return tuple(p for p in pairs if not stands_between(instrument, *p, state.clock.now))


def refused_approvals(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """(side, leaf) of each side that signed and whose approval, as last recorded, was refused at home. It has not
    consented since; to be bound it needs an approval, or a text that gets one."""
    last = {side: (leaf, approved) for side, leaf, approved in instrument.approvals}
    return tuple(
        (side, leaf)
        for side, (leaf, approved) in last.items()
        if not approved and instrument.standing(side).step is Step.SIGNED
    )


def is_replaced(state: State, instrument: Instrument) -> bool:
    """Whether a text that binds has taken its place: nobody is asked for anything on the old one."""
    return any(("replaces", instrument.id) in i.links and is_binding(state, i) for i in state.texts())


def is_in_force(instrument: Instrument) -> bool:
    """VCLT 24. Set by the fold when the instrument's own condition is met, until the text has ended (54-60)."""
    return instrument.in_force_index is not None and not has_ended(instrument)


def has_ended(instrument: Instrument) -> bool:
    """Whether the text was in force and binds no two sides any longer."""
    ended = [s for s in instrument.sides if instrument.standing(s).step is Step.ENDED]
    return bool(ended) and len(instrument.sides) - len(ended) < 2


def ended_at(instrument: Instrument) -> int | None:
    """The index of the last act by which it ended for a side."""
    paths = (taken for side in instrument.sides for taken in instrument.standing(side).path)
    return max((taken.index for taken in paths if taken.step is Step.ENDED), default=None)
