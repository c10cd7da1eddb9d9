"""The four questions and each side's ladder, drawn as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from detente.procedure.finality import Answer, Finality
from detente.state.answers import ended_at, has_ended, open_brackets, unconsolidated
from detente.state.instrument import Instrument
from detente.state.records import State
from detente.views.building.asides import asides
from detente.views.building.course import QUESTIONS, answers_of
from detente.views.building.missing import at_rest
from detente.views.building.powers import ladder_side, valid_mandates
from detente.views.building.sight import Sight
from detente.views.building.steps import Rail, Steps, rails
from detente.views.finality_figure import (
    Aside,
    FinalityFigure,
    Question,
    QuestionKey,
    Reach,
    ShortAnswer,
    SideSteps,
    Step,
)  # fmt: skip
from detente.views.marks import Glyph, Prose, filled, linked, prose, worded
from detente.wording.counting import capitalised
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.saying import basis_words
from detente.wording.standing import entry_words, next_edition, why_missing

_ALIKE: Final = {"sign_ad_referendum": "sign"}
_COUNTED: Final[dict[str, Callable[[int], str]]] = {
    "assent": lambda n: ngettext("{count} assent missing", "{count} assents missing", n),
    "initial": lambda n: ngettext("{count} set of initials missing", "{count} sets of initials missing", n),
    "sign": lambda n: ngettext("{count} signature missing", "{count} signatures missing", n),
    "confirm_signature": lambda n: ngettext(
        "{count} confirmation missing", "{count} confirmations missing", n
    ),
    "confirm_act": lambda n: ngettext("{count} confirmation missing", "{count} confirmations missing", n),
    "consent": lambda n: ngettext("{count} consent missing", "{count} consents missing", n),
}
_ASKED: Final[dict[QuestionKey, str]] = {
    "adopted": N_("Adopted?"), "authentic": N_("Authentic?"), "binding": N_("Binding?"), "in_force": N_("In force?"),
}  # fmt: skip
_REACHED: Final[dict[QuestionKey, str]] = {
    "adopted": N_("Edition {number}"), "authentic": N_("Final text"), "binding": N_("Final commitment"),
}  # fmt: skip


def figure(sight: Sight, instrument: Instrument, found: Finality) -> FinalityFigure:
    return FinalityFigure(
        instrument=sight.names.instrument_title(instrument.id),
        href=sight.place.page("text", instrument=_asked(sight, instrument)).address,
        edition=edition_line(instrument),
        sides=tuple(ladder_side(sight, instrument, side) for side in instrument.sides),
        questions=_questions(sight, instrument, found),
    )


def _asked(sight: Sight, instrument: Instrument) -> str:
    """The instrument's id where an address must name it: not for the first."""
    return "" if instrument.id == sight.state.instrument_order[0] else instrument.id


def edition_line(instrument: Instrument) -> str:
    basis = basis_words(instrument.basis)
    if instrument.edition is None:
        return _("No edition issued, basis: {basis}", basis=basis)
    return _("Edition {number}, basis: {basis}", number=instrument.edition.number, basis=basis)


def short_answers(found: Finality, state: State) -> tuple[ShortAnswer, ...]:
    """The four in one line. state: of the talks; while they are at rest, nothing is awaited that cannot be done."""
    answers = answers_of(found)
    glyphs = _glyphs(found, state)
    return tuple(
        ShortAnswer(question=_(label), yes=answers[key], glyph=glyphs[key]) for key, label in QUESTIONS
    )


def _glyphs(found: Finality, state: State) -> dict[QuestionKey, Glyph]:
    """A tick for each yes; the first no is awaited, unless nobody can do at present what it lacks."""
    glyphs: dict[QuestionKey, Glyph] = {}
    open_before = False
    for key, _label in QUESTIONS:
        answer = _answer(found, key)
        if answer.yes:
            glyphs[key] = "done"
            continue
        # Nothing is missing where the text was in force, and ended.
        waits = (
            open_before
            or not answer.missing
            or (state is not None and bool(at_rest(state, answer.missing[0].act)))
        )
        glyphs[key] = "empty" if waits else "awaited"
        open_before = True
    return glyphs


def _questions(sight: Sight, instrument: Instrument, found: Finality) -> tuple[Question, ...]:
    answers, glyphs = answers_of(found), _glyphs(found, sight.state)
    columns, steps = rails(sight.state, instrument), Steps(sight, instrument, found)
    beside = {side: asides(sight, instrument, side) for side in instrument.sides}
    reach: dict[Glyph, Reach] = {"done": "done", "awaited": "current", "empty": "ahead"}
    return tuple(
        Question(
            key=key,
            label=_(_ASKED[key]),
            yes=answers[key],
            glyph=glyphs[key],
            reach=reach[glyphs[key]],
            detail=_detail(sight, instrument, found, key),
            sides=tuple(
                SideSteps(
                    mark=sight.side(side), name=sight.names.side(side),
                    steps=_with_asides(steps, side, columns[key], beside[side].get(key, ())),
                )
                for side in instrument.sides
            ),
        )
        for key, _label in QUESTIONS
    )  # fmt: skip


def _with_asides(
    steps: Steps, side: str, columns: tuple[Rail, ...], beside: tuple[Aside, ...]
) -> tuple[Step, ...]:
    """A side's steps under one question; what was said or taken back stands under the first."""
    first, *rest = (steps.step(side, rail) for rail in columns)
    return (Step(glyph=first.glyph, label=first.label, detail=first.detail, asides=beside), *rest)


# --- one line under each answer


def _answer(found: Finality, key: QuestionKey) -> Answer:
    answer: Answer = getattr(found, key)
    return answer


def _detail(sight: Sight, instrument: Instrument, found: Finality, key: QuestionKey) -> Prose:
    answer = _answer(found, key)
    if key in ("binding", "in_force") and has_ended(instrument):
        return worded("Ended, {act}", act=sight.cited(ended_at(instrument) or 0))
    if key == "in_force":
        return _entry(sight, instrument, answer)
    if answer.yes:
        reached = _(_REACHED[key], number=found.edition)
        if answer.since is None:
            return prose(reached)
        return worded("{reached}, {act}", reached=reached, act=sight.cited(answer.since))
    if key == "adopted":
        return _adoption(sight, instrument, answer)
    before = found.adopted if key == "authentic" else found.authentic
    if before.yes:
        return prose(count_missing(instrument, answer))
    return worded("Not adopted yet") if key == "authentic" else worded(_consent(sight.state, instrument))


def _entry(sight: Sight, instrument: Instrument, answer: Answer) -> Prose:
    since = instrument.in_force_since
    if answer.yes and since and answer.since is not None:
        return worded("Since {time}, {act}", time=sight.instant(since).shown, act=sight.cite(answer.since))
    return prose(capitalised(entry_words(instrument, sight.names)))


def _adoption(sight: Sight, instrument: Instrument, answer: Answer) -> Prose:
    brackets = open_brackets(instrument)
    if instrument.edition is None:
        return worded("No edition is issued")
    if brackets:
        where = sight.place.page("text", instrument=_asked(sight, instrument)).address
        first = linked(sight.names.provision(brackets[0].provision), f"{where}#{brackets[0].provision}")
        more = len(brackets) - 1
        if not more:
            return worded("{provision} is open", provision=first)
        are_open = ngettext("{provision} and {count} more are open", "{provision} and {count} more are open", more,
                            provision="{provision}")  # fmt: skip
        return filled(are_open, provision=first)
    if unconsolidated(instrument):
        return worded("Edition {number} is awaited", number=str(next_edition(instrument)))
    return prose(count_missing(instrument, answer))


def count_missing(instrument: Instrument, answer: Answer) -> str:
    """How many acts are missing of the kind that comes first: “2 assents missing”."""
    if not answer.missing:
        return _("Not yet")
    acts = [_ALIKE.get(m.act, m.act) for m in answer.missing]
    counted = _COUNTED.get(acts[0])
    return (
        counted(acts.count(acts[0])) if counted else why_missing(answer.missing[0], instrument).rstrip(".۔")
    )


_WAYS: Final = {False: N_("Consent: signature"), True: N_("Consent: signature, then ratification")}
_WAYS_CONFIRMED: Final = {
    False: N_("Consent: signature, confirmed by the principal where ad referendum"),
    True: N_("Consent: signature, then ratification, confirmed by the principal where ad referendum"),
}
"""By whether ratification has to follow."""


def _consent(state: State, instrument: Instrument) -> str:
    """How the text says that consent is given, as a message."""
    if instrument.consent == "agreed_means":
        return N_("Consent: by the means agreed")
    if not valid_mandates(state):
        return N_("No powers, no signature in the record")
    ratified = instrument.consent == "ratification"
    if any(rail.name == "confirmation" for rail in rails(state, instrument)["binding"]):
        return _WAYS_CONFIRMED[ratified]
    return _WAYS[ratified]
