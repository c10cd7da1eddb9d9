"""Sharing: give the key of an exhibit to colleagues who came after it was presented.

The files of an exhibit are sealed to one key, made for them, and that key stands in a key box for the keys that the act
names (docs/specs/sealed-file.md). Sharing adds a box and touches no file. Rules: whoever was given the key shares it with
people of the groups that were given it; only whoever presented the exhibit shares it with others. What was given cannot
be taken back, and somebody who has left can still open what they were given.
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.acts.act import ANYONE, Act, Clear, Kind, refusals
from detente.acts.forgetting import is_forgotten
from detente.acts.sealing import KeyBox, group_of, keys_to_read_with
from detente.codec.identifier import KeyId, Leaf, Side
from detente.codec.refusal import Refusal
from detente.state.records import State
from detente.state.undertakings import Exhibit


class ShareExhibit(Clear, frozen=True, kw_only=True, tag="share_exhibit"):
    """exhibit: leaf of the act that presents it. keys, recovery: whom the box is for."""

    exhibit: Leaf
    keys: tuple[KeyId, ...] = ()
    recovery: tuple[Side, ...] = ()


def holds(state: State, exhibit: Exhibit, person: str) -> bool:
    """Whether somebody was given the key of an exhibit, or their group's recovery key was."""
    own = {key_id for key_id, key in state.keys.items() if key.person == person}
    return bool(own & exhibit.boxed) or group_of(state, person) in exhibit.boxed


def _circle_of(state: State, person: str) -> str:
    """The group of which somebody is a colleague; who has none is their own."""
    return group_of(state, person) or person


def _circles(state: State, exhibit: Exhibit) -> set[str]:
    """The groups, or people without one, that were given the key."""
    holders = (state.keys[name].person for name in exhibit.boxed if name in state.keys)
    groups = {name for name in exhibit.boxed if name not in state.keys}
    return groups | {_circle_of(state, person) for person in holders}


def lacking(state: State, exhibit: Exhibit) -> tuple[str, ...]:
    """The keys of colleagues of those who were given the key of an exhibit, and the recovery keys of their groups, that
    were not given it."""
    if not exhibit.boxed or is_forgotten(state, exhibit.leaf):
        return ()
    circles = _circles(state, exhibit)
    keys = (
        key_id for key_id, key in keys_to_read_with(state).items() if _circle_of(state, key.person) in circles
    )
    return tuple(
        name for name in (*keys, *sorted(circles & set(state.recovery))) if name not in exhibit.boxed
    )


def left_with(state: State, exhibit: Exhibit) -> tuple[str, ...]:
    """People who were given the key and have left since."""
    people = {state.keys[name].person for name in exhibit.boxed if name in state.keys}
    return tuple(sorted(person for person in people if state.people[person].left is not None))


def examine_share(state: State, act: Act[ShareExhibit]) -> tuple[Refusal, ...]:
    clear, exhibit = act.clear, state.exhibits.get(act.clear.exhibit)
    if exhibit is None or is_forgotten(state, exhibit.leaf):
        return (Refusal("sharing.unknown", "The record holds no such exhibit, or it was erased.",
                        instead="Name the act that presents it."),)  # fmt: skip
    reading, circles = keys_to_read_with(state), _circles(state, exhibit)
    strangers = [
        k for k in clear.keys if k in reading and _circle_of(state, reading[k].person) not in circles
    ]
    outside = strangers or set(clear.recovery) - circles
    return refusals(
        Refusal("sharing.not_yours", "You were not given the key of this exhibit.",
                instead="Ask somebody of your delegation who was, or whoever presented it.")
        if not holds(state, exhibit, act.author) and exhibit.by != act.author
        else None,
        Refusal("sealing.members", "The box is addressed to a key that is not in force, or is none to read with.",
                instead="Address it to keys of people who take part now.")
        if not set(reading).issuperset(clear.keys)
        else None,
        Refusal("sealing.recovery", "The box is addressed to the recovery key of a group that has named none.",
                instead="Name groups that keep a recovery key.")
        if not set(state.recovery).issuperset(clear.recovery)
        else None,
        Refusal("sharing.others", "It was not presented to the delegation of somebody for whom the box is.",
                instead="Whoever presented it can share it with others.")
        if outside and exhibit.by != act.author
        else None,
        Refusal("sealing.nobody", "The box is addressed to nobody.", instead="Name whom it is for.")
        if not clear.keys and not clear.recovery
        else None,
    )  # fmt: skip


def evolve_share(state: State, act: Act[ShareExhibit]) -> State:
    exhibit = state.exhibits[act.clear.exhibit]
    given = exhibit.boxed.union(act.clear.keys, act.clear.recovery)
    holders = {group_of(state, state.keys[key_id].person) for key_id in act.clear.keys}
    to = {*exhibit.to, *act.clear.recovery, *holders} - {None, group_of(state, exhibit.by)}
    shared = replace(
        exhibit, boxed=given, shared=(*exhibit.shared, state.size), to=tuple(sorted(filter(None, to)))
    )
    return replace(state, exhibits=state.exhibits.set(exhibit.leaf, shared))


KINDS = (
    Kind(ShareExhibit, KeyBox, ANYONE, examine_share, evolve_share,
         "{author} shares the key of the exhibit {exhibit}",
         "Those named can open its files from here on; it cannot be taken back."),
)  # fmt: skip
