"""A host under load: how many acts it takes at its peak, and what an hour at a steady rate does to it.

`detente serve` runs as a user starts it, over SQLite and over PostgreSQL, on this machine's loopback; the clients are one
process beside it, and those who look on another. Four negotiations are under way, twelve authors sign in each.

| part | what happens |
|---|---|
| peak | every author sends the next act as soon as the last one is receipted |
| steady | so many acts a second in all, while people hold pages open and somebody asks for the overview twice a second |

Beside it, in the same run: the `eventsourcing` library on the same databases (by a Python that has it), and git with
signed commits.

python -m benchmarks.load --minutes 60 --rate 10 --viewers 50 --peer-python PATH
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import psycopg

from benchmarks.figure import Figure, table
from benchmarks.limits import signed_commits
from benchmarks.live_clients import Connection, post
from benchmarks.live_room import Room, Signed, filled, signed_in, streams
from benchmarks.long_record import RESULTS
from tests.store.postgresql_server import running

STORES: Final = ["sqlite", "postgresql"]
ROOMS: Final = 4
AUTHORS: Final = 12
PEAK: Final = 10
"""Seconds."""
LOOKS: Final = 0.5
"""Seconds between two requests for the overview."""
SAMPLES: Final = 6
"""Times at which memory is read, the first and the last among them."""


class Asked(NamedTuple):
    """minutes: of the steady part; rate: acts a second in all; viewers: people with a page of the first negotiation."""

    minutes: float
    rate: float
    viewers: int


class Steady(NamedTuple):
    """seconds: that it took; receipts, overviews: milliseconds each; memory: MB of the server, from first to last."""

    seconds: float
    receipts: list[float]
    overviews: list[float]
    memory: list[float]


def measure(asked: Asked, stores: list[str], peer_python: str | None) -> Iterator[Figure]:
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        commits = signed_commits(Path(folder, "git"), "-c", "core.fsync=all")
    if "sqlite" in stores:
        yield from _on_sqlite(asked, peer_python, commits)
    if "postgresql" in stores:
        yield from _on_postgresql(asked, peer_python, commits)


def _on_sqlite(asked: Asked, peer_python: str | None, commits: float) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        settings = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": f"{folder}/peer.sqlite"}
        peer = _peer(peer_python, settings)
        with _served(["--data", folder]) as (port, server):
            yield from asyncio.run(_loaded("SQLite", port, server, asked, peer, commits))


def _on_postgresql(asked: Asked, peer_python: str | None, commits: float) -> Iterator[Figure]:
    with running(durable=True) as url:
        peer = _peer(peer_python, _database_of_the_peer(url))
        with (
            tempfile.TemporaryDirectory(dir=RESULTS) as folder,
            _served(["--database", url, "--host-key", f"{folder}/host.key"]) as (port, server),
        ):
            yield from asyncio.run(_loaded("PostgreSQL", port, server, asked, peer, commits))


def _database_of_the_peer(url: str) -> dict[str, str]:
    """Another database of the same server, as the library wants it named."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE peer")
    where = psycopg.conninfo.conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": "peer", "POSTGRES_PASSWORD": "none",
        "POSTGRES_HOST": str(where["host"]), "POSTGRES_PORT": str(where["port"]), "POSTGRES_USER": str(where["user"]),
    }  # fmt: skip


def _peer(python: str | None, settings: dict[str, str]) -> float | None:
    if python is None:
        return None
    told = subprocess.run(
        [python, Path(__file__).with_name("load_peer.py"), str(PEAK), str(ROOMS)],
        env={**os.environ, **settings}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(json.loads(told.stdout)["rate"])


@contextmanager
def _served(words: list[str]) -> Iterator[tuple[int, int]]:
    """The port and the process id of a host."""
    server = subprocess.Popen(
        [Path(sys.executable).with_name("detente"), "serve", *words, "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert server.stdout is not None
        port = int(re.findall(r"http://localhost:(\d+)", server.stdout.readline())[0])
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


async def _loaded(
    store: str, port: int, server: int, asked: Asked, peer: float | None, commits: float
) -> list[Figure]:
    rooms = [await filled(port) for _ in range(ROOMS)]
    sessions = await signed_in(port, rooms[0])
    steady_each = int(asked.minutes * 60 * asked.rate / ROOMS / AUTHORS) + 1
    acts = [streams(room, 200 * PEAK // AUTHORS + steady_each) for room in rooms]
    sent, seconds = await _peak(port, rooms, acts)
    rest = [
        [own[done:] for own, done in zip(of_room, counts, strict=True)]
        for of_room, counts in zip(acts, sent, strict=True)
    ]
    steady = await _steady(port, server, rooms, rest, sessions, asked)
    return list(_figures(store, sum(map(sum, sent)) / seconds, steady, asked, peer, commits))


async def _peak(
    port: int, rooms: list[Room], acts: list[list[list[Signed]]]
) -> tuple[list[list[int]], float]:
    """How many acts each author of each room had receipted, and the seconds that it took."""
    start = time.monotonic()

    async def author(room: Room, own: list[Signed]) -> int:
        connection, done = await Connection.open(port), 0
        while done < len(own) and time.monotonic() < start + PEAK:
            await _send(connection, room, own[done])
            done += 1
        connection.close()
        return done

    found = await asyncio.gather(
        *(author(room, own) for room, of_room in zip(rooms, acts, strict=True) for own in of_room)
    )
    seconds = time.monotonic() - start
    return [found[at : at + AUTHORS] for at in range(0, len(found), AUTHORS)], seconds


async def _send(connection: Connection, room: Room, act: Signed) -> float:
    """Milliseconds until the receipt. A host closes a connection that was idle; the same act may be sent again."""
    asked = time.monotonic()
    path = f"/processes/{room.process}/acts"
    try:
        answer = await post(connection, path, act.raw)
    except (asyncio.IncompleteReadError, ConnectionError):
        connection.close()
        answer = await post(connection, path, act.raw)
    assert answer.status == 201, answer.body
    return 1000 * (time.monotonic() - asked)


async def _steady(
    port: int, server: int, rooms: list[Room], acts: list[list[list[Signed]]], sessions: dict[str, tuple[str, str]],
    asked: Asked,
) -> Steady:  # fmt: skip
    start, seconds = time.monotonic() + 2, 60 * asked.minutes
    people = dict(list(sessions.items())[-asked.viewers :]) if asked.viewers else {}
    watching = _watching(port, rooms[0], people, start + seconds)
    apart = ROOMS * AUTHORS / asked.rate
    receipts: list[float] = []
    overviews: list[float] = []
    memory: list[float] = []

    async def author(place: int, room: Room, own: list[Signed]) -> None:
        connection = await Connection.open(port)
        for turn, act in enumerate(own):
            at = start + place / asked.rate + turn * apart
            if at > start + seconds:
                break
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            receipts.append(await _send(connection, room, act))
        connection.close()

    async def looks() -> None:
        connection = await Connection.open(port)
        for turn in range(int(seconds / LOOKS)):
            await asyncio.sleep(max(0.0, start + turn * LOOKS - time.monotonic()))
            began = time.monotonic()
            room = rooms[turn % ROOMS]
            answer = await connection.ask("GET", f"/processes/{room.process}/", {"accept": "text/html"})
            assert answer.status == 200, answer
            overviews.append(1000 * (time.monotonic() - began))
        connection.close()

    async def remembers() -> None:
        for sample in range(SAMPLES):
            await asyncio.sleep(max(0.0, start + sample * seconds / (SAMPLES - 1) - time.monotonic()))
            memory.append(_memory(server))

    authors = [(room, own) for room, of_room in zip(rooms, acts, strict=True) for own in of_room]
    await asyncio.gather(*(author(place, *one) for place, one in enumerate(authors)), looks(), remembers())
    if watching is not None:
        assert watching.stdout is not None
        await asyncio.get_running_loop().run_in_executor(None, watching.stdout.read)
        watching.wait(20)
    return Steady(time.monotonic() - start, receipts, overviews, memory)


def _watching(
    port: int, room: Room, people: dict[str, tuple[str, str]], until: float
) -> subprocess.Popen[str] | None:
    if not people:
        return None
    clients = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.live_clients"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    assert clients.stdin is not None
    clients.stdin.write(json.dumps({"port": port, "process": room.process, "people": people, "until": until}))
    clients.stdin.close()
    return clients


def _memory(process: int) -> float:
    """MB that a process keeps in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _figures(
    store: str, peak: float, steady: Steady, asked: Asked, peer: float | None, commits: float
) -> Iterator[Figure]:
    yield Figure(f"{store}: acts a second at the peak, {ROOMS * AUTHORS} authors", peak, "acts/s", 1,
                 "git commit -S, core.fsync=all", commits)  # fmt: skip
    if peer is not None:
        yield Figure("  the same", peak, "acts/s", 1, f"eventsourcing, {ROOMS} threads, same database", peer)
    yield Figure(f"  steady for {asked.minutes:g} min, {asked.viewers} people looking on",
                 len(steady.receipts) / steady.seconds, "acts/s", 1, "asked for", asked.rate)  # fmt: skip
    for what, found in (("act to receipt", steady.receipts), ("overview meanwhile", steady.overviews)):
        ordered = sorted(found)
        yield Figure(f"  {what}, median", statistics.median(ordered), "ms", 1)
        yield Figure(f"  {what}, 99th percentile", ordered[int(0.99 * (len(ordered) - 1))], "ms", 1)
    first, *between, last = steady.memory
    yield Figure(f"  memory at the end ({', '.join(f'{one:.0f}' for one in between)} between)", last, "MB", 1,
                 "at the beginning", first)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--viewers", type=int, default=50)
    parser.add_argument("--stores", nargs="+", choices=STORES, default=STORES)
    parser.add_argument("--peer-python", help="a Python that has eventsourcing, psycopg and PyNaCl")
    asked = parser.parse_args()
    load = Asked(asked.minutes, asked.rate, asked.viewers)
    print(table(measure(load, asked.stores, asked.peer_python)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
