"""Commitments: an undertaking drawn from the words of a provision, so that anybody can tell whether it is kept.

Rules: a drawing binds nobody; what binds is the text, and the drawing says how its author reads it as something that
can be verified. It names the edition and the provision, and quotes the words that say it. Who owes it is a side of the
instrument; somebody else is named in words only, since a text creates no obligation for a third without its consent
(VCLT 34-35). An event has no obligor: the text says that something is to happen, and nobody who owes it. Nobody
verifies what their own side owes. An assurance is taken up once its speaker has confirmed it, and by a drawing on the
side that gave it. A drawing takes the place of an earlier one of the same side only: others' stand beside it.

`elements` says which of the nine elements the drawing gives, so that whoever may not read its words can still see how
much of it can be verified. It says no more than the fields give (`check_words`); an element whose words are not
disclosed is taken at its author's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, refusals
from detente.acts.sealing import group_of
from detente.acts.subjects import (
    edition_of,
    missing_edition,
    missing_instrument,
    missing_person,
    no_such_instant,
    not_a_side_of,
    side_of,
)
from detente.codec.geojson import check_drawing, is_drawn
from detente.codec.identifier import Leaf, PersonId, ProvisionId, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.answers import is_adopted
from detente.state.records import State
from detente.state.undertakings import Commitment, Duty, Element

ELEMENTS: Final[tuple[Element, ...]] = get_args(Element)
"""The nine, in the order in which a page asks for them."""
GIVEN_BY: Final[Mapping[Element, tuple[str, ...]]] = MappingProxyType({
    "actor": ("actors", "obligor"), "duty": ("duty",), "action": ("action",), "area": ("area", "object"),
    "period": ("begins", "ends", "period"), "indicator": ("indicator",), "verifier": ("verifier", "verified_by"),
    "method": ("method",), "consequence": ("consequence",),
})  # fmt: skip
"""The fields, clear and hidden, any one of which gives an element."""


class DrawCommitment(Clear, frozen=True, kw_only=True, tag="draw_commitment"):
    """actors: the sides that owe it. begins, ends: instants, `ends` exclusive. verifier: a person of the record.
    assurance, replaces: leaves of what it takes up, and of the drawing that it takes the place of."""

    instrument: SubjectId
    edition: Leaf
    provision: ProvisionId
    duty: Duty
    actors: tuple[Side, ...] = ()
    elements: tuple[Element, ...] = ()
    begins: Instant | None = None
    ends: Instant | None = None
    verifier: PersonId | None = None
    assurance: Leaf | None = None
    replaces: Leaf | None = None


class CommitmentWords(Hidden, frozen=True, kw_only=True):
    """quote: the words of the provision that say it. obligor, verified_by: who, where no side and no person of the record
    is meant. object: what the action is done to. area: a GeoJSON geometry, or the name of a place. period: in words."""

    title: str | None = None
    quote: str | None = None
    obligor: str | None = None
    action: str | None = None
    object: str | None = None
    area: str | None = None
    period: str | None = None
    indicator: str | None = None
    verified_by: str | None = None
    method: str | None = None
    consequence: str | None = None


def elements_given(values: Mapping[str, Any]) -> tuple[Element, ...]:
    """The elements that these fields give, clear and hidden together.

    >>> elements_given({"duty": "refrain", "actors": ("A",), "area": "the valley"})
    ('actor', 'duty', 'area')
    """
    return tuple(element for element in ELEMENTS if any(values.get(name) for name in GIVEN_BY[element]))


def missing_elements(commitment: Commitment) -> tuple[Element, ...]:
    """Those that the drawing does not give; with none missing it can be verified."""
    return tuple(element for element in ELEMENTS if element not in commitment.elements)


def standing_commitments(state: State, instrument: str, provision: str = "") -> tuple[Commitment, ...]:
    """The drawings from an instrument, or from one provision of it, that nothing has taken the place of and nobody has
    withdrawn, the oldest first."""
    found = (
        c
        for c in state.commitments.values()
        if c.instrument == instrument and provision in ("", c.provision) and c.stands
    )
    return tuple(sorted(found, key=lambda c: c.index))


def examine_draw(state: State, act: Act[DrawCommitment]) -> tuple[Refusal, ...]:
    clear = act.clear
    own = side_of(state, act.author)
    return (
        *refusals(
            missing_instrument(state, clear.instrument),
            not_a_side_of(state, clear.instrument, own) if own else None,
            missing_edition(state, clear.instrument, clear.edition),
            no_such_provision(state, clear),
        ),
        *_actors(state, clear),
        *_period(clear),
        *_elements(clear),
        *_verifier(state, clear),
        *refusals(_assurance(state, clear), _replaced(state, act)),
    )


def no_such_provision(state: State, clear: Any) -> Refusal | None:
    """Whether the edition holds the provision. Silent where the edition is unknown."""
    edition = edition_of(state, clear.instrument, clear.edition)
    if edition is None or clear.provision in edition.provisions:
        return None
    number = number_of(clear.provision, full=True)
    return Refusal("commitment.provision", f"Edition {edition.number} holds no {number}.",
                   instead="Name a provision of that edition, as its text numbers it.")  # fmt: skip


def _actors(state: State, clear: DrawCommitment) -> tuple[Refusal, ...]:
    found = state.instruments.get(clear.instrument)
    outside = [side for side in clear.actors if found is not None and side not in found.sides]
    return refusals(
        Refusal("commitment.actor", f"{', '.join(outside)} is not a side of “{clear.instrument}”.", "VCLT art. 34-35",
                "Name in words whoever owes it and is not a side.")
        if outside
        else None,
        Refusal("commitment.actor_twice", "Each side that owes it is named once.", instead="Leave out the second.")
        if len(set(clear.actors)) != len(clear.actors)
        else None,
        Refusal("commitment.event", "An event is owed by nobody, and this names a side that owes it.",
                instead="Choose what the side owes; or leave the side out.")
        if clear.duty == "event" and clear.actors
        else None,
    )  # fmt: skip


def _period(clear: DrawCommitment) -> tuple[Refusal, ...]:
    unreal = no_such_instant(clear.begins, clear.ends)
    backwards = unreal is None and clear.begins and clear.ends and clear.begins >= clear.ends
    return refusals(
        unreal,
        Refusal("commitment.period", "The period ends before it begins.",
                instead="Give the beginning first; what begins and ends at once is no period.")
        if backwards
        else None,
    )  # fmt: skip


def _elements(clear: DrawCommitment) -> tuple[Refusal, ...]:
    """The elements are listed in their order, with all that the clear fields give."""
    in_order = tuple(element for element in ELEMENTS if element in clear.elements)
    plain = {name: getattr(clear, name) for name in ("actors", "duty", "begins", "ends", "verifier")}
    lacking = set(elements_given(plain)) - set(clear.elements)
    return refusals(
        Refusal("commitment.elements", "The elements are not those that the fields of this act give.",
                instead="List each that is given, once, in the order of the page; or leave the list to the page.")
        if in_order != clear.elements or lacking
        else None
    )  # fmt: skip


def _verifier(state: State, clear: DrawCommitment) -> tuple[Refusal, ...]:
    if clear.verifier is None:
        return ()
    missing = missing_person(state, clear.verifier)
    side = side_of(state, clear.verifier)
    return refusals(
        missing,
        Refusal("commitment.own_verifier", f"{clear.verifier} acts for {side}, which owes this itself.",
                instead="Name somebody else; or say in words who verifies it, so that readers see whose they are.")
        if missing is None and side is not None and side in clear.actors
        else None,
    )  # fmt: skip


def _assurance(state: State, clear: DrawCommitment) -> Refusal | None:
    if clear.assurance is None:
        return None
    found = state.assurances.get(clear.assurance)
    if found is None or found.withdrawn is not None or found.refused is not None:
        return Refusal("commitment.assurance", "The record holds no such assurance, or it no longer stands.",
                       instead="Name an assurance that stands; or draw the commitment without one.")  # fmt: skip
    if found.confirmed is None:
        return Refusal("commitment.assurance_unconfirmed", "The speaker of this assurance has not confirmed it.",
                       instead="Ask its speaker to confirm it first.")  # fmt: skip
    if clear.actors and found.side not in clear.actors:
        return Refusal("commitment.assurance_of_other", f"{found.side} gave this assurance, and does not owe this.",
                       instead=f"Name {found.side} among those who owe it; or leave the assurance out.")  # fmt: skip
    return None


def _replaced(state: State, act: Act[DrawCommitment]) -> Refusal | None:
    leaf = act.clear.replaces
    if leaf is None:
        return None
    earlier = state.commitments.get(leaf)
    if earlier is None or not earlier.stands:
        return Refusal("commitment.unknown", "The record holds no such commitment, or another has taken its place.",
                       instead="Name a commitment that stands.")  # fmt: skip
    own = group_of(state, act.author)
    if group_of(state, earlier.by) != own:
        return Refusal("commitment.not_yours", "Another side drew this commitment.",
                       instead="Leave it: yours stands beside it.")  # fmt: skip
    others = ", ".join(group for group in awaited_to_withdraw(state, earlier) if group != own)
    if others:
        return Refusal("commitment.adopted", f"The text is adopted, and {others} may rely on this commitment.",
                       instead=f"Draw another beside it; or ask {others} to withdraw it first.")  # fmt: skip
    return None


def awaited_to_withdraw(state: State, commitment: Commitment) -> tuple[str, ...]:
    """Who has still to say that a drawing is to be withdrawn: whoever drew it; of an adopted text, every side."""
    instrument, by = state.instruments[commitment.instrument], group_of(state, commitment.by) or ""
    sides = instrument.sides if is_adopted(state, instrument) else ()
    said = {group for group, _at in commitment.withdrawal}
    return tuple(group for group in dict.fromkeys((by, *sides)) if group not in said)


def evolve_draw(state: State, act: Act[DrawCommitment]) -> State:
    clear = act.clear
    drawn = Commitment(
        leaf=act.leaf, index=state.size, by=act.author, instrument=clear.instrument, edition=clear.edition,
        provision=clear.provision, duty=clear.duty, actors=clear.actors, elements=clear.elements, begins=clear.begins,
        ends=clear.ends, verifier=clear.verifier, assurance=clear.assurance, replaces=clear.replaces,
    )  # fmt: skip
    commitments = state.commitments.set(act.leaf, drawn)
    if clear.replaces is not None:
        earlier = replace(commitments[clear.replaces], replaced=state.size)
        commitments = commitments.set(earlier.leaf, earlier)
    return replace(state, commitments=commitments)


def check_words(clear: DrawCommitment, hidden: CommitmentWords) -> tuple[Refusal, ...]:
    """Whether the disclosed words give no element that the act does not list, and an area that can be drawn."""
    words = {name: getattr(hidden, name) for name in CommitmentWords.__struct_fields__}
    unlisted = set(elements_given(words)) - set(clear.elements)
    area = hidden.area or ""
    return (
        *refusals(
            Refusal("commitment.elements", "The elements are not those that the fields of this act give.",
                    instead="List each that is given, once, in the order of the page; or leave the list to the page.")
            if unlisted
            else None
        ),
        *(check_drawing(area) if is_drawn(area) else ()),
    )  # fmt: skip


KINDS = (
    Kind(DrawCommitment, CommitmentWords, TABLE, examine_draw, evolve_draw,
         "{author} draws a commitment from {provision} of {instrument}, edition {edition}",
         "Everybody sees what you take this provision to oblige to, and which elements it lacks. It binds nobody: what "
         "binds is the text.", content=check_words),
)  # fmt: skip
