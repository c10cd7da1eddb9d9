"""Where the languages of a text may not say the same: questions beside the provision, for a person who reads both."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import bidirectional

from detente.views.building.file_read import VisibleQuestion
from detente.views.marks import prose
from detente.views.text import MarginNote, NoteLine
from detente.wording.counting import language_name
from detente.wording.language import gettext as _


def questions_at(questions: Sequence[VisibleQuestion], eid: str) -> tuple[MarginNote, ...]:
    """A missing language is said by the page already."""
    lines = tuple(
        NoteLine(text=prose(asked(one)), glyph="gap")
        for one in questions
        if one.provision == eid and one.kind != "missing"
    )
    return (MarginNote(head=_("A question for a person who reads both"), lines=lines),) if lines else ()


def asked(one: VisibleQuestion) -> str:
    if one.kind == "missing":
        return _("There are no words in {language}.", language=language_name(one.languages[0]))
    first, second = (language_name(tag) for tag in one.languages)
    said = [_in_its_direction(words) if words else _("none") for words in one.said]
    about = {"first": first, "second": second, "one": said[0], "other": said[1]}
    if one.kind == "date":
        return _("Dates that only one of them states: {first}: {one}; {second}: {other}.", **about)
    if one.kind == "number":
        return _("Numbers that only one of them states: {first}: {one}; {second}: {other}.", **about)
    if one.kind == "brackets":
        return _("Square brackets in each: {first}: {one}; {second}: {other}.", **about)
    return _("One is much longer than the other, in letters: {first}: {one}; {second}: {other}.", **about)


def _in_its_direction(words: str) -> str:
    """Words from right to left, kept apart from those around them: else “۱۲ مئی 2026” stands in another order."""
    rightward = any(bidirectional(letter) in ("R", "AL") for letter in words)
    return f"\u2068{words}\u2069" if rightward else words
