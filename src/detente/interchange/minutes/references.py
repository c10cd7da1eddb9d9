"""What minutes call the things that acts name by hash: `#14`, `@yes`, `edition 3`, `A's text`, the key of `PA`.

Numbers count from 1, as pages do; a chamber's acts are `#2 of side-A`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

from detente.codec.refusal import refuse
from detente.state.records import State

LEAF_PATTERN: Final = r"#[0-9]+(?: of [a-z]+(?:-[A-Z])?)?|@[a-z][a-z0-9-]*|[A-Z]'s text|[A-Za-z0-9_-]{43}"
LABEL_PATTERN: Final = r"[a-z][a-z0-9-]{0,39}"
_NUMBERED = re.compile(r"#([0-9]+)(?: of ([a-z]+(?:-[A-Z])?))?")
_TEXT_OF = re.compile(r"([A-Z])'s text")
_HASH = re.compile(r"[A-Za-z0-9_-]{43}")


class References(Protocol):
    """What a reader of minutes knows of the record so far."""

    @property
    def state(self) -> State:
        """The main state, for editions, brackets and keys."""
        ...

    def position(self, leaf: str) -> tuple[str, int] | None:
        """(chamber, or "" for the main log; index from 0) of the act with this leaf."""
        ...

    def leaf_at(self, chamber: str, index: int) -> str | None: ...

    def labelled(self, label: str) -> str | None:
        """The leaf of the act that was called `label`."""
        ...

    def opened(self, leaf: str) -> Mapping[str, Any]:
        """The hidden fields of an act, as plain JSON values; empty where they are not known."""
        ...


class Ledger:
    """References kept while acts are played or read in order. `state` is set by whoever folds."""

    def __init__(self, state: State | None = None) -> None:
        self.state = state or State()
        self._leaves: dict[str, list[str]] = {}
        self._positions: dict[str, tuple[str, int]] = {}
        self._labels: dict[str, str] = {}
        self._opened: dict[str, Mapping[str, Any]] = {}

    def add(
        self, leaf: str, chamber: str = "", label: str = "", opened: Mapping[str, Any] | None = None
    ) -> None:
        """The next act of the main log or of `chamber`, with its hidden fields as plain JSON values."""
        log = self._leaves.setdefault(chamber, [])
        self._positions[leaf] = (chamber, len(log))
        log.append(leaf)
        if label:
            self._labels[label] = leaf
        self._opened[leaf] = opened or {}

    def position(self, leaf: str) -> tuple[str, int] | None:
        return self._positions.get(leaf)

    def leaf_at(self, chamber: str, index: int) -> str | None:
        log = self._leaves.get(chamber, [])
        return log[index] if 0 <= index < len(log) else None

    def labelled(self, label: str) -> str | None:
        return self._labels.get(label)

    def opened(self, leaf: str) -> Mapping[str, Any]:
        return self._opened.get(leaf, {})


def write_leaf(leaf: str, references: References) -> str:
    place = references.position(leaf)
    if place is None:
        return leaf
    chamber, index = place
    return f"#{index + 1} of {chamber}" if chamber else f"#{index + 1}"


def read_leaf(text: str, references: References, beside: Mapping[str, Any]) -> str:
    """The leaf that `text` names. beside: the act's other fields. Raises `Refused` with code `minutes.reference`."""
    found: str | None = None
    if numbered := _NUMBERED.fullmatch(text):
        found = references.leaf_at(numbered[2] or "", int(numbered[1]) - 1)
    elif text.startswith("@"):
        found = references.labelled(text[1:])
    elif owner := _TEXT_OF.fullmatch(text):
        found = _text_of(owner[1], references.state, beside)
    elif _HASH.fullmatch(text):
        found = text
    if found is None:
        raise refuse("minutes.reference", f"“{text}” names no act in the record so far.",
                     instead="Write #14, #2 of side-A, @name for an act with “call it: name”, or A's text.")  # fmt: skip
    return found


def _text_of(owner: str, state: State, beside: Mapping[str, Any]) -> str | None:
    """The last live alternative of a side to the provision that the act names."""
    instrument = state.instruments.get(beside.get("instrument", ""))
    bracket = instrument.brackets.get(beside.get("provision", "")) if instrument else None
    texts = [a.leaf for a in bracket.live() if a.side == owner] if bracket else []
    return texts[-1] if texts else None


def write_edition(leaf: str, references: References, beside: Mapping[str, Any]) -> str:
    """The edition's number where the act names its instrument, else the act's."""
    instrument = references.state.instruments.get(beside.get("instrument") or "")
    numbers = [e.number for e in instrument.editions if e.leaf == leaf] if instrument else []
    return str(numbers[0]) if numbers else write_leaf(leaf, references)


def read_edition(text: str, references: References, beside: Mapping[str, Any]) -> str:
    number = text.removeprefix("edition ")
    if not number.isdecimal():
        return read_leaf(text, references, beside)
    name = beside.get("instrument") or ""
    instrument = references.state.instruments.get(name)
    for edition in instrument.editions if instrument else ():
        if edition.number == int(number):
            return edition.leaf
    raise refuse("minutes.reference", f"The record holds no edition {number} of “{name}”.",
                 instead="Name an edition that is issued before this line.")  # fmt: skip


def write_key(key: str, references: References) -> str:
    """The person whose latest key it is, else the key's id."""
    known = references.state.keys.get(key)
    return known.person if known and latest_key(references.state, known.person) == key else key


def read_key(text: str, references: References) -> str:
    if _HASH.fullmatch(text):
        return text
    found = latest_key(references.state, text)
    if found is None:
        raise refuse("minutes.reference", f"The record holds no key of {text}.",
                     instead="Enrol one first, or write the key's id.")  # fmt: skip
    return found


def latest_key(state: State, person: str) -> str | None:
    """The id of the person's key that was enrolled last."""
    own = [(key.enrolled, key_id) for key_id, key in state.keys.items() if key.person == person]
    return max(own)[1] if own else None
