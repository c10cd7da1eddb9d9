"""What strikes a host in the middle of an append, and leaves its disk in doubt: afterwards it goes on, gives receipts,
and only then the power is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from detente.depositary.opening import DATABASE
from tests.faults.clients import Client
from tests.faults.sqlite_ground import SqliteGround

LONG_SYNC: Final = 400_000
"""Microseconds: time enough to be killed in."""
_READER: Final = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("SELECT size FROM log").fetchall()
print("open", flush=True)
sys.stdin.read()
"""


def killed_before_a_sync(ground: SqliteGround, client: Client) -> None:
    """What was written is in the memory of the machine, which does not end with the program; the disk has none of it."""
    _kill_before_a_sync(ground, client)
    ground.host.start()


def killed_before_a_sync_while_another_reads(ground: SqliteGround, client: Client) -> None:
    """Another program has the database open when the host comes back, so that SQLite does not clear up after itself."""
    _kill_before_a_sync(ground, client)
    with _reading(ground.data / DATABASE):
        ground.host.start()
        assert client.finishes()


def a_sync_that_fails(ground: SqliteGround, client: Client) -> None:
    """What it was asked for may never reach the disk, although the next sync succeeds."""
    ground.shim.order(fail_syncs=1)
    client.send(client.announces("Said while a sync failed."))


def two_syncs_that_fail(ground: SqliteGround, client: Client) -> None:
    """The second while the outcome of the first is being found out."""
    ground.shim.order(fail_syncs=2)
    client.send(client.announces("Said while syncs failed."))


def killed_after_a_sync_failed(ground: SqliteGround, client: Client) -> None:
    """The program ends without having found out, and another reads what the first one wrote."""
    ground.shim.order(fail_syncs=1)
    client.send(client.announces("Said while a sync failed."))
    ground.host.kill()
    ground.shim.relent()
    ground.host.start()


def a_full_disk(ground: SqliteGround, client: Client) -> None:
    """An append stops in the middle of a page."""
    ground.shim.order(room=30_000)
    client.send(client.announces("Said while the disk was full."))
    ground.shim.relent()


def a_full_disk_and_a_kill(ground: SqliteGround, client: Client) -> None:
    a_full_disk(ground, client)
    ground.host.kill()
    ground.host.start()


def _kill_before_a_sync(ground: SqliteGround, client: Client) -> None:
    ground.shim.order(slow_syncs=LONG_SYNC)
    before = ground.shim.recorded
    with _sending(client):
        _wait(lambda: ground.shim.recorded > before)
        _wait_until_still(ground)
        ground.host.kill()
    ground.shim.relent()


STRIKES: Final[tuple[Callable[[SqliteGround, Client], None], ...]] = (
    killed_before_a_sync,
    killed_before_a_sync_while_another_reads,
    a_sync_that_fails,
    two_syncs_that_fail,
    killed_after_a_sync_failed,
    a_full_disk,
    a_full_disk_and_a_kill,
)


@contextmanager
def _reading(database: Path) -> Iterator[None]:
    command = [sys.executable, "-c", _READER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None and reader.stdin is not None
        assert reader.stdout.readline() == "open\n"
        yield
        reader.stdin.close()


@contextmanager
def _sending(client: Client) -> Iterator[None]:
    file = client.announces("Said when the host was struck.")
    thread = threading.Thread(target=client.send, args=(file,))
    thread.start()
    try:
        yield
    finally:
        thread.join(30)


def _wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not until():
        assert time.monotonic() < ends, "nothing is written"
        time.sleep(0.002)


def _wait_until_still(ground: SqliteGround) -> None:
    """Until nothing has been written for a while: a sync is under way."""
    size = -1
    while size != (size := ground.shim.recorded):
        time.sleep(0.05)
