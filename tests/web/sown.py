"""A host with canaries in every hidden field of every kind of act, and who may read each of them.

Records played from scripts carry a canary in each hidden field that holds words, for ever other readers; a record whose
chambers have keys carries them sealed, where nobody may find them at the host at all. Who may read is worked out here
from the act alone, by other code than the product's.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from detente.acts.act import MEDIATION
from detente.acts.kinds import BY_NAME
from detente.cli.playing import Playing
from detente.codec.refusal import Refused
from detente.depositary.host import Depositary
from detente.interchange.cases import read_case
from detente.interchange.minutes.completion import Completed
from detente.interchange.minutes.demonstration import signing_key
from detente.keys.generate import SigningKey
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.state.records import State
from tests.depositary.talks import WITNESSES
from tests.web.canaries import canary
from tests.web.test_chambers import Sealers

LATER = 1_900_000_000
"""Unix seconds: later than every script."""
SCRIPTS = Path(__file__).parent.parent / "scripts"
PLAYED = (
    "reservations", "packages", "broken-off", "spoken-words", "contested", "correction", "annexes", "restriction",
    "silence", "readings", "ratification",
)  # fmt: skip
"""Scripts that together with the shipped case hold nearly every kind of act."""
NEVER_WORDS = frozenset({"zone", "languages", "nonce", "sealed", "epoch", "box", "yes"})
"""Hidden fields that hold no words: what does not read as a zone, a language, a number or a file is refused."""


@dataclass(frozen=True)
class Planted:
    """Where a canary stands, and whom its act names to read it. author: of the act; chamber: "" for the main log;
    sealed: whether it never leaves its author's machine but in a sealed file."""

    origin: str
    kind: str
    field: str
    author: str
    audience: tuple[str, ...]
    chamber: str = ""
    sealed: bool = False


@dataclass
class Sown:
    """A host, what is planted in it by canary, and the labels of its processes by origin."""

    depositary: Depositary
    planted: dict[str, Planted] = field(default_factory=dict)
    keys: dict[str, dict[str, SigningKey]] = field(default_factory=dict)
    """By origin: each person's key, in force or not."""
    sealed: Sealers | None = None
    """The talks whose chambers have keys: the last of the processes."""

    def state(self, origin: str) -> State:
        return self.depositary.main(origin).state()

    def readable(self, origin: str, person: str | None) -> set[str]:
        """The canaries of a process that this person may read; None for the public."""
        return {
            c
            for c, planted in self.planted.items()
            if planted.origin == origin and self._may(planted, person)
        }

    def _may(self, planted: Planted, person: str | None) -> bool:
        state = self.state(planted.origin)
        who = state.people.get(person or "")
        if who is None or who.left is not None:
            in_public = state.convened.open_to_public and not planted.chamber
            return in_public and planted.audience == ("all",)
        own = {who.id, "all", who.side} | ({"M"} if who.role in MEDIATION else set())
        if planted.sealed:
            return False
        inside = not planted.chamber or bool(own & _audience_of(planted.chamber))
        return inside and (who.id == planted.author or bool(own & set(planted.audience)))


def _audience_of(chamber: str) -> set[str]:
    """The sides and "M" whose people a chamber is for."""
    kind, _, side = chamber.partition("-")
    return {"M" if kind == "mediators" else side, side} - {""}


class Sower(Playing):
    """Plays a script with canaries in the place of what its acts hide, for ever other readers."""

    def __init__(self, sown: Sown, text: str, *, open_to: str) -> None:
        super().__init__(sown.depositary, text)
        self._sown, self._open_to, self._numbers = sown, open_to, count(1)
        self._label = self._header.label

    def perform(self, act: Completed) -> str:
        number = next(self._numbers)
        found: dict[str, str] = {}
        hidden = {**act.hidden, **planted_in(act, (self._label, number), found)}
        clear = dict(act.clear)
        if act.kind == "convene":
            clear["open_to"] = self._open_to
        if act.kind in ("issue", "propose_correction") and "text" in hidden:
            hidden["text"], digest = _with_canary(hidden, (self._label, number), found)
            clear |= {"content": digest} if "content" in clear else {}
        readers = act.audience if act.kind == "convene" or act.chamber else self._other_readers(number)
        leaf = super().perform(replace(act, clear=clear, hidden=hidden, audience=readers))
        for name, planted in found.items():
            self._sown.planted[planted] = Planted(
                self.origin, act.kind, name, act.author, readers, act.chamber
            )
        return leaf

    def say_the_rest(self) -> None:
        """Kinds of act that no script holds, wherever they stand; one person leaves, and one key is revoked."""
        state = self.state
        self._sown.keys[self.origin] = {
            p: signing_key(state, self._label, p) for p in state.people if p != state.convened.keeper
        }
        convenor, (instrument, *_), people = state.convened.convenor, state.instrument_order, tuple(self.keys)
        for kind, clear in (
            ("circulate_non_paper", {"to": [people[-1]]}),
            ("void", {}),
            ("declare_no_intention", {"instrument": instrument}),
            ("contest_validity", {"instrument": instrument}),
            ("apply_provisionally", {"instrument": instrument}),
            ("end_provisional_application", {"instrument": instrument}),
            ("adjourn", {}),
            ("conclude", {}),
        ):
            for person in people:
                with suppress(Refused):
                    self._add(person, kind, clear)
                    break
        leaving, revoked = [p for p in people if state.people[p].left is None and p != convenor][-2:]
        self._add(convenor, "leave", {"person": leaving})
        self._add(convenor, "revoke_key", {"key": self.keys[revoked].key_id})

    @property
    def keys(self) -> dict[str, SigningKey]:
        return self._sown.keys[self.origin]

    def _add(self, person: str, kind: str, clear: Mapping[str, Any]) -> None:
        self.perform(Completed(kind, person, LATER, clear, {}, ("all",), ""))

    def _other_readers(self, number: int) -> tuple[str, ...]:
        """Somebody else for each act: a side, the mediators, everybody, one person, some of them together."""
        first, *_others, last = self.state.convened.sides
        person = sorted(self.state.people)[number % len(self.state.people)]
        return ((first,), ("M",), ("all",), (last, "M"), (person,), (first, person))[number % 6]


def planted_in(act: Completed, where: tuple[Any, ...], found: dict[str, str]) -> dict[str, Any]:
    """The words that an act hides, each begun by a canary; those that it leaves out too. found: by field."""
    changed: dict[str, Any] = {}
    hidden: type[msgspec.Struct] = BY_NAME[act.kind].hidden
    for one in msgspec.structs.fields(hidden):
        if one.name in NEVER_WORDS:
            continue
        given = act.hidden.get(one.name)
        planted = canary(*where, one.name)
        if isinstance(given, dict):
            changed[one.name] = {key: f"{planted} {text}" for key, text in given.items()}
        elif _holds_words(hidden, one.name):
            changed[one.name] = f"{planted} {given or 'words'}"
        else:
            continue
        found[one.name] = planted
    return changed


def _holds_words(hidden: type[msgspec.Struct], name: str) -> bool:
    try:
        msgspec.convert({name: "words"}, hidden)
    except msgspec.ValidationError:
        return False
    return True


def _with_canary(hidden: Mapping[str, Any], where: tuple[Any, ...], found: dict[str, str]) -> tuple[Any, str]:
    """A whole text with a canary in front of each provision, and its digest."""
    planted = found["text"] = canary(*where, "text")
    text = [
        {**p, "texts": {language: f"{planted} {words}" for language, words in p["texts"].items()}}
        for p in hidden["text"]
    ]
    typed = msgspec.convert(text, tuple[Provision, ...])
    return text, content_digest(typed, hidden["nonce"]) if "nonce" in hidden else ""


# --- the host


def sow(depositary: Depositary) -> Sown:
    sown = Sown(depositary)
    scripts = [
        read_case("istanbul/asking-first")[0][1],
        *((SCRIPTS / f"{n}.txt").read_text() for n in PLAYED),
    ]
    for number, text in enumerate(scripts):
        sower = Sower(sown, text, open_to="members" if number % 2 else "public")
        for _step in sower.steps():
            pass
        sower.say_the_rest()
    sow_sealed(sown)
    return sown


def sow_sealed(sown: Sown) -> None:
    """A record whose chambers have keys: what is written in them before, and sealed from then on."""
    sealers = Sealers(sown.depositary, label="sealed", open_to="members", cosigners=WITNESSES[:1])
    sown.sealed, talks = sealers, sealers.talks.open_text()
    edition = talks.issue().leaf
    sown.keys[talks.origin] = dict(talks.keys)
    planting = Planting(sown, sealers)
    planting.openly("M", "name_recovery_key", public=sealers.public("rM2"))
    planting.openly("PA", "void")
    epochs = {}
    for person, chamber, *people in CHAMBERS:
        planting.openly(person, "note", chamber)
        planting.openly(person, "void", chamber)
        hidden = planting.words(person, "begin_epoch", chamber)
        epochs[chamber] = sealers.begin(person, chamber, *people, hidden=hidden)
        planting.sealed(person, "note", chamber, epochs[chamber])
    for side in "AB":
        planting.sealed(side, "refer", f"side-{side}", epochs[f"side-{side}"], instrument="road",
                        edition=edition)  # fmt: skip
        planting.sealed(f"P{side}", "instruct", f"side-{side}", epochs[f"side-{side}"])
        planting.openly(side, "propose_alternative", instrument="road", provision="art_1")
    bridge = planting.openly(
        "M", "propose_bridge", instrument="road", provision="art_1", expires="2030-01-01T00:00:00Z"
    )
    for side in "AB":
        planting.sealed(
            side, "answer_bridge", f"mediators-{side}", epochs[f"mediators-{side}"], bridge=bridge
        )

    given = {"epochs": (epochs["side-A"],), "keys": (talks.keys["PA"].key_id,), "recovery": ()}
    planting.openly("A", "share_epochs", "side-A", **given)
    talks.do("M", "leave", person="PB")
    talks.do("M", "revoke_key", key=talks.keys["B"].key_id)


CHAMBERS = (
    ("PA", "side-A", "A", "PA"), ("B", "side-B", "B", "PB"), ("M", "mediators", "M"),
    ("A", "mediators-A", "M", "A", "PA"), ("M", "mediators-B", "M", "B", "PB"),
)  # fmt: skip
"""Who begins the key of each chamber, and for whom."""


@dataclass
class Planting:
    """Acts of a sealed record, with a canary in every hidden field that holds words."""

    sown: Sown
    sealers: Sealers

    def openly(self, person: str, kind: str, chamber: str = "", **clear: Any) -> str:
        """An act that hides nothing from the host; its leaf."""
        hidden = self.words(person, kind, chamber)
        return self.sealers.talks.do(person, kind, hidden, chamber=chamber, **clear).leaf

    def sealed(self, person: str, kind: str, chamber: str, epoch: str, **clear: Any) -> None:
        hidden = self.words(person, kind, chamber, sealed=True)
        raw = self.sealers.raw(person, kind, chamber, epoch, hidden, **clear)
        self.sown.depositary.receive_act(raw)

    def words(self, person: str, kind: str, chamber: str, *, sealed: bool = False) -> dict[str, str]:
        """What an act hides, begun by canaries that are noted."""
        origin, number = self.sealers.talks.origin, len(self.sown.planted)
        hidden = {}
        for name in BY_NAME[kind].hidden_fields:
            if name in NEVER_WORDS or not _holds_words(BY_NAME[kind].hidden, name):
                continue
            planted = canary("sealed", number, name)
            self.sown.planted[planted] = Planted(origin, kind, name, person, ("all",), chamber, sealed)
            hidden[name] = f"{planted} words"
        return hidden
