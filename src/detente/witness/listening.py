"""The one address of a witness that listens (C2SP tlog-witness): POST /add-checkpoint."""

from __future__ import annotations

import time

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.tlog.add_checkpoint import LARGEST
from detente.witness.answering import Answering


def make_witness_app(answering: Answering) -> Starlette:
    async def add_checkpoint(request: Request) -> Response:
        raw = b""
        async for part in request.stream():
            raw += part
            if len(raw) > LARGEST:
                return Response(
                    status_code=413, headers={"connection": "close"}
                )  # the rest of it is not read
        answer = await run_in_threadpool(answering.answer, raw, int(time.time()))
        return Response(answer.body, answer.status, media_type=answer.media_type)

    return Starlette(routes=[Route("/add-checkpoint", add_checkpoint, methods=["POST"])])
