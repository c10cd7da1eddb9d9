"""Reading one log's acts out of a container, and folding a main log, while its signatures are checked elsewhere.

On other threads, or in other processes for a long record, where one process's lock would let neither run. What is
folded is used only if every signature holds.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Final

import msgspec

from detente.acts.act import Clear
from detente.acts.convening import Convene
from detente.acts.kinds import Unknown, kind_of, read_act
from detente.acts.time import log_verifier, mldsa_verifiers
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refusal, Refused, refuse
from detente.procedure.fold import fold, place, stop
from detente.proofs.lines import LineReader
from detente.proofs.seen_roots import SeenRoots
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import Envelope, parse_entry, parse_envelope
from detente.signing.verifier import verify
from detente.state.records import Process, State
from detente.tlog.checkpoint import Cosigned, OpenedCheckpoint, open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.merkle import Edge, leaf_hash, root_of
from detente.tlog.signed_note import parse_note

CHUNK: Final = 1024
WORKERS: Final = 2
WAITING: Final = 16 * WORKERS
"""Chunks handed over and not yet answered, at most: it bounds what waits in memory."""


class Signatures:
    """Signatures waiting to be checked, in chunks, by the executor's threads or processes."""

    def __init__(self, checkers: Executor) -> None:
        self._checkers = checkers
        self._chunk: list[tuple[str, bytes, bytes]] = []
        self._pending: deque[Future[None]] = deque()

    def add(self, where: str, entry: bytes, public: bytes) -> None:
        self._chunk.append((where, entry, public))
        if len(self._chunk) == CHUNK:
            self._hand_over()

    def _hand_over(self) -> None:
        self._pending.append(self._checkers.submit(_check_signatures, self._chunk))
        self._chunk = []
        if len(self._pending) > WAITING:
            self._pending.popleft().result()

    def finish(self) -> None:
        """Wait for all of them. Raises the first fault, in the order of the file."""
        self._hand_over()
        while self._pending:
            self._pending.popleft().result()


@contextmanager
def checked_elsewhere(checkers: Executor | None = None) -> Iterator[Signatures]:
    """Signatures that are checked while the body reads and folds; all hold when it ends. checkers: threads of this
    process unless given."""
    collecting = gc.isenabled()
    gc.disable()  # folding makes many objects and no cycles
    with ThreadPoolExecutor(WORKERS) if checkers is None else nullcontext(checkers) as found:
        signatures = Signatures(found)
        try:
            yield signatures
        finally:
            if collecting:
                gc.enable()
            # Also where something else was refused: a signature that does not hold says more of where it was changed.
            signatures.finish()


def _check_signatures(chunk: list[tuple[str, bytes, bytes]]) -> None:
    for where, entry, public in chunk:
        try:
            verify(parse_entry(entry, check_canonical=False), public)
        except Refused as refused:
            raise at_place(where, refused) from refused


def at_place(where: str, refused: Refused) -> Refused:
    """The same refusals, saying where in the file."""
    return Refused(
        *(Refusal(r.code, f"{where}: {r.sentence}", r.clause, r.instead) for r in refused.refusals)
    )


class LogReading:
    """Reads one log's acts out of a container: parses, queues the signature, checks disclosures, grows the tree.

    before: acts at the start whose signatures were checked before; start: the edge of what stands before the first act
    in the container.
    """

    def __init__(
        self,
        reader: LineReader,
        origin: str,
        signatures: Signatures,
        before: int = 0,
        start: Edge | None = None,
    ) -> None:
        self.reader = reader
        self.origin = origin
        self.leaves: list[bytes] = []
        self.unchecked = 0
        self._signatures = signatures
        self._before = before
        self._start = start or Edge.empty()

    @property
    def size(self) -> int:
        return self._start.size + len(self.leaves)

    @property
    def root(self) -> bytes:
        return self._start.extend(self.leaves).root() if self._start.size else root_of(self.leaves)

    def next_act(self, registry: State) -> tuple[str, str, Clear | Unknown, bytes]:
        """(where, key, clear, leaf) of the next act; `registry`: the main state that knows the keys."""
        act = self.reader.act()
        where = f"Act {self.size + 1} of {self.origin} (line {self.reader.line})"
        try:
            envelope = parse_envelope(act, check_canonical=False)
            clear = read_act(envelope.payload)
            public = self._public_key(envelope, clear, registry)
            if isinstance(clear, Unknown):
                parse_envelope(act)  # no type to compare with: the canonical form is checked by itself
            else:
                _check_disclosures(clear, envelope.disclosures)
        except Refused as refused:
            raise at_place(where, refused) from refused
        if public is None:
            self.unchecked += 1  # an act that this reader does not know may have enrolled the key
        elif self.size >= self._before:
            self._signatures.add(where, envelope.entry, public)
        leaf = leaf_hash(envelope.entry)
        self.leaves.append(leaf)
        return where, envelope.kid, clear, leaf

    def _public_key(self, envelope: Envelope, clear: Clear | Unknown, registry: State) -> bytes | None:
        """The key by the record's own registry; None where this reader cannot know it."""
        if registry.process is None and isinstance(clear, Convene):
            return decode_base64url(clear.convenor_key)
        key = registry.keys.get(envelope.kid)
        if key is None and registry.unknown_from is None:
            raise refuse("key.unknown", "it is signed by a key that the record has not enrolled.")
        return decode_base64url(key.public) if key is not None else None

    def check_checkpoint(
        self, process: Process, cosigners: Sequence[CosignatureVerifier] = ()
    ) -> tuple[bytes, OpenedCheckpoint]:
        """The signed checkpoint, which must be of exactly these acts, as it stands and opened."""
        note = self.reader.note()
        try:
            others = (*cosigners, *mldsa_verifiers(self.origin, process.log_mldsa_key))
            opened = open_checkpoint(note, log_verifier(self.origin, process.log_key), others)
        except Refused as refused:
            raise at_place(f"The checkpoint of {self.origin}", refused) from refused
        signed = opened.checkpoint
        if signed.size != self.size or signed.root != self.root:
            raise refuse(
                f"{self.reader.kind}.root",
                f"The acts of {self.origin} are not the ones that its checkpoint signs: "
                "an act was changed, left out, added or moved.",
                "RFC 6962 sec. 2.1",
            )
        return note, opened


def bare_act(reader: LineReader) -> bytes:
    """The next act, which discloses nothing."""
    act = reader.word("act").rest
    if act.find(b"~") != len(act) - 1:
        raise reader.fault("disclosed", "an act of this file ends in “~” and discloses nothing.")
    return act


def refuse_strangers(reader: LineReader, note: bytes, cosigners: tuple[Cosigned, ...]) -> None:
    """A note may carry any signature; a file that nobody certifies is to mean the same to everybody who reads it."""
    if len(parse_note(note).signatures) != 1 + len(cosigners):
        raise reader.fault(
            "signature", "a signature is neither the log's nor of a cosigner whom the process names."
        )


def read_main(
    reading: LogReading,
    size: int,
    seen: SeenRoots,
    folded: Callable[[int, State], None],
    start: State | None = None,
) -> State:
    """Read a main log of `size` acts and fold it. folded: gets the size and the state after each act; start: what the
    acts before those in the container come to.

    Raises `Refused`: what broke, where; `<kind>.empty`, `<kind>.process` where the acts are those of another process.
    """
    reader, state = reading.reader, start or State()
    for index in range(state.size, size):
        where, key, clear, leaf = reading.next_act(state)
        if isinstance(clear, Unknown):
            state = stop(state)
        else:
            seen.check(where, clear.seen, index)
            state = fold(state, place(state, key, encode_base64url(leaf), clear))
        seen.append(leaf)
        folded(index + 1, state)
    if state.process is None:
        raise reader.fault("empty", "the acts above do not begin with one that convenes the talks.")
    if state.process.origin != reading.origin:
        # The id is all that a reader compares: another record must not stand under it.
        raise reader.fault(
            "process", f"the acts above are those of {state.process.origin}, not of {reading.origin}."
        )
    return state


def _check_disclosures(clear: Clear, disclosures: tuple[str, ...]) -> None:
    kind = kind_of(clear)
    if len(clear.sd) not in kind.digests:
        raise refuse(
            "disclosure.count",
            f"an act of kind “{kind.name}” has {len(kind.hidden_fields)} digests, decoys included.",
            "RFC 9901 sec. 4.2.5",
        )
    opened = open_disclosures(clear.sd, disclosures, kind.clear.__struct_encode_fields__)
    if not opened:
        return
    try:
        hidden = msgspec.convert(opened, kind.hidden)
    except msgspec.ValidationError as error:
        raise refuse("disclosure.malformed_field", f"a hidden field is not of its type: {error}.") from error
    found = kind.content(clear, hidden)
    if found:
        raise Refused(*found)
