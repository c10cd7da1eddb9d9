"""`detente backup` and `detente restore`: while the host goes on, elsewhere, and what was erased stays erased."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.acting import convened
from tests.cli.speaking import refused, say
from tests.room.serving import Server

WORDS = "An indiscretion that is longer than most."


def test_a_host_comes_back_from_a_backup_and_what_was_erased_since_stays_erased(tmp_path: Path) -> None:
    backup, mirrored, back = tmp_path / "backup", tmp_path / "mirror", tmp_path / "back"
    server = Server(tmp_path)
    server.start()
    try:
        mediator = convened(server.address, tmp_path / "M")
        mediator.does("register_statement", f"text={WORDS}", "claims=other alone")
        said = say("backup", backup, "--data", tmp_path / "record")
        assert said.code == 0 and "a backup with 2 acts" in said.out and "host key" in said.out
        mediator.does("erase", "originals=#2", "writer=M", "ground=consent")
        assert say("mirror", mediator.process[:8], mirrored, "--once", "--keys", mediator.folder).code == 0
    finally:
        server.stop()
    back.mkdir()
    assert "host key" in refused(say("restore", backup, "--data", back), "custody.host_key")
    (back / "host.key").write_bytes(bytes(32))
    refused(say("restore", backup, "--data", back), "custody.unwrap")
    assert not (back / "record.sqlite").exists()
    shutil.copy(tmp_path / "record" / "host.key", back)
    said = say("restore", backup, "--data", back)
    assert said.code == 0 and "Restored 2 acts" in said.out and "detente recover" in said.out
    refused(say("restore", backup, "--data", back), "backup.not_empty")
    assert "acts 3 to 3 are back" in say("recover", mirrored, "--data", back).out
    again = tmp_path / "again"
    assert say("backup", again, "--data", back).code == 0
    assert again.stat().st_size > 0 and hidden_in(backup) and not hidden_in(again)
    assert say("fsck", "--data", back).code == 0


def hidden_in(backup: Path) -> bool:
    """Whether a backup holds what act 2 hid."""
    with closing(sqlite3.connect(backup)) as connection:
        rows = connection.execute("SELECT 1 FROM disclosure WHERE idx = 1").fetchall()
    return bool(rows)


@pytest.mark.parametrize(
    "words", [["--data", "none"], ["--database", "none.sqlite"], ["--database", "sqlite:///none.sqlite"]]
)
def test_without_a_record_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(say("backup", "backup", *words), "host.no_data")
    assert list(tmp_path.iterdir()) == []


def test_a_record_in_memory_has_no_backup(tmp_path: Path) -> None:
    refused(say("backup", tmp_path / "backup", "--database", "memory:"), "store.address")
    assert list(tmp_path.iterdir()) == []
