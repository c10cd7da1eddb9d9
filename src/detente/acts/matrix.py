"""The implementation matrix: a register of stipulations, and scores of how far each was carried out, month by month.

Rules (the practice of the data sets on peace accords; nothing of it is in the VCLT). What is counted is listed first, in
a register with a version, since the unit of count itself changes: each score names the register it counts in, and no
figure runs across two. A score is 0 not begun, 1 minimal, 2 intermediate or 3 full, for one month, and is its author's
word. A later one by the same side, or the same person of none, takes the place of theirs; those of others stand beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, Act, Clear, Hidden, Kind, refusals
from detente.acts.sealing import group_of
from detente.acts.subjects import missing_instrument, not_a_side_of, side_of
from detente.codec.identifier import Leaf, SubjectId, whole
from detente.codec.refusal import Refusal
from detente.state.observance import Register, Score
from detente.state.records import State

Stipulation = Annotated[
    str,
    Meta(
        pattern=whole(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,159}"),
        description="the id of a provision, or one of the register's own",
    ),
]
Month = Annotated[
    str,
    Meta(
        pattern=whole(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])"), description="year and month, from 1900 to 2199"
    ),
]
"""Every month between two that are scored has a place in the matrix."""
Level = Annotated[int, Meta(ge=0, le=3)]
COUNTING = MEDIATION | {"verifier"}
"""Who lists what is counted: not one side alone, since that decides every figure."""
SCORING = COUNTING | SIDES | {"observer", "guarantor"}


class RegisterStipulations(Clear, frozen=True, kw_only=True, tag="register_stipulations"):
    """version: from 1, one more with each register of the instrument. stipulations: in the order in which they stand."""

    instrument: SubjectId
    version: Annotated[int, Meta(ge=1)]
    stipulations: tuple[Stipulation, ...]


class RegisterHidden(Hidden, frozen=True, kw_only=True):
    """titles: of stipulations, by id. text: why this version counts as it does."""

    titles: dict[str, str] | None = None
    text: str | None = None


class ScoreMonth(Clear, frozen=True, kw_only=True, tag="score"):
    """scores: (stipulation, score), each stipulation once."""

    register: Leaf
    month: Month
    scores: tuple[tuple[Stipulation, Level], ...]


class ScoreHidden(Hidden, frozen=True, kw_only=True):
    """text: the grounds, of all of them together."""

    text: str | None = None


def registers_of(state: State, instrument: str) -> tuple[Register, ...]:
    """The versions of the instrument's register, the first one first."""
    found = (r for r in state.registers.values() if r.instrument == instrument)
    return tuple(sorted(found, key=lambda r: r.version))


def _listed_twice(names: Iterable[str]) -> str:
    return ", ".join(name for name, times in Counter(names).items() if times > 1)


def examine_register(state: State, act: Act[RegisterStipulations]) -> tuple[Refusal, ...]:
    clear = act.clear
    following = len(registers_of(state, clear.instrument)) + 1
    twice = _listed_twice(clear.stipulations)
    return refusals(
        missing_instrument(state, clear.instrument),
        Refusal("register.version", f"The next version of this register is {following}.",
                instead=f"Number it {following}.") if clear.version != following else None,
        Refusal("register.stipulations", f"Listed twice: {twice}." if twice else "A register lists what it counts.",
                instead="List each stipulation once.") if twice or not clear.stipulations else None,
    )  # fmt: skip


def evolve_register(state: State, act: Act[RegisterStipulations]) -> State:
    clear = act.clear
    made = Register(
        act.leaf, state.size, act.author, clear.instrument, clear.version, clear.stipulations
    )  # fmt: skip
    return replace(state, registers=state.registers.set(act.leaf, made))


def examine_score(state: State, act: Act[ScoreMonth]) -> tuple[Refusal, ...]:
    clear = act.clear
    register, side = state.registers.get(clear.register), side_of(state, act.author)
    if register is None:
        return (Refusal("score.register", "The record holds no such register of stipulations.",
                        instead="Register them first, and name that act."),)  # fmt: skip
    scored = tuple(stipulation for stipulation, _score in clear.scores)
    known = frozenset(register.stipulations)
    strange, twice = ", ".join(s for s in scored if s not in known), _listed_twice(scored)
    return refusals(
        not_a_side_of(state, register.instrument, side) if side else None,
        Refusal("score.stipulation", f"Version {register.version} of the register does not list {strange}.",
                instead="Name stipulations as that version lists them.") if strange else None,
        Refusal("score.scores", f"Scored twice: {twice}." if twice else "No stipulation is scored.",
                instead="Score each stipulation once.") if twice or not scored else None,
    )  # fmt: skip


def evolve_score(state: State, act: Act[ScoreMonth]) -> State:
    clear, group = act.clear, group_of(state, act.author) or ""
    made = Score(act.leaf, state.size, act.author, group, clear.register, clear.month, clear.scores)
    return replace(state, scores=state.scores.set(act.leaf, made))


KINDS = (
    Kind(RegisterStipulations, RegisterHidden, COUNTING, examine_register, evolve_register,
         "{author} registers version {version} of the stipulations of {instrument}",
         "You list what is counted. Scores in an earlier version stay there, and are not carried over."),
    Kind(ScoreMonth, ScoreHidden, SCORING, examine_score, evolve_score,
         "{author} scores register {register} for {month}",
         "You say how far each stipulation was carried out in that month; others may say otherwise beside it."),
)  # fmt: skip
