"""Tracked changes accepted or rejected, ends of paragraphs included."""

import pytest

from detente.interchange.documents.document import Block, Document, Mark, Note, Run

COMES, GOES = Mark("inserted", "A"), Mark("deleted", "B")


def block(*runs: tuple[str, Mark | None], end: Mark | None = None) -> Block:
    return Block(tuple(Run(text, mark) for text, mark in runs), "here", end=end)


@pytest.mark.parametrize(
    ("blocks", "accepted", "rejected"),
    [
        ([block(("shall ", None), ("should ", GOES), ("withdraw", COMES))], ["shall withdraw"], ["shall should "]),
        ([block(("one ", None), end=GOES), block(("two", None))], ["one two"], ["one ", "two"]),
        ([block(("one ", None), end=COMES), block(("two", None))], ["one ", "two"], ["one two"]),
        ([block(("new", COMES), end=COMES), block(("old", None))], ["new", "old"], ["old"]),
        ([block(("old", GOES), end=GOES), block(("next", None))], ["next"], ["old", "next"]),
        ([block(("old", GOES))], [""], ["old"]),
        ([block(("a", None), end=GOES), block(("b", None), end=GOES), block(("c", None))], ["abc"], ["a", "b", "c"]),
        ([block(("the last", None), end=GOES)], ["the last"], ["the last"]),
        ([block(("here", Mark("moved_from", move="m"))), block(("here", Mark("moved_to", move="m")))],
         ["", "here"], ["here", ""]),
    ],
)  # fmt: skip
def test_changes_are_accepted_and_rejected(
    blocks: list[Block], accepted: list[str], rejected: list[str]
) -> None:
    document = Document(tuple(blocks), "docx")
    assert [block.text for block in document.accepted().blocks] == accepted
    assert [block.text for block in document.rejected().blocks] == rejected
    assert not document.accepted().marks


def test_a_note_s_changes_are_settled_too() -> None:
    document = Document((), "docx", (Note("1", "footnote", (block(("only ", COMES), ("here", None)),)),))
    assert document.marks == (COMES,)
    assert document.accepted().notes[0].blocks[0].text == "only here"
    assert document.rejected().notes[0].blocks[0].text == "here"


@pytest.mark.parametrize(
    ("tags", "tag", "meant"),
    [
        (("en", "ur"), "en-US", "en"),
        (("en", "ur"), "ur-IN", "ur"),
        (("pt-BR",), "pt", "pt-BR"),
        (("en", "en-US"), "en-US", "en-US"),
        (("en-GB", "en-US"), "en-AU", "en-AU"),
        (("sr-Latn", "sr-Cyrl"), "sr-Latn-RS", "sr-Latn"),
        (("sr-Cyrl",), "sr-Latn", "sr-Latn"),
        (("en",), "fr-FR", "fr-FR"),
    ],
)
def test_a_language_is_the_one_of_the_text_where_only_one_can_be_meant(
    tags: tuple[str, ...], tag: str, meant: str
) -> None:
    written = (Block((Run("x", language=tag), Run(" y")), "paragraph 1"),)
    document = Document(written, "docx", (Note("1", "footnote", written),)).spoken_in(tags)
    for one in (*document.blocks, *document.notes[0].blocks):
        assert [run.language for run in one.runs] == [meant, ""]
