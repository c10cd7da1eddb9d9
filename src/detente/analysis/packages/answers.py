"""What an answer says besides its packages: how sure it is. Nothing here is silently "optimal"."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from detente.analysis.packages.problem import Outcome


class Certainty(Struct, frozen=True):
    """How sure an answer is.

    kind: `exact`: proved, in integers. `within`: nothing better by more than `gap` can exist (as a share of the best
    value that is still possible, 0 to 1). `sampled`: what is shown is exact, what is not shown is not known.
    `unfinished`: the time given ran out with nothing proved.
    why: one sentence, free of any value, where it is not exact.
    """

    kind: Literal["exact", "within", "sampled", "unfinished"]
    gap: float = 0.0
    why: str = ""


EXACT = Certainty("exact")


class Solution(Struct, frozen=True):
    """What one rule of choice picks.

    name: `nash`, `kalai_smorodinsky`, `egalitarian`, `leximin`, `utilitarian`.
    outcomes: those it picks, in order of their packages; not more than the caller asked for.
    ties: how many there are of the same worth to every rule it follows; None where they were not counted.
    """

    name: str
    outcomes: tuple[Outcome, ...]
    ties: int | None
    certainty: Certainty


class Frontier(Struct, frozen=True):
    """Packages that no allowed package improves on for one party without costing another.

    outcomes: one for each combination of points, best for the first party first.
    packages: how many packages have those points, in the order of `outcomes`; exact integers, or None, not counted.
    """

    outcomes: tuple[Outcome, ...]
    packages: tuple[int, ...] | None
    certainty: Certainty
