"""Small files are there whole or not at all, and no new one is written over another."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from detente.store.durable_files import write_privately, write_whole


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_privately(tmp_path / "key", b"secret")
    assert (tmp_path / "key").read_bytes() == b"secret"
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "key"]


def test_one_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    write_privately(tmp_path / "key", b"first")
    with pytest.raises(FileExistsError):
        write_privately(tmp_path / "key", b"second")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"first"]


def test_where_there_are_no_links_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    test_one_that_is_there_is_not_written_over(tmp_path)


@pytest.mark.usefixtures("broken_disk")
def test_what_was_not_forced_to_disk_gets_no_name(tmp_path: Path) -> None:
    for write in (write_privately, write_whole):
        with pytest.raises(OSError, match="Input/output"):
            write(tmp_path / "key", b"secret")
    assert list(tmp_path.iterdir()) == []


def test_another_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        write_whole(tmp_path / "note", content)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"second"]
