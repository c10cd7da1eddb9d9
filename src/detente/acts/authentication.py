"""Authentication: initial, sign ad referendum, confirm a signature.

Rules (VCLT art. 10, 12(2)): initials or signature of every side make the text authentic; from there only
correction or amendment changes it. A signature ad referendum becomes a full signature when the principal
confirms it, and binds only where signature binds. Initials cover every authentic language.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.acts.act import PRINCIPALS, SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.ladder_step import evolve_step, examine_step, step_offers
from detente.codec.identifier import LanguageTag, SubjectId
from detente.codec.refusal import Refusal
from detente.state.ladder import Move
from detente.state.records import Person, State


class Initial(Clear, frozen=True, kw_only=True, tag="initial"):
    instrument: SubjectId
    languages: tuple[LanguageTag, ...]


class SignAdReferendum(Clear, frozen=True, kw_only=True, tag="sign_ad_referendum"):
    instrument: SubjectId
    languages: tuple[LanguageTag, ...]


class Signing(Hidden, frozen=True, kw_only=True):
    """place, capacity: where, and as what; counterpart: which copy was signed, where each side signs one of its own.
    Counterparts are one text: all of them are signed on the same edition's leaf."""

    place: str | None = None
    capacity: str | None = None
    counterpart: str | None = None


class ConfirmSignature(Clear, frozen=True, kw_only=True, tag="confirm_signature"):
    instrument: SubjectId


def wrong_languages(state: State, instrument: str, languages: tuple[str, ...]) -> Refusal | None:
    """VCLT art. 33: a step is taken on every authentic text, and on none that the edition does not hold."""
    found = state.instruments.get(instrument)
    if found is None or found.edition is None:
        return None
    stands = found.edition.languages
    # That the edition itself lacks an authentic language is said of the text, not of the step.
    lacking = [tag for tag in found.authentic_languages() if tag in stands and tag not in languages]
    foreign = [tag for tag in languages if tag not in (*stands, *found.authentic_languages())]
    if not lacking and not foreign:
        return None
    left_out = f"The step leaves out an authentic language: {', '.join(lacking)}."
    too_many = f"The step names what the edition does not hold: {', '.join(foreign)}."
    return Refusal(
        "ladder.languages",
        left_out if lacking else too_many,
        "VCLT art. 10, 33",
        f"The edition stands in {', '.join(stands)}; name every authentic language of these.",
    )


def examine_initial(state: State, act: Act[Initial]) -> tuple[Refusal, ...]:
    clear = act.clear
    return (
        *examine_step(state, act, clear.instrument, Move.INITIAL),
        *refusals(wrong_languages(state, clear.instrument, clear.languages)),
    )


def evolve_initial(state: State, act: Act[Initial]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.INITIAL, "definitive")


def examine_ad_referendum(state: State, act: Act[SignAdReferendum]) -> tuple[Refusal, ...]:
    clear = act.clear
    return (
        *examine_step(state, act, clear.instrument, Move.SIGN_AD_REFERENDUM),
        *refusals(wrong_languages(state, clear.instrument, clear.languages)),
    )


def evolve_ad_referendum(state: State, act: Act[SignAdReferendum]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.SIGN_AD_REFERENDUM, "ad_referendum")


def examine_confirm(state: State, act: Act[ConfirmSignature]) -> tuple[Refusal, ...]:
    return examine_step(state, act, act.clear.instrument, Move.CONFIRM)


def evolve_confirm(state: State, act: Act[ConfirmSignature]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.CONFIRM, "definitive")


def with_languages(state: State, found: Iterable[Offer]) -> Iterable[Offer]:
    """The offered steps, each in every language of the edition that stands."""
    for offer in found:
        edition = state.instruments[offer.subject].edition
        languages = edition.languages if edition else ()
        yield Offer(offer.kind, offer.subject, {**offer.clear, "languages": languages})


def offers_initial(state: State, person: Person) -> Iterable[Offer]:
    return with_languages(state, step_offers(state, person, "initial", Move.INITIAL, "definitive", {}))


def offers_ad_referendum(state: State, person: Person) -> Iterable[Offer]:
    move = Move.SIGN_AD_REFERENDUM
    return with_languages(state, step_offers(state, person, move.value, move, "ad_referendum", {}))


def offers_confirm(state: State, person: Person) -> Iterable[Offer]:
    if person.role in PRINCIPALS:
        yield from step_offers(state, person, "confirm_signature", Move.CONFIRM, "definitive", {})


KINDS = (
    Kind(Initial, Hidden, SIDES, examine_initial, evolve_initial,
         "{author} initials {instrument} in {languages}",
         "The text is fixed as far as your side is concerned. Initials alone bind nobody.",
         staleness=Staleness.GUARDED, offers=offers_initial),
    Kind(SignAdReferendum, Signing, SIDES, examine_ad_referendum, evolve_ad_referendum,
         "{author} signs {instrument} ad referendum in {languages}",
         "Your signature awaits your principal's confirmation and does not bind before it.",
         staleness=Staleness.GUARDED, offers=offers_ad_referendum),
    Kind(ConfirmSignature, Hidden, PRINCIPALS, examine_confirm, evolve_confirm,
         "{author} confirms the signature of {instrument}",
         "Your delegation's signature becomes a full one; where signature binds, your side is bound.",
         staleness=Staleness.GUARDED, offers=offers_confirm),
)  # fmt: skip
