"""The list of processes that a host keeps and the person looking may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Struct

from detente.views.finality_figure import ShortAnswer
from detente.views.marks import Link, Mark, Moment
from detente.views.shell import Notice, Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    mark: Annotated[Mark, "who must act next"]
    text: Annotated[str, "what: assent to edition 3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessEntry:
    title: Annotated[str, "Istanbul round, October 2025"]
    subtitle: Annotated[str, "the talks as reported; or empty"]
    href: Annotated[str, "its overview"]
    phase: Annotated[str, "Session closed; Adjourned; Breaking off claimed by A, no act of the convenor"]
    instrument: Annotated[str, "title and edition of the first instrument, or: No instrument is open"]
    answer: Annotated[str, "No. No side has assented."]
    answers: Annotated[tuple[ShortAnswer, ...], "the four; empty while no instrument is open"]
    following: Annotated[tuple[NextAct, ...], "who must act next; may be empty"]
    acts: Annotated[str, "24 acts"]
    last: Annotated[Moment, "the last one's time"]


class OwnProcess(Struct, frozen=True):
    """A process as one of its people finds it on their list: JSON for the browser that holds their key. reader: id of
    the person looking, "" for the public; yours: what is asked of them; others: who else must act next, and what."""

    title: str
    subtitle: str
    phase: str
    acts: str
    reader: str
    as_whom: str
    yours: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessesPage:
    shell: Annotated[Shell, "around the page"]
    entries: Annotated[tuple[ProcessEntry, ...], "newest act first"]
    older: Annotated[Link | None, "those convened before them; none where there are none"]
    notice: Annotated[Notice | None, "demonstration notice, or none"]
    empty: Annotated[str, "with no process: why, and the command that makes one"]
