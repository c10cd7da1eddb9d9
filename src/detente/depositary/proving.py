"""Proving an act to whoever its reader gives the proof to: never more of it than the reader may read."""

from __future__ import annotations

from contextlib import suppress

from detente.acts.cosigners import standing_cosigners
from detente.acts.kinds import Unknown
from detente.depositary.forgetting import not_erased
from detente.depositary.host import Depositary, checkpoint_size, latest_note
from detente.depositary.late_lines import with_late_lines
from detente.depositary.logs import decode_stored
from detente.depositary.signing_again import sign_again
from detente.procedure.disclosure import Viewer, may_open
from detente.procedure.examination import author_of
from detente.proofs.proving import REGISTRY_KINDS, HeldLog
from detente.state.records import State
from detente.store.appending import NotStored
from detente.store.port import Store
from detente.tlog.signed_note import parse_note

_ALL = 1_000_000


def log_held_for(
    depositary: Depositary, origin: str, viewer: Viewer, number: int, chamber: str = ""
) -> HeldLog:
    """The main log, or a chamber, as a reader holds it who may read it, under the checkpoint of those that cover act
    `number` which most cosigners have signed. What is sealed in a chamber stays so: the host cannot open it."""
    log = f"{origin}/{chamber}" if chamber else origin
    store, state = depositary.store, depositary.main(origin).state()
    with suppress(NotStored):  # the proof is good without the line
        sign_again(depositary, log)
    note = _most_cosigned(store, state, log, number)
    size, tree = checkpoint_size(note), depositary.log(log).tree
    erasures = depositary.erasures(log)

    def act(index: int) -> bytes:
        stored = next(iter(store.entries(log, index, index + 1)))
        key, leaf, clear = decode_stored(stored.entry, stored.leaf)
        opens = not isinstance(clear, Unknown) and may_open(
            state, viewer, clear.aud, author_of(state, key, clear), chamber
        )
        disclosures = not_erased(stored.disclosures, erasures.get(leaf, ())) if opens else ()
        return b"~".join((stored.entry, *(text.encode() for text in disclosures), b""))

    kinds = () if chamber else REGISTRY_KINDS
    registry = sorted(i for kind in kinds for i in store.find(log, size, _ALL, kind=kind))
    return HeldLog(note, act, lambda index: tree.inclusion(index, size), registry)


def _most_cosigned(store: Store, state: State, log: str, number: int) -> bytes:
    """Of the checkpoints kept that cover act `number`, the one that most cosigners have signed, of the convening act
    and those named later; of several the longest."""
    head = store.head(log)
    assert head is not None
    latest, notes = latest_note(head), [head.cosigned] if head.cosigned else []
    if log == state.convened.origin:
        late = {cosigner.name for cosigner in standing_cosigners(state)}
        notes += [kept.note for kept in store.cosignatures(log) if kept.cosigner in late]
        latest, *notes = [with_late_lines(store, state, note) for note in (latest, *notes)]
    covering = [latest, *(note for note in notes if checkpoint_size(note) >= number)]

    def cosigned(note: bytes) -> tuple[int, int]:
        names = {line.name for line in parse_note(note).signatures} - {log}
        return len(names), checkpoint_size(note)

    return max(covering, key=cosigned)


def enrolled_by(depositary: Depositary, origin: str, chamber: str, number: int) -> int:
    """Number of the act of the main log that brought the key which signed act `number` of a chamber."""
    stored = next(iter(depositary.store.entries(f"{origin}/{chamber}", number - 1, number)))
    key, _leaf, _clear = decode_stored(stored.entry, stored.leaf)
    return depositary.main(origin).state().keys[key].enrolled + 1
