"""Writing what somebody asked for into a new file: never over another, and not by half."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """A file that is not there yet, and is not there after a failure. It can be read too. Raises `FileExistsError`."""
    with file.open("x+b") as out:
        try:
            yield out
        except BaseException:
            file.unlink()
            raise
