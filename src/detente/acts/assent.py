"""Assent: a side's yes to one edition, ad referendum or definitive. With enough of them the text is adopted.

Rules (VCLT art. 9): refused while a bracket is open, naming it; adopted when the decision rule is met by
assents to one edition, none of them taken back. An oral yes is a minute (sessions.py) and no assent.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.acts.act import SIDES, Act, Clear, Hidden, Kind, Offer, Staleness
from detente.acts.ladder_step import evolve_step, examine_step, step_offers
from detente.codec.identifier import SubjectId
from detente.codec.refusal import Refusal
from detente.state.instrument import Terms
from detente.state.ladder import Move
from detente.state.records import Person, State


class Assent(Clear, frozen=True, kw_only=True, tag="assent"):
    instrument: SubjectId
    terms: Terms


def examine(state: State, act: Act[Assent]) -> tuple[Refusal, ...]:
    return examine_step(state, act, act.clear.instrument, Move.ASSENT)


def evolve(state: State, act: Act[Assent]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.ASSENT, act.clear.terms)


def offers(state: State, person: Person) -> Iterable[Offer]:
    terms: Terms
    for terms in ("definitive", "ad_referendum"):
        found = step_offers(state, person, "assent", Move.ASSENT, terms, {"terms": terms})
        yield from found
        if found:
            return


KINDS = (
    Kind(Assent, Hidden, SIDES, examine, evolve, "{author} assents to {instrument}, {terms}",
         "Your side accepts this edition of the text. It is not authentic and binds nobody by this act.",
         staleness=Staleness.GUARDED, variant="terms", offers=offers),
)  # fmt: skip
