"""Sections of the mediators' page: what stands in the way, what would be better, what conditions cost, what holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.analysis.packages.answering import MOST_WINNERS, Answer, Shortlisted
from detente.analysis.packages.relaxations import Relaxation
from detente.views.packages import Bar, Bars, Fact
from detente.web.package_trades import Labels
from detente.web.package_words import condition_words, sure_words
from detente.wording.counting import capitalised, listed, thousands
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _

MOST_CONCESSIONS: Final = 5
MOST_OPTIONS: Final = 40
_PARTS: Final = {
    "frontier": N_("The frontier"),
    "solutions": N_("What rules of choice pick"),
    "division": N_("Adjusted winner"),
    "improvements": N_("Better for all than the text as it stands"),
    "concessions": N_("The concession that opens most"),
    "costs": N_("What each constraint costs"),
    "robustness": N_("If the points lie off"),
}


def blocks(answer: Answer, labels: Labels) -> Iterator[Fact]:
    """Where there is no deal: the conditions that contradict each other, and the least that would open one."""
    zone = answer.zone
    if zone.exists is not False:
        return
    for condition in zone.contradiction:
        yield Fact(head=_("Cannot all hold"), words=condition_words(condition, answer.problem, labels) + ".")
    if zone.contradiction:
        yield Fact(
            head=_("What that means"),
            words=_(
                "Leave out any one of these and the others can be kept together. None of them is more to "
                "blame than another; there may be further contradictions beside this one."
            )
            + " "
            + sure_words(zone.certainty),
        )
    for relaxation in zone.relaxations:
        yield Fact(head=_("Would open a deal"), words=_relaxed(answer, relaxation, labels))


def _relaxed(answer: Answer, relaxation: Relaxation, labels: Labels) -> str:
    said = [
        _("to give up: {rule}", rule=condition_words(condition, answer.problem, labels))
        for condition in relaxation.rules
    ]
    said += [
        ngettext(
            "{party}: {count} point less than it has without a deal",
            "{party}: {count} points less than it has without a deal",
            points,
            party=name,
            count=thousands(points),
        )
        for name, points in zip(labels.parties, relaxation.points, strict=False)
        if points
    ]
    return f"{listed(said)}. {sure_words(relaxation.certainty)}"


def concession_facts(answer: Answer, labels: Labels) -> Iterator[Fact]:
    """Those that open most first, as far as they open anything."""
    found = answer.concessions
    if found is None:
        return
    opening = [one for one in found.tried if one.outcome is not None and (one.opens or one.gained > 0)]
    for one in opening[:MOST_CONCESSIONS]:
        rule = condition_words(one.condition, answer.problem, labels)
        words = (
            _("given up: {rule}", rule=rule)
            if one.condition.rule is not None
            else _("{count} points less: {rule}", count=found.lowered, rule=rule)
        )
        more = ngettext(
            "{count} point more to share",
            "{count} points more to share",
            one.gained,
            count=thousands(one.gained),
        )
        yield Fact(head=_("Opens a deal") if one.opens else capitalised(more), words=f"{capitalised(words)}.")
    if not opening and found.tried:
        yield Fact(head=_("None"), words=_("No single concession opens more than there is."))
    if len(found.tried) < found.of:
        yield Fact(
            head=_("Not all"),
            words=_(
                "{tried} of {count} could be tried in the time given.", tried=len(found.tried), count=found.of
            ),
        )


def costs(answer: Answer, labels: Labels) -> Iterator[Bars]:
    """For each party the conditions that cost it anything, the dearest first."""
    found = answer.costs
    for place, name in enumerate(labels.parties if found else ()):
        assert found is not None
        dear = sorted(
            ((one.points[place] or 0, one.condition) for one in found.costs if one.points[place]),
            key=lambda of: -of[0],
        )
        if dear:
            yield Bars(
                name=name,
                words=ngettext(
                    "It could have {count} point at best as things are.",
                    "It could have {count} points at best as things are.",
                    found.best[place],
                    count=thousands(found.best[place]),
                ),
                bars=tuple(
                    Bar(
                        label=condition_words(condition, answer.problem, labels),
                        wide=f"{100 * points / dear[0][0]:.1f}",
                        words=ngettext("{count} point", "{count} points", points, count=thousands(points)),
                    )
                    for points, condition in dear
                ),
            )


def costs_note(answer: Answer) -> str:
    found = answer.costs
    if found is None or not found.best:
        return _(
            "Where there is no deal, no one condition costs anything by itself: see what stands in the way."
        )
    if not any(points for one in found.costs for points in one.points):
        return _(
            "No single condition costs any party a point: leaving one out, nobody could have more at best."
        )
    return _(
        "How much more each party could have at best if a condition were left out and all others "
        "kept. Each figure is drawn to its own party’s points; lengths in one say nothing about "
        "another. A red line is not wrong for being dear."
    )


def robustness_bars(answer: Answer, labels: Labels, shortlist: tuple[Shortlisted, ...]) -> Iterator[Bars]:
    """Which packages are picked how often, and what every draw settles alike."""
    found = answer.robustness
    if found is None or not found.draws:
        return
    numbers = {one.outcome.package: one.number for one in shortlist}
    shown = [winner for winner in found.winners if winner.outcome.package in numbers][:MOST_WINNERS]
    yield Bars(
        name=_("Packages with the largest product of gains"),
        words=ngettext(
            "{count} different package was picked in all.",
            "{count} different packages were picked in all.",
            len(found.winners),
        ),
        bars=tuple(
            _share(_("Package {number}", number=numbers[winner.outcome.package]), winner.times, found.draws)
            for winner in shown
        ),
    )
    yield Bars(
        name=_("Issue by issue"),
        words=_(
            "What was picked most often. An issue that nearly every draw settles alike does not hang on "
            "the points."
        ),
        bars=tuple(
            _share(
                f"{labels.issues[issue]}: {labels.options[issue][options.index(max(options))]}",
                max(options),
                found.draws,
            )
            for issue, options in enumerate(found.options[:MOST_OPTIONS])
        ),
    )


def _share(label: str, times: int, draws: int) -> Bar:
    return Bar(
        label=label,
        wide=f"{100 * times / draws:.1f}",
        words=_("{times} of {draws} draws", times=times, draws=draws),
    )


def robustness_note(answer: Answer) -> str:
    found = answer.robustness
    if answer.zone.exists is False:
        return _("There is no package to ask this of.")
    if found is None:
        return _(
            "Nobody gave ranges, so the points are taken as they are. Next: ask for the lowest and the "
            "highest points of each option; a tired delegate finds that easier than one number."
        )
    said = _(
        "The points were drawn {draws} times between the lowest and the highest that were given, "
        "always in the same way (seed {seed}), and the package was chosen anew. It holds of these "
        "draws and no others. In {without} of them there was no deal.",
        draws=found.draws,
        seed=found.seed,
        without=found.without,
    )
    if found.draws < found.asked:
        said += " " + _("{asked} were asked for; the time given allowed no more.", asked=found.asked)
    return said


def unanswered_facts(answer: Answer) -> Iterator[Fact]:
    for one in answer.unanswered:
        said = " ".join(f"{translated(why.sentence)} {translated(why.instead)}" for why in one.why)
        yield Fact(head=_(_PARTS[one.part]), words=said)
