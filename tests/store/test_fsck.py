"""A sound database has no findings; each way of damaging it by hand has its own."""

from __future__ import annotations

import shutil
import sqlite3
import tracemalloc
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from detente.keys.generate import SigningKey
from detente.signing.disclosure import digest_of
from detente.signing.envelope import parse_envelope
from detente.signing.signer import sign_act
from detente.store.fsck import Finding, check_database, check_store
from detente.store.memory import MemoryStore
from detente.store.port import Append, Cosignature, Entry, Head, Store
from detente.store.sqlite import SqliteStore
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.merkle import Edge, leaf_hash
from detente.tlog.signed_note import Note, NoteSigner, NoteVerifier, format_note
from tests.store.growing import CHAMBER, ORIGIN, append_after, entries_of

SIZE = 600
AUTHOR = SigningKey.from_seed(bytes(range(32)))
KEYS = {origin: NoteSigner.from_seed(origin, bytes([7]) * 32) for origin in (ORIGIN, CHAMBER)}
STRANGER = NoteSigner.from_seed(ORIGIN, bytes([8]) * 32)


def act_of(origin: str, number: int) -> Entry:
    payload = {"v": 1, "proc": origin, "act": "minute", "iat": number, "seq": number}
    envelope = parse_envelope(sign_act(AUTHOR, payload, {"title": f"minute {number}"}, ("title", "place")))
    leaf = leaf_hash(envelope.entry)
    return Entry(envelope.entry, leaf, envelope.submission, "minute", "A", number, envelope.disclosures)


def note_of(leaves: Sequence[bytes], origin: str = ORIGIN, signer: NoteSigner | None = None) -> bytes:
    text = format_checkpoint(Checkpoint(origin, len(leaves), Edge.empty().extend(leaves).root()))
    return format_note(Note(text, ((signer or KEYS[origin]).sign(text),)))


def append_of(origin: str, entries: Sequence[Entry]) -> Append:
    leaves = [entry.leaf for entry in entries]
    edge = Edge.empty().extend(leaves)
    return Append(0, tuple(entries), Head(origin, edge.size, edge.hashes, note_of(leaves, origin)))


ACTS = [act_of(ORIGIN, number) for number in range(SIZE)]
LEAVES = [act.leaf for act in ACTS]
APPENDS = [append_of(ORIGIN, ACTS), append_of(CHAMBER, [act_of(CHAMBER, number) for number in range(3)])]


def fill(store: Store) -> None:
    store.append(APPENDS)
    store.keep_cosigned(ORIGIN, 500, note_of(LEAVES[:500]))
    note = note_of(LEAVES[:400])
    store.keep_cosigned(ORIGIN, 400, note, [Cosignature("harbour.example", 400, 1, note)])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "record.sqlite"
    with closing(SqliteStore(path)) as store:
        fill(store)
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "record.sqlite"))


def damage(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement, values in statements:
            assert connection.execute(statement, values).rowcount > 0, statement


def findings(path: Path, origin: str = ORIGIN, signed: bool = True) -> list[Finding]:
    with closing(SqliteStore(path)) as store:
        verifier = NoteVerifier(KEYS[origin].key) if signed else None
        return [*check_database(store), *check_store(store, origin, verifier)]


def codes(path: Path, origin: str = ORIGIN, signed: bool = True) -> set[tuple[str, int | None]]:
    found = findings(path, origin, signed)
    assert all(finding.sentence.endswith(".") for finding in found)
    return {(finding.code, finding.index) for finding in found}


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("origin", [ORIGIN, CHAMBER])
def test_a_sound_database_has_no_findings(path: Path, origin: str, signed: bool) -> None:
    assert findings(path, origin, signed) == []


def test_a_sound_store_in_memory_has_no_findings() -> None:
    store = MemoryStore()
    fill(store)
    assert [*check_database(store), *check_store(store, ORIGIN), *check_store(store, CHAMBER)] == []


def test_an_unknown_log_is_a_finding(path: Path) -> None:
    assert [finding.code for finding in check_store(MemoryStore(), ORIGIN)] == ["fsck.no_log"]


def test_erased_disclosures_are_no_finding(path: Path) -> None:
    damage(path, ("DELETE FROM disclosure WHERE idx > 100", ()))
    assert codes(path) == set()


def test_an_act_listed_under_another_author_is_found_by_the_registry(path: Path) -> None:
    def authors(holders: dict[str, str] | None) -> list[tuple[str, int | None]]:
        with closing(SqliteStore(path)) as store:
            return [(f.code, f.index) for f in check_store(store, ORIGIN, holders=holders)]

    assert authors({AUTHOR.key_id: "A"}) == []
    damage(path, ("UPDATE entry SET author = 'B' WHERE log = 1 AND idx = 3", ()))
    assert authors({AUTHOR.key_id: "A"}) == [("fsck.author", 3)]
    assert authors(None) == []
    assert len(authors({})) == SIZE, "nobody holds the key of any"


OTHER = digest_of(ACTS[9].disclosures[0])
DAMAGES: dict[str, tuple[str, tuple[object, ...], set[tuple[str, int | None]]]] = {
    "a leaf": ("UPDATE entry SET leaf = ? WHERE log = 1 AND idx = 7", (bytes(32),), {("fsck.leaf", 7)}),
    "an entry, within a full tile": (
        "UPDATE entry SET entry = ? WHERE log = 1 AND idx = 7",
        (ACTS[7].entry[:-1] + bytes([ACTS[7].entry[-1] ^ 1]),),
        {
            ("fsck.leaf", 7),
            ("fsck.entry", 7),
            ("fsck.edge", None),
            ("fsck.checkpoint", None),
            ("fsck.cosigned", None),
            ("fsck.tile", 0),
            ("fsck.tile_root", 0),
        },
    ),
    "an entry and its leaf, by another act": (
        "UPDATE entry SET entry = ?, leaf = ?, submission = ? WHERE log = 1 AND idx = 599",
        (ACTS[598].entry, ACTS[598].leaf, ACTS[598].submission),
        {("fsck.filter", 599), ("fsck.disclosure", 599), ("fsck.edge", None), ("fsck.checkpoint", None)},
    ),
    "an act of another log": (
        "UPDATE entry SET log = 1, idx = 600 WHERE log = 2 AND idx = 2",
        (),
        {("fsck.entry_beyond", 600), ("fsck.reference", None)},
    ),
    "an entry amid": (
        "DELETE FROM entry WHERE log = 1 AND idx = 300",
        (),
        {("fsck.entry_missing", 300), ("fsck.reference", None)},
    ),
    "the last entries": (
        "DELETE FROM entry WHERE log = 1 AND idx >= 500",
        (),
        {*(("fsck.entry_missing", index) for index in range(500, 512)), ("fsck.entry_missing", 512)}
        | {("fsck.reference", None)},
    ),
    "the submission's id": (
        "UPDATE entry SET submission = ? WHERE log = 1 AND idx = 3",
        ("x",),
        {("fsck.submission", 3)},
    ),
    "the kind": ("UPDATE entry SET kind = 'assent' WHERE log = 1 AND idx = 3", (), {("fsck.filter", 3)}),
    "the time": ("UPDATE entry SET at = 4 WHERE log = 1 AND idx = 3", (), {("fsck.filter", 3)}),
    "the edge": (
        "UPDATE log SET edge = zeroblob(length(edge)) WHERE position = 1",
        (),
        {("fsck.edge", None)},
    ),
    "the size, too large": (
        "UPDATE log SET size = 1000000000000 WHERE position = 1",
        (),
        {*(("fsck.entry_missing", index) for index in range(600, 768)), ("fsck.entry_missing", 768)},
    ),
    "the size, too small": (
        "UPDATE log SET size = 512 WHERE position = 1",
        (),
        {("fsck.entry_beyond", 512), ("fsck.edge", None), ("fsck.checkpoint", None)},
    ),
    "the checkpoint, of an earlier size": (
        "UPDATE log SET checkpoint = ? WHERE position = 1",
        (note_of(LEAVES[:599]),),
        {("fsck.checkpoint", None)},
    ),
    "the checkpoint, of another log": (
        "UPDATE log SET checkpoint = ? WHERE position = 1",
        (note_of(LEAVES, CHAMBER),),
        {("fsck.checkpoint", None)},
    ),
    "the checkpoint, with another root": (
        "UPDATE log SET checkpoint = ? WHERE position = 1",
        (note_of(LEAVES[::-1]),),
        {("fsck.checkpoint", None)},
    ),
    "the checkpoint, by another key": (
        "UPDATE log SET checkpoint = ? WHERE position = 1",
        (note_of(LEAVES, signer=STRANGER),),
        {("fsck.checkpoint", None)},
    ),
    "the checkpoint, no note": (
        "UPDATE log SET checkpoint = ? WHERE position = 1",
        (b"note",),
        {("fsck.checkpoint", None)},
    ),
    "the cosigned checkpoint": (
        "UPDATE cosigned SET note = ? WHERE log = 1",
        (note_of(LEAVES[1:500]),),
        {("fsck.cosigned", None)},
    ),
    "what one cosigner signed": (
        "UPDATE cosignature SET note = ? WHERE log = 1",
        (note_of(LEAVES[1:400]),),
        {("fsck.cosigned", None)},
    ),
    "the cosigned checkpoint, ahead": (
        "UPDATE cosigned SET note = ? WHERE log = 1",
        (note_of([*LEAVES, bytes(32)]),),
        {("fsck.cosigned", None)},
    ),
    "a tile": (
        "UPDATE tile SET hashes = zeroblob(8192) WHERE log = 1 AND level = 0 AND idx = 1",
        (),
        {("fsck.tile", 256)},
    ),
    "a tile's root": (
        "UPDATE tile SET root = zeroblob(32) WHERE log = 1 AND level = 0 AND idx = 1",
        (),
        {("fsck.tile_root", 0)},
    ),
    "a missing tile": (
        "DELETE FROM tile WHERE log = 1 AND level = 0 AND idx = 1",
        (),
        {("fsck.tile", 256), ("fsck.tile_root", 0)},
    ),
    "a tile that is not full": (
        "INSERT INTO tile SELECT log, level, 2, hashes, root FROM tile WHERE log = 1 AND level = 0 AND idx = 1",
        (),
        {("fsck.tile_beyond", 512)},
    ),
    "a disclosure": (
        "UPDATE disclosure SET disclosure = 'é' || disclosure WHERE log = 1 AND idx = 5",
        (),
        {("fsck.disclosure", 5), ("fsck.digest", 5)},
    ),
    "a disclosure, by another act's": (
        "UPDATE disclosure SET disclosure = ?, digest = ? WHERE log = 1 AND idx = 5",
        (ACTS[9].disclosures[0], OTHER),
        {("fsck.disclosure", 5)},
    ),
    "a disclosure kept twice": (
        "INSERT INTO disclosure SELECT log, idx, 9, digest, disclosure FROM disclosure WHERE log = 1 AND idx = 5",
        (),
        {("fsck.disclosure", 5)},
    ),
    "a disclosure's digest": (
        "UPDATE disclosure SET digest = ? WHERE log = 1 AND idx = 5",
        (OTHER,),
        {("fsck.digest", 5)},
    ),
    "a disclosure of no entry": (
        "UPDATE disclosure SET idx = 700 WHERE log = 1 AND idx = 5",
        (),
        {("fsck.reference", None)},
    ),
    "a value against the table's rule": (
        "UPDATE tile SET root = zeroblob(31) WHERE log = 1 AND level = 0 AND idx = 1",
        (),
        {("fsck.file", None), ("fsck.tile_root", 0)},
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(path: Path, name: str) -> None:
    statement, values, expected = DAMAGES[name]
    damage(path, (statement, values))
    assert codes(path) == expected


def test_an_act_of_another_log_is_found_where_it_stands(path: Path) -> None:
    stray = act_of(CHAMBER, 599)
    statement = "UPDATE entry SET entry = ?, leaf = ?, submission = ? WHERE log = 1 AND idx = 599"
    damage(path, (statement, (stray.entry, stray.leaf, stray.submission)))
    assert ("fsck.foreign_entry", 599) in codes(path)


def test_another_signature_is_found_only_by_who_has_the_logs_key(path: Path) -> None:
    damage(path, ("UPDATE log SET checkpoint = ? WHERE position = 1", (note_of(LEAVES, signer=STRANGER),)))
    assert codes(path, signed=False) == set()
    assert codes(path, signed=True) == {("fsck.checkpoint", None)}


def test_damage_in_one_log_is_no_finding_in_another(path: Path) -> None:
    damage(path, ("UPDATE entry SET leaf = ? WHERE log = 1 AND idx = 7", (bytes(32),)))
    assert codes(path, CHAMBER) == set()


def test_damaged_pages_are_findings_and_no_crash(path: Path) -> None:
    """Every tenth page but the first overwritten: pages of tables and of indexes."""
    raw = bytearray(path.read_bytes())
    for at in range(4096 * 9, len(raw), 4096 * 10):
        raw[at : at + 4096] = b"\xff" * 4096
    path.write_bytes(raw)
    found = {code for code, _ in codes(path)}
    assert found & {"fsck.file", "fsck.unreadable"}


def test_a_log_may_be_larger_than_memory(tmp_path: Path) -> None:
    """What is kept of the entries while they are checked does not grow with their number."""
    peaks = []
    with closing(SqliteStore(tmp_path / "large.sqlite")) as store:
        entries: list[Entry] = []
        for _ in range(2):
            more = entries_of(len(entries), len(entries) * 4 or 3000)
            store.append([append_after(entries, more)])
            entries += more
            tracemalloc.start()
            for _finding in check_store(store, ORIGIN):  # they are no acts: each entry has one
                pass
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.25
