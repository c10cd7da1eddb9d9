"""What is reckoned of reports, in sentences: a surge, before and after, why something is a candidate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.procedure.reckoned import Candidate, VisibleIncidents, month_number
from detente.views.building.incident_figures import MOST_MONTHS
from detente.wording.counting import capitalised, listed, thousands
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.moments import numbered_month

DOUBTS: Final = {
    "named": N_("place by name only"), "unclaimed": N_("no actor claimed"),
    "partly": N_("day only partly within the period"),
    "possibly": N_("possibly within the period"),
}  # fmt: skip
"""The answers that leave something open (`analysis.matching`)."""
UNCOMPARED: Final = N_("The line marks {date}. Before and after it there are too few months to compare.")
_MET: Final = {
    "kind": {"met": N_("kind counted")}, "actor": {"met": N_("actor as claimed")}, "area": {"within": N_("in the area")},
    "period": {"within": N_("in the period")},
}  # fmt: skip


def candidate_answers(one: Candidate) -> str:
    """Which of the four are met, and what is in doubt; what the commitment does not state is left out."""
    found = listed(_answers(one))
    return (
        _("{answers}.", answers=capitalised(found)) if found else _("The commitment states none of the four.")
    )


def _answers(one: Candidate) -> Iterator[str]:
    for of_the_four, met in _MET.items():
        answer = getattr(one, of_the_four)
        if answer in DOUBTS:
            yield _(DOUBTS[answer])
        elif answer in met:
            yield _(met[answer])


def is_doubtful(one: Candidate) -> bool:
    return not {one.kind, one.actor, one.area, one.period}.isdisjoint(DOUBTS)


def surge_words(found: VisibleIncidents) -> str:
    """Whether a place has more reports than the months before lead one to expect."""
    if not found.months:
        return ""
    if found.tested is None:
        return _("Whether a month has unusually many reports cannot be told: it takes 24 months before it.")
    month, surges = numbered_month(found.tested), [surge for surge in found.surges if surge.found]
    if not found.surges:
        return _(
            "In {month} no place has enough reports before it to tell whether they are unusually many.",
            month=month,
        )
    if not surges:
        return ngettext(
            "In {month} the {count} place that could be tested has no more reports than the 24 months before lead one to "
            "expect.",
            "In {month} none of the {count} places that could be tested has more reports than the 24 months before lead "
            "one to expect.",
            len(found.surges), month=month,
        )  # fmt: skip
    said = (
        _("{place} ({count}, against {expected} a month before)", place=surge.place or _("no place named"),
          count=thousands(surge.count), expected=f"{surge.expected:.1f}")
        for surge in surges
    )  # fmt: skip
    return _("In {month} there are more reports than the 24 months before lead one to expect: {places}.",
             month=month, places=listed(said))  # fmt: skip


def surge_means(found: VisibleIncidents) -> str:
    if found.tested is None:
        return ""
    return _(
        "All places are tested together: where nothing changed, any of them is called so at most once in 20 months. "
        "Assumed: the months are alike but for chance, without season or trend, and reporting did not change. Reports "
        "that come in clusters are allowed for. More reports need not be more incidents."
    )


def _marks_a_date(found: VisibleIncidents) -> bool:
    """Whether the agreed date is in one of the months shown."""
    agreed, end = found.asked.agreed, found.first + len(found.months)
    return agreed is not None and max(found.first, end - MOST_MONTHS) <= month_number(agreed) < end


def change_words(found: VisibleIncidents, date: str) -> tuple[str, str]:
    """Before and after a date, and what that means. Without enough months of both, what the line in the figure is."""
    change = found.change
    if change is None:
        return (_(UNCOMPARED, date=date) if _marks_a_date(found) else ""), ""
    if change.ratio is None:
        said = ngettext("{after} reports in the month after {date}, and none in the month before.",
                        "{after} reports in the {count} months after {date}, and none in the {count} months before.",
                        change.months, date=date, after=thousands(change.after))  # fmt: skip
    else:
        said = ngettext(
            "{after} reports in the month after {date}, {before} in the month before: {ratio} times as many.",
            "{after} reports in the {count} months after {date}, {before} in the {count} months before: {ratio} times as "
            "many.",
            change.months, date=date, after=thousands(change.after), before=thousands(change.before),
            ratio=f"{change.ratio:.2f}",
        )  # fmt: skip
    high = f"{change.high:.2f}" if change.high is not None else _("no limit")
    alike = change.low <= 1 <= (change.high if change.high is not None else 1)
    verdict = (
        _("which chance alone could bring about")
        if alike
        else _("which chance alone would rarely bring about")
    )
    return said, _(
        "Between {low} and {high} times with a confidence of 95 %, {verdict}. The month of the date counts on neither "
        "side. That something came after is not that it came because of it, and reporting may have changed.",
        low=f"{change.low:.2f}", high=high, verdict=verdict,
    )  # fmt: skip


def left_out(found: VisibleIncidents) -> str:
    """What is in the total and in no column, or on no map."""
    said = []
    if found.again:
        said.append(ngettext("{count} report is of an incident that another report stands for, as people decided, and is "
                             "not counted again.",
                             "{count} reports are of incidents that other reports stand for, as people decided, and are "
                             "not counted again.",
                             found.again, count=thousands(found.again)))  # fmt: skip
    if found.asked.disputed:
        said.append(ngettext("On {count} incident people disagree whether it is one; each report of it is counted.",
                             "On {count} incidents people disagree whether each is one; each report of them is counted.",
                             found.asked.disputed))  # fmt: skip
    if found.asked.missing:
        said.append(ngettext("The file of {count} batch is not on this host, and not counted.",
                             "The files of {count} batches are not on this host, and not counted.",
                             found.asked.missing))  # fmt: skip
    earlier = sum(found.months[:-MOST_MONTHS])
    if earlier:
        said.append(ngettext("{count} earlier report is in the table of counts, and in no column.",
                             "{count} earlier reports are in the table of counts, and in no column.",
                             earlier, count=thousands(earlier)))  # fmt: skip
    if found.undated:
        said.append(ngettext("{count} report of which not even the month is known is in no column.",
                             "{count} reports of which not even the month is known are in no column.",
                             found.undated, count=thousands(found.undated)))  # fmt: skip
    if found.unmapped:
        said.append(ngettext("{count} report without a point is on no map.",
                             "{count} reports without a point are on no map.",
                             found.unmapped, count=thousands(found.unmapped)))  # fmt: skip
    return " ".join(said)
