"""A process as tables: what is in them, for whom, as what types, and in how much memory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from detente.codec.refusal import Refused
from detente.depositary.reading import Record
from detente.interchange.tables.writing import TABLES
from detente.procedure.disclosure import Viewer
from tests.analysis.incident_files import SCHEMA, incident, written
from tests.interchange.tables.analysing import Tables, played, record

SEALED = """\
process sealed: Words for one side
    zone: Europe/Istanbul
2026-03-02
09:00 M convenes the talks sealed
09:01 M admits A as delegate
    side: A
09:02 M admits B as delegate
    side: B
09:03 M enrols a key for A
09:04 M enrols a key for B
09:10 M opens accord
    basis: analogy
    languages: en authentic, ur authentic
09:20 M issues edition 1 of accord
    text:
        1(1) The Sides shall meet.
          ur: امن
10:00 A reports an incident
    title: CANARY-ford
    category: shelling
    date from: 2026-03-01
    lat: 34.52
    lon: 69.18
    deaths: 2
    readers: A
10:10 B reports an incident
    title: =SUM(1) \\ "quoted"
    category: attack
    date from: 2026-02-27
    actors: a band; another
10:20 A brackets 1(1) of accord
    text: CANARY-words.
    readers: A
"""


def test_words_of_others_have_no_row_in_any_table(tmp_path: Path) -> None:
    depositary, origin = played(tmp_path, SEALED)
    tables = {
        who: Tables(Record(depositary, origin, Viewer(who)), tmp_path / f"of-{who}") for who in ("A", "B")
    }
    assert [len(tables[who].ask("FROM incidents")) for who in ("A", "B")] == [2, 1]
    assert [len(tables[who].ask("FROM alternatives")) for who in ("A", "B")] == [1, 0]
    for who, there in (("A", True), ("B", False)):
        holding = {
            table.name
            for table in TABLES
            for row in tables[who].ask(f"FROM {table.name}")
            if "CANARY" in repr(row)
        }
        assert holding == ({"words", "alternatives"} if there else set())
    # That the acts were done is known to both, and nothing there tells which of them hide something.
    assert tables["A"].ask("FROM acts") == tables["B"].ask("FROM acts")
    assert not {"sd", "aud", "readers"} & {name for table in TABLES for name, _type in table.columns}


HEADINGS = """\
process headings: Headings proposed
2026-03-02
09:00 M convenes the talks headings
09:01 M admits A as delegate
    side: A
09:02 M admits B as delegate
    side: B
09:03 M enrols a key for A
09:04 M enrols a key for B
09:10 M opens accord
    basis: analogy
    languages: en authentic, fr official
09:20 M issues edition 1 of accord
    text:
        Article 1. Peace
        1 The Sides shall meet.
10:20 A brackets 1 of accord
    text: The Sides meet.
    headings:
        en: Meetings
        fr: R\u00e9unions
10:21 B brackets 1 of accord
    headings: none
10:22 B brackets 1 of accord
    omit: yes
"""


def test_headings_stand_beside_words_in_each_language(tmp_path: Path) -> None:
    tables = Tables(record(tmp_path, HEADINGS, "A"), tmp_path / "tables")
    assert tables.ask("SELECT act, language, heading, words FROM alternatives ORDER BY act, language") == [
        (8, "en", "Meetings", "The Sides meet."), (8, "fr", "R\u00e9unions", None), (9, None, "", None),
        (10, None, None, None),
    ]  # fmt: skip


def test_words_types_and_instants(tmp_path: Path) -> None:
    tables = Tables(record(tmp_path, SEALED, "B"), tmp_path / "tables")
    assert tables.ask("SELECT words FROM words WHERE act = 9 AND field = 'title'") == [
        ('=SUM(1) \\ "quoted"',)
    ]
    assert tables.ask("SELECT actors, lat, date_from::VARCHAR FROM incidents") == [
        (["a band", "another"], None, "2026-02-27")
    ]
    assert tables.ask("SELECT number, language, words FROM provisions ORDER BY language") == [
        ("Article 1(1)", "en", "The Sides shall meet."), ("Article 1(1)", "ur", "امن"),
    ]  # fmt: skip
    # 09:00 in Istanbul is 06:00 in UTC.
    assert tables.ask("SELECT stated_at FROM acts WHERE act = 1") == [(datetime(2026, 3, 2, 6, tzinfo=UTC),)]
    file = tmp_path / "tables" / "acts.parquet"
    of_time = duckdb.sql(
        f"SELECT logical_type FROM parquet_schema('{file}') WHERE name = 'stated_at'"
    ).fetchall()
    assert "isAdjustedToUTC=1" in of_time[0][0]


def test_a_batch_is_read_row_by_row(tmp_path: Path) -> None:
    file = written(tmp_path / "batch.parquet", [incident(n, place="=Ford", deaths_best=n) for n in range(3)])
    opened = record(tmp_path, "findings", "A")
    tables = Tables(opened, tmp_path / "none")
    assert tables.rows["incidents"] == 0
    batched = _Batched(opened)
    rows = Tables(batched, tmp_path / "with", {batched.leaf: file}).ask(  # type: ignore[arg-type]
        'SELECT act, "row", place, deaths FROM incidents ORDER BY "row"'
    )
    assert rows == [(3, n, "=Ford", n) for n in range(3)]


def test_what_a_batch_says_in_another_type_is_not_said_and_one_that_is_none_is_refused(
    tmp_path: Path,
) -> None:
    schema = pa.schema([
        (f.name, pa.string() if f.name in ("lat", "deaths_best", "date_from") else f.type) for f in SCHEMA
    ])  # fmt: skip
    words = {"lat": "north", "deaths_best": "many", "date_from": "later"}
    file = written(tmp_path / "batch.parquet", [incident(1) | words], schema)
    batched = _Batched(record(tmp_path, "findings", "A"))
    tables = Tables(batched, tmp_path / "with", {batched.leaf: file})  # type: ignore[arg-type]
    assert tables.ask("SELECT lat, deaths, date_from, place FROM incidents") == [(None, None, None, "Ford")]
    file.write_bytes(b"PAR1 and no more")
    with pytest.raises(Refused) as refused:
        Tables(batched, tmp_path / "none", {batched.leaf: file})  # type: ignore[arg-type]
    assert [r.code for r in refused.value.refusals] == ["incidents.file"]


class _Batched:
    """A record in which the third act reports a batch."""

    leaf = "B" * 43

    def __init__(self, record: Record) -> None:
        from msgspec.structs import replace

        from detente.state.observance import Batch

        visible = record.visible
        batches = visible.state.batches.set(self.leaf, Batch(self.leaf, 2, "A", "A", "F" * 43, 900, 3))
        self._record = record
        self.visible = replace(visible, state=replace(visible.state, batches=batches))

    def __getattr__(self, name: str) -> object:
        return getattr(self._record, name)


@pytest.mark.parametrize("person", ["A", "V"])
def test_the_same_record_gives_the_same_rows(person: str, tmp_path: Path) -> None:
    depositary, origin = played(tmp_path, "matrix")
    first, second = (
        Tables(Record(depositary, origin, Viewer(person)), tmp_path / name) for name in ("first", "second")
    )
    for table in TABLES:
        assert first.ask(f"FROM {table.name}") == second.ask(f"FROM {table.name}")
