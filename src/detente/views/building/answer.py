"""The answer to “Is it final?”: a sentence, why, spoken words beside it, and the missing acts in order."""

from __future__ import annotations

from typing import Final

from detente.procedure.finality import Answer as Found
from detente.procedure.finality import Finality
from detente.state.answers import ASSENTED, open_brackets, silent_sides, standing_at, unconsolidated
from detente.state.instrument import Instrument
from detente.views.building.missing import is_yours, later_acts, missing_acts, whose_words
from detente.views.building.sight import Sight
from detente.views.building.spoken import spoken_words
from detente.views.building.under_silence import silence_line
from detente.views.marks import Prose, Run, linked, prose, strong
from detente.views.overview import Answer, MissingAct
from detente.wording.counting import capitalised, counted_in_words, listed, number_word
from detente.wording.standing import NO_INSTRUMENT, answer_sentence, next_edition

_HEADS: Final = (
    "Missing before it is adopted", "Missing before it is authentic", "Missing before it binds",
    "Missing before it is in force",
)  # fmt: skip


def answer(sight: Sight, instrument: Instrument, found: Finality) -> Answer:
    four = (found.adopted, found.authentic, found.binding, found.in_force)
    first = next((place for place, a in enumerate(four) if not a.yes), None)
    missing = missing_acts(sight, instrument, four[first].missing) if first is not None else ()
    later = later_acts(sight, instrument, four, first, missing[-1].place if missing else 0)
    return Answer(
        sentence=answer_sentence(instrument, found, sight.names),
        because=_because(sight, instrument, found),
        besides=spoken_words(sight, instrument, found),
        missing_head=_HEADS[first] if first is not None else "",
        missing=missing,
        later_head="Missing after that, until it is in force" if later else "",
        later=later,
        silence=silence_line(sight, instrument),
    )


def no_instrument(sight: Sight) -> Answer:
    mediators = MissingAct(
        place=1,
        mark=sight.mediators(),
        whose=whose_words(sight, "M"),
        act="open an instrument",
        yours=is_yours(sight, "M"),
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


def _because(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    if found.in_force.yes:
        return _in_force(sight, found)
    if found.binding.yes:
        due = found.in_force.missing[0].why if found.in_force.missing else ""
        return prose(f"Every side’s consent to edition {found.edition} is in the record. ", strong(due))
    if found.authentic.yes:
        return prose(
            "The text is fixed: only a correction can change it. ", strong(are_missing(sight, found.binding))
        )
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
    said = (
        f"{listed(sight.names.delegation(s) for s in sides)} assented to edition {number}{how}."
        if sides
        else ""
    )
    silent = silent_sides(instrument).difference(sides)
    if not silent:
        return said
    passed = listed(sight.names.delegation(s) for s in instrument.sides if s in silent)
    return f"{said} {passed} let edition {number} pass in silence, as the rules allow.".strip()


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
        return prose(
            "No bracket is open. ",
            strong(f"Edition {next_edition(instrument)}, with the agreed text, is missing."),
        )
    issued = f"{capitalised(sight.names.speaker(edition.by))} issued edition {edition.number}. "
    return prose(issued, strong(are_missing(sight, found.adopted)))


def _provision(sight: Sight, provision: str) -> Run:
    return linked(sight.names.provision(provision), f"{sight.place.page('text').address}#{provision}")
