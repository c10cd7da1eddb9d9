"""Taking a step on the ladder, and taking one back: what the acts of a side towards a text have in common.

Rules: a step names the edition it is taken on; no step while a bracket is open, or while annexes or languages differ;
the ladder's table says what follows what; a principal steps with a key whose fingerprint is confirmed; then the
author's mandate is weighed, and a step beyond it is kept as unauthorised (VCLT 8). Nothing stands in the way of
taking a step back but the table and the mandate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, Act, Offer, refusals
from detente.acts.key_authority import ON_ANOTHERS_WORD
from detente.acts.mandates import weigh
from detente.acts.one_text import languages_lacking, not_one_text
from detente.acts.subjects import (
    confirmed_keys,
    missing_instrument,
    not_a_side_of,
    own_side,
    side_of,
    unconfirmed_principal,
    with_instrument,
)  # fmt: skip
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.answers import UNCHANGEABLE, open_brackets, standing_at, unconsolidated
from detente.state.instrument import Instrument, Standing, StepTaken, Terms
from detente.state.ladder import Move, Outcome, Step, next_step, refuse_move
from detente.state.one_text import is_asked
from detente.state.records import Person, State, Unauthorised

DISPUTED: Final = "withdrawal notified, effect disputed"

# Which capacity of a mandate each move needs; moves that only a principal makes need none.
CAPACITY: Final[dict[Move, str]] = {
    Move.ASSENT: "assent",
    Move.INITIAL: "initial",
    Move.SIGN_AD_REFERENDUM: "sign_ad_referendum",
    Move.SIGN: "sign",
}
# Whoever could take a step can take it back.
_CAPACITY_TO_TAKE_BACK: Final[dict[Step, str]] = {
    Step.ASSENTED: "assent",
    Step.INITIALLED: "initial",
    Step.SIGNED_AD_REFERENDUM: "sign_ad_referendum",
}
_TAKING_BACK: Final = frozenset((Move.TAKE_BACK, Move.DECLARE_NO_INTENTION))


def _as_agreed(instrument: Instrument, step: Step, move: Move) -> Move:
    """The move as the instrument's terms count it."""
    if move is Move.INITIAL and instrument.initials_sign:
        return Move.SIGN  # VCLT art. 12(2)(a)
    if move is Move.CONSENT and instrument.consent == "agreed_means" and step is not Step.SIGNED:
        return Move.SIGN  # VCLT art. 11: where nothing is signed, the agreed means stand for it
    return move


def _still_open(instrument: Instrument, move: Move) -> bool:
    """Whether a side can still join (VCLT 15). Nobody accedes to a draft: some side has to have signed first."""
    signed = bool(standing_at(instrument, UNCHANGEABLE))
    return instrument.open_to_accession and (signed or move is not Move.CONSENT)


def outcome(instrument: Instrument, side: str, move: Move) -> Step | Outcome:
    """What the ladder makes of a side's move now, under the instrument's terms."""
    standing, edition = instrument.standing(side), instrument.edition
    return next_step(
        standing.step,
        _as_agreed(instrument, standing.step, move),
        later_edition=edition is not None and standing.edition != edition.leaf,
        signature_binds=instrument.consent == "signature" or move is Move.CONSENT,
        still_open=_still_open(instrument, move),
    )


def capacity_of(instrument: Instrument, side: str, move: Move) -> str | None:
    """The capacity that a mandate needs for the move; where initials are signature, that of signing."""
    if move is Move.TAKE_BACK:
        return _CAPACITY_TO_TAKE_BACK.get(instrument.standing(side).step, "sign")
    if move is Move.INITIAL and instrument.initials_sign:
        move = Move.SIGN
    return CAPACITY.get(move)


def _brackets_in_the_way(instrument: Instrument) -> Refusal | None:
    found = open_brackets(instrument)
    if not found:
        return None
    holders = ", ".join(sorted({side for bracket in found for side, _leaf in bracket.reserved}))
    return Refusal(
        "ladder.bracket_open",
        f"A bracket is open at {', '.join(number_of(b.provision, full=True) for b in found)}.",
        "VCLT art. 9",
        f"{holders} can lift what it has reserved; the rest closes when all support one text."
        if holders
        else "Support one alternative, withdraw, or ask the mediators for a bridge.",
    )


def _text_not_ready(state: State, instrument: Instrument, move: Move) -> tuple[Refusal, ...]:
    """VCLT art. 9: what is adopted is one text; a text with a bracket is two."""
    waiting = ", ".join(number_of(b.provision, full=True) for b in unconsolidated(instrument))
    return (
        *refusals(
            _brackets_in_the_way(instrument),
            Refusal("ladder.not_consolidated", f"The text agreed at {waiting} is not in an edition yet.", "VCLT art. 9",
                    "A mediator can issue an edition without brackets.")
            if waiting
            else None,
            languages_lacking(instrument) if move is not Move.ASSENT or is_asked(state) else None,
        ),
        *(not_one_text(state, instrument) if move in CAPACITY else ()),
    )  # fmt: skip


def _not_ready(state: State, instrument: Instrument, move: Move) -> tuple[Refusal, ...]:
    if move in _TAKING_BACK:
        return ()
    if instrument.edition is None:
        return (Refusal("ladder.no_edition", "No edition of the text is in the record.", "VCLT art. 9",
                        "A mediator can issue the first edition."),)  # fmt: skip
    return _text_not_ready(state, instrument, move)


def _closed_by_ladder(instrument: Instrument, side: str, move: Move) -> Refusal | None:
    if outcome(instrument, side, move) is not Outcome.REFUSED:
        return None
    return refuse_move(
        side, instrument.standing(side).step, move,
        signature_binds=instrument.consent == "signature", still_open=_still_open(instrument, Move.CONSENT),
    )  # fmt: skip


def examine_step(state: State, act: Act[Any], instrument_id: str, move: Move) -> tuple[Refusal, ...]:
    """Everything about a step but the author's mandate, which decides effect, not admission."""
    side = side_of(state, act.author)
    found = refusals(missing_instrument(state, instrument_id), not_a_side_of(state, instrument_id, side))
    if found or side is None:
        return found
    instrument = state.instruments[instrument_id]
    return (
        *_not_ready(state, instrument, move),
        *refusals(
            None if move in _TAKING_BACK else unconfirmed_principal(state, act),
            _closed_by_ladder(instrument, side, move),
        ),
    )


def place_step(state: State, instrument: Instrument, side: str, move: Move, taken: StepTaken) -> State:
    """Put a step on the ladder, from this index on and against the text now standing."""
    reached, old = outcome(instrument, side, move), instrument.standing(side)
    if not isinstance(reached, Step):
        assert reached is Outcome.DISPUTED
        new = replace(old, flags=tuple(dict.fromkeys((*old.flags, DISPUTED))))
    else:
        path = (*old.path, replace(taken, step=reached))
        new = Standing(reached, taken.edition, path, _flags(state, taken))
    if reached is Step.NO_INTENTION:  # VCLT art. 25(2): provisional application ends with it
        instrument = replace(instrument, provisional=tuple(s for s in instrument.provisional if s != side))
    return with_instrument(state, replace(instrument, ladder=instrument.ladder.set(side, new)))


def _flags(state: State, taken: StepTaken) -> tuple[str, ...]:
    """What is said of a step for as long as it stands: that it rests on a key which took a principal's place."""
    granted = (m.principal_key for m in state.mandates.values() if m.holder == taken.by and m.revoked is None)
    flagged = any(state.keys[key].on_anothers_word for key in (taken.key, *granted))
    return (ON_ANOTHERS_WORD,) if flagged else ()


def evolve_step(state: State, act: Act[Any], instrument_id: str, move: Move, terms: Terms) -> State:
    """The step if the author's mandate carries it; else a record of it, without effect."""
    side, instrument = own_side(state, act), state.instruments[instrument_id]
    edition = instrument.edition
    assert edition is not None
    capacity = capacity_of(instrument, side, move)
    if capacity is not None:
        authority = weigh(state, act.author, capacity, instrument_id, terms)
        if not authority.authorised:
            beyond = Unauthorised(
                act.leaf,
                state.size,
                side,
                act.author,
                instrument_id,
                edition.leaf,
                move,
                terms,
                authority.why,
            )
            return replace(state, unauthorised=state.unauthorised.set(act.leaf, beyond))
    taken = StepTaken(Step.NONE, edition.leaf, act.leaf, state.size, act.author, terms, act.key)
    return place_step(state, instrument, side, move, taken)


def within_reach(state: State, person: Person, move: Move, terms: Terms) -> Iterator[Instrument]:
    """The instruments on which the ladder, the text and the person's own mandate allow the move."""
    unconfirmed = person.role in PRINCIPALS and not confirmed_keys(state, person)
    if unconfirmed and move not in _TAKING_BACK:
        return
    for instrument in state.texts():
        side = person.side
        if side is None or side not in instrument.sides or _not_ready(state, instrument, move):
            continue
        if outcome(instrument, side, move) is Outcome.REFUSED:
            continue
        capacity = capacity_of(instrument, side, move)
        if capacity is None or weigh(state, person.id, capacity, instrument.id, terms).authorised:
            yield instrument


def step_offers(
    state: State, person: Person, kind: str, move: Move, terms: Terms, fields: dict[str, Any]
) -> tuple[Offer, ...]:
    """The step on each instrument within the person's reach, on the version that stands."""
    return tuple(
        Offer(kind, i.id, {"instrument": i.id, "on": (i.id, i.version), **fields})
        for i in within_reach(state, person, move, terms)
    )
