"""The shipped cases, by name, and minutes from a file."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Final

from detente.codec.refusal import refuse

SHIPPED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "istanbul": (
        ("The talks as reported", "istanbul/as-reported.txt"),
        ("The same night, asking the principal first", "istanbul/asking-first.txt"),
    ),
    "minsk": (("Minsk, February 2015: one text, two orders", "minsk/two-orders.txt"),),
    "good-friday": (("Belfast, April 1998: what it is to use influence", "good-friday/use-influence.txt"),),
    "moldova": (("Moldova, November 2003: initialled, then declined", "moldova/initialled.txt"),),
    "colombia": (("Colombia, 2016: signed, rejected, and a new text", "colombia/two-texts.txt"),),
    "labour": (
        ("Wages and shifts, invented: from a claim to a collective agreement", "labour/wages-and-shifts.txt"),
    ),
    "water": (
        ("Water of one river, invented: three towns, two languages, a dry summer", "water/one-river.txt"),
    ),
    "ceasefire": (
        ("A ceasefire, invented: in force at six, and what was found after", "ceasefire/three-valleys.txt"),
    ),
}
"""Name -> (title, file) of each process that the case plays."""
DEMONSTRATED: Final = "istanbul"
"""The case that `detente demo` plays where none is named."""


def require_shipped(case: str) -> None:
    """Raises `Refused` with code `case.unknown` where no case of that name is shipped."""
    if case not in SHIPPED:
        raise refuse("case.unknown", f"There is no shipped case “{case}”.",
                     instead=f"Shipped: {', '.join(SHIPPED)}.")  # fmt: skip


def labels_of(case: str) -> tuple[str, ...]:
    """What the scripts of a shipped case call their processes."""
    found = (re.search(r"^process ([a-z0-9-]+):", text, re.MULTILINE) for _title, text in read_case(case))
    return tuple(one[1] for one in found if one)


def read_case(case: str) -> tuple[tuple[str, str], ...]:
    """(title, text) of each script. case: a shipped case (`istanbul`), one of its scripts
    (`istanbul/as-reported`), or a file. Raises `Refused` with code `case.unknown`."""
    folder = files("detente") / "cases"
    scripts = SHIPPED.get(case.partition("/")[0], ())
    wanted = [
        (title, name)
        for title, name in scripts
        if case in (name.partition("/")[0], name.removesuffix(".txt"))
    ]
    if wanted:
        return tuple((title, (folder / name).read_text(encoding="utf-8")) for title, name in wanted)
    path = Path(case)
    if path.is_file():
        return ((path.stem, path.read_text(encoding="utf-8")),)
    raise refuse("case.unknown", f"“{case}” is neither a shipped case nor a file.",
                 instead=f"Shipped: {', '.join(SHIPPED)}.")  # fmt: skip
