"""The keys of a chamber that somebody's own keys open, what is sealed to them, and the making and giving of new ones
(docs/specs/sealed-content.md).

The boxes and the sealed files are in the replica; they are opened on this machine and nowhere else. What makes a key or
gives it to somebody are the fields of an act, which is signed like every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from detente.acts.sealing import KeyBox, ShareEpochs, groups_of, reading_keys
from detente.client.keyring import HeldKey
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.reading import Record, opened_fields
from detente.procedure.disclosure import VisibleAct
from detente.sealing.identity import Identity, make_identity, public_of
from detente.sealing.key_box import make_key_box, open_content, open_key_box
from detente.signing.disclosure import read_disclosure
from detente.signing.envelope import parse_envelope
from detente.state.records import Chamber


def opened_epochs(record: Record, chamber: str, held: Iterable[HeldKey]) -> dict[str, Identity]:
    """The chamber's keys by the leaf of their epoch, as far as these keys open boxes that hold them."""
    own = {key.signing.key_id: key.identity for key in held}
    return _known(record, chamber, (
        identity
        for act in _boxes(record, chamber)
        for key_id in own.keys() & set(act.act.clear.keys)
        for identity in _inside(act, own[key_id])
    ))  # fmt: skip


def opened_with(record: Record, chamber: str, recovery: Identity) -> dict[str, Identity]:
    """The same, as far as a recovery key opens them."""
    inside = (identity for act in _boxes(record, chamber) for identity in _inside(act, recovery))
    return _known(record, chamber, inside)


def _boxes(record: Record, chamber: str) -> list[VisibleAct]:
    return [act for act in record.chamber_acts(chamber) if issubclass(act.kind.hidden, KeyBox)]


def _known(record: Record, chamber: str, identities: Iterable[Identity]) -> dict[str, Identity]:
    """Those of them that the chamber had in use, by the leaf of the act that began it."""
    begun = [act for act in _boxes(record, chamber) if not isinstance(act.act.clear, ShareEpochs)]
    leaves = {act.act.clear.public: act.act.leaf for act in begun}
    public = {encode_base64url(public_of(identity)): identity for identity in identities}
    return {leaves[key]: identity for key, identity in public.items() if key in leaves}


def _inside(act: VisibleAct, identity: Identity) -> tuple[Identity, ...]:
    """What a box holds; a box that does not open, or holds something else, holds nothing."""
    try:
        return open_key_box(act.opened.get("box", ""), identity)
    except Refused:
        return ()


def unsealed(act: VisibleAct, epochs: Mapping[str, Identity]) -> VisibleAct:
    """The act with what is sealed in it opened, if one of these keys opens it and it opens the act's digests."""
    disclosures = disclosures_in(act, epochs)
    return replace(act, opened=opened_fields(act.kind, act.act.clear, disclosures) or act.opened)


def disclosures_in(act: VisibleAct, epochs: Mapping[str, Identity]) -> tuple[str, ...]:
    """What is sealed in the act, as far as one of these keys opens it."""
    file, epoch = act.opened.get("sealed"), act.opened.get("epoch")
    if not file or not epoch or epoch not in epochs:
        return ()
    try:
        return open_content(file, epochs[epoch])
    except Refused:
        return ()


def unsealed_act(act: bytes, epochs: Mapping[str, Identity]) -> bytes:
    """The same of an act as it travels: with the disclosures that are sealed in it, if one of these keys opens them."""
    texts = parse_envelope(act, check_canonical=False).disclosures
    opened = {found.name: found.value for found in map(read_disclosure, texts)}
    file, epoch = opened.get("sealed"), opened.get("epoch", "")
    if not file or epoch not in epochs:
        return act
    try:
        return act + "".join(f"{text}~" for text in open_content(file, epochs[epoch])).encode()
    except Refused:
        return act


def to_begin(chamber: Chamber) -> dict[str, str]:
    """The fields of the act that puts a new key in use, made here for every member and recovery key of the chamber."""
    identity, recovery = make_identity(), _recovery_keys(chamber)
    publics = [*(key.sealing for key in reading_keys(chamber).values()), *recovery.values()]
    return {
        "public": encode_base64url(public_of(identity)),
        "keys": ", ".join(reading_keys(chamber)),
        "recovery": ", ".join(recovery),
        "box": make_key_box([identity], [decode_base64url(public or "") for public in publics]),
    }


def to_share(chamber: Chamber, opened: Mapping[str, Identity], names: Iterable[str]) -> dict[str, str]:
    """The fields of the act that gives the chamber's opened keys away. names: of keys, and of groups with a recovery
    key."""
    reading, recovery, wanted = reading_keys(chamber), _recovery_keys(chamber), set(names)
    keys = [key for key in reading if key in wanted]
    groups = [group for group in recovery if group in wanted]
    publics = [*(reading[key].sealing for key in keys), *(recovery[group] for group in groups)]
    return {
        "epochs": ", ".join(opened),
        "keys": ", ".join(keys),
        "recovery": ", ".join(groups),
        "box": make_key_box(list(opened.values()), [decode_base64url(public or "") for public in publics]),
    }


def _recovery_keys(chamber: Chamber) -> dict[str, str]:
    """The public recovery key of each group of the chamber that has one."""
    kept = chamber.main.recovery
    return {group: kept[group].public for group in groups_of(chamber.name) if group in kept}
