"""A PostgreSQL server that a test stops, kills, copies and promotes: on one port of loopback for as long as it lives."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.store.postgresql_server import FOLDERS

NEVER_WAITING = {"fsync": "off", "max_wal_senders": "4", "wal_keep_size": "64MB", "shared_buffers": "16MB"}


class Cluster:
    """folder: of the test's, which the server's own user may enter; settings: of `postgresql.conf`."""

    def __init__(self, folder: Path, name: str, **settings: str) -> None:
        self.folder, self.data = folder, folder / name
        self.settings = {**NEVER_WAITING, **settings}
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"postgresql://postgres@{self.place}/postgres"

    def make(self) -> Cluster:
        self.run(
            "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"
        )
        return self

    def copy_of(self, other: Cluster, *words: str) -> Cluster:
        """A base backup of another that runs."""
        self.run("pg_basebackup", "-D", self.data, "-h", "127.0.0.1", "-p", other.port, "-U", "postgres",
                 "-c", "fast", "-X", "stream", *words)  # fmt: skip
        return self

    def start(self) -> Cluster:
        settings = {**self.settings, "port": str(self.port), "unix_socket_directories": "",
                    "listen_addresses": "127.0.0.1"}  # fmt: skip
        written = self.data / "postgresql.auto.conf"
        kept = [line for line in written.read_text().splitlines() if line.partition(" = ")[0] not in settings]
        written.write_text(
            "\n".join([*kept, *(f"{name} = '{value}'" for name, value in settings.items()), ""])
        )
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", f"{self.data}.log", "start")
        return self

    def stop(self) -> None:
        """At once, as when the power goes; nothing where it does not run."""
        with suppress(subprocess.CalledProcessError):
            self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def kill(self) -> None:
        """kill -9 for the server and for each process of it."""
        file = self.data / "postmaster.pid"
        leader = int(file.read_text().split()[0])
        children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
        for process in (leader, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_runs(process) for process in (leader, *map(int, children))):
            time.sleep(0.01)
        file.unlink()  # of a process that is gone, which nobody may have waited for

    def promote(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def run(self, program: str, *words: Any) -> None:
        subprocess.run(
            [FOLDERS[-1] / program, *map(str, words)], check=True, cwd=self.folder, timeout=90,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **_as_its_user(),
        )  # fmt: skip


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def _as_its_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def clusters(*names: str, **settings: Mapping[str, str]) -> Iterator[list[Cluster]]:
    """Clusters that are stopped and removed at the end; none is made yet. settings: of those named."""
    folder = Path(tempfile.mkdtemp(prefix="detente-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = [Cluster(folder, name, **settings.get(name, {})) for name in names]
    try:
        yield made
    finally:
        for cluster in made:
            if cluster.data.exists():
                cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
