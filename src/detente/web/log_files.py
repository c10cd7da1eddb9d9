"""The log as static files (C2SP tlog-tiles): checkpoint, hash tiles, entry bundles; and a proof between two sizes.

Full tiles never change and say so; partial ones stand under their width; the checkpoint is never cached. Hash
tiles and checkpoint of a log that is open to the public are for anybody; entry bundles, and everything of a
chamber or of a process that is closed to the public, are for members.
"""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.depositary.host import Depositary, latest_note
from detente.depositary.late_lines import with_late_lines
from detente.procedure.disclosure import Viewer, may_read_log
from detente.state.records import State
from detente.tlog.tile import TILE_WIDTH, format_entry_bundle, hashes_in_tile, parse_tile_path

IMMUTABLE = {"cache-control": "public, max-age=31536000, immutable"}
NEVER_CACHED = {"cache-control": "no-cache"}
PRIVATE = {"cache-control": "private, no-store"}


def _belongs(state: State, viewer: Viewer, chamber: str) -> bool:
    person = state.people.get(viewer.person or "")
    return person is not None and person.left is None and may_read_log(state, viewer, chamber)


def _require_member(depositary: Depositary, main: str, chamber: str, viewer: Viewer) -> None:
    """A chamber that is not there is answered like one to which the viewer does not belong: by as many looks, too."""
    belongs = _belongs(depositary.main(main).state(), viewer, chamber)
    if not belongs or (chamber and depositary.store.head(f"{main}/{chamber}") is None):
        raise refuse("log.members_only", "This part of the log is for those who belong to it.",
                     instead="Send a reader's token signed by an enrolled key.")  # fmt: skip


def _is_for_anybody(depositary: Depositary, main: str, chamber: str) -> bool:
    return not chamber and depositary.main(main).state().convened.open_to_public


def checkpoint(depositary: Depositary, main: str, chamber: str, viewer: Viewer) -> Response:
    """The latest signed note, with the cosignatures gathered for it."""
    if chamber:
        _require_member(depositary, main, chamber, viewer)
    head = depositary.store.head(f"{main}/{chamber}" if chamber else main)
    assert head is not None
    note = latest_note(head)
    if not chamber:
        note = with_late_lines(depositary.store, depositary.main(main).state(), note)
    headers = NEVER_CACHED if _is_for_anybody(depositary, main, chamber) else PRIVATE
    return Response(note, media_type="text/plain; charset=utf-8", headers=headers)


def consistency(
    depositary: Depositary, main: str, chamber: str, sizes: tuple[int, int], viewer: Viewer
) -> Response:
    """The proof that the log of the larger size extends the one of the smaller (RFC 6962 sec. 2.1.2), as JSON.

    sizes: smaller and larger. The same could be computed from the hash tiles; a browser asks for it ready made.
    Raises `Refused`: `log.members_only`, `proof.sizes`.
    """
    if chamber:
        _require_member(depositary, main, chamber, viewer)
    origin = f"{main}/{chamber}" if chamber else main
    old, new = sizes
    head = depositary.store.head(origin)
    assert head is not None
    if not 0 <= old <= new <= head.size:
        raise refuse("proof.sizes", f"The log has {head.size} acts; there is no proof between these two sizes.",
                     "RFC 6962 sec. 2.1.2", "Read the checkpoint for the size.")  # fmt: skip
    nodes = depositary.log(origin).tree.consistency(old, new) if old else ()
    body = msgspec.json.encode({"consistency": [encode_base64url(node) for node in nodes]})
    open_to_all = _is_for_anybody(depositary, main, chamber)
    headers = NEVER_CACHED if open_to_all else PRIVATE
    return Response(body, media_type="application/json", headers=headers)


def tile(depositary: Depositary, main: str, chamber: str, path: str, viewer: Viewer) -> Response:
    """One hash tile or entry bundle. Raises `Refused` with codes `tile.*` or `log.members_only`."""
    origin = f"{main}/{chamber}" if chamber else main
    name = parse_tile_path(path)
    if chamber or name.level is None:
        _require_member(depositary, main, chamber, viewer)
    raw = _bundle(depositary, origin, name.index, name.width) if name.level is None else (
        _hashes(depositary, origin, name.level, name.index, name.width)
    )  # fmt: skip
    if raw is None:
        raise refuse("tile.absent", "The log is not that long, or this tile is full and has another address.",
                     "C2SP tlog-tiles", "Read the checkpoint for the size.")  # fmt: skip
    cached = IMMUTABLE if name.width == TILE_WIDTH else NEVER_CACHED
    open_to_all = name.level is not None and _is_for_anybody(depositary, main, chamber)
    return Response(raw, media_type="application/octet-stream", headers=cached if open_to_all else PRIVATE)


def _hashes(depositary: Depositary, origin: str, level: int, index: int, width: int) -> bytes | None:
    store = depositary.store
    return (
        store.tile(origin, level, index)
        if width == TILE_WIDTH
        else store.partial_tile(origin, level, index, width)
    )


def _bundle(depositary: Depositary, origin: str, index: int, width: int) -> bytes | None:
    head = depositary.store.head(origin)
    if head is None or hashes_in_tile(0, index, head.size) < width:
        return None
    start = index * TILE_WIDTH
    return format_entry_bundle(
        [e for e, _leaf in depositary.store.bare_entries(origin, start, start + width)]
    )
