"""A redline between two texts, word by word, for people to read.

>>> old = "Each Side shall report within a reasonable time."
>>> [(c.op, c.text) for c in compare_texts(old, "Each Side shall report within thirty days.")]
[('equal', 'Each Side shall report within '), ('delete', 'a reasonable time'), ('insert', 'thirty days'), ('equal', '.')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

import msgspec

from detente.provisions.words import FUNCTION_WORDS, cut, is_word

# Ceilings on the matcher's work (pairs of places with the same word), so that a page can be asked to compare
# any two texts. Above the first a word is no anchor; above the second the part that differs is replaced whole.
_PAIRS_OF_A_WORD = 2_500
_PAIRS_OF_A_TEXT = 300_000


class Change(msgspec.Struct, frozen=True):
    """A stretch of the redline. `equal` and `insert` joined give the new text, `equal` and `delete` the old."""

    op: Literal["equal", "insert", "delete"]
    text: str


class _Unit(NamedTuple):
    """A piece of text with the white space before it; the last unit of a text may be white space alone."""

    space: str
    piece: str


class _Block(NamedTuple):
    """Units `old[i1:i2]` against `new[j1:j2]`."""

    equal: bool
    i1: int
    i2: int
    j1: int
    j2: int


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    space = ""
    for piece in cut(text):
        if piece.isspace():
            space = piece
        else:
            units.append(_Unit(space, piece))
            space = ""
    return [*units, _Unit(space, "")] if space else units


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )


def _matched(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """The matcher's blocks for the part that differs."""
    in_old, in_new = Counter(old), Counter(new)
    pairs = {piece: count * in_new[piece] for piece, count in in_old.items()}
    anchors = sum(n for n in pairs.values() if n <= _PAIRS_OF_A_WORD)
    if anchors > _PAIRS_OF_A_TEXT:
        return [_Block(False, 0, len(old), 0, len(new))]
    common = {piece for piece, n in pairs.items() if n > _PAIRS_OF_A_WORD}
    matcher = SequenceMatcher(common.__contains__, old, new, autojunk=False)
    return [_Block(tag == "equal", *places) for tag, *places in matcher.get_opcodes()]


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    begin = _common(old, new)
    end = _common(old[begin:][::-1], new[begin:][::-1])
    n, m = len(old) - end, len(new) - end
    blocks = [_Block(True, 0, begin, 0, begin)] if begin else []
    if n > begin or m > begin:
        for b in _matched(old[begin:n], new[begin:m]):
            blocks.append(_Block(b.equal, b.i1 + begin, b.i2 + begin, b.j1 + begin, b.j2 + begin))
    if end:
        blocks.append(_Block(True, n, len(old), m, len(new)))
    return blocks


def _letters(pieces: Iterable[str]) -> list[int]:
    """Running totals of letters and digits in words: those of `pieces[i:j]` number `totals[j] - totals[i]`."""
    return [0, *accumulate(len(piece) if is_word(piece) else 0 for piece in pieces)]


class _Weigher:
    """Decides whether equal words between two changes help the reader or break the redline into confetti."""

    def __init__(self, old: Sequence[str], new: Sequence[str], language: str) -> None:
        self.old = old
        self.old_letters = _letters(old)
        self.new_letters = _letters(new)
        self.function_words = FUNCTION_WORDS.get(language.partition("-")[0], frozenset())

    def _weight(self, block: _Block) -> tuple[int, int]:
        """How many letters and digits the block takes out and puts in."""
        old, new = self.old_letters, self.new_letters
        return old[block.i2] - old[block.i1], new[block.j2] - new[block.j1]

    def swallows(self, before: _Block, equal: _Block, after: _Block) -> bool:
        sizes = self._weight(before), self._weight(after)
        if not all(map(max, sizes)) or not all(map(max, zip(*sizes, strict=True))):
            # A changed sign or bracket swallows no words; and between two insertions nothing was taken out,
            # so the redline must not say so.
            return False
        pieces = self.old[equal.i1 : equal.i2]
        if "[" in pieces or "]" in pieces:
            return False
        words = [piece for piece in pieces if is_word(piece)]
        if len(words) <= 3 and all(word.casefold() in self.function_words for word in words):
            return True
        letters, _ = self._weight(equal)
        return len(words) <= 2 and all(map(min, sizes)) and letters <= min(map(max, sizes))

    def gathered(self, blocks: Sequence[_Block]) -> list[_Block]:
        """`blocks` with the confetti swallowed; a change that has grown may swallow what stands before it."""
        kept: list[_Block] = []
        for block in blocks:
            kept.append(block)
            while len(kept) > 2 and not kept[-1].equal and self.swallows(*kept[-3:]):
                first, _, last = kept[-3:]
                kept[-3:] = [_Block(False, first.i1, last.i2, first.j1, last.j2)]
        return kept


def _join(units: Iterable[_Unit]) -> str:
    return "".join(unit.space + unit.piece for unit in units)


def _edits(
    blocks: Iterable[_Block], old: Sequence[_Unit], new: Sequence[_Unit]
) -> Iterable[tuple[str, str, str]]:
    """Triples (equal, deleted, inserted); of each either the first or the other two are filled."""
    for block in blocks:
        if not block.equal:
            yield "", _join(old[block.i1 : block.i2]), _join(new[block.j1 : block.j2])
            continue
        for a, b in zip(old[block.i1 : block.i2], new[block.j1 : block.j2], strict=True):
            if a.space == b.space:
                yield a.space + a.piece, "", ""
            else:
                yield "", a.space, b.space
                yield a.piece, "", ""


def _leading_space(deleted: str, inserted: str) -> int:
    both = zip(deleted, inserted, strict=False)
    return next(
        (n for n, (a, b) in enumerate(both) if a != b or not a.isspace()), min(len(deleted), len(inserted))
    )


def _smoothed(edits: Iterable[tuple[str, str, str]]) -> Iterable[Change]:
    """Neighbours of one kind joined; white space that a replacement keeps moved out of it."""
    equal = deleted = inserted = ""
    for same, gone, come in [*edits, ("\0", "", "")]:
        if not same:
            deleted += gone
            inserted += come
            continue
        if deleted or inserted:
            shared = _leading_space(deleted, inserted)
            equal += deleted[:shared]
            pairs: tuple[tuple[Literal["equal", "insert", "delete"], str], ...] = (
                ("equal", equal), ("delete", deleted[shared:]), ("insert", inserted[shared:])
            )  # fmt: skip
            yield from (Change(op, text) for op, text in pairs if text)
            equal = deleted = inserted = ""
        equal += same
    if equal[:-1]:
        yield Change("equal", equal[:-1])


def compare_texts(old: str, new: str, language: str = "en") -> tuple[Change, ...]:
    """The redline from `old` to `new`: a deletion stands before the insertion that replaces it.

    Square brackets are never swallowed by a change beside them. Few equal words between two changes are
    swallowed; `language` (BCP 47) says which words are only grammar. Texts stay in logical order.
    """
    olds, news = _units(old), _units(new)
    old_pieces, new_pieces = [u.piece for u in olds], [u.piece for u in news]
    blocks = _Weigher(old_pieces, new_pieces, language).gathered(_blocks(old_pieces, new_pieces))
    return tuple(_smoothed(_edits(blocks, olds, news)))
