"""No byte of what is hidden leaves the host but to its audience: canaries in every hidden field, looked for everywhere.

Every address of the application is asked by everybody: each person of a record, somebody who has left it, a revoked key,
a cosigner, a stranger's key, the public, a session, and whoever looks in a demonstration. So is what the server logs,
what it streams, what the command line exports, and the database for what is sealed. Whoever may read a canary must find
it too: the test would say nothing where nothing is shown.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import json
import logging
import threading
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from detente.acts.kinds import BY_NAME
from detente.depositary import telemetry
from detente.depositary.keeper import keeper_key
from detente.depositary.opening import open_data
from detente.procedure.chambers import chamber_names
from detente.store.port import Feed
from detente.web import stream
from detente.web.app import make_app
from detente.web.log_lines import JsonLines
from detente.web.signing_in import COOKIE
from tests.cli.speaking import say
from tests.depositary.talks import WITNESSES, Talks, key_named
from tests.web.canaries import canaries_in, canary
from tests.web.collected import Collected
from tests.web.hosting import PAGE, address, as_person, bearer, front, on_a_socket
from tests.web.sown import FILE, Sown, sow
from tests.web.walking import ASKED, Ask, Place, everything, routes_of

Found = dict[str, set[str]]
"""Each canary that somebody found, and where."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks for everything in one process. person: as whom the product may answer, None for the public;
    member: whether their key is in force, so that they must find all that is theirs."""

    name: str
    headers: Mapping[str, str]
    person: str | None = None
    member: bool = False


@dataclass
class Walked:
    sown: Sown
    folder: Path
    found: dict[tuple[str, str], Found] = field(default_factory=dict)
    visitors: dict[tuple[str, str], Visitor] = field(default_factory=dict)
    logged: str = ""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    folder = tmp_path_factory.mktemp("sown") / "data"
    depositary = open_data(folder, create=True)
    with listening() as logged, front(depositary) as client:
        walked = Walked(sow(depositary), folder)
        seen: set[str] = set()
        first, *_others, sealed = walked.sown.keys
        thorough = {first, sealed}
        for origin in walked.sown.keys:
            place = place_of(walked.sown, origin, seen, thorough=origin in thorough)
            for visitor in visitors(walked.sown, origin, client):
                if not place.thorough and not visitor.member and visitor.headers:
                    continue  # records that are there for their kinds of act are read by their people and the public
                walked.visitors[origin, visitor.name] = visitor
                walked.found[origin, visitor.name] = walk(client, walked.sown, origin, place, visitor)
    walked.logged = logged.getvalue()
    yield walked
    depositary.close()


@contextlib.contextmanager
def listening() -> Iterator[io.StringIO]:
    """All that is logged, at whatever level and in either form, told to collectors, and printed meanwhile."""
    said, root = io.StringIO(), logging.getLogger()
    plain, lines = logging.StreamHandler(said), logging.StreamHandler(said)
    lines.setFormatter(JsonLines())
    level, instruments = root.level, telemetry._instruments
    root.addHandler(plain)
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    collected = Collected()
    telemetry._instruments = collected.instruments
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            yield said
        said.write(collected.everything().decode())
    finally:
        root.removeHandler(plain)
        root.removeHandler(lines)
        root.setLevel(level)
        telemetry._instruments = instruments
        collected.meters.shutdown()


def place_of(sown: Sown, origin: str, seen: set[str], *, thorough: bool) -> Place:
    """seen: kinds of which an act has been opened already, in this process or an earlier one."""
    store, state = sown.depositary.store, sown.state(origin)
    entries = list(store.entries(origin, 0, state.size))
    first = {entry.kind: number for number, entry in enumerate(entries, 1) if entry.kind not in seen}
    seen |= first.keys()
    opened = {number: BY_NAME[kind].hidden_fields for kind, number in first.items()}
    heads = {name: store.head(f"{origin}/{name}") for name in chamber_names(state.convened.sides)}
    inside = {name: head.size for name, head in heads.items() if head is not None}
    raws = tuple(b"~".join((e.entry, *(d.encode() for d in e.disclosures), b"")) for e in entries[-2:])
    head = store.head(origin)
    assert head is not None
    return Place(state, state.size, inside, opened, raws, head.checkpoint, thorough=thorough)


def visitors(sown: Sown, origin: str, client: Any) -> Iterator[Visitor]:
    """Everybody who could come: people by their tokens, one of them by a session, and those who are nobody here."""
    state, keys = sown.state(origin), sown.keys[origin]
    for person, key in keys.items():
        enrolled = state.keys.get(key.key_id)
        stays = state.people[person].left is None and enrolled is not None and enrolled.revoked is None
        yield Visitor(person, bearer(key, origin), person if stays else None, stays)
    keeper = state.convened.keeper
    yield Visitor(keeper, bearer(keeper_key(sown.depositary, state), origin), keeper, True)
    yield Visitor("the public", {})
    yield Visitor("a stranger", bearer(key_named("stranger"), origin))
    yield Visitor(
        "a cosigner", bearer(key_named(WITNESSES[0]), origin)
    )  # of the sealed record; a stranger elsewhere
    elsewhere = origin[:-1] + ("e" if origin.endswith("a") else "a")
    yield Visitor("a member elsewhere", bearer(next(iter(keys.values())), elsewhere))
    person = state.convened.convenor
    session = client.app.state.sessions.open(origin, person, keys[person].key_id)
    yield Visitor("a session", {"cookie": f"{COOKIE}={session}"}, person, True)


def walk(client: Any, sown: Sown, origin: str, place: Place, visitor: Visitor) -> Found:
    found: Found = defaultdict(set)
    mine = Place(**{**vars(place), "feeds": (feed_of(sown, origin, visitor),)})
    for ask in everything(mine):
        for where, said in answers(client, origin, ask, visitor.headers):
            for one in canaries_in(said):
                found[one].add(where)
    return found


def answers(client: Any, origin: str, ask: Ask, headers: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """What comes back, headers and all, to a browser and to a program."""
    process = origin.removeprefix("detente/")
    path = ask.path if ask.path.startswith("/") else f"/processes/{process}/{ask.path}"
    for accept in (PAGE, {}):
        client.cookies.clear()
        answer = client.request(
            ask.method, path, content=ask.body, headers={**headers, **accept, **ask.headers}
        )
        assert answer.status_code < 500, path
        yield f"{ask.method} {ask.path}", repr(dict(answer.headers)).encode() + b"\n" + answer.content
        if answer.status_code < 400:
            break  # only errors are told to a browser and to a program in two ways


def feed_of(sown: Sown, origin: str, visitor: Visitor) -> str:
    """The secret part of an address that a visitor has, by the key that made it."""
    secret = sha256(f"{origin} {visitor.name}".encode()).hexdigest()
    key = sown.keys[origin].get(visitor.name)
    if key is not None:
        digest = sha256(secret.encode()).hexdigest()
        sown.depositary.store.keep_feed(Feed(digest, origin, visitor.name, key.key_id, secret[-4:], 1))
    return secret


# --- what is asked, and what is planted


def test_every_route_of_the_application_is_asked(walked: Walked) -> None:
    """A new route is added to `walking.ASKED`, with what somebody curious would ask of it."""
    assert routes_of(make_app(walked.sown.depositary)) == set(ASKED)


def test_every_kind_of_act_hides_a_canary(walked: Walked) -> None:
    assert {planted.kind for planted in walked.sown.planted.values()} == set(BY_NAME)
    assert {planted.chamber for planted in walked.sown.planted.values() if planted.sealed and planted.chamber} == {
        "side-A", "side-B", "mediators", "mediators-A", "mediators-B"
    }  # fmt: skip


# --- who found what


def told(sown: Sown, found: Mapping[str, set[str]], over: set[str]) -> str:
    return "\n".join(f"{sown.planted[one]} at {sorted(found.get(one, ()))[:3]}" for one in sorted(over))


def test_nobody_finds_what_they_may_not_read(walked: Walked) -> None:
    sown = walked.sown
    public = set().union(*(sown.readable(origin, None) for origin in sown.keys))
    for (origin, name), found in walked.found.items():
        over = set(found) - public - sown.readable(origin, walked.visitors[origin, name].person)
        assert not over, f"{name}: {told(sown, found, over)}"


def test_everybody_finds_all_that_they_may_read(walked: Walked) -> None:
    sown = walked.sown
    for (origin, name), found in walked.found.items():
        visitor = walked.visitors[origin, name]
        lacking = sown.readable(origin, visitor.person) - set(found)
        assert not visitor.member or not lacking, f"{name}: {told(sown, found, lacking)}"
    anybody = set().union(*walked.found.values())
    fields = {one: (planted.kind, planted.field) for one, planted in sown.planted.items()}
    assert {fields[one] for one in anybody} == set(fields.values())


def test_pages_show_it_and_not_only_copies(walked: Walked) -> None:
    shown = {one for found in walked.found.values() for one, where in found.items() if where - {"GET copy"}}
    kinds = {walked.sown.planted[one].kind for one in shown}
    assert kinds == set(BY_NAME)


def test_what_is_sealed_stands_nowhere_at_the_host(walked: Walked) -> None:
    sealed = {one for one, planted in walked.sown.planted.items() if planted.sealed}
    held = b"".join(file.read_bytes() for file in walked.folder.rglob("*") if file.is_file())
    # The database holds what is hidden from some and not sealed, as disclosures in base64url; so it was read.
    assert len(canaries_in(held)) > 100
    assert sealed and not sealed & canaries_in(held)
    assert not sealed & set().union(*walked.found.values())


def test_what_is_erased_stands_nowhere_and_is_found_by_nobody(walked: Walked) -> None:
    """Nor does its keeper find it, nor who wrote it, nor whoever has the disk."""
    erased = {one for one, planted in walked.sown.planted.items() if planted.erased}
    held = b"".join(file.read_bytes() for file in walked.folder.rglob("*") if file.is_file())
    kinds = {walked.sown.planted[one].kind for one in erased}
    assert kinds == {"note", "register_statement", "present"}
    assert not erased & canaries_in(held)
    assert not erased & set().union(*walked.found.values())


def test_the_host_logs_and_prints_none_of_it(walked: Walked) -> None:
    for heard in (
        '"event": "request"',
        '"event": "act"',
        '"http.route": "/processes/{process}/text"',
        '"detente.acts"',
    ):
        assert heard in walked.logged
    assert not canaries_in(walked.logged.encode())


def test_a_fault_of_the_program_logs_none_of_it(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that cannot be made, with all that is hidden at hand: answered and logged without a word of it."""
    origin = next(iter(walked.sown.keys))
    reader = bearer(walked.sown.keys[origin]["M"], origin)

    def broken(page: object, **_rest: object) -> str:
        raise RuntimeError("a page could not be made")

    monkeypatch.setattr("detente.web.page_routes.render", broken)
    with listening() as logged, on_a_socket(walked.sown.depositary) as base:
        answer = httpx.get(f"{base}/processes/{origin.removeprefix('detente/')}/acts/20", headers=reader)
    assert answer.status_code == 500
    assert "a page could not be made" in logged.getvalue()
    assert not canaries_in(answer.content) and not canaries_in(logged.getvalue().encode())


def test_streams_tell_none_of_it_while_acts_come_in(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LIFE", 1.5)
    talks = Talks(walked.sown.depositary, label="streamed").convene().seat()
    heard: dict[str, bytes] = {}

    def listen(base: str, name: str) -> None:
        headers = as_person(talks, name)
        heard[name] = httpx.get(base + address(talks, "events"), headers=headers, timeout=30).content

    with on_a_socket(walked.sown.depositary) as base:
        listeners = [threading.Thread(target=listen, args=(base, person)) for person in ("M", "A", "PA")]
        for listener in listeners:
            listener.start()
        for words in (canary("stream", number) for number in range(3)):
            talks.say("A", words, aud=("A",))
            talks.do("A", "note", {"text": words}, chamber="side-A")
        for listener in listeners:
            listener.join(30)
    assert all(b"data: " in said for said in heard.values()) and len(heard) == 3
    assert not canaries_in(b"".join(heard.values()))


# --- beside the pages


def test_an_export_holds_what_its_reader_may_read_and_no_more(walked: Walked, tmp_path: Path) -> None:
    sown = walked.sown
    first, *_others, sealed = sown.keys
    for origin in (first, sealed):
        for person in (*sown.state(origin).people, None):
            file = tmp_path / "copy.detente"
            named = ("--as", person) if person else ()
            said = say("export", origin, file, *named, "--data", walked.folder)
            assert said.code == 0, said.err
            public: set[str] | None = set() if sown.state(origin).convened.open_to_public else None
            found = canaries_in(file.read_bytes())
            # Files beside the log are fetched one by one.
            expected = {c for c in sown.readable(origin, person) if sown.planted[c].field != FILE}
            assert found == expected or (public is None and person is None), told(sown, {}, found ^ expected)
            assert not canaries_in((said.out + said.err).encode())


@pytest.mark.parametrize("words", [("status", "{}"), ("status", "{}", "--json"), ("fsck",)])
def test_the_command_line_says_none_of_what_is_sealed(walked: Walked, words: tuple[str, ...]) -> None:
    sealed = {one for one, planted in walked.sown.planted.items() if planted.sealed}
    for origin in (next(iter(walked.sown.keys)), list(walked.sown.keys)[-1]):
        said = say(*(word.format(origin) for word in words), "--data", walked.folder)
        assert said.code == 0, said.err
        found = canaries_in((said.out + said.err).encode())
        assert not found & sealed
        # Where nobody is named it is told as the convenor may see it.
        assert found <= walked.sown.readable(origin, walked.sown.state(origin).convened.convenor)


@pytest.mark.parametrize("viewer", ["M", "A", "PA", "B", "PB", "public"])
def test_nor_does_a_page_looked_at_as_somebody(walked: Walked, viewer: str) -> None:
    """In a demonstration anybody looks as any of its people: pages say what that person may read."""
    sown = walked.sown
    origin = list(sown.keys)[1]
    person = None if viewer == "public" else viewer
    with front(sown.depositary, demonstration=True) as client:
        for path in (
            "",
            "text",
            "timeline",
            "sessions",
            "undertakings",
            "powers",
            "record",
            "room",
            "copy",
            "status",
        ):
            ask = Ask(f"{path}?as={viewer}")
            for where, said in answers(client, origin, ask, {}):
                over = canaries_in(said) - sown.readable(origin, person)
                assert not over, f"{where}: {told(sown, {}, over)}"


# --- the looking itself


def in_base64(text: bytes) -> bytes:
    return base64.b64encode(text)


@pytest.mark.parametrize(
    "dressed",
    [
        bytes, lambda text: text.upper(), in_base64, lambda text: in_base64(b"x" + text + b"x"),
        lambda text: in_base64(b"xx" + text), lambda text: base64.urlsafe_b64encode(b"\xff\xfe" + text + b"\xff"),
        lambda text: b'"' + in_base64(in_base64(b"?" + text)) + b'"', lambda text: text.hex().encode(),
        lambda text: text.hex().upper().encode(), gzip.compress, zlib.compress,
        lambda text: gzip.compress(in_base64(text)),
        lambda text: text.decode().encode("utf-16"), lambda text: b"".join(b"%%%02X" % sign for sign in text),
        lambda text: b"".join(b"&#%d;" % sign for sign in text),
        lambda text: b"".join(b"\\u%04x" % sign for sign in text),
        lambda text: json.dumps({"a": text.decode()}).encode(), lambda text: text[:9] + b"\r\n " + text[9:],
        lambda text: text[:9] + b"</ins><del>" + text[9:],
    ],
)  # fmt: skip
def test_a_canary_is_found_in_every_dress(dressed: Callable[[bytes], bytes]) -> None:
    one = canary("dress")
    assert canaries_in(b"before " + dressed(one.encode()) if dressed is bytes else dressed(one.encode())) == {
        one
    }
