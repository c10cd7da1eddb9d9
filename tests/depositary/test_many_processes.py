"""More processes than a host keeps in memory: nothing is lost, and memory does not grow with them."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from detente.depositary import host
from detente.depositary.host import Depositary
from detente.depositary.logs import ChamberLog, MainLog
from tests.depositary.talks import Talks, open_host


@pytest.fixture
def depositary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Depositary:
    monkeypatch.setattr(host, "KEPT_PROCESSES", 2)
    return open_host(tmp_path / "record.sqlite", snapshots=tmp_path / "snapshots")


def in_memory(depositary: Depositary) -> list[str]:
    gc.collect()
    logs = [log for log in gc.get_objects() if isinstance(log, MainLog | ChamberLog)]
    return [log.origin for log in logs if log._store is depositary.store]


def test_each_goes_on_where_it_was(depositary: Depositary) -> None:
    ongoing = [Talks(depositary, label=f"talks-{number}").convene().seat("A", "B") for number in range(5)]
    sizes = [talks.size for talks in ongoing]
    for _turn in range(2):
        for talks in ongoing:
            talks.do("M", "minute", {"text": "Words."}, speaker="A", sense="statement",
                     said_at="2025-10-28T02:30:00Z")  # fmt: skip
    assert [talks.size for talks in ongoing] == [size + 2 for size in sizes]
    assert [talks.state.size for talks in ongoing] == [talks.size for talks in ongoing]
    assert all(talks.depositary.receipt(talks.origin, 0).index == 0 for talks in ongoing)


def test_the_longest_idle_leaves_memory_with_its_chambers(depositary: Depositary) -> None:
    origins = []
    for number in range(4):
        talks = Talks(depositary, label=f"talks-{number}").convene().seat("A", "B")
        depositary.chamber(f"{talks.origin}/mediators").chamber()
        origins.append(talks.origin)
    del talks
    assert set(in_memory(depositary)) == {
        name for origin in origins[2:] for name in (origin, f"{origin}/mediators")
    }


def test_where_no_snapshot_can_be_kept_everybody_reads_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "KEPT_PROCESSES", 2)
    (tmp_path / "snapshots").write_bytes(b"no folder")
    depositary = open_host(tmp_path / "record.sqlite", snapshots=tmp_path / "snapshots")
    ongoing = [Talks(depositary, label=f"talks-{number}").convene() for number in range(4)]
    assert [talks.state.size for talks in ongoing] == [1, 1, 1, 1]
    depositary.close()


def test_it_comes_back_from_its_snapshot(depositary: Depositary, monkeypatch: pytest.MonkeyPatch) -> None:
    ongoing = [Talks(depositary, label=f"talks-{number}").convene().seat("A", "B") for number in range(3)]
    size = ongoing[0].size
    read: list[tuple[int, int]] = []
    bare = depositary.store.bare_entries
    monkeypatch.setattr(
        depositary.store, "bare_entries", lambda origin, *span: read.append(span) or bare(origin, *span)
    )
    assert depositary.main(ongoing[0].origin).state().size == size
    assert read == [], "no act was read again"
