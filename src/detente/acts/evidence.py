"""Evidence: present an exhibit, whose bytes are sealed files beside the log.

Rules: what is presented moves nobody and proves nothing by itself; whether it was received, is authentic or shows
anything is for acts of its own. The bytes are sealed by whoever presents them, to the keys that the act names, and the
host keeps files that it cannot open (docs/specs/sealed-file.md). The act commits to the SHA-256 and size of each sealed
file; what is inside, its name and its own SHA-256, is hidden. The door takes no exhibit whose files it was not given.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from detente.acts.act import ANYONE, Act, Clear, Hidden, Kind, refusals
from detente.codec.identifier import Digest, KeyId, Side
from detente.codec.refusal import Refusal
from detente.state.records import State
from detente.state.undertakings import Exhibit

MOST_FILES: Final = 100


class Present(Clear, frozen=True, kw_only=True, tag="present"):
    """files: (SHA-256, bytes) of each sealed file. keys: ids of the keys for which the box with their key is. recovery:
    groups for whose recovery keys it is too."""

    files: tuple[tuple[Digest, int], ...]
    keys: tuple[KeyId, ...]
    recovery: tuple[Side, ...] = ()


class ExhibitWords(Hidden, frozen=True, kw_only=True):
    """names: of each file, by the SHA-256 of the sealed one; contents: SHA-256 of what is inside, the same way. box: an
    age file in base64url that holds the key to which the files are sealed (docs/specs/sealed-file.md)."""

    title: str | None = None
    text: str | None = None
    names: dict[str, str] | None = None
    contents: dict[str, str] | None = None
    box: str | None = None


def examine_present(state: State, act: Act[Present]) -> tuple[Refusal, ...]:
    clear = act.clear
    digests = [digest for digest, _size in clear.files]
    able = {key_id for key_id, key in state.keys.items() if key.sealing and key.revoked is None}
    return refusals(
        Refusal("evidence.files", f"An exhibit is 1 to {MOST_FILES} files, each named once, none of them empty.",
                instead="Present the files that belong together; others by acts of their own.")
        if not 1 <= len(set(digests)) == len(digests) <= MOST_FILES or any(size < 1 for _d, size in clear.files)
        else None,
        Refusal("sealing.members", "The files are sealed to a key that is not in force, or is none to read with.",
                instead="Seal them to keys of people who take part now.")
        if not clear.keys or not able.issuperset(clear.keys)
        else None,
        Refusal("sealing.recovery", "The files are sealed to the recovery key of a group that has named none.",
                instead="Name groups that keep a recovery key.")
        if any(group not in state.recovery for group in clear.recovery)
        else None,
    )  # fmt: skip


def evolve_present(state: State, act: Act[Present]) -> State:
    boxed = frozenset((*act.clear.keys, *act.clear.recovery))
    exhibit = Exhibit(act.leaf, state.size, act.author, act.clear.files, boxed=boxed)
    return replace(state, exhibits=state.exhibits.set(act.leaf, exhibit))


KINDS = (
    Kind(Present, ExhibitWords, ANYONE, examine_present, evolve_present,
         "{author} presents an exhibit, sealed to {keys}",
         "Those named can open the files. That they receive them, or find them authentic, is for acts of theirs."),
)  # fmt: skip
