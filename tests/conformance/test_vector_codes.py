"""Every refusal that a parser can make of what somebody is given has a vector, or stands here with a reason why not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "detente"

PARSERS = {
    "codec/base64url": "", "codec/canonical_json": "", "keys/possession": "", "keys/public": "",
    "procedure/fact_keys": "", "proofs/anchor": "facts", "proofs/certified_copy": "copy", "proofs/later_acts": "later",
    "proofs/lines": "copy", "proofs/log_reading": "bundle", "proofs/misconduct": "evidence", "proofs/one_act": "proved",
    "proofs/parts": "", "proofs/path_lines": "proved", "proofs/pouch": "pouch", "proofs/proof_of_facts": "facts",
    "proofs/registry_acts": "proved", "proofs/replay_bundle": "bundle", "proofs/seen_roots": "",
    "proofs/signed_log": "proved", "proofs/state_statement": "", "proofs/stated": "", "proofs/unchained": "unchained",
    "proofs/time_stamp": "stamps", "proofs/verification": "copy", "proofs/verified_snapshot": "snapshot",
    "proofs/state_bytes": "", "sealing/identity": "", "sealing/recipient": "", "sealing/seal": "",
    "signing/compact": "", "signing/disclosure": "", "signing/envelope": "", "signing/reader_token": "",
    "signing/verifier": "", "tlog/checkpoint": "", "tlog/cosignature": "", "tlog/merkle": "",
    "tlog/policy_file": "policy", "tlog/proof": "", "tlog/signed_note": "", "tlog/tile": "",
}  # fmt: skip
"""Module -> the kind of container that begins the codes of its faults."""

NO_VECTOR = {
    "anchor.another": "whoever makes a proof meets it",
    "copy.another_history": "it is about two copies",
    "cosignature.name": "whoever makes a key meets it",
    "disclosure.malformed_field": "it is about the type of a hidden field of one kind",
    "envelope.size": "it depends on the reader's limit",
    "fact.text": "whoever asks a record meets it",
    "merkle.edge": "whoever keeps a tree meets it",
    "parts.too_many": "whoever makes a sheet meets it",
    "sealing.recipients": "whoever seals meets it",
    "sealing.too_large": "it depends on the reader's limit",
    "snapshot.another_history": "it is about a snapshot and a bundle",
    "snapshot.fold": "it is about a snapshot and a bundle",
    "snapshot.longer": "it is about a snapshot and a bundle",
    "stamp.nonce": "whoever asks for a stamp meets it",
    "stamp.order": "it needs stamps of an authority whose clock went back",
    "state.malformed": "it is about the state's shape in one version of the program",
    "state.shape": "it is about the state's shape in one version of the program",
    "statement.differs": "it is about two statements",
    "statement.unknown": "whoever makes a statement meets it",
    "tile.entry_size": "whoever makes a tile meets it",
}


def codes_of(module: str) -> set[str]:
    text = (SOURCE / f"{module}.py").read_text("utf-8")
    made = re.findall(r'(?:refuse|_refuse|Refusal)\(\s*"([a-z0-9_]+\.[a-z_]+)"', text)
    short = re.findall(r'(?:fault|_refuse|_at)\(\s*(?:\w+, )?"(\w+)"', text)
    return {*made, *(f"{PARSERS[module]}.{code}" for code in short)}


def codes_of_vectors() -> set[str]:
    vectors = (json.loads(path.read_text("ascii")) for path in (ROOT / "vectors").glob("*/*.json")
               if path.parent.name not in ("records", "preferences", "schemas"))  # fmt: skip
    return {code for vector in vectors for code in _listed(vector["expect"]["code"])}


def _listed(code: str | list[str]) -> list[str]:
    return [code] if isinstance(code, str) else code


@pytest.mark.parametrize("module", PARSERS)
def test_every_refusal_of_a_parser_has_a_vector(module: str) -> None:
    found = codes_of(module)
    assert found
    assert found - codes_of_vectors() - NO_VECTOR.keys() == set()


def test_what_has_no_vector_is_refused_by_a_parser_and_has_none() -> None:
    made = {code for module in PARSERS for code in codes_of(module)}
    assert NO_VECTOR.keys() <= made
    assert NO_VECTOR.keys() & codes_of_vectors() == set()
