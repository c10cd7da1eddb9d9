"""`detente check`: a text read from a file, what it lacks in words and for programs, and the exit that says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.speaking import say

WHOLE = """Article 1. Definitions
1(1) “Heavy weapon” means any weapon listed in Annex I.

Article 2. Withdrawal
2(1) Each Side shall withdraw its heavy weapons to the places listed in Annex I within 30 days.
2(2) A joint commission shall verify the number of weapons in Annex I by weekly reports within 40 days of signature.

Article 3. Disputes
3(1) In the event of breach either Side can call the joint commission.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    return tmp_path / "text.txt"


def test_a_text_that_lacks_something_is_told_so_and_exits_1(text: Path) -> None:
    text.write_text("Article 1\nHarbour shall report promptly.\n", "utf-8")
    said = say("check", text, "--side", "Harbour")
    assert said.code == 1
    assert "Article 1: " in said.out and "check.vague_time: “promptly” fixes no time." in said.out
    assert "1 provisions, 1 with a duty, 1 of these lack an element." in said.out
    assert "reads words, not intentions" in said.out


def test_programs_get_every_element_with_its_words(text: Path) -> None:
    text.write_text("3(1) Each Side shall prevent attacks within two days.\n", "utf-8")
    (found,) = json.loads(say("check", text, "--json").out)
    assert (found["number"], found["duty"]) == ("3(1)", "refrain")
    assert [e["element"] for e in found["elements"]][:2] == ["actor", "duty"]
    assert {e["presence"] for e in found["elements"]} == {"present", "missing"}
    assert [d["code"] for d in found["doubts"]] == ["check.undefined_term"]


def test_a_text_that_says_it_all_exits_0(text: Path) -> None:
    text.write_text(WHOLE, "utf-8")
    said = say("check", text)
    assert (said.code, said.out.splitlines()[0]) == (
        0,
        "4 provisions, 1 with a duty, 0 of these lack an element.",
    )


def test_of_words_in_brackets_each_text_is_checked(text: Path) -> None:
    text.write_text("3(1) Each Side shall report [promptly]A [within two days]B to both.\n", "utf-8")
    out = say("check", text).out
    assert "Article 3(1), as A would have it: " in out and "“promptly” fixes no time." in out
    found = json.loads(say("check", text, "--json").out)
    assert [(f["in_brackets"], [d["code"] for d in f["doubts"]]) for f in found] == [
        ("A", ["check.vague_time"]), ("B", []),
    ]  # fmt: skip


def test_another_language_is_refused_rather_than_guessed_at(text: Path) -> None:
    text.write_text(WHOLE, "utf-8")
    said = say("check", text, "--language", "ur")
    assert said.code == 1 and "check.language" in said.err
