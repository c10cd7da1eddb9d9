"""The record of a process as it stands after N acts: frozen, by id and leaf, one Struct an institution.

Everything that grows is an `immutables.Map`: an evolve shares all it does not touch, so a state for every
act can be kept. `index` is always a position in the main log, from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from immutables import Map
from msgspec import Struct

from detente.state.breach import Decision, Notice, Protection
from detente.state.instrument import DecisionRule, Instrument, Terms
from detente.state.observance import Batch, Finding, Incident, Performance, Register, Score
from detente.state.phases import Phase
from detente.state.public_record import Article, Position, Statement
from detente.state.undertakings import Assurance, Commitment, Demand, Exhibit, Ordering

Role = Literal[
    "delegate", "principal", "mediator", "observer", "guarantor", "witness", "interpreter", "verifier",
    "secretariat", "keeper",
]  # fmt: skip


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
    Indices are None while the event is not in the record. continues: enrolled under a confirmed key of the same person;
    on_anothers_word: it took a principal's place when its side had nobody left to confirm it."""

    person: str
    public: str
    enrolled: int
    confirmed: int | None = None
    revoked: int | None = None
    compromised_since: int | None = None
    sealing: str = ""
    continues: bool = False
    on_anothers_word: bool = False


class Person(Struct, frozen=True):
    """One author of acts. `office`: the clause of VCLT art. 7(2) claimed for a State's officer, or ""."""

    id: str
    role: Role
    side: str | None
    office: Literal["", "7(2)(a)", "7(2)(b)", "7(2)(c)"]
    leaf: str
    index: int
    left: int | None = None


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


class Bridge(Struct, frozen=True):
    """A mediator's proposal on one provision, without prejudice; `opened` once every side's sealed answer is yes."""

    leaf: str
    index: int
    instrument: str
    provision: str
    expires: str
    lapsed: int | None = None
    opened: int | None = None

    @property
    def is_live(self) -> bool:
        """Whether it can still be answered."""
        return self.opened is None and self.lapsed is None


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


class Cosigner(Struct, frozen=True):
    """A cosigner that somebody named after convening, for a machine or browser of theirs. group: their side, or "M";
    vkey: C2SP verifier key, and the name in it; ended: the act that dropped it. It counts for no mark of time."""

    leaf: str
    index: int
    by: str
    group: str | None
    vkey: str
    name: str
    ended: int | None = None


class Erasure(Struct, frozen=True):
    """That something which an act hid has been erased. index: of the erasing act, in its log; parts: names of hidden
    fields, none for all; confirmed: people who said that they erased it in copies of their own."""

    leaf: str
    index: int
    by: str
    ground: str
    parts: tuple[str, ...]
    confirmed: tuple[str, ...] = ()


class StatedPreferences(Struct, frozen=True):
    """That a side, or the mediators on its behalf, stated what a text's open choices are worth to it; what they are
    worth is sealed. index: in the chamber's log; estimate: given by the mediators."""

    leaf: str
    index: int
    by: str
    side: str
    instrument: str
    edition: str
    estimate: bool = False


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
    """What the convening act fixed. `cosigners`: C2SP verifier keys; `quorum` of them make a mark cosigned;
    `log_mldsa_key`: "" where the log signs with Ed25519 only."""

    origin: str
    edition: int
    convenor: str
    keeper: str
    log_key: str
    sides: tuple[str, ...]
    open_to_public: bool
    cosigners: tuple[str, ...]
    quorum: int
    log_mldsa_key: str = ""


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
    articles: Map[str, Article] = Map()
    positions: Map[str, Position] = Map()
    cosigners: Map[str, Cosigner] = Map()
    exhibits: Map[str, Exhibit] = Map()
    demands: Map[str, Demand] = Map()
    assurances: Map[str, Assurance] = Map()
    commitments: Map[str, Commitment] = Map()
    orderings: Map[str, Ordering] = Map()
    incidents: Map[str, Incident] = Map()
    batches: Map[str, Batch] = Map()
    performances: Map[str, Performance] = Map()
    findings: Map[str, Finding] = Map()
    registers: Map[str, Register] = Map()
    scores: Map[str, Score] = Map()
    notices: Map[str, Notice] = Map()
    protections: Map[str, Protection] = Map()
    decisions: Map[str, Decision] = Map()
    erasures: Map[str, tuple[Erasure, ...]] = Map()
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
    erasures: Map[str, tuple[Erasure, ...]] = Map()
    irregular: tuple[Irregular, ...] = ()
    preferences: tuple[StatedPreferences, ...] = ()
