"""Proving an act of the main log to whoever its reader gives the proof to: never more of it than the reader may read."""

from __future__ import annotations

from detente.acts.kinds import Unknown
from detente.depositary.host import Depositary, checkpoint_size
from detente.depositary.logs import decode_stored
from detente.procedure.disclosure import Viewer, may_open
from detente.procedure.examination import author_of
from detente.proofs.proving import HeldLog

_ALL = 1_000_000


def log_held_for(depositary: Depositary, origin: str, viewer: Viewer, number: int) -> HeldLog:
    """The main log as a reader holds it who may read it, under the latest cosigned checkpoint that covers act `number`,
    else the latest."""
    store, state = depositary.store, depositary.main(origin).state()
    head = store.head(origin)
    assert head is not None
    covered = bool(head.cosigned) and checkpoint_size(head.cosigned) >= number
    note = head.cosigned if covered else head.checkpoint
    size, tree = checkpoint_size(note), depositary.log(origin).tree

    def act(index: int) -> bytes:
        stored = next(iter(store.entries(origin, index, index + 1)))
        key, _leaf, clear = decode_stored(stored.entry, stored.leaf)
        opens = not isinstance(clear, Unknown) and may_open(
            state, viewer, clear.aud, author_of(state, key, clear)
        )
        disclosures = stored.disclosures if opens else ()
        return b"~".join((stored.entry, *(text.encode() for text in disclosures), b""))

    registry = sorted(i for kind in ("admit", "enrol") for i in store.find(origin, size, _ALL, kind=kind))
    return HeldLog(note, act, lambda index: tree.inclusion(index, size), registry)
