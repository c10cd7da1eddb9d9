"""Every command of the guides is run, in the order in which their readers come to it: one process, each person at a
machine of their own, as in `docs/guide`. What passes between people by telephone or letter is handed over here."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.cli.speaking import PATIENCE, PROGRAM
from tests.documenting.test_guides import READ

PEOPLE: Final = {"mediator": "M", "delegate": "A", "capital": "PA", "monitor": "V", "verifier": "A"}
DRAFT: Final = """\
Article 1. Crossing
1(1) Each Side shall keep the crossing open.
1(2) Each Side shall report within a reasonable time.
"""
INCIDENTS: Final = "id,date_from,lat,lon,place,kind\nk1,2026-11-20,34.1,71.1,The crossing,attack\n"


class Block(NamedTuple):
    """A block of commands. at: its place in the story; mark: what stands after it, `refused`."""

    at: int
    mark: str
    guide: str
    commands: str


def blocks(guide: str) -> Iterator[tuple[str, str]]:
    """(what stands after “sh”, commands) of each block."""
    yield from re.findall(r"^```sh ([^\n]*)\n(.*?)^```$", READ[guide], re.MULTILINE | re.DOTALL)


def story() -> list[Block]:
    found = [
        Block(int(at), mark, guide, commands)
        for guide in PEOPLE
        for said, commands in blocks(guide)
        for at, _, mark in [said.partition(" ")]
    ]
    return sorted(found)


class Stage:
    """The machines of everybody, and what they tell each other."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder = folder
        self.told = {"HOST": host}

    def run(self, person: str, commands: str, *, refused: str = "", typed: str = "") -> str:
        """What the commands print. refused: the code with which the last is refused."""
        home = self.folder / person
        home.mkdir(exist_ok=True)
        (home / "draft.txt").write_text(DRAFT)
        (home / "incidents.csv").write_text(INCIDENTS)
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands], capture_output=True, text=True, input=typed, cwd=home,
            timeout=PATIENCE * 2, env=self._environment(home),
        )  # fmt: skip
        assert (ran.returncode != 0) == bool(refused), f"{commands}\n{ran.stdout}\n{ran.stderr}"
        assert ran.stderr.startswith(f"{refused}: ") if refused else "Traceback" not in ran.stderr
        return ran.stdout

    def _environment(self, home: Path) -> dict[str, str]:
        path = f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"
        own = {
            "XDG_DATA_HOME": str(home / "own"),
            "XDG_STATE_HOME": str(home / "state"),
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **own, **self.told, "PATH": path}

    def keep_on_paper(self, person: str, command: str) -> None:
        """Answers with the last letters of the key that the command shows."""
        home = self.folder / person
        with subprocess.Popen(
            ["bash", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=home,
            env=self._environment(home),
        ) as asked:  # fmt: skip
            assert asked.stdin is not None and asked.stdout is not None
            shown = ""
            while "last four letters: " not in shown:
                letter = asked.stdout.read(1)
                assert letter, shown
                shown += letter
            paper = "".join(line.replace(" ", "") for line in shown.splitlines() if line.startswith("    "))
            asked.stdin.write(f"{paper[-4:]}\n")
            asked.stdin.close()
            asked.stdout.read()
            assert asked.wait(PATIENCE) == 0

    def invite(self, person: str) -> None:
        self.told["LINK"] = self.run("M", f'detente invite "$PROCESS" {person}').strip()

    def enrol(self, person: str) -> None:
        """The guide's own command, for somebody else than its example."""
        (command,) = (commands for said, commands in blocks("mediator") if said == "4")
        self.run("M", command.replace("person=A ", f"person={person} "))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder and the address of a host, started by the guide's own command."""
    (command,) = (commands for said, commands in blocks("host") if said == "serve")
    served = subprocess.Popen(
        [PROGRAM, *command.split()[1:]], stdout=subprocess.PIPE, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert served.stdout is not None
    line = served.stdout.readline()
    try:
        yield tmp_path, line.split()[1].rstrip("/")
    finally:
        served.terminate()
        served.wait(PATIENCE)
        served.stdout.close()


def test_every_command_of_the_guides_runs(host: tuple[Path, str]) -> None:
    folder, address = host
    stage = Stage(folder, address)
    acted = [block.at for block in story()]
    assert acted == list(range(1, len(acted) + 1))
    for block in story():
        person, commands = PEOPLE[block.guide], block.commands
        if block.at == 6:
            stage.invite("PA")
        if block.at == 15:
            _joins(stage, "V")
        if block.mark == "refused":
            stage.run(person, commands, refused="ladder.bracket_open")
            continue
        for line in [line for line in commands.splitlines() if " paper " in line]:
            stage.keep_on_paper(person, line)
        said = stage.run(person, "\n".join(line for line in commands.splitlines() if " paper " not in line))
        if block.at == 1:
            stage.told["PROCESS"] = said.partition(", at ")[2].split()[0]
        if block.at == 2:
            stage.told["LINK"] = said.splitlines()[-1]
        if block.at == 6:
            stage.enrol("PA")
        if block.at == 16:
            stage.told["N"] = said.partition("In the record: act ")[2].partition(".")[0]
    at_host(stage, folder)


def _joins(stage: Stage, person: str) -> None:
    stage.invite(person)
    stage.run(person, 'detente join "$LINK" --no-wait')
    stage.enrol(person)
    stage.run(person, 'detente join "$LINK"')


def at_host(stage: Stage, folder: Path) -> None:
    """The host's own commands, on the data folder of the talks that were just held."""
    stage.told["ID"] = stage.told["PROCESS"].rstrip("/").rpartition("/")[2][:8]
    (folder / "K").mkdir()
    (folder / "K" / "talks").symlink_to(folder / "talks")
    said = "".join(stage.run("K", commands) for mark, commands in blocks("host") if mark == "host")
    assert "Everything checks" in said
