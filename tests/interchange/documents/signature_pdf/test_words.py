"""The words around a text: each file of them has every message, with the same places to fill."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import pypdf
import pytest

from detente.interchange.documents.signature_pdf import labels
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.interchange.documents.signature_pdf.words import languages_of_labels
from tests.interchange.documents.signature_pdf.scripts import said_in

_PLACE = re.compile(r"\{\w+\}")
ALL = {"ar", "es", "fa", "fr", "ps", "ru", "ur"}


def messages() -> set[str]:
    """Every message that `labels` says; of a count, the form for several."""
    calls = [
        node for node in ast.walk(ast.parse(Path(labels.__file__).read_text())) if isinstance(node, ast.Call)
    ]
    last = {"_": 0, "pgettext": 1, "ngettext": 1}
    return {
        str(call.args[last[call.func.id]].value)  # type: ignore[attr-defined]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in last
    }


def test_there_are_words_in_each_of_these_languages() -> None:
    assert languages_of_labels().keys() == ALL


@pytest.mark.parametrize("tag", sorted(ALL))
def test_every_message_is_said_with_its_places(tag: str) -> None:
    said = languages_of_labels()[tag].messages
    for message in messages():
        words = said.ngettext(message, message, 2)
        assert words != message or message in (
            "Signatures",
            "Signature",
            "Date",
            "Signature ad referendum",
        ), message
        assert sorted(_PLACE.findall(words)) == sorted(_PLACE.findall(message)), message


def test_a_page_in_such_a_language_has_no_english_around_its_text() -> None:
    (page, *_) = pypdf.PdfReader(io.BytesIO(write_pdf(said_in("ru")))).pages
    words = set(re.findall(r"[A-Za-z]{3,}", page.extract_text())) - {"SHA"}
    assert {word for word in words if not re.fullmatch(r"[0-9a-f]+", word)} == {"understanding", "An"} - {
        "An"
    }
