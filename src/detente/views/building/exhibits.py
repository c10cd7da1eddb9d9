"""Each exhibit, by each side and the mediators: how far it got, and what it was answered with."""

from __future__ import annotations

from detente.acts.evidence.acknowledgment import grade_of
from detente.acts.sealing import group_of
from detente.state.records import in_order
from detente.state.undertakings import GRADES, Acknowledgment, Challenge, Exhibit
from detente.views.building.chain_cells import Cells
from detente.views.building.sight import Sight
from detente.views.building.text_history import one_after_another
from detente.views.marks import Mark, Prose, prose, worded
from detente.views.undertakings import ExhibitAnswer, ExhibitRow
from detente.wording.counting import capitalised
from detente.wording.language import gettext as _
from detente.wording.saying import GRADES as GRADE_WORDS
from detente.wording.saying import GROUNDS, quoted


def groups(sight: Sight) -> tuple[str, ...]:
    """The sides in their order, and the mediators."""
    return (*sight.state.convened.sides, "M")


def group_marks(sight: Sight) -> tuple[Mark, ...]:
    return tuple(sight.whose(group) for group in groups(sight))


def exhibit_row(sight: Sight, cells: Cells, exhibit: Exhibit) -> ExhibitRow:
    return ExhibitRow(
        anchor=f"exhibit-{exhibit.index + 1}",
        mark=sight.person(exhibit.by),
        title=cells.title(exhibit),
        presented=_presented(sight, exhibit),
        custody=_custody(sight, exhibit),
        answers=tuple(_answer(sight, exhibit, group) for group in groups(sight)),
    )


def _presented(sight: Sight, exhibit: Exhibit) -> Prose:
    act = sight.cited(exhibit.index)
    return (
        worded("presented {act}", act=act)
        if exhibit.files
        else worded("described, not presented, {act}", act=act)
    )


def _custody(sight: Sight, exhibit: Exhibit) -> Prose:
    if not exhibit.custody:
        return ()
    entries = one_after_another([(sight.cite(index),) for _leaf, index, _by in exhibit.custody])
    return worded("custody recorded: {acts}", acts=entries)


def _answer(sight: Sight, exhibit: Exhibit, group: str) -> ExhibitAnswer:
    who, grade = sight.names.whose(group), grade_of(exhibit, group)
    disputed = [c for c in exhibit.challenged if c.group == group]
    said: list[Acknowledgment | Challenge] = [a for a in exhibit.acknowledged if a.group == group]
    details = tuple(_detail(sight, one) for one in in_order([*said, *disputed]))
    if group == group_of(sight.state, exhibit.by):
        return ExhibitAnswer(whose=who, glyph=None, word=_("Its own"), details=details)
    if grade >= 0:
        word = capitalised(_(GRADE_WORDS[GRADES[grade]]))
        if any(c.withdrawn is None for c in disputed):
            word = _("{grade}, challenged", grade=word)
        return ExhibitAnswer(whose=who, glyph="done", word=word, details=details)
    if disputed:
        return ExhibitAnswer(whose=who, glyph="done", word=_("Challenged"), details=details)
    if group in exhibit.to:
        return ExhibitAnswer(whose=who, glyph="gap", word=_("No receipt in this record"))
    if not exhibit.files:
        return ExhibitAnswer(whose=who, glyph="empty", word=_("No answer in this record"))
    return ExhibitAnswer(whose=who, glyph=None, word=_("Not presented to it"))


def _detail(sight: Sight, said: Acknowledgment | Challenge) -> Prose:
    opened = sight.names.opened(said.leaf)
    words, act = quoted(opened.get("shows") or opened.get("text") or ""), sight.cited(said.index)
    if isinstance(said, Challenge):
        what = _("challenged on {ground}", ground=_(GROUNDS[said.ground]))
        if said.withdrawn is not None:
            return worded("{what}, {act}; withdrawn, {withdrawn}", what=what, act=act,
                          withdrawn=sight.cite(said.withdrawn))  # fmt: skip
    elif opened.get("shows"):
        return worded("accepted as showing {words}, {act}", words=words, act=act)
    else:
        what = _(GRADE_WORDS[said.grade])
    return worded("{what}, {act}: “{words}”", what=what, act=act, words=words) if words else (
        prose(*worded("{what}, {act}", what=what, act=act)))  # fmt: skip
