"""Each rule of choice by HiGHS picks what trying every package picks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

import pytest

from detente.analysis.packages import (
    EXACT,
    Domain,
    Issue,
    Outcome,
    Preferences,
    Problem,
    Solution,
    egalitarian,
    kalai_smorodinsky,
    leximin,
    nash,
    shares,
    utilitarian,
)
from detente.analysis.packages.model import Found, Model
from tests.analysis.packages.every_package import acceptable, drawn, large

SEEDS = range(150)
Rank = Callable[[Problem, list[Outcome]], Callable[[Outcome], object]]


def gains(problem: Problem, outcome: Outcome) -> list[int]:
    return [has - least for has, least in zip(outcome.points, problem.disagreement, strict=True)]


def by_total(problem: Problem, among: list[Outcome]) -> Callable[[Outcome], object]:
    return lambda of: sum(of.points)


def by_least(problem: Problem, among: list[Outcome]) -> Callable[[Outcome], object]:
    return lambda of: (min(gains(problem, of)), sum(of.points))


def from_the_least_up(problem: Problem, among: list[Outcome]) -> Callable[[Outcome], object]:
    return lambda of: sorted(gains(problem, of))


def by_share(problem: Problem, among: list[Outcome]) -> Callable[[Outcome], tuple[Fraction, int]]:
    ideal = [max(column) for column in zip(*(gains(problem, of) for of in among), strict=True)]

    def rank(of: Outcome) -> tuple[Fraction, int]:
        shares = [
            Fraction(has, most) for has, most in zip(gains(problem, of), ideal, strict=True) if most > 0
        ]
        return min(shares, default=Fraction(1)), sum(of.points)

    return rank


def by_product(problem: Problem, among: list[Outcome]) -> Callable[[Outcome], object]:
    def rank(of: Outcome) -> object:
        gained = [gain for gain in gains(problem, of) if gain > 0]
        return len(gained), prod(gained)

    return rank


RULES = [
    (utilitarian, by_total),
    (egalitarian, by_least),
    (leximin, from_the_least_up),
    (kalai_smorodinsky, by_share),
    (nash, by_product),
]


@pytest.mark.parametrize(("rule", "rank"), RULES)
def test_a_rule_picks_what_trying_every_package_picks(
    rule: Callable[[Problem], Solution], rank: Rank
) -> None:
    chosen = 0
    for seed in SEEDS:
        problem = drawn(seed)
        among, solution = acceptable(problem), rule(problem)
        if not among:
            assert solution == Solution(solution.name, (), 0, EXACT), seed
            continue
        worth = rank(problem, among)
        (outcome,) = solution.outcomes
        assert outcome in among, seed
        assert worth(outcome) == max(map(worth, among)), seed  # type: ignore[type-var]
        assert solution.certainty.kind in ("exact", "within") and 0 <= solution.certainty.gap < 1e-9
        assert solution.certainty == EXACT or rule is nash
        chosen += 1
    assert chosen > len(SEEDS) // 3, "the draw should not be of hopeless problems only"


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES])
def test_time_that_runs_out_proves_nothing(rule: Callable[..., Solution]) -> None:
    solution = rule(large(), seconds=0)
    assert solution.certainty.kind == "unfinished" and solution.certainty.why and solution.ties is None


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES])
def test_what_was_found_in_little_time_is_acceptable_and_says_how_sure_it_is(
    rule: Callable[..., Solution],
) -> None:
    problem = large(2)
    solution = rule(problem, seconds=0.5)
    assert all(problem.acceptable(outcome) for outcome in solution.outcomes)
    assert solution.outcomes or solution.certainty.kind == "unfinished"
    assert 0 <= solution.certainty.gap <= 1


def test_points_of_a_million_are_reckoned_to_the_last_one() -> None:
    """Where floating point would blur a difference of one point among tens of millions."""
    domain = Domain(tuple(Issue(f"{at}", ("a", "b")) for at in range(30)))
    a = Preferences("A", tuple((1_000_000, 999_999) for _ in range(30)))
    b = Preferences("B", tuple((999_999, 1_000_000) for _ in range(30)))
    problem = Problem.of(domain, a, b)
    assert sum(utilitarian(problem).outcomes[0].points) == 30 * 1_999_999
    assert egalitarian(problem).outcomes[0].points == (29_999_985, 29_999_985)
    assert kalai_smorodinsky(problem).outcomes[0].points == (29_999_985, 29_999_985)
    assert nash(problem).certainty.kind == "within", "products too near to each other to be told apart"


@pytest.mark.parametrize("rungs", [1_000, 5])
def test_a_share_is_proved_on_its_ladder_or_within_what_it_says(
    rungs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small problems are settled before a ladder is needed; a first run that stops early leaves it to the ladder."""
    monkeypatch.setattr(shares, "NARROW", 1.0)
    monkeypatch.setattr(shares, "RUNGS", rungs)
    exact = 0
    for seed in SEEDS:
        problem = drawn(seed)
        among, solution = acceptable(problem), kalai_smorodinsky(problem)
        if not among:
            continue
        rank = by_share(problem, among)
        ((reached, total), (best, most)) = rank(solution.outcomes[0]), max(map(rank, among))
        assert reached >= best * (1 - solution.certainty.gap) - 1e-12, seed
        exact += solution.certainty == EXACT
        assert solution.certainty != EXACT or (reached, total) == (best, most), seed
    assert exact > len(SEEDS) // 4


@pytest.mark.parametrize(("rule", "reached"), [(utilitarian, 100), (egalitarian, 50)])
def test_a_run_that_was_stopped_is_within_its_bound(
    rule: Callable[[Problem], Solution], reached: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reached is what the rule makes largest; the run says that it could be 25 more."""
    domain = Domain((Issue("1", ("a", "b")),))
    problem = Problem.of(domain, Preferences("A", ((50, 0),)), Preferences("B", ((50, 0),)))
    outcome = problem.outcome((0,))
    monkeypatch.setattr(Model, "largest", lambda *_, **__: Found("stopped", outcome, reached + 25))
    solution = rule(problem)
    assert solution.outcomes == (outcome,) and solution.certainty.kind == "within" and solution.certainty.why
    assert solution.certainty.gap == pytest.approx(25 / (reached + 25))


def test_the_same_problem_gives_the_same_package() -> None:
    for seed in range(10):
        assert [rule(drawn(seed)) for rule, _ in RULES] == [rule(drawn(seed)) for rule, _ in RULES]


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """What a command prints may be read by another program."""
    utilitarian(drawn(1))
    assert capfd.readouterr() == ("", "")
