"""A corrected text (VCLT art. 79): the provisions named read as proposed, in the languages that change."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from detente.provisions.provision import Provision


def corrected(
    provisions: Iterable[Provision], proposed: Iterable[Provision], named: Collection[str]
) -> tuple[Provision, ...]:
    """The text with the proposed words in it. named: the provisions that the correction may touch; of what is
    proposed for others, and of provisions that the text does not hold, nothing is taken.

    >>> text = (Provision("art_1", {}, {"en": "shal", "fr": "doit"}), Provision("art_2", {}, {"en": "may"}))
    >>> [p.texts for p in corrected(text, (Provision("art_1", {}, {"en": "shall"}),), ("art_1",))]
    [{'en': 'shall', 'fr': 'doit'}, {'en': 'may'}]
    """
    words = {p.id: p for p in proposed if p.id in named}
    return tuple(
        replace(p, heading={**p.heading, **words[p.id].heading}, texts={**p.texts, **words[p.id].texts})
        if p.id in words
        else p
        for p in provisions
    )
