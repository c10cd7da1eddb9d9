"""What a document's blocks are as provisions of a text, and where in the document each of them stands.

A block that carries a provision's id is that provision. In a document without any, the others are read by how they begin
(`provisions.recognition`), a paragraph each; in one with, a block without was put in by hand: it is what its number says,
or else follows on the provision before it. Rules beyond those:

- A footnote is a provision under the one that refers to it: `3(1), note 2`; in the words its number is raised (`²`).
- A row of a table is a provision under the last one before it: `3(1), row 4`; its cells are parted by ` | `.
- A number that was given before is counted on (`3(2-bis)`), and remarked on.
- A square bracket without a partner in its provision is remarked on where it stands, and stays.

Nothing is left out: every block with words is in a provision, in the title, or in a remark.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from detente.codec.identifier import LanguageTag, ProvisionId
from detente.codec.refusal import Refused
from detente.interchange.documents.document import Block, Document, Note, Remark
from detente.interchange.documents.placing import following
from detente.provisions.bracket import find_brackets
from detente.provisions.eid import kind_of
from detente.provisions.numbering import LEADING_NUMBER, eid_of, is_regular, number_of
from detente.provisions.provision import Provision
from detente.provisions.recognition import LONGEST_HEADING, Line, Recognised, recognise

RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
CELLS: Final = " | "
_LONGEST_TEXT: Final = 20_000
_MOST_REMARKS: Final = 2_000
_LONGEST_MARK: Final = 6
"""Digits of a number of a note."""
_UNWRITTEN: Final = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that no text of a provision has: of control, and of direction, which could show other words than are signed."""
_COUNTED: Final = frozenset({"chapeau", "closing words"})
"""Kinds of which a provision has one: more of them is more of its words."""


class Structured(Struct, frozen=True):
    """provisions: in the order of the document; places: by provision, where its words stand; remarks: the reader's, and
    those of this."""

    provisions: tuple[Provision, ...]
    places: dict[str, tuple[str, ...]]
    remarks: tuple[Remark, ...]
    title: str = ""


def structured(document: Document, language: str = "en") -> Structured:
    """The provisions of a document whose tracked changes are settled (ValueError otherwise); `language` is that of words
    of which the file says nothing else. Never refuses: what cannot stand as it came is changed least, and remarked on."""
    if document.marks:
        raise ValueError("accept or reject the tracked changes first")
    return _Reading(document, language).result()


class _Reading:
    def __init__(self, document: Document, language: str) -> None:
        self._document, self._language = document, language
        self._provisions: dict[str, Provision] = {}
        self._places: dict[str, list[str]] = {}
        self._remarks = list(document.remarks)
        self._notes = {note.id: note for note in document.notes if note.kind != "comment"}
        self._last = "preamble_1"
        self._counted: dict[str, str] = {}
        self._further: dict[str, Iterator[str]] = {}
        self._carries_ids = any(block.id for block in document.blocks)
        # Of other blocks a tag proves nothing, since Word guesses them.
        self._languages = frozenset(b.runs[0].language for b in document.blocks if b.id and b.runs)
        self._rows: Counter[str] = Counter()
        self._notes_read = 0

    def result(self) -> Structured:
        sound = map(self._sound, self._document.blocks)
        blocks = [block for block in sound if block.text.strip() or block.id]
        title = blocks.pop(0).text.strip() if blocks and _is_title(blocks[0]) else self._document.title
        read = {} if self._carries_ids else _recognised_by_block(blocks)
        for row, of in groupby(range(len(blocks)), lambda at: _row_of(blocks[at])):
            if row is not None:
                self._row([blocks[at] for at in of])
                continue
            for at in of:
                if blocks[at].id:
                    self._named(blocks[at])
                elif self._carries_ids:
                    self._put_in(blocks[at])
                elif at in read:
                    found, places = read[at]
                    self._found(found, [blocks[place] for place in places])
        self._unreferred()
        self._commented()
        self._bracketed()
        self._remarks = _most_remarks(self._remarks)
        whole = {eid: tuple(dict.fromkeys(places)) for eid, places in self._places.items()}
        return Structured(tuple(self._provisions.values()), whole, tuple(self._remarks), title)

    def _sound(self, block: Block) -> Block:
        """A block without an id or languages that no text of ours has: whoever edits a file can write any."""
        if any(run.language and not _is(LanguageTag, run.language) for run in block.runs):
            runs = (
                run if _is(LanguageTag, run.language) else replace(run, language="") for run in block.runs
            )
            block = replace(block, runs=tuple(runs))
        if block.id and not (_is(ProvisionId, block.id) and is_regular(block.id)):
            said = "The file names no provision of a text here: it is read by how it begins."
            self._remarks.append(Remark(block.place, "structure.id", said, block.id))
            return replace(block, id="")
        return block

    # --- one provision each

    def _named(self, block: Block) -> None:
        """A block that carries its provision's id; the same id again is the same provision in another language."""
        words, language = self._clean(_words(block), block.place), _language(block) or self._language
        provision = self._provisions.get(block.id, Provision(block.id, {}, {}))
        of = provision.heading if block.kind == "heading" else provision.texts
        if language in of or len(words) > _LONGEST_TEXT:
            self._add(block.id, words, [block], language)
            return
        if words:
            of[language] = words
        self._provisions[block.id] = provision
        self._places.setdefault(block.id, []).append(block.place)
        self._last = block.id
        self._footnotes([block], language)

    def _put_in(self, block: Block) -> None:
        """A paragraph put in by hand among others that carry ids."""
        words = self._clean(f"{block.number} {_words(block)}".strip(), block.place)
        numbered = LEADING_NUMBER.match(words)
        over = self._provisions.get(self._last)
        if numbered and numbered[0] != words:
            eid, own = eid_of(numbered[0]), words[numbered.end() :].lstrip(".:– ")
            if _is_heading(block, words) and not (eid in self._provisions and self._provisions[eid].texts):
                self._heading(eid, own, [block])
                return
            words = own
        elif over is not None and over.heading and not over.texts:
            eid = self._last  # what stands under a heading, before anything that has a number
        else:
            eid = next(
                name for name in following(self._last.partition("__note_")[0]) if name not in self._provisions
            )
            said = f"A paragraph without a number is read as {number_of(eid, full=True)}."
            self._remarks.append(Remark(block.place, "structure.put_in", said))
        self._add(eid, words, [block], _language(block))

    def _found(self, found: Recognised, blocks: list[Block]) -> None:
        try:
            eid = eid_of(found.number)
        except Refused:
            eid = self._last
        if found.heading:
            self._heading(eid, found.words, blocks)
        else:
            self._add(eid, self._clean(found.words, blocks[0].place), blocks, self._language)

    def _heading(self, eid: str, words: str, blocks: list[Block]) -> None:
        provision = self._provisions.get(eid)
        if provision is not None and provision.heading:
            eid = self._counted_on(eid, blocks[0].place)
            provision = None
        provision = provision or Provision(eid, {}, {})
        if words := self._clean(words, blocks[0].place):
            provision.heading[self._language] = words
        self._provisions[eid] = provision
        self._places.setdefault(eid, []).extend(block.place for block in blocks)
        self._last = eid
        self._footnotes(blocks, self._language)

    def _row(self, cells: list[Block]) -> None:
        """A row's cells, each with its paragraphs."""
        parent = self._last.partition("__row_")[0]
        eid = cells[0].id or f"{parent}__row_{self._rows[parent] + 1}"
        is_known = eid in self._provisions
        columns = groupby(cells, lambda block: block.cell and block.cell[2])
        words = CELLS.join(" ".join(_words(block) for block in of) for _, of in columns)
        self._add(eid, self._clean(words, cells[0].place), cells, _language(cells[0]))
        self._rows[eid.rpartition("__row_")[0]] += not is_known and eid in self._provisions

    def _add(self, eid: str, words: str, blocks: list[Block], language: str) -> None:
        language = language if language and language in self._languages else self._language
        of = self._provisions.get(eid)
        if of is not None and language in of.texts:
            if kind_of(eid) in _COUNTED and len(of.texts[language]) + len(words) < _LONGEST_TEXT:
                of.texts[language] += f" {words}"
                self._places[eid] += [block.place for block in blocks]
                return
            eid = self._counted_on(eid, blocks[0].place)
        if not words:
            return
        for at, part in enumerate(_cut(words)):
            if at:
                eid = self._counted_on(eid, blocks[0].place)
            self._provisions.setdefault(eid, Provision(eid, {}, {})).texts[language] = part
            self._places.setdefault(eid, []).extend(block.place for block in blocks)
            self._last = eid
            if at == 0:
                self._footnotes(blocks, language)

    def _footnotes(self, blocks: Iterable[Block], language: str) -> None:
        parent = self._last
        for run in chain.from_iterable(block.runs for block in blocks):
            note = self._notes.pop(run.note, None) if run.note else None
            if note is not None:
                self._notes_read += 1
                number = _number_of_mark(run.text) or str(self._notes_read)
                words = self._clean(_of_note(note), f"{note.kind} {number}")
                self._add(f"{parent}__note_{number}", words, list(note.blocks), language)
        self._last = parent

    def _counted_on(self, eid: str, place: str) -> str:
        eid = self._counted.get(eid, eid)
        further = self._further.setdefault(eid, following(eid))
        free = next(name for name in further if name not in self._provisions)
        self._counted[free] = eid
        sentence = (
            f"{number_of(eid, full=True)} was given before; this one is read as {number_of(free, full=True)}."
        )
        self._remarks.append(Remark(place, "structure.twice", sentence))
        return free

    def _clean(self, words: str, place: str) -> str:
        words = " ".join(words.replace("\t", " ").replace("\n", " ").split())
        if not _UNWRITTEN.search(words):
            return words
        self._remarks.append(
            Remark(place, "structure.sign", "A sign of control or direction stood here and is left out.")
        )
        return " ".join(_UNWRITTEN.sub("", words).split())

    # --- remarks on the whole

    def _unreferred(self) -> None:
        for note in self._notes.values():
            if words := _of_note(note):
                sentence = f"No words refer to this {note.kind}: it is no part of the text."
                self._remarks.append(Remark(note.blocks[0].place, "structure.note", sentence, words))

    def _commented(self) -> None:
        on = {
            name: block.place
            for block in reversed(self._document.blocks)
            for run in block.runs
            for name in run.comments
        }
        for note in self._document.notes:
            if note.kind == "comment":
                who = note.author or "somebody who is not named"
                sentence = f"A comment by {who} is no part of the text."
                self._remarks.append(
                    Remark(on.get(note.id, note.id), "structure.comment", sentence, _of_note(note))
                )

    def _bracketed(self) -> None:
        """Brackets often open in one provision and close in another; only what then has no partner is wrong."""
        opened: list[Remark] = []
        for eid, provision in self._provisions.items():
            place, number = self._places.get(eid, [""])[0], number_of(eid, full=True)
            for words in provision.texts.values():
                for problem in find_brackets(words).problems:
                    if words[problem.position] == "[":
                        opened.append(Remark(place, "structure.bracket", f"{number}: {problem.sentence}"))
                    elif opened:
                        begun = opened.pop()
                        sentence = f"A bracket that opens at {begun.place} closes in {number}."
                        self._remarks.append(Remark(begun.place, "structure.bracket_spans", sentence))
                    else:
                        self._remarks.append(
                            Remark(place, "structure.bracket", f"{number}: {problem.sentence}")
                        )
        self._remarks += opened


def _is(kind: object, written: str) -> bool:
    try:
        msgspec.convert(written, kind)
    except msgspec.ValidationError:
        return False
    return True


def _recognised_by_block(blocks: Sequence[Block]) -> dict[int, tuple[Recognised, list[int]]]:
    """What the blocks that carry no id are, each by the first of its blocks."""
    plain = [at for at, block in enumerate(blocks) if not block.id and block.cell is None]
    found = recognise(
        Line(_words(blocks[at]), blocks[at].number, not blocks[at].joins, blocks[at].inner) for at in plain
    )
    return {plain[r.lines[0]]: (r, [plain[line] for line in r.lines]) for r in found if r.lines}


def _is_title(block: Block) -> bool:
    is_short = len(block.text.strip()) <= 2 * LONGEST_HEADING
    first = recognise([Line(_words(block))])
    opens = bool(first) and (first[0].heading or not first[0].number.startswith("Preamble"))
    return (
        block.kind == "heading"
        and block.level == 0
        and not block.number
        and not block.id
        and is_short
        and not opens
    )


def _most_remarks(remarks: list[Remark]) -> list[Remark]:
    """All that keep words; of the others as many as somebody could still read, and how many there are."""
    others = sum(not remark.kept for remark in remarks)
    if others <= _MOST_REMARKS:
        return remarks
    plain = iter(range(others))
    kept = [remark for remark in remarks if remark.kept or next(plain) < _MOST_REMARKS]
    return [
        *kept,
        Remark("the file", "structure.more", f"{others - _MOST_REMARKS} more remarks are not listed."),
    ]


def _is_heading(block: Block, words: str) -> bool:
    """Whether a paragraph put in by hand is one: by its style, or by how it begins (“Article 9. Final provisions”)."""
    found = recognise([Line(words)])
    return block.kind == "heading" or bool(found and found[0].heading)


def _row_of(block: Block) -> tuple[int, int] | None:
    return block.cell[:2] if block.cell is not None else None


def _language(block: Block) -> str:
    """That of its first words; empty where the file says none."""
    return next((run.language for run in block.runs if run.language), "")


def _words(block: Block) -> str:
    """A block's words, with the numbers of its notes raised."""
    return "".join(
        (_number_of_mark(run.text) or run.text).translate(RAISED) if run.note else run.text
        for run in block.runs
    )


def _number_of_mark(mark: str) -> str:
    """What a note is referred to by, in digits of ASCII whatever its own are; empty where it is no number, as *."""
    is_number = mark.isdigit() and len(mark) <= _LONGEST_MARK
    return "".join(str(unicodedata.digit(sign)) for sign in mark) if is_number else ""


def _of_note(note: Note) -> str:
    return " ".join(_words(block).strip() for block in note.blocks).strip()


def _cut(words: str) -> Iterator[str]:
    """Words in parts that a provision can hold."""
    start = 0
    while len(words) - start > _LONGEST_TEXT:
        at = words.rfind(" ", start + 1, start + _LONGEST_TEXT)
        at = at if at > 0 else start + _LONGEST_TEXT
        yield words[start:at].strip()
        start = at
    yield words[start:].strip()
