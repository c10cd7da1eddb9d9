"""Signing in and out: a challenge is asked for, a token that answers it opens a session, and its person ends that one,
or all of theirs."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from detente.codec.refusal import refuse
from detente.signing.assertion import Assertion, check_assertion, read_passkey
from detente.signing.reader_token import key_named
from detente.web.entering import body_of
from detente.web.following import own_key
from detente.web.signing_in import COOKIE, LIFE, Challenges, Sessions
from detente.web.viewer import answering, host, origin_of, present_record_of, state_of


class _WithPasskey(msgspec.Struct, forbid_unknown_fields=True):
    """What a browser sends whose key asks for a passkey too; other browsers send the token alone."""

    token: str
    assertion: Assertion


async def ask_challenge(request: Request) -> Response:
    """What a token that signs in has to answer: the same for everybody, whether the process is there or not."""
    challenges: Challenges = request.app.state.challenges
    body = msgspec.json.encode({"challenge": await run_in_threadpool(challenges.ask)})
    return Response(body, media_type="application/json", headers={"cache-control": "private, no-store"})


async def open_session(request: Request) -> Response:
    """Sign in with a reader's token that answers a challenge: the answer sets a cookie for the pages of this process.
    Where the key asks for a passkey too and none was used, it names the passkey instead (202).

    Raises `Refused`: `envelope.size`, `token.*`, `participation.left`.
    """
    body = await body_of(request)
    return await run_in_threadpool(_open, request, body)


def _open(request: Request, body: bytes) -> Response:
    token, assertion = _sent(body)
    origin = origin_of(request)
    person, challenge = signing_in(request, token, origin)
    key = key_named(token)
    factor = host(request).store.factor(origin, key)
    if factor is not None and assertion is None:
        asked = msgspec.json.encode({"credential": factor.credential})
        return Response(asked, 202, media_type="application/json")
    if factor is not None and assertion is not None:
        check_assertion(assertion, read_passkey(factor.public), factor.site, challenge)
    return let_in(request, origin, person, key)


def _sent(body: bytes) -> tuple[str, Assertion | None]:
    """The token, and that a passkey was used. Raises `Refused` with code `token.malformed`."""
    if not body.startswith(b"{"):
        return body.decode("utf-8", "replace").strip(), None
    try:
        sent = msgspec.json.decode(body, type=_WithPasskey)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse("token.malformed", "A token and what the passkey answered are expected, as JSON.",
                     instead="Send the token alone, or both.") from error  # fmt: skip
    return sent.token, sent.assertion


def signing_in(request: Request, token: str, origin: str) -> tuple[str, str]:
    """Whose token it is, and the challenge that it answers. Raises `Refused`: `token.*`, or `participation.left`."""
    state = state_of(request, origin)
    viewer, answered = answering(token, state, origin)
    challenges: Challenges = request.app.state.challenges
    if not challenges.answer(answered):
        raise refuse("token.challenge", "The token answers no challenge of this host, or one that was answered before.",
                     instead="Ask for a challenge, and sign a token that answers it.")  # fmt: skip
    person = viewer.person
    assert state is not None and person is not None
    if state.people[person].left is not None:
        raise refuse("participation.left", "You have left this process.",
                     instead="Ask a mediator to admit you again.")  # fmt: skip
    return person, answered


def let_in(request: Request, origin: str, person: str, key: str) -> Response:
    """A new session, whatever cookie came with the request: nobody is handed a session that somebody else chose."""
    sessions: Sessions = request.app.state.sessions
    name = sessions.open(origin, person, key)
    response = Response(msgspec.json.encode({"person": person}), 201, media_type="application/json")
    response.set_cookie(
        COOKIE, name, max_age=LIFE, path=f"/processes/{request.path_params['process']}/", httponly=True,
        samesite="strict", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def close_session(request: Request) -> Response:
    """Sign out: the session ends here, whatever becomes of the cookie."""
    sessions: Sessions = request.app.state.sessions
    sessions.close(request.cookies.get(COOKIE, ""))
    return _without_cookie(request, Response(status_code=204))


def sign_out_everywhere(request: Request) -> Response:
    """Every session of the person who asks ends, in whatever browser. Raises `Refused`: `log.members_only`, or as
    `present_record_of`."""
    record = present_record_of(request)
    person = record.viewer.person
    if person is None or not own_key(request, record):
        raise refuse("log.members_only", "Nobody is signed in here.", instead="Sign in with an enrolled key.")
    sessions: Sessions = request.app.state.sessions
    sessions.close_all(record.origin, person)
    back = RedirectResponse(f"/processes/{request.path_params['process']}/keys", 303)
    return _without_cookie(request, back)


def _without_cookie(request: Request, response: Response) -> Response:
    response.delete_cookie(COOKIE, path=f"/processes/{request.path_params['process']}/")
    return response


ROUTES = [
    Route("/processes/{process}/session", ask_challenge, methods=["GET"]),
    Route("/processes/{process}/session", open_session, methods=["POST"]),
    Route("/processes/{process}/session", close_session, methods=["DELETE"]),
    Route("/processes/{process}/session/end", sign_out_everywhere, methods=["POST"]),
]
