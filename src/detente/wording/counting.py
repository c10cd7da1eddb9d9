"""Numbers and lists in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from detente.provisions.authentic import name_in_english

_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_OFFICES: Final = frozenset(
    (
        "Head",
        "Lead",
        "Delegate",
        "Principal",
        "Keeper",
        "Mediator",
        "Mediators",
        "Secretariat",
        "Interpreter",
        "Observer",
    )
)


def number_word(count: int) -> str:
    """Up to ten in words, then in digits.

    >>> number_word(2), number_word(23)
    ('two', '23')
    """
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "act"), counted(0, "act"), counted(3, "delegate in the room", "delegates in the room")
    ('1 act', '0 acts', '3 delegates in the room')
    """
    return f"{count} {one if count == 1 else several or one + 's'}"


def counted_in_words(count: int, one: str, several: str = "") -> str:
    """
    >>> counted_in_words(1, "bracket"), counted_in_words(3, "edition")
    ('one bracket', 'three editions')
    """
    return f"{number_word(count)} {one if count == 1 else several or one + 's'}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """
    >>> listed(["A"]), listed(["A", "B"]), listed(["en", "ur", "ps"], "or")
    ('A', 'A and B', 'en, ur or ps')
    """
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capitalised(sentence: str) -> str:
    """The first letter large, the rest untouched.

    >>> capitalised("one assent to edition 3")
    'One assent to edition 3'
    """
    return sentence[:1].upper() + sentence[1:]


def lowered_office(office: str) -> str:
    """An office as it stands inside a sentence; a proper name stays as it is.

    >>> lowered_office("Head of Delegation B"), lowered_office("Kabul")
    ('head of Delegation B', 'Kabul')
    """
    first = office.partition(" ")[0]
    return first.lower() + office[len(first) :] if first in _OFFICES else office


def grouped(digits: str) -> str:
    """Hexadecimal digits in groups of four.

    >>> grouped("5be091c2")
    '5be0 91c2'
    """
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def languages_listed(tags: Iterable[str]) -> str:
    """
    >>> languages_listed(("en", "ur", "ps"))
    'English, Urdu and Pashto'
    """
    return listed(name_in_english(tag) for tag in tags)
