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
    place: str | None = None
    capacity: str | None = None


class ConfirmSignature(Clear, frozen=True, kw_only=True, tag="confirm_signature"):
    instrument: SubjectId


def missing_languages(state: State, instrument: str, languages: tuple[str, ...]) -> Refusal | None:
    """VCLT art. 33: a step is taken on every authentic text."""
    found = state.instruments.get(instrument)
    lacking = [tag for tag in found.authentic_languages() if tag not in languages] if found else []
    if not lacking:
        return None
    return Refusal(
        "ladder.languages",
        f"The step leaves out an authentic language: {', '.join(lacking)}.",
        "VCLT art. 10, 33",
        "Name every authentic language of the instrument.",
    )


def examine_initial(state: State, act: Act[Initial]) -> tuple[Refusal, ...]:
    clear = act.clear
    return (
        *examine_step(state, act, clear.instrument, Move.INITIAL),
        *refusals(missing_languages(state, clear.instrument, clear.languages)),
    )


def evolve_initial(state: State, act: Act[Initial]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.INITIAL, "definitive")


def examine_ad_referendum(state: State, act: Act[SignAdReferendum]) -> tuple[Refusal, ...]:
    clear = act.clear
    return (
        *examine_step(state, act, clear.instrument, Move.SIGN_AD_REFERENDUM),
        *refusals(missing_languages(state, clear.instrument, clear.languages)),
    )


def evolve_ad_referendum(state: State, act: Act[SignAdReferendum]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.SIGN_AD_REFERENDUM, "ad_referendum")


def examine_confirm(state: State, act: Act[ConfirmSignature]) -> tuple[Refusal, ...]:
    return examine_step(state, act, act.clear.instrument, Move.CONFIRM)


def evolve_confirm(state: State, act: Act[ConfirmSignature]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.CONFIRM, "definitive")


def _with_languages(state: State, found: Iterable[Offer]) -> Iterable[Offer]:
    for offer in found:
        languages = tuple(tag for tag, _status in state.instruments[offer.subject].languages)
        yield Offer(offer.kind, offer.subject, {**offer.clear, "languages": languages})


def offers_initial(state: State, person: Person) -> Iterable[Offer]:
    return _with_languages(state, step_offers(state, person, "initial", Move.INITIAL, "definitive", {}))


def offers_ad_referendum(state: State, person: Person) -> Iterable[Offer]:
    move = Move.SIGN_AD_REFERENDUM
    return _with_languages(state, step_offers(state, person, move.value, move, "ad_referendum", {}))


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
