"""Signature: sign, sign as witness, certify a signature made on paper.

Rules (VCLT art. 12): where the text or the sides agreed that signature binds, signing expresses consent to be
bound; otherwise approval is pending. Counterparts join on one edition's leaf. A witness's signature and a
certified paper signature stand in the record beside the ladder and move nobody on it.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.acts.act import ANYONE, KEEPERS, SIDES, Act, Clear, Kind, Offer, Staleness, refusals
from detente.acts.authentication import Signing, with_languages, wrong_languages
from detente.acts.ladder_step import evolve_step, examine_step, step_offers
from detente.acts.subjects import changed, missing_edition, missing_instrument, missing_person
from detente.codec.identifier import LanguageTag, Leaf, PersonId, SubjectId
from detente.codec.refusal import Refusal
from detente.state.ladder import Move
from detente.state.records import Person, State


class Sign(Clear, frozen=True, kw_only=True, tag="sign"):
    instrument: SubjectId
    languages: tuple[LanguageTag, ...]


class SignAsWitness(Clear, frozen=True, kw_only=True, tag="sign_as_witness"):
    instrument: SubjectId
    edition: Leaf


class CertifyPaperSignature(Clear, frozen=True, kw_only=True, tag="certify_paper_signature"):
    """person: whose signature the keeper has seen on paper; `edition`: what it stands under."""

    instrument: SubjectId
    edition: Leaf
    person: PersonId


def examine_sign(state: State, act: Act[Sign]) -> tuple[Refusal, ...]:
    clear = act.clear
    return (
        *examine_step(state, act, clear.instrument, Move.SIGN),
        *refusals(wrong_languages(state, clear.instrument, clear.languages)),
    )


def evolve_sign(state: State, act: Act[Sign]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.SIGN, "definitive")


def examine_witness(state: State, act: Act[SignAsWitness]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        missing_instrument(state, clear.instrument), missing_edition(state, clear.instrument, clear.edition)
    )


def evolve_witness(state: State, act: Act[SignAsWitness]) -> State:
    witnesses = state.instruments[act.clear.instrument].witnesses
    return changed(state, act.clear.instrument, witnesses=(*witnesses, (act.author, act.leaf)))


def examine_certify(state: State, act: Act[CertifyPaperSignature]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        missing_instrument(state, clear.instrument),
        missing_edition(state, clear.instrument, clear.edition),
        missing_person(state, clear.person),
    )


def evolve_certify(state: State, _act: Act[CertifyPaperSignature]) -> State:
    return state  # a fact for the file: a step is taken by the signatory's own key only


def offers_sign(state: State, person: Person) -> Iterable[Offer]:
    return with_languages(state, step_offers(state, person, "sign", Move.SIGN, "definitive", {}))


KINDS = (
    Kind(Sign, Signing, SIDES, examine_sign, evolve_sign, "{author} signs {instrument} in {languages}",
         "Where signature binds, your side is bound by this act; otherwise its approval is pending.",
         staleness=Staleness.GUARDED, offers=offers_sign),
    Kind(SignAsWitness, Signing, ANYONE, examine_witness, evolve_witness,
         "{author} signs {instrument} as a witness, edition {edition}",
         "You attest that the text was signed; you take on nothing under it."),
    Kind(CertifyPaperSignature, Signing, KEEPERS, examine_certify, evolve_certify,
         "{author} certifies the paper signature of {person} under {instrument}, edition {edition}",
         "You say that you have seen the signed paper; the signatory's step needs an act of its own."),
)  # fmt: skip
