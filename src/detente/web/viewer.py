"""Who is looking. In a demonstration, anybody may look as any of its people; otherwise a reader's token says.

A token is a header: `Authorization: Detente <compact JWS>` (see `signing.reader_token`). Without one, one is
the public.
"""

from __future__ import annotations

import time

from starlette.requests import Request

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.depositary.host import Depositary
from detente.procedure.disclosure import Viewer
from detente.signing.reader_token import check_reader_token, key_named
from detente.state.records import State


def people_to_look_as(state: State, *, demonstration: bool) -> tuple[str, ...]:
    """Those as whom a demonstration can be looked at, in the order admitted; nobody outside one."""
    if not demonstration:
        return ()
    keeper = state.convened.keeper
    return tuple(p.id for p in sorted(state.people.values(), key=lambda p: p.index) if p.id != keeper)


def viewer_of(request: Request, depositary: Depositary, origin: str, *, demonstration: bool) -> Viewer:
    """Raises `Refused` with codes `token.*`, or `log.unknown`."""
    state = depositary.main(origin).state()
    chosen = request.query_params.get("as")
    if chosen and chosen in people_to_look_as(state, demonstration=demonstration):
        return Viewer(chosen)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "detente":
        return Viewer(None)
    key = state.keys.get(key_named(token))
    if key is None or key.revoked is not None:
        raise refuse("token.key", "The token is signed by a key that is not in force in this record.",
                     instead="Sign with an enrolled key.")  # fmt: skip
    check_reader_token(token, decode_base64url(key.public), origin, int(time.time()))
    return Viewer(key.person)
