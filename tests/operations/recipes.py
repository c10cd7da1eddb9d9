"""Reading the container recipe and the unit: as much of both languages as these two files use, and nothing more."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPERATIONS = ROOT / "operations"
KNOWN = {
    "FROM",
    "RUN",
    "COPY",
    "ENV",
    "USER",
    "WORKDIR",
    "VOLUME",
    "EXPOSE",
    "STOPSIGNAL",
    "HEALTHCHECK",
    "ENTRYPOINT",
    "CMD",
}


@dataclass
class Stage:
    """One FROM and what follows. steps: (instruction, its words), in order."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        return [words for found, words in self.steps if found == instruction]

    def last(self, instruction: str) -> str:
        return self.all(instruction)[-1]


def read_recipe(text: str) -> list[Stage]:
    """Raises `ValueError` at a line that is no instruction of the language, or none that this reader knows."""
    joined = re.sub(
        r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    )
    stages: list[Stage] = []
    for line in filter(str.strip, joined.splitlines()):
        instruction, _, words = line.strip().partition(" ")
        if instruction not in KNOWN or not words:
            raise ValueError(f"not understood: {line}")
        if instruction == "FROM":
            base, _, name = words.partition(" AS ")
            stages.append(Stage(base, name))
        else:
            stages[-1].steps.append((instruction, words))
    return stages


def listed(words: str) -> list[str]:
    """The words of an instruction in the form that no shell reads."""
    found: list[str] = json.loads(words)
    assert all(isinstance(word, str) for word in found)
    return found


def checked(words: str) -> list[str]:
    """What a HEALTHCHECK runs."""
    return listed(words.partition("CMD ")[2])


class Unit:
    """A unit, with what stands in a drop-in after it. A setting may stand more than once; an empty one takes back those
    before."""

    def __init__(self, *texts: str) -> None:
        self.settings: dict[tuple[str, str], list[str]] = {}
        for text in texts:
            self._read(text)

    def _read(self, text: str) -> None:
        section = ""
        for line in text.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("["):
                section = line.strip("[]")
                continue
            name, equals, value = line.partition("=")
            assert section and equals, line
            found = self.settings.setdefault((section, name), [])
            found.append(value) if value else found.clear()

    def all(self, name: str) -> list[str]:
        return self.settings.get(("Service", name), [])

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value

    def command(self, places: dict[str, str]) -> list[str]:
        """ExecStart as systemd would run it. places: specifier -> what it stands for here."""
        return [_filled(word, places) for word in shlex.split(self.one("ExecStart"))]

    def environment(self, places: dict[str, str]) -> dict[str, str]:
        words = [word for line in self.all("Environment") for word in shlex.split(line)]
        return {name: _filled(value, places) for name, _, value in (word.partition("=") for word in words)}


def _filled(word: str, places: dict[str, str]) -> str:
    for specifier, place in places.items():
        word = word.replace(specifier, place)
    assert not re.search(r"%[a-zA-Z]", word), word
    return word


def unit(*drop_ins: str) -> Unit:
    return Unit(*((OPERATIONS / name).read_text("utf-8") for name in ("detente.service", *drop_ins)))


def recipe() -> list[Stage]:
    return read_recipe((OPERATIONS / "Containerfile").read_text("utf-8"))
