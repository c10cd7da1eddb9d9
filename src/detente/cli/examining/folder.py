"""The host's folder: its key, the room that is left, and whether what is written there is on the disk."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from detente.cli.examining.finding import Finding, ago, fail, ok, warn
from detente.cli.last_done import last_done
from detente.depositary.custody import HOST_KEY_BYTES

LEAST_ROOM: Final = 100_000_000
LITTLE_ROOM: Final = 1_000_000_000
_TRIES: Final = 20
_TOO_FAST: Final = 20e-6
"""Seconds: no disk has a write durable sooner."""
_TOO_SLOW: Final = 0.1
_OF_MEMORY: Final = ("tmpfs", "ramfs")
_DAY: Final = 86_400
_OFTEN: Final = {"fsck": (30 * _DAY, "Run “detente fsck” now and then, on a copy of the record where it is large."),
                 "backup": (2 * _DAY, "Make one each day, keep it elsewhere, and try to restore it.")}  # fmt: skip


def examine(folder: Path, host_key: Path, record: Path | None, now: float) -> Iterator[Finding]:
    """record: the SQLite file, where there is one."""
    yield from _key(host_key, record)
    if not folder.is_dir():
        yield fail(
            "folder",
            f"There is no folder {folder}.",
            "Name the host's folder with --data, or start the host once.",
        )
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield fail(
            "folder",
            f"{folder} cannot be written to by this user.",
            "Run as the host's user, or give the folder to it.",
        )
        return
    yield _room(folder, record)
    yield _disk(folder)
    yield from _done(folder, now)


def _key(host_key: Path, record: Path | None) -> Iterator[Finding]:
    try:
        size, mode = len(host_key.read_bytes()), stat.S_IMODE(host_key.stat().st_mode)
    except OSError as error:
        yield fail(
            "host key",
            f"{host_key}: {error.strerror}.",
            "Restore it from your backup of the host key, or run as the host's user.",
        )
        return
    if size != HOST_KEY_BYTES:
        yield fail(
            "host key",
            f"{host_key} is not {HOST_KEY_BYTES} bytes.",
            "Restore it from your backup of the host key.",
        )
    elif (
        mode & 0o077 and "credentials" not in host_key.parts
    ):  # systemd shows a list of its own as the group's rights
        yield fail("host key", f"{host_key} can be read by others ({mode:o}).", f"chmod 600 {host_key}")
    elif record is not None and host_key.parent == record.parent:
        yield warn("host key", f"{host_key} is readable, by its owner alone; it lies beside the record.",
                   "Who copies the folder has both: keep it elsewhere (--host-key), and back it up apart.")  # fmt: skip
    else:
        yield ok("host key", f"{host_key} is readable, by its owner alone.")


def _room(folder: Path, record: Path | None) -> Finding:
    free, size = (
        shutil.disk_usage(folder).free,
        record.stat().st_size if record is not None and record.exists() else 0,
    )
    said = f"{free // 1_000_000:,} MB are free; the record takes {size // 1_000_000:,} MB."
    if free < LEAST_ROOM:
        return fail("room", said, "Make room: without it no act can be stored.")
    if free < max(LITTLE_ROOM, size):
        return warn(
            "room", said, "Make room: to erase, the record is written anew, which takes as much as it does."
        )
    return ok("room", said)


def _disk(folder: Path) -> Finding:
    """Writes to a file without a name, which is gone at the end."""
    taken = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(_TRIES):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    usual, kind = median(taken), _kind_of_file_system(folder)
    said = f"A write is on the disk after {usual * 1000:.2f} ms ({kind or 'unknown file system'})."
    if kind in _OF_MEMORY:
        return fail(
            "disk",
            f"{folder} is in memory ({kind}): it is gone with the machine.",
            "Move the folder to a disk.",
        )
    if usual < _TOO_FAST or "eatmydata" in os.environ.get("LD_PRELOAD", ""):
        return warn("disk", f"{said} No disk is as fast.",
                    "See what answers before the write is durable: a receipt would promise too much.")  # fmt: skip
    if usual > _TOO_SLOW:
        return warn("disk", said, "Acts wait for it. Move the folder to a faster disk, and off the network.")
    return ok("disk", said)


def _kind_of_file_system(folder: Path) -> str:
    """Of the longest mount point that the folder lies below; "" where the system does not say."""
    found, best = "", -1
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        _device, point, kind, *_options = line.split(" ")
        if folder.resolve().is_relative_to(point.replace("\\040", " ")) and len(point) > best:
            found, best = kind, len(point)
    return found


def _done(folder: Path, now: float) -> Iterator[Finding]:
    for what, (often, advice) in _OFTEN.items():
        done = last_done(folder, what)
        if done is None:
            yield warn(what, f"No {what} is known of here.", advice)
        elif now - done.at > often or (done.how and not done.how.startswith(("nothing wrong", "made"))):
            yield warn(what, f"The last {what} was {ago(now - done.at)} ago: {done.how or 'made'}.", advice)
        else:
            yield ok(what, f"The last {what} was {ago(now - done.at)} ago: {done.how or 'made'}.")
