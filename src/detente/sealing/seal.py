"""Sealing to several readers, and opening: one age v1 file (docs/specs/sealed-file.md).

A file says how many can read it, not who; nor who sealed it: what is inside must be signed, or name its act.

>>> from detente.sealing.identity import make_identity, public_of
>>> mine, recovery = make_identity(), make_identity()
>>> file = seal(b"the instruction", [public_of(mine), public_of(recovery)])
>>> unseal(file, recovery)
b'the instruction'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pyrage

from detente.codec.refusal import Refused, refuse
from detente.sealing.identity import Identity
from detente.sealing.recipient import recipient_of

LARGEST_PLAINTEXT: Final = 16 * 2**20
"""Bytes. A file is opened in memory, in browsers too."""

MOST_RECIPIENTS: Final = 256
LARGEST_HEADER: Final = 32_768
"""Bytes, up to the line that ends it: 256 recipients take 25,159. Opening costs a multiplication for each."""

_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"(?:-> (?!scrypt )[!-~]+(?: [!-~]+)*\n(?:[A-Za-z\d+/]{64}\n)*[A-Za-z\d+/]{0,63}\n)+"
    rb"--- [A-Za-z\d+/]{43}\n"
)
"""Stanzas, each ending in a line that is not full, and the MAC. Libraries differ in what else they let pass; a stanza for
a passphrase must stand alone (C2SP age), and is never ours."""

_AROUND = 16_384
"""Nonce and tags of the largest file, with room to spare."""

_NO_MATCH = "No matching keys found"


def seal(plaintext: bytes, recipients: Sequence[bytes]) -> bytes:
    """A file that each of `recipients` (X25519 public keys, 32 bytes) can open.

    Raises `Refused`: `sealing.too_large`; `sealing.recipients` for none or more than 256; `sealing.recipient`.
    """
    _check_size(len(plaintext))
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise refuse("sealing.recipients", f"Content is sealed to 1 to {MOST_RECIPIENTS} keys, not {len(recipients)}.",
                     instead="Seal it to the key of a chamber, and that key to its members.")  # fmt: skip
    admitted = [pyrage.x25519.Recipient.from_str(recipient_of(public)) for public in recipients]
    return bytes(pyrage.encrypt(plaintext, admitted))


def unseal(file: bytes, identity: Identity) -> bytes:
    """What was sealed. Raises `Refused`: `sealing.malformed`, `sealing.not_for_you` or `sealing.damaged`."""
    check_header(file)
    _check_size(len(file) - LARGEST_HEADER - _AROUND)
    opens = pyrage.x25519.Identity.from_str(identity)
    try:
        return bytes(pyrage.decrypt(file, [opens]))
    except pyrage.DecryptError as error:
        raise _not_for_you() if str(error) == _NO_MATCH else _damaged() from error


def check_header(file: bytes) -> None:
    """That a file, or its first `LARGEST_HEADER` bytes, begins with a header. Raises `Refused`: `sealing.malformed`."""
    if not _HEADER.match(file[:LARGEST_HEADER]):
        raise refuse("sealing.malformed", "These bytes are not a sealed file.", "C2SP age, file format v1",
                     "Ask for the file again, as it was sealed.")  # fmt: skip


def _check_size(size: int) -> None:
    if size > LARGEST_PLAINTEXT:
        raise refuse("sealing.too_large", f"At most {LARGEST_PLAINTEXT} bytes are sealed as one file.",
                     instead="Seal it in parts.")  # fmt: skip


def _not_for_you() -> Refused:
    return refuse("sealing.not_for_you", "This was not sealed to your key.",
                  instead="Use the browser or the recovery key that it was sealed to, or ask a member to seal it to you.",
                  )  # fmt: skip


def _damaged() -> Refused:
    return refuse("sealing.damaged", "The sealed file was changed or cut short on its way.", "C2SP age, file format v1",
                  "Ask for the file again; the act says what its SHA-256 is.")  # fmt: skip
