"""The structure of a text as people paste it: preamble, articles, paragraphs and points, found by how their lines begin.

What comes out is the plain form (`plain_text`), every provision with its number, to be read and corrected by whoever
pasted it; nothing of the words is left out. Rules:

- `Article 3`, with or without a heading on its line or alone on the next, opens an article; `Annex`, `Part`, `Chapter`
  and `Section` likewise. What stands before the first of them is the preamble, a paragraph each.
- `1.`, `1)`, `(1)`, `3.1` and `3(1)` open a paragraph; `(a)`, `a)`, `(i)` and bullets a point below what stands above it.
  A text without articles is read with its numbered paragraphs as articles. `Preamble 2` opens one of the preamble.
- A line that opens nothing goes on with the line above; after an empty line it is a paragraph of its own.
- Numbers that do not rise (every item reads "1.") are counted on. Article 1.2 becomes 1-2: 1.2 names a paragraph.
- Marks of emphasis and of headings around a line (`**`, `#`) are dropped; its words never are.

>>> print(recognised("Article 1\\nPurpose\\n1. The road stays open.\\n2. Each Side:\\n(a) clears it;\\n(b) says so."))
Article 1. Purpose
1(1) The road stays open.
1(2) Each Side:
1(2)(a) clears it;
1(2)(b) says so.
<BLANKLINE>
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from detente.provisions.article_words import article_in, is_preamble

_FRAME: Final = re.compile(
    r"(?P<kind>article|art\.|annex|part|chapter|section)"
    r"(?:(?:\s+|(?=[0-9]))(?P<number>[0-9]+(?:[.-][0-9]+)?[a-z]?|[IVXLC]+|[A-Z])|\b)\b"
    r"\s*[.:–—-]?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_DOTTED: Final = re.compile(
    r"(?P<article>\d{1,3})\.(?P<number>\d{1,3})(?:\.(?P<point>\d{1,3}))?[.)]?\s+(?P<rest>\S.*)"
)
_IN_FULL: Final = re.compile(
    r"(?P<article>\d{1,3}(?:-\d{1,3})?[a-z]?)(?P<inner>(?:\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))+)\s+(?P<rest>\S.*)"
)
_RECITAL: Final = re.compile(r"Preamble \d{1,3}\s+(?P<rest>\S.*)")
_PARAGRAPH: Final = re.compile(r"(?:\((?P<in>\d{1,3})\)|(?P<out>\d{1,3})[.)])\s+(?P<rest>\S.*)")
_POINT: Final = re.compile(
    r"(?:\((?P<in>[a-z]|[ivx]{1,5})\)|(?P<out>[a-z]|[ivx]{1,5})\))\s+(?P<rest>\S.*)", re.IGNORECASE
)
_BULLET: Final = re.compile(r"[-–—•·*▪]\s+(?P<rest>\S.*)")
_ROMAN: Final = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_WORDS: Final = {
    "article": "Article", "art.": "Article", "annex": "Annex", "part": "Part", "chapter": "Chapter", "section": "Section",
}  # fmt: skip
_DRESS: Final = re.compile(r"\*\*|^#+\s+|\\(?=[^\w\s])")
LONGEST_HEADING: Final = 120
"""Characters of a line under an article's number that can still be its heading."""


class Line(Struct, frozen=True):
    """A line or paragraph as it came. number: what stands before its words apart from them, as Word's own numbers do;
    opens: whether it is sure to be no more of the line above, as after an empty line; inner: whether it is set in below a
    numbered paragraph, so that its own number is that of a point."""

    words: str
    number: str = ""
    opens: bool = True
    inner: bool = False


class Recognised(Struct, frozen=True):
    """What a stretch of lines was read as. number: in full (`Annex I, 3(2)(a)`); heading: whether the words are one;
    lines: places in what was given, from 0; empty for the head of a frame that has no words."""

    number: str
    words: str
    lines: tuple[int, ...]
    heading: bool = False


class _Block(Struct):
    """A stretch of words and how it began. kind: frame, paragraph, point, bullet or words; number: as written."""

    kind: str
    number: str
    words: str
    heading: str = ""
    lines: list[int] = []


def recognised(text: str) -> str:
    """The text in the plain form, ending in a line end; as good as its lines can be read. Empty for no words."""
    written: list[str] = []
    for found in recognise(_lines(text)):
        if found.heading and written:
            written.append("")
        written.append(f"{found.number}{'.' if found.heading else ''} {found.words}".rstrip())
    return "\n".join(written) + "\n" if written else ""


def recognise(lines: Iterable[Line]) -> list[Recognised]:
    """What each of the lines is, in their order. A number may come twice; nothing of the words is left out."""
    return list(_numbered(_blocks(lines)))


# --- from lines to blocks


def _lines(text: str) -> Iterator[Line]:
    opens = True
    for line in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        yield Line(line, opens=opens)
        opens = not line.strip()


def _blocks(lines: Iterable[Line]) -> list[_Block]:
    found: list[_Block] = []
    in_preamble = True
    for at, given in enumerate(lines):
        known = len(found)
        line = " ".join(_DRESS.sub("", f"{given.number} {given.words}".strip()).split())
        if not line:
            continue
        opened, recital = _opened(line), _RECITAL.fullmatch(line) if in_preamble else None
        if recital is not None:
            found.append(_Block("words", "", recital["rest"]))
        elif opened is not None:
            inner = given.inner and opened.kind == "paragraph"
            found.append(_Block("inner", opened.number, opened.words) if inner else opened)
        elif given.number and (frame := _opened(given.number)) is not None:
            found += [frame, _Block("words", "", " ".join(given.words.split()))]
            frame.lines.append(at)
        elif found and _is_heading(found[-1], line):
            found[-1].heading = line
        elif (
            found
            and found[-1].kind != "frame"
            and not given.opens
            and not (in_preamble and _recites(found[-1], line))
        ):
            found[-1].words = f"{found[-1].words} {line}"
        elif not is_preamble(line):
            found.append(_Block("words", "", line))
        else:
            continue
        found[-1].lines.append(at)
        in_preamble = in_preamble and all(block.kind == "words" for block in found[known:])
    return found


def _opened(line: str) -> _Block | None:
    """What a line opens by its first words."""
    frame = _FRAME.fullmatch(line)
    if frame is not None and _is_frame(frame):
        number = (frame["number"] or ("1" if frame["kind"].lower() == "annex" else "")).replace(".", "-")
        rest = frame["rest"].strip()
        return _Block("frame", f"{_WORDS[frame['kind'].lower()]} {number}", "", rest)
    article = article_in(line)
    if article is not None and _is_short(article[1]):
        return _Block("frame", f"Article {article[0]}", "", article[1])
    dotted = _DOTTED.fullmatch(line)
    if dotted is not None:
        return _Block(
            "dotted", ".".join(filter(None, dotted.group("article", "number", "point"))), dotted["rest"]
        )
    full = _IN_FULL.fullmatch(line)
    if full is not None:  # as a number of the plain form stands, on our own pages too
        inner = full["inner"].strip("()").replace(")(", ".")
        return _Block("dotted", f"{full['article']}.{inner}", full["rest"])
    for kind, pattern in (("paragraph", _PARAGRAPH), ("point", _POINT)):
        found = pattern.fullmatch(line)
        if found is not None:
            return _Block(kind, (found["in"] or found["out"]).lower(), found["rest"])
    bullet = _BULLET.fullmatch(line)
    return _Block("bullet", "", bullet["rest"]) if bullet is not None else None


def _recites(before: _Block, line: str) -> bool:
    """Whether a line of a preamble is its next recital: “Recalling …,” under one that ends with a comma."""
    return before.words.endswith((",", ";", ":")) and line[0].isupper()


def _is_frame(found: re.Match[str]) -> bool:
    """“Article 3 of the Charter applies.” opens nothing: a heading is short and is no sentence."""
    rest = found["rest"].strip()
    numbered = found["number"] is not None or (found["kind"].lower() == "annex" and not rest)
    return numbered and _is_short(rest)


def _is_short(words: str) -> bool:
    """Whether words can be a heading: no sentence, nor the beginning of one."""
    return len(words) <= LONGEST_HEADING and not words.endswith((".", ";", ",", ":", "۔", "。"))


def _is_heading(before: _Block, line: str) -> bool:
    """Whether a line right under an article's number is its heading: short, and neither a sentence nor its start."""
    if before.kind != "frame" or before.heading or before.words:
        return False
    return _is_short(line) and line[0].isupper()


# --- from blocks to numbers


class _Place(Struct):
    """Where the next block stands. frame: of annexes and the like; article, paragraph: "" before the first; points: of
    the levels that are open."""

    frame: str = ""
    article: str = ""
    paragraph: str = ""
    points: list[str] = []
    preamble: int = 0

    def at(self, *inner: str) -> str:
        head = ", ".join(part for part in (self.frame, self.article) if part)
        return head + "".join(f"({part})" for part in inner)


def _numbered(blocks: list[_Block]) -> Iterator[Recognised]:
    place = _Place()
    has_articles = any(b.kind == "frame" and b.number.startswith("Article") for b in blocks)
    for at, block in enumerate(blocks):
        if block.kind == "frame":
            yield from _frame(place, block)
            continue
        if block.kind == "dotted":
            place.article, *inner = block.number.split(".")
            place.paragraph, place.points = (inner[0], inner[1:]) if inner[0].isdigit() else ("", inner)
            found = place.at(*inner)
        elif block.kind == "inner" and place.paragraph:
            place.points = [_after(place.points[0] if place.points else "", block.number)]
            found = place.at(place.paragraph, *place.points)
        elif block.kind in ("paragraph", "inner"):
            found = _paragraph(place, block.number, as_article=not has_articles and not place.frame)
        elif block.kind in ("point", "bullet") and (place.article or place.frame):
            found = _point(place, block)
        else:
            found = _unnumbered(place, blocks, at)
        yield Recognised(found, block.words, tuple(block.lines))


def _frame(place: _Place, block: _Block) -> Iterator[Recognised]:
    """The heading of an article or a frame. An article without one is known by the numbers of what stands in it."""
    word, _, number = block.number.partition(" ")
    place.paragraph, place.points = "", []
    if word == "Article":
        place.article = _after(place.article, number)
        heading = f"{place.frame + ', ' if place.frame else ''}Article {place.article}"
    else:
        place.frame, place.article = (block.number, "") if word == "Annex" else ("", "")
        heading = block.number
    if block.heading or word not in ("Article", "Annex"):
        yield Recognised(heading, block.heading, tuple(block.lines), heading=True)


def _paragraph(place: _Place, number: str, *, as_article: bool) -> str:
    place.points = []
    if as_article:
        place.article, place.paragraph = _after(place.article, number), ""
        return place.article
    place.paragraph = _after(place.paragraph, number)
    return place.at(place.paragraph) if place.article or place.frame else f"Preamble {place.paragraph}"


def _after(before: str, number: str) -> str:
    """The number as written, or the one after the last where it does not rise."""
    if not number.isdigit() or not before.isdigit() or int(number) > int(before):
        return number
    return str(int(before) + 1)


def _point(place: _Place, block: _Block) -> str:
    """A point beside or below the last one; `(i)` is a letter after `(h)`, and else the first of a level below."""
    last, number = (place.points[-1] if place.points else ""), block.number
    if block.kind == "bullet":
        number = _LETTERS[min(_LETTERS.index(last) + 1, 25)] if last and last in _LETTERS else "a"
        place.points = [*place.points[:-1], number]
    elif number == "i" and last and last != "h" and last not in _ROMAN:
        place.points = [*place.points, number]
    elif number in _ROMAN and last in _ROMAN and len(place.points) > 1:
        place.points = [*place.points[:-1], number]
    elif len(place.points) > 1 and number in _LETTERS:
        place.points = [*place.points[:-2], number]
    else:
        place.points = [*place.points[:-1], number]
    inner = (place.paragraph, *place.points) if place.paragraph else tuple(place.points)
    return place.at(*inner)


def _unnumbered(place: _Place, blocks: list[_Block], at: int) -> str:
    """Words without a number: of the preamble; the whole of an article; its beginning; or its end."""
    if not place.article and not place.frame:
        place.preamble += 1
        return f"Preamble {place.preamble}"
    if place.points:
        place.points = []
        inner = (place.paragraph,) if place.paragraph else ()
        return f"{place.at(*inner)}, closing words"
    following = blocks[at + 1].kind if at + 1 < len(blocks) else "frame"
    if not place.paragraph and following not in ("words",):
        return place.at() if following != "paragraph" else f"{place.at()}, chapeau"
    place.paragraph = _after(place.paragraph, "1")
    return place.at(place.paragraph)
