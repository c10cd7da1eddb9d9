"""An edition typeset for signature: every language whole, one after the other, then the blocks to sign.

One after the other and not side by side: each language is read by its own readers, in its own direction and with the
leading that its letters need, on lines of full width; three columns of A4 leave each a few words a line. What
corresponds is found by its number. The words around a text are in its own language where the program has them, so that
the file is the same for whoever makes it: the same bytes for the same edition.

Words reach the typesetter as data (JSON) and never as its code. Its fonts are those beside this file, and of the machine
only Noto’s for scripts that these do not have (`scripts`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import segno
from msgspec.structs import replace

from detente.codec.refusal import refuse
from detente.interchange.documents.document import Block, Document
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.signature_pdf import labels
from detente.interchange.documents.signature_pdf.scripts import families_for, font_files, scripts_in
from detente.interchange.documents.signature_pdf.sheet import AROUND, ATTACHED, Sheet
from detente.interchange.documents.signature_pdf.words import languages_of_labels
from detente.provisions.authentic import direction
from detente.provisions.bracket import set_apart
from detente.provisions.eid import kind_of
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision
from detente.wording.language import ENGLISH, Language, speaking
from detente.wording.provisions import numbered

_NASTALIQ: Final = frozenset({"ur", "pnb", "ks", "skr"})
_UNNUMBERED: Final = frozenset({"preamble", "chapeau", "closing words"})
_HERE: Final = "detente.interchange.documents.signature_pdf"


def write_pdf(sheet: Sheet) -> bytes:
    """PDF/A-3a, tagged, with the exact text attached, and what else the pages are made of.

    Raises `Refused`: `pdf.font`, where no font here has the letters of a script; `pdf.typeset`, where none has some
    letter, or a word has no end; `document.extra`.
    """
    try:
        import typst
    except ImportError as error:
        raise refuse("document.extra", "Nothing can be typeset here: what it takes is not installed.", "",
                     "Whoever runs this program installs detente with the extra “documents”.") from error  # fmt: skip
    pages = _Pages(sheet)
    data = json.dumps(pages.data(), ensure_ascii=False)
    with as_file(files(_HERE)) as here, _linked(font_files(pages.scripts)) as of_machine:
        fonts = typst.Fonts(False, False, [here / "fonts", of_machine])
        compiler = typst.Compiler(here / "page.typ", root=here, font_paths=fonts)
        try:
            made = compiler.compile(
                format="pdf", timestamp=0, sys_inputs={
                    "sheet": data, "attached": sheet.attached.decode(), "around": sheet.around.decode(),
                },
                pdf_standards=["a-3a"],
            )  # fmt: skip
        except typst.TypstError as error:
            raise refuse("pdf.typeset", f"The text cannot be typeset: {error.message}.", "",
                         "Write it as a Word file, and print that with fonts of its script.") from error  # fmt: skip
    assert isinstance(made, bytes), "a PDF is one file"
    return made


@contextmanager
def _linked(fonts: Iterable[Path]) -> Iterator[Path]:
    """A folder with these fonts alone: the typesetter takes folders, and those of the machine hold others."""
    with TemporaryDirectory() as folder:
        for font in fonts:
            Path(folder, font.name).symlink_to(font)
        yield Path(folder)


class _Pages:
    """The sheet as the typesetter reads it (`page.typ`). scripts: those that take a font of the machine."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.scripts = scripts_in((sheet.attached.decode(), sheet.title, *_all_words(sheet)))
        tags = dict.fromkeys(self._language(tag).tag for tag, _status in sheet.languages)
        self._labelled = tuple(map(self._language, tags))
        """The languages of labels, in the order of the text's."""

    def _language(self, tag: str) -> Language:
        return languages_of_labels().get(tag.partition("-")[0], ENGLISH)

    def data(self) -> dict[str, Any]:
        sheet, at = self._sheet, self._sheet.position
        first = sheet.languages[0][0]
        with speaking(self._labelled[0]):
            about = labels.origin(sheet)
            code = (_code(at.proof), labels.proof(at), labels.proof_briefly(at)) if at else ("", "", "")
        parts = [self._part(tag) for tag, _status in sheet.languages]
        return {
            "title": sheet.title, "title-voice": self._voice(first), "about": about, "digest": sheet.digest,
            "attached": ATTACHED, "attached-about": about, "around": AROUND, "qr": code[0], "qr-about": code[1],
            "qr-caption": code[2], "parts": parts, "signatures": self._several(lambda: labels.signatures(sheet)),
            "blocks": [] if any(part["draft"] for part in parts) else list(self._blocks()),
        }  # fmt: skip

    # --- the text in one language

    def _part(self, tag: str) -> dict[str, Any]:
        language, sheet = self._language(tag), self._sheet
        with speaking(language):
            lacking = labels.missing(tag)
            document = document_of(tuple(self._only(tag, lacking)), tag)
            return {
                "voice": self._voice(tag), "label-voice": self._voice(language.tag), "named": labels.named(sheet, tag),
                "draft": labels.draft(sheet, tag), "origin": labels.origin(sheet), "counted": labels.counted(),
                "blocks": list(self._typeset(document, tag, lacking)),
            }  # fmt: skip

    def _only(self, tag: str, lacking: str) -> Iterator[Provision]:
        """Each provision in one language; where it has words in others only, that is said in their place."""
        for p in self._sheet.provisions:
            texts = {**p.texts, **self._sheet.bracketed.get(p.id, {})}
            headings = {**p.heading, **self._sheet.bracketed_headings.get(p.id, {})}
            heading = {tag: headings.get(tag, lacking)} if headings else {}
            yield replace(p, heading=heading, texts={tag: texts.get(tag, lacking)} if texts else {})

    def _typeset(self, document: Document, tag: str, lacking: str) -> Iterator[dict[str, Any]]:
        notes = {note.id: note.blocks[0].text for note in document.notes}
        rightward = direction(tag) == "rtl"

        def runs(block: Block) -> list[dict[str, str]]:
            texts = ((notes.get(run.note, run.text), run.text if run.note else "") for run in block.runs)
            return [{"text": set_apart(text) if rightward else text, "note": note} for text, note in texts]

        for table, of in groupby(document.blocks, lambda block: block.cell and block.cell[0]):
            blocks = list(of)
            if table is not None:
                by_row = groupby(blocks, lambda block: block.cell and block.cell[1])
                rows = [[{"runs": runs(cell)} for cell in row] for _, row in by_row]
                columns = max(map(len, rows))
                filled = [row + [{"runs": []}] * (columns - len(row)) for row in rows]
                yield {"kind": "table", "columns": columns, "rows": filled}
                continue
            for block in blocks:
                kind = "missing" if block.text == lacking and block.kind != "heading" else block.kind
                yield {
                    "kind": kind,
                    "level": block.level,
                    "number": self._number(block, tag),
                    "runs": runs(block),
                }

    def _number(self, block: Block, tag: str) -> str:
        if not block.number or (kind_of(block.id) in _UNNUMBERED and block.kind != "heading"):
            return ""
        if block.kind != "heading":
            return number_of(block.id)
        # English words would be no part of a text in a language that the program has no words in.
        own = self._language(tag).tag == tag.partition("-")[0]
        return f"{numbered(block.id, full=True) if own else number_of(block.id)}."

    # --- what is signed

    def _blocks(self) -> Iterator[dict[str, Any]]:
        sheet, at = self._sheet, self._sheet.position
        if sheet.signing.signed:
            steps = [self._several(step) for step in labels.steps(sheet.signing)]
            for side in sheet.signing.sides:
                yield self._block(partial(labels.for_side, side), steps)
        if at is not None:
            yield self._block(partial(labels.certification, at), [])

    def _block(self, head: Callable[[], str], ticks: list[Any]) -> dict[str, Any]:
        lines = {
            name: self._several(getattr(labels, name)) for name in ("signature", "capacity", "place", "date")
        }
        return {"head": self._several(head), "ticks": ticks, **lines}

    def _several(self, words: Callable[[], str]) -> list[dict[str, Any]]:
        """A label in every language of the text that the program has words in."""
        found = []
        for language in self._labelled:
            with speaking(language):
                found.append({"voice": self._voice(language.tag), "words": words()})
        return found

    def _voice(self, tag: str) -> dict[str, Any]:
        """How a language is set. more: families for letters that the fonts beside this file do not have."""
        language, *subtags = tag.split("-")
        region = next((s for s in subtags if len(s) == 2 and s.isalpha()), None)
        towards = direction(tag)
        face = "latin" if towards == "ltr" else "nastaliq" if language in _NASTALIQ else "naskh"
        if face == "latin" and any(script.tall for script in scripts_in(_words_in(self._sheet, tag))):
            face = "tall"
        more = families_for(self.scripts, tag)
        return {"lang": language, "region": region, "dir": towards, "face": face, "more": more}


def _words_in(sheet: Sheet, tag: str) -> Iterator[str]:
    yield from (of[tag] for p in sheet.provisions for of in (p.heading, p.texts) if tag in of)


def _all_words(sheet: Sheet) -> Iterator[str]:
    for bracketed in (sheet.bracketed, sheet.bracketed_headings):
        yield from (words for lines in bracketed.values() for words in lines.values())


def _code(words: str) -> str:
    """Error correction M: a crease or a stain is read over."""
    code = segno.make_qr(words, error="m", boost_error=False)
    return str(code.svg_inline(border=2, scale=4))
