"""What a package tells: how many pairs of the other side's weights a party ranks right from it.

Two parties want opposite options of every issue; each knows its own weights and how the options of an issue follow each
other, and not how much an issue matters to the other. It imagines many weightings, keeps those under which the announced
package could have been chosen, and says of each pair of issues which weighs more in most of them (rejection sampling;
Tavaré et al. 1997). By chance half of the pairs come out right.

The same guess is made with what a party's pages show without a package (`nothing`): that is chance, and a test holds the
pages to it (tests/web/test_packages_leak.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure

Knows = Literal["nothing", "no rule", "the rule", "one issue changed"]
"""What is announced: nothing; an efficient package, but not its rule; the Nash package and its rule; the
same with the issue changed that costs its product least, and that this was done."""

ISSUES: Final = 5
OPTIONS: Final = 3
BUDGET: Final = 1000
RESERVATION: Final = 250
IMAGINED: Final = 8000
TRIALS: Final = 300
FEWEST: Final = 5
"""Weightings that must be left, or the guess is made from all."""

Array = NDArray[np.int64]


def share_right(knows: Knows, trials: int = TRIALS, seed: int = 1) -> float:
    """The share of pairs ranked right, over `trials` pairs of parties drawn with `seed`."""
    draw = np.random.default_rng(seed)
    packages = np.stack(np.meshgrid(*[np.arange(OPTIONS)] * ISSUES, indexing="ij"), -1).reshape(-1, ISSUES)
    apart = (packages[:, None] != packages[None]).sum(-1)
    right = pairs = 0
    for _ in range(trials):
        own, other, imagined = _weights(draw, 1)[0], _weights(draw, 1)[0], _weights(draw, IMAGINED)
        mine = (OPTIONS - 1 - packages) @ own
        chosen = int(_products(mine, packages @ other[:, None])[:, 0].argmax())
        if knows == "one issue changed":
            near = np.flatnonzero(apart[chosen] == 1)
            chosen = int(near[_products(mine, packages @ other[:, None])[near, 0].argmax()])
        theirs = packages @ imagined.T
        possible = _possible(knows, chosen, mine, theirs, apart)
        left = imagined[possible] if possible.sum() >= FEWEST else imagined
        for first in range(ISSUES):
            for second in range(first):
                if other[first] != other[second]:
                    guess = (left[:, first] > left[:, second]).mean() > 0.5
                    right += bool(guess) == bool(other[first] > other[second])
                    pairs += 1
    return right / pairs


def _weights(draw: np.random.Generator, count: int) -> Array:
    """Rows of integers that total the budget."""
    found = np.floor(draw.dirichlet(np.ones(ISSUES), count) * BUDGET).astype(np.int64)
    found[:, 0] += BUDGET - found.sum(1)
    return found


def _products(mine: Array, theirs: Array) -> Array:
    """[package][imagined]: the product of gains over the reservations; -1 where one of the two would not sign."""
    least = RESERVATION * (OPTIONS - 1)
    gains = np.maximum(mine[:, None] - least, 0) * np.maximum(theirs - least, 0)
    return np.where((mine[:, None] >= least) & (theirs >= least), gains, -1)


def _possible(knows: Knows, chosen: int, mine: Array, theirs: Array, apart: Array) -> NDArray[np.bool_]:
    """Under which of the imagined weightings what was announced could have been."""
    if knows == "nothing":
        return np.ones(theirs.shape[1], bool)
    if knows == "no rule":
        as_good = (mine >= mine[chosen])[:, None] & (theirs >= theirs[chosen])
        better = (mine > mine[chosen])[:, None] | (theirs > theirs[chosen])
        return ~(as_good & better).any(0)
    best = _products(mine, theirs).argmax(0)
    within = 1 if knows == "one issue changed" else 0
    found: NDArray[np.bool_] = apart[best, chosen] <= within
    return found


def measure(runs: int) -> Iterator[Figure]:
    chance = share_right("nothing") * 100
    against = "the same guess from a party’s pages, where no package stands"
    for knows, what in (
        ("the rule", "pairs of weights ranked right: a Nash package, the rule known"),
        ("no rule", "  an efficient package, the rule not known"),
        ("one issue changed", "  the Nash package with one issue changed"),
    ):
        yield Figure(what, share_right(knows) * 100, "%", runs, against, chance)  # type: ignore[arg-type]
