"""What each rule of choice picks, with any number of issues and rules, by HiGHS. For small problems see `solutions`.

All choose among the acceptable packages: every rule is kept and nobody has less than its reservation. A gain is what a
party has above its reservation.

| rule | picks | source |
|---|---|---|
| utilitarian | the largest total of gains | Harsanyi 1955 |
| egalitarian | the largest least gain, then the largest total | Kalai 1977 |
| leximin | gains from the least up, each as large as those before it allow | Sen 1970; Ogryczak and Sliwinski 2006 |
| Kalai-Smorodinsky | the largest least share of what a party could gain at best, then the largest total | 1975 |
| Nash | the largest product of gains | Nash 1950 |

Utilitarian, egalitarian and leximin add up or compare points of different parties, as those who use them must accept;
the other two do not, except where they break ties. A party that can gain nothing has no share and is left out of the
least share. Where no package gives everybody a gain, Nash takes the most parties that can have one together, and the
product of theirs (Caragiannis et al. 2016).

Each gives one package, the same one each time, without counting its ties. Raises nothing: a solver that fails, or time
that runs out, is said in `Certainty`. No package at all is an exact answer too: no outcomes, no ties.
"""

from __future__ import annotations

from math import ceil, inf, isfinite
from time import monotonic
from typing import Final

from detente.analysis.packages.answers import EXACT, Certainty, Solution
from detente.analysis.packages.conditions import gains
from detente.analysis.packages.model import HALF, Found, Model
from detente.analysis.packages.problem import Problem
from detente.analysis.packages.product import largest_product
from detente.analysis.packages.shares import largest_share

SECONDS: Final = 30.0
"""What a question is given unless more is asked for."""
ROUNDING: Final = 1e-6
"""By how much a bound may lie off; points are integers, and the solver's tolerances are a thousandth of this."""
UNFINISHED: Final = Certainty("unfinished", why="Nothing was proved in the time given.")
MAY_BE_BETTER: Final = "Something better by no more than this is not excluded."
ONLY_THE_LEAST: Final = Certainty(
    "within", why="The least is proved; whether somebody could have more beside it is not."
)


def utilitarian(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The largest total of gains."""
    model = Model(problem)
    found = model.largest(dict.fromkeys(model.points, 1.0), monotonic() + seconds, step=1)
    base = sum(problem.disagreement)
    reached = 0 if found.outcome is None else sum(found.outcome.points) - base
    return _solution("utilitarian", found, reached, found.bound - base)


def egalitarian(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The largest least gain, then the largest total."""
    found = largest_least(Model(problem), problem.disagreement, monotonic() + seconds)
    reached = 0 if found.outcome is None else min(gains(problem, found.outcome))
    solution = _solution("egalitarian", found, reached, found.bound)
    if found.status == "stopped" and solution.certainty == EXACT:
        return Solution("egalitarian", solution.outcomes, None, ONLY_THE_LEAST)
    return solution


def kalai_smorodinsky(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The largest least share of the ideal gains, then the largest total. With six parties this can take a minute."""
    until = monotonic() + seconds
    model, ideal = Model(problem), []
    for place, column in enumerate(model.points):
        best = model.largest({column: 1.0}, until, step=1)
        if best.status != "optimal" or best.outcome is None:
            return _solution("kalai_smorodinsky", best, 0, inf)
        ideal.append(gains(problem, best.outcome)[place])
    shared = largest_share(problem, tuple(ideal), until)
    if shared.outcome is None:
        return Solution("kalai_smorodinsky", (), None, UNFINISHED)
    model = Model(problem)
    for place, (gain, least) in enumerate(zip(ideal, problem.disagreement, strict=True)):
        model.at_least(place, least + ceil(shared.share * gain))
    total = model.largest(dict.fromkeys(model.points, 1.0), until, step=1)
    certainty = ONLY_THE_LEAST if total.status != "optimal" and not shared.gap else within(shared.gap)
    return Solution("kalai_smorodinsky", (total.outcome or shared.outcome,), None, certainty)


def leximin(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """Gains from the least up: the sum of the k least is made as large as can be, for k of 1, 2 and so on, none giving
    up what came before. With six parties this can take minutes."""
    until = monotonic() + seconds
    model, outcome = Model(problem), None
    for k in range(1, len(problem.parties) + 1):
        least = _sum_of_least(model, problem, k)
        found = model.largest(least, until, step=1)
        if found.status != "optimal" or found.outcome is None:
            if outcome is None:
                reached = 0 if found.outcome is None else min(gains(problem, found.outcome))
                return _solution("leximin", found, reached, found.bound)
            why = (
                f"Only the first {k - 1} of the gains, from the least up, are proved: the time given ran out."
            )
            return Solution("leximin", (outcome,), None, Certainty("unfinished", why=why))
        outcome = found.outcome
        reached = sum(sorted(gains(problem, outcome))[:k])
        model.row(least, reached - HALF)
        if k == 1:
            for place, points in enumerate(problem.disagreement):
                model.at_least(place, points + reached)
    return Solution("leximin", (outcome,) if outcome else (), None, EXACT)


def nash(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The largest product of gains. Products of many parties are so large that neighbours among them cannot be told
    apart by a bound: then the answer is `within` a gap of about 1e-10."""
    found = largest_product(problem, monotonic() + seconds)
    if found.status == "infeasible":
        return Solution("nash", (), 0, EXACT)
    if found.outcome is None or found.gap == 1:
        return Solution("nash", (found.outcome,) if found.outcome else (), None, UNFINISHED)
    return Solution("nash", (found.outcome,), None, within(found.gap))


def largest_least(model: Model, base: tuple[int, ...], until: float) -> Found:
    """The largest least gain over the base, then the largest total, of what the model allows, where nobody has less
    than its base. Rows are added to the model. The bound is that of the least gain; `stopped`, where the second is not
    proved either."""
    least = model.column(-inf, inf)
    for column, points in zip(model.points, base, strict=True):
        model.row({column: 1.0, least: -1.0}, points)
    found = model.largest({least: 1.0}, until, step=1)
    if found.outcome is None or found.status != "optimal":
        return found
    reached = min(has - points for has, points in zip(found.outcome.points, base, strict=True))
    for place, points in enumerate(base):
        model.at_least(place, points + reached)
    total = model.largest(dict.fromkeys(model.points, 1.0), until, step=1)
    status = found.status if total.status == "optimal" else "stopped"
    return Found(status, total.outcome or found.outcome, found.bound)


def within(gap: float) -> Certainty:
    """Exact where there is no gap."""
    if gap <= 0:
        return EXACT
    return Certainty("within", min(1.0, gap), MAY_BE_BETTER)


def _sum_of_least(model: Model, problem: Problem, k: int) -> dict[int, float]:
    """An expression whose largest value is the sum of the k least gains."""
    level = model.column(-inf, inf)
    below = [model.column(0, inf) for _ in problem.parties]
    for column, short, least in zip(model.points, below, problem.disagreement, strict=True):
        model.row({short: 1.0, level: -1.0, column: 1.0}, least)
    return {level: float(k)} | dict.fromkeys(below, -1.0)


def _solution(name: str, found: Found, reached: float, bound: float) -> Solution:
    """reached: what the rule makes largest, 0 or more; bound: what no package exceeds. Integers, where it is proved."""
    if found.status == "infeasible":
        return Solution(name, (), 0, EXACT)
    if found.outcome is None or not isfinite(bound):
        return Solution(name, (found.outcome,) if found.outcome else (), None, UNFINISHED)
    certainty = EXACT if bound + ROUNDING < reached + 1 else within(1 - reached / bound)
    return Solution(name, (found.outcome,), None, certainty)
