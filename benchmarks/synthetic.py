"""A long record with real signatures: talks that table, bracket, support, withdraw and minute without end.

The same acts for the same size, so that runs can be compared. Made by folding as it goes, so every act is
admitted; signing costs about 60 µs an act.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain, count, islice
from typing import Any

from detente.acts.authoring import Place, author_act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME, read_act
from detente.codec.base64url import encode_base64url
from detente.codec.instant import instant_from_unix
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.procedure.fold import fold, place
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.signing.envelope import parse_envelope
from detente.state.records import State
from detente.tlog.merkle import Edge, leaf_hash

NONCE = "AAAAAAAAAAAAAAAAAAAAAA"
START = 1_761_500_000
PROVISIONS = tuple(
    Provision(f"art_{a}__para_{p}", {}, {"en": f"Each Side shall do what stands here, {a}.{p}."})
    for a in range(1, 9)
    for p in range(1, 4)
)


def demonstration_key(name: str) -> SigningKey:
    return SigningKey.from_seed(sha256(f"detente benchmark {name}".encode()).digest())


class LongTalks:
    """Authors acts one after another; `log_key` and `keeper_key` (base64url) are the host's."""

    def __init__(self, log_key: str, keeper_key: str, cosigners: tuple[str, ...] = ()) -> None:
        """cosigners: verifier keys; all of them are asked for."""
        self.keys = {name: demonstration_key(name) for name in ("M", "A", "B", "PA", "PB")}
        self.state = State()
        self.edge = Edge.empty()
        self._log_key, self._keeper_key, self._cosigners = log_key, keeper_key, cosigners
        convenor = encode_base64url(self.keys["M"].public)
        self.origin = process_origin("benchmark", log_key, convenor, NONCE)

    def author(self, by: str, kind: str, hidden: dict[str, Any] | None = None, /, **clear: Any) -> bytes:
        """One signed act on top of all before it, folded into `state`."""
        key = self.keys[by]
        seen = (self.edge.size, encode_base64url(self.edge.root()))
        where = Place(self.origin, self.state.chains.get(key.key_id), seen)
        raw = author_act(key, BY_NAME[kind], where, START + 60 * self.edge.size, clear, hidden or {})
        envelope = parse_envelope(raw, check_canonical=False)
        leaf = leaf_hash(envelope.entry)
        read: Any = read_act(envelope.payload)
        act = place(self.state, key.key_id, encode_base64url(leaf), read)
        self.state = fold(self.state, act)
        assert not self.state.irregular, self.state.irregular
        self.edge = self.edge.append(leaf)
        return raw

    def opening(self) -> Iterator[bytes]:
        yield self.author(
            "M", "convene", {"title": "Benchmark"}, label="benchmark", nonce=NONCE, procedure=1, convenor="M",
            convenor_key=encode_base64url(self.keys["M"].public), keeper="K", keeper_key=self._keeper_key,
            log_key=self._log_key, sides=("A", "B"), open_to="public",
            cosigners=self._cosigners, quorum=len(self._cosigners),
        )  # fmt: skip
        for person, role, side in (("A", "delegate", "A"), ("B", "delegate", "B"),
                                   ("PA", "principal", "A"), ("PB", "principal", "B")):  # fmt: skip
            yield self.author(
                "M", "admit", {"title": f"Office {person}"}, person=person, role=role, side=side
            )
            key = self.keys[person]
            yield self.author("M", "enrol", person=person, public=encode_base64url(key.public),
                              possession=prove_possession(key, self.origin, person))  # fmt: skip
        yield self.author("M", "open_instrument", {"title": "A long text"}, instrument="text", sides=("A", "B"),
                          basis="analogy", languages=(("en", "authentic"),))  # fmt: skip
        yield self.author("M", "open_session", number=1, at=instant_from_unix(START))
        yield self.author("M", "set_agenda", items=("1", "2", "3"))
        yield self.issue()

    def issue(self) -> bytes:
        instrument = self.state.instruments["text"]
        ids = tuple(p.id for p in PROVISIONS)
        return self.author(
            "M", "issue", {"text": PROVISIONS, "nonce": NONCE}, instrument="text",
            number=len(instrument.editions) + 1, content=content_digest(PROVISIONS, NONCE), provisions=ids,
            languages=("en",), on=("text", instrument.version),
        )  # fmt: skip

    def next_session(self) -> Iterator[bytes]:
        """Close the session that is open, and open the next one."""
        number = len(self.state.sessions)
        at = instant_from_unix(START + 60 * self.edge.size)
        yield self.author("M", "close_session", number=number, at=at)
        yield self.author("M", "open_session", number=number + 1, at=at)

    def talks(self) -> Iterator[bytes]:
        """Rounds of seven acts on one provision; an edition and a new session once every provision had its turn."""
        for turn in count():
            provision = PROVISIONS[turn % len(PROVISIONS)].id
            at = instant_from_unix(START + 60 * self.edge.size)
            where = {"instrument": "text", "provision": provision}
            yield self.author("M", "take_up", item=str(turn % 3 + 1), at=at)
            yield self.author("A", "propose_alternative", {"text": f"A's words, {turn}."}, **where)
            mine = self.state.instruments["text"].brackets[provision].alternatives[-1].leaf
            yield self.author("B", "propose_alternative", {"text": f"B's words, {turn}."}, **where)
            theirs = self.state.instruments["text"].brackets[provision].alternatives[-1].leaf
            for speaker in ("A", "B"):
                yield self.author("M", "minute", {"text": f"{speaker} explains its text, {turn}."},
                                  speaker=speaker, sense="statement", said_at=at)  # fmt: skip
            yield self.author("A", "withdraw_alternative", alternative=mine, **where)
            yield self.author("A", "support_alternative", alternative=theirs, **where)
            if turn % len(PROVISIONS) == len(PROVISIONS) - 1:
                yield self.issue()
                yield from self.next_session()

    def acts(self, size: int) -> Iterator[bytes]:
        """The first `size` acts."""
        yield from islice(chain(self.opening(), self.talks()), size)


def acts(size: int, log_key: str, keeper_key: str) -> Iterator[bytes]:
    """The first `size` acts of talks without cosigners."""
    return LongTalks(log_key, keeper_key).acts(size)
