"""A host restored from an old backup must not fork the record: when anybody shows it a checkpoint that its own key signed
and that its log does not hold, it signs nothing more for that process until it holds it.

Whoever has followed the log longer than its backup can show one: a cosigner, a party's browser, a mirror. The checkpoint
is kept, so that a restart forgets nothing. An honest host loses nothing by it, since nobody else can sign one.
"""

from __future__ import annotations

from typing import Protocol

from detente.acts.time import log_verifier
from detente.codec.refusal import Refusal, Refused, refuse
from detente.depositary.logs import ChamberLog, MainLog, main_origin
from detente.store.port import Head, Store
from detente.tlog.checkpoint import Checkpoint, open_checkpoint, unverified_checkpoint

_CLAUSE = "C2SP tlog-checkpoint"
_INSTEAD = (
    "Nothing that was receipted is lost where somebody keeps a copy: the host brings it back with “detente recover”. "
    "What you have signed is kept on your machine."
)


class Logs(Protocol):
    """What the guard needs of the depositary."""

    store: Store
    ahead: set[tuple[str, str]]

    def main(self, origin: str) -> MainLog: ...
    def log(self, origin: str) -> MainLog | ChamberLog: ...


def check_held(logs: Logs, note: bytes) -> Checkpoint:
    """The checkpoint, if this host's log holds it. Where its log's key signed it and the log does not, the process signs
    nothing more from here on.

    Raises `Refused`: `host.stopped`, `log.unknown`, or as `open_checkpoint` does.
    """
    origin = unverified_checkpoint(note).origin
    main = main_origin(origin)
    process = logs.main(main).state().convened
    shown = open_checkpoint(note, log_verifier(origin, process.log_key)).checkpoint
    if holds(logs, shown):
        return shown
    logs.store.stop(main, note)
    head = logs.store.head(main)
    assert head is not None
    raise _stopped(logs.store, head)


def holds(logs: Logs, shown: Checkpoint) -> bool:
    """Whether a log of this host had that root at that size."""
    head = logs.store.head(shown.origin)
    if head is None or shown.size > head.size:
        return False
    return logs.log(shown.origin).tree.root(shown.size) == shown.root


def check_signs(logs: Logs, main: Head | None) -> None:
    """Raises `Refused` with code `host.stopped` where nothing more is to be signed for the process of a main log."""
    if main is not None and main.stopped:
        raise _stopped(logs.store, main)
    names = [name for origin, name in logs.ahead if main is not None and origin == main.origin]
    if names:
        raise refuse(
            "host.stopped",
            f"The cosigner {min(names)} has signed more of this record, or another, than this host holds: it may run "
            "from an old backup. It signs nothing more until it holds what it signed.",
            _CLAUSE,
            _INSTEAD,
        )


def why_stopped(logs: Logs, origin: str) -> Refusal | None:
    """Why nothing more is signed for the process of a main log; None where it signs."""
    try:
        check_signs(logs, logs.store.head(origin))
    except Refused as refused:
        return refused.refusals[0]
    return None


def stop_where_lost(store: Store, log: MainLog | ChamberLog) -> None:
    """After the database was lost and is back, it may be another: a standby that had not received everything, a backup.

    Where it lacks acts of a log that this process has read or stored, the process of that log signs nothing more.
    """
    losses = store.losses
    if log.losses == losses:
        return
    if not log.is_held():
        assert log.newest is not None
        store.stop(main_origin(log.origin), log.newest.checkpoint)
        log.forget()
    log.losses = losses


def go_on_where_held(logs: Logs, origin: str) -> bool:
    """Whether a process signs: one that was stopped goes on once it holds the checkpoint that it was stopped for."""
    head = logs.store.head(origin)
    if head is None or not head.stopped:
        return True
    if holds(logs, unverified_checkpoint(head.stopped)):
        logs.store.go_on(origin)
        return True
    return False


def _stopped(store: Store, main: Head) -> Refused:
    shown = unverified_checkpoint(main.stopped)
    held = store.head(shown.origin)
    return refuse(
        "host.stopped",
        f"This host holds {held.size if held else 0} acts here, and its key has signed another state of {shown.size}: "
        "it may run from an old backup. It signs nothing more until it holds what it signed.",
        _CLAUSE,
        _INSTEAD,
    )
