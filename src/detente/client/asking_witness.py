"""Asking a witness over HTTP for its cosignature (C2SP tlog-witness, add-checkpoint), for a host that is its client.

What a witness answers is bytes to be checked: the lines are believed by nobody before the keeper has verified them.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, build_opener

from msgspec import Struct

from detente.client.remote_host import NoRedirects
from detente.codec.refusal import Refused, refuse
from detente.tlog.add_checkpoint import SIZE_TYPE, AddCheckpoint, format_request
from detente.tlog.line import parse_decimal
from detente.tlog.signed_note import VerifierKey

PATIENCE: Final = 10
"""Seconds without a byte after which a witness is taken not to answer."""
LARGEST: Final = 65_536
"""Bytes of an answer."""


class AskedWitness(Struct, frozen=True):
    """key: as convening acts name it; url: its submission prefix."""

    key: VerifierKey
    url: str


class OtherSize(Struct, frozen=True):
    """The witness's last checkpoint of that log is of `size`: the proof has to start there."""

    size: int


def add_checkpoint(witness: AskedWitness, request: AddCheckpoint) -> bytes | OtherSize:
    """The signature lines of a witness that signed.

    Raises `Refused`: `witness.unreachable`, `witness.refused`, or `witness.other_history` where it says that the proof
    does not hold.
    """
    posted = Request(f"{witness.url.rstrip('/')}/add-checkpoint", format_request(request),
                     {"content-type": "application/octet-stream"})  # fmt: skip
    try:
        return _answer(witness, posted)
    except (HTTPException, OSError, ValueError) as error:
        raise refuse("witness.unreachable", f"The witness {witness.key.name} cannot be reached.",
                     instead="It is asked again later; acts are taken all the same.") from error  # fmt: skip


def _answer(witness: AskedWitness, posted: Request) -> bytes | OtherSize:
    """As `add_checkpoint`. The line may break amid any answer, one that refuses too."""
    try:
        with build_opener(NoRedirects).open(posted, timeout=PATIENCE) as answer:
            lines: bytes = answer.read(LARGEST)
            return lines
    except HTTPError as error:
        with error:
            return _other(witness, error, error.read(LARGEST))


def _other(witness: AskedWitness, error: HTTPError, body: bytes) -> OtherSize:
    media_type = error.headers.get("content-type", "").partition(";")[0].strip()
    size = (
        parse_decimal(body.decode("ascii", "replace").removesuffix("\n")) if media_type == SIZE_TYPE else None
    )
    if error.code == 422:
        raise other_history(witness)
    if error.code != 409 or size is None:
        raise refuse("witness.refused", f"The witness {witness.key.name} refused, with status {error.code}.",
                     "C2SP tlog-witness", "Ask those who run it whether its policy names this process.")  # fmt: skip
    return OtherSize(size)


def other_history(witness: AskedWitness) -> Refused:
    return refuse("witness.other_history",
                  f"The witness {witness.key.name} has cosigned another history of this log than this host holds.",
                  "C2SP tlog-witness",
                  "Stop the host, and restore its newest backup: acts were lost, or two records run under one key.",
                  )  # fmt: skip
