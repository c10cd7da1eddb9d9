"""Taking a step on the ladder: what assent, initials, signature and consent have in common.

Rules: a step names the edition it is taken on; no step while a bracket is open; the ladder's table says what
follows what; then the author's mandate is weighed, and a step beyond it is kept as unauthorised (VCLT 8).
"""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from detente.acts.act import Act, Offer, refusals
from detente.acts.mandates import weigh
from detente.acts.subjects import missing_instrument, not_a_side_of, own_side, side_of, with_instrument
from detente.codec.refusal import Refusal
from detente.state.answers import open_brackets, unconsolidated
from detente.state.ladder import Move, Outcome, Step, next_step, refuse_move
from detente.state.records import Instrument, Person, Standing, State, StepTaken, Terms, Unauthorised

# Which capacity of a mandate each move needs; moves that only a principal makes need none.
CAPACITY: Final[dict[Move, str]] = {
    Move.ASSENT: "assent",
    Move.INITIAL: "initial",
    Move.SIGN_AD_REFERENDUM: "sign_ad_referendum",
    Move.SIGN: "sign",
}


def _as_agreed(instrument: Instrument, step: Step, move: Move) -> Move:
    """The move as the instrument's terms count it."""
    if move is Move.INITIAL and instrument.initials_sign:
        return Move.SIGN  # VCLT art. 12(2)(a)
    if move is Move.CONSENT and instrument.consent == "agreed_means" and step is not Step.SIGNED:
        return Move.SIGN  # VCLT art. 11: where nothing is signed, the agreed means stand for it
    return move


def _outcome(instrument: Instrument, side: str, move: Move) -> Step | Outcome:
    standing, edition = instrument.standing(side), instrument.edition
    return next_step(
        standing.step,
        _as_agreed(instrument, standing.step, move),
        later_edition=edition is not None and standing.edition != edition.leaf,
        signature_binds=instrument.consent == "signature" or move is Move.CONSENT,
        still_open=instrument.open_to_accession,
    )


def _capacity(instrument: Instrument, move: Move) -> str | None:
    """The capacity that a mandate needs for the move; where initials are signature, that of signing."""
    if move is Move.INITIAL and instrument.initials_sign:
        move = Move.SIGN
    return CAPACITY.get(move)


def _text_not_ready(instrument: Instrument) -> tuple[Refusal, ...]:
    """VCLT art. 9: what is adopted is one text; a text with a bracket is two."""
    if instrument.edition is None:
        return (Refusal("ladder.no_edition", "No edition of the text is in the record.", "VCLT art. 9",
                        "A mediator can issue the first edition."),)  # fmt: skip
    brackets = ", ".join(b.provision for b in open_brackets(instrument))
    waiting = ", ".join(b.provision for b in unconsolidated(instrument))
    return refusals(
        Refusal("ladder.bracket_open", f"A bracket is open at {brackets}.", "VCLT art. 9",
                "Support one alternative, withdraw, or ask the mediators for a bridge.")
        if brackets
        else None,
        Refusal("ladder.not_consolidated", f"The text agreed at {waiting} is not in an edition yet.", "VCLT art. 9",
                "A mediator can issue an edition without brackets.")
        if waiting
        else None,
    )  # fmt: skip


def examine_step(state: State, act: Act[Any], instrument_id: str, move: Move) -> tuple[Refusal, ...]:
    """Everything about a step but the author's mandate, which decides effect, not admission."""
    side = side_of(state, act.author)
    found = refusals(missing_instrument(state, instrument_id), not_a_side_of(state, instrument_id, side))
    if found or side is None:
        return found
    instrument = state.instruments[instrument_id]
    closed = _outcome(instrument, side, move) is Outcome.REFUSED
    return (
        *_text_not_ready(instrument),
        *refusals(
            refuse_move(
                side, instrument.standing(side).step, move,
                signature_binds=instrument.consent == "signature", still_open=instrument.open_to_accession,
            )
            if closed
            else None
        ),
    )  # fmt: skip


def place_step(state: State, instrument: Instrument, side: str, move: Move, taken: StepTaken) -> State:
    """Put a step on the ladder, from this index on and against the text now standing."""
    outcome = _outcome(instrument, side, move)
    assert isinstance(outcome, Step)
    old = instrument.standing(side)
    new = Standing(outcome, taken.edition, (*old.path, replace(taken, step=outcome)), old.flags)
    return with_instrument(state, replace(instrument, ladder=instrument.ladder.set(side, new)))


def evolve_step(state: State, act: Act[Any], instrument_id: str, move: Move, terms: Terms) -> State:
    """The step if the author's mandate carries it; else a record of it, without effect."""
    side, instrument = own_side(state, act), state.instruments[instrument_id]
    edition = instrument.edition
    assert edition is not None
    capacity = _capacity(instrument, move)
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
    taken = StepTaken(Step.NONE, edition.leaf, act.leaf, state.size, act.author, terms)
    return place_step(state, instrument, side, move, taken)


def step_offers(
    state: State, person: Person, kind: str, move: Move, terms: Terms, fields: dict[str, Any]
) -> tuple[Offer, ...]:
    """The step on each instrument, where the ladder, the text and the person's own mandate allow it."""
    offers = []
    for instrument in state.instruments.values():
        side, edition = person.side, instrument.edition
        if side is None or edition is None or side not in instrument.sides or _text_not_ready(instrument):
            continue
        if _outcome(instrument, side, move) is Outcome.REFUSED:
            continue
        capacity = _capacity(instrument, move)
        if capacity and not weigh(state, person.id, capacity, instrument.id, terms).authorised:
            continue
        on = (instrument.id, instrument.version)
        offers.append(Offer(kind, instrument.id, {"instrument": instrument.id, "on": on, **fields}))
    return tuple(offers)
