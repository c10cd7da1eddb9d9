"""What a page costs a slow line: its HTML under gzip, and everything that a first visit fetches with it.

The pages are those of the Istanbul case, as a delegate sees them who is signed in; style sheets and scripts are
followed from the HTML, and a script's imports from the script. What is fetched later and only where it is needed (a
dynamic import) is not part of a first visit. Of a long record, which anybody may read, the HTML is weighed alone.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urljoin

from starlette.testclient import TestClient

from benchmarks.figure import Figure
from benchmarks.long_record import receive
from benchmarks.synthetic import acts
from detente.cli.playing import Playing
from detente.depositary.custody import HOST_KEY_BYTES, Custody
from detente.depositary.host import Depositary
from detente.depositary.snapshot import Snapshots
from detente.interchange.cases import read_case
from detente.interchange.minutes.demonstration import signing_key
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.playing import header_of
from detente.signing.reader_token import make_reader_token
from detente.store.files import SealedFiles
from detente.store.memory import MemoryStore
from detente.web.app import make_app
from detente.web.static_files import FOLDER

AIM = 50_000
"""Bytes."""
VIEWER = "B"
PAGES = (
    "", "text", "text?show=side", "sessions", "powers", "timeline", "record", "acts/1", "room", "keys",
    "sign?kind=register_statement",
)  # fmt: skip
LONG = 10_000
"""Acts of the long record."""
LONG_PAGES = ("", "text", "sessions", "sessions?session=3", "powers", "timeline")

_LINKED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="([^"]+)"')
_IMPORTED = re.compile(r'^(?:import|export)\b[^;"=]*"([^"]+\.js)"', re.MULTILINE)


def packed(content: bytes) -> int:
    """Bytes on the line, under gzip."""
    return len(gzip.compress(content, 9, mtime=0))


@cache
def _static(address: str) -> bytes:
    return (FOLDER / address.split("/", 2)[2]).read_bytes()


def fetched_with(html: str) -> frozenset[str]:
    """Every sheet, icon and script that a browser fetches with a page."""
    found: set[str] = set()
    waiting = _LINKED.findall(html)
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            if address.endswith(".js"):
                waiting += [urljoin(address, name) for name in _IMPORTED.findall(_static(address).decode())]
    return frozenset(found)


def first_visit(html: str) -> int:
    """Bytes of a page and of all that comes with it."""
    return packed(html.encode()) + sum(packed(_static(address)) for address in fetched_with(html))


class Demonstration(NamedTuple):
    """The night on which the principals are asked first, played into memory. label: of its demonstration keys."""

    depositary: Depositary
    origin: str
    label: str


def demonstration() -> Demonstration:
    key = bytes(HOST_KEY_BYTES)
    ((_title, text),) = read_case("istanbul/asking-first")
    with TemporaryDirectory() as folder:  # for the exhibits' files, which no page holds
        depositary = Depositary(MemoryStore(), Custody(key), Snapshots(None, key), SealedFiles(Path(folder)))
        playing = Playing(depositary, text)
        for _played in playing.steps():
            pass
    return Demonstration(depositary, playing.origin, header_of(parse_minutes(text)).label)


def reader(played: Demonstration, viewer: str = VIEWER) -> Callable[[str], str]:
    """The HTML of a page of the process, by its path, as its viewer is shown it who is signed in."""
    depositary, origin, label = played
    key = signing_key(depositary.main(origin).state(), label, viewer)
    token = make_reader_token(key, origin, int(time.time()))
    return _reader(depositary, origin, {"authorization": f"Detente {token}"})


def reader_of_a_long_record(size: int = LONG) -> Callable[[str], str]:
    """The HTML of a page of talks that go on and on, kept in memory. size: acts, of which two in seven are minutes."""
    key = bytes(HOST_KEY_BYTES)
    depositary = Depositary(MemoryStore(), Custody(key), Snapshots(None, key))
    receive(depositary, list(acts(size, *depositary.prepare()[:2])))
    (origin,) = depositary.processes()
    return _reader(depositary, origin, {})


def _reader(depositary: Depositary, origin: str, signed_in: dict[str, str]) -> Callable[[str], str]:
    client = TestClient(make_app(depositary), base_url="http://localhost")
    headers = {"accept": "text/html", **signed_in}

    def read(path: str) -> str:
        answer = client.get(f"/processes/{origin.removeprefix('detente/')}/{path}", headers=headers)
        answer.raise_for_status()
        return answer.text

    return read


def measure() -> Iterator[Figure]:
    read = reader(demonstration())
    for path in PAGES:
        html = read(path)
        alone, first = packed(html.encode()) / 1000, first_visit(html) / 1000
        yield Figure(f"{path or 'overview'}, HTML", alone, "kB", 1, aim="under 50 kB", met=alone < AIM / 1000)
        yield Figure("  a first visit, with its styles and scripts", first, "kB", 1, aim="under 50 kB",
                     met=first < AIM / 1000)  # fmt: skip
    read = reader_of_a_long_record()
    for path in LONG_PAGES:
        weight = packed(read(path).encode()) / 1000
        yield Figure(f"{path or 'overview'} of {LONG:,} acts, HTML", weight, "kB", 1, aim="under 50 kB",
                     met=weight < AIM / 1000)  # fmt: skip
