"""What a person may do now. Draws the forms and answers "who must act next".

Property: every offer passes `examine`. What is not offered and arrives all the same is refused, or stands in
the record as unauthorised.
"""

from __future__ import annotations

from detente.acts.act import Log, Offer
from detente.acts.kinds import KINDS
from detente.state.phases import PHASES
from detente.state.records import State


def offers(state: State, person_id: str) -> tuple[Offer, ...]:
    """Every offer to `person_id` in the main log, in the order of the kinds; none to somebody who has left."""
    person = state.people.get(person_id)
    if person is None or person.left is not None:
        return ()
    return tuple(
        offer
        for kind in KINDS
        if person.role in kind.by and Log.MAIN in kind.where and state.phase in PHASES[kind.name]
        for offer in kind.offers(state, person)
    )
