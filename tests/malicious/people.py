"""Those whom a host would have to deceive: somebody with a machine of their own, and a cosigner.

Both run the code that people run: a replica of the record as the host serves it, compared with what was seen before; and
a witness that follows a log over HTTP.
"""

from __future__ import annotations

import io
import time
from pathlib import Path

from msgspec import Struct

from detente.client.contradiction import keep_foreign_view
from detente.client.cosigner_key import CosignerKey, make_cosigner_key
from detente.client.last_seen import check_record
from detente.client.outbox import keep_signed, send
from detente.client.remote_host import Address, RemoteHost
from detente.client.replica import Replica, read_replica
from detente.client.witnessing import FollowedLog
from detente.codec.refusal import Refused
from detente.witness.cosigning import Witness
from detente.witness.signed_checkpoints import SignedCheckpoints
from tests.depositary.talks import Talks
from tests.proofs.copies import copy_for
from tests.web.hosting import on_a_socket


class Finding(Struct, frozen=True):
    """What somebody found out. code: of the refusal, or "" where they noticed nothing; evidence: whether they hold a file
    that proves it to anybody; checkpoints: how many they were shown from the deed on, this one among them."""

    code: str
    evidence: bool = False
    checkpoints: int = 0


class Reader:
    """Somebody at the table, with a folder on their own machine."""

    def __init__(self, folder: Path, person: str) -> None:
        self.folder, self.person, self.looks = folder / person, person, 0
        self.folder.mkdir(parents=True)

    def sees(self, talks: Talks, raw: bytes | None = None) -> Finding:
        """Look at the record as a host serves it now, or at a copy that it made."""
        self.looks += 1
        copy = io.BytesIO(raw if raw is not None else copy_for(talks, self.person))
        try:
            try:
                replica = read_replica(copy, talks.origin, self.person)
            except Refused as refused:
                raise keep_foreign_view(self.folder, copy, refused) from refused
            check_record(self.folder, replica, lambda _note: None)
        except Refused as refused:
            kept = list(self.folder.glob("contradiction/evidence-*"))
            return Finding(refused.refusals[0].code, bool(kept), self.looks)
        return Finding(self._irregular(replica), False, self.looks)

    @staticmethod
    def _irregular(replica: Replica) -> str:
        """The first thing in a record that its rules do not admit: it stands there without effect, and is shown."""
        found = [code for irregular in replica.verified.state.irregular for code in irregular.codes]
        return found[0] if found else ""

    def acts(self, talks: Talks, words: str) -> int:
        """Sign a statement, and keep its receipt. The index that it took."""
        file = keep_signed(self.folder, talks.raw_statement(self.person, words))
        with on_a_socket(talks.depositary) as address:
            return send(RemoteHost(address, talks.origin), self.folder, file, talks.state.convened).number - 1

    def starts_counting(self) -> None:
        self.looks = 0


class CosignerOfTheTown:
    """A witness on somebody's own machine."""

    def __init__(self, folder: Path) -> None:
        self.key: CosignerKey = make_cosigner_key(folder / "cosigner", "town.example")
        self._folder, self.looks = folder / "cosigned", 0

    def sees(self, talks: Talks) -> Finding:
        self.looks += 1
        signed = SignedCheckpoints(self._folder)
        try:
            with on_a_socket(talks.depositary) as address:
                witness = Witness(self.key.cosigner, signed)
                followed = FollowedLog(Address(address, talks.origin), self.key, witness, self._folder)
                followed.look(int(time.time()))
        except Refused as refused:
            kept = list(self._folder.glob("contradiction-*/evidence-*"))
            return Finding(refused.refusals[0].code, bool(kept), self.looks)
        finally:
            signed.close()
        return Finding("", False, self.looks)

    def starts_counting(self) -> None:
        self.looks = 0
