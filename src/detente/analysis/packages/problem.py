"""A question to be answered: a domain, the parties' preferences, rules that hold for everyone.

`Problem.of` is the door: it refuses what makes no sense, all of it at once, and what stands behind it needs to check
nothing again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from detente.analysis.packages.domain import Domain, Never, OnlyIf, Package, Rule, keeps
from detente.analysis.packages.preferences import LARGEST, Points, Preferences, shaped_as, worth
from detente.codec.refusal import Refusal, Refused

MOST_PARTIES = 6
"""Beyond six parties no answer here has been measured."""


class Outcome(Struct, frozen=True, order=True, gc=False):
    """What a package is worth to each party, in the order of the problem's parties. It refers to integers only, so the
    collector of cycles need not look at a hundred thousand of them."""

    points: tuple[int, ...]
    package: Package


class Problem(Struct, frozen=True, forbid_unknown_fields=True):
    """rules: what the text itself allows, whoever is asked. Each party's own rules stand with its preferences."""

    domain: Domain
    parties: tuple[Preferences, ...]
    rules: tuple[Rule, ...] = ()

    @classmethod
    def of(cls, domain: Domain, *parties: Preferences, rules: tuple[Rule, ...] = ()) -> Problem:
        """Raises Refused with every fault found: `packages.domain`, `.parties`, `.points`, `.reservation`, `.rule`."""
        problem = cls(domain, parties, rules)
        if faults := tuple(_faults(problem)):
            raise Refused(*faults)
        return problem

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """Those of the text, then those of each party."""
        return self.rules + tuple(rule for party in self.parties for rule in party.rules)

    @property
    def disagreement(self) -> tuple[int, ...]:
        return tuple(party.disagreement for party in self.parties)

    def outcome(self, package: Package) -> Outcome:
        return Outcome(tuple(worth(party, package) for party in self.parties), package)

    def allows(self, package: Package) -> bool:
        """Whether the package keeps the rules of the text and of every party; reservations are not asked."""
        return keeps(self.all_rules, package)

    def acceptable(self, outcome: Outcome) -> bool:
        """Whether every party has at least its reservation, and every rule is kept."""
        return self.allows(outcome.package) and all(
            points >= least for points, least in zip(outcome.points, self.disagreement, strict=True)
        )


def _faults(problem: Problem) -> Iterator[Refusal]:
    yield from _faults_of_domain(problem.domain)
    names = Counter(party.party for party in problem.parties)
    if not 2 <= len(problem.parties) <= MOST_PARTIES:
        yield Refusal(
            "packages.parties",
            f"Packages are weighed between 2 and {MOST_PARTIES} parties; there are {len(problem.parties)}.",
            instead="Leave out parties without a say on what is open, or ask about fewer at a time.",
        )
    for name in (name for name, times in names.items() if times > 1):
        yield Refusal(
            "packages.parties",
            f"Preferences of {name} are given more than once.",
            instead="Keep the latest of them.",
        )
    yield from _faults_of_rules(problem.domain, "the text", problem.rules)
    for party in problem.parties:
        yield from _faults_of_party(problem.domain, party)


def _faults_of_domain(domain: Domain) -> Iterator[Refusal]:
    names = Counter(issue.name for issue in domain.issues)
    if not domain.issues:
        yield Refusal(
            "packages.domain",
            "There is no issue to decide.",
            instead="Packages need at least one open bracket.",
        )
    for name in (name for name, times in names.items() if times > 1):
        yield Refusal(
            "packages.domain", f"Two issues are named {name}.", instead="Give each issue a name of its own."
        )
    for issue in domain.issues:
        if not issue.options:
            yield Refusal(
                "packages.domain", f"{issue.name} has no option.", instead="An issue has at least one option."
            )
        for option in (option for option, times in Counter(issue.options).items() if times > 1):
            yield Refusal(
                "packages.domain",
                f"{issue.name} has the option {option} more than once.",
                instead="Give each option a name of its own, or keep one of them.",
            )


def _faults_of_party(domain: Domain, party: Preferences) -> Iterator[Refusal]:
    yield from _faults_of_points(domain, party)
    for pair in party.pairs:
        if pair.first.issue == pair.second.issue:
            yield Refusal(
                "packages.points",
                f"{party.party} gives points to a pair of options of one issue, which never stand together.",
                instead="Name options of two issues.",
            )
    yield from _faults_of_rules(domain, party.party, party.rules)
    for choice in (choice for pair in party.pairs for choice in (pair.first, pair.second)):
        if not _is_there(domain, choice.issue, choice.option):
            yield _nowhere(party.party)
    yield from _faults_of_reservation(domain, party)


def _faults_of_points(domain: Domain, party: Preferences) -> Iterator[Refusal]:
    tables: list[tuple[str, Points]] = [("points", party.points)]
    if party.ranges is not None:
        tables += [("lowest points", party.ranges.low), ("highest points", party.ranges.high)]
    misshapen = [what for what, points in tables if not shaped_as(points, domain)]
    for what in misshapen:
        yield Refusal(
            "packages.points",
            f"The {what} of {party.party} are not one for each option of each issue.",
            instead="Give points for every option; 0 where an option is worth nothing.",
        )
    values = [value for _, points in tables for of in points for value in of]
    if any(abs(value) > LARGEST for value in (*values, *(pair.points for pair in party.pairs))):
        yield Refusal(
            "packages.points",
            f"{party.party} gives an option or a pair more than {LARGEST:,} points, or less than minus that.",
            instead="Points count within a party only: divide all of them by the same number.",
        )
    if (
        party.ranges is not None
        and not misshapen
        and not _within(party.points, party.ranges.low, party.ranges.high)
    ):
        yield Refusal(
            "packages.points",
            f"Points of {party.party} lie outside the range given for them.",
            instead="Give the lowest, the likely and the highest points in that order.",
        )


def _faults_of_reservation(domain: Domain, party: Preferences) -> Iterator[Refusal]:
    if isinstance(party.reservation, int):
        if abs(party.reservation) > LARGEST * max(1, len(domain.issues)):
            yield Refusal(
                "packages.reservation",
                f"No package could be worth the reservation of {party.party}.",
                instead="Give what it has without a deal in the same points as its options.",
            )
    elif len(party.reservation) != len(domain.issues) or not all(
        _is_there(domain, issue, option) for issue, option in enumerate(party.reservation)
    ):
        yield Refusal(
            "packages.reservation",
            f"The package that {party.party} could have without a deal does not choose one option of every issue.",
            instead="Choose one option of every issue, or give the reservation in points.",
        )


def _faults_of_rules(domain: Domain, whose: str, rules: tuple[Rule, ...]) -> Iterator[Refusal]:
    for rule in rules:
        choices = (rule.choice, rule.condition) if isinstance(rule, OnlyIf) else rule.choices
        if not choices or not all(_is_there(domain, choice.issue, choice.option) for choice in choices):
            yield _nowhere(whose)
        elif isinstance(rule, Never) and len({choice.issue for choice in choices}) != len(choices):
            yield Refusal(
                "packages.rule",
                f"A rule of {whose} excludes options of one issue together, which never stand together.",
                instead="Name options of different issues, or a single one as a red line.",
            )


def _nowhere(whose: str) -> Refusal:
    return Refusal(
        "packages.rule",
        f"A rule or pair of {whose} names an issue or an option that is not there.",
        instead="Name issues and options by their places, counted from 0.",
    )


def _is_there(domain: Domain, issue: int, option: int) -> bool:
    return 0 <= issue < len(domain.issues) and 0 <= option < len(domain.issues[issue].options)


def _within(points: Points, low: Points, high: Points) -> bool:
    return all(
        a <= p <= b
        for of, lowest, highest in zip(points, low, high, strict=True)
        for p, a, b in zip(of, lowest, highest, strict=True)
    )
