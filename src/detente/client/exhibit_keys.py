"""The key that opens the files of an exhibit: made for them, given to their readers in a key box, and shared with
colleagues by further boxes (docs/specs/sealed-file.md).

A box that does not open, or holds something else than it says, opens nothing; the next one may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.client.keyring import HeldKey
from detente.codec.base64url import decode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused
from detente.depositary.reading import Record
from detente.procedure.disclosure import VisibleAct
from detente.sealing.identity import Identity
from detente.sealing.key_box import make_key_box, open_key_box
from detente.state.records import State


def boxes_of(record: Record, presenting: VisibleAct) -> tuple[VisibleAct, ...]:
    """The acts that hold a box for an exhibit: the one that presents it, and those that share it."""
    exhibit = record.visible.state.exhibits.get(presenting.act.leaf)
    shares = exhibit.shared if exhibit is not None else ()
    return (presenting, *(act for index in shares if (act := record.act(index)) is not None))


def identities_for(record: Record, presenting: VisibleAct, held: Iterable[HeldKey]) -> tuple[Identity, ...]:
    """What may open the files of an exhibit, as far as these keys open boxes. Where it has no box its files are sealed to
    the keys themselves."""
    own = {key.signing.key_id: key.identity for key in held}
    if not presenting.opened.get("box"):
        return tuple(own[key_id] for key_id in own if key_id in presenting.act.clear.keys)
    return _once(
        identity
        for act in boxes_of(record, presenting)
        for key_id in own.keys() & set(act.act.clear.keys)
        for identity in _inside(act, own[key_id])
    )


def identities_on_paper(record: Record, presenting: VisibleAct, paper: Identity) -> tuple[Identity, ...]:
    """The same, as far as a recovery key opens boxes."""
    return _once(one for act in boxes_of(record, presenting) for one in _inside(act, paper))


def _inside(act: VisibleAct, identity: Identity) -> tuple[Identity, ...]:
    try:
        return open_key_box(act.opened.get("box") or "", identity)
    except Refused:
        return ()


def _once(identities: Iterator[Identity]) -> tuple[Identity, ...]:
    return tuple(dict.fromkeys(identities))


def box_fields(state: State, identities: Sequence[Identity], names: Iterable[str]) -> dict[str, str]:
    """The fields of an act that gives these identities away. names: of keys, and of groups with a recovery key."""
    keys = [name for name in names if name in state.keys]
    groups = [name for name in names if name in state.recovery]
    publics = [state.keys[key].sealing for key in keys] + [state.recovery[group].public for group in groups]
    found = {
        "keys": encode_canonical(keys).decode() if keys else "",
        "recovery": encode_canonical(groups).decode() if groups else "",
        "box": make_key_box(identities, [decode_base64url(public) for public in publics]),
    }
    return {name: value for name, value in found.items() if value}
