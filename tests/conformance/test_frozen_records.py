"""The frozen records before programs that nobody here wrote: joserfc, rfc8785, pymerkle.

Only base64 and JSON of the standard library take a copy apart here; nothing of ours does.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import rfc8785
from joserfc import jws
from joserfc.jwk import OKPKey
from pymerkle import InmemoryTree

VECTORS = Path(__file__).parents[2] / "vectors"
COPIES = [*sorted((VECTORS / "records").glob("*.copy")), VECTORS / "door" / "record.copy"]
each = pytest.mark.parametrize("path", COPIES, ids=lambda path: f"{path.parent.name}/{path.stem}")


class Log(NamedTuple):
    """entries: the JWS of each act; size and root: those that its checkpoint states."""

    origin: str
    entries: list[str]
    size: int
    root: bytes


@cache
def logs_of(path: Path) -> tuple[Log, ...]:
    return tuple(_read(path.read_text("utf-8").split("\n")))


def _read(lines: list[str]) -> Iterator[Log]:
    for at, line in enumerate(lines):
        if line.startswith("log "):
            _word, origin, size = line.split(" ")
            after = at + 1 + int(size)
            entries = [act.removeprefix("act ").partition("~")[0] for act in lines[at + 1 : after]]
            stated, root = lines[after + 2 : after + 4]
            yield Log(origin, entries, int(stated), base64.b64decode(root))


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def payload_of(entry: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(decoded(entry.split(".")[1]))
    return payload


def keys_of(path: Path) -> dict[str, OKPKey]:
    """Thumbprint -> key, of every public key that an act of the main log brings."""
    found = {}
    for entry in logs_of(path)[0].entries:
        payload = payload_of(entry)
        for member in ("convenor_key", "keeper_key", "public"):
            if member in payload:
                key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": payload[member]})
                found[key.thumbprint()] = key
    return found


@each
def test_joserfc_verifies_every_act(path: Path) -> None:
    keys = keys_of(path)
    entries = [entry for log in logs_of(path) for entry in log.entries]
    assert len(entries) > 10
    for entry in entries:
        kid = json.loads(decoded(entry.split(".")[0]))["kid"]
        read = jws.deserialize_compact(entry, keys[kid], algorithms=["Ed25519"])
        assert json.loads(read.payload) == payload_of(entry)


@each
def test_rfc8785_writes_every_payload_and_disclosure_again(path: Path) -> None:
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("act "):
            entry, *disclosures = line.removeprefix("act ").rstrip("~").split("~")
            for part in (*entry.split(".")[:2], *disclosures):
                assert rfc8785.dumps(json.loads(decoded(part))) == decoded(part)


@each
def test_pymerkle_gets_every_root(path: Path) -> None:
    logs = logs_of(path)
    assert len(logs) > 4
    for log in logs:
        tree = InmemoryTree(algorithm="sha256")
        for entry in log.entries:
            tree.append_entry(entry.encode())
        assert (log.size, log.root) == (len(log.entries), tree.get_root())


@each
def test_every_root_that_an_author_had_seen_is_pymerkles(path: Path) -> None:
    main, *chambers = logs_of(path)
    tree = InmemoryTree(algorithm="sha256")
    for entry in main.entries:
        tree.append_entry(entry.encode())
    for log in (main, *chambers):
        for entry in log.entries:
            size, root = payload_of(entry)["seen"]
            assert decoded(root) == tree.get_root(size)
