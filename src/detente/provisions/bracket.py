"""Square brackets: alternatives printed as negotiators write them, and brackets found in a plain text.

>>> f = factor(["Seen by joint teams of the Sides.", "Seen by liaison officers of the Sides."])
>>> f.prefix, f.middles, f.suffix
('Seen by ', ('joint teams', 'liaison officers'), ' of the Sides.')
>>> bracketed([("A", "Seen by joint teams."), ("B", "Seen by liaison officers.")])
'Seen by [joint teams]A [liaison officers]B.'
>>> texts_in("Seen by [joint teams]A [liaison officers]B.")
(('A', 'Seen by joint teams.'), ('B', 'Seen by liaison officers.'))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from detente.provisions.words import cut

NO_TEXT = "no text"  # how a proposal to leave the words out is printed
DEEPEST: Final = 32
MOST_OPTIONS: Final = 50
"""Brackets in one another, and alternatives at one place, of a line that is read as several texts: far more than
negotiators write."""


class Factored(msgspec.Struct, frozen=True):
    """Alternatives with what they share taken out: `prefix + middles[i] + suffix` is the i-th, exactly."""

    prefix: str
    middles: tuple[str, ...]
    suffix: str


class Run(msgspec.Struct, frozen=True):
    """A stretch of text. Joining the texts of all runs gives the whole.

    kind: `text`; `open` and `close` for a bracket with its partner; `stray` for one without.
    depth: how many pairs enclose it; a bracket counts the pair it belongs to.
    start: its place in the text, in characters from 0.
    """

    kind: Literal["text", "open", "close", "stray"]
    text: str
    depth: int
    start: int


class BracketProblem(msgspec.Struct, frozen=True):
    """A bracket without a partner: its place in the text, in characters from 0, and a sentence for people."""

    position: int
    sentence: str


class Bracketing(msgspec.Struct, frozen=True):
    """The brackets of one text, in its order."""

    runs: tuple[Run, ...]
    problems: tuple[BracketProblem, ...]

    @property
    def depth(self) -> int:
        """The deepest nesting; 0 where no pair stands in the text."""
        return max((run.depth for run in self.runs), default=0)


def _balanced(pieces: Sequence[str]) -> int:
    """How many of the first `pieces` can stand outside an alternative without parting a bracket from its partner."""
    opened: list[int] = []
    for place, piece in enumerate(pieces):
        if piece == "[":
            opened.append(place)
        elif piece == "]":
            if not opened:
                return place
            opened.pop()
    return opened[0] if opened else len(pieces)


def _mirrored(pieces: Sequence[str]) -> list[str]:
    return [{"[": "]", "]": "["}.get(piece, piece) for piece in reversed(pieces)]


def _shared(texts: Sequence[Sequence[str]]) -> int:
    """The length of the beginning that all `texts` share, cut back to where brackets balance."""
    count = 0
    for column in zip(*texts, strict=False):
        if any(piece != column[0] for piece in column):
            break
        count += 1
    return _balanced(texts[0][:count])


def factor(alternatives: Sequence[str]) -> Factored:
    """The words that all alternatives begin and end with, and what differs between.

    White space beside the differing words goes to the shared part. A pair of brackets is never parted. Where
    nothing differs (one alternative, or the same words twice), the whole stands in the middle.
    """
    if len(set(alternatives)) < 2:
        return Factored("", tuple(alternatives), "")
    texts = [list(cut(text)) for text in alternatives]
    begin = _shared(texts)
    ends = [_mirrored(pieces[begin:]) for pieces in texts]
    end = _shared(ends)
    prefix = "".join(texts[0][:begin])
    suffix = "".join(texts[0][len(texts[0]) - end :])
    middles = tuple("".join(pieces[begin : len(pieces) - end]) for pieces in texts)
    return Factored(prefix, middles, suffix)


def bracketed(alternatives: Sequence[tuple[str, str]]) -> str:
    """Alternatives as one line of plain text: each pair is the letters of who stands behind it, and its text."""
    factored = factor([text for _, text in alternatives])
    options = [
        f"[{middle.strip() or NO_TEXT}]{letters}"
        for (letters, _), middle in zip(alternatives, factored.middles, strict=True)
    ]
    prefix, suffix = factored.prefix, factored.suffix
    # Where one alternative goes on from the other, the space between stands in the middle of the longer one.
    if prefix and not prefix[-1].isspace() and any(m[:1].isspace() for m in factored.middles):
        prefix += " "
    if suffix and not suffix[0].isspace() and any(m[-1:].isspace() for m in factored.middles):
        suffix = " " + suffix
    return prefix + " ".join(options) + suffix


def _partners(text: str) -> dict[int, int]:
    """The place of the partner of every bracket that has one."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, char in enumerate(text):
        if char == "[":
            opened.append(place)
        elif char == "]" and opened:
            partner = opened.pop()
            partners[partner], partners[place] = place, partner
    return partners


def find_brackets(text: str) -> Bracketing:
    """Every square bracket of `text`, nested to any depth. Total: a bracket without a partner is a problem, no error.

    Such a bracket encloses nothing, so what stands around it keeps its depth.
    """
    partners = _partners(text)
    runs: list[Run] = []
    problems: list[BracketProblem] = []
    depth = begun = 0
    for place, char in enumerate(text):
        if char not in "[]":
            continue
        if place > begun:
            runs.append(Run("text", text[begun:place], depth, begun))
        begun = place + 1
        if place not in partners:
            at = place + 1
            opens = f"The bracket at character {at} opens and does not close."
            closes = f"The bracket at character {at} closes and was not opened."
            problems.append(BracketProblem(place, opens if char == "[" else closes))
            runs.append(Run("stray", char, depth, place))
        elif char == "[":
            depth += 1
            runs.append(Run("open", char, depth, place))
        else:
            runs.append(Run("close", char, depth, place))
            depth -= 1
    if begun < len(text):
        runs.append(Run("text", text[begun:], depth, begun))
    return Bracketing(tuple(runs), tuple(problems))


def texts_in(text: str) -> tuple[tuple[str, str], ...]:
    """The texts that a line with brackets leaves open, each with the letters behind it: the reverse of `bracketed`.

    Brackets that stand next to each other are alternatives; one alone can stay or go. Where a line has several places,
    the n-th text takes the n-th alternative of each. A line without brackets is one text, behind which nobody stands; so
    is one with more of them than `DEEPEST` or `MOST_OPTIONS`, as it is written.

    >>> texts_in("Each Side reports [promptly].")
    (('', 'Each Side reports promptly.'), ('', 'Each Side reports.'))
    """
    if find_brackets(text).depth > DEEPEST:
        return (("", text),)
    places = list(_places(text))
    most = max((len(options) for options, _after in places), default=1)
    if most > MOST_OPTIONS:
        return (("", text),)
    texts: dict[str, str] = {}
    for nth in range(most):
        chosen = [(options[min(nth, len(options) - 1)], after) for options, after in places]
        letters = "".join(dict.fromkeys("".join(by for (by, _words), _after in chosen)))
        whole = "".join(words + after for (_by, words), after in chosen)
        texts.setdefault(_closed_up(whole), letters)
    return tuple((letters, words) for words, letters in texts.items())


def _closed_up(words: str) -> str:
    """Without the spaces that words left out leave behind."""
    return re.sub(r" +(?=[.,;:])", "", re.sub(r" {2,}", " ", words)).strip()


_MARK: Final = "\u200f"
_BEHIND: Final = re.compile(r"(?<=\])[A-Z]{1,26}(?![A-Za-z])")
_MARKED: Final = re.compile(rf"((?<=\])[A-Z]{{1,26}}){_MARK}")
_BEGUN: Final = re.compile(r"\][A-Z]{0,26}\Z")


def set_apart(words: str, before: str = "") -> str:
    """For a line from right to left: with a mark (RLM) after the letters behind each bracket. Without it they draw what
    follows into their own direction, and of `[5.00]A [4.50]B` a reader takes B for the side behind the first. before:
    what stands before these words."""
    begun = "]" if before.endswith("]") else ""
    return _BEHIND.sub(f"\\g<0>{_MARK}", begun + words)[len(begun) :]


def not_set_apart(words: str, before: str = "") -> str:
    """The words before `set_apart`, however a program has cut the line since: bracket, letters and mark may be apart."""
    found = _BEGUN.search(before)
    begun = found[0] if found else ""
    return _MARKED.sub("\\1", begun + words)[len(begun) :]


_LETTERS = re.compile(r"[A-Z]{0,26}(?![A-Za-z])")


def _places(text: str) -> Iterator[tuple[tuple[tuple[str, str], ...], str]]:
    """Each place with alternatives, (letters, words), and the plain words after it; first the words before any."""
    partners, at, options = _partners(text), 0, [("", "")]
    while True:
        opens = next((p for p in range(at, len(text)) if text[p] == "[" and p in partners), len(text))
        between = text[at:opens]
        if opens == len(text) or between.strip() or at == 0:
            yield tuple(options if len(options) != 1 or at == 0 else (*options, ("", ""))), between
            options = []
        if opens == len(text):
            return
        closes = partners[opens]
        letters = _LETTERS.match(text, closes + 1)
        by = letters[0] if letters else ""
        inner = text[opens + 1 : closes]
        options += [(of or by, "" if words == NO_TEXT else words) for of, words in texts_in(inner)]
        at = closes + 1 + len(by)
