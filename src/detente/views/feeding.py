"""Reading a feed of incidents in the browser: what the host makes of a file, line by line, before anybody signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    code: Annotated[str, "incidents.date: as in docs/specs/incidents.md"]
    count: Annotated[str, "how many remarks of this kind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    line: Annotated[int, "of the row's first line in the file, or the number of its feature"]
    words: Annotated[str, "what is wrong and what was done, in English, as on the command line"]
    kept_out: Annotated[bool, "true where the row is not among those to be reported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRead:
    file: Annotated[str, "its name"]
    headline: Annotated[str, "1,848 rows were read: 1,840 can be reported, 8 are kept out"]
    about: Annotated[str, "whose feed it was recognised as, and the first digits of the batch's SHA-256"]
    counts: Annotated[tuple[Counted, ...], "remarks by kind"]
    remarks: Annotated[tuple[Remarked, ...], "the first of them, rows that are kept out before others"]
    more: Annotated[str, "how many are not shown, and where they are; or empty"]
    sign: Annotated[
        Link | None, "to the act that reports the batch, filled in; none where no row can be reported"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    shell: Annotated[Shell, "around the page"]
    action: Annotated[str, "address that the form is sent to"]
    largest: Annotated[str, "how large a file may be: 32 MB"]
    problem: Annotated[str, "why nothing was read, with what is possible instead; or empty"]
    read: Annotated[FeedRead | None, "what was read; none before"]
