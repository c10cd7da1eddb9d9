"""Sealing: the key of a chamber, whom it has been given to, and the keys that each side keeps on paper.

What is written in a chamber is sealed in its author's browser to the chamber's key of the time, its *epoch key*; the
host keeps the sealed file and cannot open it (docs/specs/sealed-content.md). The epoch key itself is sealed to each
member's key and to the recovery keys, in a *key box*. Rules: an epoch begins with every member of the chamber who has
a key to read with, and with a recovery key on paper, since nobody else could open anything if all keys were lost.
Somebody who joins later is given the keys by a member; when somebody has left, or a key is revoked, the next epoch
begins. What was opened before cannot be recalled, and a key that gets out opens what was sealed before it too.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import MEDIATION, TABLE, Act, Clear, Hidden, Kind, Log, refusals
from detente.acts.subjects import side_of
from detente.codec.identifier import Digest, KeyId, Leaf, Side
from detente.codec.refusal import Refusal, Refused
from detente.sealing.recipient import read_recipient
from detente.state.records import Chamber, Epoch, Key, Recovery, State

MEDIATORS = "M"
"""The group of the mediators and their secretariat; a side's group has its letter."""
Group = Side


class NameRecoveryKey(Clear, frozen=True, kw_only=True, tag="name_recovery_key"):
    """public: X25519, of a key that is printed and kept on paper by the author's side, or by the mediators."""

    public: Digest


class BeginEpoch(Clear, frozen=True, kw_only=True, tag="begin_epoch"):
    """public: X25519, the chamber's new key. keys: the members' keys that it is boxed to. recovery: the groups to whose
    recovery keys it is boxed."""

    public: Digest
    keys: tuple[KeyId, ...]
    recovery: tuple[Group, ...] = ()


class ShareEpochs(Clear, frozen=True, kw_only=True, tag="share_epochs"):
    """epochs: leaves, in this chamber, of the epochs whose keys are in the box. keys, recovery: whom it is for."""

    epochs: tuple[Leaf, ...]
    keys: tuple[KeyId, ...] = ()
    recovery: tuple[Group, ...] = ()


class KeyBox(Hidden, frozen=True, kw_only=True):
    """box: an age file in base64url that holds the epochs' identities, one a line (docs/specs/sealed-content.md)."""

    box: str | None = None


class Sealed(Hidden, frozen=True, kw_only=True):
    """What the hidden fields of a chamber act have in common. sealed: an age file in base64url that holds the
    disclosures of all the others, sealed to `epoch`, a leaf in this chamber."""

    sealed: str | None = None
    epoch: Leaf | None = None


# --- who belongs to a chamber


def groups_of(chamber: str) -> tuple[str, ...]:
    """The groups whose people belong to a chamber.

    >>> groups_of("mediators-A")
    ('M', 'A')
    """
    _head, _dash, side = chamber.partition("-")
    if not side:
        return (MEDIATORS,)
    return (side,) if chamber.startswith("side-") else (MEDIATORS, side)


def group_of(state: State, person: str) -> str | None:
    """The group that a person keeps a recovery key with."""
    return MEDIATORS if state.people[person].role in MEDIATION else side_of(state, person)


def keys_to_read_with(state: State) -> dict[str, Key]:
    """The working keys that have a key to read with, of the people who take part now, by id."""
    return {
        key_id: key
        for key_id, key in sorted(state.keys.items())
        if key.sealing and key.revoked is None and state.people[key.person].left is None
    }


def reading_keys(chamber: Chamber) -> dict[str, Key]:
    """Those of the chamber's members."""
    state, groups = chamber.main, groups_of(chamber.name)
    found = keys_to_read_with(state).items()
    return {key_id: key for key_id, key in found if group_of(state, key.person) in groups}


def unboxed(chamber: Chamber) -> tuple[str, ...]:
    """The members' keys, and groups with a recovery key, that the present epoch's key has not been given to."""
    if not chamber.epochs:
        return ()
    wanted = (*reading_keys(chamber), *_recoverable(chamber))
    return tuple(name for name in wanted if name not in chamber.epochs[-1].boxed)


def outlived(chamber: Chamber) -> tuple[str, ...]:
    """The keys that have the present epoch's key, and should not read on: revoked since, or their holder has left."""
    if not chamber.epochs:
        return ()
    groups, reading = groups_of(chamber.name), reading_keys(chamber)
    return tuple(sorted(k for k in chamber.epochs[-1].boxed if k not in groups and k not in reading))


def _recoverable(chamber: Chamber) -> tuple[str, ...]:
    return tuple(group for group in groups_of(chamber.name) if group in chamber.main.recovery)


# --- recovery keys


def _bad_key(public: str) -> Refusal | None:
    try:
        read_recipient(public)
    except Refused as refused:
        return refused.refusals[0]
    return None


def examine_recovery(state: State, act: Act[NameRecoveryKey]) -> tuple[Refusal, ...]:
    public = act.clear.public
    return refusals(
        _bad_key(public),
        Refusal(
            "sealing.key_used",
            "This key is in use already; a recovery key is used for nothing else.",
            instead="Make another recovery key.",
        )
        if any(public == kept.public for kept in state.recovery.values())
        or any(public == key.sealing for key in state.keys.values())
        else None,
    )


def evolve_recovery(state: State, act: Act[NameRecoveryKey]) -> State:
    group = group_of(state, act.author)
    assert group is not None  # the roles of the kind: mediators, and people of a side
    kept = Recovery(group, act.clear.public, act.leaf, state.size)
    return replace(state, recovery=state.recovery.set(group, kept))


# --- epochs


def _not_members(chamber: Chamber, keys: Iterable[str]) -> Refusal | None:
    reading = reading_keys(chamber)
    if all(key in reading for key in keys):
        return None
    return Refusal(
        "sealing.members",
        "The box is addressed to a key that does not belong to this chamber, or has no key to read with.",
        instead="Address it to the members who belong to the chamber now.",
    )


def _no_recovery(chamber: Chamber, author: str) -> Refusal | None:
    group = group_of(chamber.main, author)
    if group in chamber.main.recovery:
        return None
    return Refusal(
        "sealing.no_recovery",
        "Your side keeps no recovery key on paper: if all keys were lost, nobody could open what is sealed.",
        instead="Make and print a recovery key first.",
    )


def examine_begin(chamber: Chamber, act: Act[BeginEpoch]) -> tuple[Refusal, ...]:
    clear = act.clear
    lacking = set(reading_keys(chamber)) - set(clear.keys)
    return refusals(
        _bad_key(clear.public),
        Refusal(
            "sealing.key_used",
            "This chamber had that key before.",
            instead="Make another key for the chamber.",
        )
        if any(clear.public == epoch.public for epoch in chamber.epochs)
        else None,
        _not_members(chamber, clear.keys),
        Refusal(
            "sealing.left_out",
            "A member of the chamber who can read is left out.",
            instead="Address the box to every member.",
        )
        if lacking
        else None,
        _no_recovery(chamber, act.author),
        Refusal(
            "sealing.recovery",
            "The box is addressed to the recovery key of each group of the chamber that has one, and to no other.",
            instead="Look at the chamber again and make the box anew.",
        )
        if set(clear.recovery) != set(_recoverable(chamber))
        else None,
    )


def evolve_begin(chamber: Chamber, act: Act[BeginEpoch]) -> Chamber:
    clear = act.clear
    epoch = Epoch(act.leaf, chamber.size, act.author, clear.public, frozenset((*clear.keys, *clear.recovery)))
    return replace(chamber, epochs=(*chamber.epochs, epoch))


def examine_share(chamber: Chamber, act: Act[ShareEpochs]) -> tuple[Refusal, ...]:
    clear = act.clear
    known = {epoch.leaf for epoch in chamber.epochs}
    return refusals(
        Refusal(
            "sealing.epoch",
            "The box names a key that this chamber never had.",
            instead="Name keys of this chamber, by the acts that began them.",
        )
        if not clear.epochs or not known.issuperset(clear.epochs)
        else None,
        _not_members(chamber, clear.keys),
        Refusal(
            "sealing.recovery",
            "The box is addressed to the recovery key of a group that has none, or does not belong here.",
            instead="Name groups of this chamber that keep a recovery key.",
        )
        if not set(_recoverable(chamber)).issuperset(clear.recovery)
        else None,
        Refusal("sealing.nobody", "The box is addressed to nobody.", instead="Name whom it is for.")
        if not clear.keys and not clear.recovery
        else None,
    )


def evolve_share(chamber: Chamber, act: Act[ShareEpochs]) -> Chamber:
    given = frozenset((*act.clear.keys, *act.clear.recovery))
    epochs = tuple(
        replace(epoch, boxed=epoch.boxed | given) if epoch.leaf in act.clear.epochs else epoch
        for epoch in chamber.epochs
    )
    return replace(chamber, epochs=epochs)


IN_CHAMBERS = frozenset({Log.SIDE, Log.MEDIATORS, Log.MEDIATORS_AND_SIDE})

KINDS = (
    Kind(NameRecoveryKey, Hidden, TABLE, examine_recovery, evolve_recovery, "{author} names a recovery key {public}",
         "Whoever holds the printed key can open what your side seals from here on."),
    Kind(BeginEpoch, KeyBox, TABLE, examine_begin, evolve_begin, "{author} begins the key {public} for {keys}",
         "What is written in this chamber from here on can be opened by those named, and by the printed recovery keys.",
         where=IN_CHAMBERS),
    Kind(ShareEpochs, KeyBox, TABLE, examine_share, evolve_share, "{author} shares the keys of {epochs}",
         "Those named can open all that was sealed with these keys; it cannot be taken back.",
         where=IN_CHAMBERS),
)  # fmt: skip
