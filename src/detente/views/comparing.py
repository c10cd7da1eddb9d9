"""Reports that may be of one incident, side by side, for a person to decide. Nothing is decided by the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedReport:
    when: Annotated[str, "2026-05-10, or 2026-05-01 to 2026-05-31"]
    what: Annotated[str, "Attack, Ford, North"]
    claimed: Annotated[str, "actors as the source claims them, and the dead it counts; or empty"]
    text: Annotated[str, "what the source says; or empty"]
    source: Annotated[str, "who says so; or empty"]
    where: Annotated[Prose, "the act that reports it, and its row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPair:
    apart: Annotated[str, "2.1 km and 1 day apart"]
    score: Annotated[str, "0.83"]
    reports: Annotated[tuple[ComparedReport, ...], "the two"]
    decide: Annotated[
        tuple[Link, ...], "to the acts that say that they are one, or two; none for who cannot act"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparingPage:
    shell: Annotated[Shell, "around the page"]
    headline: Annotated[str, "12 pairs of reports may be of one incident each"]
    lead: Annotated[str, "how pairs are proposed, and that a person decides"]
    empty: Annotated[str, "why there is no pair, and what next; or empty"]
    pairs: Annotated[tuple[ComparedPair, ...], "the likeliest first"]
    more: Annotated[str, "how many are not shown; or empty"]
    decided: Annotated[str, "what people have decided and where they disagree; or empty"]
    back: Annotated[Link, "to the page of observance"]
