"""The public record: what is said outside the talks, each claim beside what the record holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import ActRef, Glyph, Link, Mark, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of a public statement, beside what the record holds about it."""

    mark: Annotated[Mark, "who registered the statement"]
    words: Annotated[str, "the claim as registered"]
    source: Annotated[str, "who said it and when: a minister, 29 Oct"]
    ref: Annotated[ActRef, "the registering act"]
    glyph: Annotated[
        Glyph, "done: the record holds it; gap: it does not; spoken: claims contradict each other"
    ]
    answer: Annotated[str, "Not in the record; In the record; Contradicted by another claim"]
    detail: Annotated[Prose, "No acknowledgment by B or M in this record. Or empty"] = ()
    proofs: Annotated[tuple[Link, ...], "the acts that show it, each to be proved alone and handed out"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What somebody says to a statement."""

    mark: Annotated[Mark, "who answers"]
    name: Annotated[str, "office: Delegation B"]
    words: Annotated[str, "what they say; empty where it is not for this reader"]
    ref: Annotated[ActRef, "the answering act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementShown:
    """One statement with its claims."""

    id: Annotated[str, "of the place on the page: act-61"]
    mark: Annotated[Mark, "who registered or announced it"]
    how: Annotated[
        Prose, "Registered by Delegation A, #61. Announced by Delegation A, joined by Delegation B"
    ]
    speaker: Annotated[str, "who is said to have spoken, and when: a minister, 29 October 2025"]
    words: Annotated[str, "the statement; empty where it is not for this reader"]
    quoted: Annotated[bool, "true where these are said to be the speaker's own words"]
    source: Annotated[str, "where it was read; or empty"]
    claims: Annotated[tuple[Claim, ...], "each beside the record"]
    answers: Annotated[tuple[Answered, ...], "in the order given"]
    silent: Annotated[str, "of those invited: Not answered by Delegation B and the mediators. Or empty"]
    invited: Annotated[Link | None, "to answer, for whoever looks; or none"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposed:
    """Two claims that cannot both be true."""

    first: Annotated[Claim, "the one registered first"]
    second: Annotated[Claim, "the one that says otherwise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecordPage:
    shell: Annotated[Shell, "around the page"]
    headline: Annotated[str, "what the record can say: The record supports 1 of 5 claims"]
    lead: Annotated[Prose, "what that means, and what it does not"]
    opposed: Annotated[tuple[Opposed, ...], "claims that contradict each other, side by side"]
    statements: Annotated[tuple[StatementShown, ...], "newest first"]
    older: Annotated[Link | None, "the statements before these; or none"]
    empty: Annotated[str, "with no statement: why, and what would fill it"]
    announce: Annotated[Link | None, "to say something oneself; none for whoever cannot"] = None
    read: Annotated[Link | None, "to read an article and register what it says; none for whoever cannot"] = (
        None
    )
