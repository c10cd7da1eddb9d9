"""What a store must do, and nothing of what it means: bytes, sizes and hashes in, the same bytes out.

One transaction holds the entries, their disclosures, the full tiles, the tree's right edge and the signed
checkpoint, and compares the size in the statement that changes it. After `append` returns, everything in it
survives the loss of power. After `UncertainCommit`, the caller reads the head again before it signs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from detente.store.passing import Passing


class Head(Struct, frozen=True):
    """The head of one log. edge: the tree's right edge (`tlog.merkle.Edge.hashes`); checkpoint: the signed note
    at this size, as the log signed it; cosigned: the latest note that carries cosignatures, or b""; signed_again: the
    latest that the log has signed with ML-DSA-44 too, or b""; stopped: a note that the log's key signed and that is none
    of this log's, for which nothing more is signed, or b""."""

    origin: str
    size: int
    edge: tuple[bytes, ...]
    checkpoint: bytes
    cosigned: bytes = b""
    signed_again: bytes = b""
    stopped: bytes = b""


class Entry(Struct, frozen=True):
    """One sequenced act. entry: the JWS without disclosures; leaf: 32 bytes; submission: digest of the signing
    input, by which a repeated submission is found; kind, author, at: for filters only, derived from the act."""

    entry: bytes
    leaf: bytes
    submission: str
    kind: str
    author: str
    at: int
    disclosures: tuple[str, ...] = ()


class Append(Struct, frozen=True):
    """Entries for one log, on top of exactly `expected_size`; `head` is the head afterwards."""

    expected_size: int
    entries: tuple[Entry, ...]
    head: Head


class Cosignature(Struct, frozen=True):
    """The latest checkpoint of a log that one cosigner signed. size: of it; time: Unix seconds, as stated; note: the
    checkpoint with the log's line and this cosigner's."""

    cosigner: str
    size: int
    time: int
    note: bytes


class Feed(Struct, frozen=True):
    """An address with which somebody follows a record without a session. digest: SHA-256 of its secret part, in hex;
    origin: of the main log; key: thumbprint of the key that made it; ends: the last characters of the secret part, for
    its owner to know it by; made: Unix seconds."""

    digest: str
    origin: str
    person: str
    key: str
    ends: str
    made: int


class WrappedIdentity(Struct, frozen=True):
    """Somebody's private keys behind a passkey, which the host cannot open (docs/specs/wrapped-identity.md).

    origin: of the main log; credential: WebAuthn credential id, base64url; public, sealing: the public halves of what is
    wrapped, base64url; made: Unix seconds.
    """

    origin: str
    credential: str
    person: str
    public: str
    sealing: str
    wrapped: bytes
    made: int


class SecondFactor(Struct, frozen=True):
    """A passkey that is asked for beside a key when its holder signs in. origin: of the main log; key: thumbprint;
    credential: WebAuthn credential id, base64url; public: its public key (DER, SubjectPublicKeyInfo); site: the host name
    that it was made for; made: Unix seconds."""

    origin: str
    key: str
    credential: str
    public: bytes
    site: str
    made: int


class Stamp(Struct, frozen=True):
    """A time stamp on a checkpoint of a log (docs/specs/time-stamp.md).

    size: of the checkpoint; place: 0 for the stamp on `note`, then those over it and the stamps before; answer: what the
    authority sent (RFC 3161, DER), and its name; made, ends: Unix seconds of the stamp, and of the end of its
    certificate.
    """

    origin: str
    size: int
    place: int
    note: bytes
    answer: bytes
    authority: str
    made: int
    ends: int


class News(Struct, frozen=True):
    """What a store has heard. what: `grown` or `erased`, of the log `origin`; `heard`, from where on nothing is missed;
    `deaf`, from where on something may be."""

    what: str
    origin: str = ""


class Conflict(Exception):  # noqa: N818
    """Another writer was first: the log's size is not the expected one. Nothing was stored."""


class Unavailable(Exception):  # noqa: N818
    """The database does not do what it is asked: it is gone, restarting, full, read-only, too slow, or damaged. The words
    are its own, for whoever runs it; the cause is its own error. What was asked may be asked again.
    """


class UncertainCommit(Exception):  # noqa: N818
    """The store cannot say whether the transaction is durable. Read the head again before signing."""


class Store(Protocol):
    """Indices count from 0; ranges are half open; `origin` names a log. Whatever is asked may raise `Unavailable`."""

    @property
    def passing(self) -> Passing | None:
        """What is kept for a while and may be lost, shared by all server processes that share this store; None where
        each keeps its own in memory."""
        ...

    @property
    def losses(self) -> int:
        """How often this store has lost its database: what answers since may be another one, with less in it."""
        ...

    def listen(self, told: Callable[[News], None]) -> AbstractContextManager[bool]:
        """Inside, `told` hears, on a thread of the store's, what any process does to the logs. The value is whether this
        store can tell at all: where not, it is never called."""
        ...

    def __hash__(self) -> int:
        """Stores are told apart by which they are, not by what they hold."""
        ...

    def append(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]] = ()) -> None:
        """Store all of `appends` in one transaction, or nothing; a log is opened by its first append
        (`expected_size` 0, where it may also hold no entries). `secrets`: (name, wrapped key) to keep with it.

        Raises `Conflict` or `UncertainCommit`.
        """
        ...

    def origins(self) -> tuple[str, ...]:
        """Every log, in the order opened."""
        ...

    def origins_holding(self, kind: str) -> tuple[str, ...]:
        """The logs with an entry of this kind, in the order opened."""
        ...

    def head(self, origin: str) -> Head | None: ...

    def heads(self) -> Iterator[Head]:
        """That of every log, in the order opened."""
        ...

    def entries(self, origin: str, start: int, stop: int) -> Iterator[Entry]:
        """The entries of [start, stop) that exist, in order, with their disclosures."""
        ...

    def bare_entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[bytes, bytes]]:
        """(entry, leaf) of [start, stop): what a fold needs, without disclosures."""
        ...

    def find(
        self, origin: str, stop: int, limit: int, *, author: str | None = None, kind: str | None = None
    ) -> tuple[int, ...]:
        """The indices below `stop` of the last `limit` entries with this author and kind, newest first."""
        ...

    def index_of_submission(self, origin: str, submission: str) -> int | None: ...

    def index_of_leaf(self, origin: str, leaf: bytes) -> int | None: ...

    def disclosures(self, origin: str, leaves: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        """The disclosures kept for each of `leaves`; a leaf with none, or erased, is absent."""
        ...

    def erase(self, origin: str, disclosures: Mapping[bytes, Sequence[str]]) -> None:
        """Remove these disclosures, each of the leaf that it is kept for, so that their bytes are nowhere in what the
        store keeps. Those that are not there are passed over. Raises `UncertainCommit` where some trace may be left."""
        ...

    def tile(self, origin: str, level: int, index: int) -> bytes | None:
        """A full tile (256 hashes of 32 bytes), or None where it is not full."""
        ...

    def partial_tile(self, origin: str, level: int, index: int, width: int) -> bytes | None:
        """The first `width` hashes of a tile, or None where the log is not that long."""
        ...

    def keep_cosigned(self, origin: str, size: int, note: bytes, lines: Sequence[Cosignature] = ()) -> None:
        """Keep a cosigned checkpoint of `size` as the latest, if none of a larger size is kept; and of each of `lines`
        (of that size) its cosigner's latest, if none is kept that is larger, or as large and stated later."""
        ...

    def keep_lines(self, origin: str, lines: Sequence[Cosignature]) -> None:
        """As `keep_cosigned` does with its lines, and the latest cosigned checkpoint stays as it is."""
        ...

    def cosignatures(self, origin: str) -> tuple[Cosignature, ...]:
        """The latest of each cosigner, by name."""
        ...

    def stop(self, origin: str, note: bytes) -> None:
        """Keep a note for which nothing more is to be signed for this log; the first one that was kept stays."""
        ...

    def go_on(self, origin: str) -> None:
        """From here on this log is not stopped."""
        ...

    def stopped(self) -> tuple[str, ...]:
        """Every log that is stopped."""
        ...

    def check_schema(self) -> None:
        """Whether what is kept is still kept in the form that this version knows: another may have changed it meanwhile.

        Raises `Refused`: `store.*`.
        """
        ...

    def keep_signed_again(self, origin: str, size: int, note: bytes) -> None:
        """Keep a checkpoint of `size` that the log has signed with ML-DSA-44 too, if none of a larger size is kept."""
        ...

    def keep_stamp(self, stamp: Stamp) -> None:
        """Keep one more, of a log that there is. What is kept at a place is never written over."""
        ...

    def stamps(self, origin: str) -> tuple[Stamp, ...]:
        """Those of one log, by size and place."""
        ...

    def newest_stamp(self, origin: str) -> Stamp | None:
        """The first one on the largest checkpoint of a log that has been stamped."""
        ...

    def secret(self, name: str) -> bytes | None:
        """A wrapped key."""
        ...

    def keep_feed(self, feed: Feed) -> None:
        """Keep one more, of a log that there is. Nothing of a log counts or signs what is kept here."""
        ...

    def drop_feed(self, digest: str) -> None:
        """From here on there is none of this digest."""
        ...

    def feed(self, digest: str) -> Feed | None: ...

    def feeds(self, origin: str, person: str) -> tuple[Feed, ...]:
        """Those of one person in one process, in the order kept."""
        ...

    def keep_wrapped(self, identity: WrappedIdentity) -> None:
        """Keep one more, of a log that there is. What is kept under a credential of a log is never written over."""
        ...

    def drop_wrapped(self, origin: str, credential: str) -> None:
        """From here on there is none of this credential in this log."""
        ...

    def wrapped(self, origin: str, credential: str) -> WrappedIdentity | None: ...

    def wrapped_of(self, origin: str, person: str) -> tuple[WrappedIdentity, ...]:
        """Those of one person in one process, in the order kept."""
        ...

    def keep_factor(self, factor: SecondFactor) -> None:
        """Keep the one of a key, of a log that there is. What is kept of a key is never written over."""
        ...

    def drop_factor(self, origin: str, key: str) -> None:
        """From here on there is none of this key in this log."""
        ...

    def factor(self, origin: str, key: str) -> SecondFactor | None: ...

    def close(self) -> None: ...
