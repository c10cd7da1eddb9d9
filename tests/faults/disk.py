"""From what a shim recorded, every disk that a loss of power could have left.

What was forced to disk is certain. Of what was written since, any part may be there, in any order, and a write may be
torn at a sector. A failed sync forces nothing and leaves nothing to force: what it was asked for may never arrive, even
where a later sync succeeds, unless it is written again (Linux marks such pages clean). Names follow the same rule: a file
that was made, renamed or removed has its new name for certain once its folder was forced to disk; PostgreSQL relies on
file systems that keep the name of a file that was forced itself (`names_follow`).
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

HEADER: Final = struct.Struct("<cHHqQ")
SECTORS: Final = (512, 4096)


class Done(NamedTuple):
    """One thing that a program did to its disk. ends: how long the record is with it; where: an offset; of a sync, how
    long the record was when it began."""

    ends: int
    kind: str
    path: str
    other: str
    where: int
    content: bytes


def read_trace(file: Path) -> list[Done]:
    raw, at, done = file.read_bytes(), 0, []
    while at + HEADER.size <= len(raw):
        kind, path, other, where, length = HEADER.unpack_from(raw, at)
        at += HEADER.size
        names = raw[at : at + path + other]
        at += path + other
        content = raw[at : at + length]
        at += length
        done.append(Done(at, kind.decode(), names[:path].decode(), names[path:].decode(), where, content))
    return done


class Change(NamedTuple):
    """A write or a cut. number: in the order done; ends: how long the record was with it; certain: it is on the disk;
    lost: a sync for it has failed."""

    number: int
    ends: int
    cut: bool
    where: int
    content: bytes
    certain: bool = False
    lost: bool = False

    def apply(self, content: bytearray) -> None:
        if self.cut:
            del content[self.where :]
            content.extend(bytes(self.where - len(content)))
        else:
            content.extend(bytes(max(0, self.where - len(content))))
            content[self.where : self.where + len(self.content)] = self.content

    def torn(self, sector: int) -> Change | None:
        """As far as its first whole sectors; None where it does not reach beyond them."""
        until = (self.where // sector + 1) * sector - self.where
        return None if self.cut or until >= len(self.content) else self._replace(content=self.content[:until])


class _File:
    """base: what is certain before `changes`, of which the first is not."""

    def __init__(self, content: bytes = b"") -> None:
        self.base = bytearray(content)
        self.changes: list[Change] = []

    def settle(self, changes: list[Change]) -> None:
        while changes and changes[0].certain:
            changes.pop(0).apply(self.base)
        self.changes = changes


Image = dict[str, bytes]
"""A disk: what stands in each file, by its path below the watched folder."""


class Disk:
    """The watched folder, as it is brought forward through a record."""

    def __init__(self, folder: str, start: Image | None = None, *, names_follow: bool = False) -> None:
        self._folder = folder
        self._named: dict[str, _File] = {path: _File(content) for path, content in (start or {}).items()}
        self._certainly_named = dict(self._named)
        self._names_follow = names_follow
        self._numbers = 0

    def go_on(self, done: Done) -> None:
        path, other = (name.removeprefix(self._folder).strip("/") for name in (done.path, done.other))
        if done.kind in "wt":
            self._numbers += 1
            change = Change(self._numbers, done.ends, done.kind == "t", done.where, done.content)
            self._named.setdefault(path, _File()).changes.append(change)
        elif done.kind == "c":
            self._named.setdefault(path, _File())
        elif done.kind == "l":
            self._named[other] = self._named[path]
        elif done.kind == "r":
            self._named[other] = self._named.pop(path, _File())
        elif done.kind == "u":
            self._named.pop(path, None)
        elif done.kind == "s":
            self._force(path, done.where)
        elif done.kind == "f" and path in self._named:
            file = self._named[path]
            file.changes = [c if c.certain else c._replace(lost=True) for c in file.changes]

    def _force(self, path: str, began: int) -> None:
        file = self._named.get(path)
        if file is None:  # a folder: its names are certain from here on
            self._certainly_named = {
                **{name: f for name, f in self._certainly_named.items() if _folder_of(name) != path},
                **{name: f for name, f in self._named.items() if _folder_of(name) == path},
            }
            return
        file.settle([c if c.ends > began or c.lost else c._replace(certain=True) for c in file.changes])
        if self._names_follow:
            self._certainly_named.setdefault(path, file)

    @property
    def pending(self) -> list[Change]:
        """Of all files that have a name, in the order done."""
        files = {id(file): file for file in self._named.values()}
        return sorted(c for file in files.values() for c in file.changes if not c.certain)

    def image(self, chosen: Sequence[Change], *, old_names: bool = False) -> Image:
        """With these changes on it and no others. old_names: no name that is not certain has changed."""
        by_number = {change.number: change for change in chosen}
        image = {}
        for path, file in (self._certainly_named if old_names else self._named).items():
            content = bytearray(file.base)
            for change in file.changes:
                found = change if change.certain else by_number.get(change.number)
                if found is not None:
                    found.apply(content)
            image[path] = bytes(content)
        return image


class Cut(NamedTuple):
    """One disk that may be left. kind: which; at: how long the record was; image: asked for before the disk goes on;
    piece: whether it is one of many at the same moment, which differ by a write."""

    kind: str
    at: int
    image: Callable[[], Image]
    piece: bool = False


def after_a_step(disk: Disk, done: Done) -> Iterator[Cut]:
    """Where everything written has arrived, but the last of it perhaps torn."""
    if done.kind in "wtcrul":
        pending = disk.pending
        yield Cut("all that was written", done.ends, partial(disk.image, pending))
        for sector in SECTORS if done.kind == "w" and pending else ():
            torn = pending[-1].torn(sector)
            if torn is not None:
                yield Cut(
                    f"the last write torn at {sector}", done.ends, partial(disk.image, [*pending[:-1], torn])
                )


def at_a_moment(disk: Disk, at: int, chance: random.Random) -> Iterator[Cut]:
    """Where nothing that is uncertain has arrived, or each piece alone, whole or torn, or some of them."""
    pending = disk.pending
    yield Cut("nothing uncertain", at, partial(disk.image, [], old_names=True))
    yield Cut("no uncertain write", at, partial(disk.image, []))
    yield Cut("no uncertain name", at, partial(disk.image, pending, old_names=True))
    kept = [change for change in pending if not change.lost]
    if len(kept) < len(pending):
        yield Cut("what a failed sync was asked for", at, partial(disk.image, kept))
    for change in pending:
        rest = [other for other in pending if other != change]
        yield Cut("one write alone", at, partial(disk.image, [change]), piece=True)
        yield Cut("all but one write", at, partial(disk.image, rest), piece=True)
        for sector in SECTORS:
            torn = change.torn(sector)
            if torn is not None:
                yield Cut(f"one write alone, torn at {sector}", at, partial(disk.image, [torn]), piece=True)
    for _ in range(len(pending) // 2):
        some = [change for change in pending if chance.random() < 0.5]
        yield Cut("some writes", at, partial(disk.image, some), piece=True)


def image_of(folder: Path) -> Image:
    """A folder as it is: what a disk begins with."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def write_image(image: Image, folder: Path) -> None:
    for path, content in image.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]
