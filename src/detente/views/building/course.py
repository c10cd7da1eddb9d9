"""The four answers over the whole record, from the steps and editions that the state keeps.

No act is read again: a side's path holds every step with its index, an instrument every edition with its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from detente.procedure.finality import Finality, finality
from detente.state.answers import ASSENTED, CONSENTED, INITIALLED, SIGNED
from detente.state.instrument import DecisionRule, Edition, Instrument, Silence, StepTaken
from detente.state.ladder import Step
from detente.state.records import State
from detente.views.finality_figure import QuestionKey
from detente.wording.language import N_

QUESTIONS: Final[tuple[tuple[QuestionKey, str], ...]] = (
    ("adopted", N_("Adopted")), ("authentic", N_("Authentic")), ("binding", N_("Binding")), ("in_force", N_("In force")),
)  # fmt: skip
IN_A_SENTENCE: Final[Mapping[QuestionKey, str]] = {
    "adopted": N_("adopted"), "authentic": N_("authentic"), "binding": N_("binding"), "in_force": N_("in force"),
}  # fmt: skip

Answers = Mapping[QuestionKey, bool]
NONE_YET: Final[Answers] = dict.fromkeys((key for key, _ in QUESTIONS), False)


class Turning(Struct, frozen=True):
    """An act with which an answer changed. index: in the main log; gained, lost: the questions."""

    index: int
    edition: int | None
    gained: tuple[QuestionKey, ...]
    lost: tuple[QuestionKey, ...]
    by_edition: bool


class Course(Struct, frozen=True):
    """turnings: in order; acts: how many acts were looked at."""

    turnings: tuple[Turning, ...]
    acts: int

    def spans(self, question: QuestionKey) -> tuple[tuple[int, int], ...]:
        """The stretches, as indices of their first and last act, for which the answer is yes."""
        found: list[tuple[int, int]] = []
        start: int | None = None
        for turning in self.turnings:
            if question in turning.gained:
                start = turning.index
            elif question in turning.lost and start is not None:
                found.append((start, turning.index - 1))
                start = None
        return (*found, (start, self.acts - 1)) if start is not None else tuple(found)

    def at(self, index: int) -> Turning | None:
        return next((t for t in self.turnings if t.index == index), None)


class _Standings:
    """Each side's step on one edition, as acts come in."""

    def __init__(self, instrument: Instrument, rule: DecisionRule) -> None:
        self.instrument = instrument
        self.rule = rule
        self.edition: Edition | None = None
        self.steps: dict[str, tuple[Step, str]] = {}
        self.silent: frozenset[str] = frozenset()
        self.in_force = False

    def issue(self, edition: Edition) -> None:
        self.edition = edition
        back = (Step.ASSENTED, Step.INITIALLED, Step.SIGNED_AD_REFERENDUM, Step.WITHDRAWN)
        self.steps = {side: at for side, at in self.steps.items() if at[0] not in back}
        self.silent = frozenset()

    def pass_in_silence(self, silence: Silence) -> None:
        self.silent = frozenset(side for side, _at in silence.until)

    def take(self, side: str, taken: StepTaken) -> None:
        self.steps[side] = (taken.step, taken.edition)
        if taken.step is Step.WITHDRAWN:
            self.silent -= {side}

    def _at(self, steps: frozenset[Step]) -> frozenset[str]:
        leaf = self.edition.leaf if self.edition else None
        return frozenset(side for side, (step, on) in self.steps.items() if step in steps and on == leaf)

    def answers(self) -> dict[QuestionKey, bool]:
        sides = self.instrument.sides
        needed = SIGNED if self.instrument.authentication == "signature" else INITIALLED
        assented = self._at(ASSENTED)
        adopted = self.edition is not None and self.rule.met_by(assented | self.silent, sides)
        by_adoption = self.instrument.authentication == "adoption" and self.rule.met_by(assented, sides)
        authentic = adopted and (by_adoption or self._at(needed).issuperset(sides))
        left = self._left()
        binding = authentic and len(left) > 0 and self._at(CONSENTED).issuperset(left)
        in_force = self.in_force and len(left) > 0
        return {"adopted": adopted, "authentic": authentic, "binding": binding, "in_force": in_force}

    def _left(self) -> frozenset[str]:
        """The sides for which the text has not ended; none where it binds no two of them any longer."""
        ended = {side for side, (step, _on) in self.steps.items() if step is Step.ENDED}
        left = frozenset(self.instrument.sides) - ended
        return frozenset() if ended and len(left) < 2 else left


def _events(instrument: Instrument, standings: _Standings) -> Iterator[tuple[int, bool, Callable[[], None]]]:
    """(index, whether an edition, what it does), unordered."""
    for edition in instrument.editions:
        yield edition.index, True, lambda e=edition: standings.issue(e)  # type: ignore[misc]
        silence = edition.silence
        if silence is not None and silence.adopts and silence.lapsed_at is not None:
            yield silence.lapsed_at, False, lambda s=silence: standings.pass_in_silence(s)  # type: ignore[misc]
    for side, standing in instrument.ladder.items():
        for taken in standing.path:
            yield taken.index, False, lambda s=side, t=taken: standings.take(s, t)  # type: ignore[misc]
    if instrument.in_force_index is not None:
        yield instrument.in_force_index, False, lambda: setattr(standings, "in_force", True)


def course_of(state: State, instrument: Instrument) -> Course:
    """How the four answers on one instrument came to be what they are."""
    standings = _Standings(instrument, instrument.adopted_under or state.adoption_rule())
    turnings: list[Turning] = []
    before: Answers = NONE_YET
    events = sorted(_events(instrument, standings), key=lambda event: event[0])
    for at, (index, by_edition, apply) in enumerate(events):
        # Nothing was done on an edition that stands between two others: what turned did so at the first of them.
        if 0 < at < len(events) - 1 and by_edition and events[at - 1][1] and events[at + 1][1]:
            continue
        apply()
        answers = standings.answers()
        turning = _turning(index, standings.edition, before, answers, by_edition)
        if turning:
            turnings.append(turning)
        before = answers
    settled = _settled(state, instrument, before)
    return Course((*turnings, *([settled] if settled else [])), state.size)


def _turning(
    index: int, edition: Edition | None, before: Answers, after: Answers, by_edition: bool
) -> Turning | None:
    gained = tuple(key for key, _ in QUESTIONS if after[key] and not before[key])
    lost = tuple(key for key, _ in QUESTIONS if before[key] and not after[key])
    if not gained and not lost:
        return None
    return Turning(index, edition.number if edition else None, gained, lost, by_edition)


def _settled(state: State, instrument: Instrument, last: Answers) -> Turning | None:
    """What stands in the way though every step is taken (contested powers, conditions) ends an answer now."""
    now = answers_of(finality(state, instrument.id))
    return _turning(state.size, instrument.edition, last, now, False)


def answers_of(found: Finality) -> dict[QuestionKey, bool]:
    return {
        "adopted": found.adopted.yes, "authentic": found.authentic.yes, "binding": found.binding.yes,
        "in_force": found.in_force.yes,
    }  # fmt: skip
