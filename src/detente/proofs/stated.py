"""What a proof reads of an act: what every payload has, and of the acts that keys and cosigners rest on, which key
they bring.

It weighs nothing else of them: whether an act keeps the rules of its kind is the record's business. So whoever checks a
proof needs no more than this page and docs/specs/act.md, in any language; static/js/proofs/stated.js is the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

import msgspec
from msgspec import Struct

from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import decode_base64url
from detente.codec.instant import LATEST_SECOND
from detente.codec.refusal import Refused, refuse
from detente.keys.possession import check_possession
from detente.keys.thumbprint import thumbprint
from detente.signing.disclosure import ENVELOPE_MEMBERS, open_disclosures
from detente.signing.envelope import Envelope

RESTS_ON: Final = ("convene", "admit", "enrol")
"""The kinds of act that a key rests on."""
NAMES_COSIGNER: Final = "name_cosigner"
"""The kind that names a cosigner after convening."""

_OF_EVERY_ACT: Final = ENVELOPE_MEMBERS - {"on"} | {"act"}
"""Not told with the fields of a kind. `on` is: the version of a text that an assent or an initial is on."""

_PERSON: Final = re.compile(r"[A-Z][A-Za-z0-9]{0,15}(?:\.[a-z0-9]{1,16})?")
_SIDE: Final = re.compile(r"[A-Z]")
_ROLE: Final = re.compile(r"[a-z_]{1,40}")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_MLDSA_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1750}")
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_LABEL: Final = re.compile(r"[a-z0-9-]{1,40}")
_VKEY: Final = re.compile(r"[!-~]{1,2000}")

_READ: Final[dict[str, dict[str, re.Pattern[str]]]] = {
    "convene": {
        "label": _LABEL, "nonce": _BASE64URL, "convenor": _PERSON, "convenor_key": _KEY, "keeper": _PERSON,
        "keeper_key": _KEY, "log_key": _KEY,
    },
    "admit": {"person": _PERSON, "role": _ROLE},
    "enrol": {"person": _PERSON, "public": _KEY, "possession": _BASE64URL},
    NAMES_COSIGNER: {"vkey": _VKEY},
}  # fmt: skip
_MAY_LACK: Final = {
    "convene": {"log_mldsa_key": _MLDSA_KEY},
    "admit": {"side": _SIDE},
    "enrol": {"sealing": _KEY},
}


class Stated(Struct, frozen=True):
    """One act of a proof. number: from 1; key: thumbprint of the key that is said to have signed; log: its origin; at:
    Unix seconds, as its author states; clear: the fields of its kind, and `on`, where it has one; opened: the hidden
    fields shown, by name."""

    number: int
    key: str
    kind: str
    log: str
    at: int
    clear: Mapping[str, Any]
    opened: Mapping[str, Any]


class Holder(Struct, frozen=True):
    """Whose a key is. public: 32 bytes; enrolled: number of the act that brings it."""

    person: str
    public: bytes
    enrolled: int


def read_stated(number: int, envelope: Envelope) -> Stated:
    """Raises `Refused`: `proved.unknown`, `act.malformed`, or as `open_disclosures`."""
    payload: dict[str, Any] = msgspec.json.decode(envelope.payload)
    v, kind = payload.get("v"), payload.get("act")
    if not _is_whole(v):
        raise _malformed(number, "v")
    if not isinstance(kind, str):
        raise _malformed(number, "act")
    if v != 1 or kind not in BY_NAME:
        raise refuse("proved.unknown", f"Act {number} is of a kind or version that this program does not know.",
                     instead="Check it with a later version.")  # fmt: skip
    wrong = _misstated(payload)
    if wrong:
        raise _malformed(number, wrong)
    names = {*payload, *BY_NAME[kind].clear.__struct_encode_fields__}
    opened = open_disclosures(payload["_sd"], envelope.disclosures, names)
    clear = {name: value for name, value in payload.items() if name not in _OF_EVERY_ACT}
    return Stated(number, envelope.kid, kind, payload["proc"], payload["iat"], clear, opened)


def _misstated(payload: Mapping[str, Any]) -> str:
    """The first member that is read and is not of its form, or ""."""
    at, digests, kind = payload.get("iat"), payload.get("_sd"), payload["act"]
    if not isinstance(payload.get("proc"), str):
        return "proc"
    if not _is_whole(at) or not 0 <= at <= LATEST_SECOND:
        return "iat"
    if not isinstance(digests, list):
        return "_sd"
    for name, form in _READ.get(kind, {}).items():
        if not _has_form(payload.get(name), form):
            return name
    for name, form in _MAY_LACK.get(kind, {}).items():
        if name in payload and not _has_form(payload[name], form):
            return name
    cosigners = payload.get("cosigners", []) if kind == "convene" else []
    if not isinstance(cosigners, list) or not all(isinstance(vkey, str) for vkey in cosigners):
        return "cosigners"
    return ""


def _is_whole(value: object) -> TypeGuard[int]:
    """In JSON, true is no number."""
    return isinstance(value, int) and not isinstance(value, bool)


def _has_form(value: object, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _malformed(number: int, name: str) -> Refused:
    return refuse("act.malformed", f"Act {number} does not state “{name}” as a proof reads it.",
                  instead="Ask for the proof again, and keep this file.")  # fmt: skip


def convened(first: Stated, process: str) -> dict[str, Holder]:
    """The keys that the convening act brings, by id: the convenor's and the keeper's.

    Raises `Refused`: `proved.process` unless it convened this very process, whose id is derived from it, and is signed
    with the convenor's key. The id fixes that one and not the keeper's, which whoever has the log's key could choose.
    """
    told = first.clear
    if first.number != 1 or first.kind != "convene" or process != process_origin(
        told["label"], told["log_key"], told["convenor_key"], told["nonce"]
    ):  # fmt: skip
        raise _not_convened()
    convenor, keeper = decode_base64url(told["convenor_key"]), decode_base64url(told["keeper_key"])
    if first.key != thumbprint(convenor):
        raise _not_convened()
    return {
        thumbprint(convenor): Holder(told["convenor"], convenor, 1),
        thumbprint(keeper): Holder(told["keeper"], keeper, 1),
    }


def _not_convened() -> Refused:
    return refuse("proved.process", "The first act of a proof is the one that convened this very process.",
                  instead="Compare the process id with the one you were given.")  # fmt: skip


def enrolled(act: Stated, process: str) -> dict[str, Holder]:
    """The key that an act enrols, by its id. Raises `Refused`: `key.*` where its person does not possess it."""
    told, public = act.clear, decode_base64url(act.clear["public"])
    check_possession(public, process, told["person"], told["possession"], told.get("sealing"))
    return {thumbprint(public): Holder(told["person"], public, act.number)}
