"""Acts in one line each, grouped by day, with what each changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import Final

from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.state.records import State
from detente.views.act_line import ActGroup, ActLine, Standing
from detente.views.building.act_fields import sealed_file
from detente.views.building.course import IN_A_SENTENCE, Course, Turning, course_of
from detente.views.building.erased import erased_words
from detente.views.building.sight import Form, Sight, clock_time, digits, short_moment
from detente.views.finality_figure import QuestionKey
from detente.views.marks import Prose, linked, prose
from detente.wording.counting import listed
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.moments import long_day
from detente.wording.saying import LONGEST_QUOTATION

BRIEF: Final = 60
"""Characters quoted where a line is narrow."""
SCANNED: Final = 60
"""How far back the last acts are looked for behind those about keys and people."""
_KEYS_AND_PEOPLE: Final = frozenset({
    "admit", "designate_head", "enrol", "confirm_fingerprint", "name_recovery_key", "begin_epoch", "share_epochs",
})  # fmt: skip
"""Acts that come in rows before there is anything to speak of. Those that take a key or a seat away, or contest one, are
told one by one."""
_GAINED: Final[dict[QuestionKey, str]] = {
    "adopted": N_("Adopted: edition {edition}, by the assents that the rules ask for"),
    "authentic": N_("Authentic: the text of edition {edition} is fixed"),
    "binding": N_("Binding: every side’s consent is in the record"),
    "in_force": N_("In force: the text’s own condition is met"),
}


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
            sealed=erased_words(sight, act) or ("" if act.chamber else sealed_words(sight, act)),
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
        return (
            _own_claim(state, index)
            or _cleared(state, index)
            or _confirmed(self.sight, index)
            or _passed_in_silence(state, index)
        )


def _own_claim(state: State, index: int) -> str:
    """That what reads like a finding is a side's word about itself."""
    claimed = any(f.index == index and f.claim for f in state.findings.values())
    return _("A side’s own words about itself: a claim, and no finding") if claimed else ""


def _turned(state: State, turning: Turning) -> str:
    if turning.gained:
        reached = turning.gained[-1]
        if reached == "adopted":
            return _adopted(state, turning)
        return _(_GAINED[reached], edition=turning.edition)
    if turning.by_edition:
        return _("Edition {edition} now stands; it is not yet adopted", edition=turning.edition)
    if "in_force" in turning.lost:
        return _("No longer in force: the text has ended")
    lost = listed((_(IN_A_SENTENCE[key]) for key in turning.lost), "nor")
    return _("No longer {answers}: a step is taken back", answers=lost)


def _adopted(state: State, turning: Turning) -> str:
    if _passed_in_silence(state, turning.index):
        return _("Adopted: edition {edition}, by silence, as the rules allow", edition=turning.edition)
    if state.adoption_rule().kind == "unanimity":
        return _("Adopted: edition {edition}, by the assent of every side", edition=turning.edition)
    return _(_GAINED["adopted"], edition=turning.edition)


def _cleared(state: State, index: int) -> str:
    for instrument in state.instruments.values():
        for before, edition in zip((None, *instrument.editions), instrument.editions, strict=False):
            if edition.index == index and before is not None and before.open and not edition.open:
                return _("No bracket is open any more: assent is possible")
    return ""


def _passed_in_silence(state: State, index: int) -> str:
    """What the mark shows that ended the last period of a silence procedure."""
    for instrument in state.instruments.values():
        for edition in instrument.editions:
            if edition.silence is not None and edition.silence.lapsed_at == index:
                return _(
                    "Silence on edition {number} lapsed without a break; it takes no step",
                    number=edition.number,
                )
    return ""


def _confirmed(sight: Sight, index: int) -> str:
    for pending in sight.state.unauthorised.values():
        if pending.index == index and pending.confirmed is not None:
            return _("Beyond its author’s mandate; confirmed by #{number}", number=pending.confirmed + 1)
    return ""


def standing_of(sight: Sight, act: VisibleAct) -> Standing:
    if act.act.leaf in sight.irregular:
        return "irregular"
    pending = sight.state.unauthorised.get(act.act.leaf)
    return "unauthorised" if pending is not None and pending.confirmed is None else "effective"


def sealed_words(sight: Sight, act: VisibleAct) -> str:
    """Who can read what is hidden here: said where the reader cannot, and of every chamber act."""
    if act.chamber:
        readers, chamber = sight.readers(act.readers, act.chamber), sight.chamber(act.chamber)
        if sealed_file(sight, act) or not act.opened:
            return _("in the chamber “{chamber}”; readable by {readers}", chamber=chamber, readers=readers)
        return _("in the chamber “{chamber}”; readable by {readers}, and by the host: it is not sealed",
                 chamber=chamber, readers=readers)  # fmt: skip
    return _("sealed; readable by {readers}", readers=sight.readers(act.readers)) if act.sealed else ""


def days(lines: Lines, acts: Iterable[VisibleAct]) -> tuple[ActGroup, ...]:
    """Acts, newest first, under a head for each day."""
    zone = lines.sight.names.zone
    return tuple(
        _day(lines, head, list(of_day))
        for head, of_day in groupby(acts, lambda a: long_day(a.act.clear.iat, zone))
    )


def _day(lines: Lines, head: str, acts: list[VisibleAct]) -> ActGroup:
    note = ngettext("{count} act", "{count} acts", len(acts))
    return ActGroup(head=head, acts=tuple(lines.line(act, clock_time) for act in acts), note=note)


def last_acts(lines: Lines, count: int) -> tuple[ActGroup, ...]:
    """The newest acts of the main log, then those of each chamber that the reader belongs to. Neighbouring acts about
    keys and people are told together, but for the newest act of all. count: lines of the main log."""
    newest = _newest_first(lines.sight.record, count)
    main = ActGroup(head="", acts=_told(lines, newest, count))
    return (main, *_of_chambers(lines, lambda acts: _told(lines, acts, 3)))


def _newest_first(record: VisibleRecord, batch: int) -> Iterator[VisibleAct]:
    for end in range(record.as_of, max(0, record.as_of - SCANNED), -batch):
        yield from reversed(record.acts(max(0, end - batch), end))


def _told(lines: Lines, acts: Iterable[VisibleAct], count: int) -> tuple[ActLine, ...]:
    """acts: newest first; count: lines, of which one may stand for a run of acts."""
    told: list[ActLine] = []
    for run in islice(_runs(lines, acts), count):
        if len(run) > 1:
            told[-1] = replace(told[-1], before=_together(lines.sight, run))
        else:
            told.append(lines.line(run[0], longest=BRIEF))
    return tuple(told)


def _runs(lines: Lines, acts: Iterable[VisibleAct]) -> Iterator[list[VisibleAct]]:
    """Neighbouring acts about keys and people together; every other act, and the newest, alone."""
    run: list[VisibleAct] = []
    for place, act in enumerate(acts):
        if place and _is_about_keys_and_people(lines, act):
            run.append(act)
            continue
        yield from [run] if run else []
        run = []
        yield [act]
    yield from [run] if run else []


def _is_about_keys_and_people(lines: Lines, act: VisibleAct) -> bool:
    return act.kind.name in _KEYS_AND_PEOPLE and standing_of(lines.sight, act) == "effective"


def _together(sight: Sight, run: Sequence[VisibleAct]) -> Prose:
    """How many, and which, leading to where each has a line. run: newest first."""
    last, first = run[0], run[-1]
    words = ngettext(
        "{count} act about keys and people, {first} to {last}",
        "{count} acts about keys and people, {first} to {last}",
        len(run), first=f"#{first.index + 1}", last=f"#{last.index + 1}",
    )  # fmt: skip
    # What stands in a chamber is shown below the newest page, whatever its number.
    before = "" if last.chamber else str(last.index + 2)
    return prose(linked(words, sight.place.page("timeline", before=before).address))


def chambers(lines: Lines, count: int) -> tuple[ActGroup, ...]:
    """The newest acts of each chamber that the reader belongs to: they stand in logs of their own."""
    return _of_chambers(lines, lambda acts: tuple(lines.line(act) for act in acts[:count]))


def _of_chambers(
    lines: Lines, told: Callable[[Sequence[VisibleAct]], tuple[ActLine, ...]]
) -> tuple[ActGroup, ...]:
    """told: the lines of a chamber's acts, which it is given newest first."""
    sight = lines.sight
    return tuple(
        ActGroup(
            head=_("Chamber: {chamber}", chamber=sight.chamber(c.chamber.name)),
            acts=told(sight.record.chamber_acts(c.chamber.name)[::-1]),
            note=ngettext(
                "{count} act, numbered apart; readable by {readers}",
                "{count} acts, numbered apart; readable by {readers}",
                c.chamber.size,
                readers=sight.chamber_readers(c.chamber.name),
            ),
        )
        for c in sight.record.chambers()
        if c.chamber.size
    )
