"""A host with canaries in every hidden field of every kind of act, and who may read each of them.

Records played from scripts carry a canary in each hidden field that holds words, for ever other readers; a record whose
chambers have keys carries them sealed, where nobody may find them at the host at all. Who may read is worked out here
from the act alone, by other code than the product's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from detente.acts.act import MEDIATION
from detente.acts.commitments import ELEMENTS
from detente.acts.kinds import BY_NAME
from detente.acts.positions import DISCLOSED
from detente.cli.playing import Playing
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.host import Depositary
from detente.interchange.cases import read_case
from detente.interchange.minutes.completion import Completed
from detente.interchange.minutes.demonstration import signing_key
from detente.keys.generate import SigningKey
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.sealing.identity import public_of
from detente.sealing.seal import seal
from detente.signing.disclosure import digest_of, make_disclosure, read_disclosure
from detente.state.records import State
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.signed_note import format_vkey
from tests.analysis.incident_files import batch_of, incident
from tests.depositary.talks import WITNESSES
from tests.web.canaries import canary
from tests.web.test_chambers import Sealers

LATER = 1_900_000_000
"""Unix seconds: later than every script."""
SCRIPTS = Path(__file__).parent.parent / "scripts"
PLAYED = (
    "reservations", "packages", "broken-off", "spoken-words", "contested", "correction", "annexes", "restriction",
    "silence", "readings", "ratification", "undertakings",
    "breach", "matrix", "preferences",
)  # fmt: skip
"""Scripts that together with the shipped case hold nearly every kind of act."""
NEVER_WORDS = frozenset({"zone", "languages", "nonce", "sealed", "epoch", "box", "yes"})
"""Hidden fields that hold no words: what does not read as a zone, a language, a number or a file is refused."""
FILE = "file"
"""The field of a canary that stands in a file beside the log, and in no act."""


@dataclass(frozen=True)
class Planted:
    """Where a canary stands, and whom its act names to read it. author: of the act; chamber: "" for the main log;
    sealed: whether it never leaves its author's machine but in a sealed file; erased: whether it is nowhere by now."""

    origin: str
    kind: str
    field: str
    author: str
    audience: tuple[str, ...]
    chamber: str = ""
    sealed: bool = False
    erased: bool = False


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

    def mark_erased(self, since: int, parts: tuple[str, ...] = ()) -> None:
        """That what was planted since there were so many canaries is erased: these fields of it, or all."""
        for one, planted in list(self.planted.items())[since:]:
            if not parts or planted.field in parts:
                self.planted[one] = dataclasses.replace(planted, erased=True)

    def _may(self, planted: Planted, person: str | None) -> bool:
        if planted.sealed or planted.erased:
            return False
        state = self.state(planted.origin)
        who = state.people.get(person or "")
        if who is None or who.left is not None:
            in_public = state.convened.open_to_public and not planted.chamber
            return in_public and planted.audience == ("all",)
        own = {who.id, "all", who.side} | ({"M"} if who.role in MEDIATION else set())
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
            p: signing_key(state, self._label, p) for p in sorted(state.people) if p != state.convened.keeper
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
        self._add(convenor, "register_article", {})
        announced = self._add(convenor, "announce", {})
        self._add(next(p for p in people if state.people[p].role == "delegate"), "join_statement",
                  {"statement": announced})  # fmt: skip
        with suppress(Refused):
            self._draw_and_order(convenor, instrument)
        since = len(self._sown.planted)
        spoken = self._add(convenor, "register_statement", {"claims": (("other", ""),)})
        self._sown.mark_erased(since)
        self._add(convenor, "erase", {"originals": (spoken,), "writer": convenor, "ground": "consent"})
        key = format_vkey(Cosigner.from_seed("late.example", ED25519_COSIGNATURE, bytes(31) + b"l").key)
        named = self._add(convenor, "name_cosigner", {"vkey": key})
        self._add(convenor, "drop_cosigner", {"cosigner": named})
        for commitment in sorted(leaf for leaf, c in self.state.commitments.items() if c.stands)[:1]:
            self._add(convenor, "report_performance", {"commitment": commitment})
        leaving, revoked = [p for p in people if state.people[p].left is None and p != convenor][-2:]
        self._add(convenor, "leave", {"person": leaving})
        self._add(convenor, "revoke_key", {"key": self.keys[revoked].key_id})

    def _draw_and_order(self, author: str, instrument: str) -> None:
        """Two commitments that give every element, since a canary stands in each field, and an order of them."""
        edition = self.state.instruments[instrument].edition
        assert edition is not None
        words = {"instrument": instrument, "edition": edition.leaf, "provision": edition.provisions[0]}
        drawing = {**words, "duty": "refrain", "elements": ELEMENTS}
        first, second = (self._add(author, "draw_commitment", drawing) for _ in range(2))
        order = {**words, "first": first, "second": second, "relation": "before"}
        ordering = self._add(author, "order_commitments", order)
        self._add(author, "withdraw_ordering", {"ordering": ordering})
        self._add(author, "withdraw_commitment", {"commitment": second})
        self._find(words, author)

    def _find(self, words: Mapping[str, Any], author: str) -> None:
        """A commitment that names the convenor as its verifier, what is found of it, and who says otherwise."""
        state, convenor = self.state, self.state.convened.convenor
        drawing = {**words, "duty": "refrain", "elements": ELEMENTS, "verifier": convenor}
        about = self._add(author, "draw_commitment", drawing)
        found = {"about": about, "question": "observance", "answer": "no", "confidence": "low"}
        finding = self._add(convenor, "find", found)
        for kind, roles in (
            ("answer_finding", ("delegate",)),
            ("dissent", ("verifier", "observer", "guarantor")),
        ):
            for person in (
                p for p in self.keys if state.people[p].role in roles and state.people[p].left is None
            ):
                with suppress(Refused):
                    self._add(person, kind, {"finding": finding})
                    break

    @property
    def keys(self) -> dict[str, SigningKey]:
        return self._sown.keys[self.origin]

    def _add(self, person: str, kind: str, clear: Mapping[str, Any]) -> str:
        return self.perform(Completed(kind, person, LATER, clear, {}, ("all",), ""))

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
    planting.erased("A", "note", "side-A")
    planting.commit_to_note("A", "side-A")
    planting.revealed("A", "A", "M")
    planting.revealed("B")
    planting.erased("A", "register_statement", parts=("text",), claims=(("other", ""),))
    for reader in ("A", "all"):
        planting.exhibit("A", reader)
        planting.share(planting.exhibit("A", reader, sealed=True), reader)
    planting.erased_exhibit("M")
    for reader in ("A", "all"):
        planting.incidents("A", reader)
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

        on = {"instrument": "road", "edition": edition}
        planting.sealed(side, "state_preferences", f"mediators-{side}", epochs[f"mediators-{side}"], **on)
        planting.sealed("M", "estimate_preferences", "mediators", epochs["mediators"], **on, side=side)

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
        hidden = self.words(person, kind, chamber, audience=clear.get("aud", ("all",)))
        return self.sealers.talks.do(person, kind, hidden, chamber=chamber, **clear).leaf

    def sealed(self, person: str, kind: str, chamber: str, epoch: str, **clear: Any) -> None:
        hidden = self.words(person, kind, chamber, sealed=True)
        raw = self.sealers.raw(person, kind, chamber, epoch, hidden, **clear)
        self.sown.depositary.receive_act(raw)

    def erased(
        self, person: str, kind: str, chamber: str = "", *, parts: tuple[str, ...] = (), **clear: Any
    ) -> None:
        """An act that its author erases again, whole or these parts of it."""
        since = len(self.sown.planted)
        leaf = self.openly(person, kind, chamber, **clear)
        self.sown.mark_erased(since, parts)
        self._erase(person, leaf, chamber, parts)

    def _erase(self, person: str, leaf: str, chamber: str = "", parts: tuple[str, ...] = ()) -> None:
        given = {"originals": (leaf,), "writer": person, "ground": "consent", "parts": parts}
        erasure = self.openly(person, "erase", chamber, **given)
        self.openly(person, "confirm_erasure", chamber, erasure=erasure)

    def commit_to_note(self, person: str, chamber: str) -> None:
        """Commit in the main log to the words of a note, and never reveal them."""
        raw = self.sealers.talks.raw(person, "note", self.words(person, "note", chamber), chamber=chamber)
        self.sown.depositary.receive_act(raw)
        disclosures = raw.decode().rstrip("~").split("~")[1:]
        (words,) = (d for d in disclosures if read_disclosure(d).name == DISCLOSED)
        self.openly(person, "commit_position", digest=digest_of(words))

    def revealed(self, person: str, *audience: str) -> None:
        """Words that are committed to, and revealed to some; their salt is a canary too."""
        readers = audience or ("all",)
        hidden = self.words(person, "reveal_position", audience=readers)
        hidden["salt"] = hidden["salt"].split()[0] + "AAA"
        digest = digest_of(make_disclosure(DISCLOSED, hidden["text"], hidden["salt"]))
        leaf = self.openly(person, "commit_position", digest=digest)
        self.sealers.talks.do(person, "reveal_position", hidden, position=leaf, digest=digest, aud=readers)

    def exhibit(self, person: str, *audience: str, sealed: bool = False) -> str:
        """Present a file; its leaf. The host keeps whatever it is given: one that is not sealed shows who gets it."""
        talks, readers = self.sealers.talks, audience or ("all",)
        content = f"{self.plant(person, 'present', FILE, audience=readers, sealed=sealed)} words".encode()
        if sealed:
            content = seal(content, [public_of(self.sealers.identities["A"])])
        name = self._put(content)
        hidden: dict[str, Any] = dict(self.words(person, "present", audience=readers))
        for inside in ("names", "contents"):
            hidden[inside] = {name: self.plant(person, "present", inside, audience=readers)}
        given: dict[str, Any] = {
            "files": ((name, len(content)),),
            "keys": (talks.keys["A"].key_id,),
            "aud": readers,
        }
        return talks.do(person, "present", hidden, **given).leaf

    def share(self, exhibit: str, reader: str) -> None:
        given = {"exhibit": exhibit, "keys": (self.sealers.talks.keys["PA"].key_id,), "aud": (reader,)}
        self.openly("A", "share_exhibit", **given)

    def _put(self, content: bytes) -> str:
        """Leave a file beside the log; its SHA-256."""
        digest = sha256(content).digest()
        assert self.sown.depositary.files is not None
        with self.sown.depositary.files.arriving(self.sealers.talks.id, digest, ()) as file:
            file.write(content)
            file.keep()
        return encode_base64url(digest)

    def incidents(self, person: str, reader: str) -> None:
        """An incident, a batch whose file is plenary, and what is said of both, for these readers."""
        aud = (reader,)
        one = self.openly(person, "report_incident", aud=aud)
        words = f"{self.plant(person, 'report_incidents', FILE, audience=aud)} words"
        content = batch_of(incident(number, text=words) for number in range(2))
        given = {"file": self._put(content), "size": len(content), "rows": 2}
        batch = self.openly(person, "report_incidents", aud=aud, **given)
        self.openly(person, "assert_attribution", incident=batch, row=1, actor="B", aud=aud)
        self.openly(person, "same_incident", one=one, another=batch, another_row=0, aud=aud)

    def erased_exhibit(self, person: str) -> None:
        since = len(self.sown.planted)
        leaf = self.exhibit(person)
        self.sown.mark_erased(since)
        self._erase(person, leaf)

    def words(
        self,
        person: str,
        kind: str,
        chamber: str = "",
        *,
        audience: tuple[str, ...] = ("all",),
        sealed: bool = False,
    ) -> dict[str, Any]:
        """What an act hides, begun by canaries that are noted."""
        hidden: dict[str, Any] = {}
        for name in BY_NAME[kind].hidden_fields:
            by_language = name == "headings"
            if name in NEVER_WORDS or not (by_language or _holds_words(BY_NAME[kind].hidden, name)):
                continue
            planted = self.plant(person, kind, name, chamber, audience=audience, sealed=sealed)
            hidden[name] = {"en": f"{planted} words"} if by_language else f"{planted} words"
        return hidden

    def plant(
        self,
        person: str,
        kind: str,
        name: str,
        chamber: str = "",
        *,
        audience: tuple[str, ...],
        sealed: bool = False,
    ) -> str:
        """Another canary, which is noted."""
        planted = canary("sealed", len(self.sown.planted), name)
        origin = self.sealers.talks.origin
        self.sown.planted[planted] = Planted(origin, kind, name, person, audience, chamber, sealed)
        return planted
