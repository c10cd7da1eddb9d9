"""Our log's bytes before a verifier that nobody here wrote: Go's checksum database packages.

Needs Debian's `golang-go` and `golang-golang-x-mod-dev`; nothing is fetched.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from detente.tlog.merkle import leaf_hash, prove_consistency, prove_inclusion, root_of
from detente.tlog.signed_note import format_vkey
from detente.tlog.tile import TILE_WIDTH, format_tile, tile_path, tiles_of
from tests.tlog.demonstration import LOG, LOG_MLDSA, WITNESS_A, read_from, signed_checkpoint

pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="Go is not installed (Debian: golang-go)")

SOURCE = Path(__file__).parent / "go" / "main.go"
OFFLINE = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOPROXY": "off", "GOFLAGS": ""}
SIZE = 300
SIZES = (*range(1, 34), 63, 64, 65, 127, 128, 129, 255, 256, 257, SIZE, 511, 512, 513)
"""Every small tree, and those around a full tile and two."""

Verify = Callable[[dict[str, Any]], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Verify:
    """Run the Go verifier on one case."""
    place = tmp_path_factory.mktemp("go")
    environment = {"GOCACHE": str(place / "cache")} if "HOME" not in os.environ else {}
    program = place / "verifier"
    built = subprocess.run(
        ["go", "build", "-o", str(program), str(SOURCE)],
        env={**os.environ, **environment, **OFFLINE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, f"{built.stderr}\n(Debian: golang-golang-x-mod-dev)"

    def run(case: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(program)],
            input=msgspec.json.encode(case).decode(),
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def case_of(size: int) -> dict[str, Any]:
    """A log of so many entries: its checkpoint, all inclusion and consistency proofs, entries and tiles."""
    entries = [f"entry {number}".encode() for number in range(size)]
    leaves = [leaf_hash(entry) for entry in entries]
    read = functools.cache(read_from(leaves))
    tiles = []
    for name in tiles_of(size):
        assert name.level is not None
        span = TILE_WIDTH**name.level
        nodes = [root_of(leaves[i : i + span]) for i in range(name.index * TILE_WIDTH * span, size, span)]
        tiles.append(
            {
                "Level": name.level,
                "Index": name.index,
                "Width": name.width,
                "Path": tile_path(name.level, name.index, name.width),
                "Data": format_tile(nodes[: name.width]),
            }
        )
    return {
        "LogKey": format_vkey(LOG.key),
        "WitnessKey": format_vkey(WITNESS_A.key),
        "Checkpoint": signed_checkpoint(WITNESS_A, LOG_MLDSA, leaves=leaves).decode(),
        "Entries": entries,
        "Inclusion": [
            {"Index": index, "Leaf": leaves[index], "Path": prove_inclusion(index, size, read)}
            for index in range(size)
        ],
        "Consistency": [
            {"Old": old, "OldRoot": root_of(leaves[:old]), "Path": prove_consistency(old, size, read)}
            for old in range(1, size + 1)
        ],
        "Tiles": tiles,
    }


@pytest.fixture
def case() -> dict[str, Any]:
    return case_of(SIZE)


@pytest.mark.parametrize("size", SIZES)
def test_go_accepts_all_that_we_make(verify: Verify, size: int) -> None:
    result = verify(case_of(size))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"checkpoint {size}",
        f"inclusion {size}",
        f"consistency {size}",
        f"entries {size}",
        f"tiles {len(list(tiles_of(size)))}",
    ]


def flip(raw: bytes) -> bytes:
    return bytes([raw[0] ^ 1]) + raw[1:]


def change_text(case: dict[str, Any]) -> None:
    case["Checkpoint"] = case["Checkpoint"].replace("\n300\n", "\n301\n")


def change_log_key(case: dict[str, Any]) -> None:
    case["LogKey"] = format_vkey(LOG.from_seed(LOG.name, bytes(32)).key)


def change_leaf(case: dict[str, Any]) -> None:
    case["Inclusion"][7]["Leaf"] = flip(case["Inclusion"][7]["Leaf"])


def change_inclusion_path(case: dict[str, Any]) -> None:
    first, *rest = case["Inclusion"][7]["Path"]
    case["Inclusion"][7]["Path"] = [flip(first), *rest]


def change_old_root(case: dict[str, Any]) -> None:
    case["Consistency"][7]["OldRoot"] = flip(case["Consistency"][7]["OldRoot"])


def change_entry(case: dict[str, Any]) -> None:
    case["Entries"][7] = b"another"


def change_tile(case: dict[str, Any]) -> None:
    case["Tiles"][1]["Data"] = flip(case["Tiles"][1]["Data"])


@pytest.mark.parametrize(
    ("change", "stage"),
    [
        (change_text, "checkpoint"),
        (change_log_key, "checkpoint"),
        (change_leaf, "inclusion"),
        (change_inclusion_path, "inclusion"),
        (change_old_root, "consistency"),
        (change_entry, "entries"),
        (change_tile, "tile"),
    ],
)
def test_go_refuses_what_was_changed(
    verify: Verify, case: dict[str, Any], change: Callable[[dict[str, Any]], None], stage: str
) -> None:
    change(case)
    result = verify(case)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{stage}:")
