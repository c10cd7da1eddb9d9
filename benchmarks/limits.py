"""The peers and limits that figures are held to, each measured where and when the figure is."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks.figure import timed


def openssl_verifications(seconds: int = 2) -> float:
    """Ed25519 verifications a second on one core, by `openssl speed`."""
    command = ["openssl", "speed", "-seconds", str(seconds), "ed25519"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"Ed25519\).*?([\d.]+)\s*$", found, re.MULTILINE)[-1])


def synced_writes(folder: Path, size: int, runs: int = 300) -> float:
    """Writes of `size` bytes a second, each made durable by fdatasync before the next: the disk's own limit."""
    block = os.urandom(size)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        descriptor = file.fileno()

        def write() -> None:
            os.write(descriptor, block)
            os.fdatasync(descriptor)

        return runs / timed(lambda: [write() for _ in range(runs)])


def sqlite_transactions(folder: Path, size: int, count: int) -> float:
    """Transactions a second of SQLite with its log synced at each COMMIT: one bare row of `size` bytes in each."""
    row = os.urandom(size)
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE entry (idx INTEGER PRIMARY KEY, entry BLOB NOT NULL)")

        def transact() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO entry (entry) VALUES (?)", (row,))
            connection.execute("COMMIT")

        return count / timed(lambda: [transact() for _ in range(count)])


def signed_commits(folder: Path, *settings: str, count: int = 30) -> float:
    """Commits a second, each signed with an SSH key: what git gives a record that is kept in a repository. settings: of
    git, as it takes them before the command."""
    folder.mkdir()
    git = [*_repository(folder), *settings]
    return count / timed(lambda: [_commit(git) for _ in range(count)])


def verified_commits(folder: Path, count: int = 100) -> float:
    """Signed commits that git verifies a second."""
    git = _repository(folder)
    for _ in range(count):
        _commit(git)
    found = ""

    def verify() -> None:
        nonlocal found
        log = [*git, "log", "--format=%G?"]
        found = subprocess.run(log, capture_output=True, text=True, check=True).stdout

    seconds = timed(verify)
    assert found.split() == ["G"] * count, found
    return count / seconds


def _repository(folder: Path) -> list[str]:
    """An empty one, as the command that signs with its key, and knows it."""
    key, repository, known = folder / "key", folder / "repository", folder / "known"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    known.write_text(f"benchmark@example.org {key.with_suffix('.pub').read_text()}")
    return ["git", "-C", str(repository), "-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org",
            "-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "-c",
            f"gpg.ssh.allowedSignersFile={known}"]  # fmt: skip


def _commit(git: list[str]) -> None:
    subprocess.run([*git, "commit", "-q", "-S", "--allow-empty", "-m", "an act"], check=True)
