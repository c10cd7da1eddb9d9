"""Pouches and answers that are not as they should be, digest and all: whoever carries one can make it anew."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.proofs.pouch import read_answer, read_pouch
from tests.proofs.test_pouch_spec import block

Change = Callable[[list[bytes]], list[bytes]]


def closed_again(raw: bytes, change: Change) -> bytes:
    """With a digest that holds."""
    body = b"".join(change(raw.splitlines(keepends=True)[:-1]))
    return body + f"digest {encode_base64url(hashlib.sha256(body).digest())}\n".encode()


def code(read: Callable[[io.BytesIO], object], raw: bytes) -> str:
    with pytest.raises(Refused) as refusing:
        read(io.BytesIO(raw))
    assert refusing.value.refusals[0].sentence.startswith("Line ")
    return refusing.value.refusals[0].code


POUCHES: dict[str, tuple[Change, str]] = {
    "another version": (lambda ls: [b"detente pouch v2\n", *ls[1:]], "pouch.version"),
    "no acts": (lambda ls: [*ls[:2], b"acts 0\n"], "pouch.number"),
    "too many": (lambda ls: [*ls[:2], b"acts 10001\n", *ls[3:]], "pouch.number"),
    "a number in another spelling": (lambda ls: [*ls[:2], b"acts 02\n", *ls[3:]], "pouch.number"),
    "fewer than it says": (lambda ls: ls[:-1], "pouch.line"),
    "more than it says": (lambda ls: [*ls, ls[-1]], "pouch.line"),
    "an act twice": (lambda ls: [*ls[:4], ls[3]], "pouch.twice"),
    "of another process": (
        lambda ls: [ls[0], b"process detente/" + b"a" * 26 + b"\n", *ls[2:]],
        "pouch.process",
    ),
    "an unknown line": (lambda ls: [*ls[:2], b"to everybody\n", *ls[2:]], "pouch.line"),
}


@pytest.mark.parametrize("fault", POUCHES)
def test_a_pouch_made_anew_with_a_fault_is_refused(fault: str) -> None:
    change, expected = POUCHES[fault]
    assert code(read_pouch, closed_again(block("pouch"), change)) == expected


ANSWERS: dict[str, tuple[Change, str]] = {
    "another version": (lambda ls: [b"detente pouch v1\n", *ls[1:]], "pouch.version"),
    "no leaf": (lambda ls: [*ls[:3], b"receipt abc 3\n", *ls[4:]], "pouch.leaf"),
    "no lines": (lambda ls: [*ls[:3], ls[3].rpartition(b" ")[0] + b" 0\n", *ls[4:]], "pouch.number"),
    "an act answered twice": (lambda ls: [*ls[:2], b"answers 3\n", *ls[3:], *ls[-2:]], "pouch.twice"),
    "reasons that are none": (lambda ls: [*ls[:-1], b"because\n"], "pouch.refusal"),
    "reasons without words": (lambda ls: [*ls[:-1], b'{"code":"act.stale"}\n'], "pouch.refusal"),
}


@pytest.mark.parametrize("fault", ANSWERS)
def test_an_answer_made_anew_with_a_fault_is_refused(fault: str) -> None:
    change, expected = ANSWERS[fault]
    assert code(read_answer, closed_again(block("answer"), change)) == expected


@pytest.mark.parametrize(("name", "read"), [("pouch", read_pouch), ("answer", read_answer)])
def test_every_byte_counts(name: str, read: Callable[[io.BytesIO], object]) -> None:
    raw = block(name)
    for at in range(len(raw)):
        with pytest.raises(Refused):
            read(io.BytesIO(raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :]))
    for cut in (raw[:-1], raw[: len(raw) // 2], b"", raw + b"\n", raw + raw):
        with pytest.raises(Refused):
            read(io.BytesIO(cut))
