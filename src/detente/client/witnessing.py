"""A witness at work: fetch a log's checkpoint, see that it extends the last one signed, cosign it here, post the line
back (C2SP tlog-witness, from behind a firewall).

Of a process the witness learns its size and root, and what its id is derived from: that fixes the log's key. A
checkpoint that does not extend what was signed is never signed; both are kept, each signed by the log.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from detente.acts.convening import process_origin
from detente.acts.time import log_verifier
from detente.client.cosigner_key import CosignerKey
from detente.client.remote_host import Address, RemoteHost
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.signing.reader_token import make_reader_token
from detente.tlog.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from detente.tlog.signed_note import NoteVerifier, add_signatures, parse_note
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

    def __init__(self, address: Address, key: CosignerKey, witness: Witness, folder: Path) -> None:
        """folder: where contradictions are kept."""
        self.origin = address.process
        self._host = RemoteHost(address.host, address.process)
        self._key, self._witness, self._folder = key, witness, folder
        self._log: NoteVerifier | None = None
        self._signed: tuple[Checkpoint, int] | None = None

    def look(self, now: int) -> int | None:
        """Cosign what is new; its size, or None where nothing is. now: Unix seconds.

        Raises `Refused`: `witness.contradiction`, with which following ends; `witness.origin`, `host.*`, or as the host
        refuses.
        """
        token = make_reader_token(self._key.signing, self.origin, now)
        self._log = self._log or self._verifier(token)
        note = self._host.ask("log/checkpoint", token=token)
        checkpoint = open_checkpoint(note, self._log).checkpoint
        if self._signed is not None and self._signed[0] == checkpoint and now < self._signed[1] + AGAIN:
            return None
        grown = self._signed is None or self._signed[0] != checkpoint
        self._host.ask("log/cosignatures", token=token, media_type="text/plain",
                       body=self._cosigned(note, self._log, self._proof(checkpoint.size, token), now))  # fmt: skip
        self._signed = checkpoint, now
        return checkpoint.size if grown else None

    def _verifier(self, token: str) -> NoteVerifier:
        """The log's key, as the process id fixes it: no other can be passed off."""
        stated = _decoded(self._host.ask("log/origin", token=token), _Origin)
        if process_origin(stated.label, stated.log_key, stated.convenor_key, stated.nonce) != self.origin:
            raise refuse("witness.origin", "The host names a log key that this process id was not derived from.",
                         instead="Nothing was signed. Compare the process id with the one you were given.")  # fmt: skip
        return log_verifier(self.origin, stated.log_key)

    def _proof(self, size: int, token: str) -> tuple[bytes, ...]:
        signed = self._witness.last_size(self.origin)
        if not 0 < signed < size:
            return ()
        answer = self._host.ask(f"log/consistency?from={signed}&to={size}", token=token)
        return tuple(decode_base64url(node) for node in _decoded(answer, _Proof).consistency)

    def _cosigned(self, note: bytes, log: NoteVerifier, proof: tuple[bytes, ...], now: int) -> bytes:
        """The checkpoint with this cosigner's line under those that it came with."""
        try:
            line = self._witness.cosign(note, log, proof, now)
        except Refused as refused:
            if refused.refusals[0].code.startswith(("witness.smaller", "proof.")):
                raise self._contradicted(note) from refused
            raise
        return add_signatures(note, [line])

    def _contradicted(self, shown: bytes) -> Refused:
        """Keep both checkpoints, and say what they show."""
        signed = self._witness.last_note(self.origin)
        assert signed is not None
        folder = self._folder / f"contradiction-{self.origin.removeprefix('detente/')}"
        folder.mkdir(mode=0o700, exist_ok=True)
        sizes = []
        for note, name in ((signed, "signed"), (shown, "shown")):
            sizes.append(parse_checkpoint(parse_note(note).text).size)
            (folder / f"{name}-{sizes[-1]}.note").write_bytes(note)
        return refuse(CONTRADICTION, f"{self.origin}: {_says(*sizes)}", _CLAUSE,
                      f"Nothing more is signed for this log. Both checkpoints are kept in {folder}: show them to the "
                      "other parties, and compare them with what they hold.")  # fmt: skip


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
