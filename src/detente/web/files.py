"""Files beside the log, over HTTP: members put them there before they sign, and whoever may read the act gets them. Those
of exhibits are sealed; those of incidents are plenary.

Neither direction holds more than a part in memory. The host hashes what arrives and opens nothing.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from detente.acts.forgetting import is_forgotten
from detente.acts.incidents import ReportIncidents
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.depositary.forgetting import files_by_act
from detente.depositary.reading import Record
from detente.procedure.disclosure import may_open
from detente.state.records import State
from detente.store.files import Held, SealedFiles, too_large
from detente.web.viewer import host, origin_of, present_record_of

PART = 1_048_576
"""Bytes that are gathered before they are written."""


def committed(state: State) -> frozenset[bytes]:
    """The digests of the files that acts commit to, of which nothing was erased."""
    return frozenset().union(*_standing(state).values())


def _standing(state: State) -> dict[str, frozenset[bytes]]:
    """By leaf. What was erased is not served again, should somebody who has it put it here once more."""
    return {leaf: digests for leaf, digests in files_by_act(state).items() if not is_forgotten(state, leaf)}


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
    """Keep a file for an act that will commit to it. Raises `Refused`: `file.*`, or as `present_record_of`."""
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
    """A file of an act whose words the reader may read. Raises `Refused` with code `file.unknown`."""
    files, digest, record = _files(request), _named(request), present_record_of(request)
    held = files.find(origin_of(request).partition("/")[2], digest)
    is_batch = _readable_batch(record, held) if held is not None else None
    if held is None or is_batch is None:
        raise refuse("file.unknown", "There is no such file for you here.",
                     instead="Look at the act: it may have been erased, or be for others.")  # fmt: skip
    ending = "parquet" if is_batch else "age"
    headers = {"content-disposition": f'attachment; filename="{digest.hex()[:16]}.{ending}"'}
    return FileResponse(held.path, media_type="application/octet-stream", headers=headers)


def _readable_batch(record: Record, held: Held) -> bool | None:
    """Whether the file is one of incidents, which is no sealed one; None where no act that the reader may read
    commits to it."""
    leaves = [leaf for leaf, digests in _standing(record.visible.state).items() if held.digest in digests]
    acts = (record.act(index) for leaf in leaves if (index := record.index_of(leaf)) is not None)
    found = [
        a for a in acts if a and may_open(record.visible.state, record.viewer, a.act.clear.aud, a.act.author)
    ]
    return isinstance(found[0].act.clear, ReportIncidents) if found else None


ROUTES = [
    Route("/processes/{process}/files/{digest}", put_file, methods=["PUT"]),
    Route("/processes/{process}/files/{digest}", get_file),
]
