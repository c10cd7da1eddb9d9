"""Every fault while people act: each goes on sending what has no receipt, until it has one; then the record and what
everybody was told are held against each other."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import msgspec

from detente.client.remote_host import RemoteHost
from detente.codec.refusal import Refused
from detente.signing.reader_token import make_reader_token
from tests.faults.clients import PATIENCE, Heard, Load, Table, impatient, seated, settle
from tests.faults.holding import broken_promises, faults_of_record
from tests.faults.postgresql_ground import PostgresqlGround
from tests.faults.sqlite_ground import SqliteGround
from tests.faults.tally import Tally

Ground = SqliteGround | PostgresqlGround
DELEGATES: Final = 4
LONG_PAUSE: Final = PATIENCE + 0.5
"""Seconds: longer than any client waits."""
YEAR: Final = 365 * 86_400
STRUCK_WITHIN: Final = 20
"""Seconds."""


def kill_host(ground: Ground, _chance: random.Random) -> None:
    ground.host.kill()


def pause_host(ground: Ground, _chance: random.Random) -> None:
    ground.host.pause()
    time.sleep(LONG_PAUSE)
    ground.host.go_on()


def fill_the_disk(ground: Ground, chance: random.Random) -> None:
    with _struck(ground):
        ground.shim.order(room=chance.randrange(100_000))
    time.sleep(0.2)


def fill_the_disk_and_kill_the_host(ground: Ground, chance: random.Random) -> None:
    fill_the_disk(ground, chance)
    ground.host.kill()


def fail_syncs(ground: Ground, chance: random.Random) -> None:
    with _struck(ground):
        ground.shim.order(fail_syncs=chance.randint(1, 3))
    time.sleep(0.2)


def halve_writes(ground: Ground, chance: random.Random) -> None:
    with _struck(ground):
        ground.shim.order(halve_writes=chance.randint(1, 50))
    time.sleep(0.2)


def slow_writes(ground: Ground, chance: random.Random) -> None:
    with _struck(ground):
        ground.shim.order(slow_writes=chance.randint(1_000, 20_000))
    time.sleep(1)


def slow_syncs_and_a_kill(ground: Ground, chance: random.Random) -> None:
    """Most often while something is written and not yet forced."""
    with _struck(ground):
        ground.shim.order(slow_syncs=chance.randint(50_000, 500_000))
    time.sleep(chance.random() / 2)
    ground.host.kill()


def move_the_clock_on(ground: Ground, chance: random.Random) -> None:
    ground.shim.order(clock=chance.randint(1, YEAR))
    time.sleep(0.3)


def move_the_clock_back(ground: Ground, chance: random.Random) -> None:
    ground.shim.order(clock=-chance.randint(1, YEAR))
    time.sleep(0.3)


def kill_the_database(ground: Ground, _chance: random.Random) -> None:
    assert isinstance(ground, PostgresqlGround)
    ground.database.kill()


def kill_a_backend(ground: Ground, chance: random.Random) -> None:
    """The database itself then ends all others, and recovers."""
    assert isinstance(ground, PostgresqlGround)
    ground.database.kill_one(chance)
    time.sleep(0.5)


def pause_the_database(ground: Ground, _chance: random.Random) -> None:
    assert isinstance(ground, PostgresqlGround)
    ground.database.send(signal.SIGSTOP)
    time.sleep(LONG_PAUSE)
    ground.database.send(signal.SIGCONT)


def cut_what_is_asked(ground: Ground, chance: random.Random) -> None:
    assert isinstance(ground, PostgresqlGround)
    with _struck(ground):
        ground.proxy.cut_after(asked=chance.randrange(20_000))


def cut_what_is_answered(ground: Ground, chance: random.Random) -> None:
    assert isinstance(ground, PostgresqlGround)
    with _struck(ground):
        ground.proxy.cut_after(answered=chance.randrange(3_000))


def cut_the_answer_to_a_commit(ground: Ground, chance: random.Random) -> None:
    """The act is stored, and the host does not hear of it."""
    assert isinstance(ground, PostgresqlGround)
    with _struck(ground):
        ground.proxy.cut_in(b"COMMIT", chance.randrange(6))


def cut_every_line(ground: Ground, _chance: random.Random) -> None:
    assert isinstance(ground, PostgresqlGround)
    ground.proxy.cut_all()


@contextmanager
def _struck(ground: Ground) -> Iterator[None]:
    """Not over until what was ordered has happened at least once: people act, so it does."""

    def times() -> int:
        return ground.shim.obeyed + (ground.proxy.cuts if isinstance(ground, PostgresqlGround) else 0)

    before, ends = times(), time.monotonic() + STRUCK_WITHIN
    yield
    while times() == before:
        assert time.monotonic() < ends, "nothing was struck"
        time.sleep(0.01)


Fault = Callable[[Ground, random.Random], None]
FAULTS: Final[tuple[Fault, ...]] = (
    kill_host,
    pause_host,
    fill_the_disk,
    fill_the_disk_and_kill_the_host,
    fail_syncs,
    halve_writes,
    slow_writes,
    slow_syncs_and_a_kill,
    move_the_clock_on,
    move_the_clock_back,
)
POSTGRESQL_FAULTS: Final[tuple[Fault, ...]] = (
    *FAULTS,
    kill_the_database,
    kill_a_backend,
    pause_the_database,
    cut_what_is_asked,
    cut_what_is_answered,
    cut_the_answer_to_a_commit,
    cut_every_line,
)


class UnderLoad:
    """One ground, with people who act on it. Used as `with UnderLoad(...) as load: load.strike(fault); load.hold()`."""

    def __init__(
        self, ground: Ground, folder: Path, chance: random.Random, tally: Tally, patience: float = 60
    ) -> None:
        """patience: seconds within which everybody must have every receipt, once nothing is broken any more."""
        self.ground, self._chance, self._tally, self._patience = ground, chance, tally, patience
        ground.start()
        self.heard = Heard()
        self.table = seated(ground.host.address, folder / "people", self.heard, DELEGATES)

    def __enter__(self) -> UnderLoad:
        return self

    def __exit__(self, *_about: object) -> None:
        self.ground.shim.relent()
        if self.ground.host.runs:
            self.ground.host.kill()
        self.ground.stop()

    def strike(self, fault: Fault) -> int:
        """Let people act, strike, help up what has fallen, and wait until everybody has every receipt; how many acts were
        taken meanwhile."""
        before = len(self.heard.told)
        with impatient(), Load(self.table), _watching(self.table, self.heard):
            time.sleep(self._chance.uniform(0.1, 0.4))
            fault(self.ground, self._chance)
            self.ground.shim.relent()
            self.ground.start_again()
            time.sleep(0.3)
        settle(self.table, self._patience)
        self.ground.shim.order(clock=0)
        self._tally.count(self.ground.store, fault.__name__.replace("_", " "))
        refused = [str(refused) for client in self.table.everybody for refused in client.refused]
        self._tally.fail(self.ground.store, fault.__name__, refused)
        return len(self.heard.told) - before

    def hold(self) -> None:
        """Stop the host and hold the record against what everybody was told; then go on."""
        self.ground.host.stop()
        with closing(self.ground.opened()) as depositary:
            faults = [*faults_of_record(depositary), *broken_promises(depositary, self.heard.told)]
        self._tally.fail(self.ground.store, "under load", faults)
        self.ground.host.start()


@contextmanager
def _watching(table: Table, heard: Heard) -> Iterator[None]:
    """Meanwhile somebody asks for the log's checkpoint again and again, and keeps all that are shown."""
    stop = threading.Event()
    host, held = RemoteHost(table.mediator.held.host, table.mediator.held.process), table.mediator.held

    def watch() -> None:
        while not stop.wait(0.01):
            try:
                token = make_reader_token(held.signing, held.process, int(time.time()))
                heard.note(host.ask("log/checkpoint", token=token))
            except (Refused, msgspec.MsgspecError):
                continue

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
