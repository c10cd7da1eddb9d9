"""What a document that comes back proposes: its tracked changes against the text that it was made from.

A provision whose words or heading differ once the changes are accepted is proposed as it then is; one that is gone is
proposed to be left out, and one that was moved is too, and proposed anew where it then stands (`placing`). Where they
differ already before the tracked changes, somebody changed them without tracking: that is proposed too, and said.
Brackets that the text shows (`[30]A [20]B days`) are read back as the words of the side whose letter is given. What no
proposal can say (words that go while the heading over them stays) is remarked on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from detente.interchange.documents.document import Document, Remark
from detente.interchange.documents.placing import Placed, in_place
from detente.interchange.documents.structure import Structured, structured
from detente.provisions.bracket import NO_TEXT
from detente.provisions.comparison import compare_editions
from detente.provisions.eid import parent_of
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision


class Proposal(Struct, frozen=True):
    """provision: its id; texts: the words proposed, by language, none where they stay or the provision is left out;
    headings: likewise, none of them where the heading is to go, None where it stays. before, headed: the words and the
    heading that stand. authors: whose the changes are, as the file says; tracked: whether all of it is tracked there."""

    provision: str
    texts: dict[str, str]
    before: dict[str, str]
    authors: tuple[str, ...]
    tracked: bool
    headings: dict[str, str] | None = None
    headed: dict[str, str] = {}

    @property
    def omits(self) -> bool:
        return not self.texts and self.headings is None


class Proposals(Struct, frozen=True):
    """remarks: of the reader, then of what cannot be proposed."""

    proposals: tuple[Proposal, ...]
    remarks: tuple[Remark, ...]


def proposals(
    document: Document,
    text: Sequence[Provision],
    language: str = "en",
    letter: str = "",
    edition: Sequence[Provision] = (),
) -> Proposals:
    """text: that from which the document was made, as it was written into it. letter: of the importing side. edition: the
    text without what is proposed of it, where that is another; what is as it says there stays."""
    before, after = structured(document.rejected(), language), structured(document.accepted(), language)
    found, stands = list[Proposal](), {p.id: p for p in text}
    issued = {p.id: p for p in edition or text}
    was = {p.id: p for p in before.provisions}
    placed = in_place(text, after.provisions)
    remarks = [*after.remarks, *_displaced(placed)]
    becomes = {p.id: p for p in placed.text}
    came_from = {new: old for old, new in placed.moved.items()}
    by_place = _authors(document)
    for change in compare_editions(text, placed.text):
        eid = change.id
        nothing = Provision(eid, {}, {})
        old, new = stands.get(eid, nothing), becomes.get(eid)
        remarks += _unproposable(eid, old, new, change.moved)
        texts: dict[str, str] = {}
        headings: dict[str, str] | None = None
        if new is not None and not _is_gone(old, new, letter):
            texts, headings = _proposed(old, new, issued.get(eid, nothing), letter)
            if not texts and headings is None:
                continue
        where = (*before.places.get(eid, ()), *after.places.get(came_from.get(eid, eid), ()))
        authors = tuple(dict.fromkeys(author for place in where for author in by_place.get(place, ())))
        if not authors and (eid in came_from or eid in placed.moved):
            authors = _movers(document)
        tracked = _said(was, eid) == _said(stands, eid)
        found.append(Proposal(eid, texts, dict(old.texts), authors, tracked, headings, dict(old.heading)))
        if not tracked:
            said = f"{number_of(eid, full=True)} was changed without being tracked."
            remarks.append(Remark(_place(before, after, eid), "proposals.untracked", said))
    return Proposals(tuple(found), tuple(dict.fromkeys(remarks)))


def _is_gone(old: Provision, new: Provision | None, letter: str) -> bool:
    """Whether nothing is left of a provision, not even its heading."""
    if new is None:
        return True
    changed = (new.texts, new.heading) != (old.texts, old.heading)
    return changed and not _own(new.texts, letter) and not _own(new.heading, letter)


def _proposed(
    old: Provision, new: Provision, issued: Provision, letter: str
) -> tuple[dict[str, str], dict[str, str] | None]:
    """The words and the headings proposed; none of the one, and None of the other, where they stay as issued. Where the
    file shows what the side has proposed already, whoever changes the heading or the words stands by the other."""
    if (new.texts, new.heading) == (old.texts, old.heading):
        return {}, None
    texts, headings = _own(new.texts, letter), _own(new.heading, letter)
    shown = headings != new.heading and bool(headings or _own(old.texts, letter))
    headed = headings if new.heading != old.heading or shown else None
    if new.texts == old.texts and texts in (new.texts, issued.texts):
        return {}, headed
    return texts, None if headed == issued.heading else headed


def _own(words: dict[str, str], letter: str) -> dict[str, str]:
    """A side's words by language; none where it would leave all of them out."""
    own = {tag: own_words(one, letter) for tag, one in words.items()}
    return {tag: one for tag, one in own.items() if one}


_ONE: Final = r"\[([^\[\]]*)\]([A-Z]*)(?![A-Za-z])"
_BRACKETED: Final = re.compile(_ONE)
_GONE: Final = "\x00"
"""Stands for words that are left out, until the space before them is closed up."""
_ALTERNATIVES: Final = re.compile(rf"{_ONE}(?:\s*{_ONE})*")


def own_words(words: str, letter: str) -> str:
    """The words with each group of alternatives replaced by the one behind which the side stands; a group without one
    stays as it is. Nothing is left where the side would leave all of it out.

    >>> own_words("within [30]A [20 or 25]BC days", "C"), own_words("[Within 30 days.] [no text]A", "A")
    ('within 20 or 25 days', '')
    """

    def own(group: re.Match[str]) -> str:
        mine = (words for words, letters in _BRACKETED.findall(group[0]) if letter in letters)
        words = next(mine, group[0])
        return _GONE if words == NO_TEXT else words

    if not letter:
        return words
    found = re.sub(rf"\s*{_GONE}(?=[.,;:])|{_GONE}", "", _ALTERNATIVES.sub(own, words))
    return " ".join(found.split())


def _said(provisions: dict[str, Provision], eid: str) -> tuple[dict[str, str], dict[str, str]]:
    found = provisions.get(eid)
    return (found.heading, found.texts) if found else ({}, {})


def _authors(document: Document) -> dict[str, list[str]]:
    """Whose changes stand at each place."""
    found: dict[str, list[str]] = {}
    for block in document.blocks:
        marks = (mark for mark in (*(run.mark for run in block.runs), block.end) if mark is not None)
        found.setdefault(block.place, []).extend(mark.author for mark in marks)
    return found


def _movers(document: Document) -> tuple[str, ...]:
    """Who moved something: of two provisions that changed places the file marks one."""
    return tuple(dict.fromkeys(mark.author for mark in document.marks if mark.kind.startswith("moved")))


def _displaced(placed: Placed) -> Iterator[Remark]:
    """That two proposals are one move: what is within it is not named again."""
    for old, new in placed.moved.items():
        if parent_of(old) not in placed.moved:
            was, now = number_of(old, full=True), number_of(new, full=True)
            said = f"{was} was moved: it is proposed as {now}, and to be left out where it stood."
            yield Remark(now, "proposals.moved", said)


def _unproposable(eid: str, old: Provision, new: Provision | None, moved: bool) -> Iterator[Remark]:
    number = number_of(eid, full=True)
    if new is not None and old.texts and not new.texts and new.heading:
        said = f"The words of {number} are left out and its heading stays: a mediator issues that."
        yield Remark(number, "proposals.heading", said)
    if moved:
        yield Remark(number, "proposals.order", f"{number} was moved: a mediator issues the order of a text.")


def _place(before: Structured, after: Structured, eid: str) -> str:
    return next(iter((*after.places.get(eid, ()), *before.places.get(eid, ()))), number_of(eid, full=True))
