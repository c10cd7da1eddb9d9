"""What a file proposes, from a terminal: printed, and with --sign the acts themselves."""

from __future__ import annotations

from pathlib import Path

from detente.interchange.documents.from_text import Author, redline
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import parse_text
from tests.cli.acting import Terminal
from tests.cli.speaking import say

TEXT = "Article 1. Purpose\n1(1) The road stays open.\n1(2) A commission meets each month."
CHANGED = TEXT.replace("each month", "each week").replace("stays open", "stays open by day")


def test_a_file_is_read_here_and_its_changes_are_signed(
    mediator: Terminal, delegate: Terminal, tmp_path: Path
) -> None:
    mediator.does("admit", "person=B", "role=delegate", "side=B", "title=Office of B")
    mediator.does("open_instrument", "instrument=road", "title=Understanding on a road", "basis=contract",
                  "languages=en authentic")  # fmt: skip
    mediator.does("issue", "instrument=road", f"text={TEXT}")
    file = tmp_path / "back.docx"
    author = Author("Capital of A", "2025-10-19T02:10:00Z")
    file.write_bytes(write_word(redline(parse_text(TEXT), parse_text(CHANGED), author)))
    said = say("changes", delegate.process[:8], file, "--keys", delegate.folder)
    assert said.code == 0, said.err
    assert "Made from edition 1, without brackets." in said.out
    assert "Article 1(2), changed by Capital of A, as the file says" in said.out
    assert "  en: A commission meets each [-month-]{+week+}." in said.out
    signed = say("changes", delegate.process[:8], file, "--sign", "--yes", "--keys", delegate.folder)
    assert signed.code == 0, signed.err
    assert signed.out.count("In the record: act ") == 2
    again = say("changes", delegate.process[:8], file, "--keys", delegate.folder)
    assert "Your side’s words at Article 1(1) stand in brackets already." in again.out


def test_a_mediator_is_told_to_compare(mediator: Terminal, delegate: Terminal, tmp_path: Path) -> None:
    mediator.does("open_instrument", "instrument=road", "title=A road", "basis=contract", "languages=en authentic",
                  "sides=A, B")  # fmt: skip
    mediator.does("issue", "instrument=road", f"text={TEXT}")
    (tmp_path / "back.txt").write_text(TEXT)
    said = say("changes", mediator.process[:8], tmp_path / "back.txt", "--keys", mediator.folder)
    assert said.code == 1 and "document.not_yours" in said.err
