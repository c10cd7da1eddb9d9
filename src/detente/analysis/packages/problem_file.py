"""A problem as a file: JSON (docs/specs/packages.md), read strictly and written back the same."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Struct

from detente.analysis.packages.domain import Domain, Package, Rule
from detente.analysis.packages.preferences import Preferences
from detente.analysis.packages.problem import Problem
from detente.codec.refusal import Refused, refuse

LARGEST = 16_000_000
"""Bytes. Sixty issues, six parties and ten thousand rules take a tenth of it."""


class ProblemFile(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """standing: the package of the text as it stands, from which improvements are counted; or none."""

    domain: Domain
    parties: tuple[Preferences, ...]
    rules: tuple[Rule, ...] = ()
    standing: Package | None = None


def read_problem(raw: bytes) -> tuple[Problem, Package | None]:
    """The problem, and the text as it stands where the file says.

    Raises `Refused`: `packages.file`, `packages.standing`, or as `Problem.of`.
    """
    if len(raw) > LARGEST:
        raise _unreadable(f"it has more than {LARGEST:,} bytes")
    try:
        plain = json.loads(raw, object_pairs_hook=_without_duplicates)
        file = msgspec.convert(plain, ProblemFile)
    except RecursionError as error:
        raise _unreadable("it is nested too deep") from error
    except msgspec.ValidationError as error:
        raise _unreadable(_in_words(str(error))) from error
    except ValueError as error:  # not JSON, not UTF-8, a number of thousands of digits, a key given twice
        raise _unreadable(str(error)) from error
    problem = Problem.of(file.domain, *file.parties, rules=file.rules)
    check_package(problem, file.standing)
    return problem, file.standing


def write_problem(problem: Problem, standing: Package | None = None) -> bytes:
    """The file, in lines that people can read."""
    file = ProblemFile(problem.domain, problem.parties, problem.rules, standing)
    return msgspec.json.format(msgspec.json.encode(file)) + b"\n"


def check_package(problem: Problem, package: Package | None) -> None:
    """Raises `Refused` with code `packages.standing` where it does not choose one option of every issue."""
    issues = problem.domain.issues
    if package is not None and (
        len(package) != len(issues)
        or not all(0 <= at < len(issue.options) for at, issue in zip(package, issues, strict=True))
    ):
        raise refuse("packages.standing", "The text as it stands does not choose one option of every issue.",
                     instead="Give one place, counted from 0, for each issue; or leave it out.")  # fmt: skip


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("one of its names is given twice in one object")
    return found


def _in_words(fault: str) -> str:
    """
    >>> _in_words("Expected `int`, got `float` - at `$.parties[0].points[1][2]`")
    'at parties[0].points[1][2]: Expected int, got float'
    """
    what, _, where = fault.replace("`", "").partition(" - at $")
    return f"at {where.removeprefix('.')}: {what}" if where else what


def _unreadable(why: str) -> Refused:
    return refuse("packages.file", f"The problem cannot be read: {why}.",
                  instead="See docs/specs/packages.md for what a problem looks like.")  # fmt: skip
