"""Whose feed a file is, by the names of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.codec.refusal import refuse
from detente.interchange.incidents import acled, ucdp
from detente.interchange.incidents.incident import Feed
from detente.interchange.incidents.mapping import OWN, shipped


def names_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The names in a line of them: in small letters, underscores between words, the second of a name numbered.

    >>> names_of(["Event Date", "med.begins", "med", "source", "Source"])
    ('event_date', 'med.begins', 'med', 'source', 'source.2')
    """
    times = Counter[str]()
    names = []
    for name in (cell.strip().casefold().replace(" ", "_") for cell in cells):
        times[name] += 1
        names.append(f"{name}.{times[name]}" if times[name] > 1 else name)
    return tuple(names)


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
