"""A process that appends is killed at any moment: every size that it acknowledged is there."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from detente.store.sqlite import SqliteStore
from detente.tlog.merkle import Edge
from detente.tlog.tile import TILE_WIDTH
from tests.store.growing import ORIGIN, entries_of

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("step", [1, 40])
def test_what_was_acknowledged_before_a_kill_is_there(tmp_path: Path, step: int) -> None:
    path = tmp_path / "record.sqlite"
    acknowledged = 0
    for acknowledgements in (1, 30, 75):
        command = [sys.executable, "-m", "tests.store.appending_writer", str(path), str(step)]
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            sizes = [int(writer.stdout.readline()) for _ in range(acknowledgements)]
            writer.send_signal(signal.SIGKILL)
            sizes += [int(line) for line in writer.stdout if line.endswith("\n")]
        assert writer.returncode == -signal.SIGKILL
        assert sizes[0] == acknowledged + step
        acknowledged = check_whole(path, step, sizes[-1])


def check_whole(path: Path, step: int, acknowledged: int) -> int:
    """The size of the log, at least `acknowledged`; entries, edge and tiles belong together."""
    with closing(SqliteStore(path)) as store:
        head = store.head(ORIGIN)
        assert head is not None and head.size in (acknowledged, acknowledged + step)
        entries = entries_of(0, head.size)
        assert list(store.entries(ORIGIN, 0, head.size + 9)) == entries
        assert head.edge == Edge.empty().extend(entry.leaf for entry in entries).hashes
        full = head.size // TILE_WIDTH
        assert store.tile(ORIGIN, 0, full) is None
        assert full == 0 or store.tile(ORIGIN, 0, full - 1) is not None
        return head.size
