"""The numbers of provisions as the language spoken writes them: digits and letters stay, words are translated."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from detente.provisions.numbering import number_of
from detente.wording.counting import in_a_row
from detente.wording.language import N_, gettext, spoken

_NUMBERED: Final = MappingProxyType({
    "Article": N_("Article {number}"), "Preamble": N_("Preamble {number}"), "Part": N_("Part {number}"),
    "Chapter": N_("Chapter {number}"), "Section": N_("Section {number}"), "Annex": N_("Annex {number}"),
    "row": N_("row {number}"), "note": N_("note {number}"),
})  # fmt: skip
_UNNUMBERED: Final = MappingProxyType({"chapeau": N_("chapeau"), "closing words": N_("closing words")})


def numbered(eid: str, *, full: bool = False, alternative: int = 1) -> str:
    """What `number_of` says, part by part.

    >>> numbered("art_3__para_2"), numbered("art_3", full=True), numbered("annex_I__art_4__para_1__chapeau_1")
    ('3(2)', 'Article 3', 'Annex I, 4(1), chapeau')
    """
    parts = number_of(eid, full=full, alternative=alternative).split(", ")
    if len(parts) > 1 and spoken().direction == "rtl":
        parts = [
            f"\u2068{part}\u2069" if part[0].isdigit() else part for part in parts
        ]  # else 4(1) reads (1)4
    return in_a_row(_part(part) for part in parts)


def _part(part: str) -> str:
    if part in _UNNUMBERED:
        return gettext(_UNNUMBERED[part])
    word, _space, number = part.partition(" ")
    return gettext(_NUMBERED[word], number=number) if word in _NUMBERED else part
