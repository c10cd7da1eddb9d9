from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.provisions.bracket import (
    DEEPEST,
    MOST_OPTIONS,
    bracketed,
    factor,
    find_brackets,
    not_set_apart,
    set_apart,
    texts_in,
)
from tests.provisions.data import cop21_paragraphs
from tests.provisions.strategies import TEXTS

TEAMS = "The measures taken under Article 3 shall be observed by joint teams of the Sides, with an observer of each."
OFFICERS = (
    "The measures taken under Article 3 shall be observed by liaison officers, each Side on its own side."
)


def test_alternatives_print_as_negotiators_write_them() -> None:
    assert bracketed([("A", TEAMS), ("B", OFFICERS)]) == (
        "The measures taken under Article 3 shall be observed by "
        "[joint teams of the Sides, with an observer of each]A [liaison officers, each Side on its own side]B."
    )
    assert bracketed(
        [("A", "within ten days"), ("B", "within thirty days"), ("M", "within a month of days")]
    ) == ("within [ten]A [thirty]B [a month of]M days")


def test_one_proposal_stands_wholly_in_brackets_and_so_does_the_same_text_twice() -> None:
    assert bracketed([("B", TEAMS)]) == f"[{TEAMS}]B"
    assert bracketed([("A", "Yes."), ("B", "Yes.")]) == "[Yes.]A [Yes.]B"


def test_leaving_words_out_is_printed_as_no_text() -> None:
    assert bracketed([("A", "Seen."), ("B", "")]) == "[Seen.]A [no text]B"
    assert bracketed([("A", "Seen by teams and officers."), ("B", "Seen by teams.")]) == (
        "Seen by teams [and officers]A [no text]B."
    )


def test_words_are_never_cut_in_two() -> None:
    factored = factor(["territory", "territories"])
    assert (factored.prefix, factored.middles, factored.suffix) == ("", ("territory", "territories"), "")


def test_a_pair_of_brackets_is_never_parted() -> None:
    factored = factor(["by [joint teams] weekly", "by [joint officers] weekly"])
    assert factored.prefix == "by "
    assert factored.middles == ("[joint teams]", "[joint officers]")
    assert factored.suffix == " weekly"


@given(st.lists(TEXTS, max_size=4))
def test_factored_alternatives_join_to_what_they_were(alternatives: list[str]) -> None:
    factored = factor(alternatives)
    assert [factored.prefix + middle + factored.suffix for middle in factored.middles] == alternatives
    assert not find_brackets(factored.prefix).problems
    assert not find_brackets(factored.suffix).problems


def test_nested_brackets_have_depths() -> None:
    found = find_brackets("a [b [c]] d")
    assert [(r.kind, r.text, r.depth, r.start) for r in found.runs] == [
        ("text", "a ", 0, 0),
        ("open", "[", 1, 2),
        ("text", "b ", 1, 3),
        ("open", "[", 2, 5),
        ("text", "c", 2, 6),
        ("close", "]", 2, 7),
        ("close", "]", 1, 8),
        ("text", " d", 0, 9),
    ]
    assert found.depth == 2
    assert found.problems == ()


def test_brackets_without_partners_are_told_with_their_place_and_enclose_nothing() -> None:
    found = find_brackets("a] [b [c] d")
    assert [(p.position, p.sentence) for p in found.problems] == [
        (1, "The bracket at character 2 closes and was not opened."),
        (3, "The bracket at character 4 opens and does not close."),
    ]
    assert [(r.text, r.depth) for r in found.runs if r.kind == "text"] == [
        ("a", 0),
        (" ", 0),
        ("b ", 0),
        ("c", 1),
        (" d", 0),
    ]


def test_depth_has_no_limit() -> None:
    assert find_brackets("[" * 50_000 + "]" * 50_000).depth == 50_000


def test_the_letters_of_however_many_sides_are_no_words() -> None:
    alternatives = (("ABCDE", "Seen by joint teams."), ("F", "Seen by liaison officers."))
    assert texts_in(bracketed(alternatives)) == alternatives


@pytest.mark.parametrize(
    "opened", ["[" * 5_000 + "a" + "]" * 5_000, "[a] " * 5_000, "[[a]" * 3_000 + "]" * 3_000]
)
def test_a_line_of_nothing_but_brackets_is_one_text(opened: str) -> None:
    assert texts_in(opened) == (("", opened),)


def test_brackets_as_deep_and_many_as_anybody_writes_are_read() -> None:
    assert texts_in("[" * DEEPEST + "a" + "]" * DEEPEST)[0] == ("", "a")
    many = tuple(("A", f"{number}") for number in range(MOST_OPTIONS))
    assert texts_in(bracketed(many)) == many


@given(st.text(alphabet="AaB[] \u200f30ا", max_size=30), st.sampled_from(["", "]", "x]", "x"]))
def test_letters_are_set_apart_from_what_follows_and_put_back(words: str, before: str) -> None:
    assert not_set_apart(set_apart(words, before), before) == words


def test_letters_behind_a_bracket_are_marked_and_no_others() -> None:
    assert set_apart("[30]A [20]BC UNAMA [x]And A") == "[30]A\u200f [20]BC\u200f UNAMA [x]And A"
    assert set_apart("A دن", "[x]") == "A\u200f دن"


@given(st.text(alphabet="ab []", max_size=40))
def test_runs_join_to_the_text_and_pairs_balance(text: str) -> None:
    found = find_brackets(text)
    assert "".join(r.text for r in found.runs) == text
    assert all(text[r.start : r.start + len(r.text)] == r.text for r in found.runs)
    paired = "".join(r.text for r in found.runs if r.kind in ("open", "close"))
    while "[]" in paired:
        paired = paired.replace("[]", "")
    assert paired == ""
    assert sum(r.kind == "stray" for r in found.runs) == len(found.problems)


@pytest.mark.parametrize("name", ["23-oct-2015.md", "9-dec-2015.md", "12-dec-2015.md"])
def test_a_real_negotiating_text_is_read_whole_and_its_faults_are_told(name: str) -> None:
    text = "\n".join(cop21_paragraphs(name))
    found = find_brackets(text)
    assert "".join(r.text for r in found.runs) == text
    opened, closed = text.count("["), text.count("]")
    assert len(found.problems) >= abs(opened - closed)
    if name == "23-oct-2015.md":
        assert found.depth >= 7
        assert found.problems
