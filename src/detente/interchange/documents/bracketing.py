"""The texts that sides have put beside a provision, written into the text: as brackets, or as one side would have it.

Brackets are written as negotiators write them, `within [30]A [20]BC days`; `proposals.own_words` reads them back. A
heading that is proposed stands in brackets like words. What an alternative leaves as it stands is the edition's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.provisions.bracket import bracketed
from detente.provisions.eid import order_key
from detente.provisions.provision import Provision


class Held(Struct, frozen=True):
    """One text of a provision. letters: of the sides behind it; texts: its words by language, none where it is to be
    left out or where a heading alone is proposed; omits: whether it is to be left out. headings: those proposed, by
    language, none of them where the heading is to go; None where it stays."""

    letters: str
    texts: Mapping[str, str]
    omits: bool = False
    headings: Mapping[str, str] | None = None

    @property
    def keeps_words(self) -> bool:
        return self.headings is not None and not self.texts

    @property
    def is_known(self) -> bool:
        """Whether anything of it is disclosed."""
        return self.omits or bool(self.texts) or self.headings is not None


def with_brackets(text: Iterable[Provision], held: Mapping[str, Sequence[Held]]) -> tuple[Provision, ...]:
    """The text with every provision that is held open in brackets. In a language in which nobody has put words the
    provision stays as it is; where all that is proposed is to leave it out, its own words stand beside that."""
    text = tuple(text)
    own = {p.id: p for p in text}
    return _put_in(text, (in_brackets(own.get(eid, Provision(eid, {}, {})), of) for eid, of in held.items()))


def in_brackets(own: Provision, held: Sequence[Held]) -> Provision:
    """A provision of an edition with what is held open of it in brackets."""
    headings, texts = _headings(held, own.heading), _texts(held, own.texts)
    return replace(own, heading={**own.heading, **headings}, texts={**own.texts, **texts})


def with_words_of(
    text: Iterable[Provision], held: Mapping[str, Sequence[Held]], letter: str
) -> tuple[Provision, ...]:
    """The text as one side would have it: its own words and headings where it has put some, and without what it would
    leave out."""
    mine = {
        eid: own
        for eid, of in held.items()
        if (own := next((one for one in of if letter in one.letters), None)) is not None
    }
    stays = tuple(p for p in text if p.id not in mine or not mine[p.id].omits)
    known = {p.id: p for p in stays}
    kept = ((eid, one) for eid, one in mine.items() if not one.omits)
    return _put_in(stays, (_as_held(known.get(eid, Provision(eid, {}, {})), one) for eid, one in kept))


def _as_held(own: Provision, one: Held) -> Provision:
    headings = own.heading if one.headings is None else dict(one.headings)
    return replace(own, heading=headings, texts={**own.texts, **one.texts})


def _texts(held: Sequence[Held], own: Mapping[str, str]) -> dict[str, str]:
    """The words in brackets, where somebody proposes any. own: the edition's, behind which nobody's letter stands where
    nobody keeps them."""
    if all(one.keeps_words for one in held):
        return {}
    options = [(one.letters, own if one.keeps_words else one.texts, one.omits) for one in held]
    if all(one.omits for one in held):
        options.insert(0, ("", own, False))
    return _lines(options)


def _headings(held: Sequence[Held], own: Mapping[str, str]) -> dict[str, str]:
    """The headings in brackets, where somebody proposes one."""
    if all(one.headings is None for one in held):
        return {}
    options = [
        (one.letters, own if one.headings is None else one.headings, one.omits or one.headings == {})
        for one in held
        if one.is_known
    ]
    if not any(headings for _letters, headings, gone in options if not gone):
        options.insert(0, ("", own, False))
    return _lines(options)


def _lines(options: Sequence[tuple[str, Mapping[str, str], bool]]) -> dict[str, str]:
    """By language. options: letters, words, and whether they are to be left out."""
    tags = dict.fromkeys(tag for _letters, words, gone in options for tag in words if not gone)
    return {
        tag: bracketed(
            [
                (letters, "" if gone else words[tag])
                for letters, words, gone in options
                if gone or words.get(tag)
            ]
        )
        for tag in tags
    }


def _put_in(text: Iterable[Provision], changed: Iterable[Provision]) -> tuple[Provision, ...]:
    """The text with these provisions in the place of its own; new ones where their numbers belong."""
    found, known = list(text), {p.id: p for p in changed}
    found = [known.pop(p.id, p) for p in found]
    for eid, provision in known.items():
        if provision.languages():
            before = [at for at, other in enumerate(found, 1) if order_key(other.id) < order_key(eid)]
            found.insert(max(before, default=0), provision)
    return tuple(found)
