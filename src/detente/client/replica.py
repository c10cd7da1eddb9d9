"""A replica: the record as its host gave it, checked whole on this machine before anything of it is shown.

The host's certified copy is verified act by act: signatures, order, tree, procedure, disclosures. What is trusted is
the process id, which fixes the convenor's key and the log's key. From then on the record is read here: what an act
would say, and what it would change, does not rest on the host's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import BinaryIO, Final

from msgspec import Struct

from detente.acts.kinds import Unknown, kind_of
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.depositary.custody import HOST_KEY_BYTES, Custody
from detente.depositary.host import Depositary
from detente.depositary.logs import decode_stored
from detente.depositary.reading import Record
from detente.depositary.recovery import HeldLog
from detente.depositary.snapshot import Snapshots
from detente.procedure.disclosure import Viewer
from detente.procedure.examination import author_of
from detente.proofs.certified_copy import lines_of
from detente.proofs.verification import VerifiedCopy, verify_copy
from detente.signing.envelope import parse_envelope, submission_of
from detente.state.records import State
from detente.store.memory import MemoryStore
from detente.store.port import Append, Entry, Head
from detente.tlog.merkle import Edge, leaf_hash

_NO_KEY: Final = bytes(HOST_KEY_BYTES)
"""A replica signs nothing: it has no log's key in custody."""


class CopiedLog(Struct, frozen=True, dict=True):
    """One log of a verified copy. acts: as submitted; note: its signed checkpoint."""

    origin: str
    acts: tuple[bytes, ...]
    note: bytes

    @cached_property
    def leaves(self) -> tuple[bytes, ...]:
        """32 bytes each."""
        return tuple(leaf_hash(act.split(b"~", 1)[0]) for act in self.acts)


class Replica(Struct, frozen=True):
    """A record, as one person may see it. logs: by origin, the main one and the chambers in the copy."""

    record: Record
    verified: VerifiedCopy
    logs: dict[str, CopiedLog]
    depositary: Depositary

    @property
    def seen(self) -> tuple[int, str]:
        """Size and root (base64url) of the main log: what an act signed now cites."""
        leaves = self.logs[self.record.origin].leaves
        return len(leaves), encode_base64url(Edge.empty().extend(leaves).root())

    def seen_at(self, at: int | None) -> Record:
        """The record as of an act, from 1; None for all. Raises `Refused` with code `log.at`."""
        return Record(self.depositary, self.record.origin, self.record.viewer, at)


def read_replica(copy: BinaryIO, process: str, person: str | None) -> Replica:
    """Verify a copy and open it. process: the origin that the reader was given; person: None for the public.

    Raises `Refused`: `copy.another_process`, or as `verify_copy`; `log.not_yours` where the person does not belong.
    """
    verified = verify_copy(copy)
    if verified.heading.process != process:
        raise refuse("copy.another_process", "This is a copy of another process.",
                     instead="Compare the process id with the one you were given.")  # fmt: skip
    copy.seek(0)
    logs = {log.origin: log for log in logs_of(copy)}
    store = MemoryStore()
    store.append([_append(verified.state, log) for log in logs.values()])
    depositary = Depositary(store, Custody(_NO_KEY), Snapshots(None, _NO_KEY))
    depositary.main(process).publish(verified.size, verified.state)
    return Replica(Record(depositary, process, Viewer(person)), verified, logs, depositary)


def read_copied_main(copy: BinaryIO) -> CopiedLog:
    """Verify a copy and give its main log. Raises `Refused` as `verify_copy`."""
    verify_copy(copy)
    copy.seek(0)
    return next(logs_of(copy))


def logs_of(copy: BinaryIO) -> Iterator[CopiedLog]:
    """The logs of a copy, of one that is verified already: every line stands where it should. Of any other it gives what
    stands there, or raises `ValueError`. `copy` stands at its start."""
    origin = ""
    acts: list[bytes] = []
    for line in lines_of(copy):
        word, _, rest = line[:-1].partition(b" ")
        if word == b"log":
            origin, acts = rest.split(b" ")[0].decode(), []
        elif word == b"act":
            acts.append(rest)
        elif word == b"checkpoint":
            yield CopiedLog(origin, tuple(acts), b"".join(islice(lines_of(copy), int(rest))))


def held_logs(copy: BinaryIO) -> tuple[HeldLog, ...]:
    """The logs of a copy, verified, as a host takes them in. Raises `Refused` as `verify_copy`."""
    verified = verify_copy(copy)
    copy.seek(0)
    return tuple(
        HeldLog(log.origin, tuple(_entry(verified.state, act) for act in log.acts), log.note)
        for log in logs_of(copy)
    )


def _append(state: State, log: CopiedLog) -> Append:
    edge = Edge.empty().extend(log.leaves)
    entries = tuple(_entry(state, act) for act in log.acts)
    return Append(0, entries, Head(log.origin, edge.size, edge.hashes, log.note))


def _entry(state: State, act: bytes) -> Entry:
    envelope = parse_envelope(act, check_canonical=False)
    leaf = leaf_hash(envelope.entry)
    key, _leaf, clear = decode_stored(envelope.entry, leaf)
    submission = submission_of(envelope.entry)
    if isinstance(clear, Unknown):
        return Entry(envelope.entry, leaf, submission, "", "", 0, envelope.disclosures)
    author = author_of(state, key, clear)
    return Entry(
        envelope.entry, leaf, submission, kind_of(clear).name, author, clear.iat, envelope.disclosures
    )
