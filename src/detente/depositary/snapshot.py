"""Local snapshots of folded state: trusted only by the machine that made them, and never received.

A snapshot is pickled state under a MAC of the host key. Whoever can forge the MAC holds the host key, and
with it every log's key: nothing more is trusted than before. A missing, old or foreign snapshot is no error;
the log is folded again.
"""

from __future__ import annotations

import gc
import hmac
import pickle
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

import detente
from detente.state import records
from detente.state.records import State

_MAC_BYTES = 32


def shape_of_state() -> str:
    """What the state's types are made of. A snapshot is read by the code whose types wrote it, and by no other:
    pickled Structs are restored by position, and a field that moved would be read as another."""
    structs = (
        thing for thing in vars(records).values() if isinstance(thing, type) and issubclass(thing, Struct)
    )
    return repr([(struct.__name__, struct.__struct_fields__) for struct in structs])


class Snapshots:
    """One file a log, in a folder of the host's own. folder None: none are kept."""

    def __init__(self, folder: Path | None, host_key: bytes) -> None:
        self._folder = folder
        self._key = hmac.digest(host_key, b"detente snapshot", "sha256")

    def _path(self, origin: str) -> Path | None:
        name = sha256(f"{detente.__version__} {shape_of_state()} {origin}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.snapshot" if self._folder else None

    def save(self, origin: str, state: State, root: bytes) -> None:
        """Keep `state`, folded from the acts under `root`, if there is room for it."""
        path = self._path(origin)
        if path is None:
            return
        body = pickle.dumps((origin, root, state), protocol=pickle.HIGHEST_PROTOCOL)
        temporary = path.with_suffix(".new")
        with suppress(OSError):  # nobody who reads or acts is to be refused for it
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(hmac.digest(self._key, body, "sha256") + body)
            temporary.replace(path)

    def load(self, origin: str) -> tuple[State, bytes] | None:
        """The kept state and its root; None where there is none that this machine vouches for."""
        path = self._path(origin)
        if path is None:
            return None
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if not hmac.compare_digest(mac, hmac.digest(self._key, body, "sha256")):
            return None
        collecting = gc.isenabled()
        gc.disable()  # unpickling makes many small objects and no cycles
        try:
            kept_origin, root, state = pickle.loads(body)
        except Exception:  # made by code whose types were others; pickle names no closed set of errors
            return None
        finally:
            if collecting:
                gc.enable()
        return (state, root) if kept_origin == origin else None
