"""The log as files: what is served rebuilds the tree, is kept as long as it may be, and goes to whom it may."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.acts.time import log_verifier
from detente.tlog.checkpoint import Checkpoint, open_checkpoint
from detente.tlog.merkle import Edge, leaf_hash
from detente.tlog.tile import (
    TILE_WIDTH,
    TileName,
    entry_bundle_path,
    parse_entry_bundle,
    parse_tile,
    tile_path,
    tiles_of,
)
from detente.web import static_files
from tests.depositary.talks import NOW, WITNESSES, Talks, key_named, open_host
from tests.web.chained import statements
from tests.web.hosting import PAGE, address, as_person, bearer, codes_of, front


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talks]:
    """Talks of more acts than one tile holds, with one in a chamber, cosigned."""
    folder = tmp_path_factory.mktemp("long")
    talks = Talks(open_host(folder / "record.sqlite"), cosigners=WITNESSES, quorum=2).convene().seat()
    talks.depositary.receive_acts(statements(talks, "A", TILE_WIDTH + 20))
    talks.do("A", "note", {"text": "caucus"}, chamber="side-A")
    talks.cosign(NOW + 1, NOW + 2)
    yield talks
    talks.depositary.close()


@pytest.fixture
def files(long: Talks) -> Iterator[Any]:
    with front(long.depositary) as client:
        yield client


def checkpoint_of(client: Any, talks: Talks, chamber: str = "", person: str | None = None) -> Checkpoint:
    path, origin = f"log/{chamber}/" if chamber else "log/", talks.origin
    answer = client.get(address(talks, f"{path}checkpoint"), headers=as_person(talks, person))
    assert answer.status_code == 200
    named = f"{origin}/{chamber}" if chamber else origin
    return open_checkpoint(answer.content, log_verifier(named, talks.log_key)).checkpoint


def fetched(client: Any, talks: Talks, path: str, person: str | None = None) -> bytes:
    answer = client.get(address(talks, f"log/{path}"), headers=as_person(talks, person))
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "application/octet-stream"
    content: bytes = answer.content
    return content


def root_of(leaves: list[bytes]) -> bytes:
    edge = Edge.empty()
    for leaf in leaves:
        edge = edge.append(leaf)
    return edge.root()


def level(size: int, wanted: int | None) -> list[TileName]:
    return [name for name in tiles_of(size) if name.level == wanted]


def test_the_entries_that_a_member_is_served_have_the_root_that_is_signed(long: Talks, files: Any) -> None:
    signed = checkpoint_of(files, long)
    assert signed.size == long.size > TILE_WIDTH
    leaves: list[bytes] = []
    for name in level(signed.size, 0):
        bundle = fetched(files, long, entry_bundle_path(name.index, name.width), "B")
        leaves += map(leaf_hash, parse_entry_bundle(bundle))
    assert len(leaves) == signed.size
    assert root_of(leaves) == signed.root


def test_the_hash_tiles_have_the_root_that_is_signed_and_need_no_token(long: Talks, files: Any) -> None:
    signed = checkpoint_of(files, long)
    below = {
        name.index: parse_tile(fetched(files, long, tile_path(0, name.index, name.width)))
        for name in level(signed.size, 0)
    }
    assert root_of([node for index in sorted(below) for node in below[index]]) == signed.root
    for name in level(signed.size, 1):
        above = parse_tile(fetched(files, long, tile_path(1, name.index, name.width)))
        assert above == tuple(root_of(list(below[i])) for i in range(name.width))


def test_the_checkpoint_carries_its_cosignatures(long: Talks, files: Any) -> None:
    note = files.get(address(long, "log/checkpoint"))
    assert all(name in note.text for name in WITNESSES[:2])
    assert note.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_chamber_is_rebuilt_by_those_who_belong_to_it(long: Talks, files: Any) -> None:
    signed = checkpoint_of(files, long, "side-A", "PA")
    (entry,) = parse_entry_bundle(fetched(files, long, "side-A/tile/entries/000.p/1", "PA"))
    assert (signed.size, signed.root) == (1, root_of([leaf_hash(entry)]))


# --- how long they may be kept


def kept(client: Any, talks: Talks, path: str, person: str | None = None) -> str:
    answer = client.get(address(talks, f"log/{path}"), headers=as_person(talks, person))
    assert answer.status_code == 200
    return str(answer.headers["cache-control"])


def test_a_full_tile_is_kept_for_ever_and_nothing_else_is(long: Talks, files: Any) -> None:
    assert kept(files, long, "tile/0/000") == "public, max-age=31536000, immutable"
    assert kept(files, long, "tile/0/001.p/7") == "no-cache"
    assert kept(files, long, "tile/1/000.p/1") == "no-cache"
    assert kept(files, long, "checkpoint") == "no-cache"


@pytest.mark.parametrize(
    "path", ["tile/0/0", "tile/64/000", "tile/0/000.p/0", "tile/0/000.p/257", "tile/entries/x"]
)
def test_a_path_that_names_no_tile_is_answered_with_what_would(long: Talks, files: Any, path: str) -> None:
    answer = files.get(address(long, f"log/{path}"))
    assert (answer.status_code, codes_of(answer)) == (404, ["tile.path"])
    (error,) = answer.json()["errors"]
    assert "tile/0/000" in error["instead"]


@pytest.mark.parametrize(
    "path", ["tile/entries/000", "tile/entries/001.p/3", "side-A/checkpoint", "side-A/tile/0/000.p/1"]
)
def test_what_is_for_members_is_kept_by_no_cache(long: Talks, files: Any, path: str) -> None:
    assert kept(files, long, path, "A") == "private, no-store"


def test_no_cache_keeps_anything_of_a_process_that_is_closed_to_the_public(
    closed: Talks, client: Any
) -> None:
    for path in ("checkpoint", f"tile/0/000.p/{closed.size}", f"tile/entries/000.p/{closed.size}"):
        assert kept(client, closed, path, "B") == "private, no-store"


# --- to whom they go


FOR_MEMBERS = (
    "log/tile/entries/000", "log/side-A/checkpoint", "log/side-A/tile/0/000.p/1", "log/side-A/tile/entries/000.p/1",
    "log/mediators-A/checkpoint",
)  # fmt: skip


@pytest.mark.parametrize("path", FOR_MEMBERS)
def test_entries_and_chambers_are_for_members_only(long: Talks, files: Any, path: str) -> None:
    public = files.get(address(long, path))
    assert (public.status_code, codes_of(public)) == (403, ["log.members_only"])
    assert files.get(address(long, path), headers=as_person(long, "A")).status_code == 200


@pytest.mark.parametrize("chamber", ["side-A", "mediators", "mediators-A"])
def test_a_chamber_is_closed_to_the_other_side(long: Talks, files: Any, chamber: str) -> None:
    for path in (f"log/{chamber}/checkpoint", f"log/{chamber}/tile/entries/000.p/1"):
        answer = files.get(address(long, path), headers=as_person(long, "B"))
        assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])


@pytest.mark.parametrize("person", [None, "A", "M"])
def test_a_chamber_that_is_not_there_is_answered_like_one_that_is_closed(
    long: Talks, files: Any, person: str | None
) -> None:
    headers = as_person(long, person)
    closed = files.get(address(long, "log/side-B/checkpoint"), headers=headers)
    for chamber in ("side-Z", "mediators-Z", "nowhere", "-A", "A"):
        missing = files.get(address(long, f"log/{chamber}/checkpoint"), headers=headers)
        assert (missing.status_code, missing.content) == (closed.status_code, closed.content)
        tile = files.get(address(long, f"log/{chamber}/tile/0/000.p/1"), headers=headers)
        assert (tile.status_code, tile.content) == (closed.status_code, closed.content)


def test_whoever_has_left_is_no_member(talks: Talks, client: Any) -> None:
    path = address(talks, "log/tile/entries/000.p/1")
    assert client.get(path, headers=as_person(talks, "B")).status_code == 200
    talks.do("M", "leave", person="B")
    answer = client.get(path, headers=as_person(talks, "B"))
    assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])


# --- tokens


def refused_token(client: Any, talks: Talks, headers: dict[str, str]) -> str:
    answer = client.get(address(talks, "log/tile/entries/000.p/1"), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Detente"
    (code,) = codes_of(answer)
    return code


def test_a_token_that_does_not_hold_opens_nothing(talks: Talks, client: Any) -> None:
    now = int(time.time())
    other = Talks(talks.depositary, label="others").convene().seat()
    own, key = talks.origin, talks.keys["A"]
    assert refused_token(client, talks, bearer(key, other.origin)) == "token.process"
    assert refused_token(client, talks, bearer(key, f"{own}/side-A")) == "token.process"
    assert refused_token(client, talks, bearer(key, own, now=now - 1000)) == "token.expired"
    assert refused_token(client, talks, bearer(key, own, now=now + 1000)) == "token.expired"
    assert refused_token(client, talks, bearer(key, own, life=100_000)) == "token.expired"
    assert refused_token(client, talks, bearer(key_named("stranger"), own)) == "token.key"


def test_a_token_of_a_revoked_key_opens_nothing(talks: Talks, client: Any) -> None:
    talks.enrol("A", key_named("second"), by="A")
    talks.do("M", "revoke_key", key=talks.keys["A"].key_id)
    assert refused_token(client, talks, as_person(talks, "A")) == "token.key"
    answer = client.get(
        address(talks, "log/tile/entries/000.p/1"), headers=bearer(key_named("second"), talks.origin)
    )
    assert answer.status_code == 200


def test_a_token_whose_signature_does_not_hold_opens_nothing(talks: Talks, client: Any) -> None:
    sound = as_person(talks, "A")["authorization"]
    head, _, signature = sound.rpartition(".")
    for changed in (("A" if signature[0] != "A" else "B") + signature[1:], signature[::-1]):
        assert refused_token(client, talks, {"authorization": f"{head}.{changed}"}) in (
            "token.key", "token.malformed",
        )  # fmt: skip


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "é.é.é", "e30.e30.e30"])
def test_a_token_that_cannot_be_read_opens_nothing(talks: Talks, client: Any, token: str) -> None:
    headers: Any = {"authorization": f"Detente {token}".encode()}
    assert refused_token(client, talks, headers) == "token.malformed"


def test_an_act_is_no_token(talks: Talks, client: Any) -> None:
    act = talks.raw_statement("A").split(b"~")[0].decode()
    assert refused_token(client, talks, {"authorization": f"Detente {act}"}) == "token.malformed"


# --- addresses that are none


NO_TILES = (
    "0/%2e%2e/000", "%2e%2e/%2e%2e/status", "0//000", "/0/000", "00/000", "0/0",
    "0/0000", "0/x000/000", "0/1000", "0/000.p/0", "0/000.p/00", "0/000.p/007", "0/000.p/256", "0/000.p/257",
    "0/000.p/", "0/000/", "64/000", "99/000", "-1/000", "0/-01", "0/000.p/-1", "entries/000.p/999", "entries/x000/000",
    "entries/", "entries", "data/000", "0/٠٠٠", "0/000%00", "0/000%0a", "0/x999/x999/x999/x999/x999/x999/999",
    "0/" + "x999/" * 40 + "999", "0/" + "9" * 5000, "9" * 5000 + "/000", "0/000.p/" + "9" * 5000, "0/002", "1/000",
    "0/001", "0/001.p/255", "2/000.p/1", "63/000.p/1", "entries/001", "entries/x123/456", "%ff/000", "0/000.P/5",
)  # fmt: skip


@pytest.mark.parametrize("path", NO_TILES)
def test_an_address_that_names_no_tile_is_answered_as_one(long: Talks, files: Any, path: str) -> None:
    for person in (None, "A"):
        answer = files.get(address(long, f"log/tile/{path}"), headers=as_person(long, person))
        assert answer.status_code in ((404, 403) if "entries" in path and not person else (404,)), path
        assert codes_of(answer)[0] in ("tile.path", "tile.absent", "http.address", "log.members_only")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
                                  "/static//etc/passwd", "/static/%00", "/static/" + "x" * 5000, "/static/css",
                                  "/static/css/../../app.py", "/static/..%5capp.py"])  # fmt: skip
def test_nothing_but_static_files_is_served_as_one(files: Any, path: str) -> None:
    answer = files.get(path)
    assert (answer.status_code, codes_of(answer)) == (404, ["http.address"])


def test_static_files_are_those_of_the_program(files: Any) -> None:
    import detente.web

    sheet = Path(detente.web.__file__).parent / "static" / "css" / "paper.css"
    answer = files.get("/static/css/paper.css", headers={"range": "bytes=5-2"})
    assert (answer.status_code, answer.content) == (200, sheet.read_bytes())
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    again = files.get("/static/css/paper.css", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")


def test_a_page_names_static_files_by_their_content_and_they_are_fetched_once(files: Any) -> None:
    page = files.get("/", headers=PAGE).text
    linked = re.findall(r'(?:href|src)="(/static[^"]+)"', page)
    assert linked and all(path.startswith(f"{static_files.address()}/") for path in linked)
    for path in linked:
        answer = files.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (
            200,
            "public, max-age=31536000, immutable",
        )


def test_a_page_of_an_older_program_gets_the_files_but_keeps_none(files: Any) -> None:
    answer = files.get("/static-0123456789abcdef/css/paper.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
