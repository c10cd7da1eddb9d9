"""What a line of minutes is completed from: the record so far, the script's header, and what the host brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from detente.interchange.minutes.references import References
from detente.interchange.minutes.statements import Header, Scripted
from detente.interchange.minutes.times import instant_of
from detente.state.instrument import Instrument
from detente.state.records import Chamber, State


class Host(NamedTuple):
    """What only the host of a new process knows: its keys (base64url), and the cosigners' verifier keys. log_mldsa_key:
    None where the log has no second key."""

    log_key: str
    keeper_key: str
    cosigners: tuple[str, ...]
    log_mldsa_key: str | None = None


class Worth(NamedTuple):
    """What the open choices of a text are worth to a side, in points of its own. choices: for each provision its options
    as `state.packages.open_choices` lists them, and what each is worth; reservation: what there is without a text."""

    choices: tuple[tuple[str, tuple[str, ...], tuple[int, ...]], ...]
    reservation: int


class Scene(NamedTuple):
    """Everything a line is completed from. chambers: each by name, folded so far; cosigned: the log's checkpoint
    as a note, cosigned at a time (Unix seconds); preferences: the document in which they are stated."""

    state: State
    chambers: Mapping[str, Chamber]
    references: References
    header: Header
    host: Host
    cosigned: Callable[[int], str]
    preferences: Callable[[Worth], str]


class Draft(NamedTuple):
    """A line being completed: its values so far, typed."""

    scripted: Scripted
    scene: Scene
    values: dict[str, Any]

    @property
    def state(self) -> State:
        return self.scene.state

    @property
    def instrument(self) -> Instrument | None:
        return self.state.instruments.get(self.values.get("instrument", ""))

    @property
    def at(self) -> str:
        return instant_of(self.scripted.time)
