"""The keys held on this machine: for each process a pair to sign with and a pair to read with, in a private file.

Two processes never share a key, so nobody can tell from two records that one person is in both. A file can be lost or
stolen: that is routine, and whoever depends on one enrols a second key.

    KEYS/<26 characters of the process>/<key id>.key      JSON, mode 0600
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec import Struct

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.keys.generate import SigningKey, generate_signing_key
from detente.sealing.identity import Identity, identity_of
from detente.store.durable_files import write_privately

SUFFIX: Final = ".key"


class HeldKey(Struct, frozen=True):
    """One person's keys for one process. host: where it is kept, without a slash at the end; process: origin of its
    main log; seed: of the Ed25519 key, and sealing: the X25519 key, 32 bytes each, base64url; made: Unix seconds."""

    host: str
    process: str
    person: str
    seed: str
    sealing: str
    made: int

    @property
    def signing(self) -> SigningKey:
        return SigningKey(decode_base64url(self.seed))

    @property
    def identity(self) -> Identity:
        """What opens the boxes that are addressed to this key."""
        return identity_of(decode_base64url(self.sealing))


def make_keys(host: str, process: str, person: str, now: int) -> HeldKey:
    """Keys that nobody has yet, not even this machine's disk. now: Unix seconds."""
    sealing = X25519PrivateKey.generate().private_bytes_raw()
    seed = generate_signing_key().seed
    return HeldKey(host, process, person, encode_base64url(seed), encode_base64url(sealing), now)


class Keyring:
    """The keys in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def folder_of(self, process: str) -> Path:
        """What is kept of one process."""
        return self.folder / process.removeprefix("detente/")

    def keep(self, held: HeldKey) -> HeldKey:
        """On disk, before anybody hears of it."""
        self.folder_of(held.process).mkdir(mode=0o700, parents=True, exist_ok=True)
        write_privately(self.file_of(held), msgspec.json.format(msgspec.json.encode(held)) + b"\n")
        return held

    def file_of(self, held: HeldKey) -> Path:
        return self.folder_of(held.process) / f"{held.signing.key_id}{SUFFIX}"

    def of(self, process: str) -> tuple[HeldKey, ...]:
        """The keys for one process, the newest first. Raises `Refused` with code `keyring.file`."""
        found = map(_read, self.folder_of(process).glob(f"*{SUFFIX}"))
        return tuple(sorted(found, key=lambda held: (-held.made, held.seed)))

    def all(self) -> tuple[HeldKey, ...]:
        """Every key, by process. Raises `Refused` with code `keyring.file`."""
        folders = sorted(path for path in self.folder.glob("*") if path.is_dir())
        return tuple(held for folder in folders for held in self.of(f"detente/{folder.name}"))


def _read(file: Path) -> HeldKey:
    try:
        held = msgspec.json.decode(file.read_bytes(), type=HeldKey)
        matches = held.signing.key_id == file.name.removesuffix(SUFFIX)
    except (msgspec.MsgspecError, UnicodeDecodeError, Refused):
        matches = False
    if not matches:
        raise refuse("keyring.file", f"{file} does not hold the key that its name says.",
                     instead="Restore it from your backup, or move it away and enrol another key.")  # fmt: skip
    return held
