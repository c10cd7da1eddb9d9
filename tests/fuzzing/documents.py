"""Files of texts, as somebody sends them: whatever their bytes, each reader answers or refuses, and so does what finds
provisions. Readers of whole archives are given an archive around the bytes, so that the fuzzer need not make one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from detente.interchange.documents.akn.reading import read_akn
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.html import read_html
from detente.interchange.documents.reading import read_markdown, read_text
from detente.interchange.documents.structure import structured
from detente.interchange.documents.word.reading import read_word
from detente.provisions.provision import check_provisions

_RELATIONS = (
    '<Relationships><Relationship Type="x/officeDocument" Target="document.xml"/></Relationships>',
    '<Relationships><Relationship Type="x/numbering" Target="numbering.xml"/></Relationships>',
)


def _settles(read: Callable[[bytes], Document], data: bytes) -> None:
    """Accepted and rejected, what is found stands as the text of an edition, and reads back from itself as it is."""
    document = read(data)
    for settled in (document.accepted(), document.rejected()):
        found = structured(settled).provisions
        assert check_provisions(found) == ()
        assert structured(document_of(found)).provisions == found


def markdown_document(data: bytes) -> None:
    _settles(read_markdown, data)


def text_document(data: bytes) -> None:
    _settles(read_text, data)


def html_document(data: bytes) -> None:
    _settles(read_html, data)


def akn_document(data: bytes) -> None:
    _settles(read_akn, data)


def word_document(data: bytes) -> None:
    """The document's part up to a zero byte, and its numbering after that."""
    body, _, numbering = data.partition(b"\0")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in (("_rels/.rels", _RELATIONS[0]), ("_rels/document.xml.rels", _RELATIONS[1]),
                           ("document.xml", body), ("numbering.xml", numbering or b"<numbering/>")):  # fmt: skip
            archive.writestr(name, part)
    _settles(read_word, out.getvalue())


DOCUMENTS = (markdown_document, text_document, html_document, akn_document, word_document)
