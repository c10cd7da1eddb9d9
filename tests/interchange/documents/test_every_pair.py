"""Real files of every kind compared with themselves and with their neighbours: what is reported stands in the texts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from detente.interchange.documents.comparing import compare_documents
from detente.interchange.documents.document import Document
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import Structured
from detente.provisions.alignment import plain
from detente.provisions.differences import Difference
from detente.provisions.provision import Provision

SHARED = Path(__file__).parents[4] / "shared" / "data"
KINDS = (("docx", ".docx", 4), ("texts", ".md", 2), ("texts", ".html", 4), ("akn", ".xml", 1))
"""Folder, ending, and one of how many is read."""
FILES = [sorted((SHARED / folder).rglob(f"*{ending}"))[::step] for folder, ending, step in KINDS]
ALL = [file for files in FILES for file in files]
PAIRS = [pair for files in FILES for pair in pairwise(files)]

pytestmark = pytest.mark.skipif(not ALL, reason="the shared data is not here")


def read(file: Path) -> Document:
    return read_document(file.read_bytes(), file.name)


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_nothing_differs_between_a_file_and_itself(file: Path) -> None:
    assert compare_documents(read(file), read(file)).differences == ()


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=lambda file: file.name)
def test_every_word_that_is_reported_stands_where_it_is_said_to(old: Path, new: Path) -> None:
    compared = compare_documents(read(old), read(new))
    olds, news = ({p.id: p for p in side.provisions} for side in (compared.old, compared.new))
    assert compared.differences or _words(compared.old) == _words(compared.new)
    for difference in compared.differences:
        assert says(difference, "delete", olds.get(difference.was_at))
        assert says(difference, "insert", news.get(difference.place))


def says(difference: Difference, op: str, provision: Provision | None) -> bool:
    """Whether the words of one side are those of the provision, or of its heading, that it names."""
    words = "".join(change.text for change in difference.changes if change.op in ("equal", op))
    if not words.strip():
        return True
    assert provision is not None
    found = (*provision.heading.values(), *provision.texts.values())
    return any(_same(words, text) for text in found) or _same(words, " ".join(found))


def _words(side: Structured) -> list[str]:
    return [plain(words) for p in side.provisions for words in (*p.heading.values(), *p.texts.values())]


def _same(one: str, other: str) -> bool:
    return plain(one).split() == plain(other).split()
