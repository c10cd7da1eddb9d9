"""A proof in parts, as they stand in QR codes on paper: each part is a line of letters and digits that survives a
scanner, a message and a keyboard (docs/specs/proof-of-an-act.md).

    DETENTE1:<part>:<of how many>:<which proof>:<base32>

The base32 of all parts in their order (RFC 4648 sec. 6, without padding) is the proof, deflated (RFC 1950). Which proof:
the first 8 characters of base32(SHA-256 of that). Parts may come in any order, twice, and with spaces around them.
"""

from __future__ import annotations

import re
import zlib
from base64 import b32decode, b32encode
from hashlib import sha256
from typing import Final

from detente.codec.refusal import Refused, refuse

MARK: Final = "DETENTE1:"
MOST_PARTS: Final = 99
LARGEST_PROOF: Final = 4_000_000
"""Bytes, when it is inflated: more than any proof has, and no more than a reader should be made to hold."""
LENGTH: Final = 1_200
"""Base32 letters in a part: a code that an ordinary camera reads from a sheet of paper."""

_PART: Final = re.compile(r"DETENTE1:([1-9][0-9]?):([1-9][0-9]?):([A-Z2-7]{8}):([A-Z2-7]+)")
_SCAN: Final = "Scan every code of the sheet, and paste what each says."


def parts_of(proof: bytes) -> tuple[str, ...]:
    """Raises `Refused`: `parts.too_many`."""
    deflated = zlib.compress(proof, 9)
    text = b32encode(deflated).decode().rstrip("=")
    pieces = [text[at : at + LENGTH] for at in range(0, len(text), LENGTH)]
    if len(pieces) > MOST_PARTS:
        raise refuse("parts.too_many", f"The proof would need {len(pieces)} codes; a sheet has at most {MOST_PARTS}.",
                     instead="Give the file instead, or show less of the act.")  # fmt: skip
    named = _name(deflated)
    return tuple(f"{MARK}{n}:{len(pieces)}:{named}:{piece}" for n, piece in enumerate(pieces, 1))


def proof_in(text: str) -> bytes:
    """The proof that these parts are of.

    Raises `Refused`: `parts.malformed`, `parts.of_another` (of two proofs), `parts.missing`, `parts.damaged`.
    """
    found: dict[int, str] = {}
    sheets: set[tuple[str, str]] = set()
    for word in re.findall(r"[^ \t\r\n]+", text):
        part = _PART.fullmatch(word)
        if part is None:
            raise refuse("parts.malformed", f"“{word[:20]}” is no part of a proof.", instead=_SCAN)
        number, of, name, piece = part.groups()
        sheets.add((of, name))
        if len(sheets) > 1:
            raise refuse("parts.of_another", "The parts are of more than one proof.", instead=_SCAN)
        if found.setdefault(int(number), piece) != piece:
            raise _damaged()
    count = int(next(iter(sheets), ("0", ""))[0])
    missing = [str(number) for number in range(1, count + 1) if number not in found]
    if missing or not found:
        raise refuse(
            "parts.missing", f"Of {count} parts, these are missing: {', '.join(missing)}.", instead=_SCAN
        )
    if len(found) > count:
        raise _damaged()
    return _inflated("".join(found[number] for number in sorted(found)), next(iter(sheets))[1])


def _inflated(text: str, name: str) -> bytes:
    try:
        deflated = b32decode(text + "=" * (-len(text) % 8))
        inflater = zlib.decompressobj()
        proof = inflater.decompress(deflated, LARGEST_PROOF)
    except (ValueError, zlib.error) as error:
        raise _damaged() from error
    if _name(deflated) != name or not inflater.eof or inflater.unused_data:
        raise _damaged()
    return proof


def _name(deflated: bytes) -> str:
    return b32encode(sha256(deflated).digest()).decode()[:8]


def _damaged() -> Refused:
    return refuse("parts.damaged", "A part is not as it was printed.", instead=_SCAN)
