"""A text as the check reads it: one language of its provisions, what is open in it, what it defines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import Final

from detente.procedure.verifiability.english import ENGLISH
from detente.procedure.verifiability.language import Patterns
from detente.provisions.eid import ancestry, is_within
from detente.provisions.provision import Provision

LANGUAGES: Final[Mapping[str, Patterns]] = MappingProxyType({"en": ENGLISH})
"""Tag -> what the check knows of the language. In every other it says that it has not checked."""


class CheckedText:
    """names: what the sides are called; bracketed: provisions that are open; entry: the earliest instant or date at which
    it can enter into force, or ""."""

    def __init__(
        self,
        provisions: tuple[Provision, ...],
        language: str = "en",
        *,
        names: tuple[str, ...] = (),
        bracketed: frozenset[str] = frozenset(),
        entry: str = "",
    ) -> None:
        self.patterns = LANGUAGES[language]
        self.names = names
        self.bracketed = bracketed
        self.entry = entry
        self._words = {p.id: p.texts[language] for p in provisions if language in p.texts}
        self._issued = self._words
        self._headings = {p.id: p.heading[language] for p in provisions if language in p.heading}
        self._saying: dict[re.Pattern[str], tuple[str, ...]] = {}
        self._ids = {e for p in provisions for e in (p.id, *ancestry(p.id))}

    def with_words(self, eid: str, words: str) -> CheckedText:
        """The same text with other words at one place, where an alternative in brackets would stand, for a check of that
        place. Where `saying` finds a pattern is looked for once and shared: of the other provisions it is the same."""
        other = copy(self)
        other._words = {**self._words, eid: words}
        other._ids = {*self._ids, eid, *ancestry(eid)}
        for found in ("_defined", "_proper", "definitions"):
            other.__dict__.pop(found, None)
        return other

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._words)

    @property
    def told_apart_by(self) -> int:
        """A number that another text does not have, within one run of the program; no word can be told from it."""
        return hash((tuple(self._words.items()), tuple(self._headings.items())))

    def own_words(self, eid: str) -> str:
        return self._words.get(eid, "")

    def words_of(self, eid: str) -> str:
        """Its words; those of a point go on from the words before the list (“Each Side shall:”)."""
        words = self.own_words(eid)
        for outer in reversed(ancestry(eid)):
            above = self._words.get(f"{outer}__chapeau_1") or self._words.get(outer) or ""
            if above.rstrip().endswith((":", "shall", "to", "by")) and not eid.endswith("chapeau_1"):
                return f"{above.rstrip(' :')} {words}"
        return words

    def holds(self, eid: str) -> bool:
        return eid in self._ids

    def saying(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """The provisions whose words, as the edition has them, the pattern finds, in order; looked for once."""
        if pattern not in self._saying:
            self._saying[pattern] = tuple(e for e, words in self._issued.items() if pattern.search(words))
        return self._saying[pattern]

    def is_bracketed(self, eid: str) -> bool:
        return any(is_within(eid, b) or is_within(b, eid) for b in self.bracketed)

    def defines(self, term: str) -> bool:
        """Whether some provision says what it means, in the singular or in the plural."""
        low = term.lower()
        return any(low in (t, f"{t}s") or t == f"{low}s" for t in self._defined)

    @cached_property
    def _defined(self) -> frozenset[str]:
        return frozenset(
            found["term"].strip().lower()
            for words in self._words.values()
            for found in self.patterns.defined.finditer(words)
        )

    def is_named(self, words: str) -> bool:
        """Whether the words are the name of a side; in a text of sides unknown, a name that the text uses."""
        if self.names:
            return any(name in words for name in self.names)
        capitals = [
            word
            for word in words.split()
            if word[:1].isupper() and word.lower() not in ("the", "each", "all")
        ]
        return bool(capitals) and all(word in self._proper for word in capitals)

    @cached_property
    def _proper(self) -> frozenset[str]:
        """Words with a capital in the middle of a sentence, and nowhere without one."""
        every = " ".join(self._words.values())
        within = set(re.findall(r"(?<=[a-z,] )[A-Z][\w-]+", every))
        return frozenset(within - {word.capitalize() for word in re.findall(r"\b[a-z][\w-]+", every)})

    @cached_property
    def definitions(self) -> str:
        """The article in which terms are defined, or "" for a text without one."""
        for eid in (*self._headings, *self._words):
            if self.patterns.definitions.search(self._headings.get(eid, "")):
                return eid
        return next((e for e, words in self._words.items() if self.patterns.defined.search(words)), "")
