"""One round: a host over each database, struck in every way there is."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import NamedTuple

from tests.faults.clients import Heard, Load, Table, seated, settle
from tests.faults.disk import Disk, image_of, read_trace
from tests.faults.postgresql_ground import PostgresqlGround
from tests.faults.power_cuts import PowerCuts, open_sqlite
from tests.faults.sqlite_ground import SqliteGround
from tests.faults.struck import STRIKES
from tests.faults.tally import Tally
from tests.faults.under_load import FAULTS, POSTGRESQL_FAULTS, Fault, UnderLoad
from tests.store.postgresql_server import is_installed


class Shares(NamedTuple):
    """Of the power cuts that are possible, how many are tried."""

    sqlite: float
    postgresql: float


def try_round(folder: Path, chance: random.Random, tally: Tally, shares: Shares) -> None:
    """folder: empty; one for each ground is made in it."""
    power_cuts_of_sqlite(_made(folder / "sqlite-cuts"), chance, tally, shares.sqlite)
    strikes(_made(folder / "struck"), chance, tally, shares.sqlite)
    faults_under_load(
        SqliteGround(_made(folder / "sqlite"), traced=False), folder / "sqlite", FAULTS, chance, tally
    )
    if is_installed():
        power_cuts_of_postgresql(_made(folder / "postgresql-cuts"), chance, tally, shares.postgresql)
        ground = PostgresqlGround(_made(folder / "postgresql"), traced=False)
        faults_under_load(ground, folder / "postgresql", POSTGRESQL_FAULTS, chance, tally)


def faults_under_load(
    ground: SqliteGround | PostgresqlGround,
    folder: Path,
    faults: tuple[Fault, ...],
    chance: random.Random,
    tally: Tally,
) -> None:
    with UnderLoad(ground, folder, chance, tally) as load:
        for fault in chance.sample(faults, len(faults)):
            load.strike(fault)
        load.hold()


def power_cuts_of_sqlite(folder: Path, chance: random.Random, tally: Tally, share: float) -> None:
    """From the first start of a host on."""
    ground = SqliteGround(folder)
    ground.start()
    table, heard = seat(ground, folder)
    act_for(table, 0.3)
    ground.host.kill()
    cuts = PowerCuts(ground.store, table.process, open_sqlite, tally, chance, share)
    cuts.explore(Disk(str(ground.data)), read_trace(ground.shim.trace), heard.told)


def power_cuts_of_postgresql(folder: Path, chance: random.Random, tally: Tally, share: float) -> None:
    """From a database on that was recovered; a checkpoint falls among the appends."""
    ground = PostgresqlGround(folder)
    try:
        ground.start()
        table, heard = seat(ground, folder)
        ground.host.stop()
        ground.database.kill()
        start, begin = image_of(ground.data), ground.shim.recorded
        ground.start()
        act_for(table, 0.5)
        ground.database.checkpoint()
        act_for(table, 0.5)
        ground.host.stop()
        ground.database.kill()
        done = [step for step in read_trace(ground.shim.trace) if step.ends > begin]
        cuts = PowerCuts(ground.store, table.process, ground.open_disk, tally, chance, share)
        cuts.explore(Disk(str(ground.data), start, names_follow=True), done, heard.told)
    finally:
        ground.stop()


def strikes(folder: Path, chance: random.Random, tally: Tally, share: float) -> None:
    ground = SqliteGround(folder)
    ground.start()
    table, heard = seat(ground, folder, 1)
    for strike in chance.sample(STRIKES, len(STRIKES)):
        begin = ground.shim.recorded
        strike(ground, table.delegates[0])
        settle(table)
        table.delegates[0].send(table.delegates[0].announces("After it."))
        tally.count(ground.store, strike.__name__.replace("_", " "))
        cuts = PowerCuts(ground.store, table.process, open_sqlite, tally, chance, share)
        cuts.explore(Disk(str(ground.data)), read_trace(ground.shim.trace), heard.told, begin=begin)
        refused = [str(refused) for refused in table.delegates[0].refused]
        tally.fail(ground.store, strike.__name__, refused)
    ground.stop()


def seat(ground: SqliteGround | PostgresqlGround, folder: Path, delegates: int = 3) -> tuple[Table, Heard]:
    """People at a ground that runs, and what they are told from then on."""
    heard = Heard(lambda: ground.shim.recorded)
    return seated(ground.host.address, folder / "people", heard, delegates), heard


def act_for(table: Table, seconds: float) -> None:
    """They act at once for a while, until everybody has every receipt."""
    with Load(table, 0.05):
        time.sleep(seconds)
    settle(table)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
