"""What a package is worth to a party: integer points, added up over the issues.

Additive values with integer points (Raiffa et al. 2002, ch. 12): a budget, by convention of 1,000 points, bounds the
frontier of two parties at 1,001 pairs and a table of three at a million cells, which is why points are integers and
not fractions. A pair of choices may be worth more, or less, than its two parts (`PairValue`).

Points mean something within one party only. No answer of this package compares one party's points with another's
except where its definition does (egalitarian, utilitarian), and those say so.
"""

from __future__ import annotations

from msgspec import Struct

from detente.analysis.packages.domain import Choice, Domain, Package, Rule

BUDGET = 1_000
"""Points that a party's best package is worth by convention; any other sum of at least 1 may be used."""
LARGEST = 1_000_000
"""No option, pair or reservation is worth more, or less than minus this: sums stay exact in 64 bits."""

Points = tuple[tuple[int, ...], ...]
"""[issue][option], as long as the domain's issues and each as long as its options."""


class PairValue(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """points: added where both choices, of two issues, are made; may be negative."""

    first: Choice
    second: Choice
    points: int


class Ranges(Struct, frozen=True, forbid_unknown_fields=True):
    """How far the points may lie off, as the party says: low <= points <= high for each option of each issue."""

    low: Points
    high: Points


class Preferences(Struct, frozen=True, forbid_unknown_fields=True):
    """One party's preferences over the packages of a domain.

    party: who; points: of each option of each issue; pairs: what pairs add.
    reservation: what it has without a deal, as points or as the package that it could have; it signs what is worth at
    least that. It is taken as stated, also where every package is worth more, or none is worth as much.
    rules: its own conditions (red lines, "A only if B"): it signs no package that breaks one.
    estimate: given by the mediators on its behalf.
    """

    party: str
    points: Points
    reservation: int | Package = 0
    rules: tuple[Rule, ...] = ()
    pairs: tuple[PairValue, ...] = ()
    ranges: Ranges | None = None
    estimate: bool = False

    @property
    def disagreement(self) -> int:
        """The points of its reservation."""
        return self.reservation if isinstance(self.reservation, int) else worth(self, self.reservation)


def worth(preferences: Preferences, package: Package) -> int:
    """A package's points to a party; exact."""
    return sum(of[option] for of, option in zip(preferences.points, package, strict=True)) + sum(
        pair.points
        for pair in preferences.pairs
        if pair.first.made_in(package) and pair.second.made_in(package)
    )


def shaped_as(points: Points, domain: Domain) -> bool:
    """Whether there are points for each option of each issue, and no more."""
    return [len(of) for of in points] == [len(issue.options) for issue in domain.issues]
