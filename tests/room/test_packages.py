"""From what two delegations seal in their browsers to a package in the room: reckoned on the mediator's own machine, and
told to nobody else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.cli.acting import Terminal, words_of
from tests.cli.speaking import refused, say
from tests.room.people import Person
from tests.room.serving import PROGRAM, Server
from tests.room.talks import Talks, talks_begun
from tests.room.test_keys import enrols, own_link
from tests.room.test_preferences import answers, chooses, next_step, opens, signs
from tests.room.test_sealing import names_a_recovery_key, on_disk, seals

pytestmark = pytest.mark.browser
RULES = ("Nash", "Kalai", "egalitarian", "utilitarian", "leximin")


@pytest.fixture(scope="module")
def begun(server: Server, browser: Browser) -> Iterator[Talks]:
    """Talks of their own: their chambers are sealed."""
    talks = talks_begun(server, browser)
    yield talks
    talks.end()


def opened_text(talks: Talks) -> str:
    """A text with two alternatives in each of two provisions, and keys for the chambers of both sides."""
    text = talks.text()
    for person, provision, words in (
        (talks.harbour, "1(1)", "The road stays open at night."),
        (talks.town, "1(1)", "The road stays open from six to ten."),
        (talks.harbour, "1(2)", "A commission meets each week."),
        (talks.town, "1(2)", "A commission meets when it is asked to."),
    ):
        person.does("Propose a text for a provision", instrument=text, provision=provision, text=words)
    for person in (talks.mediator, talks.board, talks.council):
        names_a_recovery_key(person)
    for chamber in ("mediators", "mediators-A", "mediators-B"):
        seals(talks.mediator, chamber)
    return text


def states(person: Person, text: str, method: str, *steps: dict[str, tuple[str, ...]]) -> None:
    page = opens(person, text)
    chooses(page, method)
    for step in steps:
        for what, numbers in step.items():
            answers(page, *numbers, what=what)
        next_step(page)
    signs(person)


def terminal_of(talks: Talks, folder: Path) -> Terminal:
    """A key of the mediator's on a machine of its own, to which the browser gives what its chambers say."""
    link = own_link(talks.mediator)
    terminal = Terminal(talks.server.address, folder, talks.mediator.home.rpartition("/")[2])
    enrols(talks.mediator, words_of(terminal.join(link, "--no-wait")))
    assert terminal.join(link).code == 0
    return terminal


@contextmanager
def local_page(terminal: Terminal) -> Iterator[str]:
    """`detente packages --page` as its own program; the address that it says."""
    running = subprocess.Popen(
        [PROGRAM, "packages", terminal.address, "--keys", terminal.folder, "--page"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        found = (re.search(r"http://127\.0\.0\.1:\d+/\S+/", line) for line in running.stdout)
        yield next(one[0] for one in found if one)
    finally:
        running.terminate()
        running.communicate(timeout=20)


def test_from_two_browsers_to_a_package_in_the_room(talks: Talks, tmp_path: Path) -> None:
    text = opened_text(talks)
    states(talks.harbour, text, "rank",
           {"weight": ("1",), "given": ("1", "2", "3")}, {"weight": ("2",), "given": ("1", "2", "3")})  # fmt: skip
    terminal = terminal_of(talks, tmp_path)
    said = refused(say("packages", terminal.address, "--keys", terminal.folder), "packages.parties")
    assert "could not be read" in said and "Nothing that counts is known of what side B wants" in said
    for chamber in ("mediators", "mediators-A", "mediators-B"):
        seals(talks.mediator, chamber)
    states(talks.harbour, text, "points", {"given": ("713", "0", "20")}, {"given": ("287", "0", "20")})
    states(talks.town, text, "swing",
           {"weight": ("25",), "given": ("0", "100", "0")}, {"weight": ("100",), "given": ("0", "100", "0")})  # fmt: skip
    states(talks.town, text, "ranges", {"given": ("0", "30", "0"), "high": ("0", "50", "0")},
           {"given": ("0", "140", "0"), "high": ("10", "180", "0")})  # fmt: skip
    tab = talks.mediator.another_tab()
    with local_page(terminal) as address:
        tab.page.goto(address)
        read = tab.reads()
        assert "A deal exists" in read and "Nothing is better for all" in read and "of 200 draws" in read
        assert "Side A has stated preferences 2 times" in read
        assert "Before you table it" in read
        tab.page.get_by_role("link", name="Read what you would sign, in the room").first.click()
        tab.page.wait_for_url("**/sign?*")
        warned = tab.sees_before_signing()
        assert "shows the others which of these points matter most to you" in warned
        assert not any(rule in warned + tab.page.url for rule in RULES)
        act = tab.signs()
    for person in (talks.town, talks.harbour):
        page = person.opens(f"acts/{act}")
        shown = page.content()
        assert "proposed" in person.reads() and not any(rule in shown for rule in RULES)
        # A hash in groups of four may hold these digits; a weight would stand alone.
        assert not re.search(r"\b(713|287)\b", shown)
    assert b'"given":[713' not in on_disk(talks)
    expect(talks.town.opens("room").locator("main")).not_to_contain_text(re.compile(r"\b287\b"))
