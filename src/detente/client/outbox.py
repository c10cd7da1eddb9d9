"""Acts signed on this machine: kept before they are sent, and until their receipt is checked and kept beside them.

outbox/<key>-<log>-<seq>.act           signed, and not yet known to be in the record
outbox/<key>-<log>-<seq>.refused       the host refused it: it has no place in the record any more
receipts/<log>-<number>.tlog-proof     the receipt of an act that is
receipts/<log>-<number>.act            its bytes, which the receipt proves
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from detente.acts.time import cosigner_verifiers, log_verifier
from detente.client.keyring import write_privately
from detente.client.remote_host import RemoteHost
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.admission import read_known
from detente.signing.envelope import parse_envelope
from detente.state.records import Process
from detente.tlog.merkle import leaf_hash
from detente.tlog.proof import check_proof, parse_proof

MEDIA_TYPE: Final = "application/sd-jwt"
MAIN: Final = "main"


class KeptReceipt(Struct, frozen=True):
    """A receipt that was checked. log: origin; number: of the act, from 1; leaf: 32 bytes; proof: a tlog-proof."""

    log: str
    number: int
    leaf: bytes
    proof: bytes
    file: Path


class _Answer(Struct):
    log: str
    index: int
    leaf: str
    proof: str


def keep_signed(folder: Path, act: bytes) -> Path:
    """Keep signed bytes before anybody hears of them. Raises `OSError` where they are kept already."""
    envelope = parse_envelope(act, check_canonical=False)
    clear = read_known(envelope)
    outbox = folder / "outbox"
    outbox.mkdir(mode=0o700, exist_ok=True)
    file = outbox / f"{envelope.kid[:12]}-{_log_name(clear.proc)}-{clear.seq:06}.act"
    write_privately(file, act)
    return file


def unsent(folder: Path) -> tuple[Path, ...]:
    """What was signed and has no receipt here, in the order of each key's chain."""
    return tuple(sorted((folder / "outbox").glob("*.act")))


def send(host: RemoteHost, folder: Path, file: Path, process: Process) -> KeptReceipt:
    """Send what is kept in `file`, check its receipt against the log's own key, and keep both. process: as its
    convening act has it.

    Raises `Refused`: as the door refuses, and the file is set aside; `host.*` where nothing is known, and it stays.
    """
    act = file.read_bytes()
    try:
        answer = host.ask("acts", body=act, media_type=MEDIA_TYPE)
    except Refused as refused:
        if not is_open(refused):
            file.replace(file.with_suffix(".refused"))
        raise
    kept = _checked(folder, act, answer, process)
    kept.file.parent.mkdir(mode=0o700, exist_ok=True)
    _written(kept.file.with_suffix(".act"), act)
    _written(kept.file, kept.proof)  # the last: where it stands, the act does
    file.unlink()
    return kept


def is_open(refused: Refused) -> bool:
    """Whether a refusal leaves open what became of an act that was sent."""
    return refused.refusals[0].code.startswith("host.")


def _checked(folder: Path, act: bytes, answer: bytes, process: Process) -> KeptReceipt:
    """The receipt, if it proves that this very act stands in the log that it was signed for."""
    envelope = parse_envelope(act, check_canonical=False)
    log, leaf = read_known(envelope).proc, leaf_hash(envelope.entry)
    try:
        said = msgspec.json.decode(answer, type=_Answer)
        verifiers = cosigner_verifiers(process)
        proof = said.proof.encode()
        proved = check_proof(parse_proof(proof), leaf, log_verifier(log, process.log_key), verifiers)
        if (said.log, said.index, said.leaf) != (log, proved.index, encode_base64url(leaf)):
            raise refuse("host.receipt", "It is about another act.")
    except (msgspec.MsgspecError, UnicodeError, Refused) as error:
        why = error.refusals[0].sentence if isinstance(error, Refused) else "It cannot be read."
        raise refuse("host.receipt", f"The host answered, but its receipt does not hold. {why}",
                     instead="The act is kept: send it again. If that does not help, tell the other participants.",
                     ) from error  # fmt: skip
    number = proved.index + 1
    return KeptReceipt(
        log, number, leaf, proof, folder / "receipts" / f"{_log_name(log)}-{number:06}.tlog-proof"
    )


def kept_receipts(folder: Path) -> Iterator[KeptReceipt]:
    """Every receipt kept, with the leaf of the act beside it."""
    for file in sorted((folder / "receipts").glob("*.tlog-proof")):
        envelope = parse_envelope(file.with_suffix(".act").read_bytes(), check_canonical=False)
        proof = file.read_bytes()
        yield KeptReceipt(
            read_known(envelope).proc, parse_proof(proof).index + 1, leaf_hash(envelope.entry), proof, file
        )


def _written(file: Path, content: bytes) -> None:
    """On disk under its name, or not there at all: the same receipt may come twice."""
    partial = file.with_name(file.name + ".part")
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)


def _log_name(origin: str) -> str:
    return "".join(origin.split("/")[2:]) or MAIN
