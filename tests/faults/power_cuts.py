"""Every disk that a loss of power could have left is opened, and held against what anybody had been told by then."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from hashlib import blake2b
from pathlib import Path
from typing import Final

from detente.cli.data_folder import opened
from detente.codec.refusal import Refused
from detente.depositary.host import Depositary
from detente.state.records import Process
from detente.store.port import Unavailable
from tests.faults.clients import Told
from tests.faults.disk import Cut, Disk, Done, Image, after_a_step, at_a_moment, write_image
from tests.faults.holding import broken_promises, faults_of_log, faults_of_record
from tests.faults.tally import Tally

IN_MEMORY: Final = Path("/dev/shm")
"""What is opened once and thrown away needs no disk."""
OF_PIECES: Final = 20
"""How many times rarer a cut is tried that is one of many at a moment."""
Open = Callable[[Path], AbstractContextManager[Depositary]]


def open_sqlite(folder: Path) -> AbstractContextManager[Depositary]:
    """As `detente serve` opens a data folder."""
    return opened(folder, create=True)


class PowerCuts:
    """process: the one that people act in, None where nobody does yet; share: how many of the pieces are tried, and so
    many times as many of the other cuts; the rest is counted."""

    def __init__(
        self,
        store: str,
        process: Process | None,
        open_disk: Open,
        tally: Tally,
        chance: random.Random,
        share: float = 1.0,
    ) -> None:
        self._store, self._process, self._open, self._tally = store, process, open_disk, tally
        self._chance, self._share = chance, share
        self._known: dict[bytes, int] = {}
        self._folded: set[tuple[int, bytes]] = set()

    def explore(self, disk: Disk, done: Sequence[Done], told: Sequence[Told], *, begin: int = 0) -> None:
        """Cut the power after each step. begin: how long the record was when cutting begins."""
        in_order = sorted(told, key=lambda one: one.at)
        for cut in self._cuts(disk, done, [one.at for one in in_order], begin):
            tried = self._chance.random() < self._share * (1 if cut.piece else OF_PIECES)
            self._tally.count(self._store, f"power cut: {cut.kind}", tried=tried)
            if tried:
                self._try(cut, [one for one in in_order if one.at <= cut.at])
        faults = self._faults(disk.image(disk.pending), in_order, all_told=True)
        self._tally.fail(self._store, "in the end", faults)

    def _cuts(self, disk: Disk, done: Sequence[Done], moments: list[int], begin: int) -> Iterator[Cut]:
        """After every step; and, of what is uncertain, every piece alone just before it becomes certain and each time
        that somebody has been told something."""
        for step in done:
            if step.ends > begin and step.kind in "sf":
                yield from at_a_moment(disk, step.ends - 1, self._chance)
            disk.go_on(step)
            if step.ends <= begin:
                continue
            yield from after_a_step(disk, step)
            if moments and moments[0] <= step.ends:
                moments[:] = [moment for moment in moments if moment > step.ends]
                yield from at_a_moment(disk, step.ends, self._chance)

    def _try(self, cut: Cut, told: Sequence[Told]) -> None:
        image = cut.image()
        promised = max((one.checkpoint.size for one in told), default=0)
        digest = _digest(image)
        if self._known.get(digest, -1) >= promised:
            return  # the same disk has held more already
        faults = self._faults(image, told)
        self._tally.fail(self._store, f"{cut.kind} at {cut.at}", faults)
        if not faults:
            self._known[digest] = promised

    def _faults(self, image: Image, told: Sequence[Told], *, all_told: bool = False) -> list[str]:
        place = IN_MEMORY if IN_MEMORY.is_dir() else None
        folder = Path(tempfile.mkdtemp(prefix="detente-cut-", dir=place))
        try:
            write_image(image, folder)
            with self._open(folder) as depositary:
                faults = list(self._faults_of(depositary, told))
                return faults + list(broken_promises(depositary, told)) if all_told else faults
        except (Refused, Unavailable, sqlite3.Error, AssertionError) as error:
            return [f"The database cannot be opened: {error}"]
        finally:
            shutil.rmtree(folder)

    def _faults_of(self, depositary: Depositary, told: Sequence[Told]) -> Iterator[str]:
        head = depositary.store.head(self._process.origin) if self._process is not None else None
        if head is None or self._process is None:
            if told:
                yield "The process is gone, of which somebody has a receipt."
            return
        key = (head.size, head.checkpoint)
        yield from faults_of_record(depositary, whole=key not in self._folded)
        yield from faults_of_log(depositary, self._process)
        self._folded.add(key)
        # Whoever was told most was told of all that others were: that is seen in the end, where the record is whole.
        yield from broken_promises(depositary, sorted(told, key=lambda one: one.checkpoint.size)[-1:])


def _digest(image: Image) -> bytes:
    digest = blake2b(digest_size=16)
    for path in sorted(image):
        digest.update(f"{path} {len(image[path])}\n".encode())
        digest.update(image[path])
    return digest.digest()
