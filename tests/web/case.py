"""The shipped case, played into a host up to an act, and its people with their demonstration keys at the door."""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.cli.playing import Playing
from detente.codec.base64url import encode_base64url
from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.reading import Record
from detente.depositary.receipt import Receipt
from detente.depositary.snapshot import Snapshots
from detente.interchange.cases import read_case
from detente.interchange.minutes.demonstration import signing_key
from detente.keys.generate import SigningKey
from detente.procedure.disclosure import Viewer
from detente.state.records import State
from detente.store.files import SealedFiles
from detente.store.memory import MemoryStore

CASE = "istanbul/asking-first"
LABEL = "asking-first"


class Case:
    """A host with the case in it. `people`: their ids, the keeper left out."""

    def __init__(self, store: MemoryStore, origin: str) -> None:
        self.store = store
        self.origin = origin
        self.depositary = Depositary(store, Custody(bytes(32)), Snapshots(None, bytes(32)))

    @property
    def state(self) -> State:
        return self.depositary.main(self.origin).state()

    @property
    def id(self) -> str:
        return self.origin.removeprefix("detente/")

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(p for p in self.state.people if p != self.state.convened.keeper)

    def record(self, person: str | None) -> Record:
        return Record(self.depositary, self.origin, Viewer(person))

    def key(self, person: str) -> SigningKey:
        return signing_key(self.state, LABEL, person)

    def copied(self) -> Case:
        """The same host again, to send acts to that the first one is not to have."""
        store = MemoryStore()
        kept = {
            name: value
            for name, value in vars(self.store).items()
            if "lock" not in type(value).__name__.lower()
        }
        vars(store).update(copy.deepcopy(kept))
        return Case(store, self.origin)

    def send(self, draft: Mapping[str, Any], person: str, now: int) -> Receipt:
        """Author what the page wrote for the browser, as the browser does, and submit it. Raises `Refused`."""
        key, kind = self.key(person), BY_NAME[draft["kind"]]
        chamber = draft["log"].removeprefix(self.origin).removeprefix("/")
        folded = self.depositary.chamber(draft["log"]).chamber() if chamber else self.state
        head = self.store.head(self.origin)
        assert head is not None
        seen = head.size, encode_base64url(self.depositary.main(self.origin).tree.root(head.size))
        place = Place(draft["log"], folded.chains.get(key.key_id), seen)
        raw = author_act(key, kind, place, now, draft["clear"], draft["hidden"], tuple(draft["audience"]))
        return self.depositary.receive_act(raw)


def played() -> Iterator[Case]:
    """The host after each act of the case: one and the same, growing."""
    ((_title, text),) = read_case(CASE)
    store = MemoryStore()
    with TemporaryDirectory() as folder:
        files = SealedFiles(Path(folder))
        depositary = Depositary(store, Custody(bytes(32)), Snapshots(None, bytes(32)), files)
        playing = Playing(depositary, text)
        found: Case | None = None
        for _step in playing.steps():
            found = found or Case(store, playing.origin)
            yield found


def draft_of(page: str) -> dict[str, Any] | None:
    """The act that a page gives the browser to sign."""
    found = re.search(r'data-draft="([^"]*)"', page)
    return dict(json.loads(html.unescape(found[1]))) if found else None
