"""What is written in a chamber goes from one browser to another, and the host cannot read it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.room.people import Person
from tests.room.talks import Talks

pytestmark = pytest.mark.browser

SECRET = "Hold out until Thursday, then accept two weeks."


def names_a_recovery_key(person: Person) -> str:
    """Make a recovery key, “print” it, and name it in the record; what stands on the paper."""
    page = person.opens("chambers")
    page.get_by_role("button", name="Make a recovery key").click()
    expect(page.locator(".recovery-key")).to_contain_text("AGE-SECRET-KEY-1 ")
    paper = page.locator(".recovery-key").inner_text()
    page.get_by_label("Type the last four letters").fill(paper.split(" ")[-1].lower())
    page.get_by_role("button", name="It is on paper").click()
    page.wait_for_url("**/sign?*")
    person.signs()
    return paper


def seals(person: Person, chamber: str) -> None:
    section = person.opens("chambers").locator(f'section[data-chamber="{chamber}"]')
    section.get_by_role("button").click()
    person.page.wait_for_url("**/sign?*")
    person.signs()


def on_disk(talks: Talks) -> bytes:
    """Every byte that the host keeps."""
    for found in Path(talks.server.folder).rglob("*.sqlite*"):
        if found.suffix == ".sqlite":
            with sqlite3.connect(found) as opened:
                opened.execute("PRAGMA wal_checkpoint")
    return b"".join(f.read_bytes() for f in Path(talks.server.folder).rglob("*") if f.is_file())


def test_an_instruction_is_written_by_the_board_and_read_by_its_delegate_and_by_nobody_else(
    talks: Talks,
) -> None:
    board, harbour, town = talks.board, talks.harbour, talks.town
    board.begins("Instruct the delegation")
    board.fills(text="This would be readable.")
    expect(board.page.locator("#problems")).to_contain_text("the host could read what you write")
    names_a_recovery_key(board)
    seals(board, "side-A")
    board.begins("Instruct the delegation")
    board.types(text=SECRET)
    with board.page.expect_navigation():
        board.goes_on()
    assert SECRET in board.sees_before_signing()
    watching, outside = harbour.another_tab(), town.another_tab()
    for onlooker in (watching, outside):
        onlooker.opens("timeline").evaluate("window.sameDocument = true")
    act = board.signs()
    # It comes by itself to whoever belongs to the chamber, while the main record stays as it was.
    expect(watching.page.locator("#subject")).to_contain_text(SECRET)
    for onlooker in (watching, outside):
        assert onlooker.page.evaluate("window.sameDocument")
        onlooker.page.close()
    expect(board.page.locator(".opened-content")).to_contain_text(SECRET)
    page = harbour.opens(f"acts/{act}?log=side-A")
    expect(page.locator(".opened-content")).to_contain_text(SECRET)
    assert page.evaluate("() => fetch(location).then((answer) => answer.text())").count(SECRET) == 0
    assert SECRET not in town.opens(f"acts/{act}?log=side-A").content()
    assert SECRET.encode() not in on_disk(talks)
    assert town.complaints("404") == []


def test_the_capital_reads_the_question_on_the_page_on_which_it_answers(talks: Talks) -> None:
    board, harbour, text = talks.board, talks.harbour, talks.text()
    question = "May we accept two weeks, if the bridge stays?"
    harbour.does("Ask the principal", instrument=text, question=question)
    page = board.opens()
    page.get_by_role("link", name="Read and answer").click()
    page.wait_for_url("**/sign?*")
    assert page.evaluate("() => fetch(location).then((answer) => answer.text())").count(question) == 0
    expect(page.locator(".opened-content")).to_contain_text(question)
    expect(page.get_by_label("Words")).to_have_value("")
    board.fills(text="Three weeks at most.")
    expect(page.locator(".opened-content")).to_contain_text(question)
    board.signs()


def test_words_are_committed_to_while_sealed_and_revealed_later(talks: Talks) -> None:
    """The other side sees that something was committed to, and later that these words stood since then."""
    harbour, town = talks.harbour, talks.town
    words = "We can live with the fifth,  \nif the bridge stays."
    note = harbour.does("Write a note", text=words)
    page = harbour.opens(f"acts/{note}?log=side-A")
    page.get_by_role("button", name="Commit to these words").click()
    page.wait_for_url("**/sign?*")
    committed = harbour.signs()
    page = town.opens(f"acts/{committed}")
    expect(page.locator("#subject")).to_contain_text("Not revealed.")
    assert "the fifth" not in page.content() and b"the fifth" not in on_disk(talks)
    page = harbour.opens(f"acts/{note}?log=side-A")
    expect(page.locator("#committing")).to_contain_text("and not revealed")
    page.get_by_role("button", name="Reveal these words").click()
    page.wait_for_url("**/sign?*")
    revealed = harbour.signs()
    page = town.opens(f"acts/{revealed}")
    expect(page.locator("#subject")).to_contain_text("We can live with the fifth")
    expect(page.locator("#subject")).to_contain_text("these words have stood since then")
    assert harbour.complaints() == [] and town.complaints("404") == []


def joins(talks: Talks, id: str, side: str) -> Person:
    """A further delegate, with a browser of their own."""
    person = Person(talks.browser, id)
    person.home = talks.mediator.home
    talks.mediator.does("Admit somebody", person=id, role="delegate", side=side, title=f"Delegate {id}")
    talks.enter(person)
    return person


def test_who_joins_later_is_given_the_key_by_a_member(talks: Talks) -> None:
    late = joins(talks, "A9", "A")
    page = late.opens("timeline")
    expect(page.locator("#subject")).to_contain_text(
        "your key has not been given the chamber’s key of that time"
    )
    seals(talks.harbour, "side-A")  # the button now says: give them the key
    expect(late.opens("timeline").locator("#subject")).to_contain_text(SECRET)
    assert late.complaints() == []
    late.context.close()


def test_with_the_paper_alone_somebody_who_lost_every_key_reads_again(talks: Talks) -> None:
    first = joins(talks, "B9", "B")
    paper = names_a_recovery_key(first)
    seals(first, "side-B")
    first.does("Write a note", text="The bridge is the point.")
    talks.mediator.does("Revoke a key", key="B9")
    first.context.close()
    again = Person(talks.browser, "B9")
    again.home = talks.mediator.home
    talks.enter(again, by=talks.council)  # a mediator gives no key to whoever lost theirs
    section = talks.council.opens("chambers").locator('section[data-chamber="side-B"]')
    expect(section).to_contain_text("Put a new key in use")
    page = again.opens("chambers")
    page.get_by_label("Recovery key", exact=True).fill(paper.lower().replace(" ", "\n"))
    page.get_by_role("button", name="Open the chambers with it").click()
    page.wait_for_url("**/sign?*")
    again.signs()
    expect(again.opens("timeline").locator("#subject")).to_contain_text("The bridge is the point.")
    again.context.close()
