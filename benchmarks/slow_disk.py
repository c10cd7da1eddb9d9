"""A disk as slow as the one that an aim was set for, where there is a faster one: every sync lasts as long as there.

A sync is done as ever, and then waits for the rest of its time. Python's own is wrapped; SQLite's is reached through its
file system layer (https://www.sqlite.org/vfs.html): a copy of it with another `xSync` is made the default, so that
neither the store nor a bare row knows of it. What the processor does is as fast as ever.
"""

from __future__ import annotations

import ctypes
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, Structure, addressof, byref, c_char_p, c_int, c_void_p, cast
from functools import cache
from typing import Any
from unittest.mock import patch


class _Methods(Structure):
    """`sqlite3_io_methods`: what SQLite does with an open file. Each file begins with the address of its own."""

    _fields_ = [("version", c_int), ("before", c_void_p * 4), ("sync", c_void_p), ("after", c_void_p * 13)]


class _Layer(Structure):
    """`sqlite3_vfs`: how SQLite opens a file."""

    _fields_ = [
        ("version", c_int), ("size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", c_void_p), ("others", c_void_p * 16),
    ]  # fmt: skip


_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)


@contextmanager
def slow_disk(syncs: int) -> Iterator[None]:
    """Inside, files that SQLite opens and `os.fdatasync` give at most so many syncs a second. What is opened inside is
    closed inside.

    Raises `OSError` where Python's SQLite is not the system's, and cannot be reached.
    """
    with _slow_sqlite(1 / syncs), patch("os.fdatasync", _lasting(1 / syncs, os.fdatasync)):
        yield


def _lasting(seconds: float, sync: Callable[..., Any]) -> Callable[..., Any]:
    """`sync`, which lasts at least so long."""

    def wait(*given: int) -> Any:
        end = time.perf_counter() + seconds
        outcome = sync(*given)
        time.sleep(max(0.0, end - time.perf_counter()))
        return outcome

    return wait


@contextmanager
def _slow_sqlite(seconds: float) -> Iterator[None]:
    library = ctypes.CDLL("libsqlite3.so.0")
    library.sqlite3_vfs_find.restype = c_void_p
    own = _Layer.from_address(library.sqlite3_vfs_find(None))
    open_file = _Open(own.open)

    @cache
    def slow_methods(address: int) -> tuple[_Methods, object]:
        """A copy of the methods at an address, and what keeps its `xSync` alive."""
        methods = _Methods.from_buffer_copy(_Methods.from_address(address))
        sync = _Sync(_lasting(seconds, _Sync(methods.sync)))
        methods.sync = cast(sync, c_void_p)
        return methods, sync

    @_Open
    def open_slow(_layer: int, name: int, file: int, flags: int, opened: int) -> int:
        outcome = int(open_file(addressof(own), name, file, flags, opened))
        methods = c_void_p.from_address(file)
        if methods.value:
            methods.value = addressof(slow_methods(methods.value)[0])
        return outcome

    slow = _Layer.from_buffer_copy(own)
    slow.name, slow.next, slow.open = b"slow", None, cast(open_slow, c_void_p)
    library.sqlite3_vfs_register(byref(slow), 1)
    try:
        _check_known("slow")
        yield
    finally:
        library.sqlite3_vfs_unregister(byref(slow))


def _check_known(layer: str) -> None:
    try:
        sqlite3.connect(f"file::memory:?vfs={layer}", uri=True).close()
    except sqlite3.OperationalError as error:
        raise OSError(f"Python's SQLite is not the system's: {error}") from error
