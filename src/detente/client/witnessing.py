"""A witness at work: fetch a log's checkpoint, see that it extends the last one signed, cosign it here, post the line
back (C2SP tlog-witness, from behind a firewall).

Of a process the witness learns its size and root, and what its id is derived from: that fixes the log's key. A
checkpoint that does not extend what was signed is never signed; both are kept, each signed by the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from detente.acts.time import log_verifier
from detente.client.contradiction import keep_contradiction
from detente.client.cosigner_key import CosignerKey
from detente.client.host_tiles import nodes_of_host
from detente.client.remote_host import Address, RemoteHost
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.proofs.misconduct import Evidence, LogIdentity, two_histories
from detente.signing.reader_token import make_reader_token
from detente.tlog.checkpoint import Checkpoint, open_checkpoint, unverified_checkpoint
from detente.tlog.merkle import ReadNode
from detente.tlog.signed_note import NoteVerifier, VerifierKey, add_signatures
from detente.witness.cosigning import Witness

AGAIN: Final = 60
"""Seconds after which a checkpoint that has not changed is signed again: only so is it known that time has passed."""
CONTRADICTION: Final = "witness.contradiction"
_CLAUSE: Final = "C2SP tlog-witness"


class _Origin(Struct):
    label: str
    log_key: str
    convenor_key: str
    nonce: str


class _Proof(Struct):
    consistency: list[str]


_Shape = TypeVar("_Shape", _Origin, _Proof)


class FollowedLog:
    """The main log of one process at one host."""

    def __init__(
        self,
        address: Address,
        key: CosignerKey,
        witness: Witness,
        folder: Path,
        named: VerifierKey | None = None,
    ) -> None:
        """folder: where contradictions are kept; named: the log's key, where a policy names it."""
        self.origin, self._named = address.process, named
        self._host = RemoteHost(address.host, address.process)
        self._key, self._witness, self._folder = key, witness, folder
        self._log: NoteVerifier | None = None
        self._signed: tuple[Checkpoint, int] | None = None

    def look(self, now: int) -> int | None:
        """Cosign what is new; its size, or None where nothing is. now: Unix seconds.

        Raises `Refused`: `witness.contradiction`, with which following ends; `witness.origin`, `host.*`, or as the host
        refuses.
        """
        # Asked before the host is: whoever asks this witness meanwhile moves it on.
        before = self._witness.last_size(self.origin)
        token = make_reader_token(self._key.signing, self.origin, now)
        self._log = self._log or self._verifier(token)
        note = self._host.ask("log/checkpoint", token=token)
        checkpoint = open_checkpoint(note, self._log).checkpoint
        if self._signed is not None and self._signed[0] == checkpoint and now < self._signed[1] + AGAIN:
            return None
        cosigned = self._cosigned(note, self._log, before, checkpoint.size, token, now)
        if cosigned is None:
            return None
        grown = self._signed is None or self._signed[0] != checkpoint
        self._host.ask("log/cosignatures", token=token, media_type="text/plain", body=cosigned)
        self._signed = checkpoint, now
        return checkpoint.size if grown else None

    def identity(self, now: int) -> LogIdentity | None:
        """What the process id is derived from; None where the host does not say, or says something else. now: Unix
        seconds."""
        try:
            self._log = self._log or self._verifier(make_reader_token(self._key.signing, self.origin, now))
        except Refused:
            return None
        return self._identity

    def nodes(self, size: int, now: int) -> ReadNode:
        """The host's own tree of this size; nothing of it is believed. Reading raises `Refused` as `RemoteHost.ask`."""
        return nodes_of_host(self._host, size, make_reader_token(self._key.signing, self.origin, now))

    def _verifier(self, token: str) -> NoteVerifier:
        """The log's key, as the process id fixes it: no other can be passed off."""
        stated = _decoded(self._host.ask("log/origin", token=token), _Origin)
        self._identity = LogIdentity(stated.convenor_key, stated.label, stated.log_key, stated.nonce)
        if self._identity.process != self.origin:
            raise refuse("witness.origin", "The host names a log key that this process id was not derived from.",
                         instead="Nothing was signed. Compare the process id with the one you were given.")  # fmt: skip
        found = log_verifier(self.origin, stated.log_key)
        if self._named not in (None, found.key):
            raise refuse("witness.origin", "The policy names another log key than the one that this process id fixes.",
                         instead="Nothing was signed. Ask whoever gave you the policy.")  # fmt: skip
        return found

    def _proof(self, before: int, size: int, token: str) -> tuple[bytes, ...]:
        if not 0 < before < size:
            return ()
        answer = self._host.ask(f"log/consistency?from={before}&to={size}", token=token)
        return tuple(decode_base64url(node) for node in _decoded(answer, _Proof).consistency)

    def _cosigned(
        self, note: bytes, log: NoteVerifier, before: int, size: int, token: str, now: int
    ) -> bytes | None:
        """The checkpoint with this cosigner's line under those that it came with; None where the witness has signed
        another since it was at `before`: the next look goes on from there."""
        proof = self._proof(before, size, token)
        try:
            line = self._witness.cosign(note, log, proof, now, before)
        except Refused as refused:
            if refused.refusals[0].code == "witness.old_size":
                return None
            if refused.refusals[0].code.startswith(("witness.smaller", "proof.")):
                raise self._contradicted(note, token) from refused
            raise
        return add_signatures(note, [line])

    def _contradicted(self, shown: bytes, token: str) -> Refused:
        """Keep both checkpoints and what proves the contradiction, and say what they show."""
        signed = self._witness.last_note(self.origin)
        assert signed is not None
        sizes = [unverified_checkpoint(note).size for note in (signed, shown)]
        folder = self._folder / f"contradiction-{self.origin.removeprefix('detente/')}"
        found = keep_contradiction(folder, signed, shown, self._evidence(signed, shown, sizes, token))
        with suppress(Refused):  # a host that runs from an old backup hears of it, and stops before it forks
            self._host.ask("log/checkpoint", token=token, body=signed, media_type="text/plain")
        return refuse(CONTRADICTION, f"{self.origin}: {_says(*sizes)}", _CLAUSE,
                      f"Nothing more is signed for this log. {found.instead}")  # fmt: skip

    def _evidence(self, signed: bytes, shown: bytes, sizes: Sequence[int], token: str) -> Evidence | None:
        """What the host's own tree, as far as it shows it, proves against it; None where it proves nothing."""
        if sizes[0] > sizes[1]:
            return None
        try:
            return two_histories(
                self.origin, self._identity, signed, shown, nodes_of_host(self._host, sizes[1], token)
            )
        except Refused:
            return None


def _says(signed: int, shown: int) -> str:
    if shown == signed:
        return f"the log’s key has signed two different records of {signed} acts. The two together prove it to anybody."
    if shown < signed:
        return (
            f"the host shows {shown} acts; {signed} were cosigned here before. It may run from an old backup."
        )
    return f"the host does not show that its {shown} acts begin with the {signed} that were cosigned here before."


def _decoded(answer: bytes, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(answer, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse("host.answer", "The host answered something else than was asked.",
                     instead="Try again later; nothing was signed.") from error  # fmt: skip
