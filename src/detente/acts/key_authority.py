"""Whose word a key rests on: who enrols, confirms and revokes a key of whom.

Before edition 3 of the procedure a convenor alone could seat a second principal beside the first, enrol and confirm its
key, and sign for the side. Since then a side whose principal was confirmed once speaks for itself. Whoever speaks for
it, or across the table in its place, is a principal who is known and signs with a confirmed key, since a mediator can
seat anybody else, on any side:
- a further principal's key, or one in the place of a lost one, is confirmed by a principal of its own side; where none is
  left, by one of another side, never by the convenor, and what is signed with it is flagged from then on;
- whoever has lost their keys as a delegate, or holds powers and has none yet, is given one by the principal, and not by a
  mediator;
- nobody comes back as a principal, or no longer as one, under the id and with the keys of before.
"""

from __future__ import annotations

from typing import Final

from detente.acts.act import MEDIATION, PRINCIPALS
from detente.state.records import Key, Person, State

SINCE_EDITION: Final = 3
"""The first edition of the procedure in which a side speaks for itself."""
ON_ANOTHERS_WORD: Final = "signed with a key that took its principal's place on the word of another side"


def speaks_for_itself(state: State, side: str | None) -> bool:
    """Whether the side's word, and nobody else's, says who its people are."""
    return state.convened.edition >= SINCE_EDITION and bool(_confirmed(state, side))


def is_known(state: State, person: Person) -> bool:
    """Whether a principal is present and has a working key that is confirmed."""
    return any(key.person == person.id and _works(state, key) for key in _confirmed(state, person.side))


def may_revoke(author: Person, person: Person) -> bool:
    """Oneself, a mediator, or one's principal."""
    if author.id == person.id or author.role in MEDIATION:
        return True
    return _is_principal_of(author, person)


def may_enrol(state: State, author: Person, person: Person, replaces: str | None) -> bool:
    """As for revoking; but nobody adds a key beside a working one of somebody else, and in the place of a delegate whose
    side speaks for itself only a principal who is known."""
    if author.id == person.id:
        return True
    keys = {key_id: key for key_id, key in state.keys.items() if key.person == person.id}
    if any(key.revoked is None and key_id != replaces for key_id, key in keys.items()):
        return False
    entrusted = bool(keys) or any(mandate.holder == person.id for mandate in state.mandates.values())
    if person.role == "delegate" and entrusted and speaks_for_itself(state, person.side):
        return _is_principal_of(author, person) and is_known(state, author)
    return may_revoke(author, person)


def may_confirm(state: State, author: Person, key: Key) -> bool:
    """Another side or the convenor; and of a principal whose side speaks for itself, see above."""
    owner = state.people[key.person]
    across = author.side is not None and author.side != owner.side
    if not needs_a_principals_word(state, key):
        return author.id != owner.id and (author.id == state.convened.convenor or across)
    their_turn = across if is_left_alone(state, owner.side) else author.side == owner.side
    return their_turn and author.role in PRINCIPALS and is_known(state, author)


def is_on_anothers_word(state: State, key: Key) -> bool:
    """Whether a key that is confirmed now takes a principal's place, and its side has nobody left to say so."""
    return needs_a_principals_word(state, key) and is_left_alone(state, state.people[key.person].side)


def is_left_alone(state: State, side: str | None) -> bool:
    """Whether no principal of the side is known now."""
    return not any(_works(state, key) for key in _confirmed(state, side))


def needs_a_principals_word(state: State, key: Key) -> bool:
    """Whether a key that is to be confirmed would be a further principal's of a side that speaks for itself."""
    owner = state.people[key.person]
    if owner.role not in PRINCIPALS or key.continues or key.confirmed is not None:
        return False
    return speaks_for_itself(state, owner.side)


def _is_principal_of(author: Person, person: Person) -> bool:
    return author.role in PRINCIPALS and person.role == "delegate" and author.side == person.side


def _confirmed(state: State, side: str | None) -> list[Key]:
    """The keys of a side's principals that were confirmed, ended ones too."""
    return [
        key
        for key in state.keys.values()
        if key.confirmed is not None
        and state.people[key.person].role in PRINCIPALS
        and state.people[key.person].side == side
    ]


def _works(state: State, key: Key) -> bool:
    return key.revoked is None and state.people[key.person].left is None
