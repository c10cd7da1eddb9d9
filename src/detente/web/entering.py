"""Entering: a process is convened, a key is made in a browser and waits, and its holder signs in."""

from __future__ import annotations

import time
from typing import Final

import msgspec
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
from detente.state.records import State
from detente.views import building
from detente.web.page_routes import shown
from detente.web.signing_in import COOKIE, LIFE, Sessions, WaitingKey, WaitingKeys
from detente.web.viewer import bearer_of, origin_of, state_of

LARGEST_BODY: Final = 16_384
"""Bytes of a token or of an invitation with its key."""


def convene(request: Request) -> Response:
    return shown(request, building.convene_page())


def join(request: Request) -> Response:
    return shown(request, building.join_page(process=origin_of(request)))


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise refuse(
                "envelope.size",
                f"At most {LARGEST_BODY} bytes are read here.",
                instead="Send the token alone.",
            )
    return body


def _require_same_origin(request: Request) -> None:
    """A form or script of another site must not sign anybody in or out (OWASP: Fetch Metadata)."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none"):
        raise refuse(
            "http.cross_site", "Another site sent this.", instead="Open the page of this host itself."
        )


async def open_session(request: Request) -> Response:
    """Sign in with a reader's token: the answer sets a cookie for the pages of this process."""
    _require_same_origin(request)
    token = (await _body(request)).decode("utf-8", "replace").strip()
    origin = origin_of(request)
    viewer = bearer_of(token, state_of(request, origin), origin)
    sessions: Sessions = request.app.state.sessions
    assert viewer.person is not None
    name = sessions.open(origin, viewer.person, key_named(token))
    response = Response(msgspec.json.encode({"person": viewer.person}), 201, media_type="application/json")
    response.set_cookie(
        COOKIE, name, max_age=LIFE, path=f"/processes/{request.path_params['process']}/", httponly=True,
        samesite="strict", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def close_session(request: Request) -> Response:
    _require_same_origin(request)
    sessions: Sessions = request.app.state.sessions
    sessions.close(request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path=f"/processes/{request.path_params['process']}/")
    return response


class _Brought(msgspec.Struct, forbid_unknown_fields=True):
    invitation: str
    public: str
    possession: str


async def bring_key(request: Request) -> Response:
    """Hand in a key by invitation. It waits for somebody who may enrol it."""
    _require_same_origin(request)
    try:
        brought = msgspec.json.decode(await _body(request), type=_Brought)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse(
            "invitation.malformed", "An invitation, a key and its proof are expected, as JSON."
        ) from error
    origin = origin_of(request)
    person = _invited(state_of(request, origin), brought.invitation, origin)
    public = read_public_key(brought.public)
    check_possession(public, origin, person, brought.possession)
    waiting: WaitingKeys = request.app.state.waiting_keys
    waiting.keep(origin, WaitingKey(person, brought.public, brought.possession))
    return Response(
        msgspec.json.encode({"person": person, "key": thumbprint(public)}), 202, media_type="application/json"
    )


def _invited(state: State | None, invitation: str, origin: str) -> str:
    """The person invited. A process that is not there and an invitation that does not hold are answered alike."""
    not_valid = refuse(
        "invitation.not_valid", "This invitation is not valid.", instead="Ask a mediator for a new one."
    )
    try:
        kid = inviter_named(invitation)
        key = state.keys.get(kid) if state is not None else None
        if state is None or key is None or key.revoked is not None:
            raise not_valid
        person = open_invitation(invitation, decode_base64url(key.public), origin, int(time.time()))
    except Refused as refused:
        raise not_valid from refused
    inviter, invited = state.people[key.person], state.people.get(person)
    if invited is None or invited.left is not None:
        raise not_valid
    holds_one = any(known.person == person and known.revoked is None for known in state.keys.values())
    # A mediator's link serves once: from the first key on, only its holder invites a further browser of theirs.
    if inviter.id != person and (inviter.role not in MEDIATION or holds_one):
        raise not_valid
    return person


ROUTES = [
    Route("/convene", convene),
    Route("/processes/{process}/join", join),
    Route("/processes/{process}/session", open_session, methods=["POST"]),
    Route("/processes/{process}/session", close_session, methods=["DELETE"]),
    Route("/processes/{process}/waiting-keys", bring_key, methods=["POST"]),
]
