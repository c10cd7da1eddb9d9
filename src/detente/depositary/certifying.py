"""Certifying a copy of a record, as one person may see it (VCLT art. 77(1)(b))."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO

from detente.acts.act import Clear
from detente.acts.kinds import Unknown
from detente.codec.instant import instant_from_unix
from detente.depositary.forgetting import not_erased
from detente.depositary.host import Depositary, latest_note
from detente.depositary.keeper import keeper_key
from detente.depositary.late_lines import with_late_lines
from detente.depositary.logs import chamber_name, decode_stored
from detente.depositary.signing_again import sign_again
from detente.procedure.chambers import chamber_names
from detente.procedure.disclosure import Viewer, may_open, may_read_log
from detente.procedure.examination import author_of
from detente.proofs.certified_copy import CopiedLog, Heading, write_certified_copy
from detente.state.records import State
from detente.store.appending import NotStored
from detente.store.port import Head

Shown = Callable[[Clear, str, str], bool]
"""Whether the hidden fields of an act (clear payload, author, chamber) go into the copy."""


def certify_copy(depositary: Depositary, origin: str, viewer: Viewer, now: int, out: BinaryIO) -> str:
    """Write the copy for `viewer` and return its digest. now: Unix seconds.

    The main log goes to whoever asks for a copy at the host; a chamber only to those who belong to it, and a
    hidden field only to those who may open it.
    """
    state = depositary.main(origin).state()
    names = [n for n in chamber_names(state.convened.sides) if may_read_log(state, viewer, n)]

    for log in (origin, *(f"{origin}/{name}" for name in names)):
        with suppress(NotStored):  # the copy is good without the line
            sign_again(depositary, log)

    def shown(clear: Clear, author: str, chamber: str) -> bool:
        return may_open(state, viewer, clear.aud, author, chamber)

    return _write(depositary, origin, viewer.person or "public", names, shown, now, out)


def copy_for_check(depositary: Depositary, origin: str, now: int, out: BinaryIO) -> str:
    """Write all that the host holds of a process, for the host's own check of itself; it is shown to nobody."""
    names = list(chamber_names(depositary.main(origin).state().convened.sides))
    return _write(depositary, origin, "host", names, lambda _clear, _author, _chamber: True, now, out)


def _write(
    depositary: Depositary,
    origin: str,
    exporter: str,
    names: list[str],
    shown: Shown,
    now: int,
    out: BinaryIO,
) -> str:
    origins = [origin, *(f"{origin}/{name}" for name in names)]
    # The chambers' heads before the main log's: a chamber act cites a size that the main log has by then.
    heads = [_head(depositary, o) for o in reversed(origins)][::-1]
    state = depositary.main(origin).state_at(heads[0].size)
    heading = Heading(origin, exporter, instant_from_unix(now))
    logs = [_copied(depositary, state, head, shown) for head in heads]
    return write_certified_copy(out, heading, logs, keeper_key(depositary, state))


def _head(depositary: Depositary, origin: str) -> Head:
    head = depositary.store.head(origin)
    assert head is not None
    return head


def _copied(depositary: Depositary, state: State, head: Head, shown: Shown) -> CopiedLog:
    acts = _acts(depositary, state, head.origin, head.size, shown)
    note = latest_note(head)
    if not chamber_name(head.origin):
        note = with_late_lines(depositary.store, state, note)
    return CopiedLog(head.origin, head.size, acts, note)


def _acts(depositary: Depositary, state: State, origin: str, size: int, shown: Shown) -> Iterator[bytes]:
    chamber, erasures = chamber_name(origin), depositary.erasures(origin)
    for stored in depositary.store.entries(origin, 0, size):
        key, leaf, clear = decode_stored(stored.entry, stored.leaf)
        disclosures: tuple[str, ...] = ()
        if not isinstance(clear, Unknown) and shown(clear, author_of(state, key, clear), chamber):
            disclosures = not_erased(stored.disclosures, erasures.get(leaf, ()))
        yield b"~".join((stored.entry, *(d.encode() for d in disclosures), b""))
