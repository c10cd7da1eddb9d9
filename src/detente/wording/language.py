"""In which language a page speaks: gettext's messages, with named places.

A message is written in English where it is said, whole: `gettext("Edition {number} is missing.", number=3)`. Which
language is spoken is a context variable, so that a page is made in one language whoever else asks at the same moment.
The rules on the floors below speak English only; `translated` finds what they said among the sentences they can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from gettext import NullTranslations
from typing import Final, Literal

_PLACE: Final = re.compile(r"\{(\w+)\}")
_ISOLATED: Final = re.compile(r"(\{\w+\}|%\(\w+\)s)")
"""Where something is put into a message, as Python and as templates write it."""


class Language:
    """A language that pages can be shown in.

    tag: BCP 47; name: what its speakers call it; messages: its catalogue; sentences: of the rules, the English
    template of each to its translation.
    """

    def __init__(
        self,
        tag: str,
        name: str,
        direction: Literal["ltr", "rtl"] = "ltr",
        messages: NullTranslations | None = None,
        sentences: Mapping[str, str] | None = None,
    ) -> None:
        self.tag, self.name, self.direction = tag, name, direction
        self.messages = messages if messages is not None else NullTranslations()
        self.sentences = dict(sentences or {})

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """What each sentence with places looks like once they are filled, the most exact first."""
        with_places = [english for english in self.sentences if _PLACE.search(english)]
        with_places.sort(key=lambda english: -len(_PLACE.sub("", english)))
        return tuple((_pattern(english), self.sentences[english]) for english in with_places)


def _pattern(english: str) -> re.Pattern[str]:
    """
    >>> _pattern("Side {side} has no head.").fullmatch("Side A has no head.").groupdict()
    {'side': 'A'}
    """
    parts = _PLACE.split(english)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )


ENGLISH: Final = Language("en", "English")
_SPOKEN: Final[ContextVar[Language]] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def N_(message: str) -> str:  # noqa: N802  gettext's own name
    """A message that is said elsewhere: marked here for the catalogue."""
    return message


def _in_its_place(said: str) -> str:
    """In a language from right to left, what is put into a message keeps a direction of its own (Unicode Standard
    Annex 9, FSI and PDI): else “1(2)” would be read as “(2)1”. A message that is itself put into another one says by
    its first sign (RLM) that it runs from right to left, even where all its words stand in such places."""
    if spoken().direction == "ltr":
        return said
    placed, places = _ISOLATED.subn("\u2068\\1\u2069", said)
    return f"\u200f{placed}" if places else said


def gettext(message: str, /, **words: object) -> str:
    """The message in the language spoken, with its places filled; without `words`, for somebody else to fill.

    >>> gettext("Edition {number} is missing.", number=3)
    'Edition 3 is missing.'
    """
    said = _in_its_place(spoken().messages.gettext(message)) if message else ""
    return said.format_map(words) if words else said


def pgettext(context: str, message: str, /, **words: object) -> str:
    """A message that means another thing elsewhere. context: what tells the two apart, for whoever translates."""
    said = _in_its_place(spoken().messages.pgettext(context, message))
    return said.format_map(words) if words else said


def ngettext(one: str, several: str, count: int, /, **words: object) -> str:
    """The message for this count, which both forms may name as `{count}`.

    >>> ngettext("{count} act", "{count} acts", 1), ngettext("{count} act", "{count} acts", 3)
    ('1 act', '3 acts')
    """
    said = _in_its_place(spoken().messages.ngettext(one, several, count))
    return said.format_map({"count": count, **words})


def translated(sentence: str) -> str:
    """A sentence of the rules (a refusal, what an act commits to) in the language spoken; as it is where its
    template is not known.

    >>> urdu = Language("ur", "Urdu", "rtl", None, {"Side {side} has no head.": "فریق {side} کا سربراہ نہیں۔"})
    >>> with speaking(urdu):
    ...     translated("Side A has no head."), translated("Nobody knows this one.")
    ('\u200fفریق \u2068A\u2069 کا سربراہ نہیں۔', 'Nobody knows this one.')
    """
    language = spoken()
    if not sentence or not language.sentences:
        return sentence
    exact = language.sentences.get(sentence)
    if exact is not None:
        return exact
    for pattern, translation in language.patterns:
        found = pattern.fullmatch(sentence)
        if found is not None:
            words = {place: _known(language, word) for place, word in found.groupdict().items()}
            return _in_its_place(translation).format_map(words)
    return sentence


def _known(language: Language, words: str) -> str:
    """What stood in a place: another sentence, or words that are messages themselves one by one (roles, steps)."""
    whole = translated(words)
    if whole != words:
        return whole
    parts = (language.sentences.get(part) or language.messages.gettext(part) for part in words.split(", "))
    return ", ".join(parts) if words else ""
