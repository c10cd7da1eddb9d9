"""Of which sides there are preferences, as mediators see it: whose, given by whom, and on which edition; no value."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.act import MEDIATION
from detente.state.instrument import Instrument
from detente.state.records import StatedPreferences
from detente.views.building.sight import Sight
from detente.views.marks import Prose, linked, worded
from detente.views.preferences import GivenOfSide


def given_of_sides(sight: Sight, text: Instrument) -> Iterator[GivenOfSide]:
    """Each side of the text; nothing for those who are no mediators: no side learns whether another has given any."""
    person = sight.state.people.get(sight.viewer or "")
    if person is None or person.role not in MEDIATION:
        return
    given = [
        (visible.chamber.name, one)
        for visible in sight.record.chambers()
        for one in visible.chamber.preferences
        if one.instrument == text.id
    ]
    for side in text.sides:
        of_side = [found for found in given if found[1].side == side]
        yield GivenOfSide(mark=sight.side(side), said=_said(sight, of_side))


def _said(sight: Sight, given: list[tuple[str, StatedPreferences]]) -> Prose:
    """What a side states itself goes before any estimate."""
    own = [found for found in given if not found[1].estimate]
    if not given:
        return worded("nothing yet")
    chamber, last = (own or given)[-1]
    number = last.index + 1
    act = linked(f"#{number}", sight.place.act(number, chamber).address)
    edition = sight.names.edition(last.edition)
    if not own:
        return worded("estimated in {act}, on {edition}", act=act, edition=edition)
    return worded("stated in {act}, on {edition}", act=act, edition=edition)
