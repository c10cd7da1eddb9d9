"""A passkey beside a key (docs/adr/0052-security.md): whoever has taken the key alone signs nobody in, reads nothing by
it, and sends no act with it here. Its holder sets it and ends it, each time with the key and the passkey.

It belongs to the key and ends with it: who has lost the authenticator has lost that key, and goes on as whoever has lost
one does. It is the host that asks; a verifier of a record knows nothing of it.
"""

from __future__ import annotations

import time
from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.signing.assertion import Assertion, check_assertion, read_passkey
from detente.signing.reader_token import key_named
from detente.store.port import SecondFactor
from detente.web.entering import body_of
from detente.web.following import stored
from detente.web.passkeys import CREDENTIAL_BYTES
from detente.web.sessions import let_in, signing_in
from detente.web.signing_in import Sessions
from detente.web.viewer import host, origin_of


class _Set(msgspec.Struct, forbid_unknown_fields=True):
    """What a browser hands over to set a passkey. token: a reader's token that answers a challenge of this host, as for
    signing in; assertion: that the passkey was used for the same challenge; credential, public: base64url."""

    token: str
    credential: str
    public: str
    assertion: Assertion


class _End(msgspec.Struct, forbid_unknown_fields=True):
    token: str
    assertion: Assertion


async def set_passkey(request: Request) -> Response:
    """From now on this key signs its holder in with the passkey only. Sessions that it opened before end.

    Raises `Refused`: `envelope.size`, `passkey.*`, `token.*`, `participation.left`, `host.busy`.
    """
    try:
        sent = msgspec.json.decode(await body_of(request), type=_Set)
        credential, public = decode_base64url(sent.credential), decode_base64url(sent.public)
    except (msgspec.MsgspecError, UnicodeDecodeError, Refused) as error:
        raise _malformed() from error
    if len(credential) not in CREDENTIAL_BYTES:
        raise _malformed()
    return await run_in_threadpool(_keep, request, sent, public)


def _keep(request: Request, sent: _Set, public: bytes) -> Response:
    origin, site = origin_of(request), request.url.hostname or ""
    person, challenge = signing_in(request, sent.token, origin)
    key, store = key_named(sent.token), host(request).store
    check_assertion(sent.assertion, read_passkey(public), site, challenge)
    factor = SecondFactor(origin, key, sent.credential, public, site, int(time.time()))
    if store.factor(origin, key) is None:
        stored(lambda: store.keep_factor(factor))
    kept = store.factor(origin, key)
    if kept is None or msgspec.structs.replace(kept, made=factor.made) != factor:
        raise refuse("passkey.taken", "This key asks for a passkey already.",
                     instead="End that first, with the passkey that was set.")  # fmt: skip
    sessions: Sessions = request.app.state.sessions
    sessions.close_all(origin, person)
    return let_in(request, origin, person, key)


async def end(request: Request) -> Response:
    """The key signs in alone again. Raises `Refused`: `envelope.size`, `passkey.malformed`, `token.*`, `host.busy`."""
    try:
        sent = msgspec.json.decode(await body_of(request), type=_End)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _malformed() from error
    await run_in_threadpool(_drop, request, sent)
    return Response(status_code=204)


def _drop(request: Request, sent: _End) -> None:
    origin = origin_of(request)
    _person, challenge = signing_in(request, sent.token, origin)
    key, store = key_named(sent.token), host(request).store
    factor = store.factor(origin, key)
    if factor is not None:
        check_assertion(sent.assertion, read_passkey(factor.public), factor.site, challenge)
        stored(lambda: store.drop_factor(origin, key))


def _malformed() -> Refused:
    return refuse("passkey.malformed", "A token, a passkey’s id and key, and its answer are expected, as JSON.",
                  "docs/adr/0052-security.md", "Set it on the page of your keys.")  # fmt: skip


ROUTES: Final = [
    Route("/processes/{process}/second-factor", set_passkey, methods=["POST"]),
    Route("/processes/{process}/second-factor/end", end, methods=["POST"]),
]
