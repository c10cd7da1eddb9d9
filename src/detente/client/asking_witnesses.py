"""A host's own round: after new acts it asks each of its witnesses for a cosignature, in the background, and keeps what
they answer as if they had posted it (C2SP tlog-witness).

A witness hears of a process only where its record names its key. It is asked a moment after an act, once for all
that came meanwhile, and each minute again: only so is it known that time has passed. No act waits for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from detente.acts.cosigners import standing_cosigners
from detente.client.asking_witness import AskedWitness, OtherSize, add_checkpoint, other_history
from detente.codec.refusal import Refusal, Refused, refuse
from detente.depositary.host import Depositary
from detente.depositary.logs import convening_of
from detente.store.port import Unavailable, UncertainCommit
from detente.tlog.add_checkpoint import AddCheckpoint
from detente.tlog.signed_note import add_signatures, format_vkey, parse_note

APART: Final = 1.0
"""Seconds between a new act and the asking, in which others may come."""
AGAIN: Final = 60.0
"""Seconds after which every process is asked for again."""

AHEAD: Final = ("witness.ahead", "witness.other_history")
"""What a witness says of a host that runs from an old backup, or has forked."""

Take = Callable[[str, bytes, int], bytes]
"""Keeps the lines of a cosigned checkpoint: origin, note, Unix seconds (`depositary.cosigning.Cosigning.receive`)."""


class Asking:
    """One witness, asked for the main logs of one host that name it, on a thread of its own."""

    def __init__(self, depositary: Depositary, witness: AskedWitness, take: Take) -> None:
        self._depositary, self._witness, self._take = depositary, witness, take
        self._vkey = format_vkey(witness.key)
        self._sizes: dict[str, int] = {}
        self._waiting: set[str] = set()
        self._told = threading.Condition()
        self._ending = threading.Event()
        self._named: dict[str, bool] = {}
        self._said: dict[str, tuple[Refusal, ...]] = {}

    def grown(self, origin: str) -> None:
        """Something was added to this log. Returns at once."""
        with self._told:
            self._waiting.add(origin)
            self._told.notify()

    def end(self) -> None:
        self._ending.set()
        with self._told:
            self._told.notify()

    def run(self, say: Callable[[Refused], None]) -> None:
        """Ask until `end` is called. say: told of what stands against it, once for each log until it changes."""
        due = 0.0
        while not self._ending.is_set():
            self._ask_each(self._next(everything=time.monotonic() >= due), say)
            if time.monotonic() >= due:
                due = time.monotonic() + AGAIN
            with self._told:
                self._told.wait_for(lambda: self._waiting or self._ending.is_set(), due - time.monotonic())
            self._ending.wait(APART)

    def ask_everything(self, say: Callable[[Refused], None]) -> None:
        """Ask once for every process, on this thread. Where the witness has seen more, nothing is signed from here on."""
        self._ask_each(self._depositary.processes(), say)

    def ask_now(self, origin: str, say: Callable[[Refused], None]) -> None:
        """As `ask_everything`, of one process."""
        self._ask_each((origin,), say)

    def _ask_each(self, origins: Iterable[str], say: Callable[[Refused], None]) -> None:
        for origin in origins:
            fault = self._fault(origin)
            if fault and fault != self._said.get(origin):
                say(Refused(*fault))
            self._said[origin] = fault
            if self._ending.is_set() or (fault and fault[0].code == "witness.unreachable"):
                break

    def _next(self, *, everything: bool) -> tuple[str, ...]:
        with self._told:
            waiting, self._waiting = self._waiting, set()
        with suppress(Unavailable):  # those that wait are asked for; all others in a minute
            return self._depositary.processes() if everything else tuple(sorted(waiting))
        return tuple(sorted(waiting))

    def _fault(self, origin: str) -> tuple[Refusal, ...]:
        try:
            if self.ask(origin, int(time.time())):
                self._depositary.ahead.discard((origin, self._witness.key.name))
        except Refused as refused:
            if refused.refusals[0].code in AHEAD:
                self._depositary.ahead.add((origin, self._witness.key.name))
            return refused.refusals
        except (Unavailable, UncertainCommit):
            return ()  # nothing was kept, as far as is known: it is asked again
        return ()

    def ask(self, origin: str, now: int) -> bool:
        """Ask for one log as it stands; whether a line was kept. now: Unix seconds.

        Raises `Refused`: `witness.ahead` where the witness has cosigned more than this log holds, as where the host runs
        from an old backup; `witness.other_history`; or as `add_checkpoint` and `keep_cosigned` do.
        """
        head = self._depositary.store.head(origin)
        if head is None or not self._is_named(origin):
            return False
        answer = self._asked(origin, head.checkpoint, head.size)
        if isinstance(answer, OtherSize):
            self._sizes[origin] = answer.size
            answer = self._asked(origin, head.checkpoint, head.size)
        if isinstance(answer, OtherSize):
            if answer.size == self._sizes[origin]:
                raise other_history(self._witness)  # as large, and another tree
            return False  # somebody else asks it too: the next round tells
        self._sizes[origin] = head.size
        own = [line for line in parse_note(head.checkpoint + answer).signatures
               if (line.name, line.key_id) == (self._witness.key.name, self._witness.key.key_id)]  # fmt: skip
        self._take(origin, add_signatures(head.checkpoint, own), now)
        after = self._depositary.store.head(origin)
        if after is not None and after.size > head.size:
            self.grown(origin)  # the mark that followed is an act too
        return True

    def _asked(self, origin: str, note: bytes, size: int) -> bytes | OtherSize:
        old = self._sizes.get(origin, 0)
        if old > size:
            raise refuse("witness.ahead", f"{origin}: the witness {self._witness.key.name} has cosigned {old} acts, and "
                         f"this host holds {size}.", "C2SP tlog-witness",
                         "It may run from an old backup: stop it, and restore the newest.")  # fmt: skip
        proof = self._depositary.log(origin).tree.consistency(old, size) if old else ()
        return add_checkpoint(self._witness, AddCheckpoint(old, tuple(proof), note))

    def _is_named(self, origin: str) -> bool:
        """Whether the convening act names the witness's key, or a later act of the record that still stands."""
        store = self._depositary.store
        if origin not in self._named:
            convening = convening_of(store, origin)
            self._named[origin] = convening is not None and self._vkey in convening.cosigners
        if self._named[origin]:
            return True
        head = store.head(origin)
        if head is None or not store.find(origin, head.size, 1, kind="name_cosigner"):
            return False  # asked first: a host need not fold every record for it
        state = self._depositary.main(origin).state()
        return any(self._vkey == cosigner.vkey for cosigner in standing_cosigners(state))
