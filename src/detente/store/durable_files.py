"""Small files that are there whole or not at all, whatever happens to the machine while they are written.

A file's bytes are forced to disk before it gets its name, and its name before anybody hears of it: a name that was not
forced may be gone after a loss of power, although the bytes were (fsync(2): the folder is forced apart).
"""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """In the place of what had the name before, if anything had. For its owner alone."""
    _written_aside(file, content).replace(file)
    force(file.parent)


def write_privately(file: Path, content: bytes) -> None:
    """A new file for its owner alone. One that is there is never written over. Raises `FileExistsError`."""
    partial = _written_aside(file, content)
    try:
        name_new(partial, file)
    finally:
        partial.unlink(missing_ok=True)
    force(file.parent)


def name_new(partial: Path, file: Path) -> None:
    """Give a file its name, which no other file has. Raises `FileExistsError`."""
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on a stick
        if file.exists():
            raise FileExistsError(f"{file} is there already") from None
        partial.replace(file)


def force(path: Path) -> None:
    """From here on it is certain what a file holds, or which names there are in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written_aside(file: Path, content: bytes) -> Path:
    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        partial.unlink(missing_ok=True)  # it may hold half a key
        raise
    return partial
