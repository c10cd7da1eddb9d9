"""A record in memory, for tests of the core: acts go through `examine` and `fold`, nothing is signed.

`Simulator` convenes a process, and `do(person, kind, **fields)` fills the envelope (chain, `seen`, `aud`, and
`on` for guarded kinds) and puts the act into the record if `examine` admits it. Leaves are hashes of a
counter. Keys are real demonstration keys, since enrolment checks possession and marks check cosignatures.

`history` holds every act tried, with the refusals and the state after it; `dump` writes it into numbered
folders to look at.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from detente.acts.act import Act, Clear, Offer, Staleness
from detente.acts.convening import process_origin
from detente.acts.editions import left_out, open_in
from detente.acts.key_authority import is_known
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.instant import unix_from_instant
from detente.codec.refusal import Refusal
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.procedure.chambers import chamber_names, empty_chamber
from detente.procedure.examination import PROCEDURE_EDITIONS, examine, version_of
from detente.procedure.finality import Finality, finality
from detente.procedure.fold import fold, place
from detente.procedure.offers import offers
from detente.state.instrument import Edition, Instrument, Standing
from detente.state.records import Chamber, State, in_order
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.signed_note import Note, NoteSigner, format_note, format_vkey

ENVELOPE = ("v", "proc", "iat", "seq", "prev", "seen", "aud", "sd", "on")
PROVISIONS = ("art_1", "art_2", "art_3__para_2", "art_5")
COSIGNER_NAMES = ("cosigner.example", "harbour.example", "lighthouse.example")


@functools.cache
def demonstration_key(name: str) -> SigningKey:
    """The same key for the same name, in every test."""
    return SigningKey.from_seed(sha256(f"demonstration {name}".encode()).digest())


@functools.cache
def demonstration_cosigner(name: str) -> Cosigner:
    return Cosigner.from_seed(name, ED25519_COSIGNATURE, sha256(f"cosigner {name}".encode()).digest())


@functools.cache
def fake_leaf(number: int) -> str:
    return encode_base64url(sha256(str(number).encode()).digest())


class Moment(msgspec.Struct, frozen=True):
    """One act that was tried: in which log ("" for the main one), by whom, and what came of it."""

    log: str
    person: str
    key: str
    leaf: str
    clear: Clear
    refusals: tuple[Refusal, ...]
    stands: bool
    before: State | Chamber
    after: State | Chamber


class Simulator:
    """A process from its convening on. The convenor is M, the keeper K; nobody else is admitted yet."""

    def __init__(self, *sides: str, quorum: int = 1, open_to: str = "members", **convening: Any) -> None:
        self.state = State()
        self.history: list[Moment] = []
        self.keys: dict[str, str] = {}
        self._leaves = 0
        self.log_key = demonstration_key("log")
        public = {p: encode_base64url(demonstration_key(p).public) for p in ("log", "M", "K")}
        fields: dict[str, Any] = {
            "label": "talks", "nonce": "nonce", "procedure": PROCEDURE_EDITIONS[-1],
            "convenor": "M", "convenor_key": public["M"],
            "keeper": "K", "keeper_key": public["K"], "log_key": public["log"], "sides": sides or ("A", "B"),
            "open_to": open_to, "quorum": quorum,
            "cosigners": tuple(format_vkey(demonstration_cosigner(n).key) for n in COSIGNER_NAMES[:2]),
            **convening,
        }  # fmt: skip
        self.origin = process_origin(
            fields["label"], fields["log_key"], fields["convenor_key"], fields["nonce"]
        )
        self.convened_with = self.do("M", "convene", **{"proc": self.origin, **fields})
        self.chambers = {name: empty_chamber(name) for name in chamber_names(tuple(fields["sides"]))}

    # -- acts ----------------------------------------------------------------------------------------------

    def key_of(self, person: str) -> str:
        return self.keys.get(person) or demonstration_key(person).key_id

    def act(self, person: str, kind: str, log: str = "", /, **fields: Any) -> Act[Any]:
        """The act as it would arrive; envelope fields in `fields` replace those filled in here.

        Raises `msgspec.ValidationError` where the fields are not those of the kind.
        """
        key = fields.pop("key_id", None) or self.key_of(person)
        folded = self.folded(log)
        chain = folded.chains.get(key)
        payload = {
            "v": 1, "act": kind, "iat": 1_761_600_000 + self._leaves, "_sd": (),
            "proc": f"{self.origin}/{log}" if log else self.origin,
            "seq": chain.seq + 1 if chain else 0, "prev": chain.leaf if chain else "",
            "seen": (self.state.size, encode_base64url(self.root(self.state.size))), "aud": ("all",),
        }  # fmt: skip
        if BY_NAME[kind].staleness is Staleness.GUARDED and "on" not in fields:
            subject = fields.get("instrument", "rules")
            version = version_of(self.state, subject)
            payload["on"] = (subject, version) if version else None
        clear = msgspec.convert({**payload, **fields}, BY_NAME[kind].clear, strict=True)
        self._leaves += 1
        return place(self.state, key, fake_leaf(self._leaves), clear)

    def do(self, person: str, kind: str, log: str = "", /, **fields: Any) -> tuple[Refusal, ...]:
        """Put the act into the record if it is admitted; the refusals, or none."""
        return self._submit(log, person, self.act(person, kind, log, **fields), force=False)

    def force(self, person: str, kind: str, log: str = "", /, **fields: Any) -> tuple[Refusal, ...]:
        """Put the act into the log whether it is admitted or not, as a faithless host would."""
        return self._submit(log, person, self.act(person, kind, log, **fields), force=True)

    def must(self, person: str, kind: str, log: str = "", /, **fields: Any) -> str:
        """Put an act into the record that has to be admitted; its leaf."""
        found = self.do(person, kind, log, **fields)
        assert not found, f"{person} {kind}: {found}"
        return self.last

    def codes(self, person: str, kind: str, log: str = "", /, **fields: Any) -> set[str]:
        """The codes with which the act would be refused; nothing enters the record."""
        return {r.code for r in examine(self.folded(log), self.act(person, kind, log, **fields))}

    def _submit(self, log: str, person: str, act: Act[Any], *, force: bool) -> tuple[Refusal, ...]:
        before = self.folded(log)
        found = examine(before, act)
        stands = force or not found
        after = fold(before, act) if stands else before
        self.history.append(Moment(log, person, act.key, act.leaf, act.clear, found, stands, before, after))
        if isinstance(after, Chamber):
            self.chambers[log] = after
        else:
            self.state = after
        return found

    @property
    def last(self) -> str:
        """The leaf of the last act that stands in a log."""
        return next(m.leaf for m in reversed(self.history) if m.stands)

    # -- looking -------------------------------------------------------------------------------------------

    def folded(self, log: str = "") -> State | Chamber:
        """The state of a log; a chamber as an act that has seen all of the main log meets it."""
        return replace(self.chambers[log], main=self.state) if log else self.state

    def instrument(self, name: str = "text") -> Instrument:
        return self.state.instruments[name]

    def edition(self, name: str = "text") -> Edition:
        edition = self.instrument(name).edition
        assert edition is not None
        return edition

    def standing(self, side: str, name: str = "text") -> Standing:
        return self.instrument(name).standing(side)

    def ladder(self, name: str = "text") -> str:
        """Every side's step in one word: "AI" is A assented, B initialled."""
        return "".join(self.standing(side, name).step for side in self.instrument(name).sides)

    def finality(self, name: str = "text") -> Finality:
        return finality(self.state, name)

    def answers(self, name: str = "text") -> str:
        """The four answers in one word, for tables: "yn--" is adopted, not authentic."""
        found = self.finality(name)
        return "".join(
            "y" if a.yes else "n" for a in (found.adopted, found.authentic, found.binding, found.in_force)
        )

    def offered(self, person: str) -> list[str]:
        return [offer.kind for offer in offers(self.state, person)]

    def take(self, person: str, offer: Offer) -> tuple[Refusal, ...]:
        return self.do(person, offer.kind, **offer.clear)

    def acts(self, log: str = "") -> list[tuple[str, str, Clear]]:
        """(key, leaf, clear) of everything that stands in a log: what a fresh fold starts from."""
        return [(m.key, m.leaf, m.clear) for m in self.history if m.stands and m.log == log]

    def dump(self, directory: Path) -> None:
        """Each act tried, and the state after it, in a numbered folder."""
        for number, moment in enumerate(self.history):
            folder = directory / f"{number:03} {moment.person} {BY_NAME_OF[type(moment.clear)]}"
            folder.mkdir(parents=True)
            shown = {"act": moment.clear, "refusals": moment.refusals, "state": moment.after}
            for name, value in shown.items():
                plain = msgspec.to_builtins(value, enc_hook=_plain_map)
                (folder / f"{name}.json").write_text(json.dumps(plain, indent=1, ensure_ascii=False))

    # -- the usual beginnings ------------------------------------------------------------------------------

    def admit(self, person: str, role: str, side: str | None = None, **fields: Any) -> None:
        """Admit a person and enrol a demonstration key. A principal is confirmed by one of its side who is known, or else
        by the convenor."""
        self.must("M", "admit", person=person, role=role, **({"side": side} if side else {}), **fields)
        self.enrol(person)
        if role == "principal":
            known = (
                p.id
                for p in in_order(self.state.people.values())
                if p.side == side and is_known(self.state, p)
            )
            self.must(next(known, "M"), "confirm_fingerprint", key=self.key_of(person))

    def enrol(self, person: str, name: str = "", by: str = "M", **fields: Any) -> str:
        """Enrol the demonstration key `name` (the person's own by default); its key id."""
        key = demonstration_key(name or person)
        proof = prove_possession(key, self.origin, person)
        public = encode_base64url(key.public)
        self.must(by, "enrol", person=person, public=public, possession=proof, **fields)
        self.keys[person] = key.key_id
        return key.key_id

    def seat(self) -> Simulator:
        """Each side's head of delegation (its letter) and principal (P and its letter)."""
        for side in self.state.convened.sides:
            self.admit(side, "delegate", side)
            self.admit(f"P{side}", "principal", side)
        return self

    def grant(self, side: str, *capacities: str, terms: str = "definitive", **fields: Any) -> str:
        """The principal's mandate to the head of delegation; its leaf."""
        every = ("assent", "initial", "sign_ad_referendum", "sign")
        fields = {"holder": side, "capacities": capacities or every, "terms": terms, **fields}
        return self.must(f"P{side}", "grant_mandate", **fields)

    def open(self, name: str = "text", **terms: Any) -> str:
        fields = {"sides": self.state.convened.sides, "basis": "analogy", "languages": (("en", "authentic"),)}
        return self.must("M", "open_instrument", instrument=name, **{**fields, **terms})

    def issue_fields(self, name: str = "text", **fields: Any) -> dict[str, Any]:
        """The next edition's: the provisions of the last one and what is bracketed, with the open brackets."""
        instrument = self.instrument(name)
        bracketed = open_in(instrument)
        last = instrument.edition.provisions if instrument.edition else PROVISIONS
        return {
            "instrument": name, "number": len(instrument.editions) + 1, "content": fake_leaf(10**6),
            "provisions": tuple(
                provision
                for provision in dict.fromkeys((*last, *(provision for provision, _leaves in bracketed)))
                if provision not in left_out(instrument)
            ),
            "languages": instrument.authentic_languages(), "open": bracketed, **fields,
        }  # fmt: skip

    def issue(self, name: str = "text", **fields: Any) -> str:
        """The next edition, carrying the brackets that are open; its leaf."""
        return self.must("M", "issue", **self.issue_fields(name, **fields))

    def step(self, person: str, kind: str, name: str = "text", /, **fields: Any) -> tuple[Refusal, ...]:
        """A step on the ladder in every language, on the version that stands."""
        if kind in ("initial", "sign", "sign_ad_referendum"):
            fields.setdefault("languages", tuple(tag for tag, _status in self.instrument(name).languages))
        if kind == "assent":
            fields.setdefault("terms", "definitive")
        return self.do(person, kind, instrument=name, **fields)

    def steps(self, kind: str, *people: str, name: str = "text", **fields: Any) -> None:
        for person in people:
            found = self.step(person, kind, name, **fields)
            assert not found, f"{person} {kind}: {found}"

    # -- time ----------------------------------------------------------------------------------------------

    def root(self, size: int) -> bytes:
        """A root for each size; the core compares roots and never computes them."""
        return sha256(f"root {size}".encode()).digest() if size else EMPTY_ROOT

    def checkpoint(self, *times: str | int, size: int | None = None, origin: str = "") -> str:
        """A signed note of this log's checkpoint, with one cosignature for each time given."""
        marked = self.state.size if size is None else size
        text = format_checkpoint(Checkpoint(origin or self.origin, marked, self.root(marked)))
        log = NoteSigner.from_seed(origin or self.origin, self.log_key.seed).sign(text)
        seconds = [t if isinstance(t, int) else unix_from_instant(t) for t in times]
        names = zip(COSIGNER_NAMES, seconds, strict=False)
        cosignatures = [demonstration_cosigner(name).sign(text, time) for name, time in names]
        return format_note(Note(text, (log, *cosignatures))).decode()

    def mark(self, *times: str | int, size: int | None = None, **fields: Any) -> tuple[Refusal, ...]:
        """The keeper marks the time with a checkpoint of this moment, cosigned at `times`."""
        marked = self.state.size if size is None else size
        seen = (marked, encode_base64url(self.root(marked)))
        return self.do(
            "K", "mark_time", **{"checkpoint": self.checkpoint(*times, size=size), "seen": seen, **fields}
        )


BY_NAME_OF: Mapping[type[Clear], str] = {kind.clear: name for name, kind in BY_NAME.items()}


def _plain_map(value: object) -> object:
    if isinstance(value, Map):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value))


def seated(*sides: str, **convening: Any) -> Simulator:
    """A process with every side's head and principal at the table, keys enrolled and confirmed."""
    return Simulator(*sides, **convening).seat()


def with_text(*sides: str, terms: Mapping[str, Any] = Map(), **convening: Any) -> Simulator:
    """Seated, full mandates granted, the instrument “text” opened under `terms`, edition 1 issued."""
    simulator = seated(*sides, **convening)
    for side in simulator.state.convened.sides:
        simulator.grant(side)
    simulator.open(**dict(terms))
    simulator.issue()
    return simulator
