"""The page on which somebody makes, sees and revokes the addresses with which they follow the talks elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Moment, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeAddress:
    """A pair of addresses made just now: they are shown once, because the host keeps only their hash."""

    atom: Annotated[str, "the whole address of the feed of acts"]
    calendar: Annotated[str, "the whole address of the calendar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAddress:
    """A pair that opens the feed and the calendar until it is revoked."""

    ends: Annotated[str, "the last characters of its secret part, to know it by"]
    made: Annotated[Moment, "when it was made"]
    revoke: Annotated[str, "address that revokes it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingPage:
    shell: Annotated[Shell, "around the page"]
    lead: Annotated[Prose, "what an address opens; for whom this page is not: why"]
    process: Annotated[str, "origin of the record"]
    who: Annotated[str, "the person looking; empty for nobody signed in"]
    made: Annotated[MadeAddress | None, "the pair made just now, or none"]
    addresses: Annotated[tuple[KeptAddress, ...], "one's own, in the order made"]
    empty: Annotated[str, "with none: why, and what would make one"]
    make: Annotated[str, "address that makes a pair; empty where none can be made"]
    full: Annotated[str, "why no further one can be made; or empty"] = ""
