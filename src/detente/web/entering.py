"""Entering: a process is convened, a key is made in a browser and waits to be enrolled."""

from __future__ import annotations

import time
from typing import Final, Literal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.act import MEDIATION
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.keys.possession import check_possession
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from detente.sealing.recipient import read_recipient
from detente.signing.invitation import inviter_named, open_invitation
from detente.state.records import Key, Person, State
from detente.views import building
from detente.web.page_routes import shown, viewers_of
from detente.web.signing_in import WaitingKey, WaitingKeys
from detente.web.viewer import host, origin_of, present_record_of, record_of, state_of

LARGEST_BODY: Final = 16_384
"""Bytes of a token or of an invitation with its key."""


def convene(request: Request) -> Response:
    """The page on which a mediator opens a process."""
    return shown(request, building.convene_page())


def join(request: Request) -> Response:
    """The page on which an invited person makes a key: the same whether the process is there or not."""
    return shown(request, building.join_page(process=origin_of(request)))


def keys(request: Request) -> Response:
    """The keys of a process: one's own first, and what to do when one is lost. Raises `Refused` as `record_of`."""
    record = record_of(request)
    wrapped = host(request).store.wrapped_of(record.origin, record.viewer.person or "")
    own = [key for key, held in record.visible.state.keys.items() if held.person == record.viewer.person]
    page = building.keys_page(
        record, waiting=waiting_for(request, record.origin),
        asking=tuple(key for key in own if host(request).store.factor(record.origin, key) is not None),
        behind=tuple(thumbprint(decode_base64url(one.public)) for one in wrapped),
        viewers=viewers_of(request, record.origin),
    )  # fmt: skip
    return shown(request, page)


async def body_of(request: Request) -> bytes:
    """A short body, whole. Raises `Refused`: `envelope.size`."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise refuse("envelope.size", f"At most {LARGEST_BODY} bytes are read here.",
                         instead="Send the token alone.")  # fmt: skip
    return body


class _Brought(msgspec.Struct, forbid_unknown_fields=True):
    """What an invited browser sends. public, possession, sealing: base64url; sealing: the key to read with, or none."""

    invitation: str
    public: str
    possession: str
    sealing: str | None = None


Standing = Literal["waiting", "enrolled", "spent"]
"""What became of a key that was handed in. spent: it was enrolled once, and cannot be enrolled again."""


async def bring_key(request: Request) -> Response:
    """Hand in a key by invitation, or ask again what became of it. It waits for somebody who may enrol it.

    Raises `Refused`: `envelope.size`, `invitation.malformed`, `invitation.not_valid`, `key.*`.
    """
    try:
        brought = msgspec.json.decode(await body_of(request), type=_Brought)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse("invitation.malformed", "An invitation, a key and its proof are expected, as JSON.",
                     instead="Open the link of the invitation in a browser.") from error  # fmt: skip
    return await run_in_threadpool(_keep, request, brought)


def _keep(request: Request, brought: _Brought) -> Response:
    origin = origin_of(request)
    state = state_of(request, origin)
    known = _known(state, origin, brought)
    if known is not None:
        return _standing(known.person, brought, "enrolled" if known.revoked is None else "spent")
    person = _invited(state, brought.invitation, origin)
    public = read_public_key(brought.public)
    if brought.sealing is not None:
        read_recipient(brought.sealing)
    check_possession(public, origin, person, brought.possession, brought.sealing)
    if state is not None and thumbprint(public) in state.keys:
        return _standing(person, brought, "spent")  # it is somebody else's
    waiting: WaitingKeys = request.app.state.waiting_keys
    waiting.keep(origin, WaitingKey(person, brought.public, brought.possession, brought.sealing or ""))
    return _standing(person, brought, "waiting")


def _known(state: State | None, origin: str, brought: _Brought) -> Key | None:
    """The enrolled key that was brought, by its holder: it needs no invitation to hear what became of it."""
    try:
        public = read_public_key(brought.public)
        key = state.keys.get(thumbprint(public)) if state is not None else None
        if key is not None:
            check_possession(public, origin, key.person, brought.possession, brought.sealing)
    except Refused:
        return None
    return key


def _standing(person: str, brought: _Brought, stands: Standing) -> Response:
    """Answered alike in status, so that a browser that asks again and again notes no fault."""
    key = thumbprint(read_public_key(brought.public))
    body = msgspec.json.encode({"person": person, "key": key, "stands": stands})
    return Response(body, 202 if stands == "waiting" else 200, media_type="application/json")


def keys_that_wait(request: Request) -> Response:
    """The keys that the reader may enrol: who brought them, their words, where their enrolment is signed.

    Raises `Refused` as `present_record_of`.
    """
    record = present_record_of(request)
    found = building.keys_to_enrol(record, waiting=waiting_for(request, record.origin))
    return Response(msgspec.json.encode({"waiting": found}), media_type="application/json")


def waiting_for(request: Request, origin: str) -> tuple[tuple[str, str, str, str], ...]:
    """(person, public key, proof of possession, key to read with) of each key that was handed in for a process."""
    keys: WaitingKeys = request.app.state.waiting_keys
    return tuple((key.person, key.public, key.possession, key.sealing) for key in keys.of(origin))


def _invited(state: State | None, invitation: str, origin: str) -> str:
    """The person invited. A process that is not there and an invitation that does not hold are answered alike."""
    try:
        kid = inviter_named(invitation)
        key = state.keys.get(kid) if state is not None else None
        if state is None or key is None or key.revoked is not None:
            raise _not_valid()
        person = open_invitation(invitation, decode_base64url(key.public), origin, int(time.time()))
    except Refused as refused:
        raise _not_valid() from refused
    if not _may_invite(state, state.people[key.person], state.people.get(person)):
        raise _not_valid()
    return person


def _may_invite(state: State, inviter: Person, invited: Person | None) -> bool:
    """Everybody themselves; a mediator somebody without a working key: from the first key on, only its holder
    invites a further browser of theirs, so a mediator's link serves once."""
    if invited is None or invited.left is not None or inviter.left is not None:
        return False
    holds_one = any(key.person == invited.id and key.revoked is None for key in state.keys.values())
    return inviter.id == invited.id or (inviter.role in MEDIATION and not holds_one)


def _not_valid() -> Refused:
    return refuse("invitation.not_valid", "This invitation is not valid.",
                  instead="Ask a mediator for a new one.")  # fmt: skip


ROUTES = [
    Route("/convene", convene),
    Route("/processes/{process}/join", join),
    Route("/processes/{process}/waiting-keys", keys_that_wait),
    Route("/processes/{process}/waiting-keys", bring_key, methods=["POST"]),
    Route("/processes/{process}/keys", keys),
]
