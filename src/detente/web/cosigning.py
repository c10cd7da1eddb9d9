"""The log for those who follow it and read nothing: its origin, its checkpoint, proofs that it only grows, and where a
cosigner posts its line (C2SP tlog-witness, by fetch and post).

Checkpoints of a process that is closed to the public are for its members, and for the cosigners that its record names:
such a one signs a reader's token with its cosigner's key, and sees nothing else by it. To everybody else the process is
not there.
"""

from __future__ import annotations

import time
from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.cosigners import standing_cosigners, verifiers_of_all
from detente.acts.time import cosigner_verifiers
from detente.codec.refusal import Refused, refuse
from detente.depositary.fork_guard import check_held
from detente.depositary.logs import convening_of, main_origin
from detente.depositary.reading import visible_log
from detente.keys.thumbprint import thumbprint
from detente.procedure.disclosure import Viewer
from detente.procedure.witnessing import policy_of
from detente.signing.reader_token import check_reader_token, key_named
from detente.state.records import State
from detente.store.appending import NotStored
from detente.tlog.checkpoint import unverified_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.policy import missing
from detente.tlog.policy_file import format_policy
from detente.views.addresses import process_id
from detente.web import log_files
from detente.web.viewer import host, number_asked, origin_of, reader_of, state_of

LARGEST_NOTE: Final = 65_536
"""Bytes of a cosigned checkpoint."""


def follower_of(request: Request) -> Viewer:
    """Who follows the main log of the address: one who may read it, or one of its cosigners, who is nobody in it.

    Raises `Refused` as `reader_of` does, and `token.expired` or `token.process` for a cosigner.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    origin = origin_of(request)
    state = state_of(request, origin)
    public = (
        _cosigner_named(state, token.strip()) if state is not None and scheme.lower() == "detente" else None
    )
    if public is not None and _holds(token.strip(), public, origin):
        return Viewer(None)
    return reader_of(request)


def _cosigner_named(state: State, token: str) -> bytes | None:
    """The Ed25519 key of the cosigner that a token says signed it; nothing is verified. None for any other key."""
    try:
        signed_by = key_named(token)
    except Refused:
        return None
    keys = (verifier.key for verifier in verifiers_of_all(state))
    own = (key.public_key for key in keys if key.algorithm == ED25519_COSIGNATURE)
    return next((public for public in own if thumbprint(public) == signed_by), None)


def _holds(token: str, public: bytes, origin: str) -> bool:
    """Whether the cosigner has signed the token. Raises `Refused` where it has, and the token is not good now."""
    try:
        check_reader_token(token, public, origin, int(time.time()))
    except Refused as refused:
        # Before its signature holds, it is anybody's: `reader_of` answers as it answers everybody.
        if refused.refusals[0].code.startswith("token."):
            raise
        return False
    return True


def log_origin(request: Request) -> Response:
    """What the process id is derived from: with it the log's key is known to be the one that the id fixes."""
    follower_of(request)
    convening = convening_of(host(request).store, origin_of(request))
    assert convening is not None
    stated = {name: getattr(convening, name) for name in ("label", "log_key", "convenor_key", "nonce")}
    return Response(msgspec.json.encode(stated), media_type="application/json", headers=log_files.PRIVATE)


def log_policy(request: Request) -> Response:
    """The process's own policy, as a file that others can demand, and that a witness can follow the log by."""
    follower_of(request)
    origin = origin_of(request)
    place = f"{str(request.base_url).rstrip('/')}/processes/{process_id(origin)}"
    policy = policy_of(host(request).main(origin).state(), place)
    headers = log_files.PRIVATE | {
        "content-disposition": f'attachment; filename="{process_id(origin)[:8]}.policy"'
    }
    return Response(format_policy(policy), media_type="text/plain; charset=utf-8", headers=headers)


def log_cosigners(request: Request) -> Response:
    """Who has witnessed what, and when, for programs."""
    follower_of(request)
    origin = origin_of(request)
    state = host(request).main(origin).state()
    log, policy = visible_log(host(request).store, state, origin), policy_of(state)
    found = [
        (vkey, *signed, True) for vkey, signed in zip(state.convened.cosigners, log.cosigners, strict=True)
    ]
    standing = {cosigner.leaf: cosigner for cosigner in standing_cosigners(state)}
    found += [(standing[leaf].vkey, standing[leaf].name, size, time, False) for leaf, size, time in log.late
              if leaf in standing]  # fmt: skip
    cosigners = [
        {
            "name": name,
            "key": vkey,
            "size": size,
            "time": time,
            "behind": log.size - size,
            "marks_time": marks,
        }
        for vkey, name, size, time, marks in found
    ]
    current = [v.key for v, signed in zip(cosigner_verifiers(state.convened), log.cosigners, strict=True)
               if signed[1] == log.size]  # fmt: skip
    body = {
        "size": log.size,
        "quorum": log.quorum,
        "cosigners": cosigners,
        "missing": missing(policy, current),
    }
    return Response(msgspec.json.encode(body), media_type="application/json", headers=log_files.PRIVATE)


def log_checkpoint(request: Request) -> Response:
    return log_files.checkpoint(host(request), origin_of(request), "", follower_of(request))


def log_consistency(request: Request) -> Response:
    viewer = follower_of(request)
    sizes = (number_asked(request, "from") or 0, number_asked(request, "to") or 0)
    return log_files.consistency(host(request), origin_of(request), "", sizes, viewer)


async def take_checkpoint(request: Request) -> Response:
    """Whether this log holds a checkpoint that somebody kept of it. Where its key signed it and it does not, the host
    signs nothing more for the process: it runs from an old backup, or has forked."""
    await run_in_threadpool(follower_of, request)
    note = await _note(request)
    await run_in_threadpool(_held, request, note)
    return Response(b'{"held":true}', media_type="application/json", headers=log_files.PRIVATE)


def _held(request: Request, note: bytes) -> None:
    origin = origin_of(request)
    if main_origin(unverified_checkpoint(note).origin) != origin:
        raise refuse("checkpoint.origin", "The checkpoint is of another process than this address.",
                     "C2SP tlog-checkpoint", "Send it to the address of its own process.")  # fmt: skip
    check_held(host(request), note)


async def take_cosignatures(request: Request) -> Response:
    """Keep the lines of a cosigned checkpoint; the note as it is kept then. The keeper may mark the time by it."""
    await run_in_threadpool(follower_of, request)
    note = await _note(request)
    kept = await run_in_threadpool(_take, request, note)
    request.app.state.sizes.grown(origin_of(request))
    return Response(kept, media_type="text/plain; charset=utf-8")


async def _note(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_NOTE:
            raise refuse("cosigning.size", f"A cosigned checkpoint is at most {LARGEST_NOTE} bytes.",
                         "C2SP signed-note", "Send the log’s line and your own.")  # fmt: skip
    return body


def _take(request: Request, note: bytes) -> bytes:
    try:
        kept: bytes = request.app.state.cosigning.receive(origin_of(request), note, int(time.time()))
    except NotStored as error:
        raise refuse("host.busy", "The host could not store the cosignature now.",
                     instead="Send the same again.") from error  # fmt: skip
    return kept


ROUTES = [
    Route("/processes/{process}/log/origin", log_origin),
    Route("/processes/{process}/log/policy", log_policy),
    Route("/processes/{process}/log/cosigners", log_cosigners),
    Route("/processes/{process}/log/checkpoint", log_checkpoint),
    Route("/processes/{process}/log/checkpoint", take_checkpoint, methods=["POST"]),
    Route("/processes/{process}/log/consistency", log_consistency),
    Route("/processes/{process}/log/cosignatures", take_cosignatures, methods=["POST"]),
]
