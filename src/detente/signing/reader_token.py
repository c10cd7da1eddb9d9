"""A reader's token: how somebody with an enrolled key reads a record over HTTP without a session.

A compact JWS of type `detente-read+jwt`, signed by the reader's own key, good for one process and a few
minutes: `{"exp": <Unix seconds>, "iat": <Unix seconds>, "proc": <origin>}`. It opens nothing but reading. One that
signs in also answers a host's challenge, `"nonce": <the challenge>`.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from detente.codec.refusal import Refused, refuse
from detente.keys.generate import SigningKey
from detente.signing.compact import Statement, parse_compact, sign_compact
from detente.signing.verifier import verify_statement

READ_TYPE: Final = "detente-read+jwt"
LONGEST_LIFE: Final = 600
"""Seconds."""
LONGEST_CHALLENGE: Final = 64
"""Characters."""
_SIGN_ANEW: Final = "Sign a new one, for this process and with its claims alone."


class _Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    exp: int
    iat: int
    proc: str
    nonce: Annotated[str, Meta(min_length=1, max_length=LONGEST_CHALLENGE)] | UnsetType = UNSET


def make_reader_token(key: SigningKey, process: str, now: int, life: int = 300, nonce: str = "") -> str:
    """now: Unix seconds; life: seconds, at most `LONGEST_LIFE`; nonce: the host's challenge, where one signs in."""
    claims: dict[str, int | str] = {"exp": now + life, "iat": now, "proc": process}
    return sign_compact(key, READ_TYPE, claims | ({"nonce": nonce} if nonce else {})).decode()


def _parse(token: str) -> Statement:
    if not token.isascii():
        raise refuse("token.malformed", "The token holds a character that is not ASCII.", instead=_SIGN_ANEW)
    return parse_compact(token.encode(), READ_TYPE)


def key_named(token: str) -> str:
    """The key id that a token says signed it; nothing is verified. Raises `Refused`."""
    return _parse(token).kid


def process_named(token: str) -> str:
    """The process that a token says it is for; nothing is verified, and "" stands for what cannot be read."""
    try:
        return msgspec.json.decode(_parse(token).payload, type=_Claims).proc
    except (Refused, msgspec.ValidationError):
        return ""


def check_reader_token(token: str, public: bytes, process: str, now: int) -> str:
    """The challenge that the token answers, "" for none.

    Raises `Refused` with code `token.malformed`, `token.process`, `token.expired`, or one of the verifier's."""
    statement = verify_statement(_parse(token), public)
    try:
        claims = msgspec.json.decode(statement.payload, type=_Claims)
    except msgspec.ValidationError as error:
        raise refuse(
            "token.malformed", "The token's claims are not those of a reader's token.", instead=_SIGN_ANEW
        ) from error
    if claims.proc != process:
        raise refuse("token.process", "The token is for another process.", instead=_SIGN_ANEW)
    if not claims.iat - 60 <= now <= claims.exp or claims.exp - claims.iat > LONGEST_LIFE:
        raise refuse(
            "token.expired",
            "The token is not valid now.",
            instead="Sign a new one. If that is refused too, the clock of this machine or the host’s is wrong.",
        )
    return "" if claims.nonce is UNSET else claims.nonce
