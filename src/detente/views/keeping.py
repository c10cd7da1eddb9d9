"""Whether what was agreed is kept, as the record holds it: findings, the implementation matrix, notices of breach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import ActRef, Choice, Link, Mark, Prose
from detente.views.shell import Shell
from detente.views.text import Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """templates/findings.html"""

    lead: Annotated[str, "who finds, and what stands until then"]
    parts: Annotated[tuple[Beside, ...], "commitments; incidents"]
    empty: Annotated[str, "why there is nothing, and what comes next; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one scorer says in one cell."""

    mark: Annotated[Mark, "who"]
    score: Annotated[int, "0 to 3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    level: Annotated[int | None, "0 to 3, where all who scored say the same; else none"]
    differing: Annotated[tuple[Said, ...], "what each says, where they differ"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    number: Annotated[str, "Article 1(1), or the register's own id"]
    title: Annotated[str, "the stipulation in words, or empty"]
    cells: Annotated[tuple[MatrixCell, ...], "one for each month shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixTotal:
    label: Annotated[str, "3, full; Differing; Not scored"]
    level: Annotated[int | None, "0 to 3, or none"]
    counts: Annotated[tuple[int, ...], "one for each month shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One part of a month's column in the figure of all months."""

    kind: Annotated[str, "level-0 to level-3, differing, unscored: its look"]
    start: Annotated[int, "how many stipulations stand above it"]
    size: Annotated[int, "how many it holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    href: Annotated[str, "the table up to this month"]
    said: Annotated[str, "in words: 12 full, 3 intermediate, 1 differing"]
    shown: Annotated[bool, "true where the table shows this month"]
    stretches: Annotated[tuple[Stretch, ...], "from the top: full first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    mark: Annotated[Mark, "who"]
    name: Annotated[str, "in words"]
    ref: Annotated[ActRef, "the last act with scores of theirs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """templates/matrix.html"""

    lead: Annotated[Prose, "of which register, and of how many stipulations"]
    registers: Annotated[tuple[Choice, ...], "the versions there are; of one, none"]
    versions: Annotated[str, "that figures of two versions are not compared; or empty"]
    columns: Annotated[tuple[MatrixColumn, ...], "every month, for the figure"]
    total: Annotated[int, "how many stipulations"]
    months: Annotated[tuple[str, ...], "the months in the table: Nov 2026"]
    rows: Annotated[tuple[MatrixRow, ...], "the stipulations in the table"]
    totals: Annotated[tuple[MatrixTotal, ...], "of all stipulations, below the table"]
    scorers: Annotated[tuple[Scorer, ...], "by whom"]
    turning: Annotated[tuple[Link, ...], "earlier and later months, further stipulations"]
    csv: Annotated[Link | None, "everything, as a table to download"] = None
    workbook: Annotated[Link | None, "the same as a workbook"] = None
    empty: Annotated[str, "why there is nothing, and what comes next; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """templates/breach.html"""

    lead: Annotated[str, "what a notice does and does not"]
    parts: Annotated[tuple[Beside, ...], "notices; joint decisions; responses; protections of persons"]
    empty: Annotated[str, "why there is nothing, and what comes next; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingPage:
    shell: Annotated[Shell, "around the page"]
    findings: Annotated[Findings, "what was found, by whom, and what was answered"]
    matrix: Annotated[Matrix, "how far each stipulation was carried out, month by month"]
    breach: Annotated[Breach, "notices of breach and what followed"]
