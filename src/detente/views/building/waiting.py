"""Keys that wait to be enrolled, as those who may enrol them see them; and who has no key, or only one."""

from __future__ import annotations

from detente.acts.act import MEDIATION
from detente.acts.key_authority import may_enrol
from detente.codec.base64url import decode_base64url
from detente.keys.thumbprint import fingerprint_words, thumbprint
from detente.procedure.disclosure import VisibleRecord
from detente.views.building.sight import Sight
from detente.views.signing import Invited, WaitingKey

Brought = tuple[tuple[str, str, str, str], ...]
"""(person, public key, proof of possession, key to read with or "") of each key that was handed in, base64url."""


def keys_to_enrol(record: VisibleRecord, *, waiting: Brought = ()) -> tuple[WaitingKey, ...]:
    """For a page that asks again whether one has come."""
    return waiting_keys(Sight(record, ()), waiting)


def waiting_keys(sight: Sight, waiting: Brought) -> tuple[WaitingKey, ...]:
    """The keys that the viewer may enrol: a mediator anybody's first one, a principal one in the place of a delegate's
    lost one, everybody their own further ones."""
    found = []
    for person, public, possession, sealing in waiting:
        key = decode_base64url(public)
        if thumbprint(key) in sight.state.keys or not _may_enrol(sight, person):
            continue
        fields = {"person": person, "public": public, "possession": possession, "sealing": sealing}
        href = sight.place.page("sign", kind="enrol", **fields).address
        words = " ".join(fingerprint_words(key))
        found.append(WaitingKey(who=sight.names.person(person), words=words, href=href))
    return tuple(found)


def _may_enrol(sight: Sight, person: str) -> bool:
    viewer, owner = sight.state.people.get(sight.viewer or ""), sight.state.people.get(person)
    if viewer is None or viewer.left is not None or owner is None:
        return False
    return may_enrol(sight.state, viewer, owner, None)


def people_to_invite(sight: Sight) -> tuple[Invited, ...]:
    """People who have been admitted and hold no working key: for a mediator to invite."""
    person = sight.state.people.get(sight.viewer or "")
    if person is None or person.left is not None or person.role not in MEDIATION:
        return ()
    return tuple(
        Invited(person=p.id, who=sight.names.person(p.id))
        for p in sight.names.people
        if not working_keys(sight, p.id)
    )


def working_keys(sight: Sight, person: str | None) -> tuple[str, ...]:
    """The ids of somebody's keys in force, the oldest first."""
    own = (
        (key.enrolled, key_id)
        for key_id, key in sight.state.keys.items()
        if key.person == person and key.revoked is None
    )
    return tuple(key_id for _enrolled, key_id in sorted(own))
