"""Exhibits: present one, whose bytes are sealed files beside the log; describe one that is not presented; its custody.

Rules: what is presented moves nobody and proves nothing by itself; whether it was received, is authentic or shows
anything is for acts of its own. The bytes are sealed by whoever presents them, to the keys that the act names, and the
host keeps files that it cannot open (docs/specs/sealed-file.md). The act commits to the SHA-256 and size of each sealed
file; what is inside, its name, its own SHA-256 and what was taken at its source are hidden. The door takes no exhibit
whose files it was not given. It is presented to the groups of those who hold the keys, and to those to whom its author
says that it was shown in another way; the author's own is left out. An exhibit without files is a description of its
author's: nobody receives it, and a page shows it as claimed.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from detente.acts.act import ANYONE, Act, Clear, Hidden, Kind, accept, refusals
from detente.acts.sealing import MEDIATORS, group_of, keys_to_read_with
from detente.codec.identifier import Digest, KeyId, Leaf, Side
from detente.codec.refusal import Refusal
from detente.state.records import State
from detente.state.undertakings import Exhibit

MOST_FILES: Final = 100


class Present(Clear, frozen=True, kw_only=True, tag="present"):
    """files: (SHA-256, bytes) of each sealed file. keys: ids of the keys for which the box with their key is. recovery:
    groups for whose recovery keys it is too. shown_to: sides, and "M" for the mediators, to whom it was shown or handed
    over in another way."""

    files: tuple[tuple[Digest, int], ...]
    keys: tuple[KeyId, ...]
    recovery: tuple[Side, ...] = ()
    shown_to: tuple[Side, ...] = ()


class DescribeExhibit(Clear, frozen=True, kw_only=True, tag="describe_exhibit"):
    pass


class RecordCustody(Clear, frozen=True, kw_only=True, tag="record_custody"):
    exhibit: Leaf


class ExhibitWords(Hidden, frozen=True, kw_only=True):
    title: str | None = None
    text: str | None = None


class Presented(ExhibitWords, frozen=True, kw_only=True):
    """names: of each file, by the SHA-256 of the sealed one; contents: SHA-256 of what is inside, the same way.
    at_source: SHA-256 of each, the same way, as it was taken where the file came from; taken_at, taken_by,
    taken_where: when, by which office or device, and where. custody: who kept it from there until it was presented.
    box: an age file in base64url that holds the key to which the files are sealed (docs/specs/sealed-file.md)."""

    names: dict[str, str] | None = None
    contents: dict[str, str] | None = None
    at_source: dict[str, str] | None = None
    taken_at: str | None = None
    taken_by: str | None = None
    taken_where: str | None = None
    custody: str | None = None
    box: str | None = None


class Custody(Hidden, frozen=True, kw_only=True):
    """given_by, given_to: offices; when, where: of the handing over; kept: how it is kept since."""

    given_by: str | None = None
    given_to: str | None = None
    when: str | None = None
    where: str | None = None
    kept: str | None = None


def missing_exhibit(state: State, *leaves: str) -> Refusal | None:
    if all(leaf in state.exhibits for leaf in leaves):
        return None
    return Refusal("evidence.unknown", "The record holds no such exhibit.",
                   instead="Name the act that presents or describes it.")  # fmt: skip


def examine_present(state: State, act: Act[Present]) -> tuple[Refusal, ...]:
    clear = act.clear
    digests = [digest for digest, _size in clear.files]
    able = set(keys_to_read_with(state))
    return refusals(
        Refusal("evidence.files", f"An exhibit is 1 to {MOST_FILES} files, each named once, none of them empty.",
                instead="Present the files that belong together; others by acts of their own.")
        if not 1 <= len(set(digests)) == len(digests) <= MOST_FILES or any(size < 1 for _d, size in clear.files)
        else None,
        Refusal("sealing.members", "The files are sealed to a key that is not in force, or is none to read with.",
                instead="Seal them to keys of people who take part now.")
        if not clear.keys or not able.issuperset(clear.keys)
        else None,
        Refusal("evidence.shown_to", "It is said to be shown to a group that does not take part.",
                instead=f"Name sides, {', '.join(state.convened.sides)}, or M for the mediators.")
        if set(clear.shown_to) - {*state.convened.sides, MEDIATORS}
        else None,
        Refusal("sealing.recovery", "The files are sealed to the recovery key of a group that has named none.",
                instead="Name groups that keep a recovery key.")
        if any(group not in state.recovery for group in clear.recovery)
        else None,
    )  # fmt: skip


def evolve_present(state: State, act: Act[Present]) -> State:
    holders = (state.keys[key_id].person for key_id in act.clear.keys)
    groups = {*(group_of(state, person) for person in holders), *act.clear.recovery, *act.clear.shown_to}
    to = sorted(group for group in groups - {group_of(state, act.author)} if group is not None)
    boxed = frozenset((*act.clear.keys, *act.clear.recovery))
    return with_exhibit(
        state, Exhibit(act.leaf, state.size, act.author, act.clear.files, tuple(to), boxed=boxed)
    )


def evolve_describe(state: State, act: Act[DescribeExhibit]) -> State:
    return with_exhibit(state, Exhibit(act.leaf, state.size, act.author, ()))


def examine_custody(state: State, act: Act[RecordCustody]) -> tuple[Refusal, ...]:
    return refusals(missing_exhibit(state, act.clear.exhibit))


def evolve_custody(state: State, act: Act[RecordCustody]) -> State:
    exhibit = state.exhibits[act.clear.exhibit]
    entry = (act.leaf, state.size, act.author)
    return with_exhibit(state, replace(exhibit, custody=(*exhibit.custody, entry)))


def with_exhibit(state: State, exhibit: Exhibit) -> State:
    return replace(state, exhibits=state.exhibits.set(exhibit.leaf, exhibit))


KINDS = (
    Kind(Present, Presented, ANYONE, examine_present, evolve_present,
         "{author} presents an exhibit, sealed to {keys}",
         "Those named can open the files. That they receive them, or find them authentic, is for acts of theirs."),
    Kind(DescribeExhibit, ExhibitWords, ANYONE, accept, evolve_describe,
         "{author} describes an exhibit that is not presented",
         "Your words stand in the record, and no file does: others see it as claimed."),
    Kind(RecordCustody, Custody, ANYONE, examine_custody, evolve_custody,
         "{author} records custody of the exhibit {exhibit}",
         "You state who gave it to whom, and how it is kept. It is your statement."),
)  # fmt: skip
