"""Two documents compared as texts, whatever files they came in."""

from __future__ import annotations

from msgspec import Struct

from detente.interchange.documents.document import Document, Remark
from detente.interchange.documents.structure import Structured, structured
from detente.provisions.differences import Difference, differences


class Compared(Struct, frozen=True):
    """differences: weightiest first; remarks: on each of the two; same: whether nothing of substance differs. Numbers
    alone are no substance: an article put in is, and says so itself."""

    differences: tuple[Difference, ...]
    old: Structured
    new: Structured

    @property
    def same(self) -> bool:
        return all(difference.kind == "renumbered" for difference in self.differences)


def compare_documents(old: Document, new: Document, language: str = "en") -> Compared:
    """Each with its tracked changes accepted, which is remarked on."""
    old = old.spoken_in({language})
    olds, news = _read(old, language), _read(new.spoken_in({*old.languages, language}), language)
    return Compared(differences(olds.provisions, news.provisions), olds, news)


def _read(document: Document, language: str) -> Structured:
    read = structured(document.accepted(), language)
    if not document.marks:
        return read
    count = len(document.marks)
    said = f"The file holds {count} tracked changes: it is read as if all of them were accepted."
    if count == 1:
        said = "The file holds a tracked change: it is read as if it were accepted."
    return Structured(
        read.provisions,
        read.places,
        (Remark("the file", "document.tracked", said), *read.remarks),
        read.title,
    )
