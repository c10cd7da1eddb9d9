"""People who write at once, over HTTP, to a host whose database the test can read; what they hold is compared with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import httpx

from detente.client.outbox import check_receipt
from detente.signing.envelope import parse_envelope
from detente.store.port import Unavailable
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import parse_note
from tests.cli.speaking import PATIENCE
from tests.depositary.talks import Talks
from tests.web.hosting import ACT

_HURRY = 0.05  # seconds between two attempts


class Writer(Thread):
    """One person of one process: sends each act again until its receipt is there, as an outbox does."""

    def __init__(self, talks: Talks, person: str, base: str) -> None:
        super().__init__(daemon=True)
        self.talks, self.person, self.base = talks, person, base
        self.ended = Event()
        self.held: list[tuple[bytes, bytes]] = []
        """(act, proof) of each receipt."""
        self.again = 0

    def run(self) -> None:
        with httpx.Client(timeout=20) as client:
            while not self.ended.is_set():
                try:
                    raw = self.talks.raw_statement(self.person, f"{self.person} {len(self.held)}")
                except Unavailable:  # the test's own look into the database
                    time.sleep(_HURRY)
                    continue
                self.send(client, raw)

    def send(self, client: httpx.Client, raw: bytes) -> None:
        while not self.ended.is_set():
            with suppress(httpx.HTTPError):
                answer = client.post(f"{self.base}/processes/{self.talks.id}/acts", content=raw, headers=ACT)
                if answer.status_code == 201:
                    self.held.append((raw, answer.json()["proof"].encode()))
                    return
                assert answer.status_code == 503, answer.text
            self.again += 1
            time.sleep(_HURRY)


def write_on(writers: Sequence[Writer], more: int) -> None:
    """Until each has so many receipts more."""
    wanted = [len(writer.held) + more for writer in writers]
    end = time.monotonic() + PATIENCE
    while any(len(writer.held) < number for writer, number in zip(writers, wanted, strict=True)):
        assert time.monotonic() < end and all(writer.is_alive() for writer in writers), "they do not get on"
        time.sleep(_HURRY)


def end(writers: Sequence[Writer]) -> None:
    for writer in writers:
        writer.ended.set()
    for writer in writers:
        writer.join(PATIENCE)


def check(writers: Sequence[Writer]) -> None:
    """Each receipt proves, and what it proves is in the database, once; no two notes of one size differ."""
    stood: dict[tuple[str, int], bytes] = {}
    roots: dict[tuple[str, int], bytes] = {}
    for writer in writers:
        talks = writer.talks
        for raw, proof in writer.held:
            kept = check_receipt(Path(), raw, proof, talks.state.convened)
            place = talks.origin, kept.number - 1
            assert place not in stood, "two acts were receipted for one place"
            stood[place] = raw
            (entry,) = talks.depositary.store.entries(talks.origin, kept.number - 1, kept.number)
            assert entry.entry == parse_envelope(raw).entry
            shown = parse_checkpoint(parse_note(parse_proof(proof).checkpoint).text)
            assert roots.setdefault((talks.origin, shown.size), shown.root) == shown.root, "a fork"
            assert talks.depositary.main(talks.origin).tree.root(shown.size) == shown.root
