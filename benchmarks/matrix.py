"""Opening the implementation matrix of a long peace: 600 stipulations over 120 months, in the server.

The page reckons all 72,000 scores each time; it shows every month in one figure and a stretch of them as a table. Two
scorers make it 144,000, with every month's differences counted.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.figure import Figure, timed
from detente.cli.playing import Playing
from detente.depositary.opening import open_data
from detente.procedure.matrix import months_between
from detente.web.app import make_app

STIPULATIONS, MONTHS = 600, months_between("2016-01", "2025-12")
AIM = 0.100
REQUESTS = 30
_OPENING = """process matrix: Matrix

2026-03-02
09:00 M convenes the talks matrix
    open to: public
09:01 M admits V as verifier
09:02 M admits W as verifier
09:03 M enrols a key for V
09:03 M enrols a key for W
09:04 M opens accord
    basis: analogy
    languages: en authentic
09:05 V registers the stipulations of accord
    stipulations: {stipulations}
    call it: register
"""


def measure(runs: int) -> Iterator[Figure]:
    for scorers in (("V",), ("V", "W")):
        opened, first = zip(*(_opened(scorers) for _ in range(runs)), strict=True)
        cells = STIPULATIONS * len(MONTHS) * len(scorers)
        yield Figure(f"matrix of {cells:,} scores, in the server, warm", 1000 * statistics.median(opened), "ms",
                     runs * REQUESTS, aim="under 100 ms", met=statistics.median(opened) < AIM)  # fmt: skip
        yield Figure("  its first opening", 1000 * statistics.median(first), "ms", runs)


def script(scorers: tuple[str, ...]) -> str:
    names = [f"s{number}" for number in range(STIPULATIONS)]
    lines = [_OPENING.format(stipulations=", ".join(names))]
    for at, month in enumerate(MONTHS):
        for place, scorer in enumerate(scorers):
            scores = ", ".join(
                f"{name} {min(3, (n + at + 7 * place) // 90 % 5)}" for n, name in enumerate(names)
            )
            lines.append(f"10:00 {scorer} scores register @register for {month}\n    scores: {scores}\n")
    return "".join(lines)


def _opened(scorers: tuple[str, ...]) -> tuple[float, float]:
    """Seconds of the page, warm and for the first time."""
    with tempfile.TemporaryDirectory() as folder:
        depositary = open_data(Path(folder) / "data", create=True)
        playing = Playing(depositary, script(scorers))
        for _step in playing.steps():
            pass
        client = TestClient(make_app(depositary))
        address = f"/processes/{playing.origin.removeprefix('detente/')}/keeping"

        def ask() -> float:
            return timed(lambda: client.get(address).raise_for_status())

        first = ask()
        return statistics.median(ask() for _ in range(REQUESTS)), first
