"""A problem as a file: the example of docs/specs/packages.md, and what is refused in plain words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.analysis.packages import Never, OnlyIf, Problem
from detente.analysis.packages.answer_json import write_answer
from detente.analysis.packages.answering import answer
from detente.analysis.packages.problem_file import LARGEST, read_problem, write_problem
from detente.codec.refusal import Refused

SPEC = Path(__file__).parents[3] / "docs" / "specs" / "packages.md"
EXAMPLE = SPEC.read_text("utf-8").partition("```json\n")[2].partition("```")[0].encode()


def changed(**members: Any) -> bytes:
    return json.dumps({**json.loads(EXAMPLE), **members}).encode()


def test_the_example_is_read_and_written_back_the_same() -> None:
    problem, standing = read_problem(EXAMPLE)
    first, second = problem.parties
    assert [type(rule) for rule in problem.all_rules] == [Never, OnlyIf]
    assert (first.reservation, second.reservation, second.disagreement) == (450, (1, 2, 0), 400)
    assert standing == (1, 0, 1)
    assert read_problem(write_problem(problem, standing)) == (problem, standing)


def test_the_example_has_the_answer_that_is_told_of_it() -> None:
    problem, standing = read_problem(EXAMPLE)
    found = json.loads(write_answer(answer(problem, standing)))
    told = "For the example: 3 of the 12 packages can be signed by both."
    assert told in SPEC.read_text("utf-8")
    assert (found["acceptable"], found["size"]["packages"]) == (3, 12)
    assert {one["name"] for one in found["solutions"]} == {
        "nash", "kalai_smorodinsky", "egalitarian", "leximin", "utilitarian"
    }  # fmt: skip
    table = SPEC.read_text("utf-8").partition("The **answer**")[2]
    assert all(f"`{member}`" in table for member in found)


def test_fractions_are_written_as_fractions() -> None:
    plain = [{**party, "rules": []} for party in json.loads(EXAMPLE)["parties"]]
    problem, _ = read_problem(changed(parties=plain))
    division = json.loads(write_answer(answer(problem)))["division"]
    assert isinstance(division["points"], str | int) and division["awards"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "Expecting value"),
        (b"{", "Expecting property name"),
        (b"\xff", "codec"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"domain": 1, "domain": 2}', "given twice"),
        (b" " * (LARGEST + 1), "bytes"),
        (EXAMPLE.replace(b"450", b"450.5"), "Expected int"),
        (EXAMPLE.replace(b"450", b"9" * 5000), "digits"),
        (EXAMPLE.replace(b'"standing"', b'"standin"'), "unknown field standin"),
        (EXAMPLE.replace(b'"reservation"', b'"reserved"', 1), "unknown field reserved"),
        (EXAMPLE.replace(b'"only_if"', b'"unless"'), "at parties[1].rules[0].type"),
    ],
)
def test_what_is_no_problem_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_problem(raw)
    (refusal,) = refused.value.refusals
    assert refusal.code == "packages.file" and words in refusal.sentence and refusal.instead


@pytest.mark.parametrize("standing", [[0, 0], [0, 3, 0], [0, -1, 0]])
def test_a_text_as_it_stands_that_is_no_package_is_refused(standing: list[int]) -> None:
    with pytest.raises(Refused) as refused:
        read_problem(changed(standing=standing))
    assert [r.code for r in refused.value.refusals] == ["packages.standing"]


def test_faults_of_the_problem_are_told_all_at_once() -> None:
    with pytest.raises(Refused) as refused:
        read_problem(changed(parties=[{"party": "A", "points": [[1, 2]], "reservation": 10**12}]))
    assert {r.code for r in refused.value.refusals} == {
        "packages.parties", "packages.points", "packages.reservation"
    }  # fmt: skip


def test_names_may_be_anything() -> None:
    issues = [{"name": "<b>&\u202e", "options": ["‏", "", "💧"]}]
    parties = [{"party": name, "points": [[0, 1, 2]]} for name in ("A", "B")]
    problem, _ = read_problem(json.dumps({"domain": {"issues": issues}, "parties": parties}).encode())
    assert isinstance(problem, Problem)
