"""What may stand between the parties and a deal, each by itself: rules of the text, rules and reservation of a party."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from detente.analysis.packages.domain import Rule
from detente.analysis.packages.problem import Outcome, Problem


class Condition(Struct, frozen=True):
    """party: whose condition, by its name; None: the text's. rule: what must be kept; None: the party's reservation."""

    party: str | None
    rule: Rule | None

    def met_by(self, problem: Problem, outcome: Outcome) -> bool:
        if self.rule is not None:
            return self.rule.kept_by(outcome.package)
        place = place_of(problem, self)
        return outcome.points[place] >= problem.parties[place].disagreement


def conditions_of(problem: Problem) -> tuple[Condition, ...]:
    """Every condition once: the text's rules, then of each party its reservation and its rules."""
    of_text = [Condition(None, rule) for rule in problem.rules]
    of_parties = [Condition(party.party, rule) for party in problem.parties for rule in (None, *party.rules)]
    return tuple(dict.fromkeys(of_text + of_parties))


def rules_of(problem: Problem) -> tuple[Condition, ...]:
    """The conditions that are rules, in the same order."""
    return tuple(condition for condition in conditions_of(problem) if condition.rule is not None)


def all_met(conditions: Iterable[Condition], problem: Problem, outcome: Outcome) -> bool:
    return all(condition.met_by(problem, outcome) for condition in conditions)


def gains(problem: Problem, outcome: Outcome) -> tuple[int, ...]:
    """What each party has above its reservation; below 0 where it has less."""
    return tuple(has - least for has, least in zip(outcome.points, problem.disagreement, strict=True))


def place_of(problem: Problem, condition: Condition) -> int:
    """The place of the party whose condition it is."""
    return [party.party for party in problem.parties].index(condition.party or "")
