"""The provisions for which a side can propose words: those of the text, those that somebody has proposed beside them, and
after the last of each article, paragraph or list a new one."""

from __future__ import annotations

from collections.abc import Iterator

from detente.provisions.eid import next_of, parent_of
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets
from detente.state.instrument import Instrument
from detente.views.building.sight import Sight
from detente.wording.language import gettext as _


def proposable(sight: Sight, instrument: Instrument | None) -> Iterator[tuple[str, str]]:
    """As choices of a form: the number that an act is written with, and what is read of it."""
    if instrument is None or instrument.edition is None:
        return
    there = instrument.edition.provisions
    proposed = tuple(b.provision for b in open_brackets(instrument) if b.provision not in there)
    for eid in (*there, *proposed):
        yield number_of(eid), sight.names.provision(eid)
    for eid in _new((*there, *proposed)):
        yield number_of(eid), _("{provision}, which would be new", provision=sight.names.provision(eid))


def _new(there: tuple[str, ...]) -> Iterator[str]:
    last: dict[tuple[str | None, str], str] = {}
    for eid in there:
        kind = eid.rpartition("__")[2].partition("_")[0]
        last[parent_of(eid), kind] = eid
    for eid in last.values():
        following = next_of(eid)
        if following is not None and following not in there:
            yield following
