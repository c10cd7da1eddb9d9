"""Instants: UTC, ISO 8601, whole seconds, one spelling: `2025-10-28T02:30:00Z`.

The fixed width makes text order the order of time, so state compares instants as text.

    >>> instant_from_unix(1761618600)
    '2025-10-28T02:30:00Z'
    >>> unix_from_instant('2025-10-28T02:30:00Z')
    1761618600
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

import msgspec

from detente.codec.refusal import refuse

INSTANT_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$(?!\n)"  # no line end after it
Instant = Annotated[str, msgspec.Meta(pattern=INSTANT_PATTERN, description="UTC, ISO 8601, whole seconds")]

LATEST_SECOND = 253_402_300_799
"""Unix seconds of the last instant that has a spelling: 9999-12-31T23:59:59Z."""

_SPELLING = re.compile(INSTANT_PATTERN)
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def instant_from_unix(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime(_FORM)


# Kept, since an act's instants are asked for again by its examination and by the acts that follow.
@lru_cache(maxsize=4096)
def unix_from_instant(instant: str) -> int:
    """Raises `Refused` with code `instant.malformed` where no such instant exists (30 February)."""
    try:
        # `fromisoformat` reads other spellings too, and ours is the one of this length and letters.
        parsed = datetime.fromisoformat(instant) if _SPELLING.fullmatch(instant) else None
    except ValueError:
        parsed = None
    if parsed is None or parsed.year < 1000:  # which would come out again with fewer digits
        raise refuse(
            "instant.malformed",
            f"“{instant}” is not an instant.",
            "ISO 8601",
            "Write it in UTC, to the second: 2025-10-28T02:30:00Z.",
        )
    return int(parsed.timestamp())
