"""Presenting an exhibit in a browser: to whom its files can be sealed, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.acts.sealing import group_of, keys_to_read_with
from detente.codec.canonical_json import encode_canonical
from detente.procedure.disclosure import VisibleRecord
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight
from detente.views.building.signing import possible_readers
from detente.views.presenting import Opener, PresentPage
from detente.wording.counting import listed
from detente.wording.language import gettext as _


def present_page(record: VisibleRecord, *, largest: int, viewers: tuple[str, ...] = ()) -> PresentPage:
    """largest: bytes of a sealed file that the host keeps; 0 where it keeps none."""
    sight = Sight(record, viewers, "present")
    person = sight.state.people.get(sight.viewer or "")
    return PresentPage(
        process=sight.state.convened.origin,
        who=sight.names.person(person.id) if person else "",
        own=_keys(sight, lambda holder: holder == sight.viewer),
        openers=tuple(_openers(sight)) if person else (),
        largest=largest,
        sign=sight.place.page("sign").address,
        shell=drawn_around(sight, _("Present an exhibit")),
    )


def _openers(sight: Sight) -> Iterator[Opener]:
    """Those whom a form lets its author name to read the words."""
    own = group_of(sight.state, sight.viewer or "")
    for value, text in possible_readers(sight):
        yield _opener(sight, value, text, chosen=value in (own, sight.viewer))


def _opener(sight: Sight, value: str, text: str, *, chosen: bool) -> Opener:
    def belongs(person: str) -> bool:
        return value in (person, group_of(sight.state, person))

    holders = {key.person for key in keys_to_read_with(sight.state).values()}
    people = [person.id for person in sight.names.people if belongs(person.id) and person.left is None]
    lacking = [sight.names.person(person) for person in people if person not in holders]
    recovery = sight.state.recovery.get(value)
    return Opener(
        value=value,
        text=text,
        keys=_keys(sight, lambda holder: holder in people),
        recovery=recovery.public if recovery else "",
        lacking=_("No key to read with yet: {people}.", people=listed(lacking)) if lacking else "",
        chosen=chosen,
    )


def _keys(sight: Sight, holds: Callable[[str], bool]) -> str:
    """JSON: the key to read with of each working key of those who hold one, by its id."""
    found = {
        key_id: key.sealing for key_id, key in keys_to_read_with(sight.state).items() if holds(key.person)
    }
    return encode_canonical(found).decode()
