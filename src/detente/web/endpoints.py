"""The door and the record for programs: submit an act, fetch receipts, copies, status and the log's files."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from detente.acts.act import Clear
from detente.acts.forgetting import Erase
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.admission import read_known
from detente.depositary.certifying import certify_copy
from detente.depositary.custody import HOST_KEY_BYTES, Custody
from detente.depositary.host import Depositary
from detente.depositary.logs import main_origin
from detente.depositary.receipt import Receipt
from detente.depositary.snapshot import Snapshots
from detente.signing.envelope import LARGEST_SUBMISSION, Envelope, parse_envelope
from detente.signing.verifier import verify
from detente.store.appending import NotStored
from detente.store.memory import MemoryStore
from detente.views import building
from detente.views.status import status_json
from detente.web import log_files
from detente.web.cosigning import follower_of
from detente.web.passkeys import erase_after
from detente.web.signing_in import COOKIE, Sessions
from detente.web.viewer import (
    act_number,
    host,
    no_such_act,
    number_asked,
    origin_of,
    reader_of,
    record_of,
    state_of,
)

ACT_MEDIA_TYPES = ("application/sd-jwt", "application/octet-stream", "text/plain")
READ_ON = 4 * LARGEST_SUBMISSION
"""Bytes of a body that is too large are read and thrown away up to here, so that its sender hears why."""

_EMPTY_KEY: Final = bytes(HOST_KEY_BYTES)
_KEEPS_NOTHING: Final = Depositary(MemoryStore(), Custody(_EMPTY_KEY), Snapshots(None, _EMPTY_KEY))
"""A host that keeps no process, and cannot open one since it has made no keys."""


def wants_page(request: Request) -> bool:
    """Whether a browser asks, rather than a program."""
    return "text/html" in request.headers.get("accept", "")


async def _body(request: Request) -> bytes:
    """The request's body. Nothing is kept of one that is too large."""
    body, received = b"", 0
    async for part in request.stream():
        received += len(part)
        if received > READ_ON:
            break
        body = body + part if received <= LARGEST_SUBMISSION else b""
    if received > LARGEST_SUBMISSION:
        raise refuse("envelope.size", f"An act is at most {LARGEST_SUBMISSION} bytes.",
                     instead="Send large content as a sealed file beside the log.")  # fmt: skip
    return body


def receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "log": receipt.origin,
        "index": receipt.index,
        "leaf": receipt.leaf,
        "proof": receipt.proof.decode(),
    }


async def submit_act(request: Request) -> Response:
    """Take a signed act and answer with its receipt, once it is durably sequenced."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and media_type not in ACT_MEDIA_TYPES:
        raise refuse("http.media_type", f"An act is not sent as “{media_type}”.",
                     instead=f"Send it as {ACT_MEDIA_TYPES[0]}.")  # fmt: skip
    raw = await _body(request)
    receipt: Receipt = await run_in_threadpool(_receive, request, raw)
    request.app.state.sizes.grown(receipt.origin)
    body = msgspec.json.encode(receipt_json(receipt))
    return Response(body, 201, media_type="application/json")


def _receive(request: Request, raw: bytes) -> Receipt:
    envelope = parse_envelope(raw, check_canonical=False)
    clear = read_known(envelope)
    if main_origin(clear.proc) != origin_of(request):
        raise refuse("act.foreign", "The act belongs to another process than this address.",
                     instead=f"Send it to /processes/{clear.proc.split('/')[1]}/acts.")  # fmt: skip
    try:
        _require_passkey(request, envelope, clear)
        receipt: Receipt = request.app.state.door.receive_act(raw)
    except Refused:
        if _is_hidden_from_author(request, envelope, clear):
            # The same words as where the process is not there.
            return _KEEPS_NOTHING.receive_act(raw)
        raise
    erase_after(host(request), main_origin(clear.proc), clear)
    if isinstance(clear, Erase):
        request.app.state.fragments.forget(main_origin(clear.proc))
    return receipt


def _require_passkey(request: Request, envelope: Envelope, clear: Clear) -> None:
    """An act by a key that asks for a passkey comes with a session that both have opened: else whoever took the key could
    enrol another with it. Raises `Refused` with code `host.second_factor`, upon which a browser keeps the act."""
    origin = main_origin(clear.proc)
    if host(request).store.factor(origin, envelope.kid) is None or not _is_signed(request, envelope, origin):
        return
    sessions: Sessions = request.app.state.sessions
    session = sessions.of(request.cookies.get(COOKIE, ""), origin)
    if session is None or session.key != envelope.kid:
        raise refuse("host.second_factor", "The key that signed this asks for a passkey too, and it was not used.",
                     instead="Sign in with both: the act waits in this browser, and goes out then.")  # fmt: skip


def _is_hidden_from_author(request: Request, envelope: Envelope, clear: Clear) -> bool:
    """Whether the process is closed to the public, and the act not signed by a key that it has enrolled."""
    origin = main_origin(clear.proc)
    state = state_of(request, origin)
    if state is None or state.process is None or state.process.open_to_public:
        return False
    return not _is_signed(request, envelope, origin)


def _is_signed(request: Request, envelope: Envelope, origin: str) -> bool:
    """Whether a key that the process has enrolled signed it."""
    state = state_of(request, origin)
    key = state.keys.get(envelope.kid) if state is not None else None
    if key is None:
        return False
    try:
        verify(envelope, decode_base64url(key.public))
    except Refused:
        return False
    return True


def prepare_process(request: Request) -> Response:
    """Make the keys of a new process, which its convening act names."""
    try:
        made = host(request).prepare()
    except NotStored as error:
        raise refuse("host.busy", "The host could not store the keys of a new process now.",
                     instead="Ask again later.") from error  # fmt: skip
    body = msgspec.json.encode(made._asdict())
    return Response(body, 201, media_type="application/json")


def receipt(request: Request) -> Response:
    """The receipt of an act of the main log, under the latest checkpoint: a tlog-proof."""
    record, number = record_of(request), act_number(request)
    if number > record.size:
        raise no_such_act()
    found = host(request).receipt(origin_of(request), number - 1)
    headers = {"content-disposition": f'attachment; filename="receipt-{number}.tlog-proof"'}
    return Response(found.proof, media_type="text/plain; charset=utf-8", headers=headers)


def status(request: Request) -> Response:
    """The four answers for programs (the shape of `detente status --json`)."""
    return Response(msgspec.json.encode(status_json(record_of(request))), media_type="application/json")


def matrix_table(request: Request) -> Response:
    """All scores of one register of stipulations."""
    table = building.matrix_table(record_of(request), register=number_asked(request, "register") or 0)
    headers = {
        "content-disposition": 'attachment; filename="matrix.csv"',
        "cache-control": "private, no-store",
    }
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


def certified_copy(request: Request) -> Response:
    """A certified copy as the reader may see it. It is made anew each time, so no part of it can be asked for."""
    viewer, origin = reader_of(request), origin_of(request)
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  closed when it has been sent
    certify_copy(host(request), origin, viewer, int(time.time()), file)
    size = file.tell()
    file.seek(0)
    name = f"{request.path_params['process'][:8]}.detente"
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-length": str(size)}
    return StreamingResponse(_parts(file), media_type="application/octet-stream", headers=headers)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(65_536):
            yield part


def chamber_checkpoint(request: Request) -> Response:
    return log_files.checkpoint(
        host(request), origin_of(request), request.path_params["chamber"], reader_of(request)
    )


def chamber_consistency(request: Request) -> Response:
    chamber = request.path_params["chamber"]
    sizes = (number_asked(request, "from") or 0, number_asked(request, "to") or 0)
    return log_files.consistency(host(request), origin_of(request), chamber, sizes, reader_of(request))


def log_tile(request: Request) -> Response:
    chamber, path = request.path_params.get("chamber", ""), f"tile/{request.path_params['path']}"
    for_members = chamber or path.startswith("tile/entries/")
    viewer = reader_of(request) if for_members else follower_of(request)
    return log_files.tile(host(request), origin_of(request), chamber, path, viewer)


ROUTES = [
    Route("/processes", prepare_process, methods=["POST"]),
    Route("/processes/{process}/acts", submit_act, methods=["POST"]),
    Route("/processes/{process}/acts/{number}/receipt", receipt),
    Route("/processes/{process}/status", status),
    Route("/processes/{process}/matrix.csv", matrix_table),
    Route("/processes/{process}/copy", certified_copy),
    Route("/processes/{process}/log/tile/{path:path}", log_tile),
    Route("/processes/{process}/log/{chamber}/checkpoint", chamber_checkpoint),
    Route("/processes/{process}/log/{chamber}/consistency", chamber_consistency),
    Route("/processes/{process}/log/{chamber}/tile/{path:path}", log_tile),
]
