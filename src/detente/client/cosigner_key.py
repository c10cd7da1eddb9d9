"""A cosigner's key on this machine: in a private file, made once. Its verifier key is what a convening act names.

One witness has one key, and no person has it: an Ed25519 cosignature does not say by whom it is (C2SP
tlog-cosignature), and whoever keeps two histories apart must not be one who acts in them.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.keys.generate import SigningKey, generate_signing_key
from detente.store.durable_files import write_privately
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.signed_note import VerifierKey, format_vkey


class CosignerKey(Struct, frozen=True):
    """name: as the record shows it; seed: of the Ed25519 key, 32 bytes, base64url."""

    name: str
    seed: str

    @property
    def signing(self) -> SigningKey:
        return SigningKey(decode_base64url(self.seed))

    @property
    def cosigner(self) -> Cosigner:
        return Cosigner(self.name, ED25519_COSIGNATURE, self.signing.public, self.signing.sign)

    @property
    def vkey(self) -> str:
        """C2SP verifier key, one line."""
        return format_vkey(self.cosigner.key)


def make_cosigner_key(file: Path, name: str) -> CosignerKey:
    """Make a key and keep it. Raises `Refused` with code `vkey.name`, or `FileExistsError`."""
    key = generate_signing_key()
    VerifierKey(name, ED25519_COSIGNATURE, key.public)  # refuses a name that could not stand in a note
    made = CosignerKey(name, encode_base64url(key.seed))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_privately(file, msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    return made


def read_cosigner_key(file: Path) -> CosignerKey:
    """Raises `Refused` with code `cosigner.file`, or `OSError`."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=CosignerKey)
        assert found.vkey
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, Refused) as error:
        raise refuse("cosigner.file", f"{file} does not hold a cosigner’s key.",
                     instead="Restore it from your backup; a new key would have to be named in a new process.",
                     ) from error  # fmt: skip
    return found
