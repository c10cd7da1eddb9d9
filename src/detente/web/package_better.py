"""What is better for all: than the text as it stands, by how many issues change; and than any package that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.analysis.packages import EXACT, Outcome, Package
from detente.analysis.packages.answering import Answer, Shortlisted
from detente.analysis.packages.robustness import Verdict
from detente.views.packages import Fact
from detente.web.package_trades import Labels, changed
from detente.web.package_words import sure_words
from detente.wording.counting import listed, thousands
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

Numbers = Mapping[Package, int]


def improvement_facts(answer: Answer, labels: Labels, shortlist: tuple[Shortlisted, ...]) -> Iterator[Fact]:
    numbers = _numbers(shortlist)
    if answer.standing is None:
        return
    base = answer.problem.outcome(answer.standing)
    for one, after in zip(answer.improvements, (*answer.improvements[1:], None), strict=True):
        if after is not None and (one.outcome, one.certainty) == (after.outcome, after.certainty):
            continue  # more changes bring nothing more: it is said once, of the most changes
        head = ngettext("{count} issue changed", "up to {count} issues changed", one.changes or 0)
        if one.outcome is None:
            words = (
                _("None: no such change is better for one and worse for nobody.")
                if one.certainty.kind == "exact"
                else sure_words(one.certainty)
            )
        else:
            words = _(
                "Package {number}: {gains}, by changing {issues}.",
                number=numbers[one.outcome.package],
                gains=_gains(one.outcome, base, labels),
                issues=listed(changed(one.outcome.package, answer.standing, labels.issues)),
            )
            words += "" if one.certainty.kind == "exact" else " " + sure_words(one.certainty)
        yield Fact(head=head, words=words)


def better_facts(answer: Answer, labels: Labels, shortlist: tuple[Shortlisted, ...]) -> Iterator[Fact]:
    """On the text as it stands with any number of changes, or on what has been agreed in its place."""
    said = [] if answer.standing is None else better_words(answer, answer.standing, labels, shortlist)
    if words := " ".join(said):
        yield Fact(head=_("Any number changed"), words=words)


def improvements_note(answer: Answer) -> str:
    if answer.standing is None:
        return _(
            "What the text says as it stands was not given, so nothing is compared with it. Next: give "
            "“standing” in the file; a text in a process has it wherever leaving its words is a choice."
        )
    return _(
        "Nobody has less than in the text as it stands, and somebody has more. Where everybody can "
        "gain, everybody does."
    )


def better_words(
    answer: Answer, package: Package, labels: Labels, shortlist: Sequence[Shortlisted]
) -> Iterator[str]:
    """What improves on a package, or that nothing does; then whether the ranges change that."""
    found = answer.assessed(package)
    if found is None:
        return
    numbers, base, together = _numbers(shortlist), found.settlement.agreed, found.settlement.together
    if together.outcome is None:
        yield (
            _("Nothing is better for all: whoever had more would have it at a cost to another.")
            if together.certainty == EXACT
            else _("Whether something is better for all was not proved in the time given.")
        )
    else:
        better = _(
            "Better for all is package {number}: {gains}.",
            number=numbers[together.outcome.package],
            gains=_gains(together.outcome, base, labels),
        )
        yield better if together.certainty == EXACT else f"{better} {sure_words(together.certainty)}"
        alone = [
            _gain(name, one.outcome.points[place] - base.points[place])
            for place, (name, one) in enumerate(zip(labels.parties, found.settlement.for_each, strict=True))
            if one.outcome is not None and one.certainty == EXACT
        ]
        if alone:
            yield _(
                "At no cost to another, each could have at most, one at a time: {gains}.", gains=listed(alone)
            )
    if found.verdict is not None:
        yield _within_ranges(found.verdict, numbers)


def _within_ranges(verdict: Verdict, numbers: Numbers) -> str:
    if verdict.answer == "dominated" and verdict.by is not None:
        return _(
            "Wherever within the ranges the points lie, package {number} is worse for nobody and better for somebody.",
            number=numbers[verdict.by.package],
        )
    if verdict.answer == "efficient":
        return _("Wherever within the ranges the points lie, nothing is better for all.")
    if verdict.answer == "open":
        return _("That depends on where within the ranges the points lie.")
    return _("What holds throughout the ranges was not proved in the time given.")


def _numbers(shortlist: Sequence[Shortlisted]) -> Numbers:
    return {one.outcome.package: one.number for one in shortlist}


def _gains(now: Outcome, then: Outcome, labels: Labels) -> str:
    pairs = zip(labels.parties, now.points, then.points, strict=True)
    return listed([_gain(name, has - had) for name, has, had in pairs if has > had])


def _gain(party: str, more: int) -> str:
    return _("{party} gains {count}", party=party, count=thousands(more))
