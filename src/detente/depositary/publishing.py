"""The hash tiles and the checkpoint of a public log as static files, for any web server or object store to hand out
(C2SP tlog-tiles), so that a log can be watched and proofs made where its host is down or in the way.

Below the address stands one folder a process: `<process>/checkpoint` and `<process>/tile/...`. Entry bundles are for
members and are not among them. The checkpoint is written last: whoever reads it finds the tiles it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from msgspec import Struct

from detente.codec.refusal import Refused, refuse
from detente.depositary.fork_guard import check_held
from detente.depositary.host import Depositary, latest_note
from detente.depositary.late_lines import with_late_lines
from detente.depositary.logs import chamber_name
from detente.store.port import Cosignature
from detente.store.static_files import IMMUTABLE, NEVER_CACHED, StaticFiles
from detente.tlog.tile import TILE_WIDTH, TileName, hashes_in_tile, tile_path, tiles_of

AT_ONCE: Final = 16
"""Files under way together: what takes time at an object store is the line."""


class Published(Struct, frozen=True):
    """size: acts of the log that can be read there now; written: files, of which the checkpoint is one."""

    size: int
    written: int


def publish_tiles(depositary: Depositary, origin: str, to: StaticFiles) -> Published:
    """Bring what stands at `to` up to the latest checkpoint. What stands there already is not written again.

    Raises `Refused`: `log.unknown`; `publish.closed` where the process is not open to the public; `publish.other` where
    something else stands there; `host.stopped` where this log's own key signed what stands there and this host does not
    hold it; `static.unreachable`.
    """
    state = depositary.main(origin).state()
    if not state.convened.open_to_public:
        raise refuse(
            "publish.closed", "This process is closed to the public, and so are the tiles of its log.",
            instead="Those who belong to it fetch them from the host with a reader's token.",
        )  # fmt: skip
    head = depositary.store.head(depositary.main(origin).origin)
    assert head is not None
    origin, size = head.origin, head.size
    note = with_late_lines(depositary.store, state, latest_note(head))
    folder = origin.removeprefix("detente/")
    there = to.read(f"{folder}/checkpoint")
    if there == note:
        return Published(size, 0)
    before = _size_there(depositary, origin, there) if there is not None else 0
    if before > size:  # the log has grown since it was looked at, and another process has published that
        return Published(before, 0)

    def write(name: TileName) -> None:
        raw = (
            depositary.store.tile(origin, name.level or 0, name.index)
            if name.width == TILE_WIDTH
            else depositary.store.partial_tile(origin, name.level or 0, name.index, name.width)
        )
        assert raw is not None, "every tile below the head is stored"
        to.write(f"{folder}/{tile_path(name.level or 0, name.index, name.width)}", raw, IMMUTABLE)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        written = sum(1 for _done in pool.map(write, _tiles_after(before, size)))
    to.write(f"{folder}/checkpoint", note, NEVER_CACHED)
    return Published(size, written + 1)


def _tiles_after(before: int, size: int) -> Iterator[TileName]:
    """The tiles of a tree of `size` that one of `before` does not have."""
    for name in tiles_of(size):
        assert name.level is not None
        if name.width > hashes_in_tile(name.level, name.index, before):
            yield name


def _size_there(depositary: Depositary, origin: str, note: bytes) -> int:
    """The acts of the checkpoint that stands there. Where this log's key signed it and this host does not hold it, the
    host was restored from an old backup, and signs nothing more (`fork_guard`)."""
    try:
        there = check_held(depositary, note)
    except Refused as refused:
        if refused.refusals[0].code == "host.stopped":
            raise
        raise _other(origin) from refused
    if there.origin != origin:
        raise _other(origin)
    return there.size


def _other(origin: str) -> Refused:
    return refuse(
        "publish.other", f"What is published there is no checkpoint of {origin}. Nothing was written.",
        "C2SP tlog-tiles", "Publish to an address where nothing else stands.",
    )  # fmt: skip


class Publishing:
    """The background part: looked at every few seconds, it brings each public log up to date."""

    def __init__(self, depositary: Depositary, to: StaticFiles) -> None:
        self._depositary, self._to = depositary, to
        self._done: dict[str, tuple[bytes, tuple[Cosignature, ...]]] = {}

    def look(self, now: int) -> None:
        """Raises `Refused` for the first log that could not be published; the others are. now: not needed here."""
        failed: Refused | None = None
        store = self._depositary.store
        for head in store.heads():
            origin = head.origin
            if chamber_name(origin) or not self._depositary.is_public(origin):
                continue
            signed = (latest_note(head), store.cosignatures(origin))
            if self._done.get(origin) == signed:
                continue
            try:
                publish_tiles(self._depositary, origin, self._to)
            except Refused as refused:
                failed = failed or refused
            else:
                self._done[origin] = signed
        if failed is not None:
            raise failed
