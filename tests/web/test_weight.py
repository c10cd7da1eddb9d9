"""Pages are read over slow lines: none weighs more than 50 kB, with styles and scripts apart."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest

from benchmarks.page_weights import (
    AIM,
    LONG_PAGES,
    PAGES,
    Demonstration,
    demonstration,
    fetched_with,
    packed,
    reader,
    reader_of_a_long_record,
)
from detente.web.static_files import address


@pytest.fixture(scope="module")
def played() -> Demonstration:
    return demonstration()


@pytest.fixture(scope="module")
def read(played: Demonstration) -> Callable[[str], str]:
    return reader(played)


def test_no_page_of_the_demonstration_weighs_more_than_50_kb(
    played: Demonstration, read: Callable[[str], str]
) -> None:
    size = played.depositary.main(played.origin).state().size
    acts = [f"acts/{number}" for number in range(1, size + 1)]
    middle = [f"{page}?at={size // 2}" for page in ("", "text", "timeline")]
    weights = {path: packed(read(path).encode()) for path in (*PAGES, *acts, *middle)}
    assert {path: weight for path, weight in weights.items() if weight > AIM} == {}


def test_no_page_of_a_long_record_weighs_more_either_and_every_minute_is_within_reach() -> None:
    """Two thousand minutes, read from the newest page on by its own links alone."""
    read = reader_of_a_long_record(7_000)
    assert {path: weight for path in LONG_PAGES if (weight := packed(read(path).encode())) > AIM} == {}
    path, reached, heaviest = "sessions", set[str](), 0
    while path:
        html = read(path)
        heaviest = max(heaviest, packed(html.encode()))
        reached |= set(re.findall(r'<li id="minute-(\d+)">', html))
        older = re.search(r'<a class="button" href="[^"]*/(sessions\?before=\d+)">', html)
        path = older[1] if older else ""
    assert heaviest < AIM
    minuted = re.search(r"(\d+) entries in the minutes", read("sessions"))
    assert minuted is not None and len(reached) == int(minuted[1]) > 1_900


def test_what_comes_with_a_page_is_followed_through_its_imports(read: Callable[[str], str]) -> None:
    """So that a first visit is weighed whole."""
    fetched = fetched_with(read("sign?kind=register_statement"))
    for part in ("css/paper.css", "js/room/signing_page.js", "js/room/host.js", "js/codec/refusal.js"):
        assert f"{address()}/{part}" in fetched
    assert not any(re.search(r"/live\.js|/redraw\.js", part) for part in fetched)
    assert f"{address()}/js/room/redraw.js" in fetched_with(read("timeline"))


def test_weight_is_counted_as_sent(read: Callable[[str], str]) -> None:
    html = read("timeline").encode()
    assert packed(html) == len(gzip.compress(html, 9, mtime=0)) < len(html) / 2
