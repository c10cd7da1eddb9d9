"""A host over PostgreSQL, with a shim under the database and a proxy between, on loopback and of the harness's own."""

from __future__ import annotations

import atexit
import functools
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from detente.depositary.host import Depositary
from detente.depositary.opening import open_database
from tests.faults.host_process import HostProcess
from tests.faults.proxy import Proxy
from tests.faults.shim import Shim
from tests.store.postgresql_server import FOLDERS

PATIENCE: Final = 30
LOG: Final = "server.log"
SETTINGS: Final = {
    "wal_level": "replica", "max_wal_size": "4MB", "min_wal_size": "2MB", "shared_buffers": "2MB", "jit": "off",
    "autovacuum": "off", "max_connections": "30", "log_min_messages": "fatal",
}  # fmt: skip
"""Small, so that checkpoints come often and pages leave memory before they do. What makes it durable is as it comes."""


@functools.cache
def _empty_database() -> Path:
    """Made once: with checksums on every page, so that one that is torn is told, and a log in pieces of 1 MB."""
    folder = _own_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8",
         "-k", "--wal-segsize=1")  # fmt: skip
    return folder / "data"


def _own_folder() -> Path:
    """Where PostgreSQL, which never runs as root, may write; with a short name, for its socket."""
    folder = Path(tempfile.mkdtemp(prefix="detente-pg-"))
    if "user" in _owner():
        shutil.chown(folder, "postgres", "postgres")
    folder.chmod(0o755)
    return folder


def _owner() -> dict[str, Any]:
    if os.geteuid():
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(program: str, *words: str) -> None:
    subprocess.run([FOLDERS[-1] / program, *words], check=True, capture_output=True, cwd="/", **_owner())


class Server:
    """A PostgreSQL server over a data folder, with a port, or "" for a socket alone. started: as `postgres` is told."""

    def __init__(self, data: Path, environment: dict[str, str], *settings: str, port: int = 0) -> None:
        self.data, self._environment, self._port = data, environment, port
        words = [f"{name}={value}" for name, value in SETTINGS.items()] + list(settings)
        listen = ["-h", "127.0.0.1", "-p", str(port)] if port else ["-h", ""]
        self._command = [
            str(FOLDERS[-1] / "postgres"), "-D", str(data), "-k", str(data), *listen,
            *(word for setting in words for word in ("-c", setting)),
        ]  # fmt: skip
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def own_address(self) -> str:
        """Past any proxy."""
        return f"postgresql:///postgres?host={self.data}&user=postgres&port={self._port or 5432}"

    def start(self) -> None:
        """Raises `AssertionError` with its log where it does not come up."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        with (self.data / LOG).open("a") as log:
            self._running = subprocess.Popen(
                self._command,
                stdout=log,
                stderr=log,
                cwd="/",
                env={**os.environ, **self._environment},
                **_owner(),
            )
        assert self.comes_up(), (self.data / LOG).read_text()[-2000:]

    def comes_up(self) -> bool:
        """Wait until it answers, as after it has recovered; or until it has given up, as where it found no room to."""
        ends = time.monotonic() + PATIENCE
        while self.runs:
            try:
                psycopg.connect(self.own_address, connect_timeout=2).close()
                return True
            except psycopg.OperationalError:
                assert time.monotonic() < ends, (self.data / LOG).read_text()[-2000:]
                time.sleep(0.05)
        return False

    @property
    def runs(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def processes(self) -> list[int]:
        """The first, and all that it has started."""
        assert self._running is not None
        first = self._running.pid
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True)
        return [first, *map(int, listed.stdout.split())]

    def send(self, number: int) -> None:
        """A signal to all of them. The first is held meanwhile, so that it starts none anew."""
        assert self._running is not None
        self._running.send_signal(signal.SIGSTOP)
        for process in reversed(self.processes()):
            try:
                os.kill(process, number)
            except ProcessLookupError:
                continue

    def kill(self) -> None:
        """All at once, as by a loss of power that the machine's memory survives."""
        assert self._running is not None
        self.send(signal.SIGKILL)
        self._running.wait(PATIENCE)

    def checkpoint(self) -> None:
        """What it does by itself now and then."""
        with psycopg.connect(self.own_address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def kill_one(self, chance: random.Random) -> None:
        """Any but the first, which then makes the others start anew."""
        os.kill(chance.choice(self.processes()[1:]), signal.SIGKILL)

    def stop(self) -> None:
        if self.runs:
            assert self._running is not None
            self.send(signal.SIGCONT)
            self._running.send_signal(signal.SIGQUIT)
            self._running.wait(PATIENCE)


class PostgresqlGround:
    """In a folder of its own. careless: see `HostProcess`."""

    store = "PostgreSQL"

    def __init__(self, folder: Path, careless: str = "", *, traced: bool = True) -> None:
        self._own = _own_folder()
        self.data = self._own / "data"
        copy_data(_empty_database(), self.data)
        self.shim = Shim(self._own, self.data, traced=traced)
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            port = asked.getsockname()[1]
        self.database = Server(self.data, self.shim.environment, port=port)
        self.proxy = Proxy(port)
        self._key = folder / "host.key"
        address = f"postgresql://postgres@127.0.0.1:{self.proxy.port}/postgres"
        words = ["--database", address, "--host-key", str(self._key)]
        # The host's own clock is under the same orders.
        clock = {name: self.shim.environment[name] for name in ("LD_PRELOAD", "FAULTS_ORDERS")}
        self.host = HostProcess(folder, words, clock, careless)

    def start(self) -> None:
        self.database.start()
        self.host.start()

    def start_again(self) -> None:
        """What does not run."""
        if not self.database.comes_up():
            self.database.start()
        if not self.host.runs:
            self.host.start()

    def stop(self) -> None:
        self.host.stop()
        self.proxy.close()
        self.database.stop()
        shutil.rmtree(self._own)

    def opened(self) -> Depositary:
        """The record itself, once the host has ended."""
        return open_database(self.database.own_address, self._key)

    @contextmanager
    def open_disk(self, folder: Path) -> Iterator[Depositary]:
        """A data folder, by a server of its own that recovers what it holds."""
        for below in self.data.rglob("*/"):  # an image knows files alone
            (folder / below.relative_to(self.data)).mkdir(parents=True, exist_ok=True)
        _hand_over(folder)
        server = Server(folder, {}, "fsync=off")
        try:
            server.start()
            depositary = open_database(server.own_address, self._key)
            try:
                yield depositary
            finally:
                depositary.close()
        finally:
            server.stop()


def copy_data(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("postmaster.*", ".s.PGSQL*"))
    _hand_over(target)


def _hand_over(folder: Path) -> None:
    folder.chmod(0o700)
    if "user" in _owner():
        subprocess.run(["chown", "-R", "postgres:postgres", folder], check=True)
