"""The limits of time and memory are the kernel's: what would run on is ended, and said; all else comes out as it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.codec.refusal import Refused
from detente.interchange.documents.comparing import compare_documents
from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.proposals import proposals
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.interchange.documents.word.writing import write_word
from detente.interchange.limits import within_limits
from detente.interchange.press.article import read_article
from detente.interchange.press.attribution import first_proposals
from detente.provisions.provision import Provision
from tests.interchange.press.articles import NAMES, TEXT

OLD = (
    Provision("art_1", {"en": "Crossing"}, {}),
    Provision("art_1__para_1", {}, {"en": "Each Side shall keep it open.", "ur": "ہر فریق اسے کھلا رکھے گا۔"}),
)  # fmt: skip
NEW = (OLD[0], Provision("art_1__para_1", {}, {**OLD[1].texts, "en": "Each Side should keep it open."}))
RETURNED = write_word(redline(OLD, NEW, Author("Office", "2026-03-02T09:00:00Z"), "en", "Text"))


def long_text(letter: str) -> bytes:
    return "\n\n".join(f"{n}. {letter} {n * 7919} {letter} {n * 104729}" for n in range(20_000)).encode()


@pytest.mark.parametrize(
    ("task", "arguments"),
    [
        (read_document, (RETURNED, "back.docx")),
        (structured, (document_of(OLD, "en", "Text"), "en")),
        (compare_documents, (document_of(OLD, "en"), document_of(NEW, "en"), "en")),
        (proposals, (read_document(RETURNED), OLD, "en", "A")),
        (read_article, (TEXT.encode(),)),
        (first_proposals, (read_article(TEXT.encode()), NAMES, 3)),
    ],
    ids=["read", "structured", "compared", "proposed", "article", "attributed"],
)
def test_what_is_done_apart_is_what_would_be_done_here(
    task: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    assert within_limits(task, *arguments) == task(*arguments)


def test_a_refusal_of_the_reader_comes_through() -> None:
    with pytest.raises(Refused) as apart:
        within_limits(read_document, "Präambel".encode("latin-1"), "text.txt")
    with pytest.raises(Refused) as here:
        read_document("Präambel".encode("latin-1"), "text.txt")
    assert apart.value.refusals == here.value.refusals


def test_what_takes_too_long_is_ended_and_refused() -> None:
    """Two texts with nothing in common: each provision is held against many others."""
    old, new = (read_document(long_text(letter)) for letter in "ab")
    with pytest.raises(Refused) as refused:
        within_limits(compare_documents, old, new, seconds=1)
    (refusal,) = refused.value.refusals
    assert refusal.code == "document.limits" and "1 second" in refusal.sentence and refusal.instead


def test_what_needs_too_much_memory_is_ended_and_refused() -> None:
    with pytest.raises(Refused) as refused:
        within_limits(structured, read_document(b"word " * 3_000_000), memory=200 << 20)
    assert [r.code for r in refused.value.refusals] == ["document.limits"]


@pytest.mark.parametrize("sign", ["XCPU", "KILL", "SEGV", "ABRT"])
def test_a_library_that_is_ended_by_a_limit_is_no_fault_of_ours(
    sign: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that find no memory end their process in ways of their own."""
    ended = tmp_path / "python"
    ended.write_text(f"#!/bin/sh\ncat > /dev/null\nkill -{sign} $$\n")
    ended.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(ended))
    with pytest.raises(Refused) as refused:
        within_limits(read_document, b"1. Words.")
    assert [r.code for r in refused.value.refusals] == ["document.limits"]


def test_a_fault_of_the_reader_itself_is_no_refusal() -> None:
    with pytest.raises(RuntimeError, match="read_document ended with 1"):
        within_limits(read_document, 7)


def test_the_limits_are_not_those_of_this_process() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    within_limits(read_document, b"1. Words.", seconds=1)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
