"""The whole files that people really have, where the folder of real data is at hand: every row is kept, or said to be
kept out. Tables that are no feed of incidents are read by a mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.interchange.incidents.mapping import read_mapping
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


EPISODES = """
source = "Civil war mediation"
dates = "month first"
[columns]
date_from = "episode.start.date"
date_to = "episode.end.date"
country = "country"
actors = ["sidea", "sideb"]
text = "name.of.third.party"
[always]
kind = "other"
"""
AGREEMENTS = """
source = "Peace agreements"
[columns]
id = "paid"
date_from = "pa_date"
place = "conflict_name"
actors = "actor_name"
text = "pa_name"
[always]
kind = "other"
"""


@pytest.mark.parametrize(
    ("name", "mapping", "rows", "kept", "codes"),
    [("CWM_mediation.csv", EPISODES, 762, 711,
      {"incidents.century": 95, "incidents.date": 2, "incidents.date_missing": 49, "incidents.encoding": 4,
       "incidents.place_missing": 711}),
     ("ucdp_peace_agreements_221.csv", AGREEMENTS, 374, 374, {})],
)  # fmt: skip
def test_tables_of_other_things_are_read_by_a_mapping(
    tmp_path: Path, name: str, mapping: str, rows: int, kept: int, codes: dict[str, int]
) -> None:
    found = read(tmp_path, real_file("tables", name).read_bytes(), name, feed=read_mapping(mapping))
    assert (found.found.rows, found.found.kept) == (rows, kept)
    assert found.found.codes == codes
