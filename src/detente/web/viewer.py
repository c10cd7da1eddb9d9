"""Who is looking, and at what. In a demonstration, anybody may look as any of its people; otherwise a reader's
token says.

A token is a header: `Authorization: Detente <compact JWS>` (see `signing.reader_token`). Without one, one is
the public. A process that is closed to the public and one that is not there are answered alike, at every
address: nobody learns that a process exists who has not proved to belong to it.
"""

from __future__ import annotations

import time

from starlette.requests import Request

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.admission import unknown_log
from detente.depositary.host import Depositary
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer, may_read_log
from detente.signing.reader_token import check_reader_token, key_named, process_named
from detente.state.records import State
from detente.views.addresses import PUBLIC
from detente.web.signing_in import COOKIE, Sessions

LONGEST_NUMBER = 15
"""Digits: more acts than any record will hold."""


def host(request: Request) -> Depositary:
    depositary: Depositary = request.app.state.depositary
    return depositary


def origin_of(request: Request) -> str:
    return f"detente/{request.path_params['process']}"


def is_demonstration(request: Request) -> bool:
    demonstration: bool = request.app.state.demonstration
    return demonstration


def people_to_look_as(state: State, *, demonstration: bool) -> tuple[str, ...]:
    """Those as whom a demonstration can be looked at, in the order admitted; nobody outside one."""
    if not demonstration or state.process is None:
        return ()
    keeper = state.process.keeper
    return tuple(p.id for p in sorted(state.people.values(), key=lambda p: p.index) if p.id != keeper)


def viewer_of(request: Request, origin: str) -> Viewer:
    """Who looks at this process, be it there or not. Raises `Refused` with codes `token.*`."""
    state = state_of(request, origin)
    chosen = request.query_params.get("as")
    if chosen and state is not None and is_demonstration(request):
        if chosen in people_to_look_as(state, demonstration=True):
            return Viewer(chosen)
        if chosen == PUBLIC:
            return Viewer(None)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "detente":
        found = bearer_of(token.strip(), state, origin)
        require_no_passkey(request, origin, key_named(token.strip()))
        return found
    return _signed_in(request, state, origin)


def _signed_in(request: Request, state: State | None, origin: str) -> Viewer:
    """Whose session it is; the public's where there is none, its key is no longer in force, or its person left."""
    sessions: Sessions = request.app.state.sessions
    session = sessions.of(request.cookies.get(COOKIE, ""), origin)
    key = state.keys.get(session.key) if state is not None and session is not None else None
    if state is None or key is None or key.revoked is not None or state.people[key.person].left is not None:
        return Viewer(None)
    return Viewer(key.person)


def require_no_passkey(request: Request, origin: str, key: str) -> None:
    """Raises `Refused` with code `token.second_factor` where the key opens nothing without its passkey."""
    if host(request).store.factor(origin, key) is not None:
        raise refuse("token.second_factor", "This key asks for a passkey too: a token alone opens nothing.",
                     instead="Sign in with both, in the browser that holds the key.")  # fmt: skip


def state_of(request: Request, origin: str) -> State | None:
    """The state of a process at this request, or None where the host keeps none of that name.

    It is asked for once: who looks, and whether they may, is weighed on one and the same state.
    """
    found: dict[str, State | None] = request.scope.setdefault("detente.states", {})
    if origin not in found:
        try:
            found[origin] = host(request).main(origin).state()
        except Refused:
            found[origin] = None
    return found[origin]


def own_origin(request: Request) -> str:
    """The one process that a session or a token says it is for, unchecked; "" where there is neither."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "detente":
        return process_named(token.strip())
    sessions: Sessions = request.app.state.sessions
    return sessions.origin_of(request.cookies.get(COOKIE, ""))


def bearer_of(token: str, state: State | None, origin: str) -> Viewer:
    """Whose token it is. Raises `Refused` as `answering` does."""
    return answering(token, state, origin)[0]


def answering(token: str, state: State | None, origin: str) -> tuple[Viewer, str]:
    """Whose token it is, and the challenge that it answers, "" for none.

    What an outsider sends is answered the same whether the process is there or not.
    """
    try:
        kid = key_named(token)
    except Refused as refused:
        raise refuse("token.malformed", f"The token cannot be read: {refused.refusals[0].sentence}",
                     instead="Sign a reader's token with an enrolled key.") from refused  # fmt: skip
    key = state.keys.get(kid) if state is not None else None
    if key is None or key.revoked is not None:
        raise _not_in_force()
    try:
        challenge = check_reader_token(token, decode_base64url(key.public), origin, int(time.time()))
    except Refused as refused:
        if refused.refusals[0].code.startswith("token."):
            raise  # the signature holds: it is a member who is told what is wrong
        raise _not_in_force() from refused
    return Viewer(key.person), challenge


def _not_in_force() -> Refused:
    return refuse("token.key", "The token is not signed by a key that is in force for this address.",
                  instead="Sign with a key that the process has enrolled.")  # fmt: skip


def reader_of(request: Request) -> Viewer:
    """Who looks, if the record of the address is open to them.

    Raises `Refused`: `token.*`, `log.unknown`, or `log.not_yours` for somebody who has left it.
    """
    origin = origin_of(request)
    viewer, state = viewer_of(request, origin), state_of(request, origin)
    if state is None or (viewer.person is None and not may_read_log(state, viewer)):
        raise unknown_log(origin)
    if not may_read_log(state, viewer):
        Record(host(request), origin, viewer)  # refuses, and says how to be admitted again
    return viewer


def record_of(request: Request) -> Record:
    """The record of the address, as its reader may see it, at the moment asked for (`at=N`).

    Raises `Refused` as `reader_of` does, and `log.at` or `http.parameter`.
    """
    viewer = reader_of(request)
    return _opened(request, viewer, number_asked(request, "at"))


def present_record_of(request: Request) -> Record:
    """The record of the address as it now stands: nobody acts in the past. Raises `Refused` as `reader_of` does."""
    return _opened(request, reader_of(request), None)


def _opened(request: Request, viewer: Viewer, at: int | None) -> Record:
    record = Record(host(request), origin_of(request), viewer, at)
    request.state.record = record  # the answer says of what size it was made, and for whom
    return record


def record_opened(request: Request) -> Record | None:
    """The record that an answer to this request is made from, where one was opened."""
    return getattr(request.state, "record", None)


def number_asked(request: Request, name: str) -> int | None:
    """A number in the query, None where it is absent. Raises `Refused` with code `http.parameter`."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise refuse("http.parameter", f"“{text[:20]}” is not a number of an act or edition.",
                     instead="Choose one from the page before.")  # fmt: skip
    return int(text)


def act_number(request: Request) -> int:
    """The number of an act in the address, from 1. Raises `Refused` with code `log.at`."""
    text: str = request.path_params["number"]
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text)):
        raise no_such_act()
    return int(text)


def no_such_act() -> Refused:
    return refuse("log.at", "There is no such act in this record, or it is not for you to read.",
                  instead="Start from the timeline.")  # fmt: skip
