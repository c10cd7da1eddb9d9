"""A document as its file says it, whatever kind of file: blocks in order, with the changes that are tracked in them.

A reader of a kind of file (one module each) makes a `Document` and loses nothing: what it does not understand it keeps
as text and says so in a `Remark`. What the blocks are as provisions is not decided here.

Tracked changes follow Word's (ISO/IEC 29500-1, 17.13.5), the richest of the kinds: words inserted, deleted, moved; and
the mark at a paragraph's end inserted or deleted, which parts one paragraph in two or joins two into one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.codec.refusal import refuse

MOST_BLOCKS: Final = 100_000
"""Of a document. A treaty of 300 pages has some 10,000."""


class Mark(Struct, frozen=True):
    """A tracked change. author, at: as the file says, which proves nothing; move: the name that a `moved_from` shares
    with its `moved_to`."""

    kind: Literal["inserted", "deleted", "moved_from", "moved_to"]
    author: str = ""
    at: str = ""
    move: str = ""

    @property
    def comes(self) -> bool:
        """Whether the words are there once the change is accepted, and not before."""
        return self.kind in ("inserted", "moved_to")


class Run(Struct, frozen=True):
    """A stretch of words of one kind.

    note: id of the footnote that is referred to here; its text is the number as shown.
    comments: ids of the comments on it. language: BCP 47 tag, where the file says one.
    """

    text: str
    mark: Mark | None = None
    note: str = ""
    comments: tuple[str, ...] = ()
    language: str = ""


class Block(Struct, frozen=True):
    """A paragraph, heading, numbered item or table cell.

    place: where it stands, for people: `paragraph 12`, `page 3`, `line 40`.
    number: as shown (`1.`, `(a)`, `Article 3`), where it is apart from the words; level: how deep, from 0.
    id: the provision's id, where the file carries it. cell: table, row and column, each from 1.
    joins: whether it may go on with the block before it, as a line of a file of lines does; inner: whether it is set in
    below a numbered paragraph.
    end: the tracked change of its end. A deleted end joins it with the next block once that is accepted; an inserted one
    does while it is not.
    """

    runs: tuple[Run, ...]
    place: str
    kind: Literal["paragraph", "heading", "item", "cell"] = "paragraph"
    number: str = ""
    level: int = 0
    id: str = ""
    cell: tuple[int, int, int] | None = None
    joins: bool = False
    inner: bool = False
    end: Mark | None = None

    @property
    def text(self) -> str:
        """Its words in all, tracked or not."""
        return "".join(run.text for run in self.runs)


class Note(Struct, frozen=True):
    """A footnote, endnote or comment. about: of a comment, the comment that it answers."""

    id: str
    kind: Literal["footnote", "endnote", "comment"]
    blocks: tuple[Block, ...]
    author: str = ""
    at: str = ""
    about: str = ""


class Remark(Struct, frozen=True):
    """What the reader says of a place. kept: what stands there, where it was not understood and is kept as it stands."""

    place: str
    code: str
    sentence: str
    kept: str = ""


class Document(Struct, frozen=True):
    """source: the kind of file it was read from."""

    blocks: tuple[Block, ...]
    source: Literal["docx", "pdf", "akn", "html", "markdown", "text"]
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    title: str = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every tracked change, in order; the text of notes included."""
        return tuple(
            mark
            for block in self._everywhere()
            for mark in (*(r.mark for r in block.runs), block.end)
            if mark
        )

    def accepted(self) -> Document:
        """With every tracked change accepted."""
        return self._settled(lambda mark: mark.comes)

    def rejected(self) -> Document:
        """With every tracked change rejected: as it was before them."""
        return self._settled(lambda mark: not mark.comes)

    @property
    def languages(self) -> frozenset[str]:
        """The tags that its blocks name."""
        return frozenset(run.language for block in self.blocks for run in block.runs if run.language)

    def spoken_in(self, tags: Collection[str]) -> Document:
        """With the tags that a text has. Programs that save a file name its languages more exactly (LibreOffice makes en
        en-US, and ur ur-IN), and of the text every word would seem to be gone."""
        known = {tag: _one_of(tags, tag) for block in self._everywhere() for tag in _tags(block)}
        if all(tag == meant for tag, meant in known.items()):
            return self
        notes = tuple(
            replace(n, blocks=tuple(_spoken(block, known) for block in n.blocks)) for n in self.notes
        )
        return replace(self, blocks=tuple(_spoken(block, known) for block in self.blocks), notes=notes)

    def _everywhere(self) -> Iterator[Block]:
        yield from self.blocks
        for note in self.notes:
            yield from note.blocks

    def _settled(self, stays: Callable[[Mark], bool]) -> Document:
        notes = tuple(replace(note, blocks=tuple(_settled(note.blocks, stays))) for note in self.notes)
        return replace(self, blocks=tuple(_settled(self.blocks, stays)), notes=notes)


def _tags(block: Block) -> Iterator[str]:
    return (run.language for run in block.runs if run.language)


def _one_of(tags: Collection[str], tag: str) -> str:
    """The tag that is meant: the only one of the same language, and of no other script (BCP 47, sec. 2.2)."""
    if tag in tags:
        return tag
    language, script = _language_and_script(tag)
    alike = [(one, _language_and_script(one)) for one in tags]
    found = [
        one
        for one, (named, other) in alike
        if named == language and (not script or not other or script == other)
    ]
    return found[0] if len(found) == 1 else tag


def _language_and_script(tag: str) -> tuple[str, str]:
    language, *more = tag.lower().split("-")
    return language, more[0] if more and len(more[0]) == 4 and more[0].isalpha() else ""


def _spoken(block: Block, known: Mapping[str, str]) -> Block:
    runs = (replace(run, language=known.get(run.language, run.language)) for run in block.runs)
    return replace(block, runs=tuple(runs))


def bounded(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as they are read. Raises `Refused` with code `document.size` as soon as there are too many."""
    for count, block in enumerate(blocks):
        if count >= MOST_BLOCKS:
            raise refuse("document.size", f"A document of at most {MOST_BLOCKS:,} paragraphs is read.", "",
                         "Send it in parts.")  # fmt: skip
        yield block


def _settled(blocks: Iterable[Block], stays: Callable[[Mark], bool]) -> Iterator[Block]:
    """The blocks with only what stays. Joined blocks are the last one's: in Word the mark at the end carries the form."""
    before: tuple[Run, ...] = ()
    last: Block | None = None
    for block in blocks:
        runs = (
            *before,
            *(replace(run, mark=None) for run in block.runs if run.mark is None or stays(run.mark)),
        )
        if block.end is None or stays(block.end):
            yield replace(block, runs=runs, end=None)
            before, last = (), None
        else:
            before, last = runs, block
    if last is not None and before:
        yield replace(last, runs=before, end=None)
