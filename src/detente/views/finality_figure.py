"""The four questions and each side's ladder as one figure.

Columns are the questions, rows the sides; each question holds the same steps for every side, in order:

| question | steps, as the text or the sides agreed |
|---|---|
| `adopted` | assent |
| `authentic` | initials |
| `binding` | signature; and its confirmation or ratification, where needed |
| `in_force` | date or condition noted |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.views.marks import Glyph, Mark, Prose

QuestionKey = Literal["adopted", "authentic", "binding", "in_force"]
Reach = Literal["done", "current", "ahead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Words under the step that they did not take, or took and took back."""

    head: Annotated[str, "strong: Oral yes; Taken back"]
    text: Annotated[Prose, "the rest: #14, 02:34†. Unconfirmed: no step"]
    signed: Annotated[bool, "true: a signed act, solid frame; false: spoken or claimed, dashed frame"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of one side."""

    glyph: Annotated[Glyph, "done, awaited, empty"]
    label: Annotated[str, "Assent when open, Assented when done"]
    detail: Annotated[Prose, "when and by which act, or by whom, or: none in the record"]
    asides: Annotated[tuple[Aside, ...], "spoken words, steps taken back, earlier editions' steps"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSteps:
    """What one side has done, or still owes, towards one question."""

    mark: Annotated[Mark, "the side"]
    name: Annotated[str, "the side's short name, repeated where the figure is stacked"]
    steps: Annotated[tuple[Step, ...], "one or more, in order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    key: Annotated[QuestionKey, "which of the four"]
    label: Annotated[str, "Adopted?"]
    yes: Annotated[bool, "the answer"]
    glyph: Annotated[Glyph, "done for yes, awaited for the first no, empty for the later ones"]
    reach: Annotated[Reach, "thick rule above: solid, dotted, or hairline"]
    detail: Annotated[Prose, "one line: 2 assents missing; Edition 3, #73, 28 Oct 03:04"]
    sides: Annotated[tuple[SideSteps, ...], "in the order of the figure's rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderSide:
    """The head of a side's row."""

    mark: Annotated[Mark, "the side"]
    name: Annotated[str, "Islamabad"]
    powers: Annotated[Prose, "Powers: assent, initial; or: No powers in the record"]
    powers_missing: Annotated[bool, "true draws the broken ring before the line"]
    letter: Annotated[str, "ladder letter: . A I R S B F W N E"]
    standing: Annotated[str, "the letter in a word: none, assented, initialled, signed ad referendum"]
    flags: Annotated[tuple[str, ...], "beside the ladder: reservation open, representation contested"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalityFigure:
    instrument: Annotated[str, "title of the instrument"]
    href: Annotated[str, "its text"]
    edition: Annotated[str, "Edition 3, basis: by analogy"]
    sides: Annotated[tuple[LadderSide, ...], "one row each"]
    questions: Annotated[tuple[Question, ...], "the four, in order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer:
    """The same in one line, where there is no room for the figure."""

    question: Annotated[str, "Adopted"]
    yes: Annotated[bool, "the answer"]
    glyph: Annotated[Glyph, "done, awaited or empty"]
