"""What is written as a Word file is read back the same, tracked changes and languages included."""

import zipfile
from io import BytesIO

import docx
from hypothesis import given, settings
from msgspec.structs import replace

from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.structure import structured
from detente.interchange.documents.word.reading import read_word
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.interchange.documents.texts import TEXTS

ME = Author("Delegation of A", "2025-10-18T21:40:00Z")
OLD = parse_text(
    "Article 3. Use of territory\n  ur: علاقے کا استعمال\n3(1) Each Side should report within 30 days.\n  ur: ہر فریق۔\n"
)
NEW = parse_text(
    "Article 3. Use of territory\n  ur: علاقے کا استعمال\n3(1) Each Side shall report within 20 days.\n  ur: ہر فریق۔\n"
)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_text_comes_back_from_word_with_its_provisions_ids_brackets_and_languages(
    text: tuple[Provision, ...],
) -> None:
    document = read_word(write_word(document_of(text)))
    assert not document.marks
    assert structured(document).provisions == text


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_a_redline_in_word_accepted_is_the_new_text_and_rejected_the_old(
    old: tuple[Provision, ...], new: tuple[Provision, ...]
) -> None:
    document = read_word(write_word(redline(old, new, ME)))
    assert structured(document.accepted()).provisions == new
    assert structured(document.rejected()).provisions == old


def test_letters_behind_brackets_stay_with_their_own_bracket_from_right_to_left() -> None:
    """Without a mark, UAX 9 draws `A [20]B` from left to right, and B beside the first bracket."""
    shown = "ہر فریق اسے [30]A [20]B دن میں کھولے گا۔"
    provision = Provision("art_1__para_1", {}, {"en": "Each opens it in [30]A [20]B days.", "ur": shown})
    made = write_word(document_of((provision,)))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "[30]A\u200f [20]B\u200f" in xml and "[30]A [20]B days" in xml
    assert structured(read_word(made)).provisions == (provision,)


def test_a_line_that_a_program_has_cut_at_each_script_is_read_as_it_was() -> None:
    """LibreOffice saves brackets, numbers, letters and marks as runs of their own, and the language of some."""
    cut = (("کھولے [", "ur-IN"), ("30", ""), ("]", "ur-IN"), ("A", ""), ("\u200f [", "ur-IN"), ("20", ""), ("]", "ur-IN"),
           ("BC", ""), ("\u200f", "ur-IN"), (" دن", "ur-IN"))  # fmt: skip
    document = document_of((Provision("art_1", {}, {"ur": "x"}),), "ur")
    (block,) = document.blocks
    runs = tuple(replace(block.runs[0], text=text, language=tag) for text, tag in cut)
    made = write_word(replace(document, blocks=(replace(block, runs=runs),)))
    (again,) = read_word(made).blocks
    assert "".join(run.text for run in again.runs) == "کھولے [30]A [20]BC دن"


def test_the_changes_are_word_s_own_and_their_author_s() -> None:
    document = read_word(write_word(redline(OLD, NEW, ME)))
    assert {(mark.kind, mark.author, mark.at) for mark in document.marks} == {
        ("inserted", ME.name, ME.at), ("deleted", ME.name, ME.at)
    }  # fmt: skip
    assert [mark.kind for mark in document.marks] == ["deleted", "inserted", "deleted", "inserted"]


def test_the_same_document_is_the_same_bytes() -> None:
    made = write_word(redline(OLD, NEW, ME))
    assert made == write_word(redline(OLD, NEW, ME))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_program_that_knows_no_provisions_reads_its_words_and_numbers() -> None:
    plain = docx.Document(BytesIO(write_word(document_of(OLD, title="Understanding"))))
    assert [paragraph.text for paragraph in plain.paragraphs][:3] == [
        "Article 3.\tUse of territory", "علاقے کا استعمال", "3(1)\tEach Side should report within 30 days."
    ]  # fmt: skip
    assert plain.core_properties.title == "Understanding"
