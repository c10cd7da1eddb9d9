"""Reports that may be of one incident, side by side; with the two acts by which a person says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.procedure.reckoned import Alike, Shown, VisiblePairs
from detente.procedure.sameness import Decided
from detente.views.building.around import drawn_around
from detente.views.building.feeding import may_report
from detente.views.building.incident_words import days_of, kind_and_place, report_cited
from detente.views.building.sight import Sight
from detente.views.comparing import ComparedPair, ComparedReport, ComparingPage
from detente.views.marks import Link
from detente.wording.counting import capitalised, listed, thousands
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

PATH: Final = "observance/pairs"
LEAD: Final = N_(
    "Proposed are reports of different acts whose days are at most one apart and whose places are near or have one name, "
    "by a stated sum of place, day, actors and deaths. That is a reason to look, and no more. Whoever says that two are "
    "one signs that; others may say otherwise; both reports stay in the record."
)
NO_PAIRS: Final = N_(
    "No two reports here look as if they were of one incident and still wait for somebody’s word. Who knows of two that "
    "are says so by an act on them."
)
LONGEST: Final = 400
"""Characters of a source's words that are shown."""


def comparing_page(
    record: VisibleRecord,
    found: VisiblePairs,
    *,
    why_none: str = "",
    viewers: tuple[str, ...] = (),
) -> ComparingPage:
    """why_none: why nothing could be compared."""
    sight = Sight(record, viewers, PATH)
    return ComparingPage(
        headline=_headline(found),
        lead=_(LEAD),
        empty="" if found.pairs else _empty(found, why_none),
        pairs=tuple(_pair(sight, pair) for pair in found.pairs),
        more=ngettext("{count} more pair waits.", "{count} more pairs wait.", found.more, count=thousands(found.more))
        if found.more
        else "",
        decided=_decided(found.known),
        back=Link(text=_("Reports and commitments"), href=sight.place.page("observance").address),
        shell=drawn_around(sight, _("Reports of one incident?")),
    )  # fmt: skip


def _headline(found: VisiblePairs) -> str:
    pairs = len(found.pairs) + found.more
    if not pairs:
        return _("No pair of reports waits for a decision")
    return ngettext("{count} pair of reports may be of one incident",
                    "{count} pairs of reports may be of one incident each", pairs, count=thousands(pairs))  # fmt: skip


def _empty(found: VisiblePairs, why_none: str) -> str:
    if why_none:
        return _(why_none)
    if found.total > found.limit > 0:
        return _(
            "{total} reports are too many to be compared for a page, which compares {limit}. Fetch the files and compare "
            "them with “detente incidents duplicates”.",
            total=thousands(found.total), limit=thousands(found.limit),
        )  # fmt: skip
    return _(NO_PAIRS)


def _decided(known: Decided) -> str:
    said = []
    if known.together:
        said.append(ngettext("People have said of {count} incident that several reports are of it.",
                             "People have said of {count} incidents that several reports are of each.",
                             len(known.together)))  # fmt: skip
    if known.disputed:
        said.append(ngettext("On {count} incident people disagree whether it is one; each report of it is counted.",
                             "On {count} incidents people disagree whether each is one; each report of them is counted.",
                             known.disputed))  # fmt: skip
    return " ".join(said)


def _pair(sight: Sight, pair: Alike) -> ComparedPair:
    return ComparedPair(
        apart=capitalised(_apart(pair)),
        score=f"{pair.score:.2f}",
        reports=(_report(sight, pair.one), _report(sight, pair.another)),
        decide=tuple(_decide(sight, pair)),
    )


def _apart(pair: Alike) -> str:
    days = (
        ngettext("{count} day apart", "{count} days apart", pair.days) if pair.days else _("on the same days")
    )
    if pair.km is None:
        return _("{days}, at places of one name", days=days)
    return _("{days}, {km} km from each other", days=days, km=f"{pair.km:.1f}")


def _report(sight: Sight, one: Shown) -> ComparedReport:
    said = []
    if one.actors:
        said.append(_("Actors as claimed: {names}.", names=listed(one.actors)))
    if one.deaths is not None:
        said.append(ngettext("{count} dead.", "{count} dead.", one.deaths, count=thousands(one.deaths)))
    return ComparedReport(
        when=days_of(one.date_from, one.date_to),
        what=kind_and_place(one.incident, one.place),
        claimed=" ".join(said),
        text=one.text if len(one.text) <= LONGEST else f"{one.text[:LONGEST]}…",
        source=one.source,
        where=report_cited(sight, one.report, one.row),
    )


def _decide(sight: Sight, pair: Alike) -> Iterator[Link]:
    """For whoever can act here: in a demonstration nobody holds a key, and an earlier moment is only looked at."""
    if sight.viewers or not sight.now_shown or not may_report(sight.state.people.get(sight.viewer or "")):
        return
    for words, apart in ((N_("They are one"), ""), (N_("They are two"), "yes")):
        given = {**_fields(sight, "one", pair.one), **_fields(sight, "another", pair.another), "apart": apart}
        yield Link(text=_(words), href=sight.place.page("sign", kind="same_incident", **given).address)


def _fields(sight: Sight, name: str, report: Shown) -> dict[str, str]:
    state = sight.state
    act = state.batches[report.report] if report.row is not None else state.incidents[report.report]
    return {name: f"#{act.index + 1}", f"{name}_row": "" if report.row is None else str(report.row)}
