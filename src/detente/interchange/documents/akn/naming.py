"""The places of a text in an Akoma Ntoso file from elsewhere, as ids: its elements say what is what.

Profiles differ in what they call things and agree on how they nest them. Articles and sections are numbered through the
parts and chapters around them, so these lend them no name; what is numbered inside stands within them. An unnumbered
heading is a part where sections follow under it and a section where paragraphs do, counted, and a remark says so. What
stands before the body is preamble, what stands after it closing words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Final

from msgspec import Struct

from detente.interchange.documents.document import Remark
from detente.interchange.documents.placing import following
from detente.interchange.documents.xml import Element, child, local_name
from detente.provisions.eid import parse_eid
from detente.provisions.numbering import number_of

_FRAMES: Final = {
    "part": "part", "book": "part", "tome": "part", "title": "part", "division": "part", "chapter": "chp",
    "subchapter": "chp", "attachment": "annex", "component": "annex",
}  # fmt: skip
_UNITS: Final = {"article": "art", "section": "sec", "rule": "sec"}
_INNER: Final = frozenset({
    "paragraph", "subparagraph", "subsection", "clause", "subclause", "point", "indent", "alinea", "item", "recital",
    "list", "sublist", "transitional", "level", "proviso",
})  # fmt: skip
_ANNEXES: Final = ("schedule", "annex", "appendix")
_BODIES: Final = frozenset({"body", "mainBody", "judgmentBody", "debateBody"})
_WORDS: Final = frozenset(
    {"p", "heading", "subheading", "crossHeading", "num", "table", "longTitle", "docTitle"}
)
_LONGEST_NUMBER: Final = 12


class Named(Struct, frozen=True):
    """places: ids by the elements at which a place begins; spelled: those whose number stands in their words only."""

    places: Mapping[Element, str]
    spelled: frozenset[str]
    remarks: tuple[Remark, ...]


def title_of(root: Element) -> Element | None:
    """The element that is the title and nothing else, if there is one: the first paragraph of which that can be said."""
    for e in root.iter():
        if local_name(e) in ("longTitle", "docTitle") and local_name(e.getparent()) != "p":
            return e
        titles = [inner for inner in e if local_name(inner) in ("shortTitle", "docTitle")]
        if local_name(e) == "p" and len(titles) == 1 and words_of(e) == words_of(titles[0]):
            return e
    return None


def words_of(e: Element) -> list[str]:
    return "".join(e.itertext()).split()


def named(root: Element, title: Element | None) -> Named:
    """title: which takes no place in the text."""
    naming = _Naming(title)
    naming.name(root, "", in_body=False)
    return Named(naming.places, frozenset(naming.spelled), tuple(naming.remarks))


def number_in(words: str, outer: str = "") -> str:
    """What of a number as shown can stand in an id; empty where that is nothing.

    >>> number_in("(a)"), number_in("Article 12 bis."), number_in("3.2", "art_3"), number_in("§ 4")
    ('a', '12-bis', '2', '4')
    """
    found = [part for part in re.findall(r"[A-Za-z0-9]+", words) if part.lower() not in _CALLED]
    if len(found) > 1 and outer and found[0] == parse_eid(outer)[-1].number:
        found = found[1:]
    number = "-".join(found)
    return number if len(number) <= _LONGEST_NUMBER else ""


_CALLED: Final = frozenset(
    {"article", "art", "section", "sec", "part", "chapter", "annex", "schedule", "no", "rule"}
)


class _Naming:
    def __init__(self, title: Element | None) -> None:
        self._title = title
        self.places: dict[Element, str] = {}
        self.spelled: set[str] = set()
        self.remarks: list[Remark] = []
        self._taken: set[str] = set()
        self._offered: dict[str, Iterator[str]] = {}
        self._preamble = 0
        self._last = ""
        self._after_body = False

    def name(self, e: Element, outer: str, *, in_body: bool) -> None:
        for inner in e:
            kind = local_name(inner)
            if kind in ("", "meta", "num") or inner is self._title:
                continue
            if kind in _WORDS or not any(map(local_name, inner)):
                if not outer:
                    self.places[inner] = self._outside()
                continue
            place = self._place(inner, kind, outer, in_body)
            if place != outer:
                self.places[inner] = place
            self.name(inner, place, in_body=in_body or kind in _BODIES)
            self._after_body = self._after_body or kind in _BODIES

    def _place(self, e: Element, kind: str, outer: str, in_body: bool) -> str:
        shown = child(e, "num")
        number = number_in("".join(shown.itertext()), outer) if shown is not None else ""
        if kind in _FRAMES or _is_annex(e, kind):
            return self._own(f"{_annex(outer)}{_FRAMES.get(kind, 'annex')}_", number, e)
        if kind in _UNITS:
            return self._own(f"{_annex(outer)}{_UNITS[kind]}_", number, e)
        if kind == "wrapUp" and outer and not outer.endswith("__wrapup_1"):
            return f"{outer}__wrapup_1"
        if kind in _INNER or shown is not None:
            return self._within(e, kind, number, outer, in_body)
        if in_body and child(e, "heading") is not None:
            return self._own(f"{_annex(outer)}{'part' if _holds(e, *_UNITS) else 'sec'}_", number, e)
        return outer

    def _within(self, e: Element, kind: str, number: str, outer: str, in_body: bool) -> str:
        """What is numbered within an article or its like; one without a number is counted, or more of what is around."""
        if kind in ("list", "sublist") and not number:
            return outer
        spelled = "" if number else _number_inwords_of(e)
        number = number or spelled
        if not outer and not (in_body and number[:1].isdigit()):
            return self._outside()
        if not number and _alone_unnumbered(e, kind):
            return outer
        eid = self._own(f"{outer}__{_step(outer, number or '1')}_" if outer else "art_", number, e)
        if spelled:
            self.spelled.add(eid)
        return eid

    def _own(self, stem: str, number: str, e: Element) -> str:
        """The id of that number, or the next that is free where it has none or the same one stands already."""
        if number:
            eid = f"{stem}{number}"
            found = eid if eid not in self._taken else self._free(eid, lambda: following(eid))
        else:
            found = self._free(stem, lambda: (f"{stem}{number}" for number in count(1)))
            words = " ".join(words_of(e))[:60]
            said = f"No number stands here: it is read as {number_of(found, full=True)}."
            self.remarks.append(Remark(f"at “{words}”", "akn.counted", said))
        self._taken.add(found)
        self._last = found.split("__")[0]
        return found

    def _free(self, after: str, ids: Callable[[], Iterator[str]]) -> str:
        """The next of these ids that stands nowhere: each is looked at once, however many ask."""
        if after not in self._offered:
            self._offered[after] = ids()
        return next(eid for eid in self._offered[after] if eid not in self._taken)

    def _outside(self) -> str:
        if self._after_body and self._last:
            return f"{self._last}__wrapup_1"
        self._preamble += 1
        return f"preamble_{self._preamble}"


def _is_annex(e: Element, kind: str) -> bool:
    return kind == "hcontainer" and (e.get("name") or "").lower().startswith(_ANNEXES)


def _annex(outer: str) -> str:
    """The annex that a place is in: its articles are numbered anew."""
    first = outer.split("__")[0]
    return f"{first}__" if first.startswith("annex_") else ""


def _step(outer: str, number: str) -> str:
    """Paragraphs stand in articles and their like and have digits; all else is a point."""
    in_unit = parse_eid(outer)[-1].kind in ("art", "sec", "part", "chp", "annex")
    return "para" if in_unit and number[0].isdigit() else "point"


def _holds(e: Element, *kinds: str) -> bool:
    return any(local_name(inner) in kinds for inner in e.iterdescendants())


def _alone_unnumbered(e: Element, kind: str) -> bool:
    """Whether it is the only one of its kind there, or one without a number among others that have one."""
    siblings = [other for other in e.getparent() if local_name(other) == kind]
    return len(siblings) == 1 or any(child(other, "num") is not None for other in siblings)


def _number_inwords_of(e: Element) -> str:
    """The number with which the words of the first in a row begin, if the next one is numbered with what follows it."""
    words = words_of(e)
    number = number_in(words[0]) if words else ""
    after = next((other for other in e.itersiblings() if local_name(other) == local_name(e)), None)
    shown = child(after, "num")
    if shown is None or not number:
        return ""
    return number if number_in("".join(shown.itertext())) in _next(number) else ""


def _next(number: str) -> Iterable[str]:
    if number.isdigit():
        yield str(int(number) + 1)
    elif len(number) == 1:
        yield chr(ord(number) + 1)
