"""Sessions: open, close, agenda, take up an item, minute, confirm or contest a minute.

Rules: sessions are numbered from 1 and do not overlap: one that the talks were broken off in is closed, late but
at its time, before the next opens; an item taken up stands on the agenda, or is "off" (off the agenda) or
"break". A minute records words, in any role's mouth; it is no act of its speaker. The speaker confirms or
contests it with their own key, and even then the words take no step on a ladder: assent is its own act.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import ANYONE, MEDIATION, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.subjects import (
    changed,
    missing_edition,
    missing_instrument,
    missing_person,
    no_such_instant,
)
from detente.codec.identifier import Leaf, PersonId, SubjectId, whole
from detente.codec.instant import Instant, unix_from_instant
from detente.codec.refusal import Refusal
from detente.state.phases import Phase
from detente.state.records import Minute, Person, Session, State, in_order

ItemId = Annotated[str, Meta(pattern=whole(r"[a-z0-9]{1,12}"), description="an item of the agenda")]
ASIDE = ("off", "break")
ORAL_STEPS = ("oral_assent", "oral_withdrawal")


class OpenSession(Clear, frozen=True, kw_only=True, tag="open_session"):
    number: Annotated[int, Meta(ge=1)]
    at: Instant


class SessionPlace(Hidden, frozen=True, kw_only=True):
    place: str | None = None
    text: str | None = None


class CloseSession(Clear, frozen=True, kw_only=True, tag="close_session"):
    number: Annotated[int, Meta(ge=1)]
    at: Instant


class SetAgenda(Clear, frozen=True, kw_only=True, tag="set_agenda"):
    items: tuple[ItemId, ...]


class AgendaTitles(Hidden, frozen=True, kw_only=True):
    titles: dict[str, str] | None = None


class TakeUp(Clear, frozen=True, kw_only=True, tag="take_up"):
    item: ItemId
    at: Instant


class MinuteWords(Clear, frozen=True, kw_only=True, tag="minute"):
    """speaker: who is recorded as having spoken. sense: what was done with words. edition: what they were
    about, where they were about a text."""

    speaker: PersonId
    sense: Literal[
        "statement", "question", "oral_assent", "oral_withdrawal", "oral_assurance", "consultation"
    ]
    said_at: Instant
    instrument: SubjectId | None = None
    edition: Leaf | None = None


class Words(Hidden, frozen=True, kw_only=True):
    text: str | None = None
    language: str | None = None
    interpreter: str | None = None


class AskToConfirm(Clear, frozen=True, kw_only=True, tag="ask_to_confirm"):
    minute: Leaf


class ConfirmMinute(Clear, frozen=True, kw_only=True, tag="confirm_minute"):
    minute: Leaf


class ContestMinute(Clear, frozen=True, kw_only=True, tag="contest_minute"):
    minute: Leaf


def _last_stated(state: State) -> str:
    """The last time stated in the course of sessions; "" before the first."""
    session = state.sessions[-1] if state.sessions else None
    if session is None:
        return ""
    return session.closed or (session.course[-1][1] if session.course else session.opened)


def _out_of_order(state: State, at: str) -> Refusal | None:
    last = _last_stated(state)
    if at >= last:
        return None
    return Refusal(
        "session.time_order",
        f"The time stated is before the last one in the minutes, {last}.",
        instead="State that time or a later one.",
    )


def _unclosed(state: State) -> Session | None:
    """The session that is open, or that the talks were adjourned or broken off in."""
    last = state.sessions[-1] if state.sessions else None
    return last if last is not None and last.closed is None else None


def examine_open(state: State, act: Act[OpenSession]) -> tuple[Refusal, ...]:
    following = len(state.sessions) + 1
    unclosed = _unclosed(state)
    return refusals(
        Refusal(
            "session.unclosed",
            f"Session {unclosed.number} is not closed.",
            instead="Close it first, at the time when it ended.",
        )
        if unclosed
        else None,
        Refusal(
            "session.number",
            f"The next session is number {following}.",
            instead="Give the session that number.",
        )
        if act.clear.number != following
        else None,
        _out_of_order(state, act.clear.at),
        no_such_instant(act.clear.at),
    )


def evolve_open(state: State, act: Act[OpenSession]) -> State:
    session = Session(act.clear.number, act.leaf, act.clear.at)
    return replace(state, sessions=(*state.sessions, session))


def examine_close(state: State, act: Act[CloseSession]) -> tuple[Refusal, ...]:
    if _unclosed(state) is None:
        return (Refusal("session.none_open", "No session is open.", instead="Open the next session first."),)
    return refusals(
        Refusal(
            "session.number",
            f"The open session is number {len(state.sessions)}.",
            instead="Give the session that number.",
        )
        if act.clear.number != len(state.sessions)
        else None,
        _out_of_order(state, act.clear.at),
        no_such_instant(act.clear.at),
    )


def _with_session(state: State, session: Session) -> State:
    return replace(state, sessions=(*state.sessions[:-1], session))


def evolve_close(state: State, act: Act[CloseSession]) -> State:
    session = state.sessions[-1]
    spent: dict[str, int] = {}
    for item, start, end in session.stretches(act.clear.at):
        spent[item] = spent.get(item, 0) + unix_from_instant(end) - unix_from_instant(start)
    return _with_session(state, replace(session, closed=act.clear.at, spent=tuple(spent.items())))


def examine_agenda(_state: State, act: Act[SetAgenda]) -> tuple[Refusal, ...]:
    items = act.clear.items
    return refusals(
        Refusal(
            "session.agenda",
            "Each item needs an id of its own, other than “off” and “break”.",
            instead="Give each item an id of its own.",
        )
        if len(set(items)) != len(items) or set(items) & set(ASIDE)
        else None
    )


def evolve_agenda(state: State, act: Act[SetAgenda]) -> State:
    return replace(state, agenda=act.clear.items)


def examine_take_up(state: State, act: Act[TakeUp]) -> tuple[Refusal, ...]:
    items = ", ".join(state.agenda) or "none"
    return refusals(
        Refusal("session.item", f"“{act.clear.item}” is not on the agenda.",
                instead=f"Items: {items}; or “off” (off the agenda), or “break”.")
        if act.clear.item not in state.agenda and act.clear.item not in ASIDE
        else None,
        _out_of_order(state, act.clear.at),
        no_such_instant(act.clear.at),
    )  # fmt: skip


def evolve_take_up(state: State, act: Act[TakeUp]) -> State:
    session = state.sessions[-1]
    return _with_session(state, replace(session, course=(*session.course, (act.clear.item, act.clear.at))))


def examine_minute(state: State, act: Act[MinuteWords]) -> tuple[Refusal, ...]:
    clear = act.clear
    oral_step = clear.sense in ORAL_STEPS
    return refusals(
        missing_person(state, clear.speaker),
        no_such_instant(clear.said_at),
        missing_instrument(state, clear.instrument) if clear.instrument else None,
        missing_edition(state, clear.instrument, clear.edition) if clear.instrument and clear.edition else None,
        Refusal("minute.subject", "A minute of oral assent names the edition that the words were about.",
                instead="Name the instrument and the edition.")
        if oral_step and not (clear.instrument and clear.edition)
        else None,
    )  # fmt: skip


def evolve_minute(state: State, act: Act[MinuteWords]) -> State:
    clear = act.clear
    number = state.sessions[-1].number if state.phase is Phase.IN_SESSION else None
    minute = Minute(
        act.leaf,
        state.size,
        number,
        clear.speaker,
        clear.sense,
        clear.instrument,
        clear.edition,
        clear.said_at,
    )
    state = replace(state, minutes=state.minutes.set(act.leaf, minute))
    instrument = state.instruments.get(clear.instrument or "")
    if clear.sense not in ORAL_STEPS or instrument is None or instrument.edition is None:
        return state
    if clear.edition != instrument.edition.leaf:
        return state
    return changed(state, instrument.id, spoken=(*instrument.spoken, act.leaf))


def _missing_minute(state: State, leaf: str) -> Refusal | None:
    return (
        None
        if leaf in state.minutes
        else Refusal(
            "minute.unknown",
            "The record holds no such minute.",
            instead="Name a minute that stands in the record.",
        )
    )


def examine_ask(state: State, act: Act[AskToConfirm]) -> tuple[Refusal, ...]:
    return refusals(_missing_minute(state, act.clear.minute))


def evolve_ask(state: State, act: Act[AskToConfirm]) -> State:
    minute = replace(state.minutes[act.clear.minute], asked=state.size)
    answered = minute.confirmed is not None or minute.contested is not None
    asked = state.asked if answered or minute.leaf in state.asked else (*state.asked, minute.leaf)
    return replace(state, minutes=state.minutes.set(minute.leaf, minute), asked=asked)


def _examine_answer(state: State, act: Act[ConfirmMinute] | Act[ContestMinute]) -> tuple[Refusal, ...]:
    minute = state.minutes.get(act.clear.minute)
    answered = minute is not None and (minute.confirmed is not None or minute.contested is not None)
    return refusals(
        _missing_minute(state, act.clear.minute),
        Refusal("minute.speaker", "Only the speaker can confirm or contest the words.",
                instead="A mediator can ask the speaker.")
        if minute is not None and minute.speaker != act.author
        else None,
        Refusal("minute.answered", "The speaker has answered this minute already.",
                instead="The first answer stands; a mediator can rectify the minute.") if answered else None,
    )  # fmt: skip


def evolve_confirm(state: State, act: Act[ConfirmMinute]) -> State:
    return _answered(state, replace(state.minutes[act.clear.minute], confirmed=state.size))


def evolve_contest(state: State, act: Act[ContestMinute]) -> State:
    return _answered(state, replace(state.minutes[act.clear.minute], contested=state.size))


def _answered(state: State, minute: Minute) -> State:
    asked = tuple(leaf for leaf in state.asked if leaf != minute.leaf)
    return replace(state, minutes=state.minutes.set(minute.leaf, minute), asked=asked)


def offers_answer(state: State, person: Person) -> Iterable[Offer]:
    for minute in in_order(state.minutes.values()):
        if minute.speaker == person.id and minute.confirmed is None and minute.contested is None:
            yield Offer("confirm_minute", minute.leaf, {"minute": minute.leaf})
            yield Offer("contest_minute", minute.leaf, {"minute": minute.leaf})


def offers_session(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in MEDIATION:
        return
    at = max(state.clock.now, _last_stated(state), "1970-01-01T00:00:00Z")
    if _unclosed(state):
        yield Offer("close_session", "", {"number": len(state.sessions), "at": at})
    elif state.phase is Phase.BETWEEN:
        yield Offer("open_session", "", {"number": len(state.sessions) + 1, "at": at})
    if state.phase is Phase.IN_SESSION:
        for item in (*state.agenda, *ASIDE):
            yield Offer("take_up", item, {"item": item, "at": at})


KINDS = (
    Kind(OpenSession, SessionPlace, MEDIATION, examine_open, evolve_open, "{author} opens session {number} at {at}",
         "The session is open; minutes and items are recorded under it.", offers=offers_session),
    Kind(CloseSession, SessionPlace, MEDIATION, examine_close, evolve_close,
         "{author} closes session {number} at {at}", "The session is closed; what was agreed in it stays."),
    Kind(SetAgenda, AgendaTitles, MEDIATION, examine_agenda, evolve_agenda, "{author} sets the agenda: {items}",
         "Time is counted by these items from here on."),
    Kind(TakeUp, Hidden, MEDIATION, examine_take_up, evolve_take_up, "{author} takes up item {item} at {at}",
         "Time counts towards this item until the next one is taken up."),
    Kind(MinuteWords, Words, MEDIATION, examine_minute, evolve_minute,
         "{author} minutes {sense} by {speaker} at {said_at}",
         "You record words; they take no step, and their speaker is asked to confirm them.", variant="sense"),
    Kind(AskToConfirm, Hidden, MEDIATION, examine_ask, evolve_ask,
         "{author} asks the speaker of {minute} to confirm the words",
         "The speaker is shown the words; silence confirms nothing."),
    Kind(ConfirmMinute, Hidden, ANYONE, _examine_answer, evolve_confirm,
         "{author} confirms the words minuted in {minute}",
         "You confirm that you said this. It takes no step on any text.", offers=offers_answer),
    Kind(ContestMinute, Words, ANYONE, _examine_answer, evolve_contest,
         "{author} contests the words minuted in {minute}",
         "Your answer stands beside the minute; neither is erased."),
)  # fmt: skip
