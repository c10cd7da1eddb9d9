"""Talks at a served host, convened over HTTP, whose people act from a terminal, each with a folder of keys."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from tests.cli.speaking import Said, say


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

    def chambers(self, *words: str) -> Said:
        return say("chambers", self.process[:8], *words, "--keys", self.folder)

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
    named = [word for vkey in cosigners for word in ("--cosigner", vkey)]
    said = say("convene", address, "Talks on a road", "--side", "A=Harbour", "--side", "B=Town", *named,
               "--quorum", str(quorum), "--keys", folder)  # fmt: skip
    assert said.code == 0, said.err
    (process,) = (path.name for path in folder.iterdir())
    return Terminal(address, folder, process)
