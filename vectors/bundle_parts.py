"""Replay bundles of the record of proved/, from which the vectors of bundle/ and later/ are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from host_parts import MADE
from proved_parts import NAMING, ORIGIN, WATCHED, bare, leaves_of, note_of, noted

from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE
from detente.tlog.merkle import root_of

ACTS = [bare(act) for act in WATCHED]
BEFORE_NAMING = ACTS[:NAMING]
ELSEWHERE = "detente/" + "a" * 26


def bundle(
    acts: Sequence[bytes] = BEFORE_NAMING, note: bytes = b"", process: str = ORIGIN, counted: str = ""
) -> bytes:
    """note: of these acts, by the log and the cosigner, where none is given."""
    head = f"detente replay bundle v1\nprocess {process}\nacts {counted or len(acts)}\n".encode()
    return head + b"".join(b"act " + act + b"\n" for act in acts) + noted(note or note_of(acts))


def after(acts: Sequence[bytes], key: SigningKey, kind: str, **members: Any) -> list[bytes]:
    """These acts and one more, of any kind: the first in its author's chain where nothing else is said."""
    leaves = leaves_of(acts)
    payload = {
        "act": kind, "v": 1, "proc": ORIGIN, "iat": MADE + 6000, "seq": 0, "prev": "", "aud": ["all"], "_sd": [],
        "seen": [len(acts), encode_base64url(root_of(leaves))],
    }  # fmt: skip
    return [*acts, sign_compact(key, ACT_TYPE, payload | members) + b"~"]
