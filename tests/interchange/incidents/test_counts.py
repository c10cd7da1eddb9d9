"""Whatever a file holds, each of its rows is in the output or said to be kept out, and the counts add up."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.incidents.reading import read

_CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "1", "2", "3", "-1", "0", "2010-01-01", "3/4/2010", "13/4/2010", "4/13/2010", "2010", "soon", "34.5",
         "34,5", "200", '"', '"x', 'x"', '""', 'a "b" c', "é", "attack", "raid", "A;B", "unknown", "nan", "\x00", "a\nb"]
    ),
    st.text(max_size=6),
)  # fmt: skip
_NAMES = (
    "id",
    "date_from",
    "date_to",
    "lat",
    "lon",
    "place",
    "kind",
    "actors",
    "deaths_low",
    "deaths_high",
    "precision",
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(_CELLS, min_size=1, max_size=len(_NAMES) + 2), max_size=12),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_random_tables(table: list[list[str]], delimiter: str, encoding: str) -> None:
    lines = [delimiter.join(_NAMES), *(delimiter.join(cells) for cells in table)]
    with tempfile.TemporaryDirectory() as folder:
        read(Path(folder), "\n".join(lines).encode(encoding, "replace"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=len(_NAMES), max_size=len(_NAMES)), min_size=1, max_size=12))
def test_each_row_that_was_written_is_counted(table: list[list[str]]) -> None:
    """Written as RFC 4180 has it, so that rows and cells are known here by other means."""
    rows = [cells for cells in table if any(cell.strip() for cell in cells)]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in rows]
    with tempfile.TemporaryDirectory() as folder:
        content = "\n".join([",".join(_NAMES), *quoted])
        found = read(Path(folder), content.encode("utf-8", "replace"))
    assert found.found.rows == len(rows)
    said = {remark.line for remark in found.remarks if remark.kept_out}
    assert len(said) == found.found.kept_out and said.isdisjoint(row["line"] for row in found.rows)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_after_a_header(tail: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read(Path(folder), b"id,date_from,place\n" + tail)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_in_a_collection(middle: bytes) -> None:
    first = b'{"type": "Feature", "properties": {"date_from": "2010"}, "geometry": null}'
    with tempfile.TemporaryDirectory() as folder:
        found = read(
            Path(folder), b'{"features": [' + first + b"," + middle + b"," + first + b"]}", "x.geojson"
        )
    assert found.found.kept >= 1


def test_the_same_input_gives_the_same_file(tmp_path: Path) -> None:
    rows = "".join(f"{at},2010-01-{at % 28 + 1:02},x\n" for at in range(5000))
    digests = {read(tmp_path, "id,date_from,place\n" + rows).found.digest for _ in range(3)}
    assert len(digests) == 1
    (tmp_path / "out.parquet").unlink()
