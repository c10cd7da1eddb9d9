"""A PostgreSQL server of the tests' own: in a folder of theirs, on a port of loopback, stopped at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
"""Where Debian puts the programs that run a server."""


def is_installed() -> bool:
    return bool(FOLDERS)


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """The address of a new server. durable: whether it waits for the disk, which most tests need not."""
    user = None
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
    folder = Path(tempfile.mkdtemp(prefix="detente-pg-"))
    data = folder / "data"
    if user is not None:
        shutil.chown(folder, user.pw_uid, user.pw_gid)

    def run(program: str, *words: str) -> None:
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user is not None else {}
        subprocess.run(
            [FOLDERS[-1] / program, *words], check=True, capture_output=True, cwd=folder, **as_user
        )  # type: ignore[call-overload]

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    options = f"-h 127.0.0.1 -p {port} -k {folder}" + ("" if durable else " -F")
    try:
        run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
