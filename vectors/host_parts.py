"""A host and a table of which nothing is random, from which records are made for the vectors.

Every key can be derived by anybody: its seed is SHA-256 of `detente demonstration key: ` and its name. Salts
and nonces are drawn from a counter. What such a record holds proves nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from detente.acts.act import Staleness
from detente.acts.authoring import Place, author_act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.depositary.certifying import certify_copy, copy_for_check
from detente.depositary.cosigning import keep_cosignatures
from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.keeper import seen_now
from detente.depositary.receipt import Receipt
from detente.depositary.snapshot import Snapshots
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.procedure.disclosure import Viewer
from detente.procedure.examination import version_of
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.signing import salt
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE, submission_of
from detente.state.records import Chain, State
from detente.store.memory import MemoryStore
from detente.store.port import Append, Entry, Head
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.merkle import EMPTY_ROOT, Edge, leaf_hash
from detente.tlog.signed_note import format_vkey, parse_note

MADE = 1_772_442_000
"""2026-03-02T09:00:00Z: the time at which every copy says it was made, and from which acts are dated."""

NONCE = "AAECAwQFBgcICQoLDA0ODw"
TEXT = (
    Provision("art_1", {}, {"en": "Each Side shall keep the road open."}),
    Provision("art_2", {}, {"en": "A commission of both Sides shall meet each month."}),
)


def seed_named(name: str) -> bytes:
    return sha256(f"detente demonstration key: {name}".encode()).digest()


def key_named(name: str) -> SigningKey:
    return SigningKey.from_seed(seed_named(name))


def cosigner_named(name: str) -> Cosigner:
    return Cosigner.from_seed(name, ED25519_COSIGNATURE, seed_named(name))


class _Draws:
    """In the place of the system's generator: SHA-256 of a label and a counter."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._drawn = count()

    def token_bytes(self, size: int) -> bytes:
        return sha256(f"{self._label} {next(self._drawn)}".encode()).digest()[:size]


@contextmanager
def draws_from(label: str) -> Iterator[None]:
    """Salts and nonces drawn within are the same each time."""
    with patch.object(salt, "secrets", _Draws(f"detente demonstration draw: {label}")):
        yield


def host_of(label: str) -> Depositary:
    """A host in memory whose keys for the next process are `LABEL log` and `LABEL keeper`."""
    keys = iter((key_named(f"{label} log"), key_named(f"{label} keeper")))
    custody = Custody(bytes(32), lambda: next(keys))
    return Depositary(MemoryStore(), custody, Snapshots(None, bytes(32)))


class Table:
    """One process at one host. `raw` authors an act on top of what stands, `do` also sends it."""

    def __init__(
        self,
        label: str,
        *,
        cosigners: tuple[str, ...] = (),
        open_to: str = "members",
        depositary: Depositary | None = None,
    ) -> None:
        """depositary: an open host; one of its own where none is given."""
        self.depositary = depositary or host_of(label)
        self._key_of: Callable[[str], SigningKey] = lambda person: key_named(f"{label} {person}")
        log_key, keeper_key, self.log_mldsa_key = self.depositary.prepare()
        convenor = encode_base64url(self.key("M").public)
        self.origin = process_origin(label, log_key, convenor, NONCE)
        self.cosigners = tuple(map(cosigner_named, cosigners))
        self._minutes = count()
        self.convening: dict[str, Any] = {
            "label": label, "nonce": NONCE, "procedure": 1, "convenor": "M", "convenor_key": convenor,
            "keeper": "K", "keeper_key": keeper_key, "log_key": log_key, "sides": ("A", "B"), "open_to": open_to,
            "cosigners": tuple(format_vkey(c.key) for c in self.cosigners), "quorum": min(1, len(cosigners)),
        }  # fmt: skip

    @classmethod
    def of(cls, depositary: Depositary, origin: str, key_of: Callable[[str], SigningKey]) -> Table:
        """The table of a process that stands already."""
        table = cls.__new__(cls)
        table.depositary, table.origin, table._key_of = depositary, origin, key_of
        table.cosigners, table._minutes, table.convening = (), count(60), {}
        return table

    def key(self, person: str) -> SigningKey:
        return self._key_of(person)

    @property
    def size(self) -> int:
        head = self.depositary.store.head(self.origin)
        return head.size if head else 0

    @property
    def state(self) -> State:
        return self.depositary.main(self.origin).state()

    def seen(self, size: int | None = None) -> tuple[int, str]:
        """The (size, root) of the main log, now or as it was."""
        if self.size == 0 or size == 0:
            return 0, encode_base64url(EMPTY_ROOT)
        if size is None:
            return seen_now(self.depositary, self.origin)
        return size, encode_base64url(self.depositary.main(self.origin).tree.root(size))

    def chain(self, key: SigningKey, chamber: str = "") -> Chain | None:
        if self.size == 0:
            return None
        log = self.depositary.chamber(f"{self.origin}/{chamber}").chamber() if chamber else self.state
        return log.chains.get(key.key_id)

    def place(self, key: SigningKey, chamber: str = "") -> Place:
        origin = f"{self.origin}/{chamber}" if chamber else self.origin
        return Place(origin, self.chain(key, chamber), self.seen())

    def raw(
        self,
        by: str | SigningKey,
        kind: str,
        hidden: Mapping[str, Any] | None = None,
        /,
        chamber: str = "",
        place: Place | None = None,
        iat: int | None = None,
        **clear: Any,
    ) -> bytes:
        """One signed act. `place` stands for where the act says it stands; `on` is the current version."""
        key = self.key(by) if isinstance(by, str) else by
        if BY_NAME[kind].staleness is Staleness.GUARDED and "on" not in clear:
            subject = clear.get("instrument", "rules")
            clear["on"] = (subject, version_of(self.state, subject))
        when = MADE + 60 * next(self._minutes) if iat is None else iat
        where = self.place(key, chamber) if place is None else place
        return author_act(key, BY_NAME[kind], where, when, clear, hidden or {})

    def do(self, *args: Any, **fields: Any) -> Receipt:
        return self.depositary.receive_act(self.raw(*args, **fields))

    def statement(self, by: str | SigningKey, text: str = "Words.", **fields: Any) -> bytes:
        """An act that anybody at the table may do at any time."""
        return self.raw(by, "register_statement", {"text": text}, claims=(("other", ""),), **fields)

    def enrolment(self, by: str, person: str, key: SigningKey) -> bytes:
        proof = prove_possession(key, self.origin, person)
        return self.raw(by, "enrol", person=person, public=encode_base64url(key.public), possession=proof)

    def convene(self) -> Table:
        self.do("M", "convene", {"title": "Talks on a road"}, **self.convening)
        return self

    def seat(self, *people: tuple[str, str, str]) -> Table:
        """Admit each (person, role, side) and enrol their key."""
        for person, role, side in people:
            self.do("M", "admit", {"title": f"Office of {person}"}, person=person, role=role, side=side)
            self.depositary.receive_act(self.enrolment("M", person, self.key(person)))
        return self

    def open_text(self) -> Table:
        self.do("M", "open_instrument", {"title": "Understanding on a road"}, instrument="road",
                sides=("A", "B"), basis="analogy", languages=(("en", "authentic"),))  # fmt: skip
        return self

    def issue(self) -> Receipt:
        number = len(self.state.instruments["road"].editions) + 1
        return self.do(
            "M", "issue", {"text": TEXT, "nonce": NONCE}, instrument="road", number=number, languages=("en",),
            content=content_digest(TEXT, NONCE), provisions=tuple(p.id for p in TEXT),
        )  # fmt: skip

    def cosign(self, time: int) -> None:
        """Have the latest checkpoint cosigned at this time (Unix seconds)."""
        head = self.depositary.store.head(self.origin)
        assert head is not None
        text = parse_note(head.checkpoint).text
        keep_cosignatures(self.depositary, self.origin, tuple(c.sign(text, time) for c in self.cosigners))

    def force(self, raw: bytes, chamber: str = "") -> int:
        """Write an act behind the door, as a faithless host could; its index."""
        origin = f"{self.origin}/{chamber}" if chamber else self.origin
        return force(self.depositary, origin, raw)


def force(depositary: Depositary, origin: str, raw: bytes) -> int:
    """Write an act into a log past every check, under a checkpoint that the log's key signs; its index."""
    head = depositary.store.head(origin)
    assert head is not None
    entry, *disclosures = raw.rstrip(b"~").split(b"~")
    payload = msgspec.json.decode(decode_base64url(entry.split(b".")[1].decode()))
    leaf = leaf_hash(entry)
    edge = Edge(head.size, head.edge).append(leaf)
    log_key = depositary.main("/".join(origin.split("/")[:2])).state_at(1).convened.log_key
    note = depositary.checkpoint(origin, log_key, edge)
    stored = Entry(
        entry, leaf, submission_of(entry), payload["act"], "", payload["iat"],
        tuple(d.decode() for d in disclosures),
    )  # fmt: skip
    depositary.store.append([Append(head.size, (stored,), Head(origin, edge.size, edge.hashes, note))])
    return head.size


def later_act(table: Table, by: str, chamber: str = "", *, kind: str, v: int = 1, digests: int = 0) -> bytes:
    """An act of a kind or version that a later edition of this program may bring."""
    key = table.key(by)
    place = table.place(key, chamber)
    payload = {
        "act": kind, "v": v, "proc": place.origin, "iat": MADE, "seq": place.chain.seq + 1 if place.chain else 0,
        "prev": place.chain.leaf if place.chain else "", "seen": place.seen, "aud": ("all",), "_sd": ("",) * digests,
    }  # fmt: skip
    return sign_compact(key, ACT_TYPE, payload) + b"~"


def _written(write: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def copy_for(depositary: Depositary, origin: str, person: str | None) -> bytes:
    """The certified copy as a person, or the public, may see it."""
    return _written(lambda out: certify_copy(depositary, origin, Viewer(person), MADE, out))


def whole_copy(depositary: Depositary, origin: str) -> bytes:
    """The certified copy of all that the host holds, chambers too."""
    return _written(lambda out: copy_for_check(depositary, origin, MADE, out))


def write_bytes(folder: Path, name: str, raw: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(raw)
