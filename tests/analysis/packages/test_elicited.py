"""Answers to points, and the document that holds both (docs/specs/preferences.md): read strictly, of a size that says
nothing."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from detente.analysis.packages import Choice, Document, Never, OnlyIf, Problem, StatedIssue
from detente.analysis.packages.elicited import document_text, domain_of, preferences_of, read_document
from detente.analysis.packages.scaling import Answer, Method, apportioned, scaled
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused
from detente.state.packages import STANDS
from vectors.make_preferences_vectors import FILE, METHODS, encoded, leaf

SPEC = Path(__file__).parents[3] / "docs" / "specs" / "preferences.md"


def document(**changed: Any) -> Document:
    issues = (
        StatedIssue(provision="art_1", options=(leaf(1), leaf(2)), given=(60, 0), points=(0, 0)),
        StatedIssue(provision="art_5", options=(leaf(3), STANDS), given=(10, 40), points=(0, 0)),
    )
    return replace(Document(v=1, method="points", issues=issues), **changed)


def text_with(**members: Any) -> str:
    """A document in which somebody else's program wrote these members."""
    whole = {**json.loads(document_text(document())), **members, "pad": ""}
    lacking = 4_096 - len(encode_canonical(encode_canonical(whole).decode()))
    return encode_canonical({**whole, "pad": "." * lacking}).decode()


def codes(text: str) -> set[str]:
    with pytest.raises(Refused) as refused:
        read_document(text)
    return {refusal.code for refusal in refused.value.refusals}


# --- points


def test_vectors_are_what_the_program_writes() -> None:
    assert FILE.read_bytes() == encoded()


@pytest.mark.parametrize("method", METHODS)
def test_the_best_options_add_up_to_the_budget_and_no_two_options_change_places(method: Method) -> None:
    drawn = Random(method)
    for _ in range(300):
        answers = [_answer(drawn, method) for _ in range(drawn.randrange(1, 9))]
        points = scaled(method, answers).points
        assert sum(map(max, points)) in (0, 1_000)
        for answer, of in zip(answers, points, strict=True):
            worth = [low + (answer.high[n] if answer.high else 0) for n, low in enumerate(answer.given)]
            order = [-one for one in worth] if method == "rank" else worth
            assert all(of[a] <= of[b] for a in range(len(of)) for b in range(len(of)) if order[a] <= order[b])


def _answer(drawn: Random, method: Method) -> Answer:
    given = tuple(drawn.randrange(1, 99) for _ in range(drawn.randrange(1, 5)))
    high = tuple(one + drawn.randrange(30) for one in given) if method == "ranges" else ()
    return Answer(given, high, drawn.randrange(1, 9) if method in ("swing", "rank") else 0)


def test_points_lie_within_the_ranges_that_were_given() -> None:
    drawn = Random(3)
    for _ in range(300):
        found = scaled("ranges", [_answer(drawn, "ranges") for _ in range(drawn.randrange(1, 9))])
        assert found.ranges is not None
        for low, likely, high in zip(found.ranges.low, found.points, found.ranges.high, strict=True):
            assert all(a <= b <= c for a, b, c in zip(low, likely, high, strict=True))


def test_ranks_are_weighed_by_their_centroids() -> None:
    """Barron and Barrett 1996, table 1: of three, 0.6111, 0.2778, 0.1111."""
    points = scaled("rank", [Answer((1, 2), weight=rank) for rank in (1, 2, 3)]).points
    assert [max(of) for of in points] == [611, 278, 111]
    ties = scaled("rank", [Answer((1, 2), weight=rank) for rank in (1, 2, 2)]).points
    assert [max(of) for of in ties] == [611, 195, 194]


def test_swings_are_from_the_worst_option_to_the_best() -> None:
    points = scaled(
        "swing", [Answer((20, 70, 120), weight=100), Answer((5, 5), weight=50), Answer((0, 1), weight=25)]
    )
    assert points.points == ((0, 400, 800), (0, 0), (0, 200))  # who is indifferent has no swing there


def test_what_is_left_over_goes_to_the_largest_remainders() -> None:
    weights = (7, 7, 7, 1)
    assert apportioned(weights) == (318, 318, 318, 46)
    assert all(
        abs(got - Fraction(1_000 * w, 22)) < 1 for got, w in zip(apportioned(weights), weights, strict=True)
    )
    assert apportioned((0, 0)) == (0, 0)


# --- the document


def test_it_says_what_was_given() -> None:
    given = document(red_lines=((0, 1),), only_if=(((1, 0), (0, 0)),), reservation=250)
    read = read_document(document_text(given))
    preferences = preferences_of(read, "A", estimate=True)
    assert preferences.points == ((600, 0), (100, 400))
    assert preferences.rules == (Never((Choice(0, 1),)), OnlyIf(Choice(1, 0), Choice(0, 0)))
    assert (preferences.party, preferences.disagreement, preferences.estimate) == ("A", 250, True)
    Problem.of(domain_of(read), preferences, preferences_of(read, "B"))
    packaged = read_document(document_text(document(fallback=(0, 1))))
    assert preferences_of(packaged, "A").disagreement == 1_000


def test_its_size_follows_from_what_everybody_knows() -> None:
    """Whatever is answered, by whichever method, and with whichever conditions: the same bytes as a JSON string."""
    drawn, sizes = Random(1), set()
    for method in METHODS:
        for _ in range(40):
            issues = tuple(
                StatedIssue(
                    provision=f"art_{n}", options=tuple(leaf(10 * n + m) for m in range(3)), points=(0, 0, 0),
                    given=tuple(drawn.randrange(1, 10 ** drawn.randrange(1, 7)) for _ in range(3)),
                    high=(10**6,) * 3 if method == "ranges" else (),
                    weight=1 + drawn.randrange(12) if method in ("swing", "rank") else 0,
                )
                for n in range(12)
            )  # fmt: skip
            rules = tuple(((n, 0), (n + 1, drawn.randrange(3))) for n in range(drawn.randrange(11)))
            reservation = drawn.randrange(999)
            given = Document(v=1, method=method, issues=issues, only_if=rules, reservation=reservation)
            sizes.add(len(encode_canonical(document_text(given))))
    assert len(sizes) == 1
    assert sizes.pop() % 4_096 == 0


def test_a_document_with_too_many_conditions_is_refused() -> None:
    many = tuple(((0, n % 2), (1, n)) for n in range(2_000))
    with pytest.raises(Refused) as refused:
        document_text(document(only_if=many))
    assert "preferences.size" in {refusal.code for refusal in refused.value.refusals}


def test_it_is_read_strictly_with_every_fault_at_once() -> None:
    text = document_text(document(reservation=250))
    assert codes("") == codes("[]") == codes("{}") == codes("[" * 5_000) == {"preferences.malformed"}
    assert (
        codes(text.replace("250", "250.0"))
        == codes(text.replace('"v":1', '"v":2'))
        == {"preferences.malformed"}
    )
    assert codes(text[:-1] + ',"v":1}') == {"preferences.malformed"}
    assert codes(text + " ") == codes(text.replace("..", ".", 1)) == {"preferences.size"}
    assert codes(text.replace("...", "abc", 1)) == {"preferences.size"}
    assert codes(text.replace("600", "601")) == {"preferences.points"}
    first, second = json.loads(text)["issues"]
    assert codes(text_with(issues=[])) == {"preferences.given"}
    assert codes(text_with(issues=[first, first])) == {"preferences.given"}
    assert codes(text_with(issues=[{**first, "given": [60]}, second])) == {"preferences.given"}
    assert codes(text_with(issues=[{**first, "weight": 3}, second])) == {"preferences.given"}
    assert codes(text_with(method="rank")) == codes(text_with(method="ranges")) == {"preferences.given"}
    assert codes(text_with(only_if=[[[0, 0], [0, 1]]], red_lines=[[7, 0]], fallback=[0])) == {
        "preferences.condition", "preferences.reservation"
    }  # fmt: skip
    assert codes(text_with(red_lines=[[0, 0], [0, 0]])) == {"preferences.condition"}
    assert codes(text_with(fallback=[0, 0], reservation=3)) == {"preferences.reservation"}


def test_no_fault_repeats_a_value() -> None:
    text = document_text(document(reservation=250)).replace("600", "617")
    with pytest.raises(Refused) as refused:
        read_document(text)
    assert "617" not in str(refused.value)
    with pytest.raises(Refused) as refused:
        read_document(text.replace('"given":[60,0]', '"given":[60,"drei"]'))
    assert "drei" not in str(refused.value)


def test_the_example_of_the_specification_is_one() -> None:
    example = SPEC.read_text().split("```preferences\n")[1].split("```")[0]
    given = msgspec.json.decode(example, type=Document)
    assert read_document(document_text(given)).issues == given.issues
