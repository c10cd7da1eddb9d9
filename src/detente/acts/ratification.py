"""Ratification, acceptance, approval, accession, exchange, deposit; consent by agreed means.

Rules (VCLT art. 11, 13-16): consent by a further act follows signature where the instrument says so, and is
the principal's. Ratification, acceptance and approval follow a signature; accession stands in its place. The
outcome in a parliament, a plebiscite or among members is internal: it is recorded and
moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from detente.acts.act import PRINCIPALS, SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.ladder_step import evolve_step, examine_step, step_offers
from detente.acts.subjects import changed, missing_instrument, not_a_side_of, own_side, side_of
from detente.codec.identifier import SubjectId
from detente.codec.refusal import Refusal
from detente.state.instrument import Instrument
from detente.state.ladder import STEP_WORDS, Move, Step
from detente.state.records import Person, State


class RecordApproval(Clear, frozen=True, kw_only=True, tag="record_approval"):
    instrument: SubjectId
    approved: bool


class Body(Hidden, frozen=True, kw_only=True):
    body: str | None = None
    outcome: str | None = None


class Consent(Clear, frozen=True, kw_only=True, tag="consent"):
    instrument: SubjectId
    means: Literal["ratify", "accept", "approve", "accede", "exchange", "deposit", "notify", "agreed"]


def examine_approval(state: State, act: Act[RecordApproval]) -> tuple[Refusal, ...]:
    return refusals(
        missing_instrument(state, act.clear.instrument),
        not_a_side_of(state, act.clear.instrument, side_of(state, act.author)),
    )


def evolve_approval(state: State, act: Act[RecordApproval]) -> State:
    approvals = state.instruments[act.clear.instrument].approvals
    entry = (own_side(state, act), act.leaf, act.clear.approved)
    return changed(state, act.clear.instrument, approvals=(*approvals, entry))


def _fitting_means(instrument: Instrument, step: Step) -> tuple[str, ...]:
    """The means that fit where the side stands: VCLT 11 where so agreed, 14 after a signature, 15 without one."""
    if instrument.consent == "agreed_means":
        return ("agreed", "exchange", "deposit", "notify")
    after_signature = ("ratify", "accept", "approve", "exchange", "deposit", "notify")
    if step is Step.NO_INTENTION:
        return (*after_signature, "accede")
    return after_signature if step is Step.SIGNED else ("accede", "deposit", "notify")


def _wrong_means(state: State, act: Act[Consent]) -> Refusal | None:
    instrument, side = state.instruments.get(act.clear.instrument), side_of(state, act.author)
    if instrument is None or side is None:
        return None
    step = instrument.standing(side).step
    fitting = _fitting_means(instrument, step)
    if act.clear.means in fitting:
        return None
    return Refusal(
        "consent.means",
        f"From “{STEP_WORDS[step]}”, consent to this text is not expressed by the means “{act.clear.means}”.",
        "VCLT art. 11, 13-16",
        f"The means that fit here: {', '.join(fitting)}.",
    )


def examine_consent(state: State, act: Act[Consent]) -> tuple[Refusal, ...]:
    found = examine_step(state, act, act.clear.instrument, Move.CONSENT)
    # By what means is a question only where consent can be expressed at all.
    return found or refusals(_wrong_means(state, act))


def evolve_consent(state: State, act: Act[Consent]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.CONSENT, "definitive")


def offers_consent(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in PRINCIPALS:
        return
    for offer in step_offers(state, person, "consent", Move.CONSENT, "definitive", {}):
        instrument = state.instruments[offer.subject]
        assert person.side is not None
        means = "ratify" if instrument.standing(person.side).step is Step.SIGNED else "accede"
        agreed = instrument.consent == "agreed_means"
        yield Offer("consent", offer.subject, {**offer.clear, "means": "agreed" if agreed else means})


KINDS = (
    Kind(RecordApproval, Body, SIDES, examine_approval, evolve_approval,
         "{author} records the outcome of an approval of {instrument}",
         "You record an internal outcome; it moves no side on the ladder."),
    Kind(Consent, Hidden, PRINCIPALS, examine_consent, evolve_consent,
         "{author} expresses consent to be bound by {instrument}",
         "Your side consents to be bound by this text.", staleness=Staleness.GUARDED, variant="means",
         offers=offers_consent),
)  # fmt: skip
