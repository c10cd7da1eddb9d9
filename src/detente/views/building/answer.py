"""The answer to “Is it final?”: a sentence, why, spoken words beside it, and the missing acts in order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from detente.codec.instant import unix_from_instant
from detente.procedure.finality import Answer as Found
from detente.procedure.finality import Finality, Missing
from detente.state.answers import ASSENTED, open_brackets, standing_at, unconsolidated
from detente.state.ladder import Step
from detente.state.records import Instrument, Minute
from detente.views.building.asides import oral_words, time_since
from detente.views.building.course import QUESTIONS
from detente.views.building.sight import Sight
from detente.views.marks import Prose, Run, linked, prose, strong
from detente.views.overview import Answer, MissingAct
from detente.wording.counting import capitalised, counted_in_words, listed, lowered_office, number_word
from detente.wording.moments import span_words
from detente.wording.standing import NO_INSTRUMENT, answer_sentence, missing_words, next_edition

_HEADS: Final = (
    "Missing before it is adopted", "Missing before it is authentic", "Missing before it binds",
    "Missing before it is in force",
)  # fmt: skip
_DISCLAIMER: Final = (
    "The record shows that the required acts were done, not that a court would hold them valid."
)


def answer(sight: Sight, instrument: Instrument, found: Finality) -> Answer:
    four = (found.adopted, found.authentic, found.binding, found.in_force)
    first = next((place for place, a in enumerate(four) if not a.yes), None)
    missing = missing_acts(sight, instrument, four[first].missing) if first is not None else ()
    later = _later(sight, instrument, four, first, missing[-1].place if missing else 0)
    return Answer(
        sentence=answer_sentence(instrument, found, sight.names),
        because=_because(sight, instrument, found),
        besides=_besides(sight, instrument, found),
        missing_head=_HEADS[first] if first is not None else "",
        missing=missing,
        later_head="Missing after that, until it is in force" if later else "",
        later=later,
    )


def no_instrument(sight: Sight) -> Answer:
    mediators = MissingAct(
        place=1, mark=sight.mediators(), whose=whose_words(sight, "M"), act="open an instrument", yours=is_yours(sight, "M")
    )
    return Answer(
        sentence=NO_INSTRUMENT,
        because=prose("No instrument is open in this process."),
        besides=(),
        missing_head="Missing before anything can be adopted",
        missing=(mediators,),
        later_head="",
        later=(),
    )


# --- missing acts


def is_yours(sight: Sight, whose: str) -> bool:
    """Whether the person looking owes it: a side's acts are its delegates', a person's are their own."""
    person = sight.state.people.get(sight.viewer or "")
    if person is None:
        return False
    if whose in sight.state.convened.sides:
        return person.side == whose and person.role == "delegate"
    return sight.names.mediates(person.id) if whose == "M" else whose == person.id


def whose_words(sight: Sight, whose: str) -> str:
    name = sight.names.whose(whose)
    return f"You, {name}" if is_yours(sight, whose) else name


def missing_acts(
    sight: Sight, instrument: Instrument, missing: Iterable[Missing], *, after: int = 0, why: str = ""
) -> tuple[MissingAct, ...]:
    """Missing acts with their place in the order; neighbours of one kind share it."""
    found = []
    for place, (_act, group) in enumerate(groupby(missing, lambda m: m.act), after + 1):
        found += [
            MissingAct(
                place=place, mark=sight.whose(m.whose), whose=whose_words(sight, m.whose),
                act=missing_words(m, instrument, sight.names), why=why or _why(instrument, m), yours=is_yours(sight, m.whose),
            )
            for m in group
        ]  # fmt: skip
    return tuple(found)


def _why(instrument: Instrument, missing: Missing) -> str:
    """The reason where it is not plain from the act itself."""
    taken_back = missing.act == "assent" and instrument.standing(missing.whose).step is Step.WITHDRAWN
    if taken_back:
        return "its assent is taken back"
    return missing.why.rstrip(".").lower() if missing.act == "decide_credentials" else ""


def _later(
    sight: Sight, instrument: Instrument, four: tuple[Found, ...], first: int | None, after: int
) -> tuple[MissingAct, ...]:
    if first is None:
        return ()
    found: list[MissingAct] = []
    seen = set(four[first].missing)
    for (_key, label), later in list(zip(QUESTIONS, four, strict=True))[first + 1 :]:
        place = found[-1].place if found else after
        fresh = [m for m in later.missing if m not in seen]
        seen.update(fresh)
        found += missing_acts(sight, instrument, fresh, after=place, why=f"({label.lower()})")
    return tuple(found)


# --- why


def _because(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    if found.in_force.yes:
        return _in_force(sight, found)
    if found.binding.yes:
        due = found.in_force.missing[0].why if found.in_force.missing else ""
        return prose(f"Every side’s consent to edition {found.edition} is in the record. ", strong(due))
    if found.authentic.yes:
        return prose("The text is fixed: only a correction can change it. ", strong(are_missing(sight, found.binding)))
    if found.adopted.yes:
        return prose(f"{_assented(sight, instrument)} ", strong(are_missing(sight, found.authentic)))
    return _not_adopted(sight, instrument, found)


def _in_force(sight: Sight, found: Finality) -> Prose:
    since = found.in_force.since
    effect = "Adopted, authentic, binding, and in effect under its own terms"
    return prose(effect, " (", sight.cite(since), ").") if since is not None else prose(f"{effect}.")


def _assented(sight: Sight, instrument: Instrument) -> str:
    sides = [s for s in instrument.sides if s in standing_at(instrument, ASSENTED)]
    terms = {instrument.standing(s).path[-1].terms for s in sides}
    how = ", ad referendum" if terms == {"ad_referendum"} else ""
    number = instrument.edition.number if instrument.edition else 0
    return f"{listed(sight.names.delegation(s) for s in sides)} assented to edition {number}{how}."


_NOUNS: Final = {
    "assent": "assent", "initial": "initials", "sign": "signature", "sign_ad_referendum": "signature ad referendum",
    "confirm_signature": "confirmation", "consent": "consent",
}  # fmt: skip


def are_missing(sight: Sight, found: Found) -> str:
    """“The assent of Delegation A and the assent of Delegation B are missing.”"""
    if not found.missing:
        return ""
    first = found.missing[0].act
    if first not in _NOUNS:
        return found.missing[0].why
    owners = [sight.names.whose(m.whose) for m in found.missing if m.act == first]
    verb = "is" if len(owners) == 1 and first != "initial" else "are"
    return f"{capitalised(listed(f'the {_NOUNS[first]} of {owner}' for owner in owners))} {verb} missing."


def _not_adopted(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    brackets, edition = open_brackets(instrument), instrument.edition
    if edition is None:
        return prose("The instrument is open; ", strong("the first edition of its text is missing."))
    if brackets:
        count = capitalised(counted_in_words(len(brackets), "bracket"))
        verb = "is" if len(brackets) == 1 else "are"
        parts: list[str | Run] = [f"{count} {verb} open, in "]
        for place, bracket in enumerate(brackets[:3]):
            parts += [", " if place else "", _provision(sight, bracket.provision)]
        parts.append(f" and {number_word(len(brackets) - 3)} more" if len(brackets) > 3 else "")
        before = "it closes" if len(brackets) == 1 else "they close"
        return prose(*parts, f". No side can assent before {before}.")
    if unconsolidated(instrument):
        return prose("No bracket is open. ", strong(f"Edition {next_edition(instrument)}, with the agreed text, is missing."))
    issued = f"{sight.names.person(edition.by)} issued edition {edition.number}. "
    return prose(issued, strong(are_missing(sight, found.adopted)))


def _provision(sight: Sight, provision: str) -> Run:
    return linked(sight.names.provision(provision), f"{sight.place.page('text').address}#{provision}")


# --- spoken words, and steps taken back


def _besides(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    if found.in_force.yes:
        return prose(_DISCLAIMER)
    if found.adopted.yes:
        return ()
    taken_back = [side for side in instrument.sides if instrument.standing(side).step is Step.WITHDRAWN]
    if taken_back:
        return _withdrawn(sight, instrument, taken_back[0])
    for side in instrument.sides:
        words = oral_words(sight, instrument, side)
        if words:
            return _spoken(sight, words)
    return ()


def _withdrawn(sight: Sight, instrument: Instrument, side: str) -> Prose:
    path = instrument.standing(side).path
    since = time_since(sight, path[-2].index, path[-1].index) if len(path) > 1 else ""
    after = f", {since} after it was taken" if since else ""
    reason = sight.record.opened(path[-1].leaf).get("reason")
    said = f" Reason given: {reason}" if reason else " No reason is given."
    name = sight.names.delegation(side)
    return prose(f"{name} took its step back", after, " (", sight.cite(path[-1].index), ").", said)


def _spoken(sight: Sight, words: tuple[Minute, ...]) -> Prose:
    last = words[-1]
    speaker = sight.names.person(last.speaker)
    yes = [m for m in words if m.sense == "oral_assent"]
    if last.sense == "oral_withdrawal" and yes:
        since = _said_since(yes[-1].said_at, last.said_at)
        return prose(
            f"A spoken yes by the {lowered_office(speaker)} (", sight.cite(yes[-1].index), f") and, {since} later, its taking back (",
            sight.cite(last.index), ") are minuted. ", _neither(yes[-1], last),
        )  # fmt: skip
    what = "A spoken yes" if last.sense == "oral_assent" else "That an assent no longer holds"
    return prose(f"{what} by the {lowered_office(speaker)} is minuted (", sight.cite(last.index), "). ", _only(last))


def _said_since(earlier: str, later: str) -> str:
    return span_words(max(0, unix_from_instant(later) - unix_from_instant(earlier)))


def _neither(first: Minute, second: Minute) -> str:
    confirmed = first.confirmed is not None or second.confirmed is not None
    return "Neither is a step." if confirmed else "Neither is confirmed by the speaker; neither is a step."


def _only(minute: Minute) -> str:
    if minute.confirmed is not None:
        return "The speaker has confirmed the words; a minute takes no step."
    if minute.contested is not None:
        return "The speaker contests the words; a minute takes no step."
    return "The speaker has not confirmed the words, and a minute takes no step."
