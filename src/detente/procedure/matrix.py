"""The implementation matrix of one register: what each scorer says of each stipulation in each month.

A scorer is a side's letter, "M" for the mediators, or a person who is of neither. Scores are never averaged, never
carried from month to month, and never read across two versions of the register: the unit of count changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from detente.state.observance import Register, Score
from detente.state.records import State, in_order

LEVELS: Final = (0, 1, 2, 3)


class Tally(Struct, frozen=True):
    """One month in figures. levels: how many stipulations stand at each of `LEVELS`, by the word of all who scored them;
    differing: of how many the scorers say different things; unscored: of how many nobody said anything."""

    month: str
    levels: tuple[int, ...]
    differing: int
    unscored: int


class Matrix(Struct, frozen=True):
    """said: month -> scorer -> stipulation -> score, the months in order; acts: (month, scorer) -> index of the last."""

    register: Register
    said: Mapping[str, Mapping[str, Mapping[str, int]]]
    acts: Mapping[tuple[str, str], int]

    @property
    def months(self) -> tuple[str, ...]:
        """Every month from the first that was scored to the last, those without a score too."""
        scored = tuple(self.said)
        return months_between(scored[0], scored[-1]) if scored else ()

    @property
    def scorers(self) -> tuple[str, ...]:
        return tuple(sorted({scorer for by in self.said.values() for scorer in by}))

    def cell(self, stipulation: str, month: str) -> dict[str, int]:
        """What each scorer says of it in that month; empty where nobody does."""
        by = self.said.get(month, {})
        return {scorer: by[scorer][stipulation] for scorer in sorted(by) if stipulation in by[scorer]}

    def tally(self, month: str) -> Tally:
        pairs = set[tuple[str, int]]().union(
            *(scores.items() for scores in self.said.get(month, {}).values())
        )
        said = Counter(stipulation for stipulation, _score in pairs)
        counted = Counter(score for stipulation, score in pairs if said[stipulation] == 1)
        levels = tuple(counted[level] for level in LEVELS)
        differing = len(said) - sum(levels)
        return Tally(month, levels, differing, len(self.register.stipulations) - len(said))


def scorer_of(score: Score) -> str:
    return score.group or score.by


def matrix(state: State, register: Register) -> Matrix:
    """A later score takes the place of an earlier one by the same scorer."""
    said: dict[str, dict[str, dict[str, int]]] = {}
    acts: dict[tuple[str, str], int] = {}
    for score in in_order(s for s in state.scores.values() if s.register == register.leaf):
        said.setdefault(score.month, {}).setdefault(scorer_of(score), {}).update(score.scores)
        acts[score.month, scorer_of(score)] = score.index
    return Matrix(register, dict(sorted(said.items())), acts)


def months_between(first: str, last: str) -> tuple[str, ...]:
    """
    >>> months_between("2026-11", "2027-02")
    ('2026-11', '2026-12', '2027-01', '2027-02')
    """
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, end + 1))
