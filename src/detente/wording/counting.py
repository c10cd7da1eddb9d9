"""Numbers, lists and the names of languages in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from detente.provisions.authentic import name_in_english
from detente.wording.language import N_, gettext, pgettext

_WORDS: Final = (
    N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten"),
)  # fmt: skip
_BEFORE_THE_LAST: Final = {
    "and": N_("{parts} and {last}"), "or": N_("{parts} or {last}"), "nor": N_("{parts} nor {last}"),
}  # fmt: skip
_LANGUAGES: Final = frozenset((
    N_("Arabic"), N_("Azerbaijani"), N_("Bengali"), N_("Bosnian"), N_("Central Kurdish"), N_("German"), N_("Greek"),
    N_("English"), N_("Spanish"), N_("Persian"), N_("French"), N_("Hebrew"), N_("Hindi"), N_("Croatian"),
    N_("Armenian"), N_("Indonesian"), N_("Italian"), N_("Japanese"), N_("Georgian"), N_("Korean"), N_("Dari"),
    N_("Pashto"), N_("Portuguese"), N_("Russian"), N_("Somali"), N_("Serbian"), N_("Swahili"), N_("Turkish"),
    N_("Ukrainian"), N_("Urdu"), N_("Uzbek"), N_("Chinese"), N_("Amharic"), N_("Khmer"), N_("Lao"), N_("Burmese"),
    N_("Nepali"), N_("Sinhala"), N_("Tamil"), N_("Thai"), N_("Tigrinya"),
))  # fmt: skip
"""Every language that the program knows by name, for the catalogue."""

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
    if count == 0:
        return pgettext("how many", "no")
    return gettext(_WORDS[count - 1]) if 0 < count <= len(_WORDS) else str(count)


def comma() -> str:
    """What stands between the parts of a list."""
    return pgettext("between the parts of a list", ", ")


def one_after_another(parts: Iterable[str]) -> str:
    """For parts that have commas, an “or” and an “and” in themselves, and would read as one.

    >>> one_after_another(["support one text, or propose another", "initial edition 1"])
    'support one text, or propose another; initial edition 1'
    """
    return pgettext("between parts that have commas in themselves", "; ").join(parts)


def in_a_row(parts: Iterable[str]) -> str:
    """
    >>> in_a_row(["5(1)", "5(2)"])
    '5(1), 5(2)'
    """
    return comma().join(parts)


def listed(parts: Iterable[str], last: Literal["and", "or", "nor"] = "and") -> str:
    """
    >>> listed(["A"]), listed(["A", "B"]), listed(["en", "ur", "ps"], "or")
    ('A', 'A and B', 'en, ur or ps')
    """
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return gettext(_BEFORE_THE_LAST[last], parts=in_a_row(words[:-1]), last=words[-1])


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


def thousands(number: int) -> str:
    """
    >>> thousands(1848)
    '1,848'
    """
    return f"{number:,}"


def language_name(tag: str) -> str:
    """What a language is called in the one that the page speaks; the tag itself where it has no name here.

    >>> language_name("ps"), language_name("tlh")
    ('Pashto', 'tlh')
    >>> from detente.provisions.authentic import known_languages
    >>> {name_in_english(tag) for tag in known_languages()} == _LANGUAGES
    True
    """
    name = name_in_english(tag)
    return gettext(name) if name in _LANGUAGES else name


def languages_listed(tags: Iterable[str]) -> str:
    """
    >>> languages_listed(("en", "ur", "ps"))
    'English, Urdu and Pashto'
    """
    return listed(language_name(tag) for tag in tags)
