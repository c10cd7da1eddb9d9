"""Keys: enrol with proof of possession, confirm a fingerprint, revoke (also since an index), void, rectify.

Rules: a key is judged by log index; a signature before its revocation stays valid. `revoke_key` may claim
compromise since an earlier index, which flags the steps in between and erases none. A fingerprint is read out
and confirmed by another side or the convenor before the key's mandates count, or its own steps; where the side has a
principal who is known, by that one (`key_authority`). `void` spends the `seq`
of an act that got no receipt, so that it can never be sequenced later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import (
    ANYONE,
    KEEPERS,
    MEDIATION,
    PRINCIPALS,
    TABLE,
    Act,
    Clear,
    Hidden,
    Kind,
    Log,
    Offer,
    Staleness,
    accept,
    refusals,
)  # fmt: skip
from detente.acts.convening import Reason
from detente.acts.key_authority import (
    is_left_alone,
    is_on_anothers_word,
    may_confirm,
    may_enrol,
    may_revoke,
    needs_a_principals_word,
    speaks_for_itself,
)
from detente.acts.subjects import changed, missing_person, unconfirmed_principal
from detente.codec.identifier import Digest, KeyId, Leaf, PersonId
from detente.codec.refusal import Refusal, Refused
from detente.keys.possession import check_possession
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from detente.sealing.recipient import read_recipient
from detente.state.instrument import Standing
from detente.state.records import Key, Person, State
from detente.tlog.signed_note import parse_vkey

WITH_A_KEY_OF_THEIR_OWN: Final = ANYONE - KEEPERS  # the keeper's key ends with the record
IN_OTHER_HANDS: Final = "signed with a key that may have been in other hands"


class Enrol(Clear, frozen=True, kw_only=True, tag="enrol"):
    """public: the new key. possession: its signature over this process, person and key. sealing: the X25519 key to
    which chambers are sealed for it. replaces: the key that it takes over from, revoked by the same act."""

    person: PersonId
    public: Digest
    possession: str
    sealing: Digest | None = None
    replaces: KeyId | None = None


class ConfirmFingerprint(Clear, frozen=True, kw_only=True, tag="confirm_fingerprint"):
    key: KeyId


class RevokeKey(Clear, frozen=True, kw_only=True, tag="revoke_key"):
    """since: the index from which the key may have been in other hands."""

    key: KeyId
    since: Annotated[int, Meta(ge=0)] | None = None


class Void(Clear, frozen=True, kw_only=True, tag="void"):
    """Its own `seq` is the one it spends."""


class Rectify(Clear, frozen=True, kw_only=True, tag="rectify"):
    """original: the record-keeping act (a minute or a statement) that its author corrects, beside it."""

    original: Leaf


class RectifyHidden(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def _keepers(state: State, key: Key | None) -> Refusal | None:
    """Nobody puts another key in the place of the depositary's, nor takes it out of force."""
    if key is None or key.person != state.convened.keeper:
        return None
    return Refusal(
        "key.keeper",
        "The keeper's key ends with the record.",
        "VCLT art. 76",
        "Convene another process with another keeper.",
    )


def _key_fault(act: Act[Enrol]) -> Refusal | None:
    try:
        public = read_public_key(act.clear.public)
        if act.clear.sealing is not None:
            read_recipient(act.clear.sealing)
        check_possession(public, act.clear.proc, act.clear.person, act.clear.possession, act.clear.sealing)
    except Refused as refused:
        return refused.refusals[0]
    return None


def examine_enrol(state: State, act: Act[Enrol]) -> tuple[Refusal, ...]:
    clear = act.clear
    fault = _key_fault(act)
    person = state.people.get(clear.person)
    old = state.keys.get(clear.replaces) if clear.replaces else None
    return refusals(
        missing_person(state, clear.person),
        fault,
        Refusal(
            "key.present",
            "This key is enrolled already; a key belongs to one person.",
            instead="Enrol a new key.",
        )
        if fault is None and thumbprint(read_public_key(clear.public)) in state.keys
        else None,
        Refusal(
            "key.cosigner",
            "This key cosigns checkpoints, and whoever watches over acts signs none with it.",
            instead="Make a key for acts alone.",
        )
        if fault is None and read_public_key(clear.public) in _cosigning(state)
        else None,
        None
        if person is None or may_enrol(state, state.people[act.author], person, clear.replaces)
        else _not_yours_to_enrol(state, person),
        unconfirmed_principal(state, act)
        if person is not None and person.id != act.author and speaks_for_itself(state, person.side)
        else None,
        _keepers(state, old),
        Refusal(
            "key.replaces",
            "The key to be replaced is not a working key of the same person.",
            instead="Leave it out, or name a working key of that person.",
        )
        if clear.replaces and (old is None or old.person != clear.person or old.revoked is not None)
        else None,
    )


def _cosigning(state: State) -> frozenset[bytes]:
    """The keys of every cosigner that the record has named."""
    vkeys = (*state.convened.cosigners, *(cosigner.vkey for cosigner in state.cosigners.values()))
    return frozenset(parse_vkey(vkey).public_key for vkey in vkeys)


def _not_yours_to_enrol(state: State, person: Person) -> Refusal:
    if speaks_for_itself(state, person.side):
        return Refusal("key.enrol_other",
                       "A key is enrolled by its person; a first one also by a mediator. A delegate who has lost theirs, "
                       "or holds powers and has none yet, is given one by a principal whose key is confirmed.",
                       instead="Sign with the person's own key, or ask the delegate's principal.")  # fmt: skip
    return Refusal("key.enrol_other",
                   "A key is enrolled by its person; the first one, or one that replaces the last, also by a mediator "
                   "or the delegate's principal.",
                   instead="Sign with the person's own key, or name the working key that this one replaces.")  # fmt: skip


def evolve_enrol(state: State, act: Act[Enrol]) -> State:
    clear = act.clear
    signing = state.keys[act.key]
    continues = signing.person == clear.person and signing.confirmed is not None
    keys = state.keys.set(
        thumbprint(read_public_key(clear.public)),
        Key(
            clear.person, clear.public, state.size, sealing=clear.sealing or "", continues=continues,
            on_anothers_word=continues and signing.on_anothers_word,
        ),
    )  # fmt: skip
    if clear.replaces:
        keys = keys.set(clear.replaces, replace(keys[clear.replaces], revoked=state.size))
    return replace(state, keys=keys)


def _missing_key(state: State, key: str) -> Refusal | None:
    return (
        None
        if key in state.keys
        else Refusal(
            "key.unknown",
            "The record holds no such key.",
            instead="Name a key that is enrolled in this record.",
        )
    )


def examine_fingerprint(state: State, act: Act[ConfirmFingerprint]) -> tuple[Refusal, ...]:
    key = state.keys.get(act.clear.key)
    return refusals(
        _missing_key(state, act.clear.key),
        Refusal("key.confirmed", "This fingerprint is confirmed already.",
                instead="Nothing more is needed: the confirmation stands.")
        if key is not None and key.confirmed is not None
        else None,
        Refusal("key.revoked", "This key is revoked; its fingerprint can no longer be confirmed.",
                instead="Enrol another key for the person.")
        if key is not None and key.revoked is not None
        else None,
        None
        if key is None or may_confirm(state, state.people[act.author], key)
        else _not_yours_to_confirm(state, state.people[key.person]),
        unconfirmed_principal(state, act) if key is not None and needs_a_principals_word(state, key) else None,
    )  # fmt: skip


def _not_yours_to_confirm(state: State, owner: Person) -> Refusal:
    if owner.role not in PRINCIPALS or not speaks_for_itself(state, owner.side):
        return Refusal("key.confirm_own", "A fingerprint is confirmed by the convenor or by another side.",
                       instead="Read the words out to somebody across the table.")  # fmt: skip
    if is_left_alone(state, owner.side):
        return Refusal("key.confirm_succession", "No principal of this side is left who could confirm this key.",
                       instead="Read its words out to a principal of another side: the convenor’s word is not enough.",
                       )  # fmt: skip
    return Refusal("key.confirm_succession", "This side has a principal whose key is confirmed, and speaks for itself.",
                   instead="That principal confirms the key of another, or enrols further keys of its own.")  # fmt: skip


def evolve_fingerprint(state: State, act: Act[ConfirmFingerprint]) -> State:
    key = state.keys[act.clear.key]
    on_anothers_word = key.on_anothers_word or is_on_anothers_word(state, key)
    key = replace(key, confirmed=state.size, on_anothers_word=on_anothers_word)
    return replace(state, keys=state.keys.set(act.clear.key, key))


def examine_revoke(state: State, act: Act[RevokeKey]) -> tuple[Refusal, ...]:
    key = state.keys.get(act.clear.key)
    author = state.people[act.author]
    allowed = key is not None and may_revoke(author, state.people[key.person])
    return refusals(
        _missing_key(state, act.clear.key),
        Refusal(
            "key.revoked",
            "This key is revoked already.",
            instead="Nothing more is needed: nothing it signs is taken.",
        )
        if key and key.revoked is not None
        else None,
        Refusal(
            "key.revoke_other",
            "A key is revoked by its person, a mediator or the person's principal.",
            instead="Ask one of them.",
        )
        if key is not None and not allowed
        else None,
        _keepers(state, key),
        Refusal(
            "key.since", "Compromise cannot start after this act.", instead="Name an earlier index, or none."
        )
        if act.clear.since is not None and act.clear.since > state.size
        else None,
    )


def evolve_revoke(state: State, act: Act[RevokeKey]) -> State:
    key = replace(state.keys[act.clear.key], revoked=state.size, compromised_since=act.clear.since)
    state = replace(state, keys=state.keys.set(act.clear.key, key))
    for instrument in state.texts():
        ladder = instrument.ladder
        for side, standing in instrument.ladder.items():
            if _in_other_hands(standing, act.clear):
                ladder = ladder.set(side, replace(standing, flags=(*standing.flags, IN_OTHER_HANDS)))
        state = changed(state, instrument.id, ladder=ladder)
    return state


def _in_other_hands(standing: Standing, revoked: RevokeKey) -> bool:
    """Whether the step that stands was signed with the key while it may have been in other hands."""
    if not standing.edition or revoked.since is None or IN_OTHER_HANDS in standing.flags:
        return False
    return standing.path[-1].key == revoked.key and standing.path[-1].index >= revoked.since


def evolve_void(state: State, _act: Act[Any]) -> State:
    return state  # the chain, which every act advances, is the whole effect


def examine_rectify(state: State, act: Act[Rectify]) -> tuple[Refusal, ...]:
    original = act.clear.original
    minute, statement = state.minutes.get(original), state.statements.get(original)
    if minute is None and statement is None:
        return (
            Refusal("rectify.unknown", "Only a minute or a statement in this record can be rectified.",
                    instead="A text is changed by an edition; a step is taken back."),
        )  # fmt: skip
    own = statement is None or statement.by == act.author
    return refusals(
        Refusal(
            "rectify.other",
            "A statement is rectified by its author.",
            instead="Register a statement of your own, or answer this one.",
        )
        if not own
        else None,
        Refusal(
            "rectify.minute",
            "A minute is rectified by a mediator; its speaker confirms or contests it.",
            instead="Ask a mediator, or contest the minute if the words are yours.",
        )
        if minute is not None and state.people[act.author].role not in MEDIATION
        else None,
    )


def evolve_rectify(state: State, act: Act[Rectify]) -> State:
    minute = state.minutes.get(act.clear.original)
    if minute is None:
        return state
    rectified = replace(minute, rectified=(*minute.rectified, act.leaf))
    return replace(state, minutes=state.minutes.set(minute.leaf, rectified))


def offers_fingerprint(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in TABLE:
        return
    for key_id, key in sorted(state.keys.items(), key=lambda item: item[1].enrolled):
        of_principal = state.people[key.person].role in PRINCIPALS
        if of_principal and key.confirmed is None and key.revoked is None and may_confirm(state, person, key):
            yield Offer("confirm_fingerprint", key.person, {"key": key_id})


KINDS = (
    Kind(Enrol, Hidden, WITH_A_KEY_OF_THEIR_OWN, examine_enrol, evolve_enrol, "{author} enrols a key for {person}",
         "Acts signed by this key count as the person's from here on."),
    Kind(ConfirmFingerprint, Hidden, TABLE, examine_fingerprint, evolve_fingerprint,
         "{author} confirms the fingerprint of {key}",
         "You say that you compared the words with the person over another channel.",
         offers=offers_fingerprint),
    Kind(RevokeKey, Reason, WITH_A_KEY_OF_THEIR_OWN, examine_revoke, evolve_revoke, "{author} revokes the key of {key}",
         "Later signatures by this key are refused; earlier ones stand, flagged if you name an index.",
         staleness=Staleness.PROTECTIVE),
    Kind(Void, Reason, ANYONE, accept, evolve_void, "{author} voids an act that got no receipt",
         "The act you sent before can never be sequenced.", staleness=Staleness.PROTECTIVE, where=frozenset(Log)),
    Kind(Rectify, RectifyHidden, TABLE, examine_rectify, evolve_rectify, "{author} rectifies {original}",
         "Your correction stands beside the original; no step moves."),
)  # fmt: skip
