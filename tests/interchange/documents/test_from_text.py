"""A text as a document is read back as the same text; a redline accepted is the new one, rejected the old."""

from hypothesis import given
from hypothesis import strategies as st

from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.structure import structured
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.interchange.documents.texts import TEXTS

ME = Author("Delegation of A", "2025-10-18T21:40:00Z")


@given(TEXTS)
def test_a_text_as_a_document_is_the_same_text(provisions: tuple[Provision, ...]) -> None:
    document = document_of(provisions)
    assert not document.marks
    assert structured(document).provisions == provisions


@given(TEXTS, TEXTS)
def test_a_redline_accepted_is_the_new_text_and_rejected_the_old(
    old: tuple[Provision, ...], new: tuple[Provision, ...]
) -> None:
    document = redline(old, new, ME)
    assert structured(document.accepted()).provisions == new
    assert structured(document.rejected()).provisions == old
    assert {mark.author for mark in document.marks} <= {"Delegation of A"}


@given(st.permutations(parse_text("1 One.\n2 Two.\n3 Three.\n4 Four.\n")))
def test_what_changes_only_its_place_is_moved(shuffled: list[Provision]) -> None:
    old = parse_text("1 One.\n2 Two.\n3 Three.\n4 Four.\n")
    kinds = {mark.kind for mark in redline(old, shuffled, ME).marks}
    assert kinds == (set() if list(old) == shuffled else {"moved_from", "moved_to"})


def test_a_change_of_a_word_marks_the_word_and_no_more() -> None:
    old, new = parse_text("3(1) Each Side should report."), parse_text("3(1) Each Side shall report.")
    (block,) = redline(old, new, ME).blocks
    assert [(run.text, run.mark and run.mark.kind) for run in block.runs] == [
        ("Each Side ", None), ("should", "deleted"), ("shall", "inserted"), (" report.", None),
    ]  # fmt: skip


def test_a_footnote_is_referred_to_where_its_number_is_raised() -> None:
    text = parse_text("3(1) Each Side¹ reports.\n3(1), note 1 Also its agents.\n3(2) No note.")
    document = document_of(text)
    assert [(run.text, run.note) for run in document.blocks[0].runs] == [
        ("Each Side", ""), ("1", "art_3__para_1__note_1/en"), (" reports.", "")
    ]  # fmt: skip
    assert [note.blocks[0].text for note in document.notes] == ["Also its agents."]
    assert structured(document).provisions == text


def test_rows_are_cells_of_one_table() -> None:
    text = parse_text("3 By these dates:\n3, row 1 Road | Day\n3, row 2 East | 1 May\n4 No table.")
    document = document_of(text)
    assert [block.cell for block in document.blocks] == [
        None,
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 1),
        (1, 2, 2),
        None,
    ]
    assert structured(document).provisions == text
