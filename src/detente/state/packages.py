"""Packages on an instrument's record: what is left to choose, whether one still stands, and what closing or opening one
does to brackets."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.state.answers import open_brackets
from detente.state.instrument import Bracket, Instrument, Package

STANDS: Final = "as-it-stands"
"""The choice to leave what the edition says; every other choice is the leaf of an alternative, which has 43 signs."""


class OpenChoice(Struct, frozen=True):
    """What is open at one provision. options: the leaves of its live alternatives in the order tabled, then `STANDS`
    where leaving the edition as it is, or leaving a single text out, is a choice too."""

    provision: str
    options: tuple[str, ...]


def open_choices(instrument: Instrument) -> tuple[OpenChoice, ...]:
    """What is left to choose, in the order of the text. A provision that is only reserved offers nothing to choose."""
    printed = (
        {provision for provision, leaves in instrument.edition.open if leaves}
        if instrument.edition
        else set()
    )
    found = []
    for bracket in open_brackets(instrument):
        leaves = tuple(alternative.leaf for alternative in bracket.live())
        stands = bracket.provision not in printed or len(leaves) == 1
        if leaves:
            found.append(OpenChoice(bracket.provision, (*leaves, STANDS) if stands else leaves))
    return tuple(found)


class Fall(Struct, frozen=True):
    """Why a package fell. provision: where it did; "" where a later edition ended it."""

    why: Literal["edition", "withdrawn", "settled", "reopened"]
    provision: str = ""


def fall_of(instrument: Instrument, package: Package) -> Fall | None:
    """Why the package no longer stands; None while it does, and for good once an edition took it up."""
    if package.reopened is not None:
        return Fall("reopened")
    if package.closed is not None:
        return None
    if instrument.edition is None or instrument.edition.leaf != package.edition:
        return Fall("edition")
    for provision, leaf in package.alternatives:
        bracket = instrument.brackets.get(provision, Bracket(provision))
        if all(alternative.leaf != leaf for alternative in bracket.live()):
            return Fall("withdrawn", provision)
        agreed = bracket.agreed(instrument.sides)
        if agreed is not None and agreed.leaf != leaf:
            return Fall("settled", provision)
    return None


def standing_packages(instrument: Instrument) -> tuple[Package, ...]:
    """Those that can still be accepted, in the order in which they were proposed."""
    found = [p for p in instrument.packages.values() if p.closed is None and fall_of(instrument, p) is None]
    return tuple(sorted(found, key=lambda package: package.index))


def unanswered(instrument: Instrument, package: Package) -> tuple[str, ...]:
    """The negotiating sides that have neither accepted nor declined."""
    return tuple(s for s in instrument.sides if s not in package.accepted | package.declined)


def close(instrument: Instrument, package: Package, index: int) -> Instrument:
    """Every side now supports each of its alternatives, as if it had said so of each one."""
    before = []
    for provision, leaf in package.alternatives:
        bracket = instrument.brackets[provision]
        before += [(a.leaf, a.supporters) for a in bracket.alternatives if a.leaf == leaf]
        instrument = _supported(instrument, provision, leaf, frozenset(instrument.sides))
    closed = replace(package, closed=index, before=tuple(before))
    return replace(instrument, packages=instrument.packages.set(package.leaf, closed))


def reopen(instrument: Instrument, index: int, provision: str, leaf: str = "") -> Instrument:
    """Open again the brackets that a package closed on the last edition, because one at `provision` was opened: each
    has the supporters it had before. leaf: the alternative withdrawn; "" where the provision itself was reserved."""
    edition = instrument.edition
    for package in instrument.packages.values():
        holds = edition is not None and package.edition == edition.leaf and package.closed is not None
        if not holds or package.reopened is not None:
            continue
        if not any(p == provision and leaf in ("", held) for p, held in package.alternatives):
            continue
        supporters = dict(package.before)
        for p, held in package.alternatives:
            instrument = _supported(instrument, p, held, supporters[held])
        opened = replace(package, reopened=index)
        instrument = replace(instrument, packages=instrument.packages.set(package.leaf, opened))
    return instrument


def _supported(instrument: Instrument, provision: str, leaf: str, supporters: frozenset[str]) -> Instrument:
    bracket = instrument.brackets.get(provision)
    if bracket is None:
        return instrument
    alternatives = tuple(
        replace(a, supporters=supporters) if a.leaf == leaf else a for a in bracket.alternatives
    )
    changed = replace(bracket, alternatives=alternatives)
    return replace(instrument, brackets=instrument.brackets.set(provision, changed))
