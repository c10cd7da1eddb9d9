"""The mediators' page about packages, filled from an answer on their machine; as secret as the points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from detente.analysis.packages import Package
from detente.analysis.packages.answering import Answer, Shortlisted
from detente.views.packages import Fact, PackagesPage, Suggestion, Table
from detente.web.checker import source_of
from detente.web.package_better import better_facts, better_words, improvement_facts, improvements_note
from detente.web.package_figures import plots
from detente.web.package_sections import (
    blocks,
    concession_facts,
    costs,
    costs_note,
    robustness_bars,
    robustness_note,
    unanswered_facts,
)
from detente.web.package_trades import Labels, trades
from detente.web.package_words import RULES, headline, lead, sure_words, worth
from detente.web.rendering import environment
from detente.web.static_files import FOLDER
from detente.wording.counting import thousands
from detente.wording.language import gettext as _
from detente.wording.language import ngettext, spoken

SHEETS: Final = ("paper.css", "lists.css", "check.css", "packages.css")
MOST_ROWS: Final = 60
"""Of the frontier's table, spread over the whole of it."""


class Tabling(Struct, frozen=True):
    """How a package is tabled. address: of the room's signing page; command: for a terminal; why_not: instead of both."""

    address: str = ""
    command: str = ""
    why_not: str = ""


def no_room(_number: int, _package: Package) -> Tabling:
    """Of a problem that came from a file: there is no room to table it in."""
    return Tabling()


def packages_page(
    answer: Answer,
    labels: Labels,
    *,
    tabling: Callable[[int, Package], Tabling] = no_room,
    notes: tuple[str, ...] = (),
) -> PackagesPage:
    """notes: what has to be known about what went in, in words of the language spoken."""
    shortlist = answer.shortlist
    shown = answer.suggested
    outcomes = answer.frontier.outcomes if answer.frontier else ()
    return PackagesPage(
        lang=spoken().tag,
        direction=spoken().direction,
        headline=headline(answer),
        lead=lead(answer),
        secret=_(
            "This page shows every party’s points, or what follows from them. Leave no copy where a "
            "party, or the host, could find it."
        ),
        parties=labels.parties,
        facts=tuple(_facts(answer, labels)),
        blocks=tuple(blocks(answer, labels)),
        suggestions=tuple(_suggestion(answer, one, labels, shortlist, tabling) for one in shown),
        suggestions_note=_(
            "By which rule a package was chosen is for you alone: do not tell it to the parties. Points "
            "count within one party; 300 points of one are not 300 of another."
        ),
        suggestions_empty=""
        if shown
        else _(
            "There is no package that all could sign. Next: see what stands in the way, and whether one "
            "of its parts can move."
        ),
        plots=plots(
            answer.problem, outcomes, {str(one.number): one.outcome for one in shown}, labels.parties
        ),
        plots_note=_plots_note(answer),
        frontier=_table(answer, labels, shortlist) if outcomes else None,
        improvements=(
            *improvement_facts(answer, labels, shortlist),
            *better_facts(answer, labels, shortlist),
        ),
        improvements_note=improvements_note(answer),
        concessions=tuple(concession_facts(answer, labels)),
        costs=tuple(costs(answer, labels)),
        costs_note=costs_note(answer),
        robustness=tuple(robustness_bars(answer, labels, shortlist)),
        robustness_note=robustness_note(answer),
        unanswered=tuple(unanswered_facts(answer)),
        notes=(*notes, *_pairs_note(answer)),
    )


def _pairs_note(answer: Answer) -> Iterator[str]:
    if any(party.pairs for party in answer.problem.parties):
        yield _(
            "Some choices are worth more, or less, together: that is in each package’s points, and in no single line of "
            "its issues."
        )


def packages_style() -> str:
    return "\n" + "".join((FOLDER / "css" / sheet).read_text("utf-8") for sheet in SHEETS)


def render_packages(page: PackagesPage) -> str:
    """One file that needs nothing else and can load nothing: what is served, and what is written to disk."""
    style = packages_style()
    policy = f"default-src 'none'; style-src '{source_of(style)}'; base-uri 'none'; form-action 'none'"
    template = environment().get_template("packages.html")
    return template.render(page=page, style=Markup(style), policy=policy)


def _facts(answer: Answer, labels: Labels) -> Iterator[Fact]:
    for name, width in zip(labels.parties, answer.zone.widths, strict=False):
        yield Fact(
            head=name,
            words=_(
                "A deal can give it from {worst} to {best} of its points; it has {reservation} without one.",
                worst=thousands(width.worst),
                best=thousands(width.best),
                reservation=thousands(width.reservation),
            ),
        )
    if answer.frontier is not None and answer.frontier.outcomes:
        count = len(answer.frontier.outcomes)
        words = ngettext(
            "{count} combination of points that nobody can improve on without a cost to another.",
            "{count} combinations of points that nobody can improve on without a cost to another.",
            count,
            count=thousands(count),
        )
        yield Fact(head=_("Frontier"), words=f"{words} {sure_words(answer.frontier.certainty)}")
    if answer.division is not None:
        yield Fact(head=_("Adjusted winner"), words=_division(answer, labels))
    yield Fact(head=_("How sure"), words=sure_words(answer.zone.certainty))


def _division(answer: Answer, labels: Labels) -> str:
    division = answer.division
    assert division is not None
    each = _(
        "Each side could have {points} of {total} points if issues were divided one by one, "
        "reservations not asked.",
        points=f"{float(division.points):,.1f}",
        total=thousands(division.total),
    )
    if division.divided is None:
        return each
    names = dict(zip((issue.name for issue in answer.problem.domain.issues), labels.issues, strict=True))
    share = f"{100 * float(division.divided.first):.0f}"
    return (
        each
        + " "
        + _(
            "{issue} would have to be shared: {share} % of it to {party}.",
            issue=names[division.divided.item.name],
            share=share,
            party=labels.parties[0],
        )
    )


def _suggestion(
    answer: Answer, one: Shortlisted, labels: Labels, shortlist: tuple[Shortlisted, ...],
    tabling: Callable[[int, Package], Tabling],
) -> Suggestion:  # fmt: skip
    others = (one.ties or 1) - 1
    way = tabling(one.number, one.outcome.package)
    return Suggestion(
        number=str(one.number),
        chosen=tuple(_(RULES[rule]) for rule in one.chosen),
        worth=worth(answer.problem, one.outcome, labels),
        sure=sure_words(one.certainty),
        ties=ngettext(
            "{count} other package is worth the same.",
            "{count} other packages are worth the same.",
            others,
            count=thousands(others),
        )
        if others
        else "",
        better=tuple(better_words(answer, one.outcome.package, labels, shortlist)),
        trades=trades(answer.problem, one.outcome.package, answer.standing, labels),
        tabling=way.address,
        command=way.command,
        untabled=way.why_not,
    )


def _plots_note(answer: Answer) -> str:
    axes = _(
        "Each axis has the scale of its own party: a distance along one says nothing about the "
        "other. The tinted corner is where both have more than without a deal."
    )
    drawn = (
        _("Only the packages above are drawn, since the frontier was not answered.")
        if answer.frontier is None
        else sure_words(answer.frontier.certainty)
    )
    return f"{axes} {drawn}"


def _table(answer: Answer, labels: Labels, shortlist: tuple[Shortlisted, ...]) -> Table:
    assert answer.frontier is not None
    outcomes, counts = answer.frontier.outcomes, answer.frontier.packages
    numbers = {one.outcome.package: str(one.number) for one in shortlist}
    step = max(1, -(-len(outcomes) // MOST_ROWS))
    rows = tuple(
        (
            numbers.get(outcome.package, "–"),
            *map(thousands, outcome.points),
            thousands(counts[at]) if counts else _("not counted"),
        )
        for at, outcome in enumerate(outcomes)
        if at % step == 0
    )
    left_out = len(outcomes) - len(rows)
    return Table(
        head=(_("Number"), *labels.parties, _("Packages")),
        rows=rows,
        left_out=ngettext(
            "{count} more is in the answer as data (--json).",
            "{count} more are in the answer as data (--json).",
            left_out,
            count=thousands(left_out),
        )
        if left_out
        else "",
    )
