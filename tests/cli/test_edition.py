"""`detente edition` and `detente text --to out.pdf`: a PDF for signature, whose text reads back exactly."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pypdf

from detente.interchange.documents.reading import read_document
from detente.interchange.documents.signature_pdf.sheet import ATTACHED
from detente.interchange.documents.structure import structured
from detente.provisions.plain_text import parse_text
from tests.cli.speaking import refused, say

TEXT = "Article 3. Reports\n3(1) Each Side shall report within 30 days.\n  ur: ہر فریق 30 دنوں میں رپورٹ دے گا۔\n"


def test_an_edition_of_a_record_is_written_for_signature(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "out.pdf"
    answer = say(
        "edition", origins[1], file, "--as", "A", "--data", data, "--host", "https://records.example"
    )
    assert answer.code == 0, answer
    reader = pypdf.PdfReader(io.BytesIO(file.read_bytes()))
    digest = sha256(reader.attachments[ATTACHED][0]).hexdigest()
    assert answer.out.endswith(f"SHA-256 {digest}\n")
    assert all(digest in "".join(page.extract_text().split()) for page in reader.pages)
    assert "For Delegation A" in reader.pages[-1].extract_text()


def test_an_edition_that_is_not_there_makes_no_file(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "out.pdf"
    refused(say("edition", origins[1], file, "--edition", "99", "--as", "A", "--data", data), "text.none")
    assert not file.exists()


def test_a_file_is_written_for_signature_and_says_that_it_stands_in_no_record(tmp_path: Path) -> None:
    source, file = tmp_path / "text.txt", tmp_path / "out.pdf"
    source.write_text(TEXT, "utf-8")
    assert say("text", source, "--to", file).code == 0
    read = structured(read_document(file.read_bytes()))
    assert read.provisions == parse_text(TEXT)
    words = pypdf.PdfReader(file).pages[0].extract_text()
    assert "Typeset from a file, not from a record" in words and "Page 1 of" in words
