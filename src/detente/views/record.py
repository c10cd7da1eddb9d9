"""The record as such: size, root, checkpoint, cosigners, copies, and how to check it without this host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Glyph, Link, Mark, Moment, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigner:
    mark: Annotated[Mark, "letter"]
    name: Annotated[str, "Cosigner of A"]
    run_by: Annotated[str, "Delegation A, own machine; in a demonstration: this demonstration"]
    seen: Annotated[int, "size of the last checkpoint it signed; 0: none"]
    signed: Annotated[Moment | None, "when it signed that; none: never"]
    glyph: Annotated[Glyph, "done, awaited or gap"]
    state: Annotated[str, "Up to date; 1 act behind; No answer since 28 Oct 00:05"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCosigner:
    """One that a participant named after convening. It counts for no mark of time."""

    name: Annotated[str, "A.browser-5f3c9a21"]
    vkey: Annotated[str, "its verifier key"]
    number: Annotated[str, "the act that named it: #31"]
    by: Annotated[Prose, "who named it, and by which act"]
    seen: Annotated[int, "size of the last checkpoint it signed; 0: none"]
    signed: Annotated[Moment | None, "when it signed that; none: never"]
    glyph: Annotated[Glyph, "done, awaited or gap"]
    state: Annotated[str, "Up to date; 1 act behind; Dropped by act #40"]
    own: Annotated[bool, "whether the viewer named it, and it stands"]
    drop: Annotated[str, "where the viewer can drop it; empty: they cannot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessing:
    """What a browser needs to become a cosigner of the record."""

    process: Annotated[str, "origin of the main log"]
    person: Annotated[str, "id of the viewer"]
    sign: Annotated[str, "where acts are signed"]
    machine: Annotated[str, "where a machine's key is named by hand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointRow:
    size: Annotated[int, "acts"]
    time: Annotated[Moment | None, "what its cosigners attest; none: nobody does"]
    root: Annotated[str, "first 8 hexadecimal digits, grouped by four"]
    cosigned: Annotated[tuple[Mark, ...], "by whom; may be empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A time stamp of an authority on a checkpoint."""

    authority: Annotated[str, "Stamp Office"]
    number: Annotated[int, "the last act under it"]
    time: Annotated[Moment, "when, as the authority says"]
    href: Annotated[str, "where the stamps are served"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    link: Annotated[Link, "Certified copy, as Delegation A may see it"]
    text: Annotated[str, "what is in it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChamberLog:
    """A log beside the main one. All were opened at convening, so their existence says nothing."""

    name: Annotated[str, "Side A; Mediators with side B"]
    origin: Annotated[str, "detente/…/side-A"]
    size: Annotated[str, "12 acts; not shown to you"]
    readers: Annotated[str, "Delegation A and its principal. Not sealed: readable by the host."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    whom: Annotated[str, "strong: The host"]
    text: Annotated[str, ", to keep this running. It cannot ..."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    shell: Annotated[Shell, "around the page"]
    headline: Annotated[str, "82 acts, seen by two of three cosigners"]
    lead: Annotated[Prose, "how far the rule of this process is met"]
    size: Annotated[int, "acts in the main log"]
    last: Annotated[Moment, "time of the last one"]
    root: Annotated[str, "root hash, 64 hexadecimal digits, grouped by four"]
    origin: Annotated[str, "origin of the main log"]
    signed: Annotated[Moment | None, "when the newest checkpoint was cosigned; none: not yet"]
    signer: Annotated[str, "by the host’s log key, and its name"]
    second_key: Annotated[str, "what the log’s second signature is for; empty where it has no second key"]
    irregular: Annotated[str, "None; or: 1 act stands in the log that the rules refuse: #12"]
    checkpoint: Annotated[str, "the newest checkpoint, as a signed note"]
    checkpoint_href: Annotated[str, "where it is served"]
    cosigners: Annotated[tuple[Cosigner, ...], "may be empty: cosigners_empty is printed"]
    cosigners_empty: Annotated[str, "why there is none, and what that means"]
    late: Annotated[tuple[LateCosigner, ...], "named after convening, in that order; may be empty"]
    witnessing: Annotated[Witnessing | None, "none: the viewer takes no part, or an earlier moment is shown"]
    stamped: Annotated[Stamped | None, "the newest time stamp; none: no authority has stamped it"]
    copies: Annotated[tuple[Copy, ...], "downloads"]
    tiles: Annotated[tuple[Link, ...], "tiles of the log as static files"]
    command: Annotated[str, "detente verify istanbul-82.detente"]
    checkpoints: Annotated[tuple[CheckpointRow, ...], "newest first, a handful"]
    chambers: Annotated[tuple[ChamberLog, ...], "the other logs of the process"]
    trust: Annotated[tuple[Trusted, ...], "what the reader relies on"]
    host: Annotated[str, "what the host can and cannot do: `wording.host`"]
