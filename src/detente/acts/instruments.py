"""Instruments: open one with its terms, link it to others.

Rules: each instrument has its own sides, basis, languages and ladder. Its terms are fixed when it is opened:
how the text becomes authentic (VCLT art. 10), by what act consent is expressed (11-14), when it enters into
force (24). A condition is added only while no side has taken a step on the text, since it changes what the step
would mean. Early harvest is an instrument of its own; a renegotiated text is a new one that `replaces`; a side letter one
that `accompanies`. An annex is agreed, unilateral or proposed; it is agreed only once its sides have adopted it,
and is added or taken off before the first step on the text, or after another edition of that (`one_text`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import MEDIATION, TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.one_text import other_parts_than_accepted, read_again
from detente.acts.subjects import missing_instrument, no_such_instant, with_instrument
from detente.codec.identifier import LanguageTag, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.state.answers import ASSENTED, is_adopted, standing_at
from detente.state.instrument import Basis, Instrument, ReservationRule
from detente.state.one_text import is_asked, is_part
from detente.state.records import Person, State

Relation = Literal["integral_part_of", "conditional_on", "amends", "extends", "replaces", "accompanies"]
Annexed = Literal["", "agreed", "unilateral", "proposed"]


ANNEXING: Final = ("integral_part_of", "accompanies")


class OpenInstrument(Clear, frozen=True, kw_only=True, tag="open_instrument"):
    """languages: (tag, status). entry: at consent of all, on `entry_date`, or `entry_delay` days after it.
    reservations: excluded (VCLT 19(a)), or whose acceptance they need: every side's (20(2)), or each for itself."""

    instrument: SubjectId
    sides: tuple[Side, ...]
    basis: Basis
    languages: tuple[tuple[LanguageTag, Literal["authentic", "official", "courtesy"]], ...]
    authentication: Literal["initials", "signature", "adoption"] = "initials"
    consent: Literal["signature", "ratification", "agreed_means"] = "signature"
    initials_sign: bool = False
    open_to_accession: bool = False
    entry: Literal["on_consent", "date", "delay"] = "on_consent"
    entry_date: Instant | None = None
    entry_delay: Annotated[int, Meta(ge=0, le=36_525)] | None = None
    reservations: ReservationRule = "accepted_by_each"


class InstrumentTitle(Hidden, frozen=True, kw_only=True):
    title: str | None = None
    short_title: str | None = None


class LinkInstrument(Clear, frozen=True, kw_only=True, tag="link_instrument"):
    """status: in what sense an annex, or a side letter that accompanies, belongs to the other text; a later link of
    the same two says what holds from then on."""

    instrument: SubjectId
    relation: Relation
    other: SubjectId
    status: Annexed = ""


def examine_open(state: State, act: Act[OpenInstrument]) -> tuple[Refusal, ...]:
    clear = act.clear
    unknown = [s for s in clear.sides if s not in state.convened.sides]
    tags = [tag for tag, _status in clear.languages]
    return refusals(
        Refusal("instrument.present", f"An instrument “{clear.instrument}” is open already.",
                instead="Choose another id.")
        if clear.instrument in state.instruments
        else None,
        Refusal("instrument.id", "“rules” names the rules of procedure.",
                instead="Choose another id.") if clear.instrument == "rules" else None,
        Refusal("instrument.sides", "An instrument has one side or more, each once, all of this process.",
                instead="Name sides of the process, each once.")
        if unknown or not clear.sides or len(set(clear.sides)) != len(clear.sides)
        else None,
        Refusal("instrument.languages", "Each language stands once, and at least one is authentic.", "VCLT art. 33",
                instead="Name each language once and mark one as authentic.")
        if len(set(tags)) != len(tags) or all(status != "authentic" for _tag, status in clear.languages)
        else None,
        Refusal("instrument.entry", "Entry on a date needs a date; entry after a delay needs days.", "VCLT art. 24",
                instead="Give the date or the days that the condition needs, and no other.")
        if (clear.entry == "date") != (clear.entry_date is not None)
        or (clear.entry == "delay") != (clear.entry_delay is not None)
        else None,
        no_such_instant(clear.entry_date),
    )  # fmt: skip


def evolve_open(state: State, act: Act[OpenInstrument]) -> State:
    clear = act.clear
    instrument = Instrument(
        id=clear.instrument, leaf=act.leaf, index=state.size, by=act.author, basis=clear.basis,
        sides=clear.sides, languages=clear.languages, authentication=clear.authentication,
        consent=clear.consent, initials_sign=clear.initials_sign, open_to_accession=clear.open_to_accession,
        entry=clear.entry, entry_date=clear.entry_date, entry_delay=clear.entry_delay, version=act.leaf,
        reservation_rule=clear.reservations,
    )  # fmt: skip
    return replace(
        state,
        instruments=state.instruments.set(instrument.id, instrument),
        instrument_order=(*state.instrument_order, instrument.id),
    )


def examine_link(state: State, act: Act[LinkInstrument]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument)
    return refusals(
        missing_instrument(state, clear.instrument),
        missing_instrument(state, clear.other),
        Refusal(
            "instrument.link", "An instrument cannot be linked to itself.", instead="Name two instruments."
        )
        if clear.instrument == clear.other
        else None,
        _condition_too_late(instrument) if instrument and clear.relation == "conditional_on" else None,
        _no_such_annex(state, instrument, clear) if instrument and clear.status else None,
        _annexed_too_late(state, clear),
    )


def _annexed_too_late(state: State, clear: LinkInstrument) -> Refusal | None:
    part, whole = state.instruments.get(clear.instrument), state.instruments.get(clear.other)
    if part is None or whole is None or part is whole:
        return None
    return other_parts_than_accepted(state, part, whole, becomes=is_part(_linked(part, clear), whole.id))


def _no_such_annex(state: State, instrument: Instrument, clear: LinkInstrument) -> Refusal | None:
    """VCLT art. 2(1)(a), 9: nobody calls agreed what its sides have not adopted."""
    if clear.relation not in ANNEXING:
        return Refusal("instrument.status", "Only an annex or a side letter is agreed, unilateral or proposed.",
                       instead="Leave the status out.")  # fmt: skip
    if clear.status == "agreed" and not is_adopted(state, instrument):
        return Refusal("instrument.not_agreed", f"The sides have not adopted “{instrument.id}”.", "VCLT art. 9",
                       "Record it as proposed, or as unilateral where one side alone attaches it.")  # fmt: skip
    return None


def _condition_too_late(instrument: Instrument) -> Refusal | None:
    standing = ", ".join(s for s in instrument.sides if s in standing_at(instrument, ASSENTED))
    if not standing:
        return None
    return Refusal(
        "instrument.condition",
        f"A step of {standing} stands on this text; a condition can no longer be added to it.",
        "VCLT art. 9-10",
        "Add it before the first step on an edition, or open a new instrument that replaces this one.",
    )


def evolve_link(state: State, act: Act[LinkInstrument]) -> State:
    instrument = state.instruments[act.clear.instrument]
    # A condition is a term of the text: who acts on the version before it is asked to read again.
    version = act.leaf if act.clear.relation == "conditional_on" else instrument.version
    linked, whole = replace(_linked(instrument, act.clear), version=version), act.clear.other
    after = with_instrument(state, linked)
    if is_asked(state) and is_part(linked, whole) != is_part(instrument, whole):
        after = read_again(after, state.instruments[whole], act.leaf)
    return after


def _linked(instrument: Instrument, clear: LinkInstrument) -> Instrument:
    links = tuple(dict.fromkeys((*instrument.links, (clear.relation, clear.other))))
    annexed = {**dict(instrument.annexed), **({clear.other: clear.status} if clear.status else {})}
    return replace(instrument, links=links, annexed=tuple(annexed.items()))


def offers_open(state: State, person: Person) -> Iterable[Offer]:
    if person.role in MEDIATION and not state.instruments:
        yield Offer("open_instrument", "", {
            "instrument": "text", "sides": state.convened.sides, "basis": "analogy",
            "languages": (("en", "authentic"),),
        })  # fmt: skip


KINDS = (
    Kind(OpenInstrument, InstrumentTitle, TABLE, examine_open, evolve_open, "{author} opens {instrument}",
         "A text can be tabled under these terms; nobody is committed to it.", offers=offers_open),
    Kind(LinkInstrument, Hidden, MEDIATION, examine_link, evolve_link,
         "{author} links {instrument} to {other} as {relation}",
         "The relation is shown beside both texts."),
)  # fmt: skip
