"""A text on the table, as its record stands: terms, editions, brackets, each side's standing, what was said of it.

Frozen, by id and leaf, like everything in `state.records`, which holds these by their instrument.
"""

from __future__ import annotations

from typing import Literal

from immutables import Map
from msgspec import Struct

from detente.state.ladder import Step

Basis = Literal["treaty", "analogy", "contract", "collective"]
Terms = Literal["ad_referendum", "definitive"]
ReservationRule = Literal["accepted_by_each", "accepted_by_all", "excluded"]


class DecisionRule(Struct, frozen=True):
    """How a question is decided. `unanimity`: every side; `n_of_m`: at least `n` sides; `groups`: at least `n` of
    each group (sufficient consensus). A text with fewer sides than are asked for needs all it has. Mediators
    never vote."""

    kind: Literal["unanimity", "n_of_m", "groups"]
    n: int = 0
    groups: tuple[tuple[str, ...], ...] = ()

    def met_by(self, yes: frozenset[str], sides: tuple[str, ...]) -> bool:
        if self.kind == "unanimity":
            return yes.issuperset(sides)
        if self.kind == "n_of_m":
            return len(yes.intersection(sides)) >= min(self.n, len(sides))
        present = [found for group in self.groups if (found := frozenset(group).intersection(sides))]
        if not present:
            return yes.issuperset(sides)
        return all(len(yes & group) >= min(self.n, len(group)) for group in present)


class Alternative(Struct, frozen=True):
    """A text for one provision. `side`: its author's side, or "M" for a bridge; `omits`: it leaves the provision out."""

    leaf: str
    index: int
    side: str
    supporters: frozenset[str]
    withdrawn: int | None = None
    omits: bool = False


class Bracket(Struct, frozen=True):
    """The alternatives to one provision since the last edition, in the order tabled. `reserved`: sides."""

    provision: str
    alternatives: tuple[Alternative, ...] = ()
    reserved: tuple[tuple[str, str], ...] = ()

    # Loops rather than generators: every act on a text asks these of one bracket, and an edition of all.
    def live(self) -> tuple[Alternative, ...]:
        return tuple([a for a in self.alternatives if a.withdrawn is None])

    def agreed(self, sides: tuple[str, ...]) -> Alternative | None:
        """The one alternative that every side supports: it closes the bracket provisionally."""
        for alternative in self.alternatives:
            if alternative.withdrawn is None and alternative.supporters.issuperset(sides):
                return alternative
        return None

    def is_open(self, sides: tuple[str, ...]) -> bool:
        return bool(self.reserved) or (bool(self.live()) and self.agreed(sides) is None)


class Package(Struct, frozen=True):
    """Alternatives that stand or fall together. side: its author's, or "M"; alternatives: (provision, leaf); accepted,
    declined: sides; before: (leaf, supporters) of each alternative when the package closed its brackets; closed,
    reopened: the acts with which it did, and with which one of them was opened again."""

    leaf: str
    index: int
    side: str
    edition: str
    alternatives: tuple[tuple[str, str], ...]
    accepted: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    before: tuple[tuple[str, frozenset[str]], ...] = ()
    closed: int | None = None
    reopened: int | None = None


class Reading(Struct, frozen=True):
    """How a side, or the mediators ("M"), read one provision of an edition."""

    leaf: str
    index: int
    side: str
    edition: str
    provision: str


class LanguageVersion(Struct, frozen=True):
    """One person's certificate of a language version of an edition. provisions: those that agree with the others."""

    leaf: str
    index: int
    by: str
    language: str
    status: str
    provisions: tuple[str, ...]


class SilenceBroken(Struct, frozen=True):
    """A side breaks the silence. late: its period had lapsed by then, so that this ends nothing."""

    side: str
    leaf: str
    index: int
    late: bool


class Silence(Struct, frozen=True):
    """A silence procedure on one edition. until: each side's own deadline; since: the act that set the deadlines
    last; lapsed: (side, the mark that showed its deadline past), in order; adopts: whether the lapse of all counts
    towards adoption, settled when it is complete."""

    leaf: str
    index: int
    edition: str
    until: tuple[tuple[str, str], ...]
    since: int
    lapsed: tuple[tuple[str, int], ...] = ()
    breaks: tuple[SilenceBroken, ...] = ()
    adopts: bool = False

    @property
    def broken(self) -> SilenceBroken | None:
        """The first break in time: it ends the procedure."""
        return next((b for b in self.breaks if not b.late), None)

    @property
    def lapsed_at(self) -> int | None:
        """The mark with which every side's period had lapsed without a break."""
        complete = self.broken is None and len(self.lapsed) == len(self.until)
        return self.lapsed[-1][1] if complete else None

    def awaited(self) -> tuple[tuple[str, str], ...]:
        """(side, deadline) of those whose period runs."""
        past = {side for side, _index in self.lapsed}
        ended = self.broken is not None
        return () if ended else tuple((side, at) for side, at in self.until if side not in past)


class Edition(Struct, frozen=True):
    """A numbered, hashed state of the text. `open`: the provisions bracketed in it, with the leaves of their
    alternatives. `received`: (person, leaf of the receipt). `corrections`: the proposals carried out, in order: the
    edition stays the same one, and so does every step on it (VCLT 79(4)). `versions`: the languages certified.
    `silence`: the last silence procedure on it. `objections`: (provision, leaves of the acts that its words answer)."""

    leaf: str
    number: int
    index: int
    by: str
    content: str
    provisions: tuple[str, ...]
    languages: tuple[str, ...]
    open: tuple[tuple[str, tuple[str, ...]], ...]
    circulated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    received: tuple[tuple[str, str], ...] = ()
    corrections: tuple[str, ...] = ()
    silence: Silence | None = None
    versions: tuple[LanguageVersion, ...] = ()
    objections: tuple[tuple[str, tuple[str, ...]], ...] = ()


class StepTaken(Struct, frozen=True, gc=False):
    """One step of one side: what, on which edition, by which act, signed with which key."""

    step: Step
    edition: str
    leaf: str
    index: int
    by: str
    terms: Terms
    key: str = ""


class Standing(Struct, frozen=True):
    """Where a side stands towards an instrument, and every step that led there. `flags` stand beside the last."""

    step: Step = Step.NONE
    edition: str = ""
    path: tuple[StepTaken, ...] = ()
    flags: tuple[str, ...] = ()

    def taken(self, edition: str, steps: frozenset[Step]) -> StepTaken | None:
        """The first act on `edition` that took one of `steps` and has not been taken back since."""
        found: StepTaken | None = None
        for taken in self.path:
            if taken.step is Step.WITHDRAWN:
                found = None
            elif found is None and taken.edition == edition and taken.step in steps:
                found = taken
        return found


NO_STANDING = Standing()


class Reservation(Struct, frozen=True):
    """A side's reservation to an edition (VCLT 2(1)(d), 19), with what the others answered (20-23).

    provisions: those it is about, none for the whole text. beyond: why its author's powers do not carry it, or "".
    confirmed: the principal's act, where one is needed (8, 23(2)). notified: the first time marked after it was made.
    accepted: (side, leaf). objections: (side, leaf, whether it opposes entry into force between the two).
    """

    leaf: str
    index: int
    side: str
    by: str
    edition: str
    provisions: tuple[str, ...]
    beyond: str
    confirmed: int | None = None
    notified: str | None = None
    accepted: tuple[tuple[str, str], ...] = ()
    objections: tuple[tuple[str, str, bool], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    withdrawn: int | None = None


class Instrument(Struct, frozen=True):
    """One text being negotiated, its terms, its editions and every side's standing.

    consent: by `signature` (12(1)), by `ratification`, acceptance or approval after signature (14), or by
    `agreed_means` where nothing is signed (11). entry: at consent of all, on `entry_date`, or `entry_delay`
    days after the last consent (24). adopted_under: the rule that adopted the last edition, where later rules
    have replaced it. bound_index: the act from which on the text is binding; bound_at: the first time marked
    after it. spoken: the minutes of words for or against the last edition.
    annexed: (other instrument, in what sense this one is annexed to it), as last recorded. witnesses: (person, leaf).
    reservation_rule: whose acceptance a reservation needs (19-20). readings: by provision, the last one of each side.
    declarations: (side, leaf) of each interpretive one.
    """

    id: str
    leaf: str
    index: int
    by: str
    basis: Basis
    sides: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    authentication: Literal["initials", "signature", "adoption"]
    consent: Literal["signature", "ratification", "agreed_means"]
    initials_sign: bool
    open_to_accession: bool
    entry: Literal["on_consent", "date", "delay"]
    entry_date: str | None
    entry_delay: int | None
    version: str
    editions: tuple[Edition, ...] = ()
    brackets: Map[str, Bracket] = Map()
    ladder: Map[str, Standing] = Map()
    tabled: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    adopted_under: DecisionRule | None = None
    bound_index: int | None = None
    bound_at: str | None = None
    in_force_since: str | None = None
    in_force_index: int | None = None
    noted: str | None = None
    provisional: tuple[str, ...] = ()
    validity_contested: tuple[tuple[str, str], ...] = ()
    approvals: tuple[tuple[str, str, bool], ...] = ()
    witnesses: tuple[tuple[str, str], ...] = ()
    spoken: tuple[str, ...] = ()
    reservation_rule: ReservationRule = "accepted_by_each"
    packages: Map[str, Package] = Map()
    readings: Map[str, tuple[Reading, ...]] = Map()
    reservations: Map[str, Reservation] = Map()
    declarations: tuple[tuple[str, str], ...] = ()
    annexed: tuple[tuple[str, str], ...] = ()

    @property
    def edition(self) -> Edition | None:
        return self.editions[-1] if self.editions else None

    @property
    def silence(self) -> Silence | None:
        """The silence procedure placed last, whether or not its edition still stands."""
        return next((e.silence for e in reversed(self.editions) if e.silence is not None), None)

    def standing(self, side: str) -> Standing:
        return self.ladder.get(side, NO_STANDING)

    def authentic_languages(self) -> tuple[str, ...]:
        return tuple(tag for tag, status in self.languages if status == "authentic")
