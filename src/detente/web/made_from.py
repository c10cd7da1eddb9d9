"""The state of a text that a file was made from: the one of an edition, or of the open brackets at some act, that the
file with its tracked changes rejected comes nearest to.

A name, a property or a position written into the file would be lost on the way to a capital and back; the words are not.
What was put on the table since is then nobody's change in the file, and is named beside what the file proposes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from detente.acts.bracketing import KINDS
from detente.depositary.reading import Record
from detente.interchange.documents.bracketing import with_brackets
from detente.interchange.documents.document import Document
from detente.interchange.documents.structure import structured
from detente.procedure.disclosure import VisibleAct
from detente.provisions.provision import Provision
from detente.views.building.substance import provisions_of
from detente.web.sent_files import one_at_a_time
from detente.web.texts import Stood, held_in

_TURNING: Final = ("issue", *(kind.name for kind in KINDS), "accept_package", "open_bridge")
"""Kinds of acts that can change what stands in brackets."""
_MOST_TURNS: Final = 300
"""Acts that are looked back on: the latest of all these kinds. What the text was before each is folded again."""
_AT_ONCE: Final = 30
"""States that are folded together: a file is mostly of one of the last."""
_MOST_EDITIONS: Final = 20


class Base(Struct, frozen=True):
    """edition: its number; brackets: whether they were shown; text: as it was written into the file; issued: without
    them; since: the acts that changed on the table what it shows, in order."""

    edition: int
    brackets: bool
    text: tuple[Provision, ...]
    issued: tuple[Provision, ...]
    since: tuple[VisibleAct, ...] = ()


def made_from(document: Document, record: Record, stood: Stood) -> Base:
    """The nearest state; the latest of several that are as near."""
    read = one_at_a_time(structured, document.rejected(), stood.language)
    before = {p.id: p for p in read.provisions}
    nearest, least = Base(stood.edition.number, False, stood.provisions, stood.provisions), -1
    for base in _bases(record, stood):
        known = {p.id: p for p in base.text}
        apart = sum(known.get(eid) != before.get(eid) for eid in {*known, *before})
        if least < 0 or apart < least:
            nearest, least = base, apart
        if apart == 0:
            break
    return nearest


def _bases(record: Record, stood: Stood) -> Iterator[Base]:
    """The latest first: the text with its brackets, then without them; then as they stood before each act."""
    turns, seen = _turns(record, stood), set[int]()
    for back, then in enumerate(_stood_before(record, stood, turns)):
        since = turns[len(turns) - back :]
        if held := held_in(then):
            text = with_brackets(then.provisions, held)
            yield Base(then.edition.number, True, text, then.provisions, since)
        if then.edition.number not in seen and then.provisions and len(seen) < _MOST_EDITIONS:
            seen.add(then.edition.number)
            yield Base(then.edition.number, False, then.provisions, then.provisions)


def _turns(record: Record, stood: Stood) -> tuple[VisibleAct, ...]:
    """The acts that may have changed what stands in brackets in this text, in order."""
    found = (act for kind in _TURNING for act in record.find(_MOST_TURNS, kind=kind))
    latest = sorted(found, key=lambda act: act.index)[-_MOST_TURNS:]
    irregular = {one.leaf for one in stood.sight.state.irregular}
    own = (
        a for a in latest if getattr(a.act.clear, "instrument", stood.instrument.id) == stood.instrument.id
    )
    return tuple(a for a in own if a.act.leaf not in irregular)


def _stood_before(record: Record, stood: Stood, turns: Sequence[VisibleAct]) -> Iterator[Stood]:
    """The text now, and before each act from the last one back, as its reader may read it now; not before it had an
    edition."""
    yield stood
    for end in range(len(turns), 0, -_AT_ONCE):
        states = record.states_at([turn.index for turn in turns[max(0, end - _AT_ONCE) : end]])
        for then in reversed(states):
            instrument = then.state.instruments.get(stood.instrument.id)
            if instrument is None or instrument.edition is None:
                return
            provisions = provisions_of(stood.sight, instrument.edition)
            yield replace(stood, instrument=instrument, edition=instrument.edition, provisions=provisions)
