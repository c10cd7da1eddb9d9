"""A PDF that we typeset is read as the exact text that it carries, and pages that show another one are remarked on."""

from __future__ import annotations

import io

import pypdf
from hypothesis import given, settings
from msgspec.structs import replace

from detente.interchange.documents.reading import read_document
from detente.interchange.documents.signature_pdf.sheet import ATTACHED, Sheet
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.interchange.documents.structure import Structured, structured
from detente.provisions.provision import Provision
from tests.interchange.documents.signature_pdf.sheets import LANGUAGES, TEXT, sheet
from tests.interchange.documents.texts import TEXTS


def read(data: bytes) -> Structured:
    return structured(read_document(data))


def codes(of: Structured) -> list[str]:
    return [remark.code for remark in of.remarks]


def test_our_own_file_gives_the_exact_text() -> None:
    found = read(write_pdf(sheet()))
    assert (found.provisions, found.title) == (TEXT, "An understanding")
    assert codes(found) == ["pdf.attached", "pdf.same"]


@settings(max_examples=15, deadline=None)
@given(TEXTS.filter(bool))
def test_every_text_comes_back(text: tuple[Provision, ...]) -> None:
    tags = dict.fromkeys(tag for p in text for tag in p.languages())
    found = read(write_pdf(Sheet("", text, tuple((tag, "") for tag in tags))))
    assert found.provisions == text
    assert codes(found)[:2] == ["pdf.attached", "pdf.same"]


def attached_to(pages: Sheet, text: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(io.BytesIO(write_pdf(pages))).pages:
        writer.add_page(page)
    writer.add_attachment(ATTACHED, text)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_that_show_another_text_than_the_attached_one_are_remarked_on() -> None:
    changed = tuple(
        replace(p, texts={**p.texts, "en": p.texts["en"].replace("72", "27").replace("shall", "should")})
        if p.texts
        else p
        for p in TEXT
    )
    found = read(attached_to(sheet(changed), sheet().attached))
    assert codes(found) == ["pdf.attached", "pdf.not_compared", "pdf.digest", "pdf.differs"]
    assert {"shall", "72"} <= set(found.remarks[-1].kept.split())
    assert codes(
        read(attached_to(sheet(languages=LANGUAGES[:1]), sheet(languages=LANGUAGES[:1]).attached))
    ) == ["pdf.attached", "pdf.not_compared"]


def test_a_word_from_right_to_left_that_was_changed_on_the_pages_makes_another_file() -> None:
    """Another period in Urdu alone, with the digest of the attached text printed: no extractor could tell."""
    urdu = tuple(
        replace(p, texts={**p.texts, "ur": p.texts["ur"].replace("72", "27")}) if p.texts else p for p in TEXT
    )
    made = attached_to(sheet(urdu), sheet().attached)
    assert "pdf.same" not in codes(read(made)) and "pdf.not_compared" in codes(read(made))


def test_a_file_saved_by_another_program_is_not_said_to_be_the_same() -> None:
    assert codes(read(attached_to(sheet(), sheet().attached)))[1] == "pdf.not_compared"
