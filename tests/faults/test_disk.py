"""The disks that a loss of power may leave, of records written by hand."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tests.faults.disk import HEADER, Disk, after_a_step, at_a_moment, read_trace

HEAD = struct.calcsize("<cHHqQ")


def images(
    folder: Path, *records: tuple[str, str, int, bytes], end: str = "moment"
) -> set[tuple[tuple[str, bytes], ...]]:
    """Every disk after the last of `records`: (kind, file, where, bytes). A sync is of everything before it."""
    raw = b""
    for kind, name, where, content in records:
        path = f"/d/{name}".rstrip("/").encode()
        at = len(raw) if kind == "s" else where
        raw += HEADER.pack(kind.encode(), len(path), 0, at, len(content)) + path + content
    (folder / "trace").write_bytes(raw)
    disk, done = Disk("/d"), read_trace(folder / "trace")
    assert done[-1].ends == len(raw)
    for step in done:
        disk.go_on(step)
    cuts = at_a_moment(disk, 0, random.Random(1)) if end == "moment" else after_a_step(disk, done[-1])
    return {tuple(sorted(cut.image().items())) for cut in cuts}


def test_what_was_forced_is_on_every_disk(tmp_path: Path) -> None:
    assert images(
        tmp_path, ("c", "a", 0, b""), ("w", "a", 0, b"one"), ("s", "a", 0, b""), ("s", "", 0, b"")
    ) == {(("a", b"one"),)}


def test_a_name_that_was_not_forced_may_be_missing(tmp_path: Path) -> None:
    found = images(tmp_path, ("c", "a", 0, b""), ("w", "a", 0, b"one"), ("s", "a", 0, b""))
    assert found == {(), (("a", b"one"),)}


def test_of_two_writes_either_may_be_there_alone(tmp_path: Path) -> None:
    found = images(
        tmp_path, ("c", "a", 0, b""), ("s", "", 0, b""), ("w", "a", 0, b"one"), ("w", "a", 3, b"two")
    )
    assert found == {(("a", content),) for content in (b"", b"one", b"onetwo", b"\0\0\0two")}


def test_a_write_may_be_torn_at_a_sector(tmp_path: Path) -> None:
    page = bytes(512) + b"x" * 100
    found = images(tmp_path, ("c", "a", 0, b""), ("w", "a", 0, page), end="step")
    assert found == {(("a", page),), (("a", bytes(512)),)}


def test_what_a_failed_sync_was_asked_for_stays_uncertain(tmp_path: Path) -> None:
    records = (
        ("c", "a", 0, b""),
        ("w", "a", 0, b"one"),
        ("f", "a", 0, b""),
        ("s", "a", 0, b""),
        ("s", "", 0, b""),
    )
    assert images(tmp_path, *records) == {(("a", b""),), (("a", b"one"),)}


def test_what_is_written_over_it_and_forced_is_certain(tmp_path: Path) -> None:
    records = (("c", "a", 0, b""), ("s", "", 0, b""), ("w", "a", 0, b"one"), ("f", "a", 0, b""),
               ("w", "a", 0, b"two"), ("s", "a", 0, b""))  # fmt: skip
    assert images(tmp_path, *records) == {(("a", b"two"),)}
