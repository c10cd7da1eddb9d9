"""Words for answers about packages: rules of choice, how sure an answer is, whose condition stands in the way."""

from __future__ import annotations

from typing import Final

from detente.analysis.packages import Certainty, Choice, OnlyIf, Outcome, Problem
from detente.analysis.packages.answering import Answer
from detente.analysis.packages.conditions import Condition
from detente.views.packages import Fact
from detente.web.package_trades import Labels
from detente.wording.counting import listed, thousands
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _

RULES: Final = {
    "nash": N_("largest product of gains (Nash)"),
    "kalai_smorodinsky": N_("each the same share of what it could gain at best (Kalai-Smorodinsky)"),
    "egalitarian": N_("largest least gain, points of different parties side by side (egalitarian)"),
    "leximin": N_("least gains first, points of different parties side by side (leximin)"),
    "utilitarian": N_("largest total, points of different parties added up (utilitarian)"),
    "improvement": N_("better for all than the text as it stands"),
    "robust": N_("picked again and again where the points lie off"),
    "better": N_("better for all than another package here"),
    "frontier": N_("nobody can improve on it without a cost to another"),
}
"""What the mediators read; nobody else should be told by which rule a package was chosen."""
_SURE: Final = {
    "exact": N_("Exact: proved in whole points."),
    "within": N_("Not proved to the end."),
    "sampled": N_("Not all of them: what is shown is exact, what is not shown is not known."),
    "unfinished": N_("Not proved: the time given ran out, and there may be better."),
}
SMALLEST: Final = 1e-6
"""Gaps below it are not written as numbers."""


def sure_words(certainty: Certainty) -> str:
    """How sure an answer is, in its own words where it has any."""
    if 0 < certainty.gap < SMALLEST:
        return _("Not proved to the last digit: less than a millionth better is possible.")
    if certainty.gap:
        return _(
            "Not proved to the end: at most {share} % better is possible.",
            share=f"{100 * certainty.gap:.2g}",
        )
    return translated(certainty.why) or _(_SURE[certainty.kind])


def headline(answer: Answer) -> str:
    """The answer in one sentence."""
    if answer.zone.exists is None:
        return _("It is not known yet whether there is a deal")
    if not answer.zone.exists:
        return _("No package is one that all could sign")
    count = answer.acceptable
    if count is not None:
        return ngettext(
            "A deal exists: {count} package gives every party at least what it has without one",
            "A deal exists: {count} packages give every party at least what it has without one",
            count,
            count=thousands(count),
        )
    return _("A deal exists: there are packages that give every party at least what it has without one")


def lead(answer: Answer) -> str:
    """What the headline rests on."""
    size = _scientific(answer.problem.domain.size)
    issues = ngettext("{count} open issue", "{count} open issues", len(answer.problem.domain.issues))
    if answer.zone.exists:
        return _("Reckoned over all of the {size} packages that {issues} allow.", size=size, issues=issues)
    if answer.zone.exists is None:
        return _(
            "There are {size} packages on {issues}. Next: run it again, and allow more seconds.",
            size=size,
            issues=issues,
        )
    return _(
        "Not one of {size} packages on {issues} keeps every rule and every reservation. What "
        "contradicts what, and the least that would open a deal, stands below.",
        size=size,
        issues=issues,
    )


def _scientific(number: int) -> str:
    """
    >>> _scientific(1_944_000), _scientific(12**60)
    ('1,944,000', 'about 10^64')
    """
    return thousands(number) if number < 10**9 else _("about 10^{power}", power=len(str(number)) - 1)


def worth(problem: Problem, outcome: Outcome, labels: Labels) -> tuple[Fact, ...]:
    """Each party's points, and how far they are from what it has without a deal."""
    found = []
    for name, points, least in zip(labels.parties, outcome.points, problem.disagreement, strict=True):
        over = points - least
        words = (
            _(
                "{points} points, {over} above what it has without a deal",
                points=thousands(points),
                over=thousands(over),
            )
            if over > 0
            else _("{points} points, as many as it has without a deal", points=thousands(points))
            if over == 0
            else _(
                "{points} points, {under} below what it has without a deal",
                points=thousands(points),
                under=thousands(-over),
            )
        )
        found.append(Fact(head=name, words=words))
    return tuple(found)


def condition_words(condition: Condition, problem: Problem, labels: Labels) -> str:
    """Whose condition it is, and what it says."""
    names = dict(zip((party.party for party in problem.parties), labels.parties, strict=True))
    whose = names.get(condition.party or "", "")
    rule = condition.rule
    if rule is None:
        return _(
            "{party} signs nothing that is worth less to it than what it has without a deal", party=whose
        )
    if isinstance(rule, OnlyIf):
        said = _(
            "{choice} only if {condition}",
            choice=choice_words(rule.choice, labels),
            condition=choice_words(rule.condition, labels),
        )
    else:
        choices = listed([choice_words(choice, labels) for choice in rule.choices])
        said = (
            _("never {choices}", choices=choices)
            if len(rule.choices) == 1
            else _("never {choices} together", choices=choices)
        )
    return _("{party}: {rule}", party=whose, rule=said) if whose else _("The text: {rule}", rule=said)


def choice_words(choice: Choice, labels: Labels) -> str:
    return _(
        "“{option}” in {issue}",
        option=labels.options[choice.issue][choice.option],
        issue=labels.issues[choice.issue],
    )


def alternative_words(whose: str, act: str, text: str) -> str:
    """An alternative by whose it is and how it begins; text: empty where it cannot be read here."""
    if not text:
        return _("{side}, {act}: words that cannot be read here", side=whose, act=act)
    return _("{side}, {act}: “{words}”", side=whose, act=act, words=text)


def standing_words() -> str:
    return _("As it stands")


def untabled_words() -> str:
    return _(
        "It holds fewer than two texts that were proposed, so it cannot be tabled as a package: "
        "support its one text instead."
    )
