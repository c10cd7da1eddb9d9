"""What a public claim can say of a record, as data: predicates, and the words that follow each.

A claim is written as its predicate and those words, with spaces between: ("acknowledged", "B LEAF authentic"). A first
word “not” denies it. Words in brackets may be left out, from the last on.
"""

from __future__ import annotations

from typing import Final, Literal

from detente.state.undertakings import GRADES

Predicate = Literal[
    "presented", "acknowledged", "demanded", "assured", "received", "assented", "initialled", "signed", "bound",
    "adopted", "authentic", "binding", "in_force", "kept", "breached", "withdrew", "broke_off", "duration", "sessions",
    "instructed", "confided", "other",
]  # fmt: skip
NOT: Final = "not"

WORDS: Final[dict[str, str]] = {
    "presented": "WHO [EXHIBIT]",
    "acknowledged": "WHO [EXHIBIT] [GRADE]",
    "demanded": "WHO [DEMAND]",
    "assured": "SIDE [DEMAND]",
    "received": "SIDE [TEXT] [NUMBER]",
    "assented": "SIDE [TEXT] [NUMBER]",
    "initialled": "SIDE [TEXT] [NUMBER]",
    "signed": "SIDE [TEXT] [NUMBER]",
    "bound": "SIDE [TEXT]",
    "adopted": "TEXT",
    "authentic": "TEXT",
    "binding": "TEXT",
    "in_force": "TEXT",
    "kept": "[SIDE] [COMMITMENT]",
    "breached": "[SIDE] [COMMITMENT]",
    "withdrew": "SIDE [TEXT]",
    "broke_off": "[SIDE]",
    "duration": "NUMBER",
    "sessions": "NUMBER",
    "instructed": "SIDE",
    "confided": "WHO",
    "other": "",
}
"""What follows “other” is not read. WHO: a side's letter, “M” for the mediators, or a person. EXHIBIT, DEMAND,
COMMITMENT: leaf of its act. TEXT: an instrument. NUMBER: in digits: of an edition, of hours, of sessions."""


def denied(argument: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a claim denies its predicate, and the words that follow.

    >>> denied("not B"), denied("B understanding 3")
    ((True, ('B',)), (False, ('B', 'understanding', '3')))
    """
    words = tuple(argument.split())
    return (True, words[1:]) if words[:1] == (NOT,) else (False, words)


def named(predicate: str, argument: str) -> dict[str, str]:
    """The words of a claim by their names in `WORDS`. A word that may be left out is passed over by one of another form:
    “acknowledged B authentic” names no exhibit.

    Raises `ValueError` where the words are not those of the predicate.

    >>> named("acknowledged", "B authentic"), named("in_force", "understanding")
    ({'WHO': 'B', 'GRADE': 'authentic'}, {'TEXT': 'understanding'})
    """
    left = [] if predicate == "other" else list(denied(argument)[1])
    found = {}
    for word in WORDS[predicate].split():
        name = word.strip("[]")
        if left and _is(name, left[0]):
            found[name] = left.pop(0)
        elif name == word:
            raise ValueError(name)
    if left:
        raise ValueError(left[0])
    return found


def _is(name: str, word: str) -> bool:
    """Whether a word has the form of what it is to name."""
    match name:
        case "SIDE":
            return len(word) == 1 and word.isupper()
        case "WHO":
            return word[:1].isupper() and len(word) < 40
        case "GRADE":
            return word in GRADES
        case "NUMBER":
            return word.isascii() and word.isdecimal() and len(word) < 7
        case "TEXT":
            return word[:1].islower() and len(word) < 41
        case _:
            return len(word) == 43
