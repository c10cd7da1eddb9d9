"""The record of vectors/door, played again out of its certified copy into a host that holds its keys."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from detente.codec.base64url import encode_base64url
from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.snapshot import Snapshots
from detente.keys.generate import SigningKey
from detente.proofs.certified_copy import statement_of
from detente.store.memory import MemoryStore
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.merkle import leaf_hash, root_of
from detente.tlog.signed_note import Note, NoteSigner, format_note

DOOR = Path(__file__).parents[2] / "vectors" / "door"
RECORD = DOOR / "record.copy"


def key_named(name: str) -> SigningKey:
    return SigningKey.from_seed(sha256(f"detente demonstration key: {name}".encode()).digest())


def acts_of(copy: bytes) -> list[bytes]:
    """Every act of a certified copy, as it was submitted, the main log's first."""
    return [line.removeprefix(b"act ") for line in copy.splitlines() if line.startswith(b"act ")]


def open_door() -> Depositary:
    """A host in memory that has received the record's acts."""
    keys = iter((key_named("door log"), key_named("door keeper")))
    depositary = Depositary(MemoryStore(), Custody(bytes(32), lambda: next(keys)), Snapshots(None, bytes(32)))
    depositary.prepare()
    for act in acts_of(RECORD.read_bytes()):
        depositary.receive_act(act)
    return depositary


def copy_holding(act: bytes, origin: str) -> tuple[bytes, int]:
    """The record's copy with one act more at the end of a log, and its index there: made by a faithless host,
    whose log's key signs the longer tree and whose keeper certifies the copy."""
    lines = RECORD.read_bytes().splitlines(keepends=True)[:-2]
    start = next(i for i, line in enumerate(lines) if line.startswith(f"log {origin} ".encode()))
    size = int(lines[start].split()[2])
    after = start + 1 + size
    old = int(lines[after].split()[1])
    acts = [*(line.removeprefix(b"act ").rstrip(b"\n") for line in lines[start + 1 : after]), act]
    root = root_of(leaf_hash(act.partition(b"~")[0]) for act in acts)
    key = key_named("door log")
    text = format_checkpoint(Checkpoint(origin, size + 1, root))
    note = format_note(Note(text, (NoteSigner(origin, key.public, key.sign).sign(text),)))
    body = b"".join(
        [
            *lines[:start],
            f"log {origin} {size + 1}\n".encode(),
            *(b"act " + act + b"\n" for act in acts),
            f"checkpoint {note.count(10)}\n".encode() + note,
            *lines[after + 1 + old :],
        ]
    )
    return certified(body), size


def certified(body: bytes) -> bytes:
    keeper, digest = key_named("door keeper"), encode_base64url(sha256(body).digest())
    signature = encode_base64url(keeper.sign(statement_of(digest)))
    return body + f"digest {digest}\ncertified {keeper.key_id} {signature}\n".encode()
