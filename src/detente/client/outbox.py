"""Acts signed on this machine: kept before they are sent, and until their receipt is checked and kept beside them.

outbox/<key>-<log>-<seq>.act           signed, and not yet known to be in the record
outbox/<key>-<log>-<seq>-<leaf>.refused    the host refused it, or so it is said (client/pouch.py)
receipts/<log>-<number>.tlog-proof     the receipt of an act that is
receipts/<log>-<number>.act            its bytes, which the receipt proves
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from detente.acts.time import cosigner_verifiers, log_verifier
from detente.client.remote_host import RemoteHost
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.admission import read_known
from detente.proofs.pouch import leaf_of
from detente.signing.envelope import parse_envelope
from detente.state.records import Chain, Process
from detente.store.durable_files import write_privately, write_whole
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
            file.replace(aside_of(file, leaf_of(act)))
        raise
    kept = check_receipt(folder, act, stated_proof(act, answer), process)
    keep_receipt(kept, file)
    return kept


def aside_of(file: Path, leaf: bytes) -> Path:
    """Where an act is set aside that was refused: the next one of its key gets its number, and may be refused too."""
    return file.with_name(f"{file.stem}-{leaf.hex()[:8]}.refused")


def keep_receipt(kept: KeptReceipt, file: Path) -> None:
    """Beside the act that it proves, which was kept in `file` until now."""
    kept.file.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(kept.file.with_suffix(".act"), file.read_bytes())
    write_whole(kept.file, kept.proof)  # the last: where it stands, the act does
    file.unlink()


def is_open(refused: Refused) -> bool:
    """Whether a refusal leaves open what became of an act that was sent."""
    return refused.refusals[0].code.startswith("host.")


def stated_proof(act: bytes, answer: bytes) -> bytes:
    """The tlog-proof in a host's answer to an act, if it says that it is about this one. Raises `Refused`:
    `host.receipt`."""
    envelope = parse_envelope(act, check_canonical=False)
    try:
        said = msgspec.json.decode(answer, type=_Answer)
        proof = said.proof.encode()
        index = parse_proof(proof).index
    except (msgspec.MsgspecError, UnicodeError, Refused) as error:
        raise _no_receipt("It cannot be read.") from error
    leaf = encode_base64url(leaf_hash(envelope.entry))
    if (said.log, said.index, said.leaf) != (read_known(envelope).proc, index, leaf):
        raise _no_receipt("It is about another act.")
    return proof


def check_receipt(folder: Path, act: bytes, proof: bytes, process: Process) -> KeptReceipt:
    """The receipt, if it proves that this very act stands in the log that it was signed for. Raises `Refused`:
    `host.receipt`."""
    envelope = parse_envelope(act, check_canonical=False)
    log, leaf = read_known(envelope).proc, leaf_hash(envelope.entry)
    try:
        verifiers = cosigner_verifiers(process)
        proved = check_proof(parse_proof(proof), leaf, log_verifier(log, process.log_key), verifiers)
    except Refused as error:
        raise _no_receipt(error.refusals[0].sentence) from error
    number = proved.index + 1
    return KeptReceipt(
        log, number, leaf, proof, folder / "receipts" / f"{_log_name(log)}-{number:06}.tlog-proof"
    )


def _no_receipt(why: str) -> Refused:
    return refuse("host.receipt", f"The host answered, but its receipt does not hold. {why}",
                  instead="The act is kept: send it again. If that does not help, tell the other participants.",
                  )  # fmt: skip


def last_of_chain(folder: Path, key: str, log: str, known: Chain | None) -> Chain | None:
    """The last act that a key has signed in a log: as a record has it, or signed here since, if it waits for its receipt
    or has it. key: its id; log: origin; known: as the record has it."""
    for file in (*unsent(folder), *(folder / "receipts").glob("*.act")):
        envelope = parse_envelope(file.read_bytes(), check_canonical=False)
        clear = read_known(envelope)
        if (envelope.kid, clear.proc) == (key, log) and (known is None or clear.seq > known.seq):
            known = Chain(clear.seq, encode_base64url(leaf_hash(envelope.entry)))
    return known


def kept_receipts(folder: Path) -> Iterator[KeptReceipt]:
    """Every receipt kept, with the leaf of the act beside it."""
    for file in sorted((folder / "receipts").glob("*.tlog-proof")):
        envelope = parse_envelope(file.with_suffix(".act").read_bytes(), check_canonical=False)
        proof = file.read_bytes()
        yield KeptReceipt(
            read_known(envelope).proc, parse_proof(proof).index + 1, leaf_hash(envelope.entry), proof, file
        )


def _log_name(origin: str) -> str:
    return "".join(origin.split("/")[2:]) or MAIN
