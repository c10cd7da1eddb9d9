"""The four questions and each side's ladder, drawn as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from detente.procedure.finality import Answer, Finality
from detente.state.answers import open_brackets, unconsolidated
from detente.state.instrument import Instrument
from detente.state.records import State
from detente.views.building.asides import asides
from detente.views.building.course import QUESTIONS, answers_of
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
from detente.views.marks import Glyph, Prose, linked, prose
from detente.wording.counting import capitalised, counted
from detente.wording.saying import basis_words
from detente.wording.standing import entry_words, next_edition

_MISSING_NOUN: Final = {
    "assent": "assent", "initial": "set of initials", "sign": "signature", "sign_ad_referendum": "signature",
    "confirm_signature": "confirmation", "consent": "consent",
}  # fmt: skip
_PLURAL: Final = {"set of initials": "sets of initials"}
_REACHED: Final[dict[QuestionKey, str]] = {
    "adopted": "Edition {edition}", "authentic": "Final text", "binding": "Final commitment",
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
    edition = f"Edition {instrument.edition.number}" if instrument.edition else "No edition issued"
    return f"{edition}, basis: {basis_words(instrument.basis)}"


def short_answers(found: Finality) -> tuple[ShortAnswer, ...]:
    answers = answers_of(found)
    glyphs = _glyphs(answers)
    return tuple(ShortAnswer(question=label, yes=answers[key], glyph=glyphs[key]) for key, label in QUESTIONS)


def _glyphs(answers: Mapping[QuestionKey, bool]) -> dict[QuestionKey, Glyph]:
    glyphs: dict[QuestionKey, Glyph] = {}
    for key, _label in QUESTIONS:
        later: Glyph = "empty" if "awaited" in glyphs.values() else "awaited"
        glyphs[key] = "done" if answers[key] else later
    return glyphs


def _questions(sight: Sight, instrument: Instrument, found: Finality) -> tuple[Question, ...]:
    answers = answers_of(found)
    glyphs, columns, steps = _glyphs(answers), rails(sight.state, instrument), Steps(sight, instrument, found)
    beside = {side: asides(sight, instrument, side) for side in instrument.sides}
    reach: dict[Glyph, Reach] = {"done": "done", "awaited": "current", "empty": "ahead"}
    return tuple(
        Question(
            key=key,
            label=f"{label}?",
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
        for key, label in QUESTIONS
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
    if key == "in_force":
        return _entry(sight, instrument, answer)
    if answer.yes:
        reached = _REACHED[key].format(edition=found.edition)
        return (
            prose(f"{reached}, ", *sight.cited(answer.since)) if answer.since is not None else prose(reached)
        )
    if key == "adopted":
        return _adoption(sight, instrument, answer)
    before = found.adopted if key == "authentic" else found.authentic
    if before.yes:
        return prose(count_missing(answer))
    return prose("Not adopted yet") if key == "authentic" else prose(_consent(sight.state, instrument))


def _entry(sight: Sight, instrument: Instrument, answer: Answer) -> Prose:
    since = instrument.in_force_since
    if answer.yes and since and answer.since is not None:
        return prose(f"Since {sight.instant(since).shown}, ", sight.cite(answer.since))
    return prose(capitalised(entry_words(instrument, sight.names)))


def _adoption(sight: Sight, instrument: Instrument, answer: Answer) -> Prose:
    brackets = open_brackets(instrument)
    if instrument.edition is None:
        return prose("No edition is issued")
    if brackets:
        where = sight.place.page("text", instrument=_asked(sight, instrument)).address
        first = linked(sight.names.provision(brackets[0].provision), f"{where}#{brackets[0].provision}")
        more = f" and {len(brackets) - 1} more are open" if len(brackets) > 1 else " is open"
        return prose(first, more)
    if unconsolidated(instrument):
        return prose(f"Edition {next_edition(instrument)} is awaited")
    return prose(count_missing(answer))


def count_missing(answer: Answer) -> str:
    """How many acts are missing of the kind that comes first: “2 assents missing”."""
    if not answer.missing:
        return "Not yet"
    first = answer.missing[0].act
    noun = _MISSING_NOUN.get(first)
    if noun is None:
        return answer.missing[0].why.rstrip(".")
    count = sum(_MISSING_NOUN.get(m.act) == noun for m in answer.missing)
    return f"{counted(count, noun, _PLURAL.get(noun, ''))} missing"


def _consent(state: State, instrument: Instrument) -> str:
    if not valid_mandates(state) and instrument.consent != "agreed_means":
        return "No powers, no signature in the record"
    ways = {"signature": "Consent: signature", "ratification": "Consent: signature, then ratification"}
    way = ways.get(instrument.consent, "Consent: by the means agreed")
    confirmed = any(rail.name == "confirmation" for rail in rails(state, instrument)["binding"])
    return f"{way}, confirmed by the principal where ad referendum" if confirmed else way
