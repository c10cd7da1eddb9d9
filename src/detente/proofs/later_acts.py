"""Later acts: the main log from act N+1 on, without a word, so that whoever has a verified snapshot of its first N acts
goes on from there (docs/specs/state-statement.md).

    detente later acts v1
    process detente/<26 characters>
    after <N>
    acts <how many>
    earlier <how many>
    seen <a size before N that one of these acts cites; one after another>
    path <number of hashes>
    <what shows the root at that size in the tree at N, in base64; a line for each>
    act <JWS>~                                 one line an act; no disclosure
    checkpoint <number of lines>
    <the signed note, as it is>

It says nothing by itself: up to act N the reader relies on those who signed the snapshot, from there on on nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import BinaryIO, Final

from msgspec import Struct

from detente.acts.cosigners import verifiers_of_all
from detente.acts.kinds import Unknown, read_act
from detente.codec.base64url import encode_base64url
from detente.proofs.lines import acts_announced
from detente.proofs.log_reading import (
    LogReading,
    Signatures,
    bare_act,
    checked_elsewhere,
    read_main,
    refuse_strangers,
)
from detente.proofs.path_lines import PathReader, write_path
from detente.proofs.seen_roots import SeenRoots
from detente.proofs.verified_snapshot import VerifiedSnapshot
from detente.signing.envelope import parse_envelope
from detente.state.records import State
from detente.tlog.checkpoint import Cosigned
from detente.tlog.merkle import EMPTY_ROOT, ReadNode, prefix_root, prove_prefix

FIRST_LINE: Final = "detente later acts v1"
STEP: Final = 256
"""Acts between two words of progress."""


class WentOn(Struct, frozen=True):
    """A record whose first acts are a snapshot's, and whose later ones were folded here. note: its checkpoint; cosigners:
    of that; unchecked: acts after a kind that this reader does not know, whose keys it cannot know."""

    snapshot: VerifiedSnapshot
    state: State
    size: int
    note: bytes
    cosigners: tuple[Cosigned, ...]
    unchecked: int = 0


def write_later_acts(
    out: BinaryIO, origin: str, after: int, acts: Sequence[bytes], note: bytes, read: ReadNode
) -> None:
    """acts: those after the first `after`, with or without disclosures, which are left out; note: the checkpoint at their
    end; read: nodes of the tree of that size. Raises `Refused` where an act cannot be read."""
    bare = [act.partition(b"~")[0] + b"~" for act in acts]
    earlier = sorted({size for act in bare if 0 < (size := _seen(act)) < after})
    out.write(
        f"{FIRST_LINE}\nprocess {origin}\nafter {after}\nacts {len(bare)}\nearlier {len(earlier)}\n".encode()
    )
    for size in earlier:
        out.write(f"seen {size}\n".encode())
        write_path(out, prove_prefix(size, after, read))
    for act in bare:
        out.write(b"act " + act + b"\n")
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)


def _seen(act: bytes) -> int:
    """How many acts its author had seen; 0 where this program does not know the kind of act."""
    clear = read_act(parse_envelope(act, check_canonical=False).payload)
    return 0 if isinstance(clear, Unknown) else clear.seen[0]


def count_acts(file: BinaryIO) -> int:
    """As `acts_announced`."""
    return acts_announced(file, 4)


class _LaterReader(PathReader):
    def heading(self, snapshot: VerifiedSnapshot) -> int:
        """How many acts follow."""
        if self.raw_line() != FIRST_LINE.encode():
            raise self.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
        origin, after = self.text("process"), self.number(self.text("after"))
        if origin != snapshot.anchored.process.origin:
            raise self.fault(
                "process", f"these are acts of {origin}, and the snapshot is of another process."
            )
        if after != snapshot.size:
            raise self.fault(
                "after", f"these acts follow act {after}, and the snapshot ends with act {snapshot.size}."
            )
        return self.number(self.text("acts"))

    def earlier(self, snapshot: VerifiedSnapshot) -> dict[int, str]:
        """Roots before the snapshot's end, each shown to be of its tree."""
        known, last = {0: encode_base64url(EMPTY_ROOT)}, 0
        for _ in range(self.number(self.text("earlier"))):
            size = self.number(self.text("seen"))
            if not last < size < snapshot.size:
                raise self.fault(
                    "order", "earlier sizes rise, each once, and are below that of the snapshot."
                )
            root = prefix_root(size, snapshot.size, self.path(), snapshot.anchored.statement.root)
            known[size], last = encode_base64url(root), size
        return known

    def act(self) -> bytes:
        return bare_act(self)


def go_on(
    file: BinaryIO,
    snapshot: VerifiedSnapshot,
    progress: Callable[[int], None] = lambda _done: None,
    checkers: Executor | None = None,
) -> WentOn:
    """Check everything in a file of later acts, and fold them on the snapshot's state. progress: gets the acts read so
    far; checkers: where signatures are checked, threads of this process unless given.

    Raises `Refused`: what broke, where, in words.
    """
    with checked_elsewhere(checkers) as signatures:
        return _go_on(
            _LaterReader(file, "later", "Ask for the later acts again."), snapshot, signatures, progress
        )


def _go_on(
    reader: _LaterReader, snapshot: VerifiedSnapshot, signatures: Signatures, progress: Callable[[int], None]
) -> WentOn:
    process, size = snapshot.anchored.process, snapshot.size + reader.heading(snapshot)
    seen = SeenRoots(snapshot.edge, reader.earlier(snapshot))
    reading = LogReading(reader, process.origin, signatures, start=snapshot.edge)

    def after(done: int, _state: State) -> None:
        if (done - snapshot.size) % STEP == 0:
            progress(done - snapshot.size)

    state = read_main(reading, size, seen, after, snapshot.state)
    note, opened = reading.check_checkpoint(process, verifiers_of_all(state))
    refuse_strangers(reader, note, opened.cosigners)
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the checkpoint.")
    return WentOn(snapshot, state, size, note, opened.witnesses, reading.unchecked)
