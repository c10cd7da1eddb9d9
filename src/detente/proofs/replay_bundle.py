"""The replay bundle: the whole main log without a word of anybody's, so that a stranger can fold it and ask what is *not*
in it (docs/specs/replay-bundle.md).

    detente replay bundle v1
    process detente/<26 characters>
    acts <how many>
    act <JWS>~                                 one line an act; no disclosure
    checkpoint <number of lines>
    <the signed note, as it is>

It shows the skeleton of the talks: who acted, when, by which kind of act, on what. Nobody certifies it: everything
that it says follows from signatures in it, so that whoever holds the record can make one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from hashlib import sha256
from typing import BinaryIO, Final

from msgspec import Struct

from detente.acts.cosigners import verifiers_of_all
from detente.proofs.lines import LineReader, acts_announced
from detente.proofs.log_reading import (
    LogReading,
    Signatures,
    bare_act,
    checked_elsewhere,
    read_main,
    refuse_strangers,
)
from detente.proofs.seen_roots import SeenRoots
from detente.state.records import State
from detente.tlog.checkpoint import Cosigned
from detente.tlog.merkle import root_of

FIRST_LINE: Final = "detente replay bundle v1"
STEP: Final = 256
"""Acts between two words of progress."""
_REGISTRY: Final = ("process", "people", "keys", "cosigners")
"""What of a state the acts change that keys and cosigners rest on."""
SKELETON: Final = (
    "It shows the skeleton of the talks: who acted, when, by which kind of act and on which text; no words."
)


class VerifiedBundle(Struct, frozen=True):
    """What a bundle proves. state: of the main record; leaves: 32 bytes each; registry: the convening act and those that
    changed who takes part, with which keys, or who cosigns, as in the file, each with its index; content: SHA-256 of
    every act's JWS, which only they know who hold the record; note: the checkpoint; unchecked: acts after a kind that
    this reader does not know, whose keys it cannot know."""

    origin: str
    state: State
    leaves: tuple[bytes, ...]
    registry: tuple[tuple[int, bytes], ...]
    content: bytes
    note: bytes
    cosigners: tuple[Cosigned, ...]
    unchecked: int = 0

    @property
    def size(self) -> int:
        return len(self.leaves)

    @property
    def root(self) -> bytes:
        return root_of(self.leaves)


def write_bundle(out: BinaryIO, origin: str, acts: Iterable[bytes], size: int, note: bytes) -> None:
    """acts: `size` of them, with or without disclosures, which are left out; note: the checkpoint of exactly these."""
    out.write(f"{FIRST_LINE}\nprocess {origin}\nacts {size}\n".encode())
    for act in acts:
        out.write(b"act " + act.partition(b"~")[0] + b"~\n")
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)


class _BundleReader(LineReader):
    """Keeps the note, the last act, and the hash of all of them, as they pass."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "bundle", "Ask for the bundle again, and keep this file.")
        self.content = sha256()
        self.last = self.checkpoint = b""

    def heading(self) -> tuple[str, int]:
        """(process, number of acts)."""
        if self.raw_line() != FIRST_LINE.encode():
            raise self.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
        return self.text("process"), self.number(self.text("acts"))

    def act(self) -> bytes:
        act = bare_act(self)
        self.last = act
        self.content.update(act)
        return act

    def note(self) -> bytes:
        self.checkpoint = super().note()
        return self.checkpoint


def verify_bundle(
    file: BinaryIO,
    progress: Callable[[int], None] = lambda _done: None,
    checkers: Executor | None = None,
    folded: Callable[[int, State], None] = lambda _size, _state: None,
) -> VerifiedBundle:
    """Check everything in a bundle: every signature, the order, the tree, the fold. progress: gets the acts read so far;
    checkers: where signatures are checked, threads of this process unless given; folded: gets the size and the state
    after each act.

    Raises `Refused`: what broke, where, in words.
    """
    with checked_elsewhere(checkers) as signatures:
        return _verify(_BundleReader(file), signatures, progress, folded)


def _verify(
    reader: _BundleReader,
    signatures: Signatures,
    progress: Callable[[int], None],
    folded: Callable[[int, State], None],
) -> VerifiedBundle:
    origin, size = reader.heading()
    reading = LogReading(reader, origin, signatures)
    registry: list[tuple[int, bytes]] = []
    before = State()

    def after(done: int, state: State) -> None:
        nonlocal before
        if any(getattr(state, name) is not getattr(before, name) for name in _REGISTRY):
            registry.append((done - 1, reader.last))
        before = state
        folded(done, state)
        if done % STEP == 0:
            progress(done)

    state = read_main(reading, size, SeenRoots(), after)
    _note, opened = reading.check_checkpoint(state.convened, verifiers_of_all(state))
    refuse_strangers(reader, reader.checkpoint, opened.cosigners)
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the checkpoint.")
    return VerifiedBundle(origin, state, tuple(reading.leaves), tuple(registry), reader.content.digest(),
                          reader.checkpoint, opened.witnesses, reading.unchecked)  # fmt: skip


def count_acts(file: BinaryIO) -> int:
    """As `acts_announced`."""
    return acts_announced(file, 3)
