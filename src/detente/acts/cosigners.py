"""Cosigners named after convening: a participant names a machine or a browser of theirs, and drops it again.

Whoever takes part may watch that the record only grows, with a key made for it alone: an Ed25519 cosignature does not
name its signer, and whoever keeps histories apart must not be one who acts in them. Rules: a key and its name stand
once in a record, and neither is the log's, nor an act's; one is dropped by whoever named it or by a mediator; it ends
with the presence of its person. No cosigner named here counts for a mark of time (acts/time.py reads the convening act
alone): a browser that is closed attests no time, and whoever joins late must not move a deadline.
Sources: C2SP tlog-cosignature, tlog-witness, signed-note.
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import ANYONE, KEEPERS, MEDIATION, Act, Clear, Hidden, Kind, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.sealing import group_of
from detente.acts.time import cosigner_verifiers
from detente.codec.base64url import decode_base64url
from detente.codec.identifier import Leaf, whole
from detente.codec.refusal import Refusal, Refused, refuse
from detente.state.records import Cosigner, State, in_order
from detente.tlog.cosignature import ED25519_COSIGNATURE, CosignatureVerifier
from detente.tlog.signed_note import VerifierKey, parse_vkey

NOT_THE_HOST: Final = ANYONE - KEEPERS
"""The keeper's key is the host's, and the host is the one who is watched."""
MOST_OF_ONE: Final = 3
MOST: Final = 90
"""Of a record, those of the convening act among them: a signed note has at most a hundred lines."""
LONGEST_NAME: Final = 64
_CLAUSE: Final = "C2SP tlog-cosignature"


class NameCosigner(Clear, frozen=True, kw_only=True, tag="name_cosigner"):
    """vkey: the verifier key (C2SP signed-note) of a cosigner that its author runs."""

    vkey: Annotated[str, Meta(pattern=whole(r"[!-~]{1,2000}"))]


class DropCosigner(Clear, frozen=True, kw_only=True, tag="drop_cosigner"):
    """cosigner: leaf of the act that named it."""

    cosigner: Leaf


def standing_cosigners(state: State) -> tuple[Cosigner, ...]:
    """Those named after convening who may post lines now, in the order named."""
    return tuple(
        cosigner
        for cosigner in in_order(state.cosigners.values())
        if cosigner.ended is None and state.people[cosigner.by].left is None
    )


def verifiers_of_all(state: State) -> tuple[CosignatureVerifier, ...]:
    """The verifiers of the convening act's cosigners, then of those named after it who stand."""
    late = (CosignatureVerifier(parse_vkey(cosigner.vkey)) for cosigner in standing_cosigners(state))
    return (*cosigner_verifiers(state.convened), *late)


def _read_key(vkey: str) -> VerifierKey:
    """Raises `Refused`: `vkey.*`, `key.*` for a weak key, `cosigner.algorithm`, `cosigner.name`."""
    key = CosignatureVerifier(parse_vkey(vkey)).key
    if key.algorithm != ED25519_COSIGNATURE:
        raise refuse("cosigner.algorithm", "A cosigner named after convening signs with Ed25519.", _CLAUSE,
                     "Make a key for Ed25519 cosignatures.")  # fmt: skip
    if len(key.name) > LONGEST_NAME:
        raise refuse("cosigner.name", f"The name of a cosigner has at most {LONGEST_NAME} characters.", _CLAUSE,
                     "Make the key again, under a shorter name.")  # fmt: skip
    return key


def _shares_its_name(key: VerifierKey, other: VerifierKey) -> bool:
    return key.name == other.name and key.public_key != other.public_key


def _keys_of_acts(state: State) -> frozenset[bytes]:
    return frozenset(decode_base64url(key.public) for key in state.keys.values())


def examine_name(state: State, act: Act[NameCosigner]) -> tuple[Refusal, ...]:
    try:
        key = _read_key(act.clear.vkey)
    except Refused as refused:
        return refused.refusals
    process, standing = state.convened, standing_cosigners(state)
    named = [verifier.key for verifier in cosigner_verifiers(process)]
    named += [parse_vkey(cosigner.vkey) for cosigner in state.cosigners.values()]
    return refusals(
        Refusal("cosigner.log_key", "This is the key of the log itself.", _CLAUSE,
                "Make a key for the cosigner alone.")
        if key.public_key == decode_base64url(process.log_key)
        else None,
        Refusal("cosigner.act_key", "This key signs acts of the record, and whoever watches over them signs none.",
                _CLAUSE, "Make a key for the cosigner alone.")
        if key.public_key in _keys_of_acts(state)
        else None,
        Refusal("cosigner.named", "The record has named this key already, and a key is named once.",
                _CLAUSE, "Make another key for the cosigner.")
        if any(key.public_key == other.public_key for other in named)
        else None,
        Refusal("cosigner.name", f"The name “{key.name}” is the log's, or another cosigner's in this record.",
                _CLAUSE, "Make a key under a name of its own.")
        if key.name == process.origin or any(_shares_its_name(key, other) for other in named)
        else None,
        Refusal("cosigner.yours", f"You have named {MOST_OF_ONE} cosigners that stand.",
                instead="Drop one of them first.")
        if sum(cosigner.by == act.author for cosigner in standing) >= MOST_OF_ONE
        else None,
        Refusal("cosigner.many", f"The record has {MOST} cosigners, as many as one checkpoint can carry lines of.",
                "C2SP signed-note", "Ask a mediator to drop those that sign no more.")
        if len(process.cosigners) + len(standing) >= MOST
        else None,
    )  # fmt: skip


def evolve_name(state: State, act: Act[NameCosigner]) -> State:
    cosigner = Cosigner(
        act.leaf, state.size, act.author, group_of(state, act.author), act.clear.vkey,
        parse_vkey(act.clear.vkey).name,
    )  # fmt: skip
    return replace(state, cosigners=state.cosigners.set(act.leaf, cosigner))


def examine_drop(state: State, act: Act[DropCosigner]) -> tuple[Refusal, ...]:
    cosigner = state.cosigners.get(act.clear.cosigner)
    if cosigner is None:
        return (
            Refusal("cosigner.unknown", "The record holds no act that names such a cosigner.",
                    instead="Name the act; those of the convening act stay as long as the record."),
        )  # fmt: skip
    return refusals(
        Refusal("cosigner.dropped", "This cosigner is dropped already.", instead="Nothing more is needed.")
        if cosigner.ended is not None
        else None,
        Refusal("cosigner.not_yours", "A cosigner is dropped by whoever named it, or by a mediator.",
                instead="Ask one of them.")
        if act.author != cosigner.by and state.people[act.author].role not in MEDIATION
        else None,
    )  # fmt: skip


def evolve_drop(state: State, act: Act[DropCosigner]) -> State:
    cosigner = replace(state.cosigners[act.clear.cosigner], ended=state.size)
    return replace(state, cosigners=state.cosigners.set(cosigner.leaf, cosigner))


KINDS = (
    Kind(NameCosigner, Hidden, NOT_THE_HOST, examine_name, evolve_name, "{author} names the cosigner {vkey}",
         "Your cosigner signs how far it has seen this record grow. It does not count towards marks of time."),
    Kind(DropCosigner, Reason, NOT_THE_HOST, examine_drop, evolve_drop, "{author} drops the cosigner {cosigner}",
         "The host takes no further line of this cosigner; what it signed stands.",
         staleness=Staleness.PROTECTIVE),
)  # fmt: skip
