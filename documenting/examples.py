"""One line of minutes for each kind of act: from a shipped case, or else from a script of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from detente.acts.act import Kind
from detente.interchange.cases import SHIPPED
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.statements import Scripted

_SCRIPTS: Final = Path(__file__).parents[1] / "tests" / "scripts"
_MOST: Final = 12
"""Lines of an example; a text under negotiation may go on for pages."""


def example_of(kind: Kind) -> tuple[str, ...]:
    """The shortest example there is, as it is written; none, where no script holds one."""
    return _examples().get(kind.name, ())


@cache
def _examples() -> dict[str, tuple[str, ...]]:
    shortest: dict[str, tuple[str, ...]] = {}
    for scripts in (_shipped(), _of_tests()):
        here: dict[str, tuple[str, ...]] = {}
        for script in scripts:
            for kind, lines in _acts_in(script):
                if kind not in here or len(lines) < len(here[kind]):
                    here[kind] = lines
        shortest = {**here, **shortest}
    return shortest


def _shipped() -> Iterator[str]:
    for scripts in SHIPPED.values():
        yield from ((files("detente") / "cases" / name).read_text("utf-8") for _title, name in scripts)


def _of_tests() -> Iterator[str]:
    yield from (path.read_text("utf-8") for path in sorted(_SCRIPTS.glob("*.txt")))


def _acts_in(script: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(kind, its lines) of every act of a script."""
    lines = script.splitlines()
    for statement in parse_minutes(script).statements:
        if isinstance(statement, Scripted):
            first = statement.line - 1
            last = first + 1
            while last < len(lines) and lines[last].startswith(" "):
                last += 1
            shown = lines[first:last]
            cut = [*shown[:_MOST], "    …"] if len(shown) > _MOST else shown
            yield statement.kind, tuple(cut)
