"""A place from which anybody's web server hands out files: a directory, or a store like S3.

| address | place |
|---|---|
| `/srv/tiles` | a directory, made where there is none |
| `s3://bucket/prefix` | a bucket; keys, region and endpoint stand in the environment (`AWS_ACCESS_KEY_ID`, ...) |
| `gs://bucket/prefix`, `az://container/prefix` | the like elsewhere |

A file appears whole or not at all. The addresses are those of obstore, which writes to all of them alike.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.codec.refusal import Refused, refuse

if TYPE_CHECKING:
    from obstore.store import ObjectStore

IMMUTABLE: Final = "public, max-age=31536000, immutable"
NEVER_CACHED: Final = "no-cache"


class StaticFiles:
    """The files below one address."""

    def __init__(self, address: str) -> None:
        """Raises `Refused`: `static.extra` where the library is not installed, `static.address`."""
        self.address = address
        self._in_directory = "://" not in address
        try:
            import obstore
        except ImportError as error:
            raise refuse(
                "static.extra", "Writing tiles elsewhere needs a library that is not installed here.",
                instead="Install detente with the extra “tiles”.",
            ) from error  # fmt: skip
        self._obstore = obstore
        try:
            self._store: ObjectStore = self._opened()
        except (obstore.exceptions.BaseError, OSError, ValueError) as error:
            raise refuse(
                "static.address", f"Files cannot be written to {address}: {_first_line(error)}",
                instead="Name a directory, or a bucket such as s3://bucket/prefix.",
            ) from error  # fmt: skip

    def _opened(self) -> ObjectStore:
        from obstore.store import LocalStore, from_url

        if self._in_directory:
            return LocalStore(Path(self.address), mkdir=True)
        return from_url(self.address)

    def read(self, path: str) -> bytes | None:
        """What stands there, or None. Raises `Refused` with code `static.unreachable`."""
        try:
            return bytes(self._obstore.get(self._store, path).bytes())
        except FileNotFoundError:
            return None
        except (self._obstore.exceptions.BaseError, OSError) as error:
            raise self._unreachable(error) from error

    def write(self, path: str, raw: bytes, caching: str) -> None:
        """caching: what a cache may do with it (RFC 9111), which a directory leaves to its web server.

        Raises `Refused` with code `static.unreachable`.
        """
        try:
            if self._in_directory:
                self._obstore.put(self._store, path, raw)
            else:
                self._obstore.put(self._store, path, raw, attributes={"Cache-Control": caching})
        except (self._obstore.exceptions.BaseError, OSError) as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> Refused:
        return refuse(
            "static.unreachable", f"The files at {self.address} cannot be reached: {_first_line(error)}",
            instead="Check the address, what may be written there, and the line. What is there stays; run it again.",
        )  # fmt: skip


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
