"""Sequencing: one transaction on one log. Acts are examined in order against speculative state, then stored
together; the new state is published only after COMMIT.
"""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from detente.acts.act import Act, Clear, Kind
from detente.acts.convening import Convene
from detente.acts.forgetting import Erase
from detente.acts.kinds import kind_of
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary import telemetry
from detente.depositary.admission import check_files, check_hidden, check_one_text, check_sealed, unknown_log
from detente.depositary.custody import use_name
from detente.depositary.forgetting import check_originals
from detente.depositary.fork_guard import check_signs
from detente.depositary.logs import ChamberLog, MainLog, chamber_name, main_origin
from detente.depositary.receipt import Receipt, make_receipt
from detente.procedure.chambers import audience_of, chamber_names
from detente.procedure.examination import examine
from detente.procedure.fold import evolve, place
from detente.signing.envelope import Envelope
from detente.signing.verifier import VerifiedEnvelope, verify
from detente.state.records import Chamber, State
from detente.store.files import SealedFiles
from detente.store.port import Append, Conflict, Entry, Head, Store, UncertainCommit
from detente.tlog.merkle import Edge, leaf_hash, prove_appended


class Host(Protocol):
    """What sequencing needs of the depositary."""

    store: Store
    ahead: set[tuple[str, str]]
    files: SealedFiles | None

    def main(self, origin: str) -> MainLog: ...
    def chamber(self, origin: str) -> ChamberLog: ...
    def log(self, origin: str) -> MainLog | ChamberLog: ...
    def own_seed(self, public: str) -> bytes: ...
    def checkpoint(self, origin: str, log_key: str, edge: Edge) -> bytes: ...


class Admitted(msgspec.Struct, frozen=True):
    """An act that may stand next, before it is stored. leaf: its hash, 32 bytes."""

    verified: VerifiedEnvelope
    act: Act[Any]
    kind: Kind
    leaf: bytes


class Sequencing:
    """One transaction on one log: acts are examined in order against speculative state, then stored together."""

    def __init__(self, depositary: Host, origin: str) -> None:
        self._depositary = depositary
        self._store = depositary.store
        self.origin = origin
        self._chamber = chamber_name(origin)
        self._head = head = self._store.head(origin)
        if head is None and self._chamber:
            raise unknown_log(origin)
        self._new = head is None
        self._size = head.size if head else 0
        self._edge = Edge(head.size, head.edge) if head else Edge.empty()
        self._edges = [self._edge]
        self._state: State | Chamber = State()
        if head is not None:
            self._state = (
                depositary.chamber(origin).chamber()
                if self._chamber
                else depositary.main(origin).state_at(head.size)
            )
        self._entries: list[Entry] = []
        self._paths: list[tuple[bytes, ...]] = []
        """Inclusion proofs of the entries, once they are stored."""
        self._uses: list[tuple[str, bytes]] = []
        self._submissions: dict[str, int] = {}
        self._log_key = "" if self._new else self._main_state().convened.log_key

    def _main_state(self) -> State:
        if isinstance(self._state, State):
            return self._state
        return self._depositary.main(main_origin(self.origin)).state()

    def add(self, envelope: Envelope, clear: Clear) -> int:
        """The index that the act takes, or took when it was first sent. Raises `Refused`."""
        submission = envelope.submission
        known = self._sent_before(submission, envelope.kid, clear)
        if known is not None:
            return known
        with telemetry.step("admit"):
            admitted = self._admit(envelope, clear)
        # Two calls, because `evolve` maps a main state to a main state and a chamber to a chamber.
        if isinstance(self._state, State):
            self._state = evolve(self._state, admitted.act)
        else:
            self._state = evolve(self._state, admitted.act)
        index = self._edge.size
        verified, leaf = admitted.verified, admitted.leaf
        self._edge = self._edge.append(leaf)
        self._edges.append(self._edge)
        if isinstance(clear, Convene):
            self._log_key = clear.log_key
        self._submissions[submission] = index
        self._entries.append(
            Entry(
                verified.entry, leaf, submission, admitted.kind.name, admitted.act.author, clear.iat,
                verified.disclosures,
            )
        )  # fmt: skip
        return index

    def _sent_before(self, submission: str, key: str, clear: Clear) -> int | None:
        """Where the same submission stands already. Only an act at or below its key's last number can."""
        last = self._state.chains.get(key)
        if last is None or clear.seq > last.seq:
            return None
        known = self._submissions.get(submission)
        if known is None and not self._new:
            known = self._store.index_of_submission(self.origin, submission)
        return known

    def _admit(self, envelope: Envelope, clear: Clear) -> Admitted:
        if self._state.unknown_from is not None or self._main_state().unknown_from is not None:
            raise refuse("log.unknown_act", "The record holds an act that this version of the host does not know.",
                         instead="Send it again once the host runs the version that knows it.")  # fmt: skip
        kind = kind_of(clear)
        verified = verify(envelope, self._public_key(envelope, clear))
        hidden = check_hidden(kind, clear, envelope)
        self._check_seen(clear)
        hashed = leaf_hash(verified.entry)
        leaf = encode_base64url(hashed)
        if isinstance(self._state, Chamber):
            self._check_present(self._state.name, envelope.kid)
            self._state = self._depositary.chamber(self.origin).seen_by(self._state, clear)
            check_sealed(self._state, hidden)
            act = place(self._state.main, envelope.kid, leaf, clear)
        else:
            act = place(self._state, envelope.kid, leaf, clear)
        found = examine(self._state, act)
        if found:
            raise Refused(*found)
        check_one_text(self._main_state(), clear, hidden)
        if isinstance(clear, Convene):
            self._check_keys(clear)
        check_files(self._depositary.files, self.origin, clear)
        if isinstance(clear, Erase):
            check_originals(self._store, self.origin, self._entries, clear)
        return Admitted(verified, act, kind, hashed)

    def _public_key(self, envelope: Envelope, clear: Clear) -> bytes:
        """The key by the record's own registry, never from the header."""
        registry = self._main_state()
        if registry.process is None:
            if isinstance(clear, Convene):
                return decode_base64url(clear.convenor_key)
            raise unknown_log(self.origin)
        key = registry.keys.get(envelope.kid)
        if key is None:
            raise refuse("key.unknown", "The act is signed by a key that this record has not enrolled.",
                         instead="Ask a mediator to enrol the key, then sign again.")  # fmt: skip
        return decode_base64url(key.public)

    def _check_keys(self, clear: Convene) -> None:
        """One key of each kind a log, one a keeper: of this host's own, which no process uses yet."""
        named = [public for public in (clear.log_key, clear.keeper_key, clear.log_mldsa_key) if public]
        for public in named:
            self._depositary.own_seed(public)
            if clear.log_key == clear.keeper_key or self._store.secret(use_name(public)) is not None:
                raise refuse("custody.used", "A key that the convening act names is in use already.",
                             instead="Ask the host for the keys of a new process.")  # fmt: skip
        self._uses = [(use_name(public), self.origin.encode()) for public in named]

    def _check_present(self, chamber: str, key_id: str) -> None:
        """A chamber act is weighed against what its author had seen; the door also asks the present."""
        main = self._main_state()
        key = main.keys[key_id]
        if key.revoked is not None:
            raise refuse(
                "key.revoked", "The key is revoked.", instead="Sign with another key of the same person."
            )
        if key.person not in audience_of(main, chamber):
            raise refuse(
                "log.audience",
                "The author does not belong to this chamber now.",
                instead="Enter the act in the main log, or in a chamber of your own.",
            )

    def _check_seen(self, clear: Clear) -> None:
        """`seen` must be a root that the main log really had: otherwise somebody was shown another log."""
        size, root = clear.seen
        if self._root_at(size) == root:
            return
        # A host that knows that it has lost acts says so, rather than that the author was shown another log.
        check_signs(self._depositary, self._store.head(main_origin(self.origin)))
        raise refuse(
            "act.seen_foreign",
            "The act says that its author had seen a state of the record that this log never had.",
            "C2SP tlog-checkpoint",
            "Fetch the latest checkpoint, check it against the one you hold, and sign again. "
            "If the two do not chain, keep both: together they prove a fork.",
        )

    def _root_at(self, size: int) -> str | None:
        """The main log's root at `size`, stored or just being written; None where there is none."""
        if size < 0:
            return None
        if size == 0:
            return encode_base64url(Edge.empty().root())
        if not self._chamber and self._size <= size <= self._edge.size:
            return encode_base64url(self._edges[size - self._size].root())
        head = self._store.head(main_origin(self.origin))
        if head is None or size > head.size:
            return None
        return encode_base64url(self._depositary.main(main_origin(self.origin)).tree.root(size))

    def commit(self) -> None:
        """Store everything added, then publish the new state. Where nothing was admitted, nothing is stored."""
        if not self._entries:
            return
        check_signs(
            self._depositary, self._store.head(main_origin(self.origin)) if self._chamber else self._head
        )
        appends = [self._append()]
        if self._new:
            assert isinstance(self._state, State)
            for name in chamber_names(self._state.convened.sides):
                appends.append(self._opened(f"{self.origin}/{name}"))
        try:
            with telemetry.step("append"):
                self._store.append(appends, self._uses)
        except UncertainCommit:
            self._settle(appends[0])
        self._head = appends[0].head
        self._paths = prove_appended(self._edges[0], [entry.leaf for entry in self._entries])
        self._publish(self._head)
        for index, entry in enumerate(self._entries, self._size):
            telemetry.stored(self.origin, index, entry.kind)

    def receipt(self, index: int) -> Receipt:
        """Of an act that stands in the log once `commit` has returned, under the checkpoint then."""
        assert self._head is not None
        size, note = self._head.size, self._head.checkpoint
        if index < self._size:  # it had been sent before
            leaf, path = self._depositary.log(self.origin).tree.leaf_and_inclusion(index, size)
        else:
            after = index - self._size
            leaf, path = self._entries[after].leaf, self._paths[after]
        return make_receipt(self.origin, index, leaf, path, note)

    def _settle(self, mine: Append) -> None:
        """After a COMMIT whose outcome is unknown: what is stored decides, before that size is signed again."""
        stored = self._store.head(self.origin)
        if stored is None or stored.size != mine.head.size or stored.edge != mine.head.edge:
            raise Conflict(f"{self.origin} was not stored")

    def _append(self) -> Append:
        checkpoint = self._depositary.checkpoint(self.origin, self._log_key, self._edge)
        head = Head(self.origin, self._edge.size, self._edge.hashes, checkpoint)
        return Append(self._size, tuple(self._entries), head)

    def _opened(self, origin: str) -> Append:
        empty = Edge.empty()
        checkpoint = self._depositary.checkpoint(origin, self._log_key, empty)
        return Append(0, (), Head(origin, 0, empty.hashes, checkpoint))

    def _publish(self, head: Head) -> None:
        log = self._depositary.log(self.origin)
        log.take(head)
        log.tree.grow(self._size, [entry.leaf for entry in self._entries])
        if isinstance(self._state, Chamber):
            self._depositary.chamber(self.origin).publish(self._state)
        else:
            self._depositary.main(self.origin).publish(self._edge.size, self._state)
