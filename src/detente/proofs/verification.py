"""Verifying a certified copy, offline: every signature, the tree, the chain, the procedure, every disclosure.

What is trusted: this program, and the process id that the reader compares with the one they were given. The id
fixes the convenor's key and the log's key; the record itself enrols every other key.

The acts are folded in order while signatures are checked elsewhere (`log_reading`).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import BinaryIO, Final

import msgspec
from msgspec.structs import replace

from detente.acts.kinds import Unknown, read_act
from detente.acts.time import cosigner_verifiers
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
from detente.tlog.checkpoint import Cosigned

STEP: Final = 256
"""Acts between two words of progress."""
Progress = Callable[[int], None]


class VerifiedCopy(msgspec.Struct, frozen=True):
    """What a copy proves. state: the main record; chambers: those in the copy; cosigners: of the main log's
    checkpoint; unchecked: acts after a kind that this reader does not know, whose keys it cannot know."""

    heading: Heading
    digest: str
    state: State
    size: int
    chambers: tuple[Chamber, ...]
    cosigners: tuple[Cosigned, ...]
    unchecked: int = 0


def verify_copy(
    file: BinaryIO, progress: Progress = lambda _done: None, checkers: Executor | None = None
) -> VerifiedCopy:
    """Check everything in a copy. `file` is read twice from its start; progress gets the acts checked so far;
    checkers: where signatures are checked, threads of this process unless given.

    Raises `Refused`: what broke, where, in words.
    """
    cited = _states_cited(file)
    with checked_elsewhere(checkers) as signatures:
        return _Verification(file, signatures, progress, cited).run()


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
        self, file: BinaryIO, signatures: Signatures, progress: Progress, cited: frozenset[int]
    ) -> None:
        self._reader = CopyReader(file)
        self._signatures = signatures
        self._progress = progress
        self._cited = cited
        self._states: dict[int, State] = {0: State()}
        self._seen = SeenRoots()
        self._done = 0

    def run(self) -> VerifiedCopy:
        heading = self._reader.heading()
        logs = self._reader.logs()
        first = next(logs)
        if isinstance(first, str) or first[0] != heading.process:
            raise self._reader.fault("line", "the copy should begin with the main log of its process.")
        state, cosigners, unchecked = self._main(*first)
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
        return VerifiedCopy(heading, digest, state, self._seen.size, tuple(chambers), cosigners, unchecked)

    def _count(self) -> None:
        self._done += 1
        if self._done % STEP == 0:
            self._progress(self._done)

    def _main(self, origin: str, size: int) -> tuple[State, tuple[Cosigned, ...], int]:
        reading = LogReading(self._reader, origin, self._signatures)
        state = read_main(reading, size, self._seen, self._folded)
        process = state.convened
        found = reading.check_checkpoint(process.log_key, cosigner_verifiers(process))
        return state, found, reading.unchecked

    def _folded(self, size: int, state: State) -> None:
        if size in self._cited:
            self._states[size] = state
        self._count()

    def _chamber(self, origin: str, size: int, main: State) -> Chamber:
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
        reading.check_checkpoint(main.convened.log_key)
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
