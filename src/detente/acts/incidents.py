"""Incidents: report one, or a batch in one file; assert who did it; report performance; say that two reports are one.

Rules: a report is its author's claim, and an attribution is another; neither is a finding, and nothing follows from
either by itself (ILC Articles on State Responsibility, 2001, art. 2: that an act is attributable, and that it is a
breach, are two questions). What happened, where and when is hidden, and read by people; rules read only which report is
meant. A batch is one act over the SHA-256 of a Parquet file beside the log (docs/specs/incidents.md), so that a million
incidents are no million acts; the door takes none whose file it was not given. An incident of a batch is named by its
row, from 0. Whether two reports are of one incident is for a person to say, and others may say otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, accept, refusals
from detente.acts.sealing import group_of
from detente.codec.identifier import Digest, Leaf, whole
from detente.codec.refusal import Refusal
from detente.state.observance import Batch, Incident, Performance, Sameness
from detente.state.records import State
from detente.state.undertakings import Commitment

Category = Literal[
    "attack", "clash", "explosion", "shelling", "airstrike", "abduction", "violence_against_civilians", "protest",
    "restriction", "other",
]  # fmt: skip
"""What kind of incident is reported."""

MOST_ROWS: Final = 10_000_000
LARGEST_FILE: Final = 2**30
"""Bytes of a batch."""
REPORTERS: Final = TABLE | {"verifier", "observer", "guarantor"}

Day = Annotated[str, Meta(pattern=whole(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), description="a day, as 2026-03-02")]
Degrees = Annotated[
    str, Meta(pattern=whole(r"-?[0-9]{1,3}(\.[0-9]{1,9})?"), description="degrees, with a decimal point")
]
Actor = Annotated[str, Meta(pattern=whole(r"(?:[A-Z]|other)"), description="the letter of a side, or other")]


class ReportIncident(Clear, frozen=True, kw_only=True, tag="report_incident"):
    pass


class IncidentWords(Hidden, frozen=True, kw_only=True):
    """date_to: inclusive; left out, the same day. actors: as the source claims them. source: who says so."""

    title: str | None = None
    text: str | None = None
    category: Category | None = None
    date_from: Day | None = None
    date_to: Day | None = None
    place: str | None = None
    lat: Degrees | None = None
    lon: Degrees | None = None
    actors: str | None = None
    deaths: int | None = None
    source: str | None = None


class ReportIncidents(Clear, frozen=True, kw_only=True, tag="report_incidents"):
    """file: SHA-256 of the Parquet file; size: its bytes; rows: how many incidents it holds."""

    file: Digest
    size: int
    rows: int


class BatchWords(Hidden, frozen=True, kw_only=True):
    """source: who collected them; licence: on what terms they may be used."""

    title: str | None = None
    source: str | None = None
    licence: str | None = None
    text: str | None = None


class AssertAttribution(Clear, frozen=True, kw_only=True, tag="assert_attribution"):
    """incident: leaf of a report; row: of a batch. actor: a side, or "other", whom the words name."""

    incident: Leaf
    actor: Actor
    row: int | None = None


class ReportPerformance(Clear, frozen=True, kw_only=True, tag="report_performance"):
    """commitment: leaf of the one on which something was done."""

    commitment: Leaf


class SameIncident(Clear, frozen=True, kw_only=True, tag="same_incident"):
    """one, another: leaves of reports; one_row, another_row: of batches. apart: that they are two incidents."""

    one: Leaf
    another: Leaf
    one_row: int | None = None
    another_row: int | None = None
    apart: bool = False


class ClaimWords(Hidden, frozen=True, kw_only=True):
    text: str | None = None


class ComparisonReason(Hidden, frozen=True, kw_only=True):
    reason: str | None = None


def evolve_report(state: State, act: Act[ReportIncident]) -> State:
    incident = Incident(act.leaf, state.size, act.author, group_of(state, act.author) or "")
    return replace(state, incidents=state.incidents.set(act.leaf, incident))


def check_incident(_clear: ReportIncident, hidden: IncidentWords) -> tuple[Refusal, ...]:
    """Whether the days follow each other and the place is on the earth. The door asks, and every reader."""
    lat, lon = float(hidden.lat or 0), float(hidden.lon or 0)
    return refusals(
        Refusal("incidents.days", "The incident ends before it begins.", instead="Write the earlier day first.")
        if hidden.date_from and hidden.date_to and hidden.date_to < hidden.date_from
        else None,
        Refusal("incidents.place", "A latitude is at most 90 degrees and a longitude 180, and neither goes without the "
                "other.", instead="Write both with a decimal point, south and west with a minus; or name the place.")
        if (hidden.lat is None) != (hidden.lon is None) or abs(lat) > 90 or abs(lon) > 180
        else None,
        Refusal("incidents.deaths", "Less than nobody cannot have died.", instead="Leave it out where it is not known.")
        if hidden.deaths is not None and hidden.deaths < 0
        else None,
    )  # fmt: skip


def calendar_day(day: str | None) -> str | None:
    """The day, where a calendar has it: 30 February is written like a day, and is none."""
    try:
        return day and date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def check_calendar(hidden: IncidentWords) -> tuple[Refusal, ...]:
    """Whether there are such days. The door alone asks: whoever reads an older record passes over them."""
    none = [day for day in (hidden.date_from, hidden.date_to) if day and calendar_day(day) is None]
    return refusals(
        Refusal("incidents.no_such_day", f"No calendar has the day {none[0]}.", "ISO 8601",
                "Write the day as the source says it, or leave it out and say it in the words.")
        if none
        else None
    )  # fmt: skip


def examine_batch(state: State, act: Act[ReportIncidents]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        Refusal("incidents.rows", f"A batch holds 1 to {MOST_ROWS} incidents.",
                instead="Report a single incident by an act of its own, and more than that in parts.")
        if not 1 <= clear.rows <= MOST_ROWS
        else None,
        Refusal("incidents.size", f"The file of a batch has 1 to {LARGEST_FILE} bytes.",
                instead="Report them in parts.")
        if not 1 <= clear.size <= LARGEST_FILE
        else None,
        Refusal("incidents.known", "This file stands in the record already.",
                instead="Point to the act that reported it.")
        if any(batch.file == clear.file for batch in state.batches.values())
        else None,
    )  # fmt: skip


def evolve_batch(state: State, act: Act[ReportIncidents]) -> State:
    clear, group = act.clear, group_of(state, act.author) or ""
    batch = Batch(act.leaf, state.size, act.author, group, clear.file, clear.size, clear.rows)
    return replace(state, batches=state.batches.set(act.leaf, batch))


def examine_attribution(state: State, act: Act[AssertAttribution]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        _no_report(state, clear.incident, clear.row),
        Refusal("incidents.actor", f"There is no side {clear.actor} in these talks.",
                instead="Name a side by its letter; or write “other”, and say in words who is meant.")
        if clear.actor != "other" and clear.actor not in state.convened.sides
        else None,
    )  # fmt: skip


def _no_report(state: State, leaf: str, row: int | None) -> Refusal | None:
    """What is wrong with naming a report by its act and, in a batch, its row."""
    batch = state.batches.get(leaf)
    if batch is None and leaf not in state.incidents:
        return Refusal("incidents.unknown", "The record holds no such report of an incident.",
                       instead="Name the act that reported it.")  # fmt: skip
    if batch is None and row is not None:
        return Refusal(
            "incidents.row", "That act reports one incident, and has no rows.", instead="Leave out the row."
        )
    if batch is not None and (row is None or not 0 <= row < batch.rows):
        return Refusal("incidents.row", f"An incident of that batch is named by its row, 0 to {batch.rows - 1}.",
                       instead="Name the row.")  # fmt: skip
    return None


def evolve_attribution(state: State, act: Act[AssertAttribution]) -> State:
    clear, batch = act.clear, state.batches.get(act.clear.incident)
    if batch is not None and clear.row is not None:
        said = (act.leaf, state.size, act.author, clear.actor, clear.row)
        batch = replace(batch, attributed=(*batch.attributed, said))
        return replace(state, batches=state.batches.set(batch.leaf, batch))
    incident = state.incidents[clear.incident]
    incident = replace(
        incident, attributed=(*incident.attributed, (act.leaf, state.size, act.author, clear.actor))
    )
    return replace(state, incidents=state.incidents.set(incident.leaf, incident))


def examine_performance(state: State, act: Act[ReportPerformance]) -> tuple[Refusal, ...]:
    return refusals(
        Refusal(
            "commitment.unknown", "The record holds no such commitment.", instead="Name the act that drew it."
        )
        if act.clear.commitment not in state.commitments
        else None,
        Refusal(
            "commitment.withdrawn", "This commitment is withdrawn.", instead="Name a commitment that stands."
        )
        if _is_withdrawn(state.commitments.get(act.clear.commitment))
        else None,
    )


def _is_withdrawn(commitment: Commitment | None) -> bool:
    return commitment is not None and commitment.withdrawn is not None


def evolve_performance(state: State, act: Act[ReportPerformance]) -> State:
    group = group_of(state, act.author) or ""
    done = Performance(act.leaf, state.size, act.author, group, act.clear.commitment)
    return replace(state, performances=state.performances.set(act.leaf, done))


def examine_same(state: State, act: Act[SameIncident]) -> tuple[Refusal, ...]:
    clear = act.clear
    return refusals(
        _no_report(state, clear.one, clear.one_row),
        _no_report(state, clear.another, clear.another_row),
        Refusal("incidents.itself", "A report is the same as itself.", instead="Name two reports.")
        if (clear.one, clear.one_row) == (clear.another, clear.another_row)
        else None,
    )


def evolve_same(state: State, act: Act[SameIncident]) -> State:
    """It is kept with the report that is named first."""
    clear = act.clear
    said = Sameness(
        act.leaf, state.size, act.author, clear.one_row, clear.another, clear.another_row, clear.apart
    )
    batch = state.batches.get(clear.one)
    if batch is not None:
        batch = replace(batch, same=(*batch.same, said))
        return replace(state, batches=state.batches.set(batch.leaf, batch))
    incident = state.incidents[clear.one]
    incident = replace(incident, same=(*incident.same, said))
    return replace(state, incidents=state.incidents.set(incident.leaf, incident))


KINDS = (
    Kind(ReportIncident, IncidentWords, REPORTERS, accept, evolve_report,
         "{author} reports an incident",
         "You say that it happened. Whether it did, and who did it, is for the verifier to find; the sides can answer.",
         content=check_incident),
    Kind(ReportIncidents, BatchWords, REPORTERS, examine_batch, evolve_batch,
         "{author} reports {rows} incidents in the file {file}",
         "You report what its source says, to the byte. Nothing in it is found by that, and nobody is accused by you."),
    Kind(AssertAttribution, ClaimWords, REPORTERS, examine_attribution, evolve_attribution,
         "{author} attributes {incident} to {actor}",
         "You say who did it. It stands as your word until the verifier finds, and beside what others say."),
    Kind(ReportPerformance, ClaimWords, TABLE | {"verifier"}, examine_performance, evolve_performance,
         "{author} reports performance of {commitment}",
         "You say what was done. It stands as your word until the verifier finds."),
    Kind(SameIncident, ComparisonReason, REPORTERS, examine_same, evolve_same,
         "{author} takes {one} and {another} for one incident",
         "You say that two reports are of one incident, or that they are not. Both reports stand; counts follow."),
)  # fmt: skip
