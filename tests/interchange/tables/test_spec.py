"""docs/specs/tables.md: its columns are those of the code, in order, and its queries run and find something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.interchange.tables.writing import TABLES
from tests.interchange.tables.analysing import Tables, record

PAGE = (Path(__file__).parents[3] / "docs/specs/tables.md").read_text("utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")[1:]}
QUERIES = {name: re.findall(r"^```sql\n(.*?)^```$", part, re.S | re.M) for name, part in SECTIONS.items()}
TOLD = {
    "findings": ("findings", "commitments"), "matrix": ("scores",), "reservations": ("reservations",),
    "breach": ("notices",), "undertakings": ("demands",),
    "no": ("alternatives", "minutes", "sessions", "mandates", "people", "acts"),
    "broken-off": ("claims", "statements", "provisions", "editions", "instruments", "standings", "steps", "process"),
}  # fmt: skip
"""Scenarios, and the tables of which each has rows that the page's query finds."""


def test_the_columns_are_those_of_the_code() -> None:
    assert list(SECTIONS) == [table.name for table in TABLES]
    for table in TABLES:
        assert re.findall(r"^\| `(\w+)` \| (\w+(?:\[\])?) \| \S", SECTIONS[table.name], re.M) == list(
            table.columns
        )
        assert len(QUERIES[table.name]) == 1


@pytest.mark.parametrize("script", TOLD)
def test_every_query_runs_and_finds_what_the_scenario_tells(script: str, tmp_path: Path) -> None:
    tables = Tables(record(tmp_path, script, "A"), tmp_path / "tables")
    found = {name: tables.ask(query[0]) for name, query in QUERIES.items()}
    assert [name for name in TOLD[script] if not found[name]] == []


def test_an_example_of_answers(tmp_path: Path) -> None:
    tables = Tables(record(tmp_path, "findings", "A"), tmp_path / "tables")
    assert tables.ask(QUERIES["findings"][0]) == [("observance", "no", 1)]
    assert tables.ask(QUERIES["commitments"][0]) == [("deliver", 1)]
    assert tables.ask(QUERIES["standings"][0]) == [("accord", "A=., B=.")]
