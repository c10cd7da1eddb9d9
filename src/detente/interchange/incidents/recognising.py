"""Whose feed a file is, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codec.refusal import refuse
from detente.interchange.incidents import acled, ucdp
from detente.interchange.incidents.incident import Feed
from detente.interchange.incidents.mapping import OWN, shipped


def names_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The names in a line of them: in small letters, underscores between words, the second of a name numbered.

    >>> names_of(["Event Date", "source", "Source"])
    ('event_date', 'source', 'source.2')
    """
    found: list[str] = []
    for cell in cells:
        name = cell.strip().casefold().replace(" ", "_")
        again = sum(known.partition(".")[0] == name for known in found)
        found.append(f"{name}.{again + 1}" if again else name)
    return tuple(found)


def recognised(names: Iterable[str]) -> Feed:
    """The feed with these columns. Raises `Refused` with code `incidents.unrecognised`."""
    known = frozenset(names)
    for feed in (ucdp.FEED, acled.FEED, *shipped(), OWN):
        if feed.signs <= known:
            return feed
    said = ", ".join(sorted(known)[:12])
    raise refuse("incidents.unrecognised", f"No feed known here has these columns: {said}.",
                 instead="Write a mapping of its columns (docs/specs/incidents.md), and give it with --mapping.",
                 )  # fmt: skip
