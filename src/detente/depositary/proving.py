"""Proving an act to whoever its reader gives the proof to: never more of it than the reader may read."""

from __future__ import annotations

from contextlib import suppress

from detente.acts.kinds import Unknown
from detente.depositary.host import Depositary, checkpoint_size, latest_note
from detente.depositary.logs import decode_stored
from detente.depositary.signing_again import sign_again
from detente.procedure.disclosure import Viewer, may_open
from detente.procedure.examination import author_of
from detente.proofs.proving import HeldLog
from detente.store.appending import NotStored

_ALL = 1_000_000


def log_held_for(
    depositary: Depositary, origin: str, viewer: Viewer, number: int, chamber: str = ""
) -> HeldLog:
    """The main log, or a chamber, as a reader holds it who may read it, under the latest cosigned checkpoint that covers
    act `number`, else the latest. What is sealed in a chamber stays so: the host cannot open it."""
    log = f"{origin}/{chamber}" if chamber else origin
    store, state = depositary.store, depositary.main(origin).state()
    with suppress(NotStored):  # the proof is good without the line
        sign_again(depositary, log)
    head = store.head(log)
    assert head is not None
    covered = bool(head.cosigned) and checkpoint_size(head.cosigned) >= number
    note = head.cosigned if covered else latest_note(head)
    size, tree = checkpoint_size(note), depositary.log(log).tree

    def act(index: int) -> bytes:
        stored = next(iter(store.entries(log, index, index + 1)))
        key, _leaf, clear = decode_stored(stored.entry, stored.leaf)
        opens = not isinstance(clear, Unknown) and may_open(
            state, viewer, clear.aud, author_of(state, key, clear), chamber
        )
        disclosures = stored.disclosures if opens else ()
        return b"~".join((stored.entry, *(text.encode() for text in disclosures), b""))

    kinds = () if chamber else ("admit", "enrol")
    registry = sorted(i for kind in kinds for i in store.find(log, size, _ALL, kind=kind))
    return HeldLog(note, act, lambda index: tree.inclusion(index, size), registry)


def enrolled_by(depositary: Depositary, origin: str, chamber: str, number: int) -> int:
    """Number of the act of the main log that brought the key which signed act `number` of a chamber."""
    stored = next(iter(depositary.store.entries(f"{origin}/{chamber}", number - 1, number)))
    key, _leaf, _clear = decode_stored(stored.entry, stored.leaf)
    return depositary.main(origin).state().keys[key].enrolled + 1
