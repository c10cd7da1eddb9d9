"""The frontier is what listing every package finds, and its counts are those of the list."""

import tracemalloc
from random import Random

import pytest

from detente.analysis.packages import (
    Choice,
    Domain,
    Issue,
    Never,
    OnlyIf,
    Preferences,
    Problem,
    estimate,
    frontier,
    sampled,
    totals,
)
from detente.codec.refusal import Refused
from tests.analysis.packages.drawn import allowed, drawn, listed


def is_what_listing_finds(problem: Problem) -> None:
    found = frontier(problem)
    assert found.certainty.kind == "exact"
    assert found.packages is not None
    points = [outcome.points for outcome in found.outcomes]
    assert dict(zip(points, found.packages, strict=True)) == listed(problem)
    assert points == sorted(points, reverse=True), "best for the first party first"
    for outcome in found.outcomes:
        assert problem.outcome(outcome.package) == outcome
        assert problem.allows(outcome.package)


@pytest.mark.parametrize("parties", [2, 3])
@pytest.mark.parametrize("bound", [False, True])
def test_frontiers_of_500_random_domains_are_those_of_brute_force(parties: int, bound: bool) -> None:
    for seed in range(125):
        is_what_listing_finds(drawn(seed, parties, bound=bound))


@pytest.mark.parametrize("parties", [2, 3])
def test_totals_too_many_for_a_table_are_found_all_the_same(
    parties: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totals, "TABLE", 0)
    for seed in range(40):
        is_what_listing_finds(drawn(seed, parties, bound=seed % 2 == 1, packages=500))


def test_candidates_looked_at_a_few_at_a_time_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totals, "TOGETHER", 3)
    for seed in range(30):
        is_what_listing_finds(drawn(seed, 2 + seed % 2, bound=True, packages=500))


def test_four_parties_with_few_points_have_a_whole_frontier() -> None:
    for seed in range(12):
        if estimate(problem := drawn(seed, 4, bound=True, packages=300)).feasible:
            is_what_listing_finds(problem)


def test_of_packages_of_the_same_points_the_first_in_order_is_shown() -> None:
    for seed in range(40):
        problem = drawn(seed, 2 + seed % 2, bound=False)
        first = {outcome.points: outcome.package for outcome in reversed(allowed(problem))}
        assert all(first[outcome.points] == outcome.package for outcome in frontier(problem).outcomes)


def test_packages_are_counted_beyond_64_bits() -> None:
    domain = Domain(tuple(Issue(str(n), tuple("abcdefghijkl")) for n in range(60)))
    nothing = tuple((0,) * 12 for _ in range(60))
    found = frontier(Problem.of(domain, Preferences("A", nothing), Preferences("B", nothing)))
    assert [(outcome.points, outcome.package) for outcome in found.outcomes] == [((0, 0), (0,) * 60)]
    assert found.packages == (12**60,)


def test_rules_that_contradict_each_other_leave_an_empty_frontier() -> None:
    domain = Domain((Issue("1", ("yes", "no")), Issue("2", ("yes", "no"))))
    a, b = (Preferences(name, ((1, 0), (0, 1))) for name in "AB")
    contradiction = (Never((Choice(0, 0),)), OnlyIf(Choice(0, 1), Choice(1, 0)), Never((Choice(1, 0),)))
    for parties in ((a, b), (a, b, Preferences("C", a.points))):
        found = frontier(Problem.of(domain, *parties, rules=contradiction))
        assert (found.outcomes, found.packages) == ((), ())
        assert found.certainty.kind == "exact"
    assert sampled(Problem.of(domain, a, b, rules=contradiction)).outcomes == ()


def test_fewer_than_there_are_say_so_and_have_each_partys_best() -> None:
    problem = next(p for seed in range(99) if len(listed(p := drawn(seed, 3, bound=False))) > 40)
    few, whole = frontier(problem, most=9), frontier(problem)
    assert len(few.outcomes) == 9
    assert few.certainty.kind == "sampled"
    counted = dict(zip(whole.outcomes, whole.packages or (), strict=True))
    assert few.packages == tuple(counted[outcome] for outcome in few.outcomes)
    for party in range(3):
        assert max(o.points[party] for o in few.outcomes) == max(o.points[party] for o in whole.outcomes)


@pytest.mark.parametrize("parties", [4, 5, 6])
def test_every_sample_is_on_the_frontier_and_every_partys_best_is_there(parties: int) -> None:
    for seed in range(8):
        problem = drawn(seed, parties, bound=seed % 2 == 0, packages=400)
        found, every = sampled(problem), listed(problem)
        assert {outcome.points for outcome in found.outcomes} <= set(every)
        if not every:
            continue
        for party in range(parties):
            assert max(o.points[party] for o in found.outcomes) == max(points[party] for points in every)
        assert found.certainty.kind == "sampled"
        assert found.packages is None


def test_samples_end_where_all_is_worth_the_same_and_hold_where_points_are_largest() -> None:
    domain = Domain(tuple(Issue(str(n), ("a", "b")) for n in range(60)))
    nothing = Preferences("A", ((0, 0),) * 60)
    (alone,) = sampled(Problem.of(domain, nothing, Preferences("B", nothing.points))).outcomes
    assert alone.points == (0, 0)
    large_alike = Preferences("A", ((1_000_000, 999_999),) * 60)
    opposed = Preferences("B", ((-1_000_000, 1_000_000),) * 60)
    samples = sampled(Problem.of(domain, large_alike, opposed)).outcomes
    assert samples[0].points == (60_000_000, -60_000_000)
    assert samples[-1].points == (59_999_940, 60_000_000)


def test_six_parties_at_sixty_issues_are_sampled_exactly_and_the_same_each_time() -> None:
    problem = large(6, 60, 12)
    found = frontier(problem, most=12)
    assert found == frontier(problem, most=12)
    assert len(found.outcomes) == 12
    assert found.certainty.kind == "sampled"


def large(
    parties: int, issues: int, options: int, points: int = 16, rules: tuple[Never, ...] = ()
) -> Problem:
    draw = Random(1)
    domain = Domain(tuple(Issue(str(n), tuple(map(str, range(options)))) for n in range(issues)))
    drawn_points = [
        tuple(tuple(draw.randint(0, points) for _ in range(options)) for _ in range(issues))
        for _ in range(parties)
    ]
    return Problem.of(domain, *(Preferences(str(n), of) for n, of in enumerate(drawn_points)), rules=rules)


def test_what_is_too_large_is_refused_before_memory_is_used() -> None:
    wide = large(3, 40, 5, points=1_000_000)
    everything = tuple(
        Never((Choice(first, option), Choice(second, option)))
        for first in range(30) for second in range(first) for option in range(4)
    )  # fmt: skip
    tangled = large(2, 30, 5, rules=everything)
    for problem, cause in (
        (wide, "The parties' points lie far apart"),
        (tangled, "Rules and pairs keep 30 issues"),
    ):
        with pytest.raises(Refused) as refused:
            frontier(problem)
        assert [refusal.code for refusal in refused.value.refusals] == ["packages.too_large"]
        assert refused.value.refusals[0].sentence.startswith(cause)
        assert not estimate(problem).feasible
    assert estimate(tangled).width == 30
    with pytest.raises(Refused, match="too_large: Rules"):
        sampled(tangled)


def test_an_estimate_holds_for_what_is_found() -> None:
    for seed in range(40):
        problem = drawn(seed, 2 + seed % 2, bound=True)
        assert len(frontier(problem).outcomes) <= estimate(problem).totals


def test_no_more_memory_is_taken_than_was_estimated() -> None:
    excluded = tuple(Never((Choice(at, 0), Choice(at + 5, 1))) for at in range(10))
    for problem in (
        large(2, 30, 6, points=60),
        large(3, 15, 5, points=60),
        large(2, 20, 4, 90, rules=excluded),
    ):
        tracemalloc.start()
        found = frontier(problem)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found.outcomes
        assert most <= estimate(problem).bytes


def test_ten_to_the_forty_packages_are_answered() -> None:
    problem = large(2, 60, 5)
    assert problem.domain.size > 10**40
    found = frontier(problem)
    assert found.certainty.kind == "exact"
    assert all(problem.outcome(outcome.package) == outcome for outcome in found.outcomes)
