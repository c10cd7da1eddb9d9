"""An invitation (docs/specs/invitation.md): who may bring a key for whom. Signed by a mediator, or by the person for
a further browser.

A compact JWS of type `detente-invitation+jwt`, good for one process, one person and some days:
`{"exp": <Unix seconds>, "iat": <Unix seconds>, "person": <id>, "proc": <origin>}`. It enrols nothing: the key that comes
with it waits until somebody who may enrol it has compared its fingerprint words and signs.
"""

from __future__ import annotations

from typing import Final

import msgspec

from detente.codec.refusal import refuse
from detente.keys.generate import SigningKey
from detente.signing.compact import parse_compact, sign_compact
from detente.signing.verifier import verify_statement

INVITATION_TYPE: Final = "detente-invitation+jwt"
LONGEST_LIFE: Final = 14 * 86_400
"""Seconds."""


class _Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    exp: int
    iat: int
    person: str
    proc: str


def make_invitation(key: SigningKey, process: str, person: str, now: int, life: int = 7 * 86_400) -> str:
    """now: Unix seconds; life: seconds, at most `LONGEST_LIFE`."""
    claims = {"exp": now + life, "iat": now, "person": person, "proc": process}
    return sign_compact(key, INVITATION_TYPE, claims).decode()


def inviter_named(invitation: str) -> str:
    """The key id that an invitation says signed it; nothing is verified. Raises `Refused`."""
    return parse_compact(invitation.encode("utf-8", "replace"), INVITATION_TYPE).kid


def open_invitation(invitation: str, public: bytes, process: str, now: int) -> str:
    """The person invited. Raises `Refused`: `invitation.malformed`, `.process`, `.expired`, or the verifier's."""
    raw = invitation.encode("utf-8", "replace")
    statement = verify_statement(parse_compact(raw, INVITATION_TYPE), public)
    try:
        claims = msgspec.json.decode(statement.payload, type=_Claims)
    except msgspec.ValidationError as error:
        raise refuse(
            "invitation.malformed", "The claims are not those of an invitation.", instead="Ask for a new one."
        ) from error
    if claims.proc != process:
        raise refuse(
            "invitation.process",
            "The invitation is to another process.",
            instead="Open the link that you were sent, whole.",
        )
    if not claims.iat - 60 <= now <= claims.exp or claims.exp - claims.iat > LONGEST_LIFE:
        raise refuse("invitation.expired", "The invitation is no longer valid.", instead="Ask for a new one.")
    return claims.person
