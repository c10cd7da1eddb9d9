"""The keys of a chamber that somebody's own keys open, and what is sealed to them (docs/specs/sealed-content.md).

The boxes and the sealed files are in the replica; they are opened on this machine and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from detente.acts.sealing import KeyBox, ShareEpochs
from detente.client.keyring import HeldKey
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.reading import Record, opened_fields
from detente.procedure.disclosure import VisibleAct
from detente.sealing.identity import Identity, public_of
from detente.sealing.key_box import open_content, open_key_box


def opened_epochs(record: Record, chamber: str, held: Iterable[HeldKey]) -> dict[str, Identity]:
    """The chamber's keys by the leaf of their epoch, as far as these keys open boxes that hold them."""
    own = {key.signing.key_id: key.identity for key in held}
    boxes = [act for act in record.chamber_acts(chamber) if issubclass(act.kind.hidden, KeyBox)]
    publics = {
        act.act.clear.public: act.act.leaf for act in boxes if not isinstance(act.act.clear, ShareEpochs)
    }
    found = {}
    for act in boxes:
        for key_id in own.keys() & set(act.act.clear.keys):
            for identity in _inside(act, own[key_id]):
                leaf = publics.get(encode_base64url(public_of(identity)))
                if leaf is not None:
                    found[leaf] = identity
    return found


def _inside(act: VisibleAct, identity: Identity) -> tuple[Identity, ...]:
    """What a box holds; a box that does not open, or holds something else, holds nothing."""
    try:
        return open_key_box(act.opened.get("box", ""), identity)
    except Refused:
        return ()


def unsealed(act: VisibleAct, epochs: Mapping[str, Identity]) -> VisibleAct:
    """The act with what is sealed in it opened, if one of these keys opens it and it opens the act's digests."""
    file, epoch = act.opened.get("sealed"), act.opened.get("epoch")
    if not file or not epoch or epoch not in epochs:
        return act
    try:
        disclosures = open_content(file, epochs[epoch])
    except Refused:
        return act
    return replace(act, opened=opened_fields(act.kind, act.act.clear, disclosures) or act.opened)
