"""What stands around every page: header, title, notices, tabs, footer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from detente.views.addresses import CHECK
from detente.views.marks import Choice, Direction, Link, Mark, Moment, Prose
from detente.wording.language import spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A dashed line that says what the page is not."""

    label: Annotated[str, "first word, strong: Demonstration."]
    text: Annotated[str, "the rest: It proves nothing about the real talks."]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The dashed band above a page that shows an earlier moment of the record."""

    act: Annotated[int, "number of the last act shown"]
    size: Annotated[int, "acts in the whole record"]
    time: Annotated[Moment, "when that act was recorded"]
    said: Annotated[str, "the act in a few words, or empty: just after the question was put"]
    previous: Annotated[str, "the same page one act earlier; empty at act 1"]
    following: Annotated[str, "the same page one act later; empty at the last"]
    now: Annotated[str, "the same page with every act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person as whom the page can be looked at."""

    name: Annotated[str, "office: Head of Delegation A; Public"]
    href: Annotated[str, "the same page as this person sees it"]
    mark: Annotated[Mark | None, "letter; none for the public"] = None
    current: Annotated[bool, "true for the person looking now"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessHead:
    """Title line, phase and tabs of one process."""

    title: Annotated[str, "Istanbul round, October 2025"]
    subtitle: Annotated[str, "what tells it from its like: the talks as reported; or empty"]
    phase: Annotated[
        Prose, "where the talks stand: Session 2 open since 10:00; Adjourned; claimed or recorded"
    ]
    tabs: Annotated[
        tuple[Choice, ...], "Overview, Text, Sessions, Evidence and undertakings, Powers, Timeline, Record"
    ]
    acts: Annotated[Link, "how many acts, linked to the timeline: 61 acts"]
    as_of: Annotated[AsOf | None, "none when every act is shown"] = None
    notice: Annotated[Notice | None, "demonstration notice, or none"] = None
    parts: Annotated[tuple[Choice, ...], "the pages under the tab shown, where it has several"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    derived: Annotated[str, "what the page is made from: Derived from signed acts 1 to 61."]
    zone: Annotated[str, "Times are Istanbul time (UTC+3) unless a zone is given."]
    readable: Annotated[str, "who can read the content besides the persons named: the host, and why"]
    illustrative: Annotated[str, "what the dagger means, or empty: † marks illustrative times."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Everything on a page that is not its subject."""

    page_title: Annotated[str, "title of the browser's tab, without the product's name"]
    processes: Annotated[str, "address of the list of processes"]
    viewers: Annotated[tuple[Viewer, ...], "the person looking (current) and, in a demonstration, the others"]
    footer: Annotated[Footer, "the lines at the foot"]
    check: Annotated[str, "address of the page on which anybody checks a proof"] = CHECK
    process: Annotated[ProcessHead | None, "none on the list of processes and on errors outside one"] = None
    lang: Annotated[str, "language of the page's own words, BCP 47"] = field(
        default_factory=lambda: spoken().tag
    )
    direction: Annotated[Direction, "direction of the page's own words"] = field(
        default_factory=lambda: spoken().direction
    )
