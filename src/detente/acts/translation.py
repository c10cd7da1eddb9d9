"""Translation: certify that a language version of an edition agrees with the others, provision by provision.

Rules (VCLT art. 33): the status of a language is the instrument's and no certificate makes it more: a version in
another language than those in which the text is authenticated is authentic only if the text says so (33(2)). An
authentic or official version is certified whole, and every provision that is left out is named; a courtesy
translation may be certified in part. Who certified what stands beside the language; a later certificate by the same
person takes the place of the earlier one. It moves nobody on the ladder, and an error found later is corrected
under art. 79.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec.structs import replace

from detente.acts.act import KEEPERS, MEDIATION, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.subjects import (
    absent_from,
    edition_of,
    missing_edition,
    missing_instrument,
    with_instrument,
)
from detente.codec.identifier import LanguageTag, Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.instrument import Edition, Instrument, LanguageVersion
from detente.state.records import Person, State

CERTIFIERS = MEDIATION | KEEPERS | {"interpreter"}


class CertifyLanguage(Clear, frozen=True, kw_only=True, tag="certify_language"):
    """provisions: those whose words in this language agree with the authentic ones."""

    instrument: SubjectId
    edition: Leaf
    language: LanguageTag
    status: Literal["authentic", "official", "courtesy"]
    provisions: tuple[ProvisionId, ...]


class Certificate(Hidden, frozen=True, kw_only=True):
    """text: what the certifier adds, for example how a term was rendered."""

    text: str | None = None


def examine(state: State, act: Act[CertifyLanguage]) -> tuple[Refusal, ...]:
    clear, instrument = act.clear, state.instruments.get(act.clear.instrument)
    edition = edition_of(state, clear.instrument, clear.edition)
    found = refusals(
        missing_instrument(state, clear.instrument), missing_edition(state, clear.instrument, clear.edition)
    )
    if instrument is None or edition is None:
        return found
    return refusals(
        _not_standing(edition, clear.language) or _incomplete(edition, act),
        _other_status(instrument, clear.language, clear.status),
        _not_of(edition, clear.provisions),
    )


def _not_standing(edition: Edition, language: str) -> Refusal | None:
    if language in edition.languages:
        return None
    return Refusal("translation.language", f"Edition {edition.number} does not stand in “{language}”.", "VCLT art. 33",
                   f"It stands in {', '.join(edition.languages)}; a mediator can issue an edition in another language "
                   "of the text.")  # fmt: skip


def _other_status(instrument: Instrument, language: str, status: str) -> Refusal | None:
    agreed = dict(instrument.languages).get(language)
    if agreed is None or agreed == status:
        return None
    return Refusal("translation.status", f"In this text “{language}” is {agreed}; a certificate does not change that.",
                   "VCLT art. 33(2)", f"Certify it as {agreed}.")  # fmt: skip


def _not_of(edition: Edition, provisions: tuple[str, ...]) -> Refusal | None:
    strange = absent_from(edition, provisions)
    if not strange:
        return None
    return Refusal("translation.provision", f"Edition {edition.number} holds no such provision: {strange}.",
                   instead="Name provisions of that edition.")  # fmt: skip


def _incomplete(edition: Edition, act: Act[CertifyLanguage]) -> Refusal | None:
    clear = act.clear
    missing = [number_of(p, full=True) for p in edition.provisions if p not in clear.provisions]
    if clear.provisions and (not missing or clear.status == "courtesy"):
        return None
    return Refusal("translation.incomplete",
                   f"The version in “{clear.language}” is not certified whole; missing: {', '.join(missing)}.",
                   "VCLT art. 33(4)",
                   "Certify it when every provision agrees; until then a mediator can issue an edition that completes "
                   "it.")  # fmt: skip


def evolve(state: State, act: Act[CertifyLanguage]) -> State:
    clear, instrument = act.clear, state.instruments[act.clear.instrument]
    version = LanguageVersion(
        act.leaf, state.size, act.author, clear.language, clear.status, clear.provisions
    )
    editions = tuple(_with(e, version) if e.leaf == clear.edition else e for e in instrument.editions)
    return with_instrument(state, replace(instrument, editions=editions))


def _with(edition: Edition, version: LanguageVersion) -> Edition:
    others = (v for v in edition.versions if (v.by, v.language) != (version.by, version.language))
    return replace(edition, versions=(*others, version))


def uncertified(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """(language, status) of the versions of the last edition, beside the first authentic one, that nobody has
    certified; none where the text stands in one language."""
    edition = instrument.edition
    if edition is None:
        return ()
    certified = {version.language for version in edition.versions}
    first = instrument.authentic_languages()[0]
    return tuple(
        (tag, status)
        for tag, status in instrument.languages
        if tag in edition.languages and tag not in certified and tag != first
    )


def offers(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in CERTIFIERS:
        return
    for instrument in state.texts():
        edition = instrument.edition
        for language, status in uncertified(instrument):
            if edition is None or status != "authentic":
                continue  # of the others the record does not know whether they stand in every provision
            fields: dict[str, Any] = {
                "instrument": instrument.id,
                "edition": edition.leaf,
                "language": language,
            }
            yield Offer("certify_language", instrument.id,
                        {**fields, "status": status, "provisions": edition.provisions})  # fmt: skip


KINDS = (
    Kind(CertifyLanguage, Certificate, CERTIFIERS, examine, evolve,
         "{author} certifies the {language} version of {instrument}, edition {edition}",
         "You say that these words agree with the authentic text, provision by provision; your name stands beside them.",
         offers=offers),
)  # fmt: skip
