"""Two checkpoints that were not shown to chain: as docs/specs/evidence-against-a-log.md has them; and single faults."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.proofs.unchained import FIRST_LINE, read_unchained, write_unchained
from detente.tlog.signed_note import Note, format_note, format_vkey, parse_note
from tests.tlog.demonstration import LEAVES, LOG, LOG_VERIFIER, WITNESS_A, checkpoint_text, signed_checkpoint

SPEC = (Path(__file__).parents[2] / "docs/specs/evidence-against-a-log.md").read_text("utf-8")
SHORT, LONG = signed_checkpoint(leaves=LEAVES[:3]), signed_checkpoint()
RAW = write_unchained(LOG_VERIFIER.key, SHORT, LONG)
KEY = f"key {format_vkey(LOG_VERIFIER.key)}\n".encode()
HEAD = FIRST_LINE.encode() + b"\n" + KEY


def part(note: bytes) -> bytes:
    return b"checkpoint %d\n" % note.count(b"\n") + note


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_page_has_the_file_and_what_it_says() -> None:
    assert block("unchained").encode() == RAW
    held = read_unchained(io.BytesIO(RAW))
    assert json.loads(block("held")) == {"sizes": [held.first.size, held.second.size], "proved": held.proved}


def test_signatures_of_others_are_left_out() -> None:
    cosigned = signed_checkpoint(WITNESS_A)
    assert write_unchained(LOG_VERIFIER.key, SHORT, cosigned) == RAW


FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "another version": (lambda: RAW.replace(b" v1\n", b" v2\n", 1), "unchained.version"),
    "another word": (lambda: RAW.replace(b"\nkey ", b"\nkay ", 1), "unchained.line"),
    "a number in another spelling": (lambda: RAW.replace(b"checkpoint 5", b"checkpoint 05", 1), "unchained.number"),
    "cut short": (lambda: RAW[:-1], "unchained.truncated"),
    "going on": (lambda: RAW + b"\n", "unchained.end"),
    "the longer first": (lambda: HEAD + part(LONG) + part(SHORT), "unchained.order"),
    "one tree twice": (lambda: HEAD + part(LONG) + part(LONG), "unchained.same"),
    "a cosigner's line": (lambda: HEAD + part(SHORT) + part(signed_checkpoint(WITNESS_A)), "unchained.signature"),
    "another key": (lambda: RAW.replace(KEY, KEY[:-5] + b"\n"), "vkey.length"),
    "nobody's signature": (
        lambda: HEAD + part(format_note(Note(checkpoint_text(), parse_note(SHORT).signatures))) + part(LONG),
        "note.signature",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_with_a_fault_it_is_refused(fault: str) -> None:
    made, code = FAULTS[fault]
    with pytest.raises(Refused) as refusing:
        read_unchained(io.BytesIO(made()))
    assert refusing.value.refusals[0].code == code
    assert f"`{code}`" in SPEC or f"`.{code.partition('.')[2]}`" in SPEC or code.startswith(("vkey", "note"))


def test_every_byte_counts() -> None:
    for at in range(len(RAW)):
        with pytest.raises(Refused):
            read_unchained(io.BytesIO(RAW[:at] + bytes([RAW[at] ^ 1]) + RAW[at + 1 :]))
    assert LOG.key == LOG_VERIFIER.key
