"""What a log asks of a witness: its new checkpoint, with the proof that it extends the last one (C2SP tlog-witness).

old <size of the last checkpoint cosigned; 0 where there is none>
<a hash of the consistency proof in base64; a line for each, at most 63>
                                                             (an empty line)
<the checkpoint, with its signatures>

>>> request = AddCheckpoint(20, (bytes(32),), b"...")
>>> format_request(request)
b'old 20\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\n\\n...'
>>> parse_request(format_request(request)) == request
True
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.tlog.line import decode_hash, encode_base64, parse_decimal

LARGEST: Final = 262_144
"""Bytes of a request."""
SIZE_TYPE: Final = "text/x.tlog.size"
"""Media type of the answer that says how far the witness has signed."""
_LONGEST_PROOF: Final = 63


class AddCheckpoint(Struct, frozen=True):
    """old: the size that the proof starts from; proof: 32 bytes each; checkpoint: the signed note, unopened."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes


def format_request(request: AddCheckpoint) -> bytes:
    lines = [f"old {request.old}", *map(encode_base64, request.proof)]
    return "\n".join(lines).encode() + b"\n\n" + request.checkpoint


def parse_request(raw: bytes) -> AddCheckpoint:
    """Raises `Refused` with code `request.malformed`. Nothing is verified."""
    head, found, checkpoint = raw.partition(b"\n\n")
    first, *rest = head.decode("ascii", "replace").split("\n")
    old = parse_decimal(first.removeprefix("old ")) if first.startswith("old ") else None
    proof = tuple(map(decode_hash, rest))
    if not found or old is None or len(proof) > _LONGEST_PROOF or None in proof or len(raw) > LARGEST:
        raise refuse("request.malformed", "This is no request for a cosignature.", "C2SP tlog-witness",
                     "Send “old N”, the consistency proof, an empty line and the checkpoint.")  # fmt: skip
    return AddCheckpoint(old, tuple(node for node in proof if node is not None), checkpoint)
