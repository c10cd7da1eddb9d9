"""Every kind of act, as one explicit tuple, and reading a payload as one of them."""

from __future__ import annotations

import functools
import operator
from typing import Any, Final

import msgspec

from detente.acts import (
    assent,
    authentication,
    bracketing,
    breach,
    bridging,
    commitment_withdrawal,
    commitments,
    confirmation,
    convening,
    correction,
    cosigners,
    editions,
    entry_into_force,
    evidence,
    findings,
    forgetting,
    incidents,
    instructions,
    instruments,
    joint_decisions,
    keys,
    mandates,
    matrix,
    measures,
    packages,
    participation,
    positions,
    preferences,
    protection,
    ratification,
    readings,
    reservation_answers,
    reservations,
    responses,
    rules,
    sealing,
    sequences,
    sessions,
    sharing,
    signature,
    silence,
    statements,
    tabling,
    time,
    translation,
    undertakings,
    withdrawal,
)  # fmt: skip
from detente.acts.act import Clear, Kind
from detente.codec.canonical_json import is_canonical
from detente.codec.refusal import refuse

KINDS: Final[tuple[Kind, ...]] = (
    *convening.KINDS, *rules.KINDS, *participation.KINDS, *keys.KINDS, *mandates.KINDS, *confirmation.KINDS,
    *sealing.KINDS, *instructions.KINDS, *sessions.KINDS, *time.KINDS, *instruments.KINDS, *tabling.KINDS,
    *bracketing.KINDS, *bridging.KINDS, *packages.KINDS,
    *preferences.KINDS, *readings.KINDS, *editions.KINDS, *translation.KINDS,
    *silence.KINDS, *assent.KINDS, *authentication.KINDS, *signature.KINDS,
    *ratification.KINDS, *reservations.KINDS, *reservation_answers.KINDS, *withdrawal.KINDS,
    *correction.KINDS, *entry_into_force.KINDS, *statements.KINDS, *positions.KINDS, *forgetting.KINDS,
    *evidence.KINDS, *cosigners.KINDS,
    *sharing.KINDS,
    *undertakings.KINDS,
    *commitments.KINDS,
    *commitment_withdrawal.KINDS,
    *sequences.KINDS,
    *incidents.KINDS,
    *findings.KINDS,
    *matrix.KINDS,
    *protection.KINDS,
    *breach.KINDS,
    *joint_decisions.KINDS,
    *measures.KINDS,
    *responses.KINDS,
)  # fmt: skip

BY_NAME: Final[dict[str, Kind]] = {kind.name: kind for kind in KINDS}
_BY_CLEAR: Final[dict[type[Clear], Kind]] = {kind.clear: kind for kind in KINDS}
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(
    functools.reduce(operator.or_, (kind.clear for kind in KINDS))
)


class Unknown(msgspec.Struct, frozen=True):
    """An act of a kind or version that this reader does not know: the fold stops before it."""

    kind: str
    v: int


class _Outline(msgspec.Struct, frozen=True):
    act: str
    v: int


_outline_decoder = msgspec.json.Decoder(_Outline)


def kind_of(clear: Clear) -> Kind:
    return _BY_CLEAR[type(clear)]


def read_act(payload: bytes) -> Clear | Unknown:
    """The typed clear payload of `payload`.

    Raises `Refused` with code `act.malformed` (the fields are not those of its kind) or `json.not_canonical`.
    An act of an unknown kind or version is no fault of the act: it comes back as `Unknown`.
    """
    try:
        clear: Clear = _decoder.decode(payload)
    except msgspec.ValidationError as error:
        return _unknown(payload, error)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(
            "json.malformed",
            f"The payload is not JSON: {error}.",
            "RFC 8259",
            "Encode it again in canonical form before signing.",
        ) from error
    if not is_canonical(payload, clear):
        raise refuse(
            "json.not_canonical",
            "The payload is not in canonical form, or it spells out a default.",
            "RFC 8785 sec. 3",
            "Encode it again in canonical form before signing.",
        )
    return clear


def _unknown(payload: bytes, error: msgspec.ValidationError) -> Unknown:
    try:
        outline = _outline_decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        outline = None
    if outline is not None and (outline.v != 1 or outline.act not in BY_NAME):
        return Unknown(outline.act, outline.v)
    raise refuse(
        "act.malformed",
        f"The payload's fields are not those of its kind: {error}.",
        instead="See the reference of kinds for the fields, their types and which may be left out.",
    ) from error
