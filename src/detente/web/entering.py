"""Entering: a process is convened, a key is made in a browser and waits, and its holder signs in."""

from __future__ import annotations

import time
from typing import Final

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
from detente.signing.invitation import inviter_named, open_invitation
from detente.signing.reader_token import key_named
from detente.state.records import Person, State
from detente.views import building
from detente.web.page_routes import shown
from detente.web.signing_in import COOKIE, LIFE, Sessions, WaitingKey, WaitingKeys
from detente.web.viewer import bearer_of, origin_of, state_of

LARGEST_BODY: Final = 16_384
"""Bytes of a token or of an invitation with its key."""


def convene(request: Request) -> Response:
    """The page on which a mediator opens a process."""
    return shown(request, building.convene_page())


def join(request: Request) -> Response:
    """The page on which an invited person makes a key: the same whether the process is there or not."""
    return shown(request, building.join_page(process=origin_of(request)))


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise refuse("envelope.size", f"At most {LARGEST_BODY} bytes are read here.",
                         instead="Send the token alone.")  # fmt: skip
    return body


def _require_same_origin(request: Request) -> None:
    """A form or script of another site must not sign anybody in or out (OWASP: Fetch Metadata)."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none"):
        raise refuse("http.cross_site", "Another site sent this.",
                     instead="Open the page of this host itself.")  # fmt: skip


async def open_session(request: Request) -> Response:
    """Sign in with a reader's token: the answer sets a cookie for the pages of this process.

    Raises `Refused`: `http.cross_site`, `envelope.size`, `token.*`, `participation.left`.
    """
    _require_same_origin(request)
    token = (await _body(request)).decode("utf-8", "replace").strip()
    origin = origin_of(request)
    person = await run_in_threadpool(_signing_in, request, token, origin)
    sessions: Sessions = request.app.state.sessions
    name = sessions.open(origin, person, key_named(token))
    response = Response(msgspec.json.encode({"person": person}), 201, media_type="application/json")
    response.set_cookie(
        COOKIE, name, max_age=LIFE, path=f"/processes/{request.path_params['process']}/", httponly=True,
        samesite="strict", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def _signing_in(request: Request, token: str, origin: str) -> str:
    """Whose token it is. Raises `Refused`: `token.*`, or `participation.left`."""
    state = state_of(request, origin)
    person = bearer_of(token, state, origin).person
    assert state is not None and person is not None
    if state.people[person].left is not None:
        raise refuse("participation.left", "You have left this process.",
                     instead="Ask a mediator to admit you again.")  # fmt: skip
    return person


def close_session(request: Request) -> Response:
    """Sign out: the session ends here, whatever becomes of the cookie. Raises `Refused`: `http.cross_site`."""
    _require_same_origin(request)
    sessions: Sessions = request.app.state.sessions
    sessions.close(request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path=f"/processes/{request.path_params['process']}/")
    return response


class _Brought(msgspec.Struct, forbid_unknown_fields=True):
    """What an invited browser sends. public, possession: base64url."""

    invitation: str
    public: str
    possession: str


async def bring_key(request: Request) -> Response:
    """Hand in a key by invitation. It waits for somebody who may enrol it.

    Raises `Refused`: `http.cross_site`, `envelope.size`, `invitation.malformed`, `invitation.not_valid`, `key.*`.
    """
    _require_same_origin(request)
    try:
        brought = msgspec.json.decode(await _body(request), type=_Brought)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse("invitation.malformed", "An invitation, a key and its proof are expected, as JSON.",
                     instead="Open the link of the invitation in a browser.") from error  # fmt: skip
    return await run_in_threadpool(_keep, request, brought)


def _keep(request: Request, brought: _Brought) -> Response:
    origin = origin_of(request)
    person = _invited(state_of(request, origin), brought.invitation, origin)
    public = read_public_key(brought.public)
    check_possession(public, origin, person, brought.possession)
    waiting: WaitingKeys = request.app.state.waiting_keys
    waiting.keep(origin, WaitingKey(person, brought.public, brought.possession))
    body = msgspec.json.encode({"person": person, "key": thumbprint(public)})
    return Response(body, 202, media_type="application/json")


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
    Route("/processes/{process}/session", open_session, methods=["POST"]),
    Route("/processes/{process}/session", close_session, methods=["DELETE"]),
    Route("/processes/{process}/waiting-keys", bring_key, methods=["POST"]),
]
