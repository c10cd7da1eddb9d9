"""Every act in one line, by day, newest first; the four answers over the record; the slider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.act_line import ActGroup
from detente.views.looked import Looked
from detente.views.marks import Choice, Link, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    start: Annotated[int, "number of the act from which the answer is yes"]
    end: Annotated[int, "number of the last act for which it is"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBar:
    question: Annotated[str, "Adopted"]
    spans: Annotated[tuple[Span, ...], "stretches of the record answered yes; empty: never so far"]
    words: Annotated[str, "the same read aloud: yes from act 73; no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionTick:
    number: Annotated[int, "number of the act that issued it"]
    label: Annotated[str, "edition 1; empty where there is no room"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChart:
    size: Annotated[int, "acts in the whole record: the width"]
    at: Annotated[int, "act shown; the part after it is hatched"]
    instrument: Annotated[str, "the instrument whose answers these are"]
    editions: Annotated[tuple[EditionTick, ...], "in order"]
    bars: Annotated[tuple[AnswerBar, ...], "the four"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A value that a form passes on unchanged."""

    name: Annotated[str, "name of the parameter"]
    value: Annotated[str, "its value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A plain GET form: choosing an act and sending it opens this page as of that act."""

    action: Annotated[str, "address of this page"]
    name: Annotated[str, "parameter that names the act: at"]
    value: Annotated[int, "the act shown"]
    size: Annotated[int, "acts in the whole record"]
    carried: Annotated[tuple[Carried, ...], "other parameters: the person looking, the filter"]
    previous: Annotated[str, "this page one act earlier; empty at act 1"]
    following: Annotated[str, "this page one act later; empty at the last"]
    landmarks: Annotated[tuple[Choice, ...], "Edition 1, #31; Question put, #71; Adopted, #73; Now, #87"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: Annotated[str, "empty for no choice"]
    text: Annotated[str, "Anyone; Delegation A"]
    chosen: Annotated[bool, "true for the one in force"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A plain GET form. Parameters: `by`, `kind`, `words`."""

    action: Annotated[str, "address of this page"]
    carried: Annotated[tuple[Carried, ...], "the person looking, the act shown"]
    by: Annotated[tuple[Option, ...], "authors"]
    kind: Annotated[tuple[Option, ...], "kinds of act"]
    words: Annotated[str, "words asked for, as typed"]
    active: Annotated[bool, "true when something is filtered out"]
    result: Annotated[str, "6 of 87 acts; or empty"]
    clear: Annotated[str, "this page without a filter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    shell: Annotated[Shell, "around the page"]
    heading: Annotated[str, "87 acts; As of act 73"]
    summary: Annotated[Prose, "28 Oct 2025, 03:04. Adopted: yes. Authentic: no. Binding: no. In force: no."]
    chart: Annotated[RecordChart | None, "none while no instrument is open"]
    slider: Annotated[Slider, "as of which act"]
    hidden: Annotated[Prose, "14 later acts are not shown; or empty"]
    filter: Annotated[Filter, "which acts"]
    days: Annotated[tuple[ActGroup, ...], "newest first"]
    older: Annotated[Link | None, "Acts 1 to 56; none when all are shown"]
    empty: Annotated[str, "with no act to show: why"]
    looked: Annotated[Looked | None, "what a browser reckons “since you last looked” from; or none"] = None
