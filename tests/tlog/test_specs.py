"""The examples in docs/specs are read by the code that they specify."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from detente.acts.convening import process_origin
from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.tlog.checkpoint import Cosigned, open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier, signed_message
from detente.tlog.merkle import leaf_hash
from detente.tlog.policy import missing, satisfied
from detente.tlog.policy_file import parse_policy
from detente.tlog.proof import check_proof, format_proof, parse_proof
from detente.tlog.signed_note import NoteVerifier, format_note, format_vkey, parse_note, parse_vkey
from detente.tlog.tile import (
    entry_bundle_path,
    format_tile,
    parse_entry_bundle,
    parse_tile,
    parse_tile_path,
    tile_path,
)
from tests.tlog.demonstration import ENTRIES, LEAVES, LOG, LOG_MLDSA, TIME, WITNESS_A, WITNESS_B, seed_of

SPECS = Path(__file__).parents[2] / "docs" / "specs"


def block(page: str, kind: str) -> str:
    """The one fenced block of that kind on the page."""
    (found,) = re.findall(
        rf"^```{kind}\n(.*?)^```$", (SPECS / f"{page}.md").read_text(), re.DOTALL | re.MULTILINE
    )
    return str(found)


def hex_block(page: str, kind: str) -> bytes:
    return bytes.fromhex(block(page, kind))


def cosigners(*vkeys: str) -> list[CosignatureVerifier]:
    return [CosignatureVerifier(parse_vkey(vkey)) for vkey in vkeys]


def test_checkpoint_page() -> None:
    raw = block("checkpoint", "checkpoint").encode()
    (vkey,) = block("checkpoint", "vkey").split()
    assert format_note(parse_note(raw)) == raw
    assert format_vkey(LOG.key) == vkey
    opened = open_checkpoint(raw, NoteVerifier(parse_vkey(vkey)))
    assert (opened.checkpoint.size, opened.cosigners) == (5, ())


def test_cosignature_page() -> None:
    raw = block("cosignature", "cosigned").encode()
    vkeys = block("cosignature", "vkey").split()
    opened = open_checkpoint(raw, NoteVerifier(LOG.key), cosigners(*vkeys))
    assert opened.cosigners == (Cosigned(WITNESS_A.name, TIME), Cosigned(WITNESS_B.name, TIME + 1))
    text = parse_note(raw).text
    assert signed_message(WITNESS_A.key, text, TIME) == block("cosignature", "message").encode()
    assert signed_message(LOG_MLDSA.key, text, TIME) == hex_block("cosignature", "message-hex")
    assert LOG_MLDSA.key.key_id == hex_block("cosignature", "key-id")


def test_cosignature_page_says_which_log_key_a_process_id_fixes() -> None:
    stated = msgspec.json.decode(block("cosignature", "origin"))
    origin = process_origin(stated["label"], stated["log_key"], stated["convenor_key"], stated["nonce"])
    assert block("cosignature", "process").split() == [origin]
    named = [encode_base64url(SigningKey.from_seed(seed_of(name)).public) for name in ("log", "convenor")]
    assert [stated["log_key"], stated["convenor_key"]] == named


def test_policy_page() -> None:
    raw = block("policy", "policy").encode()
    policy = parse_policy(raw)
    opened = open_checkpoint(
        block("policy", "cosigned").encode(),
        NoteVerifier(LOG.key),
        cosigners(*block("cosignature", "vkey").split()),
    )
    assert [cosigned.name for cosigned in opened.cosigners] == [WITNESS_A.name]
    assert [log.key for log in policy.logs] == [LOG.key]
    parties, neutral = [WITNESS_A.key, WITNESS_B.key], policy.witnesses[2].key
    assert satisfied(policy, [*parties, neutral]) and not satisfied(policy, parties)
    assert f"{missing(policy, [WITNESS_A.key])}\n" == block("policy", "missing")


def test_receipt_page() -> None:
    raw = block("receipt", "receipt").encode()
    log, *witnesses = block("receipt", "vkey").split()
    proof = parse_proof(raw)
    assert format_proof(proof) == raw
    leaf = hex_block("receipt", "leaf")
    assert leaf == leaf_hash(ENTRIES[2])
    checked = check_proof(proof, leaf, NoteVerifier(parse_vkey(log)), cosigners(*witnesses))
    assert (checked.index, checked.size, len(checked.cosigners)) == (2, 5, 2)


def test_tiles_page() -> None:
    for line in block("tiles", "paths").splitlines():
        level, index, width, path = line.split()
        named = parse_tile_path(path)
        assert (named.index, named.width) == (int(index), int(width))
        if level == "entries":
            assert path == entry_bundle_path(int(index), int(width))
        else:
            assert path == tile_path(int(level), int(index), int(width))
    assert parse_entry_bundle(hex_block("tiles", "bundle-hex")) == ENTRIES
    assert parse_tile(hex_block("tiles", "tile-hex")) == LEAVES
    assert format_tile(LEAVES) == hex_block("tiles", "tile-hex")


@pytest.mark.parametrize("page", ["checkpoint", "cosignature", "receipt", "tiles"])
def test_codes_that_a_page_names_stand_in_the_code(page: str) -> None:
    """`checkpoint.size` on a page is a refusal that a module of the room makes."""
    source = "".join(path.read_text() for path in (SPECS.parents[1] / "src/detente/tlog").glob("*.py"))
    refusals = r"`((?:note|checkpoint|proof|tile|cosignature)\.[a-z_]+)`"
    codes = re.findall(refusals, (SPECS / f"{page}.md").read_text())
    assert codes
    for code in codes:
        assert f'"{code}"' in source, code
