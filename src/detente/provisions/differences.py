"""What really changed between two texts, whatever files they came in: each difference in a sentence, weightiest first.

Layout is no difference: kinds of quotation marks, dashes and spaces, and what numbers do when something is put in before
them (`alignment`). Everything else is; even a comma, which comes last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, get_args

from msgspec import Struct

from detente.provisions.alignment import aligned, languages_of, likeness, plain
from detente.provisions.bracket import find_brackets
from detente.provisions.comparison import steady
from detente.provisions.eid import kind_of
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision
from detente.provisions.redline import Change, compare_texts
from detente.provisions.weight import is_of_signature, said_of
from detente.provisions.words import cut, is_word

Kind = Literal[
    "duty", "denial", "number", "signature", "term", "left_out", "put_in", "note_left_out", "note_put_in", "language",
    "rewritten", "bracket", "words", "heading", "moved", "renumbered", "signs",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""The most consequential first."""
_TERM: Final = re.compile(r'"([^"]{2,60})"')


class Difference(Struct, frozen=True):
    """place, was_at: the provision's id in the new text and in the old one, empty where it is not in it. language: empty
    where it is all of them; changes: the redline, as plain words; touches: every kind that it is, `kind` the first."""

    kind: Kind
    place: str
    was_at: str
    language: str = ""
    changes: tuple[Change, ...] = ()
    touches: tuple[Kind, ...] = ()

    @property
    def where(self) -> str:
        """The number to show: the new one, and the old one where it was another."""
        new, old = (number_of(eid, full=True) if eid else "" for eid in (self.place, self.was_at))
        return f"{new} (before: {old})" if new and old and new != old else new or old


def differences(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[Difference, ...]:
    """Every difference of substance, weightiest first, in the order of the new text within one weight."""
    found = list(_found(old, new))
    return tuple(sorted(found, key=lambda difference: KINDS.index(difference.kind)))


def _found(old: Sequence[Provision], new: Sequence[Provision]) -> Iterator[Difference]:
    pairs = aligned(old, new)
    both = [(a.id, b.id) for a, b in pairs if a is not None and b is not None]
    place = {p.id: at for at, p in enumerate(old)}
    in_old = [b for _a, b in sorted(both, key=lambda pair: place[pair[0]])]
    kept = steady(in_old, [b for _a, b in both])
    of_old, of_new = languages_of(old), languages_of(new)
    for tag in sorted(of_old ^ of_new):
        yield Difference("language", "", "", tag)
    shared = of_old & of_new
    for a, b in pairs:
        if b is None and a is not None:
            yield Difference(_whole(a, "left_out"), "", a.id, changes=_all_of(a, "delete"))
        elif a is None and b is not None:
            yield Difference(_whole(b, "put_in"), b.id, "", changes=_all_of(b, "insert"))
        elif a is not None and b is not None:
            yield from _between(a, b, shared or of_old | of_new)
            if b.id not in kept:
                yield Difference("moved", b.id, a.id)
            elif a.id != b.id:
                yield Difference("renumbered", b.id, a.id)


def _whole(provision: Provision, kind: Literal["left_out", "put_in"]) -> Kind:
    if kind_of(provision.id) == "note":
        return "note_left_out" if kind == "left_out" else "note_put_in"
    if any(is_of_signature(words) for words in provision.texts.values()):
        return "signature"
    return kind


def _all_of(provision: Provision, op: Literal["insert", "delete"]) -> tuple[Change, ...]:
    words = next(iter(provision.texts.values()), "") or next(iter(provision.heading.values()), "")
    return (Change(op, plain(words)),) if words else ()


def _between(old: Provision, new: Provision, languages: set[str]) -> Iterator[Difference]:
    for tag in sorted(languages):
        a, b = plain(old.texts.get(tag, "")), plain(new.texts.get(tag, ""))
        if a != b:
            changes = compare_texts(a, b, tag)
            touches = tuple(sorted(set(_touched(a, b, changes, tag)), key=KINDS.index))
            first: Kind = "rewritten" if "rewritten" in touches else touches[0]
            yield Difference(first, new.id, old.id, tag, changes, touches)
        a, b = plain(old.heading.get(tag, "")), plain(new.heading.get(tag, ""))
        if a != b:
            yield Difference("heading", new.id, old.id, tag, compare_texts(a, b, tag))


def _touched(old: str, new: str, changes: Sequence[Change], tag: str) -> Iterator[Kind]:
    """Every kind of difference that a change of words is."""
    pieces = [[p for c in changes if c.op == op for p in cut(c.text)] for op in ("delete", "insert")]
    words = [[p.casefold() for p in of if is_word(p)] for of in pieces]
    kept = Counter(p.casefold() for c in changes if c.op == "equal" for p in cut(c.text) if is_word(p))
    out, into = Counter(words[0]), Counter(words[1])
    # A word that is taken out and put in again beside it has not changed.
    gone = [w for w in words[0] if out[w] > into[w]]
    come = [w for w in words[1] if into[w] > out[w]]
    if likeness(out + kept, into + kept) < 0.5:
        yield "rewritten"
    yield from said_of((*gone, *come), tag)
    if _terms(old) != _terms(new):
        yield "term"
    if is_of_signature(old) or is_of_signature(new):
        yield "signature"
    if _brackets(old) != _brackets(new):
        yield "bracket"
    yield "words" if words[0] != words[1] else "signs"


def _terms(words: str) -> frozenset[str]:
    """Terms in quotation marks, and words that are written with a capital inside a sentence."""
    quoted = _TERM.findall(words)
    inside = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+", words)
    return frozenset((*quoted, *inside))


def _brackets(words: str) -> int:
    return sum(run.kind in ("open", "close", "stray") for run in find_brackets(words).runs)
