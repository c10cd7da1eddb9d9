"""`detente fsck`: a sound database is said to be, and a changed one is named with what was changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.speaking import refused, run, say


def change(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "record.sqlite")) as connection:
        connection.executescript(statement)


def test_a_sound_record_is_said_to_be(data: Path, origins: tuple[str, ...]) -> None:
    answer = run("fsck", "--data", data)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [f"{what}: nothing wrong" for what in ("The database", *origins)]


def test_so_is_a_database_that_is_named(data: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{data / 'record.sqlite'}"
    assert say("fsck", "--database", url, "--host-key", data / "host.key").code == 0


def test_a_sample_is_said_to_be_one_and_draws_from_all(data: Path, origins: tuple[str, ...]) -> None:
    drawn = set()
    for _turn in range(40):
        answer = say("fsck", "--data", data, "--sample", "1")
        first, one = answer.out.splitlines()
        assert first == f"Checked here: 1 of {len(origins)} processes, drawn at random."
        drawn.add(one.removesuffix(": nothing wrong"))
    assert drawn == set(origins)
    assert len(say("fsck", "--data", data, "--sample", "99").out.splitlines()) == 1 + len(origins)


BYTE = "CAST(substr({0}, 1, 300) || x'7e' || substr({0}, 302) AS BLOB)"
MAIN = "log = (SELECT position FROM log WHERE origin = '{origin}')"
CHANGES = {
    "a byte of an act": (f"UPDATE entry SET entry = {BYTE.format('entry')} WHERE idx = 5 AND {MAIN}", "Entry 5", "fsck."),
    "a leaf": (f"UPDATE entry SET leaf = zeroblob(32) WHERE idx = 6 AND {MAIN}", "entry 6", "fsck.leaf"),
    "an act left out": (f"DELETE FROM entry WHERE idx = 7 AND {MAIN}", "Entry 7 of ", "fsck.entry_missing"),
    "the size": ("UPDATE log SET size = size - 1 WHERE origin = '{origin}'", "beyond", "fsck.entry_beyond"),
    "the edge": ("UPDATE log SET edge = zeroblob(length(edge)) WHERE origin = '{origin}'", "{origin}", "fsck."),
    "the checkpoint": ("UPDATE log SET checkpoint = x'00' WHERE origin = '{origin}'", "{origin}", "fsck."),
    "a disclosure": (
        f"UPDATE disclosure SET disclosure = 'WyJ4IiwieSIsInoiXQ' WHERE idx = 0 AND {MAIN}", "ntry 0", "fsck."
    ),
    "whose act it is said to be": (f"UPDATE entry SET kind = 'sign' WHERE idx = 3 AND {MAIN}", "ntry 3", "fsck."),
    "whose name it is under": (
        f"UPDATE entry SET author = 'A' WHERE kind = 'assent' AND author = 'B' AND {MAIN}", "another author",
        "fsck.author",
    ),
    "whose name an act of a chamber is under": (
        f"UPDATE entry SET author = 'M' WHERE idx = 0 AND {MAIN.format(origin='{origin}/side-A')}",
        "{origin}/side-A: Entry 0 is listed under another author", "fsck.author",
    ),
    "the tables": ("DROP TABLE entry", "no such table", "store.unusable"),
    "a log left out": ("DELETE FROM log WHERE origin = '{origin}/side-A'", "", "fsck."),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_behind_the_door_is_found_and_named(data: Path, origins: tuple[str, ...], what: str) -> None:
    statement, words, code = CHANGES[what]
    change(data, f"PRAGMA foreign_keys = OFF; {statement.format(origin=origins[1])}")
    answer = run("fsck", "--data", data)
    assert answer.code == (2 if what == "the tables" else 1)
    said = answer.out + answer.err
    assert code in said and words.format(origin=origins[1]) in said
    if what != "the tables":
        assert f"{origins[0]}: nothing wrong" in answer.out and f"{origins[2]}: nothing wrong" in answer.out


@pytest.mark.parametrize("verb", ["status", "export"])
def test_a_verb_that_meets_damage_says_so_in_words(
    data: Path, origins: tuple[str, ...], tmp_path: Path, verb: str
) -> None:
    change(
        data,
        f"PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE idx = 7 AND {MAIN.format(origin=origins[1])}",
    )
    file = [str(tmp_path / "copy")] if verb == "export" else []
    answer = run(verb, origins[1], *file, "--data", data)
    assert answer.code == 1 and "detente fsck" in answer.err
    change(data, "DROP TABLE entry")
    assert "no such table" in refused(run(verb, origins[0], *file, "--data", data), "store.unusable")


@pytest.mark.parametrize("damage", ["page", "beginning", "half"])
def test_a_damaged_file_is_refused_in_words(data: Path, origins: tuple[str, ...], damage: str) -> None:
    file = data / "record.sqlite"
    raw = bytearray(file.read_bytes())
    if damage == "page":
        raw[len(raw) // 2 : len(raw) // 2 + 8192] = b"\xaa" * 8192
    elif damage == "beginning":
        raw[:100] = b"\xaa" * 100
    else:
        raw = raw[: len(raw) // 2]
    file.write_bytes(raw)
    found = run("fsck", "--data", data)
    said = found.out + found.err
    assert found.code in (1, 2) and ("malformed" in said or "damaged" in said or "cannot be opened" in said)
    shown = run("status", origins[1], "--data", data)  # what it needs may stand on pages that are whole
    assert (shown.code, bool(shown.out), bool(shown.err)) in (
        (0, True, False),
        (1, False, True),
        (2, False, True),
    )


def test_nothing_is_made_for_a_database_that_is_not_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.sqlite'}"
    refused(say("fsck", "--database", url, "--host-key", tmp_path / "host.key"), "host.no_data")
    assert list(tmp_path.iterdir()) == []
