"""`detente compare` and `detente text`: files of any kind, what differs in words, and an exit that says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.interchange.documents.word.reading import read_word
from tests.cli.speaking import say
from tests.interchange.documents.word_files import A, paragraph, word_file

TEXT = "Article 3. Reports\n3(1) Each Side shall report within 30 days.\n3(2) Reports are public.\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_text(TEXT, "utf-8")
    return path


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "new.txt"
    path.write_text(text, "utf-8")
    return path


def test_texts_that_differ_in_layout_only_exit_0(old: Path, tmp_path: Path) -> None:
    word = tmp_path / "same.docx"
    body = "".join(
        map(
            paragraph,
            (
                "Article 3: Reports",
                "1. Each Side shall\u00a0report within 30 days.",
                "2. Reports are public.",
            ),
        )
    )
    word.write_bytes(word_file(body))
    said = say("compare", old, word)
    assert (said.code, said.out.splitlines()[-1]) == (0, "Nothing of substance differs.")


def test_what_differs_is_said_weightiest_first_and_exits_1(old: Path, tmp_path: Path) -> None:
    new = written(tmp_path, TEXT.replace("public.", "published.").replace("shall", "should"))
    said = say("compare", old, new)
    assert said.code == 1
    lines = said.out.splitlines()
    duty = lines.index("Article 3(1): What obliges or permits was changed")
    assert lines[duty + 1] == "  Each Side [-shall-]{+should+} report within 30 days."
    assert duty < lines.index("Article 3(2): Words were changed")


def test_programs_get_every_difference(old: Path, tmp_path: Path) -> None:
    said = say("compare", old, written(tmp_path, TEXT.replace("30", "20")), "--json")
    (found,) = json.loads(said.out)
    assert (found["where"], found["kind"], found["language"]) == ("Article 3(1)", "number", "en")


def test_a_number_alone_is_no_difference_of_substance(old: Path, tmp_path: Path) -> None:
    said = say("compare", old, written(tmp_path, TEXT.replace("3(2)", "3(4)")))
    assert said.code == 0 and "Numbers alone that changed: 1." in said.out


def test_tracked_changes_are_said_and_read_as_accepted(old: Path, tmp_path: Path) -> None:
    word = tmp_path / "tracked.docx"
    put_in = f'<w:ins w:id="1" {A}><w:r><w:t> Or not.</w:t></w:r></w:ins>'
    tracked = f"<w:p><w:r><w:t>2. Reports are public.</w:t></w:r>{put_in}</w:p>"
    word.write_bytes(
        word_file(
            "".join(map(paragraph, ("Article 3: Reports", "1. Each Side shall report within 30 days.")))
            + tracked
        )
    )
    said = say("compare", old, word)
    assert said.code == 1 and "The file holds a tracked change" in said.out and "{+ Or not.+}" in said.out


def test_a_preview_shows_what_was_read_and_what_was_not_understood(tmp_path: Path) -> None:
    word = tmp_path / "text.docx"
    word.write_bytes(
        word_file(paragraph("Article 1: Peace") + paragraph("1. [It holds.") + "<w:altChunk>x</w:altChunk>")
    )
    said = say("text", word)
    assert said.code == 0
    assert said.out.splitlines()[:2] == ["Article 1. Peace", "1(1) [It holds."]
    assert "docx" not in said.out and "2 remarks:" in said.out


def test_a_text_is_written_as_akoma_ntoso_and_read_back_the_same(old: Path, tmp_path: Path) -> None:
    to = tmp_path / "out.xml"
    assert say("text", old, "--to", to).code == 0
    assert say("compare", old, to).code == 0


def test_a_text_is_written_to_word_with_the_changes_since_an_older_one(old: Path, tmp_path: Path) -> None:
    to = tmp_path / "out.docx"
    new = written(tmp_path, TEXT.replace("shall", "should"))
    assert say("text", new, "--to", to, "--since", old, "--author", "Delegation of A").code == 0
    document = read_word(to.read_bytes())
    assert {mark.author for mark in document.marks} == {"Delegation of A"}
    assert say("compare", new, to).code == 0


def test_a_kind_of_file_that_is_not_written_is_refused(old: Path, tmp_path: Path) -> None:
    said = say("text", old, "--to", tmp_path / "out.odt")
    assert said.code == 1 and "text.kind" in said.err and not (tmp_path / "out.odt").exists()
