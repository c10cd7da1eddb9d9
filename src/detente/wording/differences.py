"""What a difference between two texts is, in words."""

from __future__ import annotations

from typing import Final

from detente.provisions.authentic import name_in_english
from detente.provisions.differences import Difference, Kind
from detente.provisions.redline import Change
from detente.wording.language import N_
from detente.wording.language import gettext as _

_WORDS: Final[dict[Kind, str]] = {
    "duty": N_("What obliges or permits was changed"),
    "denial": N_("A denial or an exception was changed"),
    "number": N_("A number or a date was changed"),
    "signature": N_("The signature block was changed"),
    "term": N_("A defined term or a name was changed"),
    "left_out": N_("A provision was left out"),
    "put_in": N_("A provision was put in"),
    "note_left_out": N_("A footnote was left out"),
    "note_put_in": N_("A footnote was put in"),
    "language": N_("A language stands in one text only"),
    "rewritten": N_("A provision was rewritten"),
    "bracket": N_("Square brackets were changed"),
    "words": N_("Words were changed"),
    "heading": N_("A heading was changed"),
    "moved": N_("A provision was moved"),
    "renumbered": N_("A number was changed"),
    "signs": N_("A sign was changed"),
}


def kind_words(kind: Kind) -> str:
    """What happened, without saying where."""
    return _(_WORDS[kind])


def difference_words(difference: Difference) -> str:
    """What happened, and where: “Article 3(1): What obliges or permits was changed”."""
    words = kind_words(difference.kind)
    where = difference.where or _(name_in_english(difference.language))
    return _("{where}: {what}", where=where, what=words)


def marked(changes: tuple[Change, ...]) -> str:
    """A redline in a line of plain text: `[-should-] {+shall+}`, as word-by-word comparisons are written."""
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(signs[change.op].format(change.text) for change in changes)
