"""A certified copy holds what its reader may see, and nothing else: canaries in every hidden field and chamber."""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from detente.codec.base64url import decode_base64url
from detente.depositary.certifying import certify_copy
from detente.procedure.disclosure import Viewer
from detente.proofs.verification import verify_copy
from tests.depositary.talks import NOW, Talks, open_host

AUDIENCES = {
    "all": ("all",), "side A": ("A",), "side B": ("B",), "mediators": ("M",), "A's principal": ("PA",),
    "A and mediators": ("A", "M"), "both sides": ("A", "B"),
}  # fmt: skip
READERS: Mapping[str, set[str]] = {
    # By whom the field of the act for that audience, all by the mediator, may be read.
    "all": {"A", "B", "PA", "PB", "M", "public"},
    "side A": {"A", "PA", "M"},  # M wrote it
    "side B": {"B", "PB", "M"},
    "mediators": {"M"},
    "A's principal": {"PA", "M"},
    "A and mediators": {"A", "PA", "M"},
    "both sides": {"A", "B", "PA", "PB", "M"},
}
CHAMBERS: Mapping[str, tuple[str, set[str]]] = {
    "side-A": ("A", {"A", "PA"}),
    "side-B": ("B", {"B", "PB"}),
    "mediators": ("M", {"M"}),
    "mediators-A": ("A", {"A", "PA", "M"}),
    "mediators-B": ("M", {"B", "PB", "M"}),
}


def with_canaries(open_to: str) -> Talks:
    talks = Talks(open_host(), open_to=open_to).convene(title="canary: title").seat()
    for name, audience in AUDIENCES.items():
        talks.say("M", f"canary: {name}", aud=audience)
    talks.do("B", "register_statement", {"text": "canary: B's own"}, claims=(("other", ""),), aud=("M",))
    for chamber, (author, _readers) in CHAMBERS.items():
        talks.do(author, "note", {"text": f"canary: {chamber}"}, chamber=chamber)
    return talks


def canaries(raw: bytes) -> set[str]:
    """Every canary that a reader of the file finds, disclosures decoded."""
    found = []
    for line in raw.splitlines():
        if line.startswith(b"act "):
            found += [decode_base64url(d) for d in line.split(b"~")[1:-1]]
    text = b"\n".join([*found, raw]).decode("utf-8", "replace")
    return {part.split('"')[0] for part in text.split("canary: ")[1:]}


def copy_as(talks: Talks, person: str | None) -> bytes:
    out = io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer(person), NOW, out)
    verify_copy(out)
    return out.getvalue()


@pytest.mark.parametrize("person", ["A", "B", "PA", "PB", "M", "public"])
@pytest.mark.parametrize("open_to", ["public", "members"])
def test_each_copy_holds_what_its_reader_may_see(person: str, open_to: str) -> None:
    talks = with_canaries(open_to)
    raw = copy_as(talks, None if person == "public" else person)
    expected = {name for name, readers in READERS.items() if person in readers}
    expected |= {chamber for chamber, (_author, readers) in CHAMBERS.items() if person in readers}
    expected |= {"title"} | ({"B's own"} if person in ("B", "M") else set())
    if person == "public" and open_to == "members":
        expected = set()
    assert canaries(raw) == expected
    copy = verify_copy(io.BytesIO(raw))
    assert {c.name for c in copy.chambers} == {
        c for c, (_a, readers) in CHAMBERS.items() if person in readers
    }
    assert copy.heading.exporter == person and copy.state == talks.state


def test_whoever_has_left_gets_the_public_copy() -> None:
    talks = with_canaries("public")
    talks.do("M", "leave", person="PA")
    assert canaries(copy_as(talks, "PA")) == {"all", "title"}


def test_a_copy_made_while_acts_arrive_verifies(tmp_path: Path) -> None:
    """Chambers cite sizes of the main log: the copy must not hold a chamber act that saw beyond it."""
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene().seat()
    stop = threading.Event()

    def arrive() -> None:
        while not stop.is_set():
            talks.say("A")
            talks.do("A", "note", {"text": "x"}, chamber="side-A")

    thread = threading.Thread(target=arrive)
    thread.start()
    try:
        for _ in range(25):
            copy_as(talks, "A")
    finally:
        stop.set()
        thread.join()


def test_the_heads_of_chambers_are_read_before_the_main_log() -> None:
    """The same, at the one moment that matters: two acts land between the two readings."""
    talks = Talks(open_host()).convene().seat()
    store, reading = talks.depositary.store, talks.depositary.store.head
    landed = []

    def head(origin: str):  # type: ignore[no-untyped-def]
        found = reading(origin)
        if armed and not landed and origin != talks.origin:
            landed.append(origin)
            talks.say("A")
            talks.do("A", "note", {"text": "x"}, chamber="side-A")
        return found

    armed = False
    store.head = head  # type: ignore[method-assign]
    state = talks.state
    assert state.size == talks.size
    armed = True
    copy = verify_copy(io.BytesIO(copy_as(talks, "A")))
    assert landed and copy.size == talks.size
