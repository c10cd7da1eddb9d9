"""Provisions that protect persons: marked once, and reached by no measure on a breach.

Rule (VCLT art. 60(5)): what protects the human person is neither suspended nor ended on the ground of a breach. A side of
the text or a mediator marks such provisions, in one edition; no side alone takes that back.
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, Act, Clear, Hidden, Kind, Staleness, refusals
from detente.acts.subjects import (
    absent_from,
    edition_of,
    missing_edition,
    missing_instrument,
    not_a_side_of,
    side_of,
)
from detente.codec.identifier import Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal
from detente.state.breach import Protection
from detente.state.instrument import Edition, Instrument
from detente.state.records import State


class MarkProtection(Clear, frozen=True, kw_only=True, tag="mark_protection"):
    instrument: SubjectId
    edition: Leaf
    provisions: tuple[ProvisionId, ...]


def protected(state: State, instrument: Instrument) -> frozenset[str]:
    """The provisions of the edition that stands which are marked as protecting persons."""
    leaf = instrument.edition.leaf if instrument.edition else ""
    marks = (p for p in state.protections.values() if p.instrument == instrument.id and p.edition == leaf)
    return frozenset(provision for mark in marks for provision in mark.provisions)


def strange_provisions(edition: Edition | None, provisions: tuple[str, ...]) -> Refusal | None:
    unknown = absent_from(edition, provisions)
    if not unknown:
        return None
    return Refusal("breach.provision", f"The text holds no such provision: {unknown}.",
                   instead="Name provisions of the edition that stands.")  # fmt: skip


def examine_mark(state: State, act: Act[MarkProtection]) -> tuple[Refusal, ...]:
    clear, side = act.clear, side_of(state, act.author)
    edition = edition_of(state, clear.instrument, clear.edition)
    return refusals(
        missing_instrument(state, clear.instrument),
        not_a_side_of(state, clear.instrument, side) if side else None,
        missing_edition(state, clear.instrument, clear.edition),
        strange_provisions(edition, clear.provisions) if edition else None,
        Refusal(
            "breach.nothing",
            "Which provisions protect persons is to be said.",
            "VCLT art. 60(5)",
            "Name them.",
        )
        if not clear.provisions
        else None,
    )


def evolve_mark(state: State, act: Act[MarkProtection]) -> State:
    clear = act.clear
    marked = Protection(
        act.leaf, state.size, act.author, side_of(state, act.author) or "M", clear.instrument, clear.edition,
        clear.provisions,
    )  # fmt: skip
    return replace(state, protections=state.protections.set(act.leaf, marked))


KINDS = (
    Kind(MarkProtection, Hidden, SIDES | MEDIATION, examine_mark, evolve_mark,
         "{author} marks provisions of {instrument} as protecting persons",
         "No measure on a breach reaches these provisions, whoever proposes it. No side alone takes that back.",
         staleness=Staleness.PROTECTIVE),
)  # fmt: skip
