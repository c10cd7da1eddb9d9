"""Hash tiles and checkpoint as static files: in a directory, and in a store that speaks S3 and checks signatures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from detente.acts.time import log_verifier
from detente.codec.refusal import Refused
from detente.depositary.publishing import Publishing, publish_tiles
from detente.store.static_files import IMMUTABLE, NEVER_CACHED, StaticFiles
from detente.tlog.checkpoint import Checkpoint, open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.merkle import check_inclusion, prove_inclusion
from detente.tlog.signed_note import format_vkey
from detente.tlog.tile import ExpandedTile, hashes_in_tile, parse_tile, read_tiles, tile_path
from tests.depositary.talks import NOW, Talks, cosigner_named, open_host
from tests.store.s3_server import BUCKET, ObjectServer, object_server


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene().seat("A", "B")
    yield talks
    talks.depositary.close()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectServer]:
    with object_server() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def speak(talks: Talks, times: int) -> None:
    for turn in range(times):
        talks.do(
            "M",
            "minute",
            {"text": f"Words, {turn}."},
            speaker="A",
            sense="statement",
            said_at="2025-10-28T02:30:00Z",
        )


def read(talks: Talks, folder: Path) -> Checkpoint:
    """What a stranger finds: the checkpoint, and under it every entry of the log proved from the files alone."""
    verifier = log_verifier(talks.origin, talks.log_key)
    checkpoint = open_checkpoint((folder / talks.id / "checkpoint").read_bytes(), verifier).checkpoint

    def load(level: int, index: int) -> ExpandedTile:
        path = tile_path(level, index, hashes_in_tile(level, index, checkpoint.size))
        return ExpandedTile(parse_tile((folder / talks.id / path).read_bytes()))

    nodes = read_tiles(load)
    for index, (_entry, leaf) in enumerate(
        talks.depositary.store.bare_entries(talks.origin, 0, checkpoint.size)
    ):
        proof = prove_inclusion(index, checkpoint.size, nodes)
        check_inclusion(leaf, index, checkpoint.size, proof, checkpoint.root)
    return checkpoint


def test_a_stranger_proves_every_act_from_a_directory(talks: Talks, tmp_path: Path) -> None:
    place = tmp_path / "tiles"
    speak(talks, 260)
    first = publish_tiles(talks.depositary, talks.origin, StaticFiles(str(place)))
    assert first.size == talks.size == read(talks, place).size
    assert publish_tiles(talks.depositary, talks.origin, StaticFiles(str(place))).written == 0
    speak(talks, 3)
    grown = publish_tiles(talks.depositary, talks.origin, StaticFiles(str(place)))
    assert grown.size == read(talks, place).size == first.size + 3
    assert grown.written == 2, "the last tile of the lowest level has grown, and the checkpoint; nothing else"


def test_no_words_are_published(talks: Talks, tmp_path: Path) -> None:
    speak(talks, 1)
    publish_tiles(talks.depositary, talks.origin, StaticFiles(str(tmp_path / "tiles")))
    files = [path for path in (tmp_path / "tiles").rglob("*") if path.is_file()]
    assert files and not any(b"Words" in path.read_bytes() or "entries" in path.parts for path in files)


def test_a_bucket_holds_the_same_files_and_the_checkpoint_comes_last(
    talks: Talks, tmp_path: Path, bucket: ObjectServer
) -> None:
    speak(talks, 260)
    publish_tiles(talks.depositary, talks.origin, StaticFiles(f"s3://{BUCKET}/records"))
    publish_tiles(talks.depositary, talks.origin, StaticFiles(str(tmp_path / "tiles")))
    on_disk = {
        f"records/{path.relative_to(tmp_path / 'tiles')}": path.read_bytes()
        for path in (tmp_path / "tiles").rglob("*")
        if path.is_file()
    }
    assert {name: raw for name, (raw, _caching) in bucket.objects.items()} == on_disk
    assert bucket.order[-1] == f"records/{talks.id}/checkpoint"
    caching = {name: caching for name, (_raw, caching) in bucket.objects.items()}
    assert caching.pop(f"records/{talks.id}/checkpoint") == NEVER_CACHED
    assert set(caching.values()) == {IMMUTABLE}


def test_a_bucket_that_refuses_is_said_and_nothing_leads_astray(talks: Talks, bucket: ObjectServer) -> None:
    bucket.refuses = True
    with pytest.raises(Refused, match="cannot be reached") as refused:
        publish_tiles(talks.depositary, talks.origin, StaticFiles(f"s3://{BUCKET}"))
    assert refused.value.refusals[0].code == "static.unreachable"
    assert not bucket.objects


def test_what_another_process_has_published_meanwhile_is_not_taken_back(talks: Talks, tmp_path: Path) -> None:
    place = str(tmp_path / "tiles")

    class Overtaken(StaticFiles):
        def read(self, path: str) -> bytes | None:
            speak(talks, 1)
            publish_tiles(talks.depositary, talks.origin, StaticFiles(place))
            return super().read(path)

    published = publish_tiles(talks.depositary, talks.origin, Overtaken(place))
    assert (published.size, published.written) == (talks.size, 0)
    assert read(talks, tmp_path / "tiles").size == talks.size


def test_the_line_of_a_cosigner_named_later_is_published_when_it_comes(talks: Talks, tmp_path: Path) -> None:
    harbour = cosigner_named("harbour.example")
    talks.do("M", "name_cosigner", vkey=format_vkey(harbour.key))
    publishing = Publishing(talks.depositary, StaticFiles(str(tmp_path)))
    publishing.look(NOW)
    talks.cosign(NOW, names=["harbour.example"])
    publishing.look(NOW)
    opened = open_checkpoint(
        (tmp_path / talks.id / "checkpoint").read_bytes(),
        log_verifier(talks.origin, talks.log_key),
        [CosignatureVerifier(harbour.key)],
    )
    assert [line.name for line in opened.witnesses] == ["harbour.example"]


def test_a_process_that_is_closed_to_the_public_is_not_published(tmp_path: Path) -> None:
    talks = Talks(open_host(), open_to="members").convene().seat("A", "B")
    with pytest.raises(Refused) as refused:
        publish_tiles(talks.depositary, talks.origin, StaticFiles(str(tmp_path / "tiles")))
    assert refused.value.refusals[0].code == "publish.closed"
    assert not [path for path in (tmp_path / "tiles").rglob("*") if path.is_file()]
    Publishing(talks.depositary, StaticFiles(str(tmp_path / "tiles"))).look(0)


def test_what_else_stands_there_is_left_alone(talks: Talks, tmp_path: Path) -> None:
    checkpoint = tmp_path / "tiles" / talks.id / "checkpoint"
    checkpoint.parent.mkdir(parents=True)
    checkpoint.write_bytes(b"somebody's notes")
    with pytest.raises(Refused) as refused:
        publish_tiles(talks.depositary, talks.origin, StaticFiles(str(tmp_path / "tiles")))
    assert refused.value.refusals[0].code == "publish.other"
    assert checkpoint.read_bytes() == b"somebody's notes"


def test_a_host_restored_from_an_old_backup_hears_of_it_from_what_it_published(
    talks: Talks, tmp_path: Path
) -> None:
    place = StaticFiles(str(tmp_path / "tiles"))
    talks.depositary.store.close()
    shutil.copy(tmp_path / "record.sqlite", tmp_path / "old.sqlite")
    talks.depositary = open_host(tmp_path / "record.sqlite")
    speak(talks, 5)
    Publishing(talks.depositary, place).look(0)
    ahead = read(talks, tmp_path / "tiles").size
    talks.depositary.close()
    talks.depositary = open_host(tmp_path / "old.sqlite")
    for refused_act in (
        partial(Publishing(talks.depositary, place).look, 0),
        partial(speak, talks, 1),
    ):
        with pytest.raises(Refused) as refused:
            refused_act()
        assert refused.value.refusals[0].code == "host.stopped"
    assert (
        open_checkpoint(
            (tmp_path / "tiles" / talks.id / "checkpoint").read_bytes(),
            log_verifier(talks.origin, talks.log_key),
        ).checkpoint.size
        == ahead
    )
