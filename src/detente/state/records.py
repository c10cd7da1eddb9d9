"""The record of a process as it stands after N acts: frozen, by id and leaf, one Struct an institution.

Everything that grows is an `immutables.Map`: an evolve shares all it does not touch, so a state for every
act can be kept. `index` is always a position in the main log, from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from immutables import Map
from msgspec import Struct

from detente.state.ladder import Step
from detente.state.phases import Phase

Role = Literal[
    "delegate", "principal", "mediator", "observer", "guarantor", "witness", "interpreter", "verifier",
    "secretariat", "keeper",
]  # fmt: skip
Basis = Literal["treaty", "analogy", "contract", "collective"]
Terms = Literal["ad_referendum", "definitive"]
ReservationRule = Literal["accepted_by_each", "accepted_by_all", "excluded"]


class _Indexed(Protocol):
    @property
    def index(self) -> int: ...


R = TypeVar("R", bound=_Indexed)


def in_order(records: Iterable[R]) -> list[R]:
    """Records in the order of their acts: a `Map` keeps none that two machines would share."""
    return sorted(records, key=lambda record: record.index)


class Chain(Struct, frozen=True, gc=False):
    """The last sequenced act of one key in one log: `seq` and its leaf."""

    seq: int
    leaf: str


class Key(Struct, frozen=True):
    """A signing key. `public`: base64url of 32 bytes; `sealing`: of the X25519 key beside it, or "" where it has none.
    Indices are None while the event is not in the record."""

    person: str
    public: str
    enrolled: int
    confirmed: int | None = None
    revoked: int | None = None
    compromised_since: int | None = None
    sealing: str = ""


class Person(Struct, frozen=True):
    """One author of acts. `office`: the clause of VCLT art. 7(2) claimed for a State's officer, or ""."""

    id: str
    role: Role
    side: str | None
    office: Literal["", "7(2)(a)", "7(2)(b)", "7(2)(c)"]
    leaf: str
    index: int
    left: int | None = None


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


class Rules(Struct, frozen=True):
    """Rules of procedure: tabled, then adopted by each side; `in_effect` from the act with which every side has
    adopted them. silence_adopts: whether a side that lets a silence procedure lapse does not oppose adoption."""

    leaf: str
    index: int
    adoption: DecisionRule
    adopted_by: frozenset[str] = frozenset()
    in_effect: int | None = None
    silence_adopts: bool = False


class Restriction(Struct, frozen=True, gc=False):
    leaf: str
    index: int
    capacities: tuple[str, ...]
    instruments: tuple[str, ...]


class Mandate(Struct, frozen=True):
    """Full powers or a mandate (VCLT 2(1)(c), 7). Empty `instruments`: every instrument of the process."""

    leaf: str
    index: int
    principal: str
    principal_key: str
    side: str
    holder: str
    capacities: tuple[str, ...]
    instruments: tuple[str, ...]
    terms: Terms
    valid_from: str | None
    valid_until: str | None
    restrictions: tuple[Restriction, ...] = ()
    revoked: int | None = None


class Session(Struct, frozen=True):
    """`course`: (item or "off" or "break", instant at which it was taken up), in order. `spent`: seconds by item,
    reckoned when the session is closed, so that a page of a long record need not."""

    number: int
    leaf: str
    opened: str
    closed: str | None = None
    course: tuple[tuple[str, str], ...] = ()
    spent: tuple[tuple[str, int], ...] = ()

    def stretches(self, end: str) -> tuple[tuple[str, str, str], ...]:
        """(item, from, to) up to `end`; the time before the first item belongs to none, ""."""
        taken = (("", self.opened), *self.course)
        ends = (*(at for _item, at in self.course), end)
        return tuple((item, start, stop) for (item, start), stop in zip(taken, ends, strict=True))


class Minute(Struct, frozen=True):
    """One minuted statement. `sense` says what the speaker is recorded as having done with words."""

    leaf: str
    index: int
    session: int | None
    speaker: str
    sense: str
    instrument: str | None
    edition: str | None
    said_at: str
    asked: int | None = None
    confirmed: int | None = None
    contested: int | None = None
    rectified: tuple[str, ...] = ()


class Alternative(Struct, frozen=True):
    """A text for one provision. `side`: its author's side, or "M" for a bridge."""

    leaf: str
    index: int
    side: str
    supporters: frozenset[str]
    withdrawn: int | None = None


class Bracket(Struct, frozen=True):
    """The alternatives to one provision since the last edition, in the order tabled. `reserved`: sides."""

    provision: str
    alternatives: tuple[Alternative, ...] = ()
    reserved: tuple[tuple[str, str], ...] = ()

    def live(self) -> tuple[Alternative, ...]:
        return tuple(a for a in self.alternatives if a.withdrawn is None)

    def agreed(self, sides: tuple[str, ...]) -> Alternative | None:
        """The one alternative that every side supports: it closes the bracket provisionally."""
        return next((a for a in self.live() if a.supporters.issuperset(sides)), None)

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
    `silence`: the last silence procedure on it."""

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


class Correction(Struct, frozen=True):
    """An error in an authentic text, and the words proposed instead (VCLT 79). expired: the mark that showed the
    period for objection past; objections: (side, leaf, whether it came after that); made: the act that corrected."""

    leaf: str
    index: int
    by: str
    instrument: str
    edition: str
    provisions: tuple[str, ...]
    objections_by: str
    expired: int | None = None
    objections: tuple[tuple[str, str, bool], ...] = ()
    made: int | None = None

    @property
    def opposed(self) -> tuple[str, ...]:
        """The sides that objected in time."""
        return tuple(side for side, _leaf, late in self.objections if not late)


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


class Bridge(Struct, frozen=True):
    """A mediator's proposal on one provision, without prejudice; `opened` once every side's sealed answer is yes."""

    leaf: str
    index: int
    instrument: str
    provision: str
    expires: str
    lapsed: int | None = None
    opened: int | None = None


class Recovery(Struct, frozen=True):
    """The recovery key that a side, or the mediators ("M"), keep on paper. public: X25519, base64url."""

    group: str
    public: str
    leaf: str
    index: int


class Epoch(Struct, frozen=True):
    """One key of a chamber, with which its content is sealed until the next. index: in the chamber's log; public:
    X25519, base64url; boxed: ids of the keys, and groups, that have been given it."""

    leaf: str
    index: int
    by: str
    public: str
    boxed: frozenset[str]


class Referral(Struct, frozen=True):
    """A side's announcement that it asks its principal first. Silence means nothing."""

    leaf: str
    index: int
    side: str
    person: str
    instrument: str
    edition: str
    reply_by: str | None


class Unauthorised(Struct, frozen=True):
    """A step beyond its author's mandate: in the record, without effect unless confirmed (VCLT 8)."""

    leaf: str
    index: int
    side: str
    person: str
    instrument: str
    edition: str
    move: str
    terms: Terms
    why: str
    confirmed: int | None = None


class Statement(Struct, frozen=True):
    """A public statement registered by its author. `claims`: typed predicates; `answers`: (person, leaf)."""

    leaf: str
    index: int
    by: str
    claims: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...] = ()


class Clock(Struct, frozen=True):
    """The last cosigned mark: the latest instant that the record can prove. "" before the first.

    size: how many acts the cosigned checkpoint covers; at `now` at least these were in the log."""

    now: str = ""
    index: int | None = None
    size: int = 0


class Irregular(Struct, frozen=True):
    """An act that stands in the log although `examine` refuses it: a finding against the host."""

    index: int
    leaf: str
    codes: tuple[str, ...]


class Process(Struct, frozen=True):
    """What the convening act fixed. `cosigners`: C2SP verifier keys; `quorum` of them make a mark cosigned."""

    origin: str
    edition: int
    convenor: str
    keeper: str
    log_key: str
    sides: tuple[str, ...]
    open_to_public: bool
    cosigners: tuple[str, ...]
    quorum: int


class State(Struct, frozen=True):
    """`fold(acts)` of a main log. `size` counts the acts folded; `unknown_from` is set where a reader met a kind
    or version that it does not know, and nothing after that index is reflected. `asked`: the minutes whose speakers
    have been asked to confirm them, and have not answered."""

    size: int = 0
    phase: Phase = Phase.UNOPENED
    unknown_from: int | None = None
    process: Process | None = None
    chains: Map[str, Chain] = Map()
    keys: Map[str, Key] = Map()
    people: Map[str, Person] = Map()
    heads: Map[str, str] = Map()
    contested: Map[str, str] = Map()
    rules: Rules | None = None
    tabled_rules: Rules | None = None
    recovery: Map[str, Recovery] = Map()
    mandates: Map[str, Mandate] = Map()
    agenda: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    minutes: Map[str, Minute] = Map()
    asked: tuple[str, ...] = ()
    instruments: Map[str, Instrument] = Map()
    instrument_order: tuple[str, ...] = ()
    bridges: Map[str, Bridge] = Map()
    corrections: Map[str, Correction] = Map()
    referrals: Map[str, Referral] = Map()
    unauthorised: Map[str, Unauthorised] = Map()
    statements: Map[str, Statement] = Map()
    clock: Clock = Clock()
    irregular: tuple[Irregular, ...] = ()

    @property
    def convened(self) -> Process:
        """The process; the phase table lets nothing but `convene` come before it."""
        assert self.process is not None
        return self.process

    def texts(self) -> tuple[Instrument, ...]:
        """The instruments, in the order in which they were opened."""
        return tuple(self.instruments[name] for name in self.instrument_order)

    def adoption_rule(self) -> DecisionRule:
        """The rule in effect; without one, the consent of every side (VCLT 9(1))."""
        if self.rules is None:
            return DecisionRule("unanimity")
        return self.rules.adoption


class Chamber(Struct, frozen=True):
    """`fold(acts)` of one chamber log. `main` is the main state that the act being weighed had seen."""

    name: str
    main: State
    size: int = 0
    unknown_from: int | None = None
    chains: Map[str, Chain] = Map()
    referrals: Map[str, tuple[str, str, str | None]] = Map()
    instructions: tuple[tuple[str, str, str | None], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    answers: Map[str, tuple[str, str]] = Map()
    epochs: tuple[Epoch, ...] = ()
    irregular: tuple[Irregular, ...] = ()
