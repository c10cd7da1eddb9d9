"""Every fault once while people act, over each database; and hosts that are careless are caught."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("psycopg")

from tests.faults.postgresql_ground import PostgresqlGround
from tests.faults.rounds import power_cuts_of_postgresql
from tests.faults.shim import can_be_built
from tests.faults.sqlite_ground import SqliteGround
from tests.faults.tally import Tally
from tests.faults.under_load import FAULTS, POSTGRESQL_FAULTS, Fault, UnderLoad, fill_the_disk, pause_host
from tests.store.postgresql_server import is_installed

pytestmark = pytest.mark.skipif(not can_be_built(), reason="no C compiler is installed here")
needs_postgresql = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")
SEED = 1


def named(fault: Fault) -> str:
    return fault.__name__


def held(load: UnderLoad, tally: Tally, fault: Fault) -> None:
    taken = load.strike(fault)
    assert tally.failed == []
    assert taken > 0


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[UnderLoad]:
    folder = tmp_path_factory.mktemp("sqlite")
    with UnderLoad(SqliteGround(folder, traced=False), folder, random.Random(SEED), tally) as load:
        yield load
        load.hold()
        assert tally.failed == []


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_over_sqlite(on_sqlite: UnderLoad, tally: Tally, fault: Fault) -> None:
    held(on_sqlite, tally, fault)


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[UnderLoad]:
    folder = tmp_path_factory.mktemp("postgresql")
    with UnderLoad(PostgresqlGround(folder, traced=False), folder, random.Random(SEED), tally) as load:
        yield load
        load.hold()
        assert tally.failed == []


@needs_postgresql
@pytest.mark.parametrize("fault", POSTGRESQL_FAULTS, ids=named)
def test_over_postgresql(on_postgresql: UnderLoad, tally: Tally, fault: Fault) -> None:
    held(on_postgresql, tally, fault)


@needs_postgresql
def test_the_power_is_lost_under_postgresql(tmp_path: Path) -> None:
    tally = Tally()
    power_cuts_of_postgresql(tmp_path, random.Random(SEED), tally, 0.0001)
    assert tally.failed == []
    assert tally.tried.total() > 5


@pytest.mark.parametrize(("careless", "fault"), [("forgetful", pause_host), ("trusting", fill_the_disk)])
def test_a_careless_host_is_caught(tmp_path: Path, careless: str, fault: Fault) -> None:
    tally, ground = Tally(), SqliteGround(tmp_path, careless, traced=False)
    with (
        UnderLoad(ground, tmp_path, random.Random(SEED), tally, patience=3) as load,
        pytest.raises(AssertionError),
    ):
        for _ in range(3):
            load.strike(fault)
            load.hold()
            assert tally.failed == []
