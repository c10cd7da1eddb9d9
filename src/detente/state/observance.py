"""What happened after, as the record holds it: incidents, findings, scores. Each is its author's word.

A *group* is a side's letter, or "M" for the mediators and their secretariat, or "" for anybody else (a verifier, an
observer). `index`: position in the main log.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Question = Literal["occurrence", "attribution", "observance"]
"""What a finding answers: whether it happened; who did it; whether the commitment is kept. Each is apart."""

Answer = Literal["yes", "no", "undetermined"]
Confidence = Literal["low", "medium", "high"]


class Sameness(Struct, frozen=True):
    """That somebody takes a report, or row of one, and another for one incident; apart: for two."""

    leaf: str
    index: int
    by: str
    row: int | None
    other: str
    other_row: int | None
    apart: bool = False


class Incident(Struct, frozen=True):
    """One incident that somebody reports; where, when and what are hidden fields of its act. attributed: (leaf, index,
    author, actor) of each assertion of who did it; actor: a side's letter, or "other" where the act says in words.
    same: kept with the report that such an act names first."""

    leaf: str
    index: int
    by: str
    group: str
    attributed: tuple[tuple[str, int, str, str], ...] = ()
    same: tuple[Sameness, ...] = ()


class Batch(Struct, frozen=True):
    """Many incidents in one act: a Parquet file beside the log (docs/specs/incidents.md). file: its SHA-256, base64url;
    size: bytes; rows: how many incidents it holds. attributed: as of an incident, with the row at the end."""

    leaf: str
    index: int
    by: str
    group: str
    file: str
    size: int
    rows: int
    attributed: tuple[tuple[str, int, str, str, int], ...] = ()
    same: tuple[Sameness, ...] = ()


class Performance(Struct, frozen=True):
    """A side's, or anybody's, report of what was done on a commitment: its author's claim."""

    leaf: str
    index: int
    by: str
    group: str
    commitment: str


class Finding(Struct, frozen=True):
    """What the named verifier finds. about: leaf of an incident, a batch or a commitment; row: the incident's place in a
    batch, from 0. actor: whom an attribution names. commitment: whose verifier was asked. claim: made by a person of the
    side it concerns, so that it is that side's word and no finding. dissents: (leaf, index, author). answers: (leaf,
    index, author, group) of what the sides say to it."""

    leaf: str
    index: int
    by: str
    about: str
    question: Question
    answer: Answer
    confidence: Confidence
    row: int | None = None
    actor: str = ""
    commitment: str | None = None
    claim: bool = False
    dissents: tuple[tuple[str, int, str], ...] = ()
    answers: tuple[tuple[str, int, str, str], ...] = ()


class Register(Struct, frozen=True):
    """One version of the list of stipulations that are counted: ids of provisions, or of its own. The unit of count
    changes between versions, so no figure runs across two without saying so."""

    leaf: str
    index: int
    by: str
    instrument: str
    version: int
    stipulations: tuple[str, ...]


class Score(Struct, frozen=True):
    """How far stipulations of a register were carried out in one month ("2026-11"), by one author. scores: (stipulation,
    0 not begun, 1 minimal, 2 intermediate or 3 full)."""

    leaf: str
    index: int
    by: str
    group: str
    register: str
    month: str
    scores: tuple[tuple[str, int], ...]
