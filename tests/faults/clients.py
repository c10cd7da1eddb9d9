"""People who act with the library of the command line: they sign, keep what they signed, send it until its receipt is
checked, and keep that. What a host told anybody is written down with the moment at which it was told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.client import remote_host
from detente.client.keyring import HeldKey, Keyring, make_keys
from detente.client.outbox import is_open, keep_signed, kept_receipts, send, unsent
from detente.client.remote_host import RemoteHost
from detente.client.replica import read_replica
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.keys.possession import prove_possession
from detente.signing.reader_token import make_reader_token
from detente.state.records import Chain, Process
from detente.tlog.checkpoint import Checkpoint, parse_checkpoint
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import parse_note
from tests.cli.acting import convened

PAUSE: Final = 0.02
"""Seconds before something is sent again."""
PATIENCE: Final = 2
"""Seconds after which a client takes its host not to answer."""
Moment = Callable[[], int]


class Told(NamedTuple):
    """What a host told somebody. at: the moment; checkpoint: under its log's key; index, leaf: of the act that a receipt
    was for, if it was one."""

    at: int
    checkpoint: Checkpoint
    index: int | None = None
    leaf: bytes = b""


class Heard:
    """All that a host told anybody. moment: what time it is, as a shim counts it."""

    def __init__(self, moment: Moment = lambda: 0) -> None:
        self.moment = moment
        self.told: list[Told] = []

    def note(self, raw: bytes, index: int | None = None, leaf: bytes = b"") -> None:
        checkpoint = parse_checkpoint(parse_note(raw).text)
        self.told.append(Told(self.moment(), checkpoint, index, leaf))


class Client:
    """One person. refused: what the host would not take, which nobody here expects."""

    def __init__(self, keyring: Keyring, held: HeldKey, process: Process, heard: Heard) -> None:
        self.folder, self.held, self.process = keyring.folder_of(held.process), held, process
        self.host = RemoteHost(held.host, held.process)
        self.heard = heard
        self.refused: list[Refused] = []
        self.tried = 0
        self._chain: Chain | None = None
        self._seen = (0, encode_base64url(EMPTY_ROOT))

    def sign(self, kind: str, clear: dict[str, Any], hidden: dict[str, Any]) -> Path:
        place = Place(self.held.process, self._chain, self._seen)
        act = author_act(self.held.signing, BY_NAME[kind], place, int(time.time()), clear, hidden)
        return keep_signed(self.folder, act)

    def send(self, file: Path) -> bool:
        """Whether the host answered with a receipt, which is kept then."""
        self.tried += 1
        try:
            kept = send(self.host, self.folder, file, self.process)
        except Refused as refused:
            if not is_open(refused):
                self.refused.append(refused)
            return False
        proof = parse_proof(kept.proof)
        self.heard.note(proof.checkpoint, proof.index, kept.leaf)
        checkpoint = parse_checkpoint(parse_note(proof.checkpoint).text)
        self._seen = checkpoint.size, encode_base64url(checkpoint.root)
        self._chain = Chain(self._chain.seq + 1 if self._chain else 0, encode_base64url(kept.leaf))
        return True

    def does(self, kind: str, clear: dict[str, Any], hidden: dict[str, Any]) -> None:
        """Sign, and send until there is a receipt."""
        file = self.sign(kind, clear, hidden)
        for _ in range(100):
            if self.send(file):
                return
            time.sleep(PAUSE)
        raise AssertionError(f"no receipt for {kind}: {self.refused[:1]}")

    def announces(self, words: str) -> Path:
        """Sign an announcement, which any person may make at any time."""
        return self.sign("announce", {}, {"text": words})

    def finishes(self) -> bool:
        """Send what has no receipt yet; whether nothing is left."""
        return all(self.send(file) for file in unsent(self.folder)) and not unsent(self.folder)


class Table(NamedTuple):
    """A process, with people who may act in it."""

    process: Process
    mediator: Client
    delegates: tuple[Client, ...]

    @property
    def everybody(self) -> tuple[Client, ...]:
        return (self.mediator, *self.delegates)


def seated(address: str, folder: Path, heard: Heard, delegates: int) -> Table:
    """A new process at a host, and its people with keys enrolled. address: without a slash at the end."""
    convened(address, folder / "M")
    keyring = Keyring(folder / "M")
    (held,) = keyring.all()
    copy = BytesIO()
    token = make_reader_token(held.signing, held.process, int(time.time()))
    RemoteHost(held.host, held.process).fetch("copy", copy, token=token)
    copy.seek(0)
    process = read_replica(copy, held.process, "M").verified.state.convened
    mediator = Client(keyring, held, process, heard)
    (first,) = kept_receipts(mediator.folder)
    mediator._chain = Chain(0, encode_base64url(first.leaf))
    heard.note(parse_proof(first.proof).checkpoint, 0, first.leaf)
    return Table(process, mediator, tuple(_seat(mediator, folder, number) for number in range(delegates)))


def _seat(mediator: Client, folder: Path, number: int) -> Client:
    person = f"D{number}"
    keyring = Keyring(folder / person)
    held = keyring.keep(make_keys(mediator.held.host, mediator.held.process, person, int(time.time())))
    mediator.does("admit", {"person": person, "role": "delegate", "side": "AB"[number % 2]},
                  {"title": f"Delegate {number}"})  # fmt: skip
    public, proof = (
        encode_base64url(held.signing.public),
        prove_possession(held.signing, held.process, person),
    )
    mediator.does("enrol", {"person": person, "public": public, "possession": proof}, {})
    return Client(keyring, held, mediator.process, mediator.heard)


@contextmanager
def impatient(seconds: float = PATIENCE) -> Iterator[None]:
    """Inside, clients wait for an answer no longer than this."""
    with patch.object(remote_host, "PATIENCE", seconds):
        yield


class Load:
    """Clients that act at once, each one act after another, until told to stop. Used as `with Load(table): ...`."""

    def __init__(self, table: Table, pause: float = 0.0) -> None:
        self._clients, self._pause = table.delegates, pause
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._act_on, args=(client,), daemon=True) for client in self._clients
        ]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive(), "a client hangs"

    def _act_on(self, client: Client) -> None:
        number = 0
        waiting = unsent(client.folder)
        file = waiting[0] if waiting else client.announces(f"Word {number}.")
        while not self._stop.is_set():
            if client.send(file):
                number += 1
                file = client.announces(f"Word {number} of many, {client.tried}.")
                self._stop.wait(self._pause)
            elif client.refused:
                return
            else:
                self._stop.wait(PAUSE)


def settle(table: Table, patience: float = 60) -> None:
    """Everybody sends what has no receipt yet, until nothing is left."""
    ends = time.monotonic() + patience
    while [client for client in table.everybody if not client.finishes()]:
        assert time.monotonic() < ends, "not everything that was signed got a receipt"
        time.sleep(PAUSE)
