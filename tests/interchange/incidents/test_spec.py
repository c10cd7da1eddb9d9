"""docs/specs/incidents.md: its columns, its mapping, its codes and its example are those of the code."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from detente.interchange.incidents import incident
from tests.interchange.incidents.reading import read

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/specs/incidents.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_columns_and_kinds_are_those_of_the_code() -> None:
    columns = re.findall(r"^\| `(\w+)` \| ([A-Z]+(?:\[\])?) \|", PAGE, re.MULTILINE)
    assert columns == list(incident.COLUMNS.items())
    assert all(f"`{kind}`" in PAGE for kind in incident.KINDS)
    assert all(f"`{precision}`" in PAGE for precision in incident.PRECISIONS)


def test_the_mapping_is_the_shipped_one() -> None:
    folder = resources.files("detente.interchange.incidents") / "mappings"
    assert [file.name for file in folder.iterdir()] == ["drone-strikes.toml"]
    assert block("toml") == (folder / "drone-strikes.toml").read_text("utf-8")


def test_the_codes_of_rows_are_those_of_the_code() -> None:
    package = ROOT / "src/detente/interchange/incidents"
    source = "".join(path.read_text("utf-8") for path in package.glob("*.py"))
    used = set(re.findall(r'"(incidents\.\w+)"', source))
    used |= {f"incidents.{name}" for name in re.findall(r'_(?:left_out|nowhere)\("(\w+)"', source)}
    used.discard("incidents.parquet")
    listed = re.findall(r"^\| `(incidents\.\w+)` \| kept", PAGE, re.MULTILINE)
    of_files = {f"incidents.{of}" for of in ("unrecognised", "mapping", "extra", "file", "rows_differ")}
    assert set(listed) == used - of_files and all(f"`{code}`" in PAGE for code in of_files)


def test_the_example_is_read_as_the_page_says(tmp_path: Path) -> None:
    found = read(tmp_path, block("csv"))
    said = [f"{remark.line} {remark.code}" for remark in found.remarks]
    assert sorted(said) == sorted(block("report").splitlines())
    rows = [
        json.dumps([str(v) if name.startswith("date") else v for name, v in row.items()])
        for row in found.rows
    ]
    assert rows == [json.dumps(json.loads(line)) for line in block("rows").splitlines()]


@pytest.mark.parametrize("code", re.findall(r"^\| `(incidents\.\w+)` \| kept out", PAGE, re.MULTILINE))
def test_what_is_kept_out_is_said_to_be(code: str) -> None:
    package = ROOT / "src/detente/interchange/incidents"
    source = "".join(path.read_text("utf-8") for path in package.glob("*.py"))
    assert f'kept_out("{code}"' in source or f'kept_out(\n            "{code}"' in source
