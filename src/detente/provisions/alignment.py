"""Which provision of one text is which of another, where numbers may have changed: by words first, by number next.

1. The same words, once in each text, are the same provision, whatever their number.
2. Of the others those are that share half of their words, or a fifth under the same number: first the most alike, a
   number that is the same counting for a sixth of the words.
3. Of the others the same number is, whatever the words: a provision that was rewritten.

What is left stands in one text only. Words are compared as `plain` has them, over all languages that both texts have.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from detente.provisions.provision import Provision
from detente.provisions.words import cut, is_word

Pair = tuple[Provision | None, Provision | None]
_MOST_CANDIDATES: Final = 40
"""Provisions that share a rare word with another and are weighed against it."""
_SAME_NUMBER: Final = 1 / 6
_PLAIN: Final = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\u00ad": None, "\u200b": None, "\u2060": None,
    "\u200e": None, "\u200f": None, "\u061c": None, "\u0640": None,
})  # fmt: skip
_SPACES: Final = re.compile(r"\s+")


def plain(words: str) -> str:
    """The words without what is only their dress: kinds of quotation marks, of dashes and of spaces, the joining stroke
    of Arabic script, marks of direction."""
    return _SPACES.sub(" ", words.translate(_PLAIN)).strip()


def aligned(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[Pair, ...]:
    """Pairs in the order of the new text, what is only in the old one after what it used to follow."""
    languages = languages_of(old) & languages_of(new) or languages_of(old) | languages_of(new)
    olds, news = ({p.id: _bag(p, languages) for p in text} for text in (old, new))
    partner: dict[str, str] = {}
    left, right = dict.fromkeys(p.id for p in old), dict.fromkeys(p.id for p in new)

    def pair(of_new: str, of_old: str) -> None:
        partner[of_new] = of_old
        left.pop(of_old)
        right.pop(of_new)

    for of_new, of_old in _same_words(old, new, languages):
        pair(of_new, of_old)
    for _likeness, of_new, of_old in sorted(
        _alike(left, right, olds, news), key=lambda found: (-found[0], *found[1:])
    ):
        if of_new in right and of_old in left:
            pair(of_new, of_old)
    for eid in [eid for eid in right if eid in left]:
        pair(eid, eid)
    return tuple(_in_order(old, new, partner))


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """The share of words that two provisions have in common, 0 to 1 (Dice, 1945, over words with their times)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def languages_of(text: Iterable[Provision]) -> set[str]:
    """The tags in which any of the provisions has words."""
    return {tag for provision in text for tag in (*provision.texts, *provision.heading)}


def _words(provision: Provision, languages: set[str]) -> str:
    versions = (*sorted(provision.heading.items()), *sorted(provision.texts.items()))
    return "\n".join(plain(words) for tag, words in versions if tag in languages)


def _bag(provision: Provision, languages: set[str]) -> Counter[str]:
    return Counter(piece.casefold() for piece in cut(_words(provision, languages)) if is_word(piece))


def _same_words(
    old: Sequence[Provision], new: Sequence[Provision], languages: set[str]
) -> list[tuple[str, str]]:
    """Those whose words stand once in each text; of words that stand more often, those of one number."""
    olds, news = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for text, places in ((old, olds), (new, news)):
        for provision in text:
            places[_words(provision, languages)].append(provision.id)
    found = []
    for words, of_new in news.items():
        of_old = olds.get(words, [])
        if len(of_new) == len(of_old) == 1:
            found.append((of_new[0], of_old[0]))
        else:
            found += [(eid, eid) for eid in of_new if eid in of_old]
    return found


def _alike(
    left: Iterable[str], right: Iterable[str], olds: dict[str, Counter[str]], news: dict[str, Counter[str]]
) -> list[tuple[float, str, str]]:
    """Pairs with enough of their words in common. Only those that share a rare word are weighed, so that long texts that
    have nothing in common cost no square of their length."""
    holders = defaultdict[str, list[str]](list)
    for eid in left:
        for word in olds[eid]:
            holders[word].append(eid)
    found = []
    for of_new in right:
        by_rarity = sorted(
            (word for word in news[of_new] if word in holders), key=lambda word: len(holders[word])
        )
        candidates: dict[str, None] = {}
        for word in by_rarity:
            if len(candidates) >= _MOST_CANDIDATES:
                break
            candidates.update(dict.fromkeys(holders[word][:_MOST_CANDIDATES]))
        if of_new in left:
            candidates[of_new] = None
        for of_old in candidates:
            share, same = likeness(olds[of_old], news[of_new]), of_old == of_new
            if share >= (0.2 if same else 0.5):
                found.append((share + same * _SAME_NUMBER, of_new, of_old))
    return found


def _in_order(old: Sequence[Provision], new: Sequence[Provision], partner: dict[str, str]) -> list[Pair]:
    by_id = {p.id: p for p in old}
    kept = {of_old: of_new for of_new, of_old in partner.items()}
    gone_after: dict[str, list[Pair]] = defaultdict(list)
    anchor = ""
    for provision in old:
        if provision.id in kept:
            anchor = kept[provision.id]
        else:
            gone_after[anchor].append((provision, None))
    pairs = gone_after[""]
    for provision in new:
        of_old = partner.get(provision.id)
        pairs += [(by_id[of_old] if of_old is not None else None, provision), *gone_after[provision.id]]
    return pairs
