"""The three whole files that people really have, where the folder of real data is at hand: every row is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interchange.incidents.reading import read
from tests.provisions.data import real_file


@pytest.mark.parametrize(
    ("name", "feed", "rows", "codes"),
    [
        ("pk_drone_attacks_414.csv", "Drone strikes", 414, {"incidents.fraction": 198}),
        ("ucdp_ged231_CAR.geojson", "UCDP GED", 1848, {"incidents.deaths_reversed": 15, "incidents.deaths_apart": 5}),
        ("ucdp_ged_afghanistan_310.geojson", "UCDP GED", 310, {}),
    ],
)  # fmt: skip
def test_every_row_is_kept(tmp_path: Path, name: str, feed: str, rows: int, codes: dict[str, int]) -> None:
    found = read(tmp_path, real_file("incidents", name).read_bytes(), name)
    assert (found.found.feed, found.found.rows, found.found.kept) == (feed, rows, rows)
    assert found.found.codes == codes
    assert all(row["lat"] is not None for row in found.rows)
