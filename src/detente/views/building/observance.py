"""What happened after: reports as their sources make them, beside the commitments on which they may bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.procedure.reckoned import BaseMap, Candidate, Matched, VisibleIncidents, month_name
from detente.state.undertakings import Commitment
from detente.views.building.around import drawn_around
from detente.views.building.drawn import words_changed
from detente.views.building.feeding import PATH as FEED
from detente.views.building.feeding import may_report
from detente.views.building.incident_figures import MOST_MONTHS, MOST_PLACES, columns, incident_map
from detente.views.building.incident_words import INCIDENT_KINDS, days_of, kind_and_place, report_cited
from detente.views.building.observance_words import (
    candidate_answers,
    change_words,
    is_doubtful,
    left_out,
    surge_means,
    surge_words,
)
from detente.views.building.sight import Sight, in_words
from detente.views.marks import Link, Prose, linked, prose, worded
from detente.views.observance import (
    BearsOn,
    CandidateLine,
    CountedNames,
    ObservancePage,
    PlaceLine,
    WhatCounts,
)
from detente.views.timeline import Carried, Option
from detente.wording.counting import listed, thousands
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.moments import long_day, numbered_month

NO_INCIDENTS: Final = N_(
    "No incident is reported in this record. That says nothing of whether any happened. Next: anybody at the table, an "
    "observer or a verifier reports one, or a batch from a source."
)
NO_COMMITMENTS: Final = N_(
    "No commitment is drawn in this record, so no report can be set beside one. Next: a side or a mediator draws one "
    "from a provision."
)
NO_BORDERS: Final = N_(
    "A circle is as large as the reports there are many; its filled part are candidates for the commitment shown. No "
    "borders and no names are drawn: where they run is for nobody to settle on a page of this record."
)
_TESTED_MONTHS: Final = 24
"""How many months back one may choose."""


def observance_page(
    record: VisibleRecord, incidents: VisibleIncidents, *, why_none: str = "", viewers: tuple[str, ...] = ()
) -> ObservancePage:
    """incidents: what was reckoned of those that the viewer may read. why_none: why nothing could be."""
    asked, page = incidents.asked, _Building(record, incidents, viewers)
    sight, none = page.sight, not incidents.total
    change, change_means = change_words(incidents, page.agreed_words())
    most = max((place.most for place in incidents.places[:MOST_PLACES]), default=1)
    return ObservancePage(
        headline=_headline(incidents),
        lead=() if none else page.lead(),
        empty=(_(why_none) if why_none else _(NO_INCIDENTS)) if none else "",
        surge=surge_words(incidents),
        surge_means=surge_means(incidents),
        change=change,
        change_means=change_means,
        months=None if not incidents.months else columns(
            incidents, _("All places"), incidents.months, max(incidents.months[-MOST_MONTHS:]) or 1, page.agreed
        ),
        places=tuple(
            columns(
                incidents, place.place or _("No place named"), place.months(0, len(incidents.months)), most, page.agreed
            )
            for place in incidents.places[:MOST_PLACES]
        ),
        places_note=_more_places(incidents),
        left_out=left_out(incidents),
        map=incident_map(incidents),
        map_note=_map_note(incidents.base),
        commitments=tuple(page.commitments()),
        commitments_empty="" if page.standing else _(NO_COMMITMENTS),
        candidates=tuple(page.candidates()),
        candidates_head=page.candidates_head(),
        candidates_note=page.candidates_note(),
        table=tuple(_places(incidents)),
        tested=numbered_month(incidents.tested) if incidents.tested is not None else "",
        counting=None if none and not asked.kinds else page.counting(),
        report=tuple(_report_links(sight)),
        downloads=() if none else page.downloads(),
        shell=drawn_around(sight, _("Observance")),
    )  # fmt: skip


def _report_links(sight: Sight) -> Iterator[Link]:
    """In a demonstration nobody holds a key, and an earlier moment is only looked at."""
    if sight.now_shown and not sight.viewers and may_report(sight.state.people.get(sight.viewer or "")):
        one = sight.place.page("sign", kind="report_incident").address
        yield Link(text=_("Report an incident"), href=one)
        yield Link(text=_("Report a feed from a file"), href=sight.place.page(FEED).address)


def _map_note(base: BaseMap | None) -> str:
    if base is None:
        return _(NO_BORDERS)
    return _(
        "A circle is as large as the reports there are many; its filled part are candidates for the commitment shown. "
        "The lines under them are not drawn by this record: {attribution}. Approved by {approved}, as the host says; the "
        "SHA-256 of its file begins with {digest}.",
        attribution=base.attribution, approved=base.approved_by, digest=base.digest[:12],
    )  # fmt: skip


def _headline(incidents: VisibleIncidents) -> str:
    if not incidents.total:
        return _("No incident is counted here")
    if incidents.again:
        return _(
            "{reports}, {incidents}, alleged until found",
            reports=ngettext("{count} report", "{count} reports", incidents.total, count=thousands(incidents.total)),
            incidents=ngettext("{count} incident", "{count} incidents", incidents.total - incidents.again,
                               count=thousands(incidents.total - incidents.again)),
        )  # fmt: skip
    return ngettext(
        "{count} report of an incident, alleged until found", "{count} reports of incidents, alleged until found",
        incidents.total, count=thousands(incidents.total),
    )  # fmt: skip


def _reports_of(counts: Matched) -> str:
    """How many candidates, and by how many reports where these are more."""
    every = counts.met + counts.doubtful
    if not counts.again:
        return thousands(every)
    return _("{count} by {reports} reports", count=thousands(every), reports=thousands(every + counts.again))


def _more_places(incidents: VisibleIncidents) -> str:
    more = len(incidents.places) - MOST_PLACES
    if more <= 0:
        return ""
    return ngettext("{count} more place is in the table.", "{count} more places are in the table.", more)


def _places(incidents: VisibleIncidents) -> Iterator[PlaceLine]:
    """Those tested first, the least likely at the head; the others by their number."""
    totals = {place.place: place.total for place in incidents.places}
    at = len(incidents.months) - 1 if incidents.tested is None else incidents.tested - incidents.first
    for surge in incidents.surges:
        yield PlaceLine(
            place=surge.place, total=thousands(totals[surge.place]), month=thousands(surge.count), surge=surge.found,
            expected=f"{surge.expected:.1f}", chance=_("{percent} %", percent=_share(surge.p)),
        )  # fmt: skip
    tested = {surge.place for surge in incidents.surges}
    for place in incidents.places:
        if place.place not in tested:
            (month,) = place.months(at, at + 1)
            yield PlaceLine(place=place.place, total=thousands(totals[place.place]), month=thousands(month),
                            expected=_("too few to tell"), chance="", surge=False)  # fmt: skip


def _share(chance: float) -> str:
    return f"{100 * chance:.1f}" if chance >= 0.001 else "<0.1"


class _Building:
    """One page being made: the record as its reader sees it, what was asked, and what was reckoned."""

    def __init__(self, record: VisibleRecord, incidents: VisibleIncidents, viewers: tuple[str, ...]) -> None:
        asked = incidents.asked
        picked = record.visible.state.commitments.get(asked.picked)
        self.asked, self.incidents = asked, incidents
        query = {
            "commitment": str(picked.index + 1) if picked else "", "kinds": ",".join(asked.kinds),
            "month": month_name(asked.month) if asked.month is not None else "",
            **{f"names_{side}": ", ".join(names) for side, names in asked.names},
        }  # fmt: skip
        self.sight = Sight(record, viewers, "observance", query)
        self.standing = [
            commitment for one in asked.commitments if (commitment := self.sight.state.commitments.get(one.leaf))
        ]  # fmt: skip

    @property
    def agreed(self) -> int | None:
        """The month of the date before and after which months are compared."""
        if self.asked.agreed is None:
            return None
        return int(self.asked.agreed[:4]) * 12 + int(self.asked.agreed[5:7]) - 1

    def agreed_words(self) -> str:
        """That date in words."""
        agreed = self.asked.agreed
        return in_words(self.sight.instant(agreed, long_day)) if agreed else ""

    def lead(self) -> Prose:
        batches = (self.sight.state.batches[leaf] for leaf in self.asked.batches)
        acts = tuple(run for batch in batches for run in (*prose(" "), self.sight.cite(batch.index)))
        sources = listed(self.incidents.sources) or _("the acts that report them")
        return worded(
            "As reported by {sources}{acts}; alleged until the verifier finds. Nothing on this page is a finding.",
            sources=sources, acts=acts,
        )  # fmt: skip

    # --- commitments

    def called(self, commitment: Commitment) -> str:
        title = self.sight.record.opened(commitment.leaf).get("title")
        return str(title) if title else self.sight.names.provision(commitment.provision)

    def commitments(self) -> Iterator[BearsOn]:
        matched = {one.leaf: one for one in self.incidents.matched}
        for commitment in self.standing:
            counts = matched.get(commitment.leaf, Matched(commitment.leaf, 0, 0, 0))
            shown = commitment.leaf == self.asked.picked
            there = self.sight.place.asking(commitment=str(commitment.index + 1)).address
            yield BearsOn(
                title=self.called(commitment),
                where=self.drawn_from(commitment),
                owed_by=tuple(self.sight.side(side) for side in commitment.actors),
                candidates=_reports_of(counts), doubtful=thousands(counts.doubtful),
                unplaced=thousands(counts.unplaced),
                choose=None if shown else Link(text=_("Show"), href=f"{there}#candidates"),
            )  # fmt: skip

    def drawn_from(self, commitment: Commitment) -> Prose:
        where = worded("{provision}, drawn {act}", provision=self.sight.names.provision(commitment.provision),
                       act=self.sight.cite(commitment.index))  # fmt: skip
        changed = words_changed(self.sight, commitment)
        return worded("{where}. {changed}", where=where, changed=changed) if changed else where

    # --- candidates

    def _picked(self) -> Commitment | None:
        return self.sight.state.commitments.get(self.asked.picked)

    def candidates_head(self) -> str:
        picked = self._picked()
        return _("Candidates for: {title}", title=self.called(picked)) if picked else ""

    def candidates_note(self) -> str:
        if self._picked() is None:
            return ""
        counts = next((one for one in self.incidents.matched if one.leaf == self.asked.picked), None)
        every, shown = counts.met + counts.doubtful if counts else 0, len(self.incidents.candidates)
        if not every:
            return _(
                "No report meets it by kind, actor, area and period. That shows what was reported, not what happened."
            )
        note = ngettext("{count} candidate, no verdict.", "{count} candidates, no verdict on any.", every,
                        count=thousands(every))  # fmt: skip
        if counts and counts.again:
            note += " " + ngettext("{count} more report is of one of them.", "{count} more reports are of some of them.",
                                   counts.again, count=thousands(counts.again))  # fmt: skip
        return (
            note
            if counts and shown == every + counts.again
            else f"{note} {_('The latest {count} are shown.', count=shown)}"
        )

    def candidates(self) -> Iterator[CandidateLine]:
        for one in self.incidents.candidates:
            yield CandidateLine(
                when=days_of(one.date_from, one.date_to),
                what=kind_and_place(one.incident, one.place),
                claimed=listed(one.actors),
                source=one.source,
                answers=candidate_answers(one),
                doubtful=is_doubtful(one),
                where=self._report(one),
                same=tuple(report_cited(self.sight, *other) for other in one.same),
            )

    def _report(self, one: Candidate) -> Prose:
        """The act that reports it, and its row; and where findings on it stand, once somebody has found something."""
        where = report_cited(self.sight, one.report, one.row)
        findings = self.sight.state.findings.values()
        if not any((f.about, f.row) == (one.report, one.row) for f in findings):
            return where
        there = f"{self.sight.place.page('keeping').address}#found-incidents"
        return worded("{where}; {findings}", where=where, findings=linked(_("what was found"), there))

    # --- what is counted, and downloads

    def counting(self) -> WhatCounts:
        own = dict(self.sight.place.query)
        kept = [("commitment", own.get("commitment", "")), *self.sight.place.carried]
        kinds = [
            Option(value=kind, text=_(word), chosen=kind in self.asked.kinds)
            for kind, word in INCIDENT_KINDS.items()
        ]
        return WhatCounts(
            action=self.sight.place.without_query,
            carried=tuple(Carried(name=name, value=value) for name, value in kept if value),
            kinds=tuple(kinds),
            names=tuple(
                CountedNames(
                    name=f"names_{side}", value=own.get(f"names_{side}", ""),
                    label=_("Names that sources use for {side}", side=self.sight.names.delegation(side)),
                )
                for side in dict.fromkeys(side for one in self.standing for side in one.actors)
            ),
            months=tuple(self._months()),
        )  # fmt: skip

    def _months(self) -> Iterator[Option]:
        yield Option(value="", text=_("The last whole month"), chosen=self.asked.month is None)
        last = self.incidents.first + len(self.incidents.months) - 1
        for month in range(last, max(self.incidents.first, last - _TESTED_MONTHS), -1):
            yield Option(
                value=month_name(month), text=numbered_month(month), chosen=month == self.asked.month
            )

    def downloads(self) -> tuple[Link, ...]:
        files = [("months.svg", N_("Months, SVG")), ("places.svg", N_("Places, SVG")), ("map.svg", N_("Map, SVG")),
                 ("months.csv", N_("Counts by place and month, CSV"))]  # fmt: skip
        if self._picked() is not None:
            files.append(("candidates.csv", N_("All candidates, CSV")))
        own, names = dict(self.sight.place.query), self.sight.place
        return tuple(
            Link(text=_(words), href=names.page(f"observance/{file}", **own).address) for file, words in files
        )
