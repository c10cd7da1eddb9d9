"""Verifying a certified copy, offline: every signature, the tree, the chain, the procedure, every disclosure.

What is trusted: this program, and the process id that the reader compares with the one they were given. The id
fixes the convenor's key and the log's key; the record itself enrols every other key.

The acts are folded in order while signatures are checked elsewhere: on other threads, or in other processes for
a long record, where one process's lock would let neither run. The fold's result is used only if every signature
holds.

Whoever verified a record before checks no signature twice: given the size and root verified then, those of the acts up
to there are passed over, and the root over these acts must be that one. Everything else is checked as ever.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import BinaryIO, Final

import msgspec
from msgspec.structs import replace

from detente.acts.act import Clear
from detente.acts.convening import Convene
from detente.acts.kinds import Unknown, kind_of, read_act
from detente.acts.time import cosigner_verifiers, log_verifier, mldsa_verifiers
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refusal, Refused, refuse
from detente.keys.ed25519 import signature_holds
from detente.procedure.chambers import chamber_names, empty_chamber
from detente.procedure.fold import fold, place, stop
from detente.proofs.certified_copy import CopyReader, Heading, lines_of, statement_of
from detente.proofs.seen_roots import SeenRoots
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import Envelope, parse_entry, parse_envelope
from detente.signing.verifier import verify
from detente.state.records import Chamber, Process, State
from detente.tlog.checkpoint import Cosigned, OpenedCheckpoint, open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.merkle import leaf_hash, root_of

CHUNK: Final = 1024
STEP: Final = 256
"""Acts between two words of progress."""
WORKERS: Final = 2
WAITING: Final = 16 * WORKERS
"""Chunks handed over and not yet answered, at most: it bounds what waits in memory."""
Progress = Callable[[int], None]


class VerifiedCopy(msgspec.Struct, frozen=True):
    """What a copy proves. state: the main record; chambers: those in the copy; note: the main log's checkpoint as it is
    signed; cosigners: of that one; signed_with_mldsa: the log has signed that with ML-DSA-44 too; unchecked: acts after a
    kind that this reader does not know, whose keys it cannot know; before: acts of the main log whose signatures were
    checked before, and not again."""

    heading: Heading
    digest: str
    state: State
    size: int
    chambers: tuple[Chamber, ...]
    note: bytes
    cosigners: tuple[Cosigned, ...]
    signed_with_mldsa: bool = False
    unchecked: int = 0
    before: int = 0


class VerifiedBefore(msgspec.Struct, frozen=True):
    """What was verified before: a main log's origin, how many acts it had, and their root (32 bytes). again: whether
    to check the signatures of these acts nevertheless."""

    origin: str
    size: int
    root: bytes
    again: bool = False


class _Signatures:
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


def _check_signatures(chunk: list[tuple[str, bytes, bytes]]) -> None:
    for where, entry, public in chunk:
        try:
            verify(parse_entry(entry, check_canonical=False), public)
        except Refused as refused:
            raise _at(where, refused) from refused


def _at(where: str, refused: Refused) -> Refused:
    """The same refusals, saying where in the file."""
    return Refused(
        *(Refusal(r.code, f"{where}: {r.sentence}", r.clause, r.instead) for r in refused.refusals)
    )


class _LogReading:
    """Reads one log's acts out of a copy: parses, queues the signature, checks disclosures, grows the tree.

    before: acts at the start whose signatures were checked before.
    """

    def __init__(self, reader: CopyReader, origin: str, signatures: _Signatures, before: int = 0) -> None:
        self.reader = reader
        self.origin = origin
        self.leaves: list[bytes] = []
        self.unchecked = 0
        self._signatures = signatures
        self._before = before

    def next_act(self, registry: State) -> tuple[str, str, Clear | Unknown, bytes]:
        """(where, key, clear, leaf) of the next act; `registry`: the main state that knows the keys."""
        line = self.reader.word("act")
        where = f"Act {len(self.leaves) + 1} of {self.origin} (line {line.number})"
        try:
            envelope = parse_envelope(line.rest, check_canonical=False)
            clear = read_act(envelope.payload)
            public = self._public_key(envelope, clear, registry)
            if isinstance(clear, Unknown):
                parse_envelope(line.rest)  # no type to compare with: the canonical form is checked by itself
            else:
                _check_disclosures(clear, envelope.disclosures)
        except Refused as refused:
            raise _at(where, refused) from refused
        if public is None:
            self.unchecked += 1  # an act that this reader does not know may have enrolled the key
        elif len(self.leaves) >= self._before:
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
            raise _at(f"The checkpoint of {self.origin}", refused) from refused
        signed = opened.checkpoint
        if signed.size != len(self.leaves) or signed.root != root_of(self.leaves):
            raise refuse("copy.root", f"The acts of {self.origin} are not the ones that its checkpoint signs: "
                         "an act was changed, left out, added or moved.", "RFC 6962 sec. 2.1")  # fmt: skip
        return note, opened


def _check_disclosures(clear: Clear, disclosures: tuple[str, ...]) -> None:
    kind = kind_of(clear)
    if len(clear.sd) != len(kind.hidden_fields):
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


def verify_copy(
    file: BinaryIO,
    progress: Progress = lambda _done: None,
    checkers: Executor | None = None,
    before: VerifiedBefore | None = None,
) -> VerifiedCopy:
    """Check everything in a copy. `file` is read twice from its start; progress gets the acts checked so far;
    checkers: where signatures are checked, threads of this process unless given; before: what need not be checked
    again.

    Raises `Refused`: what broke, where, in words; `copy.another_history` where nothing did, and yet the copy begins with
    other acts than those verified before.
    """
    try:
        return _with_checkers(file, progress, checkers, before)
    except Refused:
        if before is not None:
            _with_checkers(file, progress, checkers, None)  # a damaged copy says what is damaged
        raise


def _with_checkers(
    file: BinaryIO, progress: Progress, checkers: Executor | None, before: VerifiedBefore | None
) -> VerifiedCopy:
    cited = _states_cited(file)
    collecting = gc.isenabled()
    gc.disable()
    try:
        if checkers is not None:
            return _verify(file, progress, checkers, cited, before)
        with ThreadPoolExecutor(WORKERS) as threads:
            return _verify(file, progress, threads, cited, before)
    finally:
        if collecting:
            gc.enable()


def _verify(
    file: BinaryIO,
    progress: Progress,
    checkers: Executor,
    cited: frozenset[int],
    before: VerifiedBefore | None,
) -> VerifiedCopy:
    signatures = _Signatures(checkers)
    try:
        return _Verification(file, signatures, progress, cited, before).run()
    except Refused:
        # A signature that does not hold says more of where the copy was changed than what follows from it.
        signatures.finish()
        raise


def _states_cited(file: BinaryIO) -> frozenset[int]:
    """The sizes of the main log that chamber acts cite, so that the fold keeps those states. Nothing is trusted."""
    file.seek(0)
    logs, cited = 0, set()
    for line in lines_of(file):
        if line.startswith(b"log "):
            logs += 1
        elif logs > 1 and line.startswith(b"act "):
            try:
                clear = read_act(parse_envelope(line[4:-1], check_canonical=False).payload)
            except Refused:
                continue  # the second reading says what is wrong, and where
            if not isinstance(clear, Unknown):
                cited.add(clear.seen[0])
    file.seek(0)
    return frozenset(cited)


class _Verification:
    def __init__(
        self,
        file: BinaryIO,
        signatures: _Signatures,
        progress: Progress,
        cited: frozenset[int],
        before: VerifiedBefore | None,
    ) -> None:
        self._reader = CopyReader(file)
        self._signatures = signatures
        self._progress = progress
        self._cited = cited
        self._before = before
        self._states: dict[int, State] = {0: State()}
        self._seen = SeenRoots()
        self._done = 0

    def run(self) -> VerifiedCopy:
        heading = self._reader.heading()
        logs = self._reader.logs()
        first = next(logs)
        if isinstance(first, str) or first[0] != heading.process:
            raise self._reader.fault("line", "the copy should begin with the main log of its process.")
        known = self._before
        if known is not None and (known.origin != first[0] or known.size > first[1]):
            self._before = None  # another record, or an older copy of this one
        state, note, signed, unchecked = self._main(*first)
        chambers, digest = [], ""
        awaited = iter([f"{heading.process}/{name}" for name in chamber_names(state.convened.sides)])
        for log in logs:
            if isinstance(log, str):
                digest = self._reader.digest()
                if log != digest:
                    raise refuse(
                        "copy.digest",
                        "The copy is not the one that the keeper certified: its digest differs.",
                    )
            elif log[0] in awaited:  # consumes up to it: each chamber at most once, in their one order
                chambers.append(self._chamber(*log, state))
            else:
                raise self._reader.fault("log", f"“{log[0]}” is not a chamber that can stand here.")
        self._check_certificate(state, digest)
        self._signatures.finish()
        return VerifiedCopy(
            heading, digest, state, self._seen.size, tuple(chambers), note,
            signed.witnesses, signed.signed_with_mldsa, unchecked, self._unasked,
        )  # fmt: skip

    @property
    def _unasked(self) -> int:
        """How many acts' signatures are not checked again."""
        return self._before.size if self._before is not None and not self._before.again else 0

    def _count(self) -> None:
        self._done += 1
        if self._done % STEP == 0:
            self._progress(self._done)

    def _main(self, origin: str, size: int) -> tuple[State, bytes, OpenedCheckpoint, int]:
        reading, state = _LogReading(self._reader, origin, self._signatures, self._unasked), State()
        for index in range(size):
            where, key, clear, leaf = reading.next_act(state)
            if isinstance(clear, Unknown):
                state = stop(state)
            else:
                self._seen.check(where, clear.seen, index)
                state = fold(state, place(state, key, encode_base64url(leaf), clear))
            self._seen.append(leaf)
            if self._before is not None and index + 1 == self._before.size:
                self._check_before(self._before)
            if index + 1 in self._cited:
                self._states[index + 1] = state
            self._count()
        if state.process is None:
            raise self._reader.fault("empty", "the acts above do not begin with one that convenes the talks.")
        if state.process.origin != origin:
            # The id is all that a reader compares: another record must not stand under it.
            raise self._reader.fault(
                "process", f"the acts above are those of {state.process.origin}, not of {origin}."
            )
        note, signed = reading.check_checkpoint(state.process, cosigner_verifiers(state.process))
        return state, note, signed, reading.unchecked

    def _check_before(self, before: VerifiedBefore) -> None:
        """The acts up to here are those verified before."""
        if self._seen.root(before.size) != encode_base64url(before.root):
            raise refuse("copy.another_history",
                         f"Everything in the copy checks, but its first {before.size} acts are not the ones that were "
                         "verified here before: the log has shown two histories.",
                         "C2SP tlog-checkpoint",
                         "Keep both copies, and compare them with what another party holds: together they prove a fork.",
                         )  # fmt: skip

    def _chamber(self, origin: str, size: int, main: State) -> Chamber:
        reading = _LogReading(self._reader, origin, self._signatures)
        chamber = empty_chamber(origin.rpartition("/")[2])
        for _ in range(size):
            where, key, clear, leaf = reading.next_act(main)
            if isinstance(clear, Unknown):
                chamber = stop(chamber)
            else:
                self._seen.check(where, clear.seen, self._seen.size)
                chamber = replace(chamber, main=self._states[clear.seen[0]])
                if chamber.main.unknown_from is not None:
                    chamber = stop(chamber)  # weighed against less than its author had seen
                chamber = fold(chamber, place(chamber.main, key, encode_base64url(leaf), clear))
            self._count()
        reading.check_checkpoint(main.convened)
        return replace(chamber, main=main)

    def _check_certificate(self, state: State, digest: str) -> None:
        key_id, _, signature = self._reader.text("certified").partition(" ")
        keeper = state.keys.get(key_id)
        if keeper is None or keeper.person != state.convened.keeper:
            raise refuse(
                "copy.keeper", "The copy is not certified by this record's keeper.", "VCLT art. 77(1)(b)"
            )
        try:
            held = signature_holds(
                decode_base64url(keeper.public), statement_of(digest), decode_base64url(signature)
            )
        except Refused:
            held = False
        if not held:
            raise refuse(
                "copy.signature", "The keeper's signature on the copy does not hold.", "VCLT art. 77(1)(b)"
            )
        if not self._reader.at_end():
            raise self._reader.fault("end", "the file goes on after the keeper's certificate.")
