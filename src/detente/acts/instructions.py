"""Instructions: refer to one's principal, be instructed, and tell the table that one has asked.

Rules: referrals, instructions and notes stand in the side's chamber, sealed, and never touch the main log; a sealed
instruction does not limit a mandate towards others (VCLT art. 47). A referral is in the main log only if the
side announces it; its silence means nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import (
    DELEGATES,
    PRINCIPALS,
    TABLE,
    Act,
    Clear,
    Hidden,
    Kind,
    Log,
    Offer,
    accept,
    refusals,
)
from detente.acts.sealing import Sealed
from detente.acts.subjects import (
    missing_edition,
    missing_instrument,
    no_such_instant,
    not_a_side_of,
    own_side,
    side_of,
)  # fmt: skip
from detente.codec.identifier import Leaf, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.state.records import Chamber, Person, Referral, State


class Refer(Clear, frozen=True, kw_only=True, tag="refer"):
    instrument: SubjectId
    edition: Leaf
    reply_by: Instant | None = None


class SealedQuestion(Sealed, frozen=True, kw_only=True):
    question: str | None = None


class Question(Hidden, frozen=True, kw_only=True):
    question: str | None = None


class Instruct(Clear, frozen=True, kw_only=True, tag="instruct"):
    """referral: the leaf, in this chamber, of what is answered."""

    referral: Leaf | None = None


class Instruction(Sealed, frozen=True, kw_only=True):
    text: str | None = None


class Note(Clear, frozen=True, kw_only=True, tag="note"):
    pass


class AnnounceReferral(Clear, frozen=True, kw_only=True, tag="announce_referral"):
    instrument: SubjectId
    edition: Leaf
    reply_by: Instant | None = None


def examine_refer(chamber: Chamber, act: Act[Refer]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        missing_instrument(chamber.main, clear.instrument),
        missing_edition(chamber.main, clear.instrument, clear.edition),
        no_such_instant(clear.reply_by),
    )


def evolve_refer(chamber: Chamber, act: Act[Refer]) -> Chamber:
    entry = (act.author, act.clear.edition, act.clear.reply_by)
    return replace(chamber, referrals=chamber.referrals.set(act.leaf, entry))


def examine_instruct(chamber: Chamber, act: Act[Instruct]) -> tuple[Refusal, ...]:
    referral = act.clear.referral
    return refusals(
        Refusal(
            "instruction.referral",
            "This chamber holds no such referral.",
            instead="Leave the referral out, or name one of this chamber.",
        )
        if referral is not None and referral not in chamber.referrals
        else None
    )


def evolve_instruct(chamber: Chamber, act: Act[Instruct]) -> Chamber:
    entry = (act.leaf, act.author, act.clear.referral)
    return replace(chamber, instructions=(*chamber.instructions, entry))


def evolve_note(chamber: Chamber, act: Act[Note]) -> Chamber:
    return replace(chamber, notes=(*chamber.notes, (act.leaf, act.author)))


def examine_announce(state: State, act: Act[AnnounceReferral]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        missing_instrument(state, clear.instrument),
        missing_edition(state, clear.instrument, clear.edition),
        not_a_side_of(state, clear.instrument, side_of(state, act.author)),
        no_such_instant(clear.reply_by),
    )


def evolve_announce(state: State, act: Act[AnnounceReferral]) -> State:
    clear = act.clear
    referral = Referral(
        act.leaf,
        state.size,
        own_side(state, act),
        act.author,
        clear.instrument,
        clear.edition,
        clear.reply_by,
    )
    return replace(state, referrals=state.referrals.set(act.leaf, referral))


def offers_announce(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        edition = instrument.edition
        if person.role in DELEGATES and edition is not None and person.side in instrument.sides:
            yield Offer(
                "announce_referral", instrument.id, {"instrument": instrument.id, "edition": edition.leaf}
            )


IN_SIDE = frozenset({Log.SIDE})

KINDS = (
    Kind(Refer, SealedQuestion, DELEGATES, examine_refer, evolve_refer, "{author} refers {instrument}, edition {edition}",
         "You ask your principal; nobody else learns of it.", where=IN_SIDE),
    Kind(Instruct, Instruction, PRINCIPALS, examine_instruct, evolve_instruct, "{author} instructs the delegation",
         "You instruct your delegation; this does not limit its mandate towards others.", where=IN_SIDE),
    Kind(Note, Instruction, TABLE, accept, evolve_note, "{author} notes",
         "A note for this chamber only.",
         where=frozenset({Log.SIDE, Log.MEDIATORS, Log.MEDIATORS_AND_SIDE})),
    Kind(AnnounceReferral, Question, DELEGATES, examine_announce, evolve_announce,
         "{author} announces a referral of {instrument}, edition {edition}",
         "The table learns that you ask your principal first; silence means nothing.", offers=offers_announce),
)  # fmt: skip
