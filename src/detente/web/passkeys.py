"""Keys behind a passkey: what a browser wrapped under a secret of an authenticator is kept here, and given back.

The host cannot open it (docs/specs/wrapped-identity.md), and a passkey signs nobody in: whoever has opened what is kept
signs in with the key that was in it, like everybody. Passkeys are WebAuthn credentials; the host checks no assertion of
theirs, because nothing is decided by one.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.act import Clear
from detente.acts.keys import Enrol, RevokeKey
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.host import Depositary
from detente.depositary.reading import Record
from detente.keys.possession import check_possession
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from detente.sealing.recipient import read_recipient
from detente.state.records import State
from detente.store.appending import NotStored
from detente.store.port import UncertainCommit, WrappedIdentity
from detente.web.entering import body_of
from detente.web.following import own_key, stored
from detente.web.viewer import host, origin_of, present_record_of, state_of

MOST: Final = 4
"""Kept for one person in one process."""
WRAPPED_BYTES: Final = 12 + 2 * 32 + 16
"""Nonce, two private keys, tag: every wrapped identity has this size."""
CREDENTIAL_BYTES: Final = range(16, 1024)
"""Sizes of a credential id (WebAuthn sec. 4)."""


class _Brought(msgspec.Struct, forbid_unknown_fields=True):
    """What a browser hands over. credential: WebAuthn credential id; public, sealing: of the keys that are wrapped;
    possession: proof of possession, as at an enrolment. All base64url."""

    credential: str
    public: str
    sealing: str
    possession: str
    wrapped: str


async def keep_wrapped(request: Request) -> Response:
    """Keep wrapped keys for the person who is signed in. They sign nothing until they are enrolled like any other.

    Raises `Refused`: `envelope.size`, `passkey.malformed`, `passkey.taken`, `passkey.too_many`,
    `log.members_only`, `key.*`, `sealing.recipient`, `host.busy`, or as `present_record_of`.
    """
    body = await body_of(request)
    return await run_in_threadpool(_keep, request, body)


def _keep(request: Request, body: bytes) -> Response:
    record = present_record_of(request)
    person = record.viewer.person
    if person is None or not own_key(request, record) or record.visible.state.people[person].left is not None:
        raise refuse("log.members_only", "Only somebody with a key in this process can keep another behind a passkey.",
                     instead="Sign in with an enrolled key.")  # fmt: skip
    identity = _checked(body, record, person)
    store = host(request).store
    kept = store.wrapped(identity.origin, identity.credential)
    if kept is None:
        _make_room(host(request), record.visible.state, identity)
        stored(lambda: store.keep_wrapped(identity))
        kept = store.wrapped(identity.origin, identity.credential)
    if kept is None or msgspec.structs.replace(kept, made=identity.made) != identity:
        raise refuse("passkey.taken", "Another key is kept behind this passkey already.",
                     instead="Make a new passkey.")  # fmt: skip
    answer = msgspec.json.encode({"key": _key_id(identity)})
    return Response(answer, 201, media_type="application/json")


def _checked(body: bytes, record: Record, person: str) -> WrappedIdentity:
    """Of the right sizes, and of keys that this person holds and that nobody else has enrolled."""
    try:
        brought = msgspec.json.decode(body, type=_Brought)
        credential, wrapped = decode_base64url(brought.credential), decode_base64url(brought.wrapped)
    except (msgspec.MsgspecError, UnicodeDecodeError, Refused) as error:
        raise _malformed() from error
    if len(credential) not in CREDENTIAL_BYTES or len(wrapped) != WRAPPED_BYTES:
        raise _malformed()
    public = read_public_key(brought.public)
    read_recipient(brought.sealing)
    check_possession(public, record.origin, person, brought.possession, brought.sealing)
    enrolled = record.visible.state.keys.get(thumbprint(public))
    if enrolled is not None and (enrolled.person != person or enrolled.revoked is not None):
        raise refuse("key.present", "This key was enrolled before; it cannot be enrolled again.",
                     instead="Make a new key.")  # fmt: skip
    return WrappedIdentity(
        record.origin, brought.credential, person, brought.public, brought.sealing, wrapped, int(time.time())
    )


def _malformed() -> Refused:
    return refuse("passkey.malformed", "A passkey’s id, wrapped keys of their size and a proof are expected, as JSON.",
                  "docs/specs/wrapped-identity.md", "Make the key on the page of your keys.")  # fmt: skip


def _make_room(depositary: Depositary, state: State, new: WrappedIdentity) -> None:
    """What was never enrolled gives way to what comes later; a key in force does not."""
    erase_spent(depositary, new.origin, new.person)
    own = depositary.store.wrapped_of(new.origin, new.person)
    if len(own) < MOST:
        return
    unused = next((kept for kept in own if _key_id(kept) not in state.keys), None)
    if unused is None:
        raise refuse("passkey.too_many", f"You have {MOST} keys behind passkeys already.",
                     instead="Revoke one that you no longer use.")  # fmt: skip
    stored(lambda: depositary.store.drop_wrapped(unused.origin, unused.credential))


def wrapped(request: Request) -> Response:
    """What is kept behind a passkey, to anybody who names its credential id.

    A browser that comes back has no key to sign in with, so nobody is asked who they are. What is given is of no use
    without the authenticator, which alone has the secret that opens it; its id is known to that authenticator and to
    this host. One that is not kept, one whose key is revoked, one of another process, and a process that is closed or
    not there are answered in the same words. Raises `Refused`: `passkey.unknown`.
    """
    origin = origin_of(request)
    state = state_of(request, origin)
    kept = host(request).store.wrapped(origin, request.path_params["credential"])
    if state is None or kept is None:
        raise _nothing_here()
    if _is_spent(state, kept):
        erase_spent(host(request), origin, kept.person)
        raise _nothing_here()
    if state.people[kept.person].left is not None:
        raise _nothing_here()
    answer = {"person": kept.person, "public": kept.public, "sealing": kept.sealing,
              "wrapped": encode_base64url(kept.wrapped)}  # fmt: skip
    return Response(msgspec.json.encode(answer), media_type="application/json")


def _nothing_here() -> Refused:
    return refuse("passkey.unknown", "No key of this process is kept behind this passkey, or it was revoked.",
                  instead="Use a browser that holds a key, or ask a mediator for a link.")  # fmt: skip


def erase_after(depositary: Depositary, origin: str, clear: Clear) -> None:
    """Erase what an act has made useless: called with every act that was received."""
    if isinstance(clear, RevokeKey):
        erase_spent(depositary, origin, depositary.main(origin).state().keys[clear.key].person)
    elif isinstance(clear, Enrol) and clear.replaces is not None:
        erase_spent(depositary, origin, clear.person)


def erase_spent(depositary: Depositary, origin: str, person: str) -> None:
    """Erase what holds a revoked key of somebody's: it signs nothing more, but would still open what was sealed to it.

    Where the database cannot do it now, it is refused when it is asked for, and erased then.
    """
    state = depositary.main(origin).state()
    for kept in depositary.store.wrapped_of(origin, person):
        if _is_spent(state, kept):
            with suppress(NotStored, UncertainCommit):
                depositary.store.drop_wrapped(origin, kept.credential)


def _is_spent(state: State, kept: WrappedIdentity) -> bool:
    key = state.keys.get(_key_id(kept))
    return key is not None and (key.revoked is not None or key.person != kept.person)


def _key_id(kept: WrappedIdentity) -> str:
    return thumbprint(decode_base64url(kept.public))


ROUTES = [
    Route("/processes/{process}/passkeys", keep_wrapped, methods=["POST"]),
    Route("/processes/{process}/passkeys/{credential}", wrapped),
]
