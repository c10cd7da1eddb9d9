"""Talks at a served host, convened over HTTP, whose people act from a terminal, each with a folder of keys."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import msgspec

from detente.acts.authoring import Place, author_act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.client.keyring import HeldKey, Keyring, write_privately
from detente.codec.base64url import encode_base64url
from detente.keys.generate import generate_signing_key
from detente.tlog.merkle import EMPTY_ROOT
from tests.cli.speaking import Said, say

NONCE = "AAECAwQFBgcICQoLDA0ODw"
ACT = {"content-type": "application/sd-jwt"}


class Terminal:
    """Somebody at a terminal. They name the process by the start of its id."""

    def __init__(self, address: str, folder: Path, process: str) -> None:
        self.address, self.folder, self.process = f"{address}/processes/{process}", folder, process

    def act(self, *words: str) -> Said:
        return say("act", self.process[:8], *words, "--keys", self.folder)

    def does(self, *words: str) -> int:
        """The number of the act, once its receipt is checked."""
        said = self.act(*words, "--yes")
        assert said.code == 0, said.err
        return numbered(said)

    def join(self, link: str, *words: str) -> Said:
        return say("join", link, *words, "--keys", self.folder)

    def invites(self, person: str) -> str:
        said = say("invite", self.process[:8], person, "--keys", self.folder)
        assert said.code == 0, said.err
        return said.out.strip()

    def enrols(self, words: str) -> int:
        """What is listed for the key with these words, signed."""
        lines = self.act().out.splitlines()
        return self.does(*shlex.split(lines[lines.index(f"      {words}") - 1]))

    def kept(self, pattern: str) -> list[Path]:
        return sorted((self.folder / self.process).glob(pattern))

    def enters(self, mediator: Terminal, person: str) -> None:
        """From a link to a key that is enrolled."""
        link = mediator.invites(person)
        mediator.enrols(words_of(self.join(link, "--no-wait")))
        assert self.join(link).code == 0


def numbered(said: Said) -> int:
    return int(said.out.rpartition("In the record: act ")[2].split(".")[0].split(" ")[0])


def words_of(joined: Said) -> str:
    """The fingerprint words that are to be read out."""
    assert joined.code == 0, joined.err
    (words,) = (line.strip() for line in joined.out.splitlines() if line.startswith("    "))
    return words


def convened(address: str, folder: Path, *, cosigners: Sequence[str] = (), quorum: int = 0) -> Terminal:
    """A process, and its mediator at a terminal. address: of the host, without a slash at the end."""
    key = generate_signing_key()
    keys: dict[str, str] = httpx.post(f"{address}/processes").json()
    public = encode_base64url(key.public)
    origin = process_origin("talks", keys["log_key"], public, NONCE)
    clear: dict[str, Any] = {
        **keys, "label": "talks", "nonce": NONCE, "procedure": 1, "convenor": "M", "convenor_key": public, "keeper": "K",
        "sides": ["A", "B"], "open_to": "members", "cosigners": tuple(cosigners), "quorum": quorum,
    }  # fmt: skip
    place = Place(origin, None, (0, encode_base64url(EMPTY_ROOT)))
    act = author_act(key, BY_NAME["convene"], place, int(time.time()), clear, {"title": "Talks on a road"})
    mediator = Terminal(address, folder, origin.removeprefix("detente/"))
    assert httpx.post(f"{mediator.address}/acts", content=act, headers=ACT).status_code == 201
    keyring = Keyring(folder)
    held = HeldKey(address, origin, "M", encode_base64url(key.seed), encode_base64url(bytes(32)), 0)
    keyring.folder_of(origin).mkdir(parents=True)
    write_privately(keyring.file_of(held), msgspec.json.encode(held))
    return mediator
