"""Key boxes, and content sealed to the key that is in one (docs/specs/sealed-content.md).

A *key box* gives members of a chamber its keys: an age file that holds their identities, one a line. *Sealed content* is
an age file to a chamber's key that holds the disclosures of an act, each with `~` after it. Both stand in acts as
base64url.

>>> from detente.sealing.identity import make_identity, public_of
>>> mine, of_chamber = make_identity(), make_identity()
>>> open_key_box(make_key_box([of_chamber], [public_of(mine)]), mine) == (of_chamber,)
True
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import refuse
from detente.sealing.identity import Identity, read_identity
from detente.sealing.seal import seal, unseal


def make_key_box(identities: Sequence[Identity], recipients: Sequence[bytes]) -> str:
    """A box with a chamber's keys for each of `recipients` (X25519, 32 bytes). Raises `Refused` as `seal` does."""
    return encode_base64url(seal("".join(f"{one}\n" for one in identities).encode(), recipients))


def open_key_box(box: str, identity: Identity) -> tuple[Identity, ...]:
    """The chamber's keys in a box. Whether they are the chamber's is for the reader to compare.

    Raises `Refused`: `base64.not_canonical`, `sealing.identity`, or as `unseal`.
    """
    text = unseal(decode_base64url(box), identity).decode("ascii", "replace")
    return tuple(read_identity(line) for line in text.splitlines())


def seal_content(disclosures: str, public: bytes) -> str:
    """disclosures: each with `~` after it; public: the chamber's key. Raises `Refused` as `seal` does."""
    return encode_base64url(seal(disclosures.encode(), [public]))


def open_content(file: str, identity: Identity) -> tuple[str, ...]:
    """The disclosures in sealed content. Whether they open the act's digests is for the reader to check.

    Raises `Refused`: `base64.not_canonical`, `sealing.malformed`, or as `unseal`.
    """
    text = unseal(decode_base64url(file), identity)
    if not text.isascii() or not text.endswith(b"~"):
        raise refuse("sealing.malformed", "What was sealed holds no disclosures of an act.",
                     instead="Ask its author to write it again.")  # fmt: skip
    return tuple(text.decode().removesuffix("~").split("~"))
