"""Silence: place an edition under it until an instant for each side, extend it, break it.

Rules (UN practice; nothing of it is in the VCLT): each side has a deadline of its own, after its own calendar. A
break needs no mandate and no reason, and is admitted however late; whether it came in time is judged at its index.
The lapse is nobody's act: the fold derives it from the first cosigned mark at or after the deadline. Silence never
gives consent or confirmation and takes no step on a ladder; where the rules that every side adopted say so, the
lapse of every period counts towards adoption (9), and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.one_text import text_not_ready
from detente.acts.subjects import (
    changed,
    missing_instrument,
    no_such_instant,
    not_a_side_of,
    own_side,
    side_of,
)
from detente.codec.identifier import Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.answers import is_adopted, open_brackets, running_silence, unconsolidated
from detente.state.instrument import Instrument, Silence, SilenceBroken
from detente.state.phases import Phase
from detente.state.records import Person, State

Deadlines = tuple[tuple[Side, Instant], ...]
_TALKS_ARE_OFF: Final = (Phase.BROKEN_OFF, Phase.CONCLUDED)


class PlaceSilence(Clear, frozen=True, kw_only=True, tag="place_silence"):
    """until: (side, deadline) of every negotiating side. The edition is the one that `on` names."""

    instrument: SubjectId
    until: Deadlines


class ExtendSilence(Clear, frozen=True, kw_only=True, tag="extend_silence"):
    """until: (side, later deadline), of some sides or all."""

    instrument: SubjectId
    until: Deadlines


class BreakSilence(Clear, frozen=True, kw_only=True, tag="break_silence"):
    instrument: SubjectId


def _unreadable_deadlines(state: State, until: Deadlines) -> tuple[Refusal, ...]:
    past = sorted(side for side, at in until if state.clock.now and at <= state.clock.now)
    return refusals(
        no_such_instant(*(at for _side, at in until)),
        Refusal("silence.past", f"The deadline of {', '.join(past)} has passed before it is set.",
                instead=f"Name an instant after the last time marked, {state.clock.now}.")
        if past
        else None,
    )  # fmt: skip


def _text_not_ready(state: State, instrument: Instrument) -> Refusal | None:
    """VCLT art. 9: what silence could adopt is one text, and one not adopted yet."""
    if instrument.edition is None:
        return Refusal("silence.no_edition", "No edition of the text is in the record.", "VCLT art. 9",
                       "A mediator can issue the first edition.")  # fmt: skip
    if is_adopted(state, instrument):
        return Refusal("silence.adopted", "This edition is adopted already; silence gives nothing beyond that.",
                       "VCLT art. 9-10", "Each side can take its next step by an act of its own.")  # fmt: skip
    bracketed = [
        number_of(b.provision, full=True) for b in (*open_brackets(instrument), *unconsolidated(instrument))
    ]
    if not bracketed:
        return None
    return Refusal("silence.bracketed", f"The edition is not one text: a bracket stands at {', '.join(bracketed)}.",
                   "VCLT art. 9", "Issue an edition without brackets, and place that one under silence.")  # fmt: skip


def examine_place(state: State, act: Act[PlaceSilence]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument)
    if instrument is None:
        return refusals(missing_instrument(state, clear.instrument))
    return (
        *text_not_ready(state, instrument),
        *refusals(
            _text_not_ready(state, instrument),
            Refusal("silence.running", "A silence procedure runs on this edition.",
                    instead="Extend it, or wait for its end.") if running_silence(instrument) else None,
            Refusal("silence.sides", "Each negotiating side needs one deadline of its own, and nobody else one.",
                    instead=f"Its sides are {', '.join(instrument.sides)}.")
            if sorted(side for side, _at in clear.until) != sorted(instrument.sides)
            else None,
            Refusal("silence.no_clock", "No time can be marked in this record, so that silence could never lapse.",
                    instead="Ask each side for its assent.") if not state.convened.quorum else None,
        ),
        *_unreadable_deadlines(state, clear.until),
    )  # fmt: skip


def evolve_place(state: State, act: Act[PlaceSilence]) -> State:
    edition = state.instruments[act.clear.instrument].edition
    assert edition is not None
    silence = Silence(act.leaf, state.size, edition.leaf, act.clear.until, state.size)
    return _with(state, state.instruments[act.clear.instrument], silence)


def _with(state: State, instrument: Instrument, silence: Silence) -> State:
    """With the procedure as it stands now, beside the edition that it is on."""
    editions = tuple(
        replace(e, silence=silence) if e.leaf == silence.edition else e for e in instrument.editions
    )
    return changed(state, instrument.id, editions=editions)


def examine_extend(state: State, act: Act[ExtendSilence]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument)
    silence = running_silence(instrument) if instrument else None
    if silence is None:
        return refusals(
            missing_instrument(state, clear.instrument),
            Refusal("silence.none", "No silence procedure runs on this text.",
                    instead="Place the edition under silence.") if instrument else None,
        )  # fmt: skip
    running = dict(silence.awaited())
    others = sorted({side for side, _at in clear.until} - set(running))
    return (
        *refusals(
            Refusal("silence.sides", f"No period runs for {', '.join(others)}.",
                    instead=f"A period runs for {', '.join(running)}.") if others else None,
            Refusal("silence.not_later", "An extension names sides, each once, and a later deadline for each.",
                    instead="Name a deadline after the one that stands.")
            if _is_no_extension(running, clear.until)
            else None,
        ),
        *_unreadable_deadlines(state, clear.until),
    )  # fmt: skip


def _is_no_extension(running: Mapping[str, str], until: Deadlines) -> bool:
    return (
        len(dict(until)) != len(until) or not until or any(at <= running.get(side, "") for side, at in until)
    )


def evolve_extend(state: State, act: Act[ExtendSilence]) -> State:
    instrument = state.instruments[act.clear.instrument]
    silence = instrument.silence
    assert silence is not None
    until = tuple({**dict(silence.until), **dict(act.clear.until)}.items())
    return _with(state, instrument, replace(silence, until=until, since=state.size))


def examine_break(state: State, act: Act[BreakSilence]) -> tuple[Refusal, ...]:
    name, side = act.clear.instrument, side_of(state, act.author)
    instrument = state.instruments.get(name)
    silence = instrument.silence if instrument else None
    return refusals(
        missing_instrument(state, name),
        not_a_side_of(state, name, side),
        Refusal("silence.none", "No silence procedure has been placed on this text.",
                instead="Propose an alternative, or reserve a provision.")
        if instrument is not None and silence is None
        else None,
        Refusal("silence.broken_already", "Your side has broken this silence already.",
                instead="Propose an alternative, to say what your side would accept.")
        if silence is not None and side in {b.side for b in silence.breaks}
        else None,
    )  # fmt: skip


def evolve_break(state: State, act: Act[BreakSilence]) -> State:
    instrument, side = state.instruments[act.clear.instrument], own_side(state, act)
    silence = instrument.silence
    assert silence is not None
    running = running_silence(instrument)
    late = running is None or side not in dict(running.awaited())
    broken = SilenceBroken(side, act.leaf, state.size, late)
    return _with(state, instrument, replace(silence, breaks=(*silence.breaks, broken)))


def lapse_silence(state: State) -> State:
    """`state`, whose last act is a mark of time, with the periods that it shows to have passed in silence."""
    for instrument in state.texts():
        silence = running_silence(instrument)
        # A checkpoint that does not cover the act by which a deadline was set says nothing of the time since.
        if silence is not None and state.clock.size > silence.since:
            due = [side for side, at in silence.awaited() if at <= state.clock.now]
            if due:
                state = _with(state, instrument, _lapsed(state, instrument, silence, due))
    return state


def _lapsed(state: State, instrument: Instrument, silence: Silence, due: list[str]) -> Silence:
    silence = replace(silence, lapsed=(*silence.lapsed, *((side, state.size - 1) for side in due)))
    complete = silence.lapsed_at is not None
    return replace(silence, adopts=complete and lapse_adopts(state, instrument))


def lapse_adopts(state: State, instrument: Instrument) -> bool:
    """Whether a lapse now would count towards adoption: the sides' own rules say so, the text is one, and the talks
    have not been broken off over it."""
    agreed = state.rules is not None and state.rules.silence_adopts
    in_brackets = open_brackets(instrument) or unconsolidated(instrument)
    return agreed and not in_brackets and state.phase not in _TALKS_ARE_OFF


def offers_break(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        silence = running_silence(instrument)
        broken = {b.side for b in silence.breaks} if silence else set()
        if silence is not None and person.side in dict(silence.awaited()) and person.side not in broken:
            yield Offer("break_silence", instrument.id, {"instrument": instrument.id})


KINDS = (
    Kind(PlaceSilence, Hidden, MEDIATION, examine_place, evolve_place,
         "{author} places {instrument} under silence until {until}",
         "Each side can break the silence until its deadline. Its lapse binds nobody and confirms nothing.",
         staleness=Staleness.GUARDED),
    Kind(ExtendSilence, Hidden, MEDIATION, examine_extend, evolve_extend,
         "{author} extends the silence on {instrument} to {until}",
         "The sides named have until the later deadline; what has lapsed stays lapsed."),
    Kind(BreakSilence, Reason, SIDES, examine_break, evolve_break, "{author} breaks the silence on {instrument}",
         "Your side does not let the edition pass in silence. In time, this ends the procedure; a reason is not needed.",
         staleness=Staleness.PROTECTIVE, offers=offers_break),
)  # fmt: skip
