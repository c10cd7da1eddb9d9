"""A record played in memory, seen by one reader at one moment: what the depositary offers the views.

`Play` is the simulator with what the log does not hold: hidden fields, and times as a secretary tells them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.acts.act import Act
from detente.acts.kinds import kind_of
from detente.codec.instant import unix_from_instant
from detente.procedure.disclosure import (
    Viewer,
    VisibleAct,
    VisibleChamber,
    VisibleLog,
    VisibleState,
    may_read_log,
    visible_act,
    visible_chamber,
)  # fmt: skip
from detente.procedure.examination import author_of
from detente.procedure.fold import fold
from detente.state.records import State
from tests.simulator import Moment, Simulator


class Play(Simulator):
    """`at(...)` sets the time of the acts that follow; `must(..., hidden={...})` discloses fields beside the log."""

    def __init__(self, *sides: str, hidden: Mapping[str, Any] | None = None, **convening: Any) -> None:
        self.opened: dict[str, Mapping[str, Any]] = {}
        self.marks: dict[str, int] = {}
        self.time = unix_from_instant("2025-10-27T05:40:00Z")
        super().__init__(*sides, **convening)
        self.opened[self.last] = hidden or {}

    def at(self, instant: str) -> Play:
        self.time = unix_from_instant(instant)
        return self

    def act(self, person: str, kind: str, log: str = "", /, **fields: Any) -> Act[Any]:
        fields.setdefault("iat", self.time)
        return super().act(person, kind, log, **fields)

    def must(self, person: str, kind: str, log: str = "", /, **fields: Any) -> str:
        hidden = fields.pop("hidden", None)
        leaf = super().must(person, kind, log, **fields)
        self.opened[leaf] = hidden or {}
        return leaf

    def moments_of(self, kind: str) -> list[str]:
        """The leaves of the acts of one kind in the main log, in order."""
        return [m.leaf for m in self.history if m.stands and not m.log and kind_of(m.clear).name == kind]

    def record(self, viewer: str | None = None, at: int | None = None) -> PlayedRecord:
        return PlayedRecord(self, Viewer(viewer), at)


class PlayedRecord:
    """Everything that a view may ask of a record. at: acts shown, or None for all."""

    def __init__(self, play: Play, viewer: Viewer, at: int | None) -> None:
        self.play = play
        self.viewer = viewer
        self.moments = [m for m in play.history if m.stands and not m.log]
        self.at = len(self.moments) if at is None else at
        self.states = [State()]
        self.asked = 0
        for moment in self.moments[: self.at]:
            self.states.append(fold(self.states[-1], self._act(self.states[-1], moment)))

    @staticmethod
    def _act(state: State, moment: Moment) -> Act[Any]:
        return Act(moment.clear, author_of(state, moment.key, moment.clear), moment.key, moment.leaf)

    @property
    def visible(self) -> VisibleState:
        return self.state_at(self.at)

    @property
    def as_of(self) -> int:
        return self.at

    @property
    def size(self) -> int:
        return len(self.moments)

    def state_at(self, size: int) -> VisibleState:
        assert may_read_log(self.states[size], self.viewer), "this reader may not read the log"
        return VisibleState(self.states[size], self.viewer)

    def act(self, index: int) -> VisibleAct | None:
        self.asked += 1
        if not 0 <= index < self.at:
            return None
        moment = self.moments[index]
        act = self._act(self.states[index], moment)
        kind = kind_of(moment.clear)
        return visible_act(
            self.states[-1], self.viewer, index, act, kind, self.play.opened.get(moment.leaf, {})
        )

    def acts(self, start: int, stop: int) -> tuple[VisibleAct, ...]:
        return tuple(a for i in range(max(0, start), min(stop, self.at)) if (a := self.act(i)) is not None)

    def find(
        self, limit: int, *, before: int | None = None, author: str | None = None, kind: str | None = None
    ) -> tuple[VisibleAct, ...]:
        end = self.at if before is None else min(before, self.at)
        found = [
            a for i in reversed(range(end))
            if (a := self.act(i)) is not None and (not author or a.act.author == author)
            and (not kind or a.kind.name == kind)
        ]  # fmt: skip
        return tuple(found[:limit])

    def index_of(self, leaf: str) -> int | None:
        return next((i for i, m in enumerate(self.moments[: self.at]) if m.leaf == leaf), None)

    def opened(self, leaf: str) -> Mapping[str, Any]:
        index = self.index_of(leaf)
        act = None if index is None else self.act(index)
        return act.opened if act else {}

    def chambers(self) -> tuple[VisibleChamber, ...]:
        if self.at < self.size:
            return ()
        found = (visible_chamber(self.states[-1], c, self.viewer) for c in self.play.chambers.values())
        return tuple(c for c in found if c is not None)

    def chamber_acts(self, chamber: str) -> tuple[VisibleAct, ...]:
        moments = [m for m in self.play.history if m.stands and m.log == chamber]
        state = self.states[-1]
        found = (
            visible_act(
                state,
                self.viewer,
                i,
                self._act(state, m),
                kind_of(m.clear),
                self.play.opened.get(m.leaf, {}),
                chamber,
            )
            for i, m in enumerate(moments)
        )
        return tuple(a for a in found if a is not None)


def log_of(record: PlayedRecord) -> VisibleLog:
    """The log as such, cosigned by one of two cosigners up to the last act but one."""
    play, size = record.play, record.size
    names = ("cosigner.example", "harbour.example")
    note = play.checkpoint(play.time, size=size).encode()
    seen = ((names[0], size, play.time), (names[1], max(0, size - 1), play.time - 60))
    return VisibleLog(
        origin=play.origin,
        size=size,
        root=play.root(size),
        checkpoint=note,
        cosigned=note,
        cosigners=seen,
        quorum=1,
    )
