"""Chambers: one log for each standing audience, all opened at convening so that existence says nothing.

| name | audience |
|---|---|
| `side-A` | the people of side A |
| `mediators` | mediators and secretariat |
| `mediators-A` | mediators and secretariat, and the people of side A |
"""

from __future__ import annotations

from detente.acts.act import MEDIATION, Log
from detente.state.records import Chamber, State


def chamber_names(sides: tuple[str, ...]) -> tuple[str, ...]:
    """Every chamber of a process with these sides."""
    return ("mediators", *(f"side-{s}" for s in sides), *(f"mediators-{s}" for s in sides))


def log_of(name: str) -> Log:
    if name == "mediators":
        return Log.MEDIATORS
    return Log.SIDE if name.startswith("side-") else Log.MEDIATORS_AND_SIDE


def audience_of(main: State, name: str) -> frozenset[str]:
    """The people who belong to a chamber, in this state of the main log."""
    log, side = log_of(name), name.rpartition("-")[2]
    mediates = log is not Log.SIDE
    return frozenset(
        p.id
        for p in main.people.values()
        if p.left is None
        and ((mediates and p.role in MEDIATION) or (log is not Log.MEDIATORS and p.side == side))
    )


def empty_chamber(name: str) -> Chamber:
    return Chamber(name, State())
