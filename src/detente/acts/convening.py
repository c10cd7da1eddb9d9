"""Convening: convene, adjourn, resume, break off, conclude.

Rules: the convening act is the first of the main log and fixes the sides, the log's key, the keeper, the
cosigners and the edition of the procedure. A broken-off process keeps its state and can resume; "broken off"
claimed by one side is a statement, not this act, which is the convenor's.
Sources: UN Guidance for Effective Mediation (2012); VCLT art. 76-77 (the depositary).
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Any, Literal

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import MEDIATION, Act, Clear, Hidden, Kind, Offer, accept, refusals
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.identifier import Digest, LanguageTag, MldsaKey, PersonId, Side, whole
from detente.codec.refusal import Refusal, Refused
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from detente.sealing.recipient import read_recipient
from detente.state.phases import PHASES
from detente.state.records import Key, Person, Process, State
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.signed_note import parse_vkey


class Convene(Clear, frozen=True, kw_only=True, tag="convene"):
    """label: a short label that names nobody. nonce: 128 random bits, base64url. log_key, convenor_key,
    keeper_key: Ed25519 public keys; convenor_sealing: the convenor's X25519 key; log_mldsa_key: with which the log
    signs its checkpoints once more. cosigners: C2SP verifier keys, `quorum` of which make a mark cosigned."""

    label: Annotated[str, Meta(pattern=whole(r"[a-z0-9-]{1,40}"))]
    nonce: str
    procedure: int
    convenor: PersonId
    convenor_key: Digest
    keeper: PersonId
    keeper_key: Digest
    log_key: Digest
    sides: tuple[Side, ...]
    open_to: Literal["members", "public"]
    cosigners: tuple[str, ...] = ()
    quorum: Annotated[int, Meta(ge=0)] = 0
    convenor_sealing: Digest | None = None
    log_mldsa_key: MldsaKey | None = None


class ConveneHidden(Hidden, frozen=True, kw_only=True):
    """names: of the sides, by letter; languages: in which the talks are held and their texts are to stand."""

    title: str | None = None
    subtitle: str | None = None
    notice: str | None = None
    zone: str | None = None
    convenor_title: str | None = None
    keeper_title: str | None = None
    names: dict[str, str] | None = None
    languages: tuple[LanguageTag, ...] | None = None


def process_origin(label: str, log_key: str, convenor_key: str, nonce: str) -> str:
    """`detente/` and 26 characters of base32: names nobody, and nobody else can convene the same process."""
    stated = {"label": label, "log": log_key, "convenor": convenor_key, "nonce": nonce}
    return "detente/" + b32encode(sha256(encode_canonical(stated)).digest()).decode().lower()[:26]


def _bad_key(name: str, public: str) -> Refusal | None:
    try:
        read_public_key(public)
    except Refused as refused:
        first = refused.refusals[0]
        return Refusal(
            first.code, f"The {name} cannot be used: {first.sentence}", first.clause, first.instead
        )
    return None


def _bad_sealing_key(public: str | None) -> Refusal | None:
    try:
        if public is not None:
            read_recipient(public)
    except Refused as refused:
        return refused.refusals[0]
    return None


def _bad_mldsa_key(public: str | None) -> Refusal | None:
    try:
        if public is not None:
            decode_base64url(public)
    except Refused as refused:
        return refused.refusals[0]
    return None


def _bad_cosigners(clear: Convene) -> Refusal | None:
    """Under two names with one key, or with the log's, no checkpoint of the record could be verified."""
    try:
        keys = [CosignatureVerifier(parse_vkey(vkey)).key for vkey in clear.cosigners]
    except Refused as refused:
        return refused.refusals[0]
    names, public = {key.name for key in keys}, {encode_base64url(key.public_key) for key in keys}
    if len(names) < len(keys) or len(public) < len(keys):
        return _bad(
            "Each cosigner stands once, under a name and with a key of its own.", "Name each cosigner once."
        )
    if public & {clear.log_key, clear.log_mldsa_key} or any(
        f"{name}/".startswith(f"{clear.proc}/") for name in names
    ):
        return _bad("A cosigner goes by the name of the log, or has its key.",
                    "Name a cosigner with a key and a name of its own: it watches over the log.")  # fmt: skip
    return None


def _bad(sentence: str, instead: str) -> Refusal:
    return Refusal("convening.cosigners", sentence, "C2SP tlog-cosignature", instead)


def examine_convene(state: State, act: Act[Convene]) -> tuple[Refusal, ...]:
    clear = act.clear
    wrong_origin = clear.proc != process_origin(clear.label, clear.log_key, clear.convenor_key, clear.nonce)
    return refusals(
        Refusal(
            "convening.origin",
            "The process id is not derived from this label, log key, convenor and nonce.",
            instead="Derive the id from these four again.",
        )
        if wrong_origin
        else None,
        Refusal(
            "convening.sides",
            "A process needs at least two sides, each with a letter of its own.",
            instead="Name two sides or more, by letters other than M.",
        )
        if len(set(clear.sides)) < 2 or len(set(clear.sides)) != len(clear.sides) or "M" in clear.sides
        else None,
        Refusal(
            "convening.quorum",
            "More cosigners are asked for than are named.",
            instead="Name more cosigners, or ask for fewer.",
        )
        if clear.quorum > len(clear.cosigners)
        else None,
        Refusal(
            "convening.person",
            "The convenor and the keeper must be two authors, each with a key.",
            "VCLT art. 76",
            instead="Name somebody else as keeper, with a key of their own.",
        )
        if clear.convenor == clear.keeper or clear.convenor_key == clear.keeper_key
        else None,
        # Audiences name sides by letter, and the mediators “M”.
        Refusal(
            "convening.id",
            "The convenor and the keeper cannot go by the name of a side; nor the keeper by “M”.",
            instead="Choose another id.",
        )
        if {clear.convenor, clear.keeper} & set(clear.sides) or clear.keeper == "M"
        else None,
        _bad_cosigners(clear),
        _bad_key("convenor's key", clear.convenor_key),
        _bad_key("keeper's key", clear.keeper_key),
        _bad_key("log key", clear.log_key),
        _bad_sealing_key(clear.convenor_sealing),
        _bad_mldsa_key(clear.log_mldsa_key),
    )


def evolve_convene(state: State, act: Act[Convene]) -> State:
    clear = act.clear
    process = Process(
        origin=clear.proc, edition=clear.procedure, convenor=clear.convenor, keeper=clear.keeper,
        log_key=clear.log_key, sides=clear.sides, open_to_public=clear.open_to == "public",
        cosigners=clear.cosigners, quorum=clear.quorum, log_mldsa_key=clear.log_mldsa_key or "",
    )  # fmt: skip
    index = state.size
    convenor = Person(clear.convenor, "mediator", None, "", act.leaf, index)
    keeper = Person(clear.keeper, "keeper", None, "", act.leaf, index)
    keeper_id = thumbprint(read_public_key(clear.keeper_key))
    return replace(
        state,
        process=process,
        people=state.people.set(convenor.id, convenor).set(keeper.id, keeper),
        keys=state.keys.set(
            act.key, Key(convenor.id, clear.convenor_key, index, sealing=clear.convenor_sealing or "")
        ).set(keeper_id, Key(keeper.id, clear.keeper_key, index)),
    )


class Adjourn(Clear, frozen=True, kw_only=True, tag="adjourn"):
    pass


class Resume(Clear, frozen=True, kw_only=True, tag="resume"):
    pass


class BreakOff(Clear, frozen=True, kw_only=True, tag="break_off"):
    pass


class Conclude(Clear, frozen=True, kw_only=True, tag="conclude"):
    pass


class Reason(Hidden, frozen=True, kw_only=True):
    reason: str | None = None


def _unchanged(state: State, _act: Act[Any]) -> State:
    # The phase table moves the phase; these acts say nothing else.
    return state


def _offer_in_phase(kind: str) -> Any:
    def offers(state: State, person: Person) -> Iterable[Offer]:
        if person.role in MEDIATION and state.phase in PHASES[kind]:
            yield Offer(kind, "", {})

    return offers


KINDS = (
    Kind(
        Convene, ConveneHidden, MEDIATION, examine_convene, evolve_convene,
        "{author} convenes the talks {label}",
        "You open the record of these talks; nobody else is committed to anything.",
    ),
    Kind(Adjourn, Reason, MEDIATION, accept, _unchanged, "{author} adjourns the talks",
         "The talks rest; what is agreed and what is open stays as it is.", offers=_offer_in_phase("adjourn")),
    Kind(Resume, Reason, MEDIATION, accept, _unchanged, "{author} resumes the talks",
         "The talks go on from where they stood.", offers=_offer_in_phase("resume")),
    Kind(BreakOff, Reason, MEDIATION, accept, _unchanged, "{author} breaks off the talks",
         "The talks are broken off; the record keeps its state and the talks can resume.",
         offers=_offer_in_phase("break_off")),
    Kind(Conclude, Reason, MEDIATION, accept, _unchanged, "{author} concludes the talks",
         "The negotiation is over; texts already agreed live on.", offers=_offer_in_phase("conclude")),
)  # fmt: skip
