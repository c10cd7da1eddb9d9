"""The words around a text, in languages that the pages of the program are not shown in: one file of JSON each.

A text is authentic in languages that its sides chose, and what stands around it is to be read by whoever signs it. Each
file has every message of `labels`, the name of its own language, and how its provisions are called. Counts are said so
that no form depends on them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from importlib.resources import files

from detente.provisions.authentic import direction, own_name
from detente.wording.language import Language


class _Words(NullTranslations):
    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        return self._words.get(message, message)

    def pgettext(self, _context: str, message: str) -> str:
        return self._words.get(message, message)

    def ngettext(self, _one: str, several: str, _count: int) -> str:
        return self._words.get(several, several)


@cache
def languages_of_labels() -> dict[str, Language]:
    found = [one for one in files(__name__).iterdir() if one.name.endswith(".json")]
    return {
        tag: Language(tag, own_name(tag), direction(tag), _Words(json.loads(one.read_bytes())))
        for tag, one in sorted((one.name.removesuffix(".json"), one) for one in found)
    }
