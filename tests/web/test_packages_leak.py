"""What a side wants is told to the mediators and to nobody else, not even by a length, a step more or a word in a log.

Two hosts have the same record up to the act in which side A states what it wants. There they part: the same author, the
same text, the same class of size, and other points, conditions and methods. Then both go on alike. Every address of the
application is asked by everybody but A's own people and the mediators, who may read it: what comes back must be the same
to the byte, once what is drawn at random or hashed from it is struck out; and the signs struck out must be as many.
"""

from __future__ import annotations

import copy
import gc
import io
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import duckdb
import pytest
from msgspec.structs import replace

from benchmarks.guessing import share_right
from detente.analysis.packages import Document, document_text, read_document
from detente.codec.base64url import decode_base64url
from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.snapshot import Snapshots
from detente.signing.disclosure import read_disclosure
from detente.store.memory import MemoryStore
from tests.client.test_preferences import Elicited
from tests.depositary.talks import NOW, key_named
from tests.web.hosting import PAGE, address, bearer, front
from tests.web.sown import Sown
from tests.web.test_canaries import listening, place_of
from tests.web.walking import everything

OTHERS: Final = ("B", "PB", "the keeper", "a stranger", "the public")
DRAWN: Final = re.compile(
    rb'[A-Za-z0-9+/_=-]{20,}|(?<=class="hash" dir="ltr">)[A-Za-z0-9_ -]+(?=<)'
    rb"|(?<=, root )[0-9a-f]{4} [0-9a-f]{4}|(?<=that ends in )[A-Za-z0-9_-]{4}"
)
"""Keys, hashes, signatures, salts, what is sealed and what is drawn for one answer; and hashes as pages write them."""
TIMED: Final = re.compile(
    rb'"value": [0-9]+[.e][^,\n]+|"bucket_counts": \[[^\]]*\]'
    rb'|"(ms|(?:detente\.)?request|trace_id|span_id|parent_id|[a-z_]*time[a-z_]*|sum|min|max)": [^,}\n]+'
)
"""What a log and collectors are told of time, and numbers drawn for one request."""
DRAWN_SIZE: Final = re.compile(rb'("route": "[^"]*/(?:tables\.zip|sheet\.html)"[^}\n]*)"bytes": [0-9]+')
"""How long an answer is that packs or draws hashes: their signs decide it, and what is in it is compared by itself."""
HASHES: Final = re.compile(r"log/(side-[A-Z]/)?tile/\d")
"""Tiles of nothing but hashes, 32 bytes each."""
PATTERN: Final = "/sheet.html"
"""A proof as QR codes, whose squares follow from its hashes; the proof itself is asked for beside it."""


TABLES: Final = "tables.zip"
"""Packed, so that their length follows from hashes that are drawn; their rows are compared instead."""


def rows_of(archive: bytes) -> bytes:
    """Every row of every table, as text."""
    said: list[str] = []
    with zipfile.ZipFile(io.BytesIO(archive)) as tables, tempfile.TemporaryDirectory() as folder:
        for name in sorted(tables.namelist()):
            if name.endswith(".parquet"):
                file = tables.extract(name, folder)
                said.append(f"{name}: {duckdb.read_parquet(file).fetchall()!r}")
            else:
                said.append(f"{name}: {tables.read(name)!r}")
    return "\n".join(said).encode()


def struck(said: bytes) -> bytes:
    """With a stroke for each sign of what is drawn or hashed: their number stays."""
    return DRAWN.sub(lambda found: b"x" * len(found[0]), said)


def stated(talks: Elicited) -> dict[str, str]:
    """Documents of one class of size that could hardly say more different things."""
    plain = read_document(talks.document(999, 1))
    first, second = plain.issues
    swapped = (replace(first, given=(1, 0)), replace(second, given=(999, 0)))
    found: dict[str, Document] = {
        "one way": plain,
        "the other way": replace(plain, issues=swapped),
        "with red lines": replace(plain, red_lines=((0, 1), (1, 0)), only_if=(((0, 0), (1, 1)),), reservation=731),
        "as ranges": replace(
            plain, method="ranges", issues=tuple(replace(one, high=(1_000_000, 1)) for one in swapped)
        ),
    }  # fmt: skip
    return {name: document_text(document) for name, document in found.items()}


def parted(talks: Elicited) -> Elicited:
    """The same talks at a host of their own, with everything that has happened so far."""
    store, held = MemoryStore(), talks.talks.depositary.store
    kept = {name: value for name, value in vars(held).items() if "lock" not in type(value).__name__.lower()}
    vars(store).update(copy.deepcopy(kept))
    other = copy.copy(talks)
    other.talks = copy.copy(talks.talks)
    other.talks.depositary = Depositary(store, Custody(bytes(32)), Snapshots(None, bytes(32)))
    return other


def stepped(work: Callable[[], object]) -> int:
    """How many functions run meanwhile, of Python and below it: time itself is nothing that a test could hold anybody to
    (docs/adr/0042-what-a-mediator-sees.md says why these steps stand for it)."""
    steps = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    # A collection of garbage falls where it falls, and calls what others have hung on it.
    gc.collect()
    gc.disable()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return steps


def sealed(talks: Elicited, document: str) -> bytes:
    """The act in which A states it, as A's browser would send it."""
    return talks.raw("A", "state_preferences", "mediators-A", talks.epochs["mediators-A"], {"document": document},
                     instrument="road", edition=talks.edition)  # fmt: skip


def size_of(disclosure: str) -> int:
    """Of a sealed file what stands below its header: age puts a stanza of random length among those of the recipients, so
    that nobody relies on their number (age specification, grease)."""
    value = read_disclosure(disclosure).value
    file = decode_base64url(value) if isinstance(value, str) and value.startswith("YWdl") else b""
    return len(file.partition(b"\n--- ")[2]) if file else len(disclosure)


class Heard:
    """What everybody else gets of one of the records, and how it came about."""

    def __init__(self, talks: Elicited, document: str) -> None:
        raw = sealed(talks, document)
        # The least of three hosts: what one of them keeps for later, or does by the way, only adds steps.
        others = [parted(talks).talks.depositary for _ in range(3)]
        self.steps = min(stepped(partial(other.receive_act, raw)) for other in others)
        talks.talks.depositary.receive_act(raw)
        talks.talks.do("B", "register_statement", {"text": "We went on."}, claims=(("other", ""),))
        leaves = [talks.leaves[0], talks.leaves[1]]
        talks.talks.do("M", "propose_package", {"text": "Both."}, instrument="road", alternatives=leaves)
        with listening() as logged:
            self.answers = {visitor: dict(self._asked(talks, visitor)) for visitor in OTHERS}
        self.logged = struck(DRAWN_SIZE.sub(rb"\1", TIMED.sub(b"", logged.getvalue().encode())))
        store = talks.talks.depositary.store
        self.stored = [
            (log, len(entry.entry), [size_of(disclosure) for disclosure in entry.disclosures])
            for log in store.origins()
            for entry in store.entries(log, 0, store.head(log).size)  # type: ignore[union-attr]
        ]
        self.gathered = talks.gathered()

    def _asked(self, talks: Elicited, visitor: str) -> Iterator[tuple[str, bytes]]:
        sown = Sown(talks.talks.depositary)
        origin = talks.talks.origin
        place = place_of(sown, origin, set(), thorough=True)
        with front(talks.talks.depositary) as client:
            for number, ask in enumerate(everything(place)):
                if ask.method == "POST" and ask.path == "acts":
                    continue  # what the mediators or A sent is theirs to send again
                path = ask.path if ask.path.startswith("/") else address(talks.talks, ask.path)
                client.cookies.clear()
                answer = client.request(
                    ask.method, path, content=ask.body,
                    headers={**headers(talks, visitor), **PAGE, "accept-encoding": "identity", **ask.headers},
                )  # fmt: skip
                content = b"x" * len(answer.content) if HASHES.match(ask.path) else answer.content
                heads = list(answer.headers.items())
                if ask.path.endswith(TABLES) and answer.status_code == 200:
                    content = rows_of(content)
                    heads = [(name, value) for name, value in heads if name != "content-length"]
                said = b"" if PATTERN in ask.path else repr(sorted(heads)).encode() + b"\n" + content
                yield f"{number} {ask.method} {ask.path[:80]} {answer.status_code}", struck(said)


def headers(talks: Elicited, visitor: str) -> dict[str, str]:
    if visitor == "the public":
        return {}
    if visitor == "the keeper":
        from detente.depositary.keeper import keeper_key

        return bearer(keeper_key(talks.talks.depositary, talks.talks.state), talks.talks.origin)
    key = talks.talks.keys.get(visitor) or key_named("stranger")
    return bearer(key, talks.talks.origin)


def differing(first: Heard, second: Heard) -> list[str]:
    """Where somebody could tell the two records apart."""
    found = [
        f"{visitor}: {where}"
        for visitor in OTHERS
        for where in first.answers[visitor].keys() | second.answers[visitor].keys()
        if first.answers[visitor].get(where) != second.answers[visitor].get(where)
    ]
    found += ["what is logged"] * (first.logged != second.logged)
    found += ["what is stored"] * (first.stored != second.stored)
    found += ["how many steps it takes"] * (first.steps != second.steps)
    return found


@pytest.fixture
def talks(monkeypatch: pytest.MonkeyPatch) -> Elicited:
    monkeypatch.setattr(time, "time", lambda: float(NOW + 86_400))
    talks = Elicited()
    choices = talks.talks.state.instruments["road"].brackets
    talks.leaves = tuple(next(iter(b.live())).leaf for b in choices.values())  # type: ignore[attr-defined]
    return talks


def test_nobody_else_can_tell_what_a_side_stated(talks: Elicited) -> None:
    documents = stated(talks)
    parted(talks).talks.depositary.receive_act(
        sealed(talks, documents["one way"])
    )  # what is kept from the first time on
    heard = {name: Heard(parted(talks), text) for name, text in documents.items()}
    first = heard.pop("one way")
    assert first.answers["B"] and any(b"We went on." in said for said in first.answers["B"].values())
    for name, other in heard.items():
        assert other.gathered.parties != first.gathered.parties, "the mediators see no difference either"
        assert differing(first, other) == [], name


def test_a_size_that_follows_the_values_would_be_found(talks: Elicited) -> None:
    """What the test above would say if the document were not filled up."""
    first, second = (
        Heard(parted(talks), text) for text in ("short", "a document as long as what is said in it" * 9)
    )
    assert "what is stored" in differing(first, second)


def test_from_what_is_shown_nobody_guesses_better_than_by_chance_and_from_a_package_they_do() -> None:
    """The pages say nothing, so that a guess from them is one from nothing. A package that is tabled says much, which is
    why whoever tables one is told (docs/adr/0042-what-a-mediator-sees.md has the figures)."""
    assert 0.4 < share_right("nothing", trials=60) < 0.6
    assert share_right("the rule", trials=60) > 0.65
    assert share_right("no rule", trials=60) > 0.65
