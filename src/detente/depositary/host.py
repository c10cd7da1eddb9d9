"""The host: a store, the custody of its keys, the folded logs, and the one door for acts.

The order is the path of the design: `signing.envelope` -> `signing.verifier` -> `acts.kinds` ->
`procedure.examination` -> `procedure.fold` -> `store.append`, a compare-and-swap in one transaction. Nothing
signed leaves before COMMIT. A refused act changes nothing. A submission is idempotent: sent again, the first
receipt comes back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from detente.acts.act import Clear
from detente.acts.forgetting import Erase
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary import telemetry
from detente.depositary.admission import read_known, unknown_log
from detente.depositary.custody import Custody, secret_name
from detente.depositary.forgetting import erase_content, erase_files
from detente.depositary.fork_guard import stop_where_lost
from detente.depositary.late_lines import with_late_lines
from detente.depositary.logs import ChamberLog, MainLog, Seen, chamber_name, convening_of, main_origin
from detente.depositary.receipt import Receipt, make_receipt
from detente.depositary.sequencing import Sequencing
from detente.depositary.snapshot import Snapshots
from detente.keys.generate import SigningKey
from detente.signing.envelope import LARGEST_SUBMISSION, Envelope, parse_envelope
from detente.state.records import Chamber, Erasure, State
from detente.store.files import SealedFiles
from detente.store.port import Conflict, Head, Store, Unavailable, UncertainCommit
from detente.tlog.checkpoint import Checkpoint, format_checkpoint, unverified_checkpoint
from detente.tlog.merkle import Edge
from detente.tlog.signed_note import Note, NoteSigner, format_note

ATTEMPTS = 3  # another process may write between reading a head and appending


KEPT_PROCESSES: Final = 256
"""Processes whose folded state stays in memory; the longest idle goes to its snapshot, and is read again from there."""


class NewKeys(NamedTuple):
    """Of a process to be convened, base64url: two Ed25519 public keys, and the log's ML-DSA-44 key."""

    log_key: str
    keeper_key: str
    log_mldsa_key: str


class Depositary:
    """One host: a store, the custody of its keys, and the folded logs.

    Writes go one after another through one lock; reads take none.
    """

    def __init__(
        self, store: Store, custody: Custody, snapshots: Snapshots, files: SealedFiles | None = None
    ) -> None:
        self.store = store
        self.files = files
        self.custody = custody
        self._snapshots = snapshots
        self._mains: dict[str, MainLog] = {}
        self._chambers: dict[str, ChamberLog] = {}
        self._public: dict[str, bool] = {}
        self._left: dict[str, Seen] = {}
        """What was seen of the logs that left memory."""
        self._keys: dict[str, SigningKey] = {}
        self.ahead: set[tuple[str, str]] = set()
        """(main log, witness) where it has cosigned more than this host holds, or otherwise: nothing is signed there."""
        self.ask_witnesses: Callable[[str], None] = lambda _main: None
        """Asks the witnesses of a process how much of it they have signed, as at the start (`detente serve`)."""
        self._held_up: set[str] = set()
        """Logs of which the database could not erase what it was to."""
        self._looked: dict[str, int] = {}
        """main log -> losses of the store when it was last looked whether anything was lost"""
        self._writing = threading.RLock()
        self._opening = threading.Lock()
        self.keeping_lines = threading.Lock()
        """Held from reading a kept note to keeping it with more lines: none is lost."""

    # --- logs -------------------------------------------------------------------------------------------------

    def processes(self) -> tuple[str, ...]:
        """The origins of every main log, in the order convened."""
        return tuple(origin for origin in self.store.origins() if not chamber_name(origin))

    def is_public(self, origin: str) -> bool:
        """Whether a process is open to the public: it says so when it is convened, and that stays."""
        known = self._public.get(origin)
        if known is None:
            convening = convening_of(self.store, origin)
            known = self._public[origin] = convening is not None and convening.open_to == "public"
        return known

    def main(self, origin: str) -> MainLog:
        """Raises `Refused` with code `log.unknown`."""
        idle = None
        with self._opening:
            known = self._mains.pop(origin, None)
            if known is None:
                if self.store.head(origin) is None:
                    raise unknown_log(origin)
                known = MainLog(self.store, origin, self._snapshots)
                known.remember(self._left.pop(origin, None))
                idle = self._longest_idle()
            self._mains[origin] = known  # the last used stands last
        if idle is not None:
            idle.save_snapshot()
        stop_where_lost(self.store, known)
        return known

    def _longest_idle(self) -> MainLog | None:
        """Taken out of memory with its chambers, where as many are kept as may be. Whoever still uses it may go on; the
        heads that were seen of them stay known here (`stop_where_lost`)."""
        if len(self._mains) < KEPT_PROCESSES:
            return None
        origin = next(iter(self._mains))
        for name in [name for name in self._chambers if main_origin(name) == origin]:
            self._left[name] = self._chambers.pop(name).seen()
        idle = self._mains.pop(origin)
        self._left[origin] = idle.seen()
        return idle

    def chamber(self, origin: str) -> ChamberLog:
        """Raises `Refused` with code `log.unknown`."""
        main = self.main(main_origin(origin))
        with self._opening:
            known = self._chambers.get(origin)
            if known is None:
                if self.store.head(origin) is None:
                    raise unknown_log(origin)
                known = self._chambers[origin] = ChamberLog(self.store, origin, main)
                known.remember(self._left.pop(origin, None))
            stop_where_lost(self.store, known)
            return known

    def log(self, origin: str) -> MainLog | ChamberLog:
        return self.chamber(origin) if chamber_name(origin) else self.main(origin)

    # --- keys -------------------------------------------------------------------------------------------------

    def prepare(self) -> NewKeys:
        """Make the keys of a log and of its keeper; a convenor names them in the convening act."""
        made = [self.custody.make_key() for _ in range(2)]
        mldsa_key, mldsa_secret = self.custody.make_mldsa_key()
        self.store.append((), [*(secret for _key, secret in made), mldsa_secret])
        log_key, keeper_key = (encode_base64url(key.public) for key, _secret in made)
        return NewKeys(log_key, keeper_key, mldsa_key)

    def own_key(self, public: str) -> SigningKey:
        """An Ed25519 key in this host's custody. Raises `Refused` with code `custody.unknown`."""
        known = self._keys.get(public)
        if known is None:
            known = self._keys[public] = SigningKey.from_seed(self.own_seed(public))
        return known

    def own_seed(self, public: str) -> bytes:
        """The seed of a key in this host's custody. Raises `Refused` with code `custody.unknown`."""
        wrapped = self.store.secret(secret_name(public))
        if wrapped is None:
            raise refuse("custody.unknown", "This host does not hold that key.",
                         instead="Ask the host for the keys of a new process first.")  # fmt: skip
        return self.custody.unwrap(secret_name(public), wrapped)

    def checkpoint(self, origin: str, log_key: str, edge: Edge) -> bytes:
        """The log's signed checkpoint of the tree with this edge. It must not leave before COMMIT."""
        key = self.own_key(log_key)
        text = format_checkpoint(Checkpoint(origin, edge.size, edge.root()))
        signer = NoteSigner(origin, key.public, key.sign)
        with telemetry.step("sign"):
            return format_note(Note(text, (signer.sign(text),)))

    # --- the door ---------------------------------------------------------------------------------------------

    def receive_act(self, raw: bytes) -> Receipt:
        """The receipt of one act. Raises `Refused` with every refusal; then nothing has changed."""
        (outcome,) = self.receive_acts([raw])
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    def receive_acts(self, raws: Sequence[bytes]) -> list[Receipt | Refused]:
        """Receive a batch, each act against the state that those before it leave, in one transaction a log.

        A refused act does not hold up the others.
        """
        outcomes: list[Receipt | Refused | None] = [None] * len(raws)
        parsed: dict[str, list[tuple[int, Envelope, Clear]]] = {}
        for position, raw in enumerate(raws):
            try:
                envelope = parse_envelope(raw, LARGEST_SUBMISSION, check_canonical=False)
                clear = read_known(envelope)
                parsed.setdefault(clear.proc, []).append((position, envelope, clear))
            except Refused as refused:
                outcomes[position] = refused
        with self._writing:
            for origin, batch in parsed.items():
                for position, outcome in self._receive_in(origin, batch):
                    outcomes[position] = outcome
        answers = [outcome for outcome in outcomes if outcome is not None]
        for answer in answers:
            if isinstance(answer, Refused):
                telemetry.refused(answer)
        return answers

    def _receive_in(
        self, origin: str, batch: Sequence[tuple[int, Envelope, Clear]]
    ) -> list[tuple[int, Receipt | Refused]]:
        # What refuses a whole log (its key, its database) does not hold up the other logs of the batch.
        try:
            placed, sequencing = self._sequence_again(origin, batch)
        except Refused as refused:
            return [(position, refused) for position, _envelope, _clear in batch]
        return [
            (position, outcome if isinstance(outcome, Refused) else sequencing.receipt(outcome))
            for position, outcome in placed
        ]

    def _sequence_again(
        self, origin: str, batch: Sequence[tuple[int, Envelope, Clear]]
    ) -> tuple[list[tuple[int, int | Refused]], Sequencing]:
        """As `_sequence`, against a newer head where another process was first. Raises `Refused`: `host.busy`."""
        for _attempt in range(ATTEMPTS):
            try:
                return self._sequence(origin, batch)
            except Conflict:
                continue
            except Unavailable:
                break
        raise refuse("host.busy", "The host could not store the act now, and gives no receipt.",
                     instead="Send the same bytes again: an act that was stored gets its receipt.")  # fmt: skip

    def _sequence(
        self, origin: str, batch: Sequence[tuple[int, Envelope, Clear]]
    ) -> tuple[list[tuple[int, int | Refused]], Sequencing]:
        """(position in the batch, index in the log or refusal) of each act, durably stored; whose receipts it gives."""
        losses = self.store.losses
        self._look_again(main_origin(origin))
        sequencing = Sequencing(self, origin)
        placed: list[tuple[int, int | Refused]] = []
        for position, envelope, clear in batch:
            try:
                placed.append((position, sequencing.add(envelope, clear)))
            except Refused as refused:
                placed.append((position, refused))
        if self.store.losses != losses:
            raise Conflict("the database was lost meanwhile")
        sequencing.commit()
        if any(isinstance(clear, Erase) for _position, _envelope, clear in batch):
            self._erase(origin)
        return placed, sequencing

    def _look_again(self, main: str) -> None:
        """Before anything is signed after the database was lost: whether what answers now holds what was signed before,
        as far as this process and the witnesses know."""
        losses = self.store.losses
        if self._looked.get(main, 0) == losses or self.store.head(main) is None:
            return
        before = self._looked.get(main, 0)
        # At once: what witnesses sign is recorded by an act, which comes by here again.
        self._looked[main] = losses
        try:
            self.main(main)
            with self._opening:
                chambers = [origin for origin in self._chambers if main_origin(origin) == main]
            for origin in chambers:
                self.chamber(origin)
            self.ask_witnesses(main)
        except Unavailable:
            self._looked[main] = before
            raise

    # --- forgetting -------------------------------------------------------------------------------------------

    def erase_again(self) -> None:
        """Remove what was erased before: called before anything is served, since a backup may hold it still."""
        for origin in self.store.origins_holding("erase"):
            self._erase(origin)

    def erase_held_up(self, _now: int = 0) -> None:
        """Remove what the database could not remove when it was erased: looked for while the host is served."""
        with self._writing:
            for origin in tuple(self._held_up):
                self._erase(origin)

    def erasures(self, origin: str) -> Mapping[str, Sequence[Erasure]]:
        """What a log has erased of which act, by leaf. Raises `Refused` with code `log.unknown`."""
        return self._folded(origin).erasures

    def _folded(self, origin: str) -> State | Chamber:
        log = self.log(origin)
        return log.state() if isinstance(log, MainLog) else log.chamber()

    def _erase(self, origin: str) -> None:
        """The act stands, whatever the database says now; what it could not do is done at a later look, or when it is
        opened again."""
        state = self._folded(origin)
        try:
            erase_content(self.store, origin, state.erasures)
            self._held_up.discard(origin)
        except (Unavailable, UncertainCommit):
            self._held_up.add(origin)
        if isinstance(state, State) and self.files is not None:
            erase_files(self.files, state)

    def receipt(self, origin: str, index: int) -> Receipt:
        """The receipt of a stored act, under the latest cosigned checkpoint that covers it, else under the latest that
        the log has signed with ML-DSA-44 too, else under the latest.

        Raises `Refused` with code `log.unknown` or `proof.index`.
        """
        head = self._head(origin)
        covering = (
            note for note in (head.cosigned, head.signed_again) if note and checkpoint_size(note) > index
        )
        note = next(covering, head.checkpoint)
        size = checkpoint_size(note)
        if not chamber_name(origin):
            note = with_late_lines(self.store, self.main(origin).state(), note)
        leaf, path = self.log(origin).tree.leaf_and_inclusion(index, size)
        return make_receipt(origin, index, leaf, path, note)

    def _head(self, origin: str) -> Head:
        head = self.store.head(origin)
        if head is None:
            raise unknown_log(origin)
        return head

    def close(self) -> None:
        """Keep snapshots of what is folded, and close the store."""
        for main in self._mains.values():
            main.save_snapshot()
        self.store.close()


def checkpoint_size(note: bytes) -> int:
    """The size that a stored note of this host states."""
    return unverified_checkpoint(note).size


def latest_note(head: Head) -> bytes:
    """The checkpoint of exactly this head, with the cosignatures gathered for it, or the log's own second line."""
    for note in (head.cosigned, head.signed_again):
        if note and checkpoint_size(note) == head.size:
            return note
    return head.checkpoint
