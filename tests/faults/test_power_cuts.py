"""The power is lost at every step of an append, in a bounded part of the ways in which it can be."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.clients import Heard, Load, Table, seated, settle
from tests.faults.disk import Disk, read_trace
from tests.faults.power_cuts import PowerCuts, open_sqlite
from tests.faults.shim import can_be_built
from tests.faults.sqlite_ground import SqliteGround
from tests.faults.struck import STRIKES
from tests.faults.tally import Tally

pytestmark = pytest.mark.skipif(not can_be_built(), reason="no C compiler is installed here")
SEED = 1


def acted(ground: SqliteGround, folder: Path, seconds: float = 0.3) -> tuple[Table, Heard]:
    """Three people act for a while, and the host is killed."""
    ground.start()
    heard = Heard(lambda: ground.shim.recorded)
    table = seated(ground.host.address, folder / "people", heard, 3)
    with Load(table, 0.05):
        time.sleep(seconds)
    settle(table)
    ground.host.kill()
    return table, heard


def explored(ground: SqliteGround, table: Table | None, heard: Heard, share: float, begin: int = 0) -> Tally:
    tally = Tally()
    process = table.process if table else None
    cuts = PowerCuts("SQLite", process, open_sqlite, tally, random.Random(SEED), share)
    cuts.explore(Disk(str(ground.data)), read_trace(ground.shim.trace), heard.told, begin=begin)
    return tally


def test_the_first_start(tmp_path: Path) -> None:
    """Nobody has acted: whatever is left, a host starts from it."""
    ground = SqliteGround(tmp_path)
    ground.start()
    ground.host.kill()
    tally = explored(ground, None, Heard(), 1)
    assert tally.failed == []
    assert tally.tried.total() > 50


def test_people_who_act_at_once(tmp_path: Path) -> None:
    ground = SqliteGround(tmp_path)
    tally = explored(ground, *acted(ground, tmp_path), share=0.01)
    assert tally.failed == []
    assert tally.tried.total() > 100


@pytest.mark.parametrize("careless", ["unsynced", "normally_synced"])
def test_a_commit_that_does_not_wait_for_the_disk_is_caught(tmp_path: Path, careless: str) -> None:
    ground = SqliteGround(tmp_path, careless)
    tally = explored(ground, *acted(ground, tmp_path, 0.1), share=0.01)
    assert tally.failed != []


@pytest.fixture(scope="module")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteGround, Table, Heard]]:
    folder = tmp_path_factory.mktemp("struck")
    ground = SqliteGround(folder)
    ground.start()
    heard = Heard(lambda: ground.shim.recorded)
    yield ground, seated(ground.host.address, folder / "people", heard, 1), heard
    ground.stop()


@pytest.mark.parametrize("number", range(len(STRIKES)), ids=[strike.__name__ for strike in STRIKES])
def test_the_power_is_lost_after_something_else(
    struck: tuple[SqliteGround, Table, Heard], number: int
) -> None:
    ground, table, heard = struck
    (client,) = table.delegates
    begin = ground.shim.recorded
    STRIKES[number](ground, client)
    settle(table)
    assert client.send(client.announces("After it."))
    tally = explored(ground, table, heard, 0.03, begin)
    assert tally.failed == []
    assert client.refused == []
