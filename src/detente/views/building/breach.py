"""Breach: notices and what followed, joint decisions, responses, and what no measure reaches."""

from __future__ import annotations

from typing import Final

from detente.acts.protection import protected
from detente.procedure.disclosure import VisibleAct
from detente.state.breach import Decision
from detente.state.instrument import Instrument
from detente.state.records import in_order
from detente.views.building.notices import notices, words_of
from detente.views.building.sight import Sight
from detente.views.keeping import Breach
from detente.views.marks import Prose, Run, prose, worded
from detente.views.text import Beside, BesideItem, NoteLine
from detente.wording.counting import listed
from detente.wording.language import gettext as _

MOST: Final = 40
"""Responses shown one by one: the latest."""


def breach_part(sight: Sight) -> Breach:
    parts = (notices(sight), _decisions(sight), _responses(sight), _protections(sight))
    shown = tuple(part for part in parts if part.items)
    return Breach(
        lead=_(
            "A notice claims a breach and proposes a measure; it suspends and ends nothing. The record does not judge "
            "whether there is a breach."
        ),
        parts=shown,
        empty=""
        if shown
        else _(
            "Nobody has given notice of a breach. A principal can, of a text that is in force for "
            "both sides; on any other text a step can be taken back, or its validity contested."
        ),
    )


def _decisions(sight: Sight) -> Beside:
    items = tuple(_decision(sight, d) for d in in_order(sight.state.decisions.values())[::-1])
    return Beside(
        anchor="decisions",
        head=_("Joint decisions"),
        items=items,
        lead=_("Proposed by one side and taken once the others agree, each by an act of its own."),
    )


def _decision(sight: Sight, decision: Decision) -> BesideItem:
    (_leaf, index, first), *others = decision.agreed
    head = worded(
        "On {instrument}, proposed by {side}, {act}",
        instrument=sight.names.instrument(decision.instrument),
        side=sight.names.delegation(first),
        act=sight.cited(index),
    )
    lines = tuple(
        NoteLine(
            text=worded("{side} agreed, {act}", side=sight.names.delegation(side), act=sight.cited(at)),
            mark=sight.side(side),
            glyph="done",
        )
        for _l, at, side in others
    )
    state = (
        worded("Taken, {act}.", act=sight.cite(decision.taken))
        if decision.taken is not None
        else worded("Not taken yet: it waits for the other sides.")
    )
    return BesideItem(
        mark=sight.side(first),
        head=head,
        words=words_of(sight.names.act_at(index), "text"),
        lines=lines,
        state=state,
    )


def _responses(sight: Sight) -> Beside:
    found = [a for a in sight.record.find(MOST, kind="respond") if a.act.leaf not in sight.irregular]
    return Beside(
        anchor="responses",
        head=_("Responses"),
        items=tuple(_response(sight, act) for act in found),
        lead=_("Announced by one side. A response is held to what a text in force between the two allows."),
    )


def _response(sight: Sight, act: VisibleAct) -> BesideItem:
    clear, person = act.act.clear, sight.state.people.get(act.act.author)
    side = person.side if person and person.side else ""
    head = worded(
        "{who} announces a response to {of}, {act}",
        who=sight.person_or_side(act.act.author),
        of=sight.names.delegation(clear.of),
        act=sight.cited(act.index),
    )
    if clear.instrument is None:
        state: Prose = (
            Run(
                text=_(
                    "When it was announced no text was in force between the two: nothing in this record allows "
                    "it or forbids it."
                ),
                strong=True,
            ),
        )
    else:
        state = worded(
            "Under {provision} of {instrument}, in force between the two when it was announced.",
            provision=sight.names.provision(clear.provision),
            instrument=sight.names.instrument(clear.instrument),
        )
    return BesideItem(
        mark=sight.side(side) if side else sight.person(act.act.author),
        head=head,
        words=words_of(act, "text"),
        state=state,
    )


def _protections(sight: Sight) -> Beside:
    marked = [_protected(sight, i) for i in sight.names.instruments if protected(sight.state, i)]
    return Beside(
        anchor="protections",
        head=_("What protects persons"),
        items=tuple(marked),
        lead=_("No measure on a breach reaches these provisions (Article 60(5))."),
    )


def _protected(sight: Sight, instrument: Instrument) -> BesideItem:
    marks = [p for p in in_order(sight.state.protections.values()) if p.instrument == instrument.id]
    lines = tuple(
        NoteLine(
            text=worded(
                "{provisions}, marked in {act}",
                provisions=listed(map(sight.names.provision, p.provisions)),
                act=sight.cited(p.index),
            ),
            mark=sight.whose(p.group),
        )
        for p in marks
        if instrument.edition is not None and p.edition == instrument.edition.leaf
    )
    return BesideItem(head=prose(sight.names.instrument_title(instrument.id)), lines=lines)
