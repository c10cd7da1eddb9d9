"""Evidence and undertakings: every chain, every gap with whose turn it is, and the exhibits by addressee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from detente.procedure.chains import Chain, chains, labels
from detente.procedure.disclosure import VisibleRecord
from detente.state.records import in_order
from detente.views.building.around import drawn_around
from detente.views.building.chain_cells import PLACES, Cells
from detente.views.building.exhibits import exhibit_row, group_marks
from detente.views.building.sight import Sight
from detente.views.building.verifiable import first_lacking
from detente.views.marks import Link
from detente.views.undertakings import ChainColumn, UndertakingsPage
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

MOST: Final = 100
"""Chains, and exhibits, on one page: the latest."""
_EMPTY: Final = N_(
    "The record holds no exhibit, no demand and no assurance. That shows what was entered here, not what was said. "
    "Next: anybody at the table presents an exhibit, or a side puts a demand to another."
)
_LEAD: Final = N_(
    "A line stops where an act is missing. Each entry is its author’s claim; nothing here says that it is true."
)


def undertakings_page(
    record: VisibleRecord, *, before: int = 0, viewers: tuple[str, ...] = ()
) -> UndertakingsPage:
    """before: how many chains of a long record to end with, counted from its first; 0 for the latest."""
    sight = Sight(record, viewers, "undertakings", {"before": str(before or "")})
    called, found = labels(sight.state), chains(sight.state)
    end = before if 0 < before < len(found) else len(found)
    start = max(0, end - MOST)
    cells = Cells(sight, called)
    shown = {chain.exhibit.leaf for chain in found[start:end] if chain.exhibit}
    exhibits = [e for e in in_order(sight.state.exhibits.values()) if e.leaf in shown]
    return UndertakingsPage(
        gaps=gap_words(found),
        lead=_(_LEAD),
        columns=tuple(ChainColumn(name=_(name), note=_(note)) for name, note in PLACES.values()),
        chains=tuple(cells.of(chain) for chain in found[start:end]),
        empty="" if found else _(_EMPTY),
        earlier=_earlier(sight, start) if start else None,
        groups=group_marks(sight),
        exhibits=tuple(exhibit_row(sight, cells, exhibit) for exhibit in exhibits),
        checked=first_lacking(sight),
        exhibits_count=ngettext("{count} exhibit", "{count} exhibits", len(exhibits)),
        shell=drawn_around(sight, _("Evidence and undertakings")),
    )


def gap_words(found: Sequence[Chain]) -> str:
    """“4 gaps in 5 chains”; empty without any chain."""
    if not found:
        return ""
    gaps = sum(len(chain.gaps) for chain in found)
    count = ngettext("{count} gap", "{count} gaps", gaps)
    return ngettext("{gaps} in {count} chain", "{gaps} in {count} chains", len(found), gaps=count)


def _earlier(sight: Sight, start: int) -> Link:
    count = ngettext("{count} earlier chain", "{count} earlier chains", start)
    return Link(text=count, href=sight.place.asking(before=str(start)).address)
