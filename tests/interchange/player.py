"""A stage in memory: acts are typed, given fake leaves, examined and folded; nothing is signed or stored."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from detente.acts.act import Act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.cli.playing import preferences_document
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.interchange.minutes.completion import Completed
from detente.interchange.minutes.demonstration import cosign, demonstration_key, signing_key
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.playing import Played, cosigners_of, play
from detente.interchange.minutes.references import Ledger
from detente.interchange.minutes.scene import Host, Worth
from detente.interchange.minutes.statements import Header
from detente.procedure.chambers import chamber_names, empty_chamber
from detente.procedure.examination import examine
from detente.procedure.fold import fold, place
from detente.state.records import Chamber, State
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.signed_note import Note, NoteSigner, format_note, format_vkey


class Stood(NamedTuple):
    """An act that stands, with what `printing` asks of one."""

    act: Act[Any]
    kind: Any
    opened: Mapping[str, Any]
    chamber: str


class MemoryStage:
    """A record of one process in memory."""

    def __init__(self) -> None:
        self.state = State()
        self.states: list[State] = []
        self.stood: list[Stood] = []
        self._chambers: dict[str, Chamber] = {}
        self._header = Header(0, "none", "none")

    def chambers(self) -> Mapping[str, Chamber]:
        return {name: replace(chamber, main=self.state) for name, chamber in self._chambers.items()}

    def host(self, header: Header) -> Host:
        self._header = header
        log, keeper = (demonstration_key(header.label, who) for who in ("log", header.keeper))
        vkeys = tuple(format_vkey(c.key) for c in cosigners_of(header))
        return Host(encode_base64url(log.public), encode_base64url(keeper.public), vkeys)

    def _root(self) -> bytes:
        size = self.state.size
        return sha256(f"root {size}".encode()).digest() if size else EMPTY_ROOT

    def cosigned(self, time: int) -> str:
        origin = self.state.convened.origin
        text = format_checkpoint(Checkpoint(origin, self.state.size, self._root()))
        log = NoteSigner.from_seed(origin, demonstration_key(self._header.label, "log").seed)
        return cosign(format_note(Note(text, (log.sign(text),))), cosigners_of(self._header), time).decode()

    def preferences(self, worth: Worth) -> str:
        return preferences_document(worth)

    def perform(self, act: Completed) -> str:
        kind = BY_NAME[act.kind]
        log = self.chambers()[act.chamber] if act.chamber else self.state
        key = signing_key(self.state, self._header.label, act.author).key_id
        chain = log.chains.get(key)
        payload = {
            **act.clear, "act": act.kind, "v": 1, "proc": self._origin(act), "iat": act.iat,
            "seq": chain.seq + 1 if chain else 0, "prev": chain.leaf if chain else "",
            "seen": (self.state.size, encode_base64url(self._root())), "aud": act.audience, "_sd": (),
        }  # fmt: skip
        try:
            clear = msgspec.convert(payload, kind.clear)
            hidden = msgspec.convert(act.hidden, kind.hidden)
        except msgspec.ValidationError as error:
            raise refuse("act.malformed", f"{error}.") from error
        leaf = encode_base64url(sha256(f"{act.chamber} {len(self.stood)}".encode()).digest())
        placed = place(self.state, key, leaf, clear)
        found = (*examine(log, placed), *BY_NAME[act.kind].content(clear, hidden))
        if found:
            raise Refused(*found)
        self._keep(act, placed, fold(log, placed))
        return leaf

    def _origin(self, act: Completed) -> str:
        if self.state.process is None:
            clear = act.clear
            return process_origin(self._header.label, clear["log_key"], clear["convenor_key"], clear["nonce"])
        origin = self.state.convened.origin
        return f"{origin}/{act.chamber}" if act.chamber else origin

    def _keep(self, act: Completed, placed: Act[Any], after: State | Chamber) -> None:
        if isinstance(after, Chamber):
            self._chambers[act.chamber] = after
        else:
            self.state = after
            if not self._chambers:
                self._chambers = {n: empty_chamber(n) for n in chamber_names(after.convened.sides)}
        self.states.append(self.state)
        self.stood.append(Stood(placed, BY_NAME[act.kind], act.hidden, act.chamber))


def played(script: str) -> tuple[MemoryStage, list[Played]]:
    """Play a script to its end. Raises `Refused` with whatever stops it."""
    stage = MemoryStage()
    return stage, list(play(parse_minutes(script), stage))


def ledger_of(stage: MemoryStage) -> Ledger:
    """References to everything that stands."""
    ledger = Ledger(stage.state)
    for stood in stage.stood:
        ledger.add(stood.act.leaf, stood.chamber, opened=stood.opened)
    return ledger
