"""Where the talks stand: the answer, whose turn, the figure, brackets, hours, last acts, the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.act_line import ActGroup
from detente.views.brackets import Brackets
from detente.views.finality_figure import FinalityFigure, ShortAnswer
from detente.views.hours import Hours
from detente.views.looked import Looked
from detente.views.marks import Link, Mark, Moment, Prose
from detente.views.public_record import Claim
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAct:
    place: Annotated[int, "1 for the next; acts that may come in any order share a place"]
    mark: Annotated[Mark, "who owes it"]
    whose: Annotated[str, "the office in words: Delegation A; Islamabad; you"]
    act: Annotated[str, "what is missing: assent to edition 3"]
    why: Annotated[str, "which rule asks for it, or empty"] = ""
    yours: Annotated[bool, "true when the person looking owes it"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to “Is it final?”, which is never the word alone."""

    sentence: Annotated[str, "large: No. It is not adopted."]
    because: Annotated[Prose, "one line of why"]
    besides: Annotated[Prose, "second line, quieter: spoken words and what they did not do; or empty"]
    missing_head: Annotated[str, "Missing before it is adopted"]
    missing: Annotated[tuple[MissingAct, ...], "towards the first question answered no, in order"]
    later_head: Annotated[str, "Missing after that, until it is in force"]
    later: Annotated[tuple[MissingAct, ...], "towards the later questions, in order; folded away"]
    silence: Annotated[
        Prose, "Silence runs on edition 2: until when for whom, what it would mean; or empty"
    ] = ()
    notices: Annotated[
        tuple[Prose, ...], "of each notice of breach: who claims it of whom, until when others can object"
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    mark: Annotated[Mark, "who"]
    who: Annotated[str, "the office in words"]
    what: Annotated[str, "what that person may do next: confirm, or decline, the signature of 28 Oct"]
    more: Annotated[tuple[str, ...], "what else is asked of them, folded under its number"] = ()
    more_head: Annotated[str, "and three more; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    local: Annotated[Moment, "02:30 Istanbul time, 28 October"]
    utc: Annotated[str, "23:30 UTC, 27 October"]
    left: Annotated[str, "1 h 42 min left, or empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The box beside the answer. Its one button leads to where the act is read before it is signed."""

    label: Annotated[str, "Your turn, Not your turn, At that moment, Nothing is owed"]
    yours: Annotated[bool, "true frames it in ink"]
    heading: Annotated[str, "what is owed: Answer the mediators’ proposal on Article 5"]
    owed: Annotated[tuple[Owed, ...], "persons, when more than one or not the viewer"] = ()
    deadline: Annotated[Deadline | None, "by when; none: no_deadline is printed"] = None
    no_deadline: Annotated[str, "No time limit is in the record. Or empty"] = ""
    silence: Annotated[str, "strong: Silence counts as no. Silence means nothing."] = ""
    silence_note: Annotated[str, "after it: it neither confirms nor declines."] = ""
    how: Annotated[Prose, "who asked for it: Asked by Secretariat, #14."] = ()
    sign: Annotated[Link | None, "the page on which it is signed; none in a demonstration"] = None
    first: Annotated[Link | None, "asking the principal first: what the mandate says"] = None
    note: Annotated[Prose, "quiet last line: B has answered; answers stay sealed until both are in"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherInstrument:
    """A further instrument of the process, below the first."""

    title: Annotated[str, "its title"]
    href: Annotated[str, "the overview with this instrument first"]
    edition: Annotated[str, "Edition 1, basis: by analogy"]
    sentence: Annotated[str, "its answer: No. One assent is missing: Delegation B’s."]
    answers: Annotated[tuple[ShortAnswer, ...], "the four"]
    missing: Annotated[tuple[MissingAct, ...], "next acts"]
    links: Annotated[Prose, "An integral part of the Agreement, agreed; or empty"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    mark: Annotated[Mark, "letter"]
    name: Annotated[str, "Delegation A"]
    detail: Annotated[Prose, "Principal: Islamabad."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    count: Annotated[str, "quiet words beside the head: 4 registered, by A alone"]
    rows: Annotated[tuple[Claim, ...], "newest first; with none the section is left out"]
    all: Annotated[Link | None, "the public record, with every claim; or none"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    shell: Annotated[Shell, "around the page"]
    answer: Annotated[Answer, "of the first instrument; with none open, that is the answer"]
    turn: Annotated[Turn, "who must act next"]
    figure: Annotated[FinalityFigure | None, "none while no instrument is open"]
    others: Annotated[tuple[OtherInstrument, ...], "further instruments"]
    brackets: Annotated[Brackets, "open brackets of the first instrument"]
    claims: Annotated[Claims, "public statements beside the record"]
    undertakings: Annotated[
        Link | None, "3 gaps in 2 chains; none where no exhibit or demand is in the record"
    ]
    hours: Annotated[Hours, "time by agenda item"]
    sessions: Annotated[Link, "the page of sessions"]
    last_acts: Annotated[tuple[ActGroup, ...], "the newest handful, grouped or in one group without head"]
    timeline: Annotated[Link, "the timeline"]
    table: Annotated[tuple[Seat, ...], "sides, mediators, others admitted"]
    powers: Annotated[Link, "the page of mandates"]
    looked: Annotated[Looked | None, "what a browser reckons “since you last looked” from; or none"] = None
