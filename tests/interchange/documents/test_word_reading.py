"""Word files read: nothing lost, every tracked change its author's, what is not understood kept and said."""

from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.interchange.documents.document import Document
from detente.interchange.documents.word import package as limits
from detente.interchange.documents.word.reading import read_word
from tests.interchange.documents.word_files import A, W, archive, paragraph, relationships, word_file

SHARED = Path(__file__).parents[4] / "shared" / "data" / "docx"
PAIRS = sorted(str(path) for path in SHARED.glob("RP*d.docx"))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.text.strip()]


@pytest.mark.skipif(not PAIRS, reason="the shared Word files are not here")
@pytest.mark.parametrize("settled", PAIRS, ids=lambda path: Path(path).stem)
def test_the_accepted_and_rejected_forms_are_reproduced(settled: str) -> None:
    tracked, _, form = settled.removesuffix(".docx").rpartition("-")
    if form not in ("Accepted", "Rejected"):
        pytest.skip("no settled form")
    document = read_word(Path(f"{tracked}.docx").read_bytes())
    expected = read_word(Path(settled).read_bytes())
    assert texts(document.accepted() if form == "Accepted" else document.rejected()) == texts(expected)


@pytest.mark.skipif(not PAIRS, reason="the shared Word files are not here")
def test_every_shared_word_file_is_read_and_its_words_are_all_there() -> None:
    for path in sorted(SHARED.rglob("*.docx")):
        assert texts(read_word(path.read_bytes())), path


def test_a_change_is_its_authors_with_its_time() -> None:
    (block,) = read_word(word_file(
        '<w:p><w:r><w:t xml:space="preserve">Each Side </w:t></w:r>'
        f'<w:del w:id="1" {A}><w:r><w:delText>should</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {A}><w:r><w:t>shall</w:t></w:r></w:ins></w:p>'
    )).blocks  # fmt: skip
    assert [(r.text, r.mark and (r.mark.kind, r.mark.author, r.mark.at)) for r in block.runs] == [
        ("Each Side ", None),
        ("should", ("deleted", "Delegation of A", "2025-10-18T21:40:00Z")),
        ("shall", ("inserted", "Delegation of A", "2025-10-18T21:40:00Z")),
    ]


def test_what_one_put_in_and_another_struck_is_neither_before_nor_after_and_is_said() -> None:
    document = read_word(word_file(
        f'<w:p><w:ins w:id="1" {A}><w:del w:id="2" w:author="B"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        "</w:ins></w:p>"
    ))  # fmt: skip
    assert not texts(document.accepted()) and not texts(document.rejected())
    assert [(r.code, r.kept) for r in document.remarks] == [("docx.put_in_and_struck", "gone")]


def test_two_parts_of_a_move_share_its_name() -> None:
    moved = (
        '<w:moveFromRangeStart w:id="1" w:name="move7"/>'
        f'<w:moveFrom w:id="2" {A}><w:r><w:t>Here.</w:t></w:r></w:moveFrom>'
        '<w:moveFromRangeEnd w:id="1"/>',
        f'<w:moveToRangeStart w:id="3" w:name="move7"/><w:moveTo w:id="4" {A}><w:r><w:t>Here.</w:t></w:r></w:moveTo>'
        '<w:moveToRangeEnd w:id="3"/>',
    )
    document = read_word(word_file("".join(f"<w:p>{part}</w:p>" for part in moved)))
    assert [(mark.kind, mark.move) for mark in document.marks] == [
        ("moved_from", "move7"),
        ("moved_to", "move7"),
    ]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/>'
    "</w:lvlOverride></w:num>"
)  # fmt: skip


def item(level: int, numbering: int = 5) -> str:
    return paragraph("words", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>')


def test_numbers_that_word_counts_are_read_with_the_words() -> None:
    body = "".join(item(level) for level in (0, 1, 1, 2, 2, 0, 1, 2)) + item(0, 6) + item(0, 6)
    blocks = read_word(word_file(body, numbering=NUMBERING)).blocks
    assert [block.number for block in blocks] == [
        "Article 1", "1.1", "1.2", "(i)", "(ii)", "Article 2", "2.1", "(i)", "Article 9", "Article 10",
    ]  # fmt: skip


def test_a_style_numbers_and_makes_a_heading_and_is_inherited() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
    )
    (block,) = read_word(
        word_file(paragraph("Scope", '<w:pStyle w:val="Mine"/>'), styles=styles, numbering=NUMBERING)
    ).blocks
    assert (block.kind, block.level, block.number) == ("heading", 1, "Article 1")


@pytest.mark.parametrize("level", ["x", "50", "-1", "²", "9" * 5_000])
def test_a_level_that_there_is_not_numbers_nothing_wrongly(level: str) -> None:
    """Files that a converter wrote hold such levels, and a stranger's may hold any."""
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{level}"><w:lvlText w:val="§"/><w:pStyle w:val="S"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="S"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("words", f'<w:pStyle w:val="S"/><w:outlineLvl w:val="{level}"/>')
    (block,) = read_word(word_file(body, styles=styles, numbering=numbering)).blocks
    assert (block.text, block.kind, block.number) == ("words", "item", "§")


def test_notes_are_numbered_as_shown_and_keep_their_words() -> None:
    notes = '<w:footnote w:id="-1" w:type="separator"/>' + "".join(
        f'<w:footnote w:id="{n}">{paragraph(f"note {n}")}</w:footnote>' for n in (7, 4)
    )
    body = "".join(f'<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in (4, 7))
    document = read_word(word_file(body, footnotes=notes))
    assert [(r.text, r.note) for b in document.blocks for r in b.runs if r.note] == [
        ("1", "footnote-4"),
        ("2", "footnote-7"),
    ]
    assert {n.id: n.blocks[0].text for n in document.notes} == {
        "footnote-7": "note 7",
        "footnote-4": "note 4",
    }


def test_a_comment_stands_on_the_words_it_was_made_on() -> None:
    comments = f'<w:comment w:id="3" {A}>{paragraph("Ask the capital.")}</w:comment>'
    body = (
        '<w:p><w:r><w:t>a</w:t></w:r><w:commentRangeStart w:id="3"/><w:r><w:t>b</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>c</w:t></w:r><w:commentRangeEnd w:id="3"/><w:r><w:t>d</w:t></w:r></w:p>'
    )
    document = read_word(word_file(body, comments=comments))
    assert [(r.text, r.comments) for b in document.blocks for r in b.runs] == [
        ("a", ()), ("b", ("3",)), ("c", ("3",)), ("d", ())
    ]  # fmt: skip
    (note,) = document.notes
    assert (note.author, note.blocks[0].text) == ("Delegation of A", "Ask the capital.")


def test_a_row_put_in_is_put_in_whole() -> None:
    def row(words: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{paragraph(words)}</w:tc><w:tc>{paragraph(words)}</w:tc></w:tr>"

    put_in = f'<w:ins w:id="1" {A}/>'
    document = read_word(word_file(f"<w:tbl>{row('old')}{row('new', put_in)}</w:tbl>"))
    assert [block.cell for block in document.blocks] == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2)]
    assert texts(document.rejected()) == ["old", "old"]
    assert texts(document.accepted()) == ["old", "old", "new", "new"]


def test_what_is_no_paragraph_and_has_words_is_kept_and_said() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret rider</w:t></w:r></w:p>"
    document = read_word(word_file(f"{hidden}<w:altChunk>strange</w:altChunk>"))
    assert texts(document) == ["secret rider", "strange"]
    assert [(r.code, r.kept) for r in document.remarks] == [
        ("docx.unknown", "strange"),
        ("docx.hidden", "secret rider"),
    ]


def test_what_stands_in_a_text_box_stands_after_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice, fallback = f"<w:drawing>{box}</w:drawing>", f"<w:pict>{box}</w:pict>"
    drawn = (
        f"<mc:AlternateContent {mc}><mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert texts(read_word(word_file(f"<w:p><w:r><w:t>before</w:t></w:r><w:r>{drawn}</w:r></w:p>"))) == [
        "before",
        "in the box",
    ]


# --- refused


def code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_word(data)
    (refusal,) = refused.value.refusals
    assert refusal.sentence.endswith(".") and refusal.instead
    return refusal.code


def test_what_is_no_word_file_is_refused() -> None:
    assert code(b"%PDF-1.7") == "document.malformed"
    assert code(archive({"a.txt": "words"})) == "document.malformed"
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == "document.old_format"
    assert code(word_file("<w:p>")) == "document.malformed"
    cut = word_file(paragraph("words" * 1000))
    assert code(cut[: len(cut) // 2]) == "document.malformed"


def test_macros_are_refused() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = relationships(f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/>')
    whole: dict[str, str | bytes] = {
        "_rels/.rels": rels, "word/document.xml": f"<w:document {W}/>", "word/vbaProject.bin": b"x"
    }  # fmt: skip
    assert code(archive(whole)) == "document.macros"


def test_entities_are_refused_wherever_they_are_declared() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = relationships(f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/>')
    for start in (bomb, '<!DOCTYPE w SYSTEM "file:///etc/passwd">', " " * 5000 + bomb):
        files: dict[str, str | bytes] = {
            "_rels/.rels": rels,
            "word/document.xml": f"{start}<w:document {W}/>",
        }
        assert code(archive(files)) == "document.entities"


def test_a_part_that_unpacks_to_more_than_the_ceiling_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word_file(paragraph("0" * 3_000_000))
    assert len(bomb) < 10_000
    monkeypatch.setattr(limits, "LARGEST_TOTAL", 1_000_000)
    assert code(bomb) == "document.size"


def test_ten_thousand_levels_are_refused() -> None:
    assert code(word_file("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000)) == "document.malformed"
