"""Playing a script: each line completed against the record so far, performed, and its expectations asked.

Whoever keeps the record provides the stage. A refusal that the script does not expect stops the play, and so
does an expectation that does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from detente.codec.refusal import Refusal, Refused, refuse
from detente.interchange.minutes.completion import Completed, complete
from detente.interchange.minutes.demonstration import demonstration_cosigners
from detente.interchange.minutes.expectations import Outcome, is_refusal, unmet
from detente.interchange.minutes.layout import at_line
from detente.interchange.minutes.references import Ledger
from detente.interchange.minutes.scene import Host, Scene, Worth
from detente.interchange.minutes.statements import Expect, Header, Script, Scripted
from detente.state.records import Chamber, State
from detente.tlog.cosignature import Cosigner


class Stage(Protocol):
    """A record that acts are put into."""

    @property
    def state(self) -> State:
        """The main state after everything performed so far; the same object where nothing has changed."""
        ...

    def chambers(self) -> Mapping[str, Chamber]:
        """Every chamber by name; none before the talks are convened."""
        ...

    def host(self, header: Header) -> Host:
        """The keys that the host brings to a new process."""
        ...

    def cosigned(self, time: int) -> str:
        """The main log's latest checkpoint, as a note cosigned at `time`."""
        ...

    def preferences(self, worth: Worth) -> str:
        """The document that states them (docs/specs/preferences.md). Raises `Refused` where it cannot be written."""
        ...

    def perform(self, act: Completed) -> str:
        """Sign the act and put it into its log; its leaf. Raises `Refused`, and then nothing has changed."""
        ...


class Played(NamedTuple):
    """One line played. leaf: "" where the act was refused, as expected."""

    scripted: Scripted
    completed: Completed | None
    leaf: str
    refusals: tuple[Refusal, ...]


def header_of(script: Script) -> Header:
    """Raises `Refused` with code `minutes.header`."""
    if script.header is None:
        raise refuse("minutes.header", "The file names no process.",
                     instead="Begin it with: process LABEL: TITLE.")  # fmt: skip
    return script.header


def cosigners_of(header: Header) -> tuple[Cosigner, ...]:
    return demonstration_cosigners(header.label, header.cosigners)


def play(script: Script, stage: Stage) -> Iterator[Played]:
    """Play a script line by line; each line is yielded once its expectations hold.

    Raises `Refused` with the refusals of an act that was to stand, or with code `minutes.expectation`.
    """
    header = header_of(script)
    host, ledger = stage.host(header), Ledger(stage.state)
    for scripted, expected in _with_expectations(script):
        before = stage.state
        ledger.state = before
        scene = Scene(before, stage.chambers(), ledger, header, host, stage.cosigned, stage.preferences)
        played = _perform(scripted, scene, stage)
        if played.refusals and not any(is_refusal(e) for e in expected):
            raise Refused(*(at_line(scripted.line, r) for r in played.refusals))
        if played.leaf and played.completed:
            ledger.add(played.leaf, scripted.chamber, scripted.label, played.completed.hidden)
        ledger.state = stage.state
        outcome = Outcome(before, stage.state, played.refusals, played.leaf, ledger)
        failed = [found for e in expected if (found := unmet(e, outcome)) is not None]
        if failed:
            raise Refused(*failed)
        yield played


def _with_expectations(script: Script) -> Iterator[tuple[Scripted, list[Expect]]]:
    """Each act with what is expected after it."""
    acts: list[tuple[Scripted, list[Expect]]] = []
    for statement in script.statements:
        if isinstance(statement, Scripted):
            acts.append((statement, []))
        elif acts:
            acts[-1][1].append(statement)
        else:
            raise refuse("minutes.expectation", f"Line {statement.line}: no act stands above this expectation.",
                         instead="Write it under the act that it is about.")  # fmt: skip
    yield from acts


def _perform(scripted: Scripted, scene: Scene, stage: Stage) -> Played:
    completed = None
    try:
        completed = complete(scripted, scene)
        return Played(scripted, completed, stage.perform(completed), ())
    except Refused as refused:
        return Played(scripted, completed, "", refused.refusals)
