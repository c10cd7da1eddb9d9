"""Issue by issue: who gives and who gains, in words and arrows. A party's points are told within that party only."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.analysis.packages import Package, Preferences, Problem
from detente.views.packages import Trade, TradeCell
from detente.wording.counting import thousands
from detente.wording.language import gettext as _
from detente.wording.language import ngettext


class Labels(Struct, frozen=True):
    """What people call what a domain names. issues, options: in its order; parties: in the problem's."""

    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    parties: tuple[str, ...]

    @classmethod
    def plain(cls, problem: Problem) -> Labels:
        """The names that stand in the problem."""
        domain = problem.domain
        return cls(
            tuple(issue.name for issue in domain.issues),
            tuple(issue.options for issue in domain.issues),
            tuple(called(party, party.party) for party in problem.parties),
        )


def called(party: Preferences, name: str) -> str:
    """What a party is called; that its points are an estimate is said wherever they stand."""
    return _("{party} (estimate)", party=name) if party.estimate else name


def trades(problem: Problem, package: Package, standing: Package | None, labels: Labels) -> tuple[Trade, ...]:
    """standing: the text as it stands, with which each issue is compared; without one, with what each party could get."""
    return tuple(
        Trade(
            issue=labels.issues[issue],
            option=labels.options[issue][option],
            cells=tuple(_cell(party, issue, option, standing) for party in problem.parties),
        )
        for issue, option in enumerate(package)
    )


def _cell(party: Preferences, issue: int, option: int, standing: Package | None) -> TradeCell:
    points = party.points[issue]
    has, best, least = points[option], max(points), min(points)
    if best == least:
        return TradeCell(arrow="between", words=_("does not mind"))
    if standing is not None:
        return _compared(has - points[standing[issue]])
    of = {"has": thousands(has), "best": thousands(best)}
    if has == best:
        return TradeCell(arrow="gains", words=_("gets what it wants most: {has} of {best} points", **of))
    if has == least:
        return TradeCell(arrow="gives", words=_("gives way: {has} of {best} points", **of))
    return TradeCell(arrow="between", words=_("gets part: {has} of {best} points", **of))


def _compared(more: int) -> TradeCell:
    count = thousands(abs(more))
    if more > 0:
        words = ngettext("gains {count} point", "gains {count} points", more, count=count)
        return TradeCell(arrow="gains", words=words)
    if more < 0:
        words = ngettext("gives {count} point", "gives {count} points", -more, count=count)
        return TradeCell(arrow="gives", words=words)
    return TradeCell(arrow="between", words=_("as it stands"))


def changed(package: Package, standing: Package, labels: Sequence[str]) -> list[str]:
    """The issues on which a package departs from the text as it stands."""
    return [label for label, new, old in zip(labels, package, standing, strict=True) if new != old]
