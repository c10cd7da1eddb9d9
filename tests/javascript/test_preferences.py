"""Preferences in the browser: the same points, and the same bytes to be sealed, as Python works out."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from detente.analysis.packages.elicited import read_document
from detente.analysis.packages.scaling import Answer, Method, scaled
from tests.javascript.pages import CHROMIUM, call
from tests.javascript.test_keys import in_a_browser
from vectors.make_preferences_vectors import FILE, METHODS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
VECTORS: list[dict[str, Any]] = json.loads(FILE.read_text())


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_the_vectors_come_out(page: Page, number: int) -> None:
    vector = VECTORS[number]
    expected = {name: value for name, value in vector.items() if name != "given"}
    assert call(page, "preferences", "follows", vector["given"]) == expected


def answered(method: Method) -> st.SearchStrategy[Answer]:
    numbers = st.lists(st.integers(1, 999_999), min_size=1, max_size=5).map(tuple)
    weights = st.integers(1, 999_999) if method in ("swing", "rank") else st.just(0)
    if method != "ranges":
        return st.builds(Answer, numbers, st.just(()), weights)
    return numbers.map(lambda low: Answer(low, tuple(one + at for at, one in enumerate(low))))


@in_a_browser
@given(
    answers=st.sampled_from(METHODS).flatmap(
        lambda m: st.tuples(st.just(m), st.lists(answered(m), max_size=9))
    )
)
def test_points_are_those_of_python(page: Page, answers: tuple[Method, list[Answer]]) -> None:
    method, of_issues = answers
    here = json.loads(msgspec.json.encode(scaled(method, of_issues)))
    there = call(page, "preferences", "pointsOf", method, msgspec.to_builtins(of_issues))
    assert there == {"points": here["points"], **(here["ranges"] or {"low": [], "high": []})}


def test_python_reads_what_the_browser_wrote_and_too_many_conditions_are_refused(page: Page) -> None:
    document = VECTORS[0]["given"]
    found = call(page, "preferences", "text", document)["found"]
    assert read_document(found).reservation == document["reservation"]
    many = {**document, "only_if": [[[0, 0], [1, 0]]] * 2_000}
    (refusal,) = call(page, "preferences", "text", many)["refusals"]
    assert refusal["code"] == "preferences.size"
    assert "no document" in call(page, "preferences", "said", "[1]")


def test_what_a_colleague_wrote_with_harm_in_mind_is_no_document(page: Page) -> None:
    """What is said of it, and what it fills in, names issues and options by their places."""
    document = call(page, "preferences", "text", VECTORS[0]["given"])["found"]
    whole = json.loads(document)
    assert call(page, "preferences", "isRead", whole)
    issue, place = whole["issues"][0], [len(whole["issues"]), 0]
    for harm in (
        {"v": 2}, {"method": '"]'}, {"issues": "none"}, {"issues": [None]}, {"issues": [{**issue, "high": 1}]},
        {"red_lines": None}, {"red_lines": [place]}, {"red_lines": [[0, "length"]]}, {"red_lines": [7]},
        {"only_if": [[[0, 0]]]}, {"only_if": [[[0, 0], place]]}, {"only_if": ["ab"]}, {"fallback": None},
    ):  # fmt: skip
        changed = {**whole, **harm}
        assert not call(page, "preferences", "isRead", changed), harm
        assert "no document" in call(page, "preferences", "said", json.dumps(changed))
    for lacking in ("red_lines", "only_if", "fallback"):
        assert "no document" in call(page, "preferences", "said", json.dumps({**whole, lacking: None}))


def test_what_travels_has_one_size_whatever_is_answered(page: Page) -> None:
    """The sealed file is all that the host, and whoever counts bytes on the way, gets to see of it."""
    issues = [
        {
            "provision": f"art_{n}",
            "options": [f"{n:043d}", "as-it-stands"],
            "given": [1, 2],
            "high": [],
            "weight": 0,
        }
        for n in range(6)
    ]
    shy = {
        "method": "points",
        "issues": issues,
        "red_lines": [],
        "only_if": [],
        "reservation": 0,
        "fallback": [],
    }
    eloquent = {
        **shy,
        "method": "ranges",
        "issues": [{**issue, "given": [1, 99_999], "high": [7, 999_999]} for issue in issues],
        "red_lines": [[n, 0] for n in range(6)],
        "only_if": [[[n, 1], [n + 1, 1]] for n in range(5)],
        "reservation": 619,
    }
    assert call(page, "preferences", "sealedSize", shy) == call(page, "preferences", "sealedSize", eloquent)
