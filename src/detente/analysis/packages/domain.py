"""What can be chosen: issues, each with its options, and rules on what may stand together.

An issue is an open bracket, its options are the bracket's alternatives. A package chooses one option of every issue; an
option is named by its place, counted from 0, so that a package is a tuple of integers as long as the issues.

Terms: Raiffa, Richardson, Metcalfe, *Negotiation Analysis* (2002): issues, options (there: resolutions), packages.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from msgspec import Struct

Package = tuple[int, ...]
"""One option of every issue, by its place."""


class Issue(Struct, frozen=True, forbid_unknown_fields=True):
    """name: what is open (a provision's id); options: at least one, no two of one name."""

    name: str
    options: tuple[str, ...]


class Domain(Struct, frozen=True, forbid_unknown_fields=True):
    """issues: no two of one name."""

    issues: tuple[Issue, ...]

    @property
    def size(self) -> int:
        """How many packages there are, whatever the rules say: the product of the numbers of options. Exact; it may
        have 65 digits, so nothing here ever lists them all."""
        return prod(len(issue.options) for issue in self.issues)


class Choice(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """An option of an issue, both by their places."""

    issue: int
    option: int

    def made_in(self, package: Package) -> bool:
        return package[self.issue] == self.option


class OnlyIf(Struct, frozen=True, forbid_unknown_fields=True, order=True, tag="only_if"):
    """`choice` only if `condition`: whoever takes the first takes the second."""

    choice: Choice
    condition: Choice

    def kept_by(self, package: Package) -> bool:
        return self.condition.made_in(package) or not self.choice.made_in(package)


class Never(Struct, frozen=True, forbid_unknown_fields=True, order=True, tag="never"):
    """These choices never all together. One of them: a red line. Two: each excludes the other."""

    choices: tuple[Choice, ...]

    def kept_by(self, package: Package) -> bool:
        return not all(choice.made_in(package) for choice in self.choices)


Rule = OnlyIf | Never


def keeps(rules: Iterable[Rule], package: Package) -> bool:
    """Whether a package keeps every one of the rules."""
    return all(rule.kept_by(package) for rule in rules)


def issues_of(rule: Rule) -> frozenset[int]:
    """The issues that a rule speaks of, by their places."""
    choices = (rule.choice, rule.condition) if isinstance(rule, OnlyIf) else rule.choices
    return frozenset(choice.issue for choice in choices)
