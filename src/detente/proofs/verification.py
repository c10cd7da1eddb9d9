"""Verifying a certified copy, offline: every signature, the tree, the chain, the procedure, every disclosure.

What is trusted: this program, and the process id that the reader compares with the one they were given. The id
fixes the convenor's key and the log's key; the record itself enrols every other key.

The acts are folded in order while signatures are checked elsewhere (`log_reading`).

Whoever verified a record before checks no signature twice: given the size and root verified then, those of the acts up
to there are passed over, and the root over these acts must be that one. Everything else is checked as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import BinaryIO, Final

import msgspec
from msgspec.structs import replace

from detente.acts.cosigners import verifiers_of_all
from detente.acts.kinds import Unknown, read_act
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.keys.ed25519 import signature_holds
from detente.procedure.chambers import chamber_names, empty_chamber
from detente.procedure.fold import fold, place, stop
from detente.proofs.certified_copy import CopyReader, Heading, lines_of, statement_of
from detente.proofs.log_reading import LogReading, Signatures, checked_elsewhere, read_main
from detente.proofs.seen_roots import SeenRoots
from detente.signing.envelope import parse_envelope
from detente.state.records import Chamber, State
from detente.tlog.checkpoint import Cosigned, OpenedCheckpoint

STEP: Final = 256
"""Acts between two words of progress."""
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
    with checked_elsewhere(checkers) as signatures:
        return _Verification(file, signatures, progress, cited, before).run()


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
        signatures: Signatures,
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
        chambers: list[Chamber] = []
        digest = ""
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
                chamber, unknown = self._chamber(*log, state)
                chambers.append(chamber)
                unchecked += unknown
            else:
                raise self._reader.fault("log", f"“{log[0]}” is not a chamber that can stand here.")
        self._check_certificate(state, digest)
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
        reading = LogReading(self._reader, origin, self._signatures, self._unasked)
        state = read_main(reading, size, self._seen, self._folded)
        note, signed = reading.check_checkpoint(state.convened, verifiers_of_all(state))
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

    def _folded(self, size: int, state: State) -> None:
        if self._before is not None and size == self._before.size:
            self._check_before(self._before)
        if size in self._cited:
            self._states[size] = state
        self._count()

    def _chamber(self, origin: str, size: int, main: State) -> tuple[Chamber, int]:
        """The chamber, and how many of its acts were not checked."""
        reading = LogReading(self._reader, origin, self._signatures)
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
        return replace(chamber, main=main), reading.unchecked

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
