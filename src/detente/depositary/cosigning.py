"""Taking cosignatures: a cosigner posts a checkpoint of this host's with its own line, and the keeper marks the time
where something waits for it (C2SP tlog-cosignature; VCLT art. 77(1)).

A cosignature is over a checkpoint's text, and the log may have grown meanwhile: what is asked is that the tree of this
log had that root at that size. The largest checkpoint that a cosigner of the convening act has signed is kept, with
every such line that was posted for it; and of each cosigner, whenever named, the latest that it signed.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from detente.acts.cosigners import verifiers_of_all
from detente.acts.time import cosigned_time, cosigner_verifiers, log_verifier, mldsa_verifiers
from detente.codec.instant import LATEST_SECOND
from detente.codec.refusal import Refused, refuse
from detente.depositary.fork_guard import check_held
from detente.depositary.host import Depositary, checkpoint_size, latest_note
from detente.depositary.keeper import mark_time
from detente.depositary.late_lines import with_late_lines
from detente.depositary.logs import main_origin
from detente.procedure.marking import is_mark_due
from detente.state.records import Process, State
from detente.store.port import Cosignature
from detente.tlog.checkpoint import OpenedCheckpoint, open_checkpoint
from detente.tlog.signed_note import (
    Note,
    NoteSignature,
    Verifier,
    VerifierKey,
    add_signatures,
    format_note,
    only_signed_by,
    parse_note,
)

_CLAUSE: Final = "C2SP tlog-cosignature"


class Cosigning:
    """The cosignatures of one host's main logs, taken one after another: two that arrive at once are both kept, and
    one mark follows."""

    def __init__(self, depositary: Depositary) -> None:
        self._depositary = depositary
        self._taking = threading.Lock()

    def receive(self, origin: str, note: bytes, now: int) -> bytes:
        """Keep the lines of a cosigned checkpoint; the note as it is kept then. now: Unix seconds.

        Raises `Refused` as `keep_cosigned` does; nothing has changed then.
        """
        with self._taking:
            kept = keep_cosigned(self._depositary, origin, note)
            # A mark that cannot be stored now is tried again with the next line: the cosignature stands without it.
            with suppress(Refused):
                self._mark(origin, now)
        return kept

    def _mark(self, origin: str, now: int) -> None:
        state, head = self._depositary.main(origin).state(), self._depositary.store.head(origin)
        if head is None or not head.cosigned:
            return
        note = head.cosigned
        time = cosigned_time(state, note.decode())
        if time is not None and is_mark_due(state, time, checkpoint_size(note)):
            mark_time(self._depositary, origin, note, now)


def keep_cosigned(depositary: Depositary, origin: str, note: bytes) -> bytes:
    """Keep a cosigned checkpoint of a log, with the lines kept of the same size; the note as it is kept then, with those
    of cosigners named later, which is another one where a larger checkpoint has been cosigned.

    Raises `Refused`: `cosigning.unknown`, `cosigning.none`, `time.beyond`, or as `open_checkpoint` does;
    nothing has changed then. `host.stopped`: the process signs nothing more.
    """
    state = depositary.main(main_origin(origin)).state()
    opened = _open(state, origin, note)
    check_held(depositary, note)
    process, cosigners = state.convened, cosigner_verifiers(state.convened)
    with depositary.keeping_lines:
        later = _later(depositary, origin, note, opened)
        keys = [v.key for v in (*_own_keys(process, origin), *cosigners)]
        counted = only_signed_by(note, keys)
        if {v.key.name for v in cosigners} & {line.name for line in opened.witnesses}:
            _keep(depositary, origin, counted, opened.checkpoint.size, later)
            counted = _gathered(depositary, origin, keys)
        elif later:
            depositary.store.keep_lines(origin, later)
        return with_late_lines(depositary.store, state, counted)


def _keep(
    depositary: Depositary, origin: str, note: bytes, size: int, later: tuple[Cosignature, ...]
) -> None:
    """As `keep_cosigned`, of a note with lines of the convening act's cosigners alone. later: its lines to be kept."""
    head = depositary.store.head(origin)
    assert head is not None
    kept_size = checkpoint_size(head.cosigned) if head.cosigned else -1
    largest = (
        note if kept_size < size else head.cosigned if kept_size > size else _merged(head.cosigned, note)
    )
    if largest != head.cosigned or later:
        depositary.store.keep_cosigned(origin, size, largest if kept_size <= size else note, later)


def _gathered(depositary: Depositary, origin: str, keys: Sequence[VerifierKey]) -> bytes:
    """The cosigned note that is kept, with every line for it that is kept apart: of two server processes that keep one at
    the same time, the note of the second takes the place of the first's, and whoever looks last finds both lines."""
    head = depositary.store.head(origin)
    assert head is not None
    whole = head.cosigned
    for kept in depositary.store.cosignatures(origin):
        line = only_signed_by(kept.note, keys)
        if parse_note(line).text == parse_note(whole).text:
            whole = _merged(whole, line)
    if whole != head.cosigned:
        depositary.store.keep_cosigned(origin, checkpoint_size(whole), whole)
    return whole


def _later(
    depositary: Depositary, origin: str, note: bytes, opened: OpenedCheckpoint
) -> tuple[Cosignature, ...]:
    """The lines of a cosigned checkpoint that are the latest of their cosigners: who has witnessed what, and when."""
    known = {c.cosigner: (c.size, c.time) for c in depositary.store.cosignatures(origin)}
    size, parsed = opened.checkpoint.size, parse_note(note)
    return tuple(
        Cosignature(name, size, time, _alone(parsed, origin, name))
        for name, time in opened.witnesses
        if (size, time) > known.get(name, (-1, -1))
    )


def _alone(note: Note, origin: str, cosigner: str) -> bytes:
    """The note with the log's line and one cosigner's."""
    lines = tuple(line for line in note.signatures if line.name in (origin, cosigner))
    return format_note(Note(note.text, lines))


def keep_cosignatures(depositary: Depositary, origin: str, lines: tuple[NoteSignature, ...]) -> bytes:
    """As `keep_cosigned`, of lines for the latest checkpoint."""
    head = depositary.store.head(origin)
    assert head is not None
    return keep_cosigned(depositary, origin, add_signatures(latest_note(head), lines))


def _merged(kept: bytes, note: bytes) -> bytes:
    """Two notes of one checkpoint as one: of each cosigner the line with the latest time; of the log what is missing."""
    origin, *_ = parse_note(kept).text.split("\n")
    stated = {(line.name, line.key_id): _time(line) for line in parse_note(kept).signatures}
    later = [
        line
        for line in parse_note(note).signatures
        if (line.name, line.key_id) not in stated
        or (line.name != origin and _time(line) > stated[line.name, line.key_id])
    ]
    return add_signatures(kept, later)


def _time(line: NoteSignature) -> int:
    """The time that a cosignature states, in Unix seconds."""
    return int.from_bytes(line.signature[:8], "big")


def _own_keys(process: Process, origin: str) -> tuple[Verifier, ...]:
    """Of the log itself: its own, and where it has one its ML-DSA-44 key."""
    return (log_verifier(origin, process.log_key), *mldsa_verifiers(origin, process.log_mldsa_key))


def _open(state: State, origin: str, note: bytes) -> OpenedCheckpoint:
    log, *own = _own_keys(state.convened, origin)
    verifiers = (*own, *verifiers_of_all(state))
    named = {(verifier.key.name, verifier.key.key_id) for verifier in (log, *verifiers)}
    for line in parse_note(note).signatures:
        if (line.name, line.key_id) not in named:
            raise refuse("cosigning.unknown", f"“{line.name}” is no cosigner that the record names.",
                         _CLAUSE, "Send the line of a cosigner that the record names, made with the key named there.",
                         )  # fmt: skip
    opened = open_checkpoint(note, log, verifiers)
    if not opened.witnesses:
        raise refuse("cosigning.none", "No cosigner has signed this checkpoint.", _CLAUSE,
                     "Send it with your line under the log’s own.")  # fmt: skip
    if any(cosigned.time > LATEST_SECOND for cosigned in opened.cosigners):
        raise refuse("time.beyond", "A cosignature states a time after the year 9999.", _CLAUSE,
                     "Set the clock of that machine, and sign again.")  # fmt: skip
    return opened
