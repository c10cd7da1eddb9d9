"""The words of a PDF as a `Document`, line by line, page by page. A scanned page has none.

A PDF says where letters stand, not what a paragraph is. Lines are joined as a reader would: a line goes on with the one
above unless that one ended a sentence or this one begins like a provision. Lines that stand on most pages in the same
place (headers, page numbers) are no part of the text, and are remarked on once.

A PDF that we typeset for signature carries its exact text (`signature_pdf`), and that is read. The file is made again of
what it carries: the same bytes have the same pages, in any script. Where they are others, words from left to right are
looked for on the pages, and what they lack is remarked on.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from detente.codec.refusal import Refused, refuse
from detente.interchange.documents.document import Block, Document, Remark, Run, bounded
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.signature_pdf.sheet import AROUND, ATTACHED, Sheet
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.interchange.documents.structure import RAISED
from detente.provisions.authentic import direction
from detente.provisions.provision import Provision, check_provisions

LARGEST: Final = 64_000_000
MOST_PAGES: Final = 1_000
_EDGES: Final = 3
"""Lines at the top and at the foot of a page that may be a header or a footer."""
_WORDS: Final = re.compile(r"[^\W\d_]+|[0-9]+")
_RAISED: Final = re.compile(rf"(?:\b[0-9]+)?[{''.join(map(chr, RAISED.values()))}]+")
_DIGEST: Final = re.compile(r"\b[0-9a-f]{16,}\b")
_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff]{2}")
_DIGITS: Final = re.compile(r"\d+|\b[ivxlc]+\b")


def read_pdf(data: bytes) -> Document:
    """Raises `Refused`: `document.size`, `.malformed`, `.protected`, `.no_words`."""
    if len(data) > LARGEST:
        raise refuse("document.size", f"A PDF of at most {LARGEST // 1_000_000} MB is read.",
                     instead="Leave pictures out, or send it in parts.")  # fmt: skip
    pages, title, attached, made_again = _opened(data)
    if attached is not None:
        return _exact(attached, title, pages, made_again=made_again)
    if not any(line.strip() for page in pages for line in page):
        raise refuse("document.no_words", "The PDF holds no words that can be read; its pages are pictures.", "",
                     "Ask for the Word file that it was made from, or have it read by a scanner's program.")  # fmt: skip
    margins = _margins(pages)
    remarks = tuple(
        Remark("every page", "pdf.margin", "A line that stands on most pages is no part of the text.", words)
        for words in margins.values()
    )
    return Document(tuple(bounded(_blocks(pages, frozenset(margins)))), "pdf", (), remarks)


def _opened(data: bytes) -> tuple[list[list[str]], str, bytes | None, bool]:
    """The lines of each page, the title, the text that the file carries, and whether the file is made again of it: its
    pages are not looked at then."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse("document.protected", "The PDF is protected by a password.", "",
                         "Save it without one.")  # fmt: skip
        if len(reader.pages) > MOST_PAGES:
            raise refuse(
                "document.size", f"A PDF of at most {MOST_PAGES} pages is read.", "", "Send it in parts."
            )
        attached, around = (next(iter(reader.attachments.get(name, ())), None) for name in (ATTACHED, AROUND))
        title = str(reader.metadata.title or "") if reader.metadata else ""
        if attached is not None and _made_again(attached, around) == data:
            return [], title, attached, True
        return [page.extract_text().split("\n") for page in reader.pages], title, attached, False
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a broken file raises whatever the part that meets the fault raises
        raise refuse("document.malformed", "The file is not a PDF that can be read.", "ISO 32000-2",
                     "Print it to PDF again from the program that made it.") from error  # fmt: skip


# --- the exact text that is attached


class _Attached(Struct):
    provisions: tuple[Provision, ...]
    nonce: str = ""


def _made_again(attached: bytes, around: bytes | None) -> bytes:
    """The file that this program makes of the text and of what stands around it; b"" where it makes none."""
    if around is None:
        return b""
    try:
        of = msgspec.json.decode(attached, type=_Attached)
        sheet = msgspec.json.decode(around, type=Sheet)
        return write_pdf(replace(sheet, provisions=of.provisions, nonce=of.nonce))
    except (msgspec.DecodeError, Refused, LookupError):
        return b""


def _exact(attached: bytes, title: str, pages: list[list[str]], *, made_again: bool) -> Document:
    """Raises `Refused`: `document.malformed`."""
    try:
        provisions = msgspec.json.decode(attached, type=_Attached).provisions
    except msgspec.DecodeError as error:
        raise refuse("document.malformed", "The text that is attached to the PDF cannot be read.", "",
                     "Ask for the file again.") from error  # fmt: skip
    refusals = check_provisions(provisions)
    if refusals:
        raise Refused(*refusals)
    remarks = [
        Remark("the whole file", "pdf.attached", "The exact text that is attached to the PDF was read.")
    ]
    if made_again:
        remarks.append(Remark("every page", "pdf.same", "The pages are, byte for byte, those that this program makes of "
                              "the attached text."))  # fmt: skip
        return _written(provisions, title, remarks)
    if any(direction(tag) == "rtl" for tag in _tags(provisions)):
        remarks.append(Remark("every page", "pdf.not_compared", "Words from right to left could not be compared with the "
                              "pages: another program or version made or saved the file. Read them."))  # fmt: skip
    if any(sha256(attached).hexdigest() not in "".join("".join(page).split()) for page in pages):
        remarks.append(Remark("every page", "pdf.digest", "A page does not carry the digest of the attached text: it may "
                              "show another one. Read the pages."))  # fmt: skip
    unseen = _unseen(provisions, pages)
    if unseen:
        remarks.append(Remark("every page", "pdf.differs", "The pages do not show all words of the attached text: "
                              "they may show others. Read the pages.", " ".join(unseen[:20])))  # fmt: skip
    return _written(provisions, title, remarks)


def _written(provisions: tuple[Provision, ...], title: str, remarks: list[Remark]) -> Document:
    written = document_of(provisions, next(iter(_tags(provisions)), "en"), title)
    return replace(written, source="pdf", remarks=tuple(remarks))


def _tags(provisions: tuple[Provision, ...]) -> dict[str, None]:
    return dict.fromkeys(tag for p in provisions for tag in p.languages())


def _unseen(provisions: tuple[Provision, ...], pages: list[list[str]]) -> list[str]:
    """Words and numbers that stand in the text more often than on its pages. Languages from right to left are left out,
    since a PDF seldom gives their words back as they were written; so are those of which the pages show little: they are
    not printed."""
    found = [" ".join(page) for page in pages]
    shown = Counter(word for page in found if not _FROM_THE_RIGHT.search(page) for word in _words(page))
    unseen: list[str] = []
    for tag in _tags(provisions):
        texts = [of[tag] for p in provisions for of in (p.heading, p.texts) if tag in of]
        written = Counter(word for text in texts for word in _words(text))
        missing = [word for word, times in written.items() if shown[word] < times]
        if direction(tag) == "ltr" and 2 * len(missing) < len(written):
            unseen += missing
    return unseen


def _words(text: str) -> list[str]:
    """Words and numbers, without digests, and without raised numbers, which a page sets right behind their word."""
    return _WORDS.findall(_RAISED.sub(" ", _DIGEST.sub(" ", text)))


# --- the words of its pages


def _edges(page: list[str]) -> list[str]:
    lines = [line for line in page if line.strip()]
    return lines if len(lines) <= 2 * _EDGES else lines[:_EDGES] + lines[-_EDGES:]


def _unnumbered(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _margins(pages: list[list[str]]) -> dict[str, str]:
    """Lines at the edges of more than half of the pages, and of three at least: as compared, and as the first has it."""
    times: Counter[str] = Counter()
    first: dict[str, str] = {}
    for page in pages:
        for line in {_unnumbered(line): line for line in _edges(page)}.items():
            times[line[0]] += 1
            first.setdefault(*line)
    return {
        line: first[line].strip() for line, count in times.items() if count >= 3 and 2 * count > len(pages)
    }


def _blocks(pages: list[list[str]], margins: frozenset[str]) -> Iterator[Block]:
    before = ""
    for number, page in enumerate(pages, 1):
        edges = set(_edges(page))
        for raw in page:
            line = " ".join(raw.split())
            if not line:
                before = ""
            elif not (raw in edges and _unnumbered(raw) in margins):
                yield Block((Run(line),), f"page {number}", joins=bool(before) and not _ends(before, line))
                before = line


def _ends(line: str, following: str) -> bool:
    """Whether a line ends its paragraph: it ends a sentence, and what follows does not go on in small letters."""
    return line.endswith((".", ":", ";", "?", "!", "۔", "؟", "؛", "。")) and not following[:1].islower()
