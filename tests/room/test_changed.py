"""A Word file comes back from a capital: its delegate sees what it proposes, and signs it by a click, or all of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import parse_text
from tests.interchange.documents.word_files import replaced
from tests.room.talks import Talks

pytestmark = pytest.mark.browser

DEL = '<w:del w:id="902" w:author="Harbour board" w:date="2025-10-19T02:10:00Z">'
INS = '<w:ins w:id="901" w:author="Harbour board" w:date="2025-10-19T02:10:00Z">'


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as saving:
        page.locator(".steps").get_by_role("link", name="Download the text as Word").click()
    file = folder / saving.value.suggested_filename
    saving.value.save_as(file)
    return file


def edited(file: Path, whole: str, gone: str, come: str) -> None:
    """What Word writes when somebody puts `come` in place of `gone` while changes are tracked."""
    data = file.read_bytes()
    with zipfile.ZipFile(file) as made:
        document = made.read("word/document.xml").decode()
    before, after = whole.split(gone)
    start = document.rindex("<w:r>", 0, document.index(whole))
    properties = document[start + 5 : document.index("<w:t ", start)]
    text = f'<w:r>{properties}<w:t xml:space="preserve">'
    file.write_bytes(replaced(
        data, f"{text}{whole}</w:t></w:r>",
        f"{text}{before}</w:t></w:r>{DEL}<w:r>{properties}<w:delText>{gone}</w:delText></w:r></w:del>"
        f"{INS}{text}{come}</w:t></w:r></w:ins>{text}{after}</w:t></w:r>",
    ))  # fmt: skip


def test_the_changes_of_a_capital_become_alternatives_of_its_delegate(talks: Talks, tmp_path: Path) -> None:
    harbour, name = talks.harbour, talks.text()
    page = harbour.opens(f"text?instrument={name}")
    page.get_by_role("link", name="Bring back a Word file with your changes").click()
    file = downloaded(page, tmp_path)
    assert file.name.endswith(f"-{name}-edition-1-brackets.docx")
    edited(file, "The road stays open.", "open", "open by day")
    edited(file, "A commission meets each month.", "month", "week")
    page.get_by_label("The file that came back").set_input_files(file)
    page.get_by_role("button", name="Show what it proposes").click()
    expect(page.locator(".proposal")).to_have_count(2)
    expect(page.locator(".proposal").first).to_contain_text("Changed by Harbour board, as the file says.")
    page.locator(".proposal").first.get_by_role("button", name="Sign this proposal").click()
    expect(page.locator(".proposal.signed")).to_have_count(1)
    expect(page.locator(".proposal.signed").get_by_role("link", name="In the record: #")).to_be_visible()
    page.get_by_role("button", name="Sign all 2 proposals").click()
    expect(page.locator(".proposal.signed")).to_have_count(2)
    expect(page.locator(".proposal").last.get_by_role("link", name="In the record: #")).to_be_visible()
    shown = talks.town.opens(f"text?instrument={name}").locator("main")
    expect(shown).to_contain_text("The road stays open by day.")
    expect(shown).to_contain_text("A commission meets each week.")
    expect(shown.locator(".alternative")).to_have_count(2)
    assert shown.locator(".alternative").first.inner_text().count("Tabled by Delegation A")


def test_a_mediator_issues_an_edition_from_a_word_file(talks: Talks, tmp_path: Path) -> None:
    mediator, name = talks.mediator, talks.text()
    file = tmp_path / "draft of the capital.docx"
    text = parse_text(
        "Article 1. Purpose\n1(1) The road stays open by day.\n1(2) A commission meets each week."
    )
    file.write_bytes(write_word(document_of(text)))
    page = mediator.opens(f"sign?kind=issue&instrument={name}")
    mediator.types(remark="As sent by the capital.")
    page.get_by_label("Word, PDF, Akoma Ntoso, Markdown or text").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator("#read-file")).to_be_visible()
    read = mediator.sees_before_signing()
    assert "3 provisions were read." in read and "Everything in the file was understood." in read
    assert page.get_by_label("Remark").input_value() == "As sent by the capital."
    mediator.signs()
    expect(mediator.opens(f"text?instrument={name}").locator("main")).to_contain_text("open by day.")
