"""Every act of the frozen records, and every act that a door refuses, is read alike in JavaScript and in Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from detente.acts.convening import process_origin
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.keys.possession import check_possession
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify
from detente.tlog.merkle import leaf_hash
from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
VECTORS = Path(__file__).parents[2] / "vectors"
COPIES = sorted(VECTORS.rglob("*.copy"))


def acts_of(copy: Path) -> list[bytes]:
    return [line[4:] for line in copy.read_bytes().splitlines() if line.startswith(b"act ")]


def kid_of(raw: bytes) -> str:
    return parse_envelope(raw, check_canonical=False).kid


def registry_of(acts: list[bytes]) -> dict[str, str]:
    """Every key that some act names, by its id."""
    known = {}
    for raw in acts:
        payload = json.loads(parse_envelope(raw, check_canonical=False).payload)
        for member in ("convenor_key", "keeper_key", "public"):
            if member in payload:
                known[thumbprint(decode_base64url(payload[member]))] = payload[member]
    return known


def in_python(raw: bytes, public: str) -> dict[str, Any]:
    try:
        envelope = parse_envelope(raw)
        verified = verify(envelope, decode_base64url(public))
        said = json.loads(verified.payload)
        opened = open_disclosures(said["_sd"], verified.disclosures, said.keys())
        if said["act"] == "enrol":
            key = read_public_key(said["public"])
            check_possession(key, said["proc"], said["person"], said["possession"])
    except Refused as refused:
        return {"refusals": [refusal.code for refusal in refused.refusals]}
    origin = ""
    if said["act"] == "convene":
        origin = process_origin(said["label"], said["log_key"], said["convenor_key"], said["nonce"])
    leaf = encode_base64url(leaf_hash(verified.entry))
    found = {"kid": verified.kid, "leaf": leaf, "opened": opened, "origin": origin}
    return {"found": {**found, "submission": verified.submission}}


def in_browser(page: Page, acts: list[tuple[bytes, str]]) -> list[dict[str, Any]]:
    given = [{"raw": raw.decode("latin-1"), "public": public} for raw, public in acts]
    outcomes: list[dict[str, Any]] = call(page, "records", "readThrough", given)
    for outcome in outcomes:
        if "refusals" in outcome:
            outcome["refusals"] = [refusal["code"] for refusal in outcome["refusals"]]
    return outcomes


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_act_of_a_record_is_read_alike(page: Page, copy: Path) -> None:
    acts = acts_of(copy)
    known = registry_of(acts)
    signed = [(raw, known[kid]) for raw in acts if (kid := kid_of(raw)) in known]
    expected = [in_python(*act) for act in signed]
    assert sum("found" in outcome for outcome in expected) >= 15
    assert in_browser(page, signed) == expected


def test_what_a_door_refuses_is_read_alike(page: Page) -> None:
    """Most of it is sound in itself; a key that cannot be enrolled is not."""
    folder = VECTORS / "door"
    acts = [json.loads(path.read_text("ascii"))["raw"].encode("latin-1") for path in folder.glob("*.json")]
    known = registry_of([*acts_of(folder / "record.copy"), *acts])
    signed = [(raw, known[kid]) for raw in acts if (kid := kid_of(raw)) in known]
    expected = [in_python(*act) for act in signed]
    assert in_browser(page, signed) == expected
    refused = {code for outcome in expected for code in outcome.get("refusals", ())}
    assert {"key.small_order", "key.mixed_order", "key.possession"} <= refused
