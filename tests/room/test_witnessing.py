"""A participant's browser witnesses the record: it signs what it sees grow, whatever tab is open, until it is stopped;
shown another history it signs nothing, and offers what proves it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect

from detente.depositary.keeper import mark_time
from detente.depositary.opening import open_data
from detente.proofs.misconduct import check_evidence, read_evidence
from tests.javascript.pages import CHROMIUM, FLAGS
from tests.room.people import Person
from tests.room.serving import Server
from tests.room.talks import OUTAGE, Talks

pytestmark = pytest.mark.browser


def begins_to_witness(person: Person) -> int:
    """From the page of the record to the act that names this browser."""
    page = person.opens("record")
    page.get_by_role("button", name="Witness this record").click()
    page.wait_for_url("**/sign?*")
    assert "It does not count towards marks of time." in person.sees_before_signing()
    return person.signs()


def witnesses(person: Person, number: int) -> None:
    """The page of the record says that this browser has witnessed it up to an act."""
    said = person.page.locator("#witness-state")
    expect(said).to_contain_text(f"Witnessed by you in this browser, up to act {number}, at ")
    expect(said).not_to_contain_text("has not taken")


def cosigners(person: Person) -> list[dict[str, Any]]:
    """Those that were named later, as a program is told."""
    found = person.context.request.get(f"{person.home}/log/cosigners").json()["cosigners"]
    return [one for one in found if not one["marks_time"]]


def grows(talks: Talks) -> int:
    return talks.mediator.does("Register a public statement", claims="other")


def test_a_browser_witnesses_what_it_sees_grow_until_it_is_stopped(seated: Callable[..., Talks]) -> None:
    talks = seated()
    harbour, town = talks.harbour, talks.town
    named = begins_to_witness(harbour)
    harbour.opens("record")
    witnesses(harbour, named)
    expect(harbour.page.locator("tr:has(.this-browser:not([hidden]))")).to_contain_text("Up to date")
    number = grows(talks)  # while the page is open
    witnesses(harbour, number)
    harbour.opens("room")  # any page of the talks will do
    number = grows(talks)
    expect(harbour.page.locator(".top .size")).to_contain_text(f"{number} acts")
    while any(one["behind"] for one in cosigners(town)):  # it signs when it has heard of the act
        harbour.page.wait_for_timeout(200)
    town.opens("record")
    line = town.page.locator("tr[data-vkey]")
    expect(line).to_contain_text("Up to date")
    expect(line).to_contain_text(f"{number} of {number}")
    expect(line.get_by_role("link", name="Drop it")).to_have_count(0)  # it is not theirs
    expect(town.page.get_by_role("button", name="Witness this record")).to_be_visible()
    (seen,) = cosigners(town)
    assert (seen["size"], seen["behind"]) == (number, 0) and seen["name"].startswith("A.browser-")
    harbour.opens("record")
    harbour.page.get_by_role("button", name="Stop witnessing here").click()
    harbour.page.wait_for_url("**/sign?*")
    ended = harbour.signs()
    grows(talks)
    harbour.opens("record")
    expect(harbour.page.locator("tr[data-vkey]")).to_contain_text(f"Dropped by act #{ended}")
    expect(harbour.page.get_by_role("button", name="Witness this record")).to_be_visible()
    assert cosigners(town) == []


def test_a_key_that_was_made_and_not_named_yet_is_named_later(seated: Callable[..., Talks]) -> None:
    talks = seated()
    harbour = talks.harbour
    page = harbour.opens("record")
    page.get_by_role("button", name="Witness this record").click()
    page.wait_for_url("**/sign?*")
    written = page.locator('[name="vkey"]').input_value()
    harbour.opens("record")  # turned back without signing
    expect(page.locator("#witness-state")).to_contain_text("It begins once you have signed")
    begins_to_witness(harbour)
    assert [one["key"] for one in cosigners(harbour)] == [written]


def test_when_a_mediator_drops_it_the_browser_says_so_and_begins_anew(seated: Callable[..., Talks]) -> None:
    talks = seated()
    harbour, mediator = talks.harbour, talks.mediator
    begins_to_witness(harbour)
    (before,) = cosigners(harbour)
    mediator.opens("record").get_by_role("link", name="Drop it").click()
    mediator.page.wait_for_url("**/sign?*")
    mediator.fills(reason="The machine was left at the hotel.")
    mediator.signs()
    harbour.opens("record")
    expect(harbour.page.locator("#witness-state")).to_contain_text("The record names this browser no more.")
    begins_to_witness(harbour)
    (after,) = cosigners(harbour)
    assert after["key"] != before["key"]
    harbour.complaints("403")  # the host took the line no more


def test_two_tabs_make_one_history(seated: Callable[..., Talks]) -> None:
    talks = seated()
    harbour = talks.harbour
    begins_to_witness(harbour)
    tabs = [harbour, *(harbour.another_tab() for _ in range(2))]
    for tab in tabs:
        tab.opens("record")
    for _ in range(3):
        number = grows(talks)
    for tab in tabs:
        tab.page.bring_to_front()
        witnesses(tab, number)
    (seen,) = cosigners(harbour)
    assert seen["size"] == number
    harbour.opens("outbox")
    expect(harbour.page.locator("#contradictions li")).to_have_count(0)


@contextmanager
def opened_again(playwright: Playwright, profile: Path, person: Person) -> Iterator[Person]:
    """A browser of a person's that keeps what it has when it is closed."""
    context = playwright.chromium.launch_persistent_context(profile, executable_path=CHROMIUM, args=FLAGS)
    other = copy(person)
    other.context, other.page = context, context.pages[0]
    try:
        yield other
    finally:
        context.close()


def test_it_goes_on_after_the_browser_was_closed(
    server: Server, browser: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    talks, profile = Talks(server, browser), tmp_path / "profile"
    talks.convene()
    talks.admit()
    with opened_again(playwright, profile, talks.harbour) as harbour:
        talks.enter(harbour)
        number = begins_to_witness(harbour)
        harbour.opens("record")
        witnesses(harbour, number)
        (before,) = cosigners(harbour)
    grows(talks)
    number = grows(talks)
    with opened_again(playwright, profile, talks.harbour) as harbour:
        harbour.opens("record")
        witnesses(harbour, number)
        (after,) = cosigners(harbour)
    assert (after["key"], after["size"]) == (before["key"], number) and before["size"] < number
    talks.end()


def test_of_another_history_it_signs_nothing_and_offers_the_evidence(
    own_server: Server, browser: Browser, tmp_path: Path
) -> None:
    """The host is put back to an earlier state and goes on from there: its keeper signs acts of its own."""
    talks = Talks(own_server, browser)
    mediator = talks.mediator
    talks.convene()
    begins_to_witness(mediator)
    own_server.stop()
    backup = shutil.copytree(tmp_path / "record", tmp_path / "backup")
    own_server.start()
    number = mediator.does("Admit somebody", person="B", role="delegate", side="B", title="Town, head")
    mediator.opens("record")
    witnesses(mediator, number)
    own_server.stop()
    shutil.rmtree(tmp_path / "record")
    backup.rename(tmp_path / "record")
    depositary = open_data(tmp_path / "record")
    (origin,) = depositary.processes()
    for _ in range(2):
        head = depositary.store.head(origin)
        assert head is not None
        mark_time(depositary, origin, head.checkpoint, int(time.time()))
    depositary.close()
    own_server.start()
    mediator.opens("record")
    alarm = mediator.page.locator("[data-is=other-history]")
    expect(alarm).to_contain_text("another history than the one that this browser has witnessed")
    expect(mediator.page.locator("#witness-state")).to_contain_text(f"up to act {number}, at ")
    (seen,) = cosigners(mediator)
    assert seen["size"] < number  # nothing of the other history carries its line
    alarm.get_by_role("link", name="See both").click()
    link = mediator.page.locator("#contradictions [data-file=evidence]").first
    expect(link).to_be_visible()
    with mediator.page.expect_download() as downloading:
        link.click()
    file = tmp_path / "evidence.detente"
    downloading.value.save_as(file)
    with file.open("rb") as evidence:
        assert check_evidence(read_evidence(evidence)).sizes == (number, number + 1)
    mediator.complaints(*OUTAGE)
    talks.end()
