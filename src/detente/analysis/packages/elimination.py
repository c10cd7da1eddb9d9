"""Issues taken one at a time, and what has to be remembered of those already taken.

Without rules and pair values nothing has to be: a package is worth the sum of its issues. With them an issue stays
*open* from when it is taken until every rule and pair that names it is settled, and what is remembered of it is which
of the named options was chosen, if any. One combination of that is a state. Cost grows with the states, and so
exponentially with the issues open at once (the induced width of the order), and with nothing else.

Sources: Dechter, *Bucket elimination: a unifying framework for reasoning* (1999); for several aims at once Rollon and
Larrosa, *Bucket elimination for multiobjective optimization problems* (2006). Here along a single order, so that sets of
totals are only ever added to one issue's points and never to each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.analysis.packages.domain import Choice, OnlyIf, Rule, issues_of
from detente.analysis.packages.preferences import PairValue
from detente.analysis.packages.problem import Problem

FORBIDDEN = -1


class Step(Struct, frozen=True):
    """An issue is taken.

    options: those that can be on the frontier, in order; what follows is in the order of these.
    moves: [option, state before] the state after, or FORBIDDEN by a rule.
    added: [option, state before, party] the points that the option adds, with the pairs that it completes.
    states: how many there are after.
    """

    issue: int
    options: NDArray[np.int32]
    moves: NDArray[np.int32]
    added: NDArray[np.int64]
    states: int


class Order(Struct, frozen=True):
    """issues: in the order in which they are taken. open: after each, which of those taken are still open.
    classes: of each issue by its place, how many kinds of option the rules and pairs tell apart."""

    issues: tuple[int, ...]
    open: tuple[tuple[int, ...], ...]
    classes: tuple[int, ...]

    @property
    def width(self) -> int:
        """The most issues open at once, with the one being taken."""
        return max(len(self.before(at)) for at in range(len(self.issues))) + 1

    def before(self, at: int) -> tuple[int, ...]:
        return self.open[at - 1] if at else ()

    def states(self, at: int) -> int:
        """No more than this many after step `at`; a Python integer, however large."""
        return prod(self.classes[issue] for issue in self.open[at])


def order(problem: Problem) -> Order:
    """The issues that rules or pairs name first, each time the one that leaves the fewest states; then the others, the
    last first, so that without rules the first of several packages of the same points is the one that is found."""
    classes = tuple(
        min(len(issue.options), len(named) + 1)
        for issue, named in zip(problem.domain.issues, _named(problem), strict=True)
    )
    waits = _together(problem)
    named = set(waits)
    taken: list[int] = []
    still_open: list[tuple[int, ...]] = []
    while left := named.difference(taken):
        around = still_open[-1] if still_open else ()
        near = {other for issue in around for other in waits[issue]} or left
        leaving = {
            issue: tuple(j for j in (*around, issue) if len(waits[j]) > (issue in waits[j])) for issue in near
        }
        issue = min(near, key=lambda issue: (prod(classes[j] for j in leaving[issue]), issue))
        for others in waits.values():
            others.discard(issue)
        taken.append(issue)
        still_open.append(leaving[issue])
    free = [issue for issue in reversed(range(len(classes))) if issue not in named]
    return Order((*taken, *free), (*still_open, *(() for _ in free)), classes)


def steps(problem: Problem, order: Order) -> Iterator[Step]:
    """What happens at each step; takes time and memory with its states, so `estimate` is asked first."""
    named = _named(problem)
    states: list[tuple[int, ...]] = [()]
    done: set[int] = set()
    for at, issue in enumerate(order.issues):
        done.add(issue)
        of = [named[issue].get(option, 0) for option in range(len(problem.domain.issues[issue].options))]
        rules = [rule for rule in problem.all_rules if issue in issues_of(rule) <= done]
        pairs = [[pair for pair in party.pairs if issue in _pair(pair) <= done] for party in problem.parties]
        numbers: dict[tuple[int, ...], int] = {}
        moves = np.full((max(of) + 1, len(states)), FORBIDDEN, np.int32)
        added = np.zeros((*moves.shape, len(problem.parties)), np.int64)
        for chosen in sorted(set(of)):
            for number, state in enumerate(states):
                held = dict(zip(order.before(at), state, strict=True)) | {issue: chosen}
                if all(_kept(rule, held, named) for rule in rules):
                    after = tuple(held[j] for j in order.open[at])
                    moves[chosen, number] = numbers.setdefault(after, len(numbers))
                    added[chosen, number] = [
                        sum(pair.points for pair in own if _both(pair, held, named)) for own in pairs
                    ]
        points = np.array([party.points[issue] for party in problem.parties], np.int64).T
        options = _unbeaten(points, np.array(of))
        kind = np.array(of)[options]
        yield Step(issue, options, moves[kind], added[kind] + points[options, None, :], len(numbers))
        states = list(numbers)


def _unbeaten(points: NDArray[np.int64], kind: NDArray[np.int64]) -> NDArray[np.int32]:
    """The options that no other of the same kind is better than: rules and pairs do not tell those apart."""
    no_worse = (points[:, None, :] >= points[None, :, :]).all(axis=2) & (kind[:, None] == kind[None, :])
    beaten = (no_worse & ~no_worse.T).any(axis=0)
    return np.flatnonzero(~beaten).astype(np.int32)


def _together(problem: Problem) -> dict[int, set[int]]:
    """For each issue that a rule or pair names, the others that are named with it."""
    pairs = (_pair(pair) for party in problem.parties for pair in party.pairs)
    found: dict[int, set[int]] = {}
    for scope in {*map(issues_of, problem.all_rules), *pairs}:
        for issue in scope:
            found.setdefault(issue, set()).update(scope - {issue})
    return found


def _pair(pair: PairValue) -> frozenset[int]:
    return frozenset((pair.first.issue, pair.second.issue))


def _named(problem: Problem) -> list[dict[int, int]]:
    """For each issue, its options that a rule or a pair names, numbered from 1; all others are 0."""
    found: list[set[int]] = [set() for _ in problem.domain.issues]
    for choice in _choices(problem):
        found[choice.issue].add(choice.option)
    return [{option: number for number, option in enumerate(sorted(of), 1)} for of in found]


def _choices(problem: Problem) -> Iterator[Choice]:
    for rule in problem.all_rules:
        yield from (rule.choice, rule.condition) if isinstance(rule, OnlyIf) else rule.choices
    for party in problem.parties:
        for pair in party.pairs:
            yield from (pair.first, pair.second)


def _made(choice: Choice, held: dict[int, int], named: Sequence[dict[int, int]]) -> bool:
    return held[choice.issue] == named[choice.issue][choice.option]


def _kept(rule: Rule, held: dict[int, int], named: Sequence[dict[int, int]]) -> bool:
    if isinstance(rule, OnlyIf):
        return _made(rule.condition, held, named) or not _made(rule.choice, held, named)
    return not all(_made(choice, held, named) for choice in rule.choices)


def _both(pair: PairValue, held: dict[int, int], named: Sequence[dict[int, int]]) -> bool:
    return _made(pair.first, held, named) and _made(pair.second, held, named)
