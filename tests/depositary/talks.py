"""Talks at a host, for the tests of the upper floors: real keys, real signatures, the one door.

`Talks` convenes a process at a `Depositary`; `raw` authors an act on top of what stands, `do` also sends it.
Every member of the envelope can be replaced, which is how the attacks are made. `force` writes behind the
door, as a faithless host could: chained in the tree, under a checkpoint that the log's own key signs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from detente.acts.act import Staleness
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.instant import instant_from_unix
from detente.depositary.cosigning import keep_cosignatures
from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.logs import main_origin
from detente.depositary.receipt import Receipt
from detente.depositary.snapshot import Snapshots
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.procedure.examination import version_of
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.signing.envelope import submission_of
from detente.signing.signer import sign_act
from detente.state.records import Chain, State
from detente.store.memory import MemoryStore
from detente.store.port import Append, Entry, Head, Store
from detente.store.sqlite import SqliteStore
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.merkle import Edge, leaf_hash
from detente.tlog.signed_note import format_vkey, parse_note

NOW = 1_761_618_600
NONCE = "AAECAwQFBgcICQoLDA0ODw"
TEXT = (
    Provision("art_1", {}, {"en": "Each Side shall keep the road open."}),
    Provision("art_2", {}, {"en": "A commission of both Sides shall meet each month."}),
)
SEATS = (("A", "delegate", "A"), ("B", "delegate", "B"), ("PA", "principal", "A"), ("PB", "principal", "B"))
WITNESSES = ("harbour.example", "lighthouse.example", "mill.example")


def key_named(name: str) -> SigningKey:
    """A demonstration key, the same for the same name."""
    return SigningKey.from_seed(sha256(f"detente demonstration key: {name}".encode()).digest())


def cosigner_named(name: str) -> Cosigner:
    seed = sha256(f"detente demonstration key: {name}".encode()).digest()
    return Cosigner.from_seed(name, ED25519_COSIGNATURE, seed)


def open_host(
    store: Store | Path | None = None, host_key: bytes = bytes(32), snapshots: Path | None = None
) -> Depositary:
    """A host over a store, or a SQLite file; in memory where none is named."""
    found = SqliteStore(store) if isinstance(store, Path) else store or MemoryStore()
    return Depositary(found, Custody(host_key), Snapshots(snapshots, host_key))


class Talks:
    """One process at one host. `depositary` may be replaced, as by a restart."""

    def __init__(
        self,
        depositary: Depositary,
        *,
        label: str = "talks",
        open_to: str = "public",
        cosigners: Sequence[str] = (),
        quorum: int = 0,
        mldsa: bool = False,
    ) -> None:
        """mldsa: the log signs its checkpoints with ML-DSA-44 too."""
        self.depositary = depositary
        self.keys = {name: key_named(name) for name in ("M", "A", "B", "PA", "PB")}
        self.log_key, self.keeper_key, self.log_mldsa_key = depositary.prepare()
        convenor = encode_base64url(self.keys["M"].public)
        self.origin = process_origin(label, self.log_key, convenor, NONCE)
        self._iat = NOW
        self.convening: dict[str, Any] = {
            "label": label, "nonce": NONCE, "procedure": 1, "convenor": "M", "convenor_key": convenor,
            "keeper": "K", "keeper_key": self.keeper_key, "log_key": self.log_key, "sides": ("A", "B"),
            "open_to": open_to, "cosigners": tuple(format_vkey(cosigner_named(c).key) for c in cosigners),
            "quorum": quorum, **({"log_mldsa_key": self.log_mldsa_key} if mldsa else {}),
        }  # fmt: skip

    # -- what stands -------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The 26 characters that stand in addresses."""
        return self.origin.removeprefix("detente/")

    @property
    def state(self) -> State:
        return self.depositary.main(self.origin).state()

    @property
    def size(self) -> int:
        head = self.depositary.store.head(self.origin)
        return head.size if head else 0

    def seen(self, size: int | None = None) -> tuple[int, str]:
        """(size, root) of the main log, now or as it was."""
        if self.size == 0 or size == 0:
            return 0, encode_base64url(Edge.empty().root())
        at = self.size if size is None else size
        return at, encode_base64url(self.depositary.main(self.origin).tree.root(at))

    def chain(self, key: SigningKey, chamber: str = "") -> Chain | None:
        if self.size == 0:
            return None
        log = self.depositary.chamber(f"{self.origin}/{chamber}").chamber() if chamber else self.state
        return log.chains.get(key.key_id)

    # -- authoring ---------------------------------------------------------------------------------------------

    def payload(self, key: SigningKey, kind: str, chamber: str = "", /, **fields: Any) -> dict[str, Any]:
        """The clear payload without `_sd`; envelope members in `fields` replace those filled in here."""
        self._iat += 60
        chain = self.chain(key, chamber)
        payload: dict[str, Any] = {
            "act": kind, "v": 1, "proc": f"{self.origin}/{chamber}" if chamber else self.origin,
            "iat": self._iat, "seq": chain.seq + 1 if chain else 0, "prev": chain.leaf if chain else "",
            "seen": self.seen(), "aud": ("all",), **fields,
        }  # fmt: skip
        if BY_NAME[kind].staleness is Staleness.GUARDED and "on" not in fields:
            subject = fields.get("instrument", "rules")
            payload["on"] = (subject, version_of(self.state, subject))
        if payload.get("on", "") is None:
            del payload["on"]
        typed = msgspec.convert({**payload, "_sd": ()}, BY_NAME[kind].clear)
        plain: dict[str, Any] = msgspec.to_builtins(typed)
        del plain["_sd"]
        return plain

    def raw(
        self,
        by: str | SigningKey,
        kind: str,
        hidden: Mapping[str, Any] | None = None,
        /,
        chamber: str = "",
        **fields: Any,
    ) -> bytes:
        """One signed act with its disclosures, not yet sent."""
        key = self.keys[by] if isinstance(by, str) else by
        plain = self.payload(key, kind, chamber, **fields)
        return sign_act(key, plain, msgspec.to_builtins(dict(hidden or {})), BY_NAME[kind].hidden_fields)

    def do(
        self,
        by: str | SigningKey,
        kind: str,
        hidden: Mapping[str, Any] | None = None,
        /,
        chamber: str = "",
        **fields: Any,
    ) -> Receipt:
        """Author an act and send it through the door. Raises `Refused`."""
        return self.depositary.receive_act(self.raw(by, kind, hidden, chamber, **fields))

    # -- usual acts --------------------------------------------------------------------------------------------

    def convene(self, **hidden: Any) -> Talks:
        self.do("M", "convene", {"title": "Talks on a road", **hidden}, **self.convening)
        return self

    def seat(self, *people: str) -> Talks:
        """Admit those of `SEATS` that are named, or all, and enrol their keys."""
        for person, role, side in SEATS:
            if not people or person in people:
                self.do("M", "admit", {"title": f"Office of {person}"}, person=person, role=role, side=side)
                self.enrol(person, self.keys[person])
        return self

    def enrol(self, person: str, key: SigningKey, by: str = "") -> Receipt:
        proof = prove_possession(key, self.origin, person)
        by = by or ("M" if key is self.keys.get(person) else person)  # the first one by a mediator
        return self.do(by, "enrol", person=person, public=encode_base64url(key.public), possession=proof)

    def open_text(self) -> Talks:
        self.do("M", "open_instrument", {"title": "Understanding on a road"}, instrument="road", sides=("A", "B"),
                basis="analogy", languages=(("en", "authentic"),))  # fmt: skip
        return self

    def issue(self) -> Receipt:
        return self.depositary.receive_act(self.raw_issue())

    def raw_issue(self, text: tuple[Provision, ...] = TEXT, **fields: Any) -> bytes:
        number = len(self.state.instruments["road"].editions) + 1
        clear = {
            "instrument": "road", "number": number, "content": content_digest(TEXT, NONCE),
            "provisions": tuple(p.id for p in TEXT), "languages": ("en",), **fields,
        }  # fmt: skip
        return self.raw("M", "issue", {"text": text, "nonce": NONCE}, **clear)

    def say(self, by: str, text: str = "Words.", **fields: Any) -> Receipt:
        """An act that anybody at the table may do at any time."""
        return self.depositary.receive_act(self.raw_statement(by, text, **fields))

    def raw_statement(self, by: str | SigningKey, text: str = "Words.", **fields: Any) -> bytes:
        return self.raw(by, "register_statement", {"text": text}, claims=(("other", ""),), **fields)

    def cosign(self, *times: int, names: Sequence[str] = WITNESSES) -> bytes:
        """Cosignatures at these times (Unix seconds) on the latest checkpoint, kept by the host; the note."""
        head = self.depositary.store.head(self.origin)
        assert head is not None
        text = parse_note(head.checkpoint).text
        lines = tuple(cosigner_named(n).sign(text, t) for n, t in zip(names, times, strict=False))
        return keep_cosignatures(self.depositary, self.origin, lines)


def everything(depositary: Depositary) -> tuple[Any, ...]:
    """All that a refused act must leave as it was: heads, entries, disclosures, folded states."""
    store = depositary.store
    logs = []
    for origin in store.origins():
        head = store.head(origin)
        assert head is not None
        chamber = origin != main_origin(origin)
        state: Any = depositary.chamber(origin).chamber() if chamber else depositary.main(origin).state()
        logs.append((origin, head, tuple(store.entries(origin, 0, head.size)), state))
    return tuple(logs)


def force(depositary: Depositary, origin: str, raw: bytes, kind: str = "", author: str = "") -> int:
    """Write an act behind the door, correctly chained and signed by the log; its index."""
    store = depositary.store
    head = store.head(origin)
    assert head is not None
    entry, *disclosures = raw.rstrip(b"~").split(b"~")
    leaf = leaf_hash(entry)
    edge = Edge(head.size, head.edge).append(leaf)
    log_key = depositary.main(main_origin(origin)).state().convened.log_key
    note = depositary.checkpoint(origin, log_key, edge)
    payload = msgspec.json.decode(_payload(entry))
    stored = Entry(
        entry, leaf, submission_of(entry), kind or payload["act"], author, payload["iat"],
        tuple(d.decode() for d in disclosures),
    )  # fmt: skip
    store.append([Append(head.size, (stored,), Head(origin, edge.size, edge.hashes, note))])
    return head.size


def _payload(entry: bytes) -> bytes:
    from detente.codec.base64url import decode_base64url

    return decode_base64url(entry.split(b".")[1].decode())


def made_at(unix: int = NOW) -> str:
    return instant_from_unix(unix)
