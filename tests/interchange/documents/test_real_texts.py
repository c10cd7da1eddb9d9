"""Real texts, whole: imported, written as Word and Akoma Ntoso and back, unchanged; redlines settle into both."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from detente.interchange.documents.akn.writing import write_akn
from detente.interchange.documents.comparing import compare_documents
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import Structured, structured
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import format_text, parse_text
from detente.provisions.provision import Provision, check_provisions
from tests.provisions.data import real_file, vclt_articles

STAGES = ("23-oct-2015.md", "9-dec-2015.md", "12-dec-2015.md")
WRITERS: tuple[Callable[[Document], bytes], ...] = (write_word, write_akn)


@cache
def stage(name: str) -> Structured:
    file = real_file("texts", "cop21", name)
    return structured(read_document(file.read_bytes(), file.name))


def vclt() -> tuple[Provision, ...]:
    """Two languages beside each other: an article each, its paragraphs one after another."""

    def words(text: str) -> str:
        return " ".join(text.split())

    return tuple(
        Provision(
            f"art_{number}",
            {tag: words(article[f"title_{tag}"]) for tag in ("en", "zh") if article[f"title_{tag}"].strip()},
            {tag: words(article[f"content_{tag}"]) for tag in ("en", "zh")},
        )
        for number, article in enumerate(vclt_articles(), 1)
    )


@pytest.mark.parametrize("write", WRITERS)
def test_the_vienna_convention_comes_back_in_both_languages(write: Callable[[Document], bytes]) -> None:
    text = vclt()
    assert len(text) == 85 and check_provisions(text) == ()
    assert structured(read_document(write(document_of(text, "en")))).provisions == text
    assert parse_text(format_text(text)) == text


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("name", STAGES)
def test_each_stage_of_the_paris_agreement_comes_back(name: str, write: Callable[[Document], bytes]) -> None:
    text = stage(name)
    again = structured(read_document(write(document_of(text.provisions, "en", text.title))))
    assert again.provisions == text.provisions
    assert parse_text(format_text(text.provisions)) == text.provisions


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(("older", "newer"), list(pairwise(STAGES)))
def test_a_redline_between_two_stages_settles_into_both(
    older: str, newer: str, write: Callable[[Document], bytes]
) -> None:
    old, new = stage(older).provisions, stage(newer).provisions
    read = read_document(write(redline(old, new, Author("Secretariat", "2015-12-12T00:00:00Z"))))
    assert structured(read.accepted()).provisions == new
    assert structured(read.rejected()).provisions == old


def test_a_stage_differs_from_another_and_not_from_itself_in_another_kind_of_file() -> None:
    old, new = (document_of(stage(name).provisions) for name in STAGES[1:])
    assert compare_documents(old, read_document(write_akn(old))).same
    assert not compare_documents(old, new).same
