"""What a witness that is asked keeps, and says, where the log's key has signed what was not shown to extend what was
signed here before."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from detente.cli.terminal import say
from detente.client.contradiction import keep_contradiction, keep_two_of_one_size
from detente.client.unchained import Tree, Weighed, trees_in, weigh
from detente.client.witnessing import FollowedLog
from detente.proofs.misconduct import LogIdentity
from detente.tlog.checkpoint import Checkpoint, unverified_checkpoint
from detente.tlog.signed_note import VerifierKey


class Contradictions:
    """folder: where they are kept; logs: those with an address; keys: of every log that a policy names, by its origin;
    mirrors: copies on this machine."""

    def __init__(
        self,
        folder: Path,
        logs: Sequence[FollowedLog],
        keys: Mapping[str, VerifierKey],
        mirrors: Sequence[Path] = (),
    ) -> None:
        self._folder, self._logs, self._keys, self._mirrors = folder, logs, keys, mirrors
        self._weighed: dict[str, tuple[Checkpoint, Checkpoint]] = {}

    def keep(self, signed: bytes, shown: bytes) -> None:
        """signed: the last checkpoint signed here; shown: another that the log has signed, of as many acts or more."""
        origin = unverified_checkpoint(signed).origin
        place = self._folder / f"contradiction-{origin.removeprefix('detente/')}"
        if unverified_checkpoint(signed).size == unverified_checkpoint(shown).size:
            self._keep_two_of_one_size(origin, place, signed, shown)
        else:
            self._weigh(origin, place, signed, shown)

    def _keep_two_of_one_size(self, origin: str, place: Path, signed: bytes, shown: bytes) -> None:
        """What proves them to anybody needs what the process id is derived from: a policy does not say it; the host of a
        log with an address does, and a mirror."""
        keep_contradiction(place, signed, shown, None)  # before a host is asked that may keep one waiting
        identity = self._identity(origin)
        found = keep_two_of_one_size(place, signed, shown, identity)
        size = unverified_checkpoint(signed).size
        say(f"{origin}: the log’s key has signed two different records of {size} acts.", err=True)
        if found.evidence is not None:
            say(f"  {found.instead}", err=True)
            return
        held = weigh(place, signed, shown, self._keys[origin], ()).held
        say(f"  Both are kept in {place}, and in {held}: they prove it to whoever knows the log’s key. For a file that "
            "proves it to anybody, this witness needs the address of the process, in the policy’s line or beside it, or "
            "a copy (--mirror).", err=True)  # fmt: skip

    def _weigh(self, origin: str, place: Path, signed: bytes, shown: bytes) -> None:
        """Each pair once: whoever asks again and again is not to have the host asked each time."""
        first, second = unverified_checkpoint(signed), unverified_checkpoint(shown)
        if self._weighed.get(origin) == (first, second):
            return
        self._weighed[origin] = first, second
        self._say(origin, weigh(place, signed, shown, self._keys[origin], self._trees(origin, second.size)))

    def _identity(self, origin: str) -> LogIdentity | None:
        log = self._log(origin)
        stated = log.identity(int(time.time())) if log is not None else None
        if stated is None:
            stated = next((tree.identity for tree in trees_in(self._mirrors, origin, 0)), None)
        return stated

    def _trees(self, origin: str, size: int) -> list[Tree]:
        log, now = self._log(origin), int(time.time())
        identity = log.identity(now) if log is not None else None
        of_host = [Tree(identity, log.nodes(size, now))] if log is not None and identity is not None else []
        return [*trees_in(self._mirrors, origin, size), *of_host]

    def _log(self, origin: str) -> FollowedLog | None:
        return next((log for log in self._logs if log.origin == origin), None)

    def _say(self, origin: str, found: Weighed) -> None:
        if found.evidence is not None:
            say(f"{origin}: the log’s key has signed two histories.", err=True)
            say(f"  {found.evidence} proves it to anybody, who checks it with “detente verify”. Send it to the other "
                "parties and the mediators.", err=True)  # fmt: skip
        elif found.says is not None:
            say(f"{origin}: asked for a line under a checkpoint that was not shown to extend the last one; nothing was "
                "signed.", err=True)  # fmt: skip
            say(
                f"  {found.says.proved} Both are in {found.held}, and “detente verify” says the same.",
                err=True,
            )
            say(f"  What would decide it: {found.says.lacking}", err=True)
