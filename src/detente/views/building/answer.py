"""The answer to “Is it final?”: a sentence, why, spoken words beside it, and the missing acts in order."""

from __future__ import annotations

from typing import Final

from detente.procedure.finality import Answer as Found
from detente.procedure.finality import Finality
from detente.state.answers import (
    ASSENTED,
    ended_at,
    has_ended,
    is_replaced,
    open_brackets,
    refused_approvals,
    silent_sides,
    standing_at,
    unconsolidated,
)
from detente.state.instrument import Instrument
from detente.views.building.missing import is_yours, later_acts, missing_acts, whose_words
from detente.views.building.notices import notices_running
from detente.views.building.sight import Sight, in_words
from detente.views.building.spoken import spoken_words
from detente.views.building.text_history import approvals
from detente.views.building.under_silence import silence_line
from detente.views.marks import Prose, Run, filled, linked, prose, strong, worded
from detente.views.overview import Answer, MissingAct
from detente.wording.counting import capitalised, comma, listed, number_word
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _
from detente.wording.moments import long_day
from detente.wording.standing import NO_INSTRUMENT, answer_sentence, next_edition, why_missing

_HEADS: Final = (
    N_("Missing before it is adopted"), N_("Missing before it is authentic"), N_("Missing before it binds"),
    N_("Missing before it is in force"),
)  # fmt: skip


def answer(sight: Sight, instrument: Instrument, found: Finality) -> Answer:
    four = (found.adopted, found.authentic, found.binding, found.in_force)
    first = next((place for place, a in enumerate(four) if not a.yes), None)
    if is_replaced(sight.state, instrument):
        first = None  # nobody is asked for anything on it
    missing = missing_acts(sight, instrument, four[first].missing) if first is not None else ()
    later = later_acts(sight, instrument, four, first, missing[-1].place if missing else 0)
    return Answer(
        sentence=answer_sentence(instrument, found, sight.names),
        because=_because(sight, instrument, found),
        besides=spoken_words(sight, instrument, found),
        missing_head=_(_HEADS[first]) if first is not None else "",
        missing=missing,
        later_head=_("Missing after that, until it is in force") if later else "",
        later=later,
        silence=silence_line(sight, instrument),
        notices=notices_running(sight),
    )


def no_instrument(sight: Sight) -> Answer:
    mediators = MissingAct(
        place=1,
        mark=sight.mediators(),
        whose=whose_words(sight, "M"),
        act=_("open an instrument"),
        yours=is_yours(sight, "M"),
    )
    return Answer(
        sentence=_(NO_INSTRUMENT),
        because=worded("No instrument is open in this process."),
        besides=(),
        missing_head=_("Missing before anything can be adopted"),
        missing=(mediators,),
        later_head="",
        later=(),
    )


def _because(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    if found.in_force.yes:
        return _in_force(sight, found)
    if has_ended(instrument):
        return _ended(sight, instrument)
    if found.binding.yes:
        due = found.in_force.missing[0].why if found.in_force.missing else ""
        consents = _("Every side’s consent to edition {number} is in the record.", number=found.edition)
        return _then(consents, translated(due))
    if found.authentic.yes:
        fixed = _("The text is fixed: only a correction changes it, unless a side takes its step back.")
        if refused_approvals(instrument):
            return (*prose(f"{fixed} "), *approvals(sight, instrument))
        return _then(fixed, are_missing(sight, instrument, found.binding))
    if found.adopted.yes:
        return _then(_assented(sight, instrument), are_missing(sight, instrument, found.authentic))
    return _not_adopted(sight, instrument, found)


def _then(sentence: str, what_matters: str) -> Prose:
    return prose(f"{sentence} ", strong(what_matters))


def _in_force(sight: Sight, found: Finality) -> Prose:
    since = found.in_force.since
    if since is None:
        return worded("Adopted, authentic, binding, and in effect under its own terms.")
    return worded(
        "Adopted, authentic, binding, and in effect under its own terms ({act}).", act=sight.cite(since)
    )


def _ended(sight: Sight, instrument: Instrument) -> Prose:
    at, since = ended_at(instrument), instrument.in_force_since
    assert at is not None
    if since is None:
        return worded("It ended between the sides, {act}.", act=sight.cited(at))
    return worded("It was in force from {day}, and ended between the sides, {act}.",
                  day=in_words(sight.instant(since, long_day)), act=sight.cited(at))  # fmt: skip


def _assented(sight: Sight, instrument: Instrument) -> str:
    sides = [s for s in instrument.sides if s in standing_at(instrument, ASSENTED)]
    silent = [s for s in instrument.sides if s in silent_sides(instrument).difference(sides)]
    number = instrument.edition.number if instrument.edition else 0
    said = _assents(sight, instrument, sides, number) if sides else ""
    if not silent:
        return said
    passed = listed(sight.names.delegation(side) for side in silent)
    let = _("{sides} let edition {number} pass in silence, as the rules allow.", sides=passed, number=number)
    return f"{said} {let}".strip()


def _assents(sight: Sight, instrument: Instrument, sides: list[str], number: int) -> str:
    who = listed(sight.names.delegation(side) for side in sides)
    if {instrument.standing(side).path[-1].terms for side in sides} == {"ad_referendum"}:
        return _("{sides} assented to edition {number}, ad referendum.", sides=who, number=number)
    return _("{sides} assented to edition {number}.", sides=who, number=number)


_OWED: Final = {
    "assent": N_("the assent of {side}"), "initial": N_("the initials of {side}"), "sign": N_("the signature of {side}"),
    "sign_ad_referendum": N_("the signature ad referendum of {side}"),
    "confirm_signature": N_("the confirmation of {side}"),
    "confirm_act": N_("the confirmation, by {side}, of an act beyond the mandate"),
    "consent": N_("the consent of {side}"),
}  # fmt: skip


def are_missing(sight: Sight, instrument: Instrument, found: Found) -> str:
    """“The assent of Delegation A and the assent of Delegation B are missing.”"""
    if not found.missing:
        return ""
    beyond = [m for m in found.missing if m.act == "confirm_act"]
    first = next((m for m in found.missing if m.act != "confirm_act"), found.missing[0]).act
    if first not in _OWED:
        return why_missing(found.missing[0], instrument)
    due = list(dict.fromkeys([*(m for m in found.missing if m.act == first), *beyond]))
    owed = [_(_OWED[m.act], side=sight.names.whose(m.whose)) for m in due]
    what = capitalised(listed(owed))
    if first == "initial" and not beyond:
        return ngettext("{initials} are missing.", "{initials} are missing.", len(owed), initials=what)
    return ngettext("{what} is missing.", "{what} are missing.", len(owed), what=what)


def _not_adopted(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    brackets, edition = open_brackets(instrument), instrument.edition
    if edition is None:
        missing = strong(_("the first edition of its text is missing."))
        return worded("The instrument is open; {missing}", missing=missing)
    if brackets:
        return _bracketed(sight, [bracket.provision for bracket in brackets])
    if unconsolidated(instrument):
        number = next_edition(instrument)
        consolidated = _("Edition {number}, with the agreed text, is missing.", number=number)
        return _then(_("No bracket is open."), consolidated)
    by = capitalised(sight.names.speaker(edition.by))
    issued = _("{who} issued edition {number}.", who=by, number=edition.number)
    return _then(issued, are_missing(sight, instrument, found.adopted))


def _bracketed(sight: Sight, provisions: list[str]) -> Prose:
    several = len(provisions)
    sentence = ngettext(
        "One bracket is open, in {places}. No side can assent before it closes.",
        "{count} brackets are open, in {places}. No side can assent before they close.",
        several, count=capitalised(number_word(several)), places="{places}",
    )  # fmt: skip
    return filled(sentence, places=_places(sight, provisions))


def _places(sight: Sight, provisions: list[str]) -> Prose:
    """The first three, and how many more."""
    first, *others = (_provision(sight, provision) for provision in provisions[:3])
    named = (first, *(run for other in others for run in (Run(text=comma()), other)))
    more = len(provisions) - 3
    if more <= 0:
        return named
    template = ngettext("{places} and one more", "{places} and {count} more", more, count=number_word(more),
                        places="{places}")  # fmt: skip
    return filled(template, places=named)


def _provision(sight: Sight, provision: str) -> Run:
    return linked(sight.names.provision(provision), f"{sight.place.page('text').address}#{provision}")
