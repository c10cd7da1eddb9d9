"""The door and the record for programs: submit an act, fetch receipts, copies, status and the log's files."""

from __future__ import annotations

import tempfile
import time

import msgspec
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from detente.codec.refusal import refuse
from detente.depositary.admission import read_known
from detente.depositary.certifying import certify_copy
from detente.depositary.host import Depositary
from detente.depositary.logs import main_origin
from detente.depositary.reading import Record
from detente.depositary.receipt import Receipt
from detente.procedure.disclosure import Viewer
from detente.signing.envelope import LARGEST_SUBMISSION, parse_envelope
from detente.views.status import status_json
from detente.web import log_files
from detente.web.viewer import viewer_of

ACT_MEDIA_TYPES = ("application/sd-jwt", "application/octet-stream", "text/plain")


def wants_page(request: Request) -> bool:
    """Whether a browser asks, rather than a program."""
    return "text/html" in request.headers.get("accept", "")


def origin_of(request: Request) -> str:
    return f"detente/{request.path_params['process']}"


def host(request: Request) -> Depositary:
    depositary: Depositary = request.app.state.depositary
    return depositary


def viewer(request: Request) -> Viewer:
    return viewer_of(
        request, host(request), origin_of(request), demonstration=request.app.state.demonstration
    )


async def _body(request: Request) -> bytes:
    """The request's body, refused as soon as it is too large; nothing is kept of it then."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_SUBMISSION:
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
    origin = origin_of(request)
    receipt: Receipt = await run_in_threadpool(_receive, request, origin, raw)
    body = msgspec.json.encode(receipt_json(receipt))
    return Response(body, 201, media_type="application/json")


def _receive(request: Request, origin: str, raw: bytes) -> Receipt:
    clear = read_known(parse_envelope(raw, check_canonical=False))
    if main_origin(clear.proc) != origin:
        raise refuse("act.foreign", "The act belongs to another process than this address.",
                     instead=f"Send it to /processes/{clear.proc.split('/')[1]}/acts.")  # fmt: skip
    receipt: Receipt = request.app.state.door.receive_act(raw)
    return receipt


def prepare_process(request: Request) -> Response:
    """Make the keys of a new process, which its convening act names."""
    log_key, keeper_key = host(request).prepare()
    body = msgspec.json.encode({"log_key": log_key, "keeper_key": keeper_key})
    return Response(body, 201, media_type="application/json")


def _number(request: Request) -> int:
    return int(request.path_params["number"])


def receipt(request: Request) -> Response:
    """The receipt of an act of the main log, under the latest checkpoint: a tlog-proof."""
    record = Record(host(request), origin_of(request), viewer(request))
    index = _number(request) - 1
    if not 0 <= index < record.size:
        raise refuse("log.at", f"The record holds acts 1 to {record.size}.", instead="Choose one of them.")
    found = host(request).receipt(origin_of(request), index)
    name = f"receipt-{_number(request)}.tlog-proof"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(found.proof, media_type="text/plain; charset=utf-8", headers=headers)


def status(request: Request) -> Response:
    """The four answers for programs (the shape of `detente status --json`)."""
    at = request.query_params.get("at")
    if at is not None and not at.isdecimal():
        raise refuse("log.at", f"“{at}” is no act.", instead="Give the number of an act.")
    record = Record(host(request), origin_of(request), viewer(request), int(at) if at else None)
    return Response(msgspec.json.encode(status_json(record)), media_type="application/json")


def certified_copy(request: Request) -> Response:
    """A certified copy as the reader may see it."""
    Record(host(request), origin_of(request), viewer(request))  # refuses whoever may not read the record
    file = tempfile.NamedTemporaryFile(suffix=".detente")  # noqa: SIM115  closed when it has been sent
    certify_copy(host(request), origin_of(request), viewer(request), int(time.time()), file.file)  # type: ignore[arg-type]
    file.flush()
    name = f"{request.path_params['process'][:8]}.detente"
    return FileResponse(
        file.name, filename=name, media_type="application/octet-stream", background=BackgroundTask(file.close)
    )


def log_checkpoint(request: Request) -> Response:
    chamber = request.path_params.get("chamber", "")
    return log_files.checkpoint(host(request), origin_of(request), chamber, viewer(request))


def log_tile(request: Request) -> Response:
    chamber, path = request.path_params.get("chamber", ""), f"tile/{request.path_params['path']}"
    return log_files.tile(host(request), origin_of(request), chamber, path, viewer(request))


ROUTES = [
    Route("/processes", prepare_process, methods=["POST"]),
    Route("/processes/{process}/acts", submit_act, methods=["POST"]),
    Route("/processes/{process}/acts/{number:int}/receipt", receipt),
    Route("/processes/{process}/status", status),
    Route("/processes/{process}/copy", certified_copy),
    Route("/processes/{process}/log/checkpoint", log_checkpoint),
    Route("/processes/{process}/log/tile/{path:path}", log_tile),
    Route("/processes/{process}/log/{chamber}/checkpoint", log_checkpoint),
    Route("/processes/{process}/log/{chamber}/tile/{path:path}", log_tile),
]
