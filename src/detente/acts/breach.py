"""Breach: give notice of one, object, reply.

Rules (VCLT art. 60, 65; by analogy where the instrument is no treaty). A side that claims a breach notifies the
others of the measure it proposes and of its reasons (65(1)), on an instrument in force for both. The others have a
period for objection of three months at least from the receipt of the notice, unless the matter is specially urgent
(65(2)); the receipt is the first time marked after the notice, and the end of the period is derived from a cosigned
mark. An objection in time leaves the means of Article 33 of the Charter (65(3)); one that comes late is recorded. The
record does not judge whether there is a breach, nor whether it is material. What follows on a notice: `measures.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from detente.acts.act import SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.mandates import weigh
from detente.acts.protection import protected, strange_provisions
from detente.acts.subjects import (
    missing_instrument,
    no_such_instant,
    not_a_side_of,
    own_side,
    side_of,
    unconfirmed_principal,
)
from detente.codec.identifier import Leaf, ProvisionId, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.breach import Measure, Notice
from detente.state.instrument import Instrument
from detente.state.ladder import Move, Step, open_moves
from detente.state.records import Person, State, in_order


class NotifyBreach(Clear, frozen=True, kw_only=True, tag="notify_breach"):
    """of: the side said to have breached. provisions, commitments: in which. affects: the provisions that the measure is
    to reach, none for the whole text. urgent: special urgency is claimed, for a period under three months."""

    instrument: SubjectId
    of: Side
    measure: Measure
    objections_by: Instant
    provisions: tuple[ProvisionId, ...] = ()
    commitments: tuple[Leaf, ...] = ()
    affects: tuple[ProvisionId, ...] = ()
    urgent: bool = False


class NoticeHidden(Hidden, frozen=True, kw_only=True):
    """text: the measure in words; reason: why a breach is claimed, and why it is urgent where it is said to be."""

    text: str | None = None
    reason: str | None = None


class OnNotice(Clear, frozen=True, kw_only=True):
    """breach: leaf of the notice."""

    breach: Leaf


class ObjectToNotice(OnNotice, frozen=True, kw_only=True, tag="object_to_notice"):
    pass


class ReplyToNotice(OnNotice, frozen=True, kw_only=True, tag="reply_to_notice"):
    pass


class NoticeWords(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def months_after(instant: str, months: int) -> str:
    """The same day and time so many months on; the first of the month after where that month has no such day.

    >>> months_after("2026-11-05T09:00:00Z", 3), months_after("2026-11-30T09:00:00Z", 3)
    ('2027-02-05T09:00:00Z', '2027-03-01T09:00:00Z')
    """
    years, month = divmod(int(instant[5:7]) - 1 + months, 12)
    year, day = min(int(instant[:4]) + years, 9998), int(instant[8:10])
    try:
        moved = date(year, month + 1, day)
    except ValueError:
        moved = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return f"{moved.isoformat()}{instant[10:]}"


def period_ends(notice: Notice) -> str:
    """When others can object no longer in time: not before three months from the receipt, but for special urgency."""
    if notice.urgent or notice.notified is None:
        return notice.objections_by
    return max(notice.objections_by, months_after(notice.notified, 3))


def not_in_force_between(instrument: Instrument, side: str | None, other: str) -> Refusal | None:
    """Whether the text is in force for both, as its ladder stands."""
    lacking = [s for s in (side or "", other) if instrument.standing(s).step is not Step.IN_FORCE]
    if not lacking:
        return None
    step = instrument.standing(side or "").step
    can_take_back = Move.TAKE_BACK in open_moves(step, signature_binds=False, still_open=False)
    return Refusal("breach.not_in_force", f"“{instrument.id}” is not in force between {side} and {other}.",
                   "VCLT art. 60, 65",
                   "You can take back your step, contest the validity of the text, or announce a response."
                   if can_take_back
                   else "You can contest the validity of the text, or announce a response.")  # fmt: skip


def _protected(state: State, instrument: Instrument, affects: tuple[str, ...]) -> Refusal | None:
    kept = ", ".join(number_of(p, full=True) for p in affects if p in protected(state, instrument))
    if not kept:
        return None
    return Refusal("breach.protects_persons", f"No measure reaches {kept}: it protects persons.", "VCLT art. 60(5)",
                   "Name other provisions. That these were breached can still be claimed.")  # fmt: skip


def _wrong_measure(measure: Measure, affects: tuple[str, ...]) -> Refusal | None:
    if not affects or measure in ("suspend", "other"):
        return None
    return Refusal("breach.in_part", "A text is ended as a whole; in part it can only be suspended.",
                   "VCLT art. 44, 60", "Propose suspension of these provisions, or name none.")  # fmt: skip


def _period_too_short(state: State, clear: NotifyBreach) -> Refusal | None:
    now = state.clock.now
    earliest = now if clear.urgent else months_after(now, 3)
    if clear.objections_by > now and clear.objections_by >= earliest:
        return None
    return Refusal("breach.period", "The period for objection is shorter than three months." if not clear.urgent else
                   "The period for objection has passed before it begins.", "VCLT art. 65(2)",
                   f"Name an instant at or after {earliest}, or say that the matter is specially urgent."
                   if not clear.urgent else f"Name an instant after the last time marked, {now}.")  # fmt: skip


def _unknown_commitments(state: State, clear: NotifyBreach) -> Refusal | None:
    found = (state.commitments.get(leaf) for leaf in clear.commitments)
    if all(c is not None and c.instrument == clear.instrument for c in found):
        return None
    return Refusal("breach.commitment", "The record holds no such commitment drawn from this text.",
                   instead="Name commitments of this instrument, or provisions only.")  # fmt: skip


def examine_notify(state: State, act: Act[NotifyBreach]) -> tuple[Refusal, ...]:
    clear, side = act.clear, side_of(state, act.author)
    instrument = state.instruments.get(clear.instrument)
    if instrument is None:
        return refusals(missing_instrument(state, clear.instrument))
    found = refusals(
        not_a_side_of(state, clear.instrument, side),
        not_a_side_of(state, clear.instrument, clear.of),
        Refusal("breach.own", "A notice is of another side’s breach.", "VCLT art. 60",
                "What your own side did or left undone it can report as its own words.")
        if side == clear.of
        else None,
    )  # fmt: skip
    in_the_way = found or refusals(not_in_force_between(instrument, side, clear.of))
    return in_the_way or refusals(
        strange_provisions(instrument.edition, (*clear.provisions, *clear.affects)),
        Refusal("breach.nothing", "A notice says which provisions or commitments were breached.", "VCLT art. 65(1)",
                "Name them.") if not clear.provisions and not clear.commitments else None,
        _unknown_commitments(state, clear),
        _wrong_measure(clear.measure, clear.affects),
        _protected(state, instrument, clear.affects),
        no_such_instant(clear.objections_by) or _period_too_short(state, clear),
        unconfirmed_principal(state, act),
        lacking_powers(state, act, clear.instrument),
    )  # fmt: skip


def lacking_powers(state: State, act: Act[Any], instrument: str) -> Refusal | None:
    """What a principal does, a delegate does within powers that extend to it (VCLT 67(2)). No step is taken by it that
    could wait for a principal's confirmation: whoever has no such powers is refused."""
    authority = weigh(state, act.author, "act_on_breach", instrument, "definitive")
    if authority.authorised:
        return None
    return Refusal("breach.powers", f"{act.author} has no powers to act on a breach: {authority.why}.", "VCLT art. 67(2)",
                   "A principal does it, or grants powers that extend to acting on a breach.")  # fmt: skip


def may_act_on(state: State, person: Person, notice: Notice) -> bool:
    """Whether the notice is of the person's side, and the person has the powers to act on it."""
    if person.side != notice.by_side or person.role not in SIDES:
        return False
    return weigh(state, person.id, "act_on_breach", notice.instrument, "definitive").authorised


def evolve_notify(state: State, act: Act[NotifyBreach]) -> State:
    clear = act.clear
    notice = Notice(
        act.leaf, state.size, act.author, own_side(state, act), clear.of, clear.instrument, clear.measure,
        clear.objections_by, clear.provisions, clear.commitments, clear.affects, clear.urgent,
    )  # fmt: skip
    return with_notice(state, notice)


def with_notice(state: State, notice: Notice) -> State:
    return replace(state, notices=state.notices.set(notice.leaf, notice))


def unknown_notice(notice: Notice | None) -> Refusal | None:
    if notice is not None:
        return None
    return Refusal("breach.unknown", "The record holds no such notice of breach.",
                   instead="Name a notice that stands in the record.")  # fmt: skip


def gone(notice: Notice) -> Refusal | None:
    """Why nothing more can be done on a notice."""
    said = (
        f"The notice is revoked, by act {notice.revoked + 1}." if notice.revoked is not None
        else f"The measure has been carried out, by act {notice.carried_out + 1}." if notice.carried_out is not None
        else f"The breach is cured, as {notice.by_side} accepts by act {notice.cured + 1}." if notice.cured is not None
        else ""
    )  # fmt: skip
    if not said:
        return None
    return Refusal("breach.gone", said, "VCLT art. 67-68", "A further breach needs a notice of its own.")


def examine_object(state: State, act: Act[ObjectToNotice]) -> tuple[Refusal, ...]:
    notice, side = state.notices.get(act.clear.breach), side_of(state, act.author)
    if notice is None:
        return refusals(unknown_notice(notice))
    return refusals(
        not_a_side_of(state, notice.instrument, side),
        Refusal("breach.own", "Your own side gave this notice.", "VCLT art. 68", "Its principal can revoke it.")
        if side == notice.by_side
        else None,
        Refusal("breach.objected", "Your side has objected to this notice already.", "VCLT art. 65(3)",
                "A reply can say more; so can a joint decision.")
        if side in {s for _leaf, _at, s in notice.objections}
        else None,
    )  # fmt: skip


def evolve_object(state: State, act: Act[ObjectToNotice]) -> State:
    notice = state.notices[act.clear.breach]
    objections = (*notice.objections, (act.leaf, state.size, own_side(state, act)))
    return with_notice(state, replace(notice, objections=objections))


def examine_reply(state: State, act: Act[ReplyToNotice]) -> tuple[Refusal, ...]:
    notice = state.notices.get(act.clear.breach)
    if notice is None:
        return refusals(unknown_notice(notice))
    return refusals(
        Refusal("breach.reply", f"The notice is of a breach by {notice.of}, whose reply it awaits.",
                "VCLT art. 65", "Another side can object.")
        if side_of(state, act.author) != notice.of
        else None,
    )  # fmt: skip


def evolve_reply(state: State, act: Act[ReplyToNotice]) -> State:
    notice = state.notices[act.clear.breach]
    replies = (*notice.replies, (act.leaf, state.size, own_side(state, act)))
    return with_notice(state, replace(notice, replies=replies))


def expire_notices(state: State) -> State:
    """`state`, whose last act is a mark of time, with the notices received by then and the periods that are over."""
    for notice in state.notices.values():
        # A checkpoint that does not cover the notice says nothing of it.
        if notice.expired is None and state.clock.size > notice.index:
            received = replace(notice, notified=notice.notified or state.clock.now)
            over = period_ends(received) <= state.clock.now
            state = with_notice(state, replace(received, expired=state.size - 1 if over else None))
    return state


def running_notices(state: State) -> Iterator[Notice]:
    """Those on which others can still object in time, in order."""
    return (n for n in in_order(state.notices.values()) if n.stands and n.expired is None)


def awaited(state: State, notice: Notice) -> tuple[str, ...]:
    """The sides that can still object."""
    objected = {side for _leaf, _at, side in notice.objections}
    sides = state.instruments[notice.instrument].sides
    return tuple(s for s in sides if s != notice.by_side and s not in objected)


def offers_object(state: State, person: Person) -> Iterable[Offer]:
    for notice in running_notices(state):
        if person.side in awaited(state, notice):
            yield Offer("object_to_notice", notice.leaf, {"breach": notice.leaf})


def offers_reply(state: State, person: Person) -> Iterable[Offer]:
    for notice in in_order(state.notices.values()):
        if notice.of == person.side and notice.stands and not notice.replies:
            yield Offer("reply_to_notice", notice.leaf, {"breach": notice.leaf})


KINDS = (
    Kind(NotifyBreach, NoticeHidden, SIDES, examine_notify, evolve_notify,
         "{author} notifies a breach of {instrument} by {of}, objections by {objections_by}",
         "You claim a breach and say what your side proposes. Nothing is suspended or ended by the notice."),
    Kind(ObjectToNotice, Reason, SIDES, examine_object, evolve_object, "{author} objects to the notice {breach}",
         "In time, your objection keeps the measure from being carried out by one side alone (VCLT art. 65(3)).",
         staleness=Staleness.PROTECTIVE, offers=offers_object),
    Kind(ReplyToNotice, NoticeWords, SIDES, examine_reply, evolve_reply, "{author} replies to the notice {breach}",
         "Your side's words stand beside the notice. A reply is no objection, and admits nothing.",
         staleness=Staleness.PROTECTIVE, offers=offers_reply),
)  # fmt: skip
