"""A mirror: a full copy of what one person may see, kept on their own machine and verified each time that it grows.

It is a certified copy (docs/specs/certified-copy.md): whoever has it checks it with `detente verify`, and a host that
lost acts brings them back from it. A copy that does not extend the one kept is never written over it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from detente.client.contradiction import keep_foreign_view
from detente.client.keyring import HeldKey
from detente.client.last_seen import check_record
from detente.client.remote_host import RemoteHost
from detente.client.replica import Replica, logs_of, read_replica
from detente.codec.refusal import Refused
from detente.signing.reader_token import make_reader_token
from detente.store.durable_files import force
from detente.tlog.checkpoint import unverified_checkpoint


class Mirror:
    """One process, as one person may see it, in one file."""

    def __init__(self, held: HeldKey, folder: Path, file: Path) -> None:
        """folder: where this person's keys, receipts and contradictions of the process are; file: the copy."""
        self._held, self._folder, self._file = held, folder, file
        self._host = RemoteHost(held.host, held.process)
        self._sizes: dict[str, int] | None = None
        self._copied = _checkpoints_in(file)

    def look(self, now: int) -> Replica | None:
        """Fetch, verify and keep the record where it has grown; None where it has not. now: Unix seconds.

        Raises `Refused`: `seen.*`, `receipt.lost`, `act.seen_foreign` (with evidence), `host.*`, or as `read_replica`.
        The copy kept before stays as it was then.
        """
        token = make_reader_token(self._held.signing, self._held.process, now)
        if self._sizes is not None and self._sizes == {name: self._size(name, token) for name in self._sizes}:
            return None
        partial = self._file.with_name(f"{self._file.name}.part")
        try:
            with partial.open("w+b") as copy:
                replica = self._fetched(copy, token)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        partial.replace(self._file)
        force(self._file.parent)
        self._copied = tuple(log.note for log in replica.logs.values())
        self._sizes = {origin.removeprefix(f"{self._held.process}").removeprefix("/"): len(log.acts)
                       for origin, log in replica.logs.items()}  # fmt: skip
        return replica

    def _fetched(self, copy: BinaryIO, token: str) -> Replica:
        self._host.fetch("copy", copy, token=token)
        copy.flush()
        os.fsync(copy.fileno())
        copy.seek(0)
        try:
            replica = read_replica(copy, self._held.process, self._held.person)
        except Refused as refused:
            raise keep_foreign_view(self._folder, copy, refused) from refused

        def tell(note: bytes) -> None:
            self._host.ask("log/checkpoint", token=token, body=note, media_type="text/plain")

        check_record(self._folder, replica, tell, self._copied)
        return replica

    def _size(self, chamber: str, token: str) -> int:
        note = self._host.ask(f"log/{chamber}/checkpoint" if chamber else "log/checkpoint", token=token)
        return unverified_checkpoint(note).size


def _checkpoints_in(file: Path) -> tuple[bytes, ...]:
    """Those of the logs of a copy that was verified when it was kept; none where there is no copy."""
    try:
        with file.open("rb") as copy:
            notes = tuple(log.note for log in logs_of(copy))
        for note in notes:
            unverified_checkpoint(note)
    except (FileNotFoundError, ValueError, Refused):
        return ()
    return notes
