"""Every file of vectors/act is refused at its stage with its code, or accepted and opened."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify

VECTORS = Path(__file__).parents[2] / "vectors"
FILES = sorted((VECTORS / "act").glob("*.json"))


def read_through(raw: bytes, public: bytes) -> dict[str, Any]:
    """The stages in order; the first refusal ends it."""
    stage = "envelope"
    try:
        envelope = parse_envelope(raw)
        stage = "verifier"
        verified = verify(envelope, public)
        stage = "disclosure"
        payload = json.loads(verified.payload)
        opened = open_disclosures(payload["_sd"], verified.disclosures, payload.keys())
    except Refused as refused:
        (refusal,) = refused.refusals
        return {"stage": stage, "code": refusal.code}
    return {"stage": "accepted", "code": "", "opened": opened}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_stage_named_in_the_file_decides(path: Path) -> None:
    vector = json.loads(path.read_text("ascii"))
    raw, public = vector["raw"].encode("latin-1"), decode_base64url(vector["public"])
    assert read_through(raw, public) == vector["expect"], vector["about"]


def test_every_stage_has_vectors_and_every_file_another_fault() -> None:
    vectors = [json.loads(path.read_text("ascii")) for path in FILES]
    stages = Counter(vector["expect"]["stage"] for vector in vectors)
    assert stages.keys() == {"envelope", "verifier", "disclosure", "accepted"}
    assert len({vector["about"] for vector in vectors}) == len({vector["raw"] for vector in vectors}) + 1
    # Only key_short reads a sound act: its fault is in the key.


def test_the_script_writes_the_same_files_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(VECTORS / "make_act_vectors.py"), str(tmp_path)], check=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in FILES}
