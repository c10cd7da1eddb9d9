"""Sealed files over HTTP: members put them there before they sign, and whoever may read the act gets them.

Neither direction holds more than a part in memory. The host hashes what arrives and opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from detente.acts.forgetting import is_forgotten
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.depositary.reading import Record
from detente.procedure.disclosure import may_open
from detente.state.records import State
from detente.state.undertakings import Exhibit
from detente.store.files import Held, SealedFiles, too_large
from detente.web.same_origin import require_same_origin
from detente.web.viewer import host, origin_of, present_record_of

PART = 1_048_576
"""Bytes that are gathered before they are written."""


def committed(state: State) -> frozenset[bytes]:
    """The digests of the files that acts commit to, of which nothing was erased."""
    return frozenset(decode_base64url(d) for exhibit in _standing(state) for d, _size in exhibit.files)


def _standing(state: State) -> tuple[Exhibit, ...]:
    """What was erased is not served again, should somebody who has it put it here once more."""
    return tuple(exhibit for exhibit in state.exhibits.values() if not is_forgotten(state, exhibit.leaf))


def _files(request: Request) -> SealedFiles:
    found = host(request).files
    if found is None:
        raise refuse(
            "file.none_kept", "This host keeps no files.", instead="Ask whoever runs it for a folder."
        )
    return found


def _named(request: Request) -> bytes:
    digest = decode_base64url(request.path_params["digest"])
    if len(digest) != 32:
        raise refuse("file.name", "A file is named by its SHA-256, base64url.", instead="Look at the act.")
    return digest


async def put_file(request: Request) -> Response:
    """Keep a sealed file for an act that will commit to it. Raises `Refused`: `file.*`, or as `present_record_of`."""
    require_same_origin(request)
    files, digest = _files(request), _named(request)
    record = await run_in_threadpool(present_record_of, request)
    if record.viewer.person is None:
        raise refuse("token.absent", "Files are put here by participants.", instead="Sign in with your key.")
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > files.largest:
        raise too_large(files.largest)
    process = origin_of(request).partition("/")[2]
    if files.find(process, digest) is not None:
        return Response(status_code=204)
    arriving = await run_in_threadpool(files.arriving, process, digest, committed(record.visible.state))
    with arriving as file:
        gathered = bytearray()
        async for part in request.stream():
            gathered += part
            if len(gathered) >= PART:
                await run_in_threadpool(file.write, bytes(gathered))
                gathered.clear()
        await run_in_threadpool(file.write, bytes(gathered))
        await run_in_threadpool(file.keep)
    return Response(status_code=201)


def get_file(request: Request) -> Response:
    """A sealed file of an act whose words the reader may read. Raises `Refused` with code `file.unknown`."""
    files, digest, record = _files(request), _named(request), present_record_of(request)
    held = files.find(origin_of(request).partition("/")[2], digest)
    if held is None or not _is_readable(record, held):
        raise refuse("file.unknown", "There is no such file for you here.",
                     instead="Look at the act: it may have been erased, or be for others.")  # fmt: skip
    headers = {"content-disposition": f'attachment; filename="{digest.hex()[:16]}.age"'}
    return FileResponse(held.path, media_type="application/octet-stream", headers=headers)


def _is_readable(record: Record, held: Held) -> bool:
    exhibits = (e for e in _standing(record.visible.state) if held.digest in _digests(e.files))
    acts = (record.act(exhibit.index) for exhibit in exhibits)
    return any(
        may_open(record.visible.state, record.viewer, a.act.clear.aud, a.act.author) for a in acts if a
    )


def _digests(files: Iterable[tuple[str, int]]) -> set[bytes]:
    return {decode_base64url(digest) for digest, _size in files}


ROUTES = [
    Route("/processes/{process}/files/{digest}", put_file, methods=["PUT"]),
    Route("/processes/{process}/files/{digest}", get_file),
]
