"""The five cells of a chain: what stands, what is only claimed, and each gap with whose turn it is and since when."""

from __future__ import annotations

from typing import Final

from detente.acts.commitments import missing_elements
from detente.acts.evidence.acknowledgment import grade_of
from detente.acts.evidence.challenge import standing_challenges
from detente.procedure.chains import (
    Chain,
    Gap,
    Place,
    is_claimed,
    is_ended,
    is_owed,
    reports_on,
)
from detente.state.undertakings import GRADES, Assurance, Commitment, Demand, Exhibit
from detente.views.building.drawn import words_changed
from detente.views.building.sight import Sight
from detente.views.building.text_history import one_after_another
from detente.views.marks import Mark, Prose, prose, worded
from detente.views.undertakings import ChainCell
from detente.wording.counting import capitalised, in_a_row, listed
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.saying import GRADES as GRADE_WORDS
from detente.wording.saying import LONGEST_QUOTATION, quoted

PLACES: Final[dict[Place, tuple[str, str]]] = {
    "exhibit": (N_("Exhibit"), N_("presented, received, acknowledged")),
    "demand": (N_("Demand"), N_("what was asked for")),
    "assurance": (N_("Assurance"), N_("given, confirmed by its speaker")),
    "commitment": (N_("Commitment"), N_("in words that can be verified")),
    "observance": (N_("Observance"), N_("reported, found")),
}
"""Place -> its name, and what stands there."""
_LACKING: Final = {
    "actor": N_("no actor"), "duty": N_("no duty"), "action": N_("no action"), "area": N_("no area or object"),
    "period": N_("no period"), "indicator": N_("no indicator"), "verifier": N_("no verifier"),
    "method": N_("no method"), "consequence": N_("no consequence"),
}  # fmt: skip


class Cells:
    """The cells of every chain on a page. above: the demand of the chain drawn last, which is not said twice."""

    def __init__(self, sight: Sight, called: dict[str, str]) -> None:
        self._sight, self._called = sight, called
        self._above: Demand | None = None

    def of(self, chain: Chain) -> tuple[ChainCell, ...]:
        drawn = [
            self._exhibit(chain),
            self._demand(chain),
            self._assurance(chain),
            self._commitment(chain),
            self._observance(chain),
        ]
        self._above = chain.demand
        cells = []
        for place, cell, following in zip(PLACES, drawn, [*drawn[1:], None], strict=True):
            gap = chain.gap(place)
            onward = cell is not None and following is not None and gap is None
            cells.append(_placed(place, cell or ChainCell(place=""), onward=onward))
        return tuple(cells)

    # --- the places

    def _exhibit(self, chain: Chain) -> ChainCell | None:
        exhibit = chain.exhibit
        if exhibit is None:
            return None
        mark, title = self._sight.person(exhibit.by), self.title(exhibit)
        gap = chain.gap("exhibit")
        if gap is not None and gap.missing == "presentation":
            side = self._whose(chain.demand.of if chain.demand else "")
            return self._gap(
                gap, worded("{exhibit}: not presented to {side}", exhibit=title, side=side), mark
            )
        if gap is not None:
            who = listed(self._whose(group) for group in gap.whose)
            return self._gap(gap, worded("{exhibit}: no receipt by {who}", exhibit=title, who=who), mark)
        if not exhibit.files:
            who = self._sight.person_or_side(exhibit.by)
            said = worded(
                "Described by {who}, not presented, {act}", who=who, act=self._sight.cite(exhibit.index)
            )
            return self._cell("exhibit", mark, prose(title), said, claimed=True)
        return self._cell("exhibit", mark, prose(title), self._acknowledged(exhibit))

    def title(self, exhibit: Exhibit) -> str:
        """“E1 Incident file”; its number alone where its title is sealed to the reader."""
        label, title = self._called[exhibit.leaf], self._sight.names.opened(exhibit.leaf).get("title")
        return f"{label} {quoted(title)}" if title else label

    def _acknowledged(self, exhibit: Exhibit) -> Prose:
        """How far each group has acknowledged it, and who challenges it."""
        parts = []
        for group in exhibit.to:
            grade = grade_of(exhibit, group)
            if grade >= 0:
                last = max(a.index for a in exhibit.acknowledged if a.group == group)
                word = _(GRADE_WORDS[GRADES[grade]])
                parts.append(worded("{who}: {grade}, {act}", who=self._whose(group), grade=word,
                                    act=self._sight.cite(last)))  # fmt: skip
        parts += [
            worded("challenged by {who}, {act}", who=self._whose(c.group), act=self._sight.cite(c.index))
            for c in standing_challenges(exhibit)
        ]
        return (
            one_after_another(parts)
            if parts
            else worded("Presented {act}", act=self._sight.cite(exhibit.index))
        )

    def _demand(self, chain: Chain) -> ChainCell | None:
        demand = chain.demand
        if demand is None:
            return None
        mark, label = self._sight.side(demand.group), prose(self._called[demand.leaf])
        if self._above is not None and self._above.leaf == demand.leaf:
            return self._cell("demand", mark, label, worded("as above"))
        act = self._sight.cite(demand.index)
        if demand.withdrawn is not None:
            withdrawn = self._sight.cite(demand.withdrawn)
            return self._cell("demand", mark, label, worded("Made in {act}, withdrawn in {withdrawn}", act=act,
                                                            withdrawn=withdrawn))  # fmt: skip
        opened = self._sight.names.opened(demand.leaf)
        words = quoted(opened.get("title") or opened.get("text") or "", LONGEST_QUOTATION)
        said = (
            worded("{words}, {act}", words=words, act=act)
            if words
            else worded("Sealed words, {act}", act=act)
        )
        return self._cell("demand", mark, label, said)

    def _assurance(self, chain: Chain) -> ChainCell | None:
        sight, demand, assurance, gap = self._sight, chain.demand, chain.assurance, chain.gap("assurance")
        if (
            demand is not None
            and demand.declined is not None
            and is_ended(chain)
            and demand.withdrawn is None
        ):
            who = self._whose(demand.of)
            said = worded("Declined by {who}, {act}", who=who, act=sight.cite(demand.declined[1]))
            return self._cell("assurance", sight.side(demand.of), worded("No assurance"), said)
        if gap is not None:
            return self._gap(gap, self._unassured(chain, gap))
        if assurance is None or is_ended(chain):
            return None
        said, claimed = self._assured(assurance)
        label = prose(self._called[assurance.leaf])
        return self._cell("assurance", sight.person(assurance.speaker), label, said, claimed=claimed)

    def _assured(self, assurance: Assurance) -> tuple[Prose, bool]:
        """How it was given, and whether that is only claimed. A commitment can have gone past words that do not stand."""
        sight, act = self._sight, self._sight.cite(assurance.index)
        if is_claimed(sight.state, assurance):
            claimant, speaker = sight.person_or_side(assurance.by), sight.names.briefly(assurance.speaker)
            return worded("Claimed by {claimant}, {act}. {speaker} has not answered in this record",
                          claimant=claimant, act=act, speaker=speaker), True  # fmt: skip
        if assurance.withdrawn is not None:
            return worded("taken back, {act}", act=sight.cite(assurance.withdrawn)), True
        if not assurance.spoken:
            return worded("given {act}", act=sight.cited(assurance.index)), False
        if assurance.confirmed is None:
            return worded("read back, unconfirmed, {act}", act=act), True
        return worded("read back in {act}, confirmed by its speaker, {confirmed}", act=act,
                      confirmed=sight.cited(assurance.confirmed)), False  # fmt: skip

    def _unassured(self, chain: Chain, gap: Gap) -> Prose:
        assurance = chain.assurance
        if assurance is None:
            return worded("No assurance by {who}", who=listed(self._whose(w) for w in gap.whose))
        speaker = self._sight.names.speaker(assurance.speaker)
        act = self._sight.cite(gap.since)
        if gap.missing == "confirmation":
            return worded("Spoken by {speaker}, read back, unconfirmed", speaker=speaker)
        if gap.missing == "refused":
            return worded("Words read back, contested by {speaker} in {act}", speaker=speaker, act=act)
        return worded("Assurance taken back by {who} in {act}", who=self._whose(assurance.side), act=act)

    def _commitment(self, chain: Chain) -> ChainCell | None:
        commitment, gap = chain.commitment, chain.gap("commitment")
        if gap is not None and gap.missing == "elements" and commitment is not None:
            lacking = capitalised(in_a_row(_(_LACKING[e]) for e in missing_elements(commitment)))
            words = worded("{provision}: {lacking}", provision=self._provision(commitment), lacking=lacking)
            return self._gap(gap, words)
        if gap is not None and gap.missing == "words":
            return self._gap(gap, worded("No words of a text are named"))
        if gap is not None:
            label = self._called[chain.assurance.leaf] if chain.assurance else ""
            return self._gap(gap, worded("No commitment takes up {label}", label=label))
        if commitment is None:
            return None
        count = len(commitment.elements)
        said = worded(
            "{count} of 9 elements present, {act}", count=str(count), act=self._sight.cite(commitment.index)
        )
        changed = words_changed(self._sight, commitment)
        said = worded("{where}. {changed}", where=said, changed=changed) if changed else said
        return self._cell("commitment", None, prose(self._provision(commitment)), said)

    def _provision(self, commitment: Commitment) -> str:
        return self._sight.names.provision(commitment.provision)

    def _observance(self, chain: Chain) -> ChainCell | None:
        commitment, gap = chain.commitment, chain.gap("observance")
        if commitment is None:
            return None
        if gap is not None:
            return self._gap(gap, worded("No report, no finding in this record"))
        if not is_owed(self._sight.state, commitment):
            if chain.gap("commitment") is not None:
                return None  # the gap says enough
            said = worded("Nothing is in force, so nothing is owed under {provision}",
                          provision=self._provision(commitment))  # fmt: skip
            return ChainCell(place="", glyph="empty", title=worded("Not yet"), detail=said)
        acts = reports_on(self._sight.state, commitment)
        count = ngettext("{count} report or finding", "{count} reports and findings", len(acts))
        return self._cell(
            "observance", None, prose(count), worded("the last, {act}", act=self._sight.cited(acts[-1]))
        )

    # --- how a cell is made

    def _cell(
        self, place: Place, mark: Mark | None, title: Prose, detail: Prose, *, claimed: bool = False
    ) -> ChainCell:
        return ChainCell(
            place=place, glyph="spoken" if claimed else "done", mark=mark, title=title, detail=detail
        )

    def _gap(self, gap: Gap, title: Prose, mark: Mark | None = None) -> ChainCell:
        turn = worded("Turn: {who}, since {when}", who=listed(self._whose(w) for w in gap.whose),
                      when=self._since(gap.since))  # fmt: skip
        return ChainCell(place=gap.place, glyph="gap", gap=True, mark=mark, title=title, turn=turn)

    def _since(self, index: int) -> Prose:
        """“27 Oct 14:20, #24”."""
        return worded("{time}, {act}", time=self._sight.at(index), act=self._sight.cite(index))

    def _whose(self, whose: str) -> str:
        return self._sight.names.author_side("M") if whose == "M" else self._sight.names.whose(whose)


def _placed(place: Place, cell: ChainCell, *, onward: bool) -> ChainCell:
    name, _note = PLACES[place]
    return ChainCell(
        place=_(name), glyph=cell.glyph, onward=onward, gap=cell.gap, mark=cell.mark, title=cell.title,
        detail=cell.detail, turn=cell.turn,
    )  # fmt: skip
