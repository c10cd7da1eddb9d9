"""Readers' tokens (docs/specs/reader-token.md): sound ones, and single faults."""

from __future__ import annotations

from act_parts import AUTHOR, STRANGER
from log_parts import ORIGIN, TIME, Vector, Vectors

from detente.codec.base64url import encode_base64url
from detente.signing.compact import sign_compact
from detente.signing.reader_token import READ_TYPE, make_reader_token

CLAIMS = {"exp": TIME + 300, "iat": TIME, "proc": ORIGIN}


def _token(typ: str = READ_TYPE, **changes: object) -> str:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    return sign_compact(AUTHOR, typ, claims).decode()


def _vector(about: str, stage: str, code: str, raw: str | None = None, now: int = TIME + 1) -> Vector:
    return {
        "about": about,
        "raw": _token() if raw is None else raw,
        "public": encode_base64url(AUTHOR.public),
        "process": ORIGIN,
        "now": now,
        "expect": {"stage": stage, "code": code},
    }


def token_vectors() -> Vectors:
    head, claims, signature = _token().split(".")
    other = _token(proc="detente/anotheranotheranotherano")
    return {
        "sound": _vector(
            "Five minutes for one process.", "accepted", "", make_reader_token(AUTHOR, ORIGIN, TIME)
        ),
        "sound_at_its_end": _vector("In its last second.", "accepted", "", now=TIME + 300),
        "sound_clock_behind": _vector("The reader's clock is a minute ahead.", "accepted", "", now=TIME - 60),
        "sound_longest": _vector("Ten minutes, the longest life.", "accepted", "", _token(exp=TIME + 600)),
        "sound_with_a_challenge": _vector(
            "It answers a host's challenge.",
            "accepted",
            "",
            make_reader_token(AUTHOR, ORIGIN, TIME, nonce="-Zq_" * 16),
        ),
        "challenge_empty": _vector("It answers nothing.", "token", "token.malformed", _token(nonce="")),
        "challenge_too_long": _vector(
            "Its challenge has 65 characters.", "token", "token.malformed", _token(nonce="x" * 65)
        ),
        "challenge_of_another_type": _vector(
            "Its challenge is a number.", "token", "token.malformed", _token(nonce=1)
        ),
        "expired": _vector("A second after its end.", "token", "token.expired", now=TIME + 301),
        "not_yet": _vector(
            "It is said to be made more than a minute from now.", "token", "token.expired", now=TIME - 61
        ),
        "too_long": _vector("Ten minutes and a second.", "token", "token.expired", _token(exp=TIME + 601)),
        "another_process": _vector("For another process.", "token", "token.process", other),
        "a_chamber": _vector("For a chamber.", "token", "token.process", _token(proc=f"{ORIGIN}/side-A")),
        "claim_missing": _vector("It has no end.", "token", "token.malformed", _token(exp=None)),
        "claim_unknown": _vector("It asks for more.", "token", "token.malformed", _token(write=True)),
        "claim_of_another_type": _vector(
            "Its end is a text.", "token", "token.malformed", _token(exp=str(TIME + 300))
        ),
        "an_act": _vector(
            "A statement of the type of an act.", "envelope", "envelope.typ", _token("detente-act+sd-jwt")
        ),
        "with_tilde": _vector(
            "It ends as an act does.", "envelope", "base64.not_canonical", f"{head}.{claims}.{signature}~"
        ),
        "signature_of_another_token": _vector(
            "The signature is of another token.",
            "verifier",
            "envelope.signature",
            f"{head}.{claims}.{other.split('.')[2]}",
        ),
        "another_key": _vector(
            "Signed by another key than the reader's.",
            "verifier",
            "envelope.kid",
            make_reader_token(STRANGER, ORIGIN, TIME),
        ),
    }
