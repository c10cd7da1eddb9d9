"""Acts in one line each, grouped by day, with what each changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from detente.procedure.disclosure import VisibleAct
from detente.state.records import State
from detente.views.act_line import ActGroup, ActLine, Standing
from detente.views.building.act_fields import sealed_file
from detente.views.building.course import Course, Turning, course_of
from detente.views.building.sight import Form, Sight, clock_time, digits, short_moment
from detente.views.finality_figure import QuestionKey
from detente.wording.counting import counted, listed
from detente.wording.moments import long_day
from detente.wording.saying import LONGEST_QUOTATION

BRIEF: Final = 60
"""Characters quoted where a line is narrow."""
_GAINED: Final[dict[QuestionKey, str]] = {
    "adopted": "Adopted: edition {edition}, by {assents}",
    "authentic": "Authentic: the text of edition {edition} is fixed",
    "binding": "Binding: every side’s consent is in the record",
    "in_force": "In force: the text’s own condition is met",
}
_QUESTION: Final[dict[QuestionKey, str]] = {
    "adopted": "adopted", "authentic": "authentic", "binding": "binding", "in_force": "in force",
}  # fmt: skip


class Lines:
    """Draws acts as lines. The courses of all instruments are derived once."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.courses: tuple[Course, ...] = tuple(course_of(sight.state, i) for i in sight.names.instruments)

    def line(
        self, act: VisibleAct, form: Form = short_moment, *, longest: int = LONGEST_QUOTATION
    ) -> ActLine:
        """One act. longest: characters of it that are quoted."""
        sight, standing = self.sight, standing_of(self.sight, act)
        effect = "" if act.chamber else self.effect(act.index)
        return ActLine(
            mark=sight.person(act.act.author),
            sentence=sight.say(act, longest),
            time=sight.act_time(act, form),
            ref=sight.ref(act),
            digits=digits(act.act.leaf, 8),
            as_of=sight.place.page().as_of(act.index + 1).address,
            effect=effect,
            sealed="" if act.chamber else sealed_words(sight, act),
            content=sealed_file(sight, act) if act.chamber else None,
            standing=standing,
            marked=bool(effect),
        )

    def effect(self, index: int) -> str:
        """What an act of the main log changed in the four answers, or what an edition opened."""
        for course in self.courses:
            turning = course.at(index)
            if turning is not None:
                return _turned(self.sight.state, turning)
        state = self.sight.state
        return _cleared(state, index) or _confirmed(self.sight, index) or _passed_in_silence(state, index)


def _turned(state: State, turning: Turning) -> str:
    if turning.gained:
        reached = turning.gained[-1]
        rule = state.adoption_rule().kind
        assents = "the assent of every side" if rule == "unanimity" else "the assents that the rules ask for"
        if _passed_in_silence(state, turning.index):
            assents = "silence, as the rules allow"
        return _GAINED[reached].format(edition=turning.edition, assents=assents)
    lost = listed((_QUESTION[key] for key in turning.lost), "nor")
    if turning.by_edition:
        return f"Edition {turning.edition} now stands; it is not yet adopted"
    return f"No longer {lost}: a step is taken back"


def _cleared(state: State, index: int) -> str:
    for instrument in state.instruments.values():
        for before, edition in zip((None, *instrument.editions), instrument.editions, strict=False):
            if edition.index == index and before is not None and before.open and not edition.open:
                return "No bracket is open any more: assent is possible"
    return ""


def _passed_in_silence(state: State, index: int) -> str:
    """What the mark shows that ended the last period of a silence procedure."""
    for instrument in state.instruments.values():
        for edition in instrument.editions:
            if edition.silence is not None and edition.silence.lapsed_at == index:
                return f"Silence on edition {edition.number} lapsed without a break; it takes no step"
    return ""


def _confirmed(sight: Sight, index: int) -> str:
    for pending in sight.state.unauthorised.values():
        if pending.index == index and pending.confirmed is not None:
            return f"Beyond its author’s mandate; confirmed by #{pending.confirmed + 1}"
    return ""


def standing_of(sight: Sight, act: VisibleAct) -> Standing:
    if act.act.leaf in sight.irregular:
        return "irregular"
    pending = sight.state.unauthorised.get(act.act.leaf)
    return "unauthorised" if pending is not None and pending.confirmed is None else "effective"


def sealed_words(sight: Sight, act: VisibleAct) -> str:
    """Who can read what is hidden here: said where the reader cannot, and of every chamber act."""
    if act.chamber:
        readers = sight.readers(act.readers, act.chamber)
        host = "" if sealed_file(sight, act) or not act.opened else ", and by the host: it is not sealed"
        return f"in the chamber “{sight.chamber(act.chamber)}”; readable by {readers}{host}"
    return f"sealed; readable by {sight.readers(act.readers)}" if act.sealed else ""


def days(lines: Lines, acts: Iterable[VisibleAct]) -> tuple[ActGroup, ...]:
    """Acts, newest first, under a head for each day."""
    zone = lines.sight.names.zone
    return tuple(
        _day(lines, head, list(of_day))
        for head, of_day in groupby(acts, lambda a: long_day(a.act.clear.iat, zone))
    )


def _day(lines: Lines, head: str, acts: list[VisibleAct]) -> ActGroup:
    return ActGroup(
        head=head, acts=tuple(lines.line(act, clock_time) for act in acts), note=counted(len(acts), "act")
    )


def last_acts(lines: Lines, count: int) -> tuple[ActGroup, ...]:
    """The newest acts of the main log, then those of each chamber that the reader belongs to."""
    record = lines.sight.record
    newest = record.acts(max(0, record.as_of - count), record.as_of)
    main = ActGroup(head="", acts=tuple(lines.line(act, longest=BRIEF) for act in reversed(newest)))
    return (main, *chambers(lines, 3, longest=BRIEF))


def chambers(lines: Lines, count: int, *, longest: int = LONGEST_QUOTATION) -> tuple[ActGroup, ...]:
    """The newest acts of each chamber that the reader belongs to: they stand in logs of their own."""
    sight = lines.sight
    return tuple(
        ActGroup(
            head=f"Chamber: {sight.chamber(c.chamber.name)}",
            acts=tuple(
                lines.line(act, longest=longest)
                for act in reversed(sight.record.chamber_acts(c.chamber.name)[-count:])
            ),
            note=f"{counted(c.chamber.size, 'act')}, numbered apart; readable by {sight.chamber_readers(c.chamber.name)}",
        )
        for c in sight.record.chambers()
        if c.chamber.size
    )
