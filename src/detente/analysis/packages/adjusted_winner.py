"""Adjusted winner: two parties, every item to whoever gives it more points, then as much handed back as makes both equal.

Source: Brams and Taylor, *Fair Division* (1996), ch. 4; *The Win-Win Solution* (1999). At most one item is divided, and
which part of it is whose is theirs to find: the procedure says how much, not how. The result is equitable (both have
the same points), efficient and envy-free, where points add up and were given sincerely. All in fractions, exactly.

An issue of a negotiation is won by having one's best option taken. What it is worth to win is what that option has over
the other side's best one, which is how `winnable` makes items of issues.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from detente.analysis.packages.problem import Problem
from detente.codec.refusal import refuse


class Item(Struct, frozen=True):
    """first, second: what it is worth to win to each of the two, in points; not negative."""

    name: str
    first: int
    second: int


class Award(Struct, frozen=True):
    """first: the share of the item that the first party gets, from 0 to 1; the second gets the rest."""

    item: Item
    first: Fraction


class Division(Struct, frozen=True):
    """awards: in the order of the items, at most one of them divided. points: what both have, of `total` each.

    Where the two do not give points of the same total, those of each are scaled to the larger one. An item that both
    want alike, or neither, is the first party's before anything is handed back.
    """

    awards: tuple[Award, ...]
    points: Fraction
    total: int

    @property
    def divided(self) -> Award | None:
        return next((award for award in self.awards if 0 < award.first < 1), None)


def adjusted_winner(items: tuple[Item, ...]) -> Division:
    """Raises Refused: `packages.division`, where a party gives no points, or fewer than none."""
    totals = sum(item.first for item in items), sum(item.second for item in items)
    if min(totals) <= 0 or any(min(item.first, item.second) < 0 for item in items):
        raise refuse(
            "packages.division",
            "Items are divided by points that each of the two gives; somebody gives none, or fewer than none.",
            instead="Give each party points for what it wants, 0 for what it does not.",
        )
    total = max(totals)
    scales = Fraction(total, totals[0]), Fraction(total, totals[1])
    worth = [(item.first * scales[0], item.second * scales[1]) for item in items]
    shares = [Fraction(first >= second) for first, second in worth]
    first, second = _points(worth, shares)
    ahead = 0 if first >= second else 1
    lead = abs(first - second)
    won = [at for at, share in enumerate(shares) if share == 1 - ahead and worth[at][ahead]]
    for at in sorted(won, key=lambda at: worth[at][1 - ahead] / worth[at][ahead], reverse=True):
        handed = min(Fraction(1), lead / sum(worth[at]))  # it brings the two nearer by its worth to both
        shares[at] += handed if ahead else -handed
        lead -= handed * sum(worth[at])
    awards = tuple(Award(item, share) for item, share in zip(items, shares, strict=True))
    return Division(awards, _points(worth, shares)[0], total)


def winnable(problem: Problem) -> tuple[Item, ...]:
    """The issues as items: those in which the two want different options.

    Raises Refused: `packages.division`, for other than two parties, or with rules or pair values, under which the worth
    of winning an issue depends on the others. Reservations are not asked.
    """
    if len(problem.parties) != 2 or problem.all_rules or any(party.pairs for party in problem.parties):
        raise refuse(
            "packages.division",
            "Issues are divided one by one between two parties, so nothing may make one depend on another.",
            instead="Ask for the frontier or a solution on it: those follow rules and pair values.",
        )
    first, second = problem.parties
    items = []
    for issue, mine, theirs in zip(problem.domain.issues, first.points, second.points, strict=True):
        options = range(len(issue.options))
        best = max(options, key=lambda option: (mine[option], theirs[option]))
        other = max(options, key=lambda option: (theirs[option], mine[option]))
        item = Item(issue.name, mine[best] - mine[other], theirs[other] - theirs[best])
        if item.first or item.second:
            items.append(item)
    return tuple(items)


def _points(worth: list[tuple[Fraction, Fraction]], shares: list[Fraction]) -> tuple[Fraction, Fraction]:
    pairs = list(zip(worth, shares, strict=True))
    first = sum((mine * share for (mine, _), share in pairs), Fraction())
    return first, sum((theirs * (1 - share) for (_, theirs), share in pairs), Fraction())
