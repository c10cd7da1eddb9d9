"""The tutorials are followed to the letter: every command in them is run, and says what they show.

A block marked `console` holds commands after `$` and under each what it says; `…` stands for what differs from one run to
the next, or is of no interest, be it within a line or for lines on end. A block marked with the name of a file, such as
`csv log.csv`, is saved under that name. The demonstration takes a free port, and is told apart from it in no line.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.speaking import running, say

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_USUAL = "http://localhost:8200"
_TALKS = re.compile(r"processes/([a-z2-7]{26})")


class Step(NamedTuple):
    """command: "" where `shown` is the content of a file, whose name is `file`."""

    command: str
    shown: str
    file: str = ""


def steps(tutorial: str) -> Iterator[Step]:
    for language, name, content in _BLOCK.findall(tutorial):
        if language == "console":
            for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                yield Step(command, shown)
        elif name:
            yield Step("", content, name)


class Reader:
    """Somebody who follows a tutorial in a folder of their own."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._named: dict[str, str] = {}
        self._address = ""

    def follows(self, step: Step) -> str:
        """What the program says to it, as it would with the usual port."""
        if step.file:
            Path(step.file).write_text(step.shown, encoding="utf-8")
            return step.shown
        command = step.command.replace(_USUAL, self._address or _USUAL)
        for name, value in self._named.items():
            command = command.replace(f"${{{name}##*/}}", value.rpartition("/")[2]).replace(f"${name}", value)
        verb, *words = shlex.split(command)
        if verb != "detente":
            name, _, value = step.command.partition("=")
            self._named[name] = self._talks if "…" in value else value  # an address is copied from above
            return step.shown
        if words[0] == "demo":
            return self._opens(words)
        said = say(*words)
        return (said.out + said.err).replace(self._address, _USUAL)

    def _opens(self, words: list[str]) -> str:
        demo = running(*words, "--port", "0", until="Ctrl-C")
        _process, said = self._stack.enter_context(demo)
        self._address = said[said.index("http://") :].split("/processes")[0].split()[0].rstrip("/")
        self._talks = f"{self._address}/processes/{_TALKS.findall(said)[0]}"
        return said.replace(self._address, _USUAL)


def agrees(shown: str, said: str) -> bool:
    """Whether what was said is what is shown, `…` being anything."""
    wanted, got = (_lines(text) for text in (shown, said))
    pattern = r"[^\n]*".join(map(re.escape, "\n".join(wanted).split("…")))
    pattern = re.sub(r"(?m)^\[\^\\n\]\*$", r"(?:.*\\n)*?.*", pattern.replace("\\\n", "\n"))
    return re.fullmatch(pattern, "\n".join(got)) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def test_an_ellipsis_stands_for_part_of_a_line_or_for_lines_on_end() -> None:
    said = "one 27 two\nthree\nfour\n\nfive\n"
    assert agrees("one … two\n…\nfive\n", said) and agrees("one 27 two\nthree\nfour\n\nfive", said)
    assert agrees("…\nfour\n…\n", said)
    for wrong in ("one … three\n…\nfive\n", "one … two\nfive\n", "…\nsix\n…\n", "one 27 two\n"):
        assert not agrees(wrong, said)


@pytest.mark.parametrize("name", sorted(path.stem for path in TUTORIALS.glob("*.md")))
def test_a_tutorial_says_what_happens(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    followed = list(steps((TUTORIALS / f"{name}.md").read_text("utf-8")))
    assert len(followed) >= 10, "it is no tutorial without anything to do"
    with ExitStack() as stack:
        reader = Reader(stack)
        for step in followed:
            said = reader.follows(step)
            assert agrees(step.shown, said), f"$ {step.command}\nshown:\n{step.shown}\nsaid:\n{said}"
