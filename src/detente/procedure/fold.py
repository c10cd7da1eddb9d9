"""Fold an act into the state: total, and the same at the door and in every replay.

An act that stands in the log although `examine` refuses it changes nothing but the size and its author's
chain, and is listed as irregular: a finding against the host. A kind, version or edition of the procedure that
this reader does not know stops the fold there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from detente.acts.act import Act, Clear
from detente.acts.kinds import Unknown, kind_of
from detente.procedure.derivation import derive
from detente.procedure.examination import author_of, examine
from detente.state.phases import PHASES
from detente.state.records import Chain, Chamber, Irregular, State

Folded = TypeVar("Folded", State, Chamber)


def place(state: State, key: str, leaf: str, clear: Clear) -> Act[Any]:
    """The act as this state sees it: with the author whose key signed it."""
    return Act(clear, author_of(state, key, clear), key, leaf)


def evolve(state: Folded, act: Act[Any]) -> Folded:
    """The state after an act that `examine` admits."""
    kind = kind_of(act.clear)
    after: Folded = kind.evolve(state, act)
    chains = after.chains.set(act.key, Chain(act.clear.seq, act.leaf))
    if isinstance(after, Chamber):
        return replace(after, size=after.size + 1, chains=chains)
    phase = PHASES[kind.name].get(after.phase, after.phase)
    return derive(replace(after, size=after.size + 1, chains=chains, phase=phase), act.clear)


def fold(state: Folded, act: Act[Any]) -> Folded:
    """The state after an act that stands in the log, regular or not."""
    if state.unknown_from is not None:
        return state
    found = examine(state, act)
    if not found:
        return evolve(state, act)
    if any(r.code == "procedure.edition" for r in found):
        return stop(state)  # no fault of the host: later readers know more
    irregular = Irregular(state.size, act.leaf, tuple(sorted({r.code for r in found})))
    chains, last = state.chains, state.chains.get(act.key)
    # Never back: otherwise an act put into the log twice would let all that followed it count twice. And not for
    # an act of another log, whose numbers are not this one's.
    foreign = any(r.code == "act.foreign" for r in found)
    if act.author and not foreign and (last is None or act.clear.seq > last.seq):
        chains = chains.set(act.key, Chain(act.clear.seq, act.leaf))
    return replace(state, size=state.size + 1, chains=chains, irregular=(*state.irregular, irregular))


def stop(state: Folded) -> Folded:
    """The state at an act that this reader does not know: nothing from its index on is reflected."""
    return state if state.unknown_from is not None else replace(state, unknown_from=state.size)


def fold_all(state: State, acts: Iterable[tuple[str, str, Clear | Unknown]]) -> State:
    """Fold (key, leaf, clear) one after another."""
    for key, leaf, clear in acts:
        if isinstance(clear, Unknown):
            return stop(state)
        state = fold(state, place(state, key, leaf, clear))
    return state
