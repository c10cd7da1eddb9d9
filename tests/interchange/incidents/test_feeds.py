"""Each feed, in rows made up here in its own columns, and what becomes of each of its fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.interchange.incidents.gdelt import HEADERS
from tests.interchange.incidents.reading import Read, read

GED = {
    "id": 7, "date_prec": 3, "type_of_violence": 1, "side_a": "Government of Harbour", "side_b": "Front",
    "date_start": "2020-03-02 00:00:00.000", "date_end": "2020-03-08 00:00:00.000", "latitude": 5.4, "longitude": 26.5,
    "where_coordinates": "Obo town", "adm_1": "Upper", "country": "Harbour", "best": 4, "low": 3, "high": 6,
    "deaths_civilians": 1, "source_article": "A paper, 2020-03-09", "source_headline": "Four dead",
}  # fmt: skip


def collection(*features: Any, geometry: Any = None) -> str:
    point = geometry or {"type": "Point", "coordinates": [26.5, 5.4]}
    listed = [
        f if not isinstance(f, dict) else {"type": "Feature", "properties": f, "geometry": point}
        for f in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed})


def table(row: dict[str, Any]) -> str:
    return ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values()) + "\n"


def only(found: Read) -> dict[str, Any]:
    (row,) = found.rows
    return {name: str(v) if name.startswith("date") else v for name, v in row.items()}


def test_ucdp_as_a_table_and_as_geojson_says_the_same(tmp_path: Path) -> None:
    as_table = only(read(tmp_path, table(GED)))
    without = {name: value for name, value in GED.items() if name not in ("latitude", "longitude")}
    as_feature = only(read(tmp_path, collection(without), "source.geojson"))
    assert as_table == {
        "id": "7", "source": "UCDP GED", "date_from": "2020-03-02", "date_to": "2020-03-08", "precision": "week",
        "lat": 5.4, "lon": 26.5, "place": "Obo town", "admin1": "Upper", "country": "Harbour", "kind": "clash",
        "actors": ["Government of Harbour", "Front"], "deaths_low": 3, "deaths_best": 4, "deaths_high": 6, "civilians": 1,
        "text": "Four dead", "url": "", "gazetteer": "", "line": 2,
    }  # fmt: skip
    assert as_feature == {**as_table, "line": 1}


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [({"type_of_violence": 3}, "kind", "violence_against_civilians"), ({"date_prec": 1}, "precision", "day"),
     ({"date_prec": 4}, "precision", "month"), ({"date_prec": 5}, "precision", "year"),
     ({"type_of_violence": ""}, "kind", "clash"),
     ({"type_of_violence": "", "side_b": "Civilians"}, "kind", "violence_against_civilians"),
     ({"best": "", "deaths_a": 2, "deaths_b": 3}, "deaths_best", 5), ({"best": "", "deaths_a": 2}, "deaths_best", None)],
)  # fmt: skip
def test_ucdp_codes(tmp_path: Path, change: dict[str, Any], column: str, value: Any) -> None:
    assert only(read(tmp_path, table(GED | change)))[column] == value


@pytest.mark.parametrize(
    ("change", "code"), [({"type_of_violence": 9}, "kind"), ({"date_prec": "exact"}, "precision")]
)
def test_a_code_that_the_codebook_lacks_is_said(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    assert read(tmp_path, table(GED | change)).said() == [f"2 {code}"]


ACLED = {
    "event_id_cnty": "HAR1", "event_date": "02 March 2020", "time_precision": 2, "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Forces of Harbour", "assoc_actor_1": "Police; Militia", "actor2": "",
    "assoc_actor_2": "", "country": "Harbour", "admin1": "Upper", "location": "Obo", "latitude": "5.4",
    "longitude": "26.5", "fatalities": "3", "notes": "A clash, as reported",
}  # fmt: skip


def test_acled(tmp_path: Path) -> None:
    row = only(read(tmp_path, table(ACLED)))
    assert (row["id"], row["source"], row["date_from"], row["precision"]) == (
        "HAR1",
        "ACLED",
        "2020-03-02",
        "week",
    )
    assert row["actors"] == ["Forces of Harbour", "Police", "Militia"]
    assert (row["deaths_best"], row["text"], row["place"]) == (3, "A clash, as reported", "Obo")


@pytest.mark.parametrize(
    ("event", "sub_event", "kind"),
    [("Battles", "Armed clash", "clash"), ("Explosions/Remote violence", "Air/drone strike", "airstrike"),
     ("Explosions/Remote violence", "Shelling/artillery/missile attack", "shelling"),
     ("Explosions/Remote violence", "Remote explosive/landmine/IED", "explosion"),
     ("Violence against civilians", "Attack", "violence_against_civilians"),
     ("Violence against civilians", "Abduction/forced disappearance", "abduction"),
     ("Protests", "Peaceful protest", "protest"), ("Riots", "Mob violence", "other"),
     ("Strategic developments", "Agreement", "other")],
)  # fmt: skip
def test_acled_kinds(tmp_path: Path, event: str, sub_event: str, kind: str) -> None:
    found = read(tmp_path, table(ACLED | {"event_type": event, "sub_event_type": sub_event}))
    assert only(found)["kind"] == kind
    assert not found.remarks


@pytest.mark.parametrize("width", sorted(HEADERS))
def test_gdelt_in_each_width(tmp_path: Path, width: int) -> None:
    said = {
        "globaleventid": "9", "day": "20200302", "actor1_name": "HARBOUR", "actor2_name": "FRONT", "event": "195",
        "actiongeo_fullname": 'Obo, "Upper"', "actiongeo_lat": "5.4", "actiongeo_long": "26.5", "actiongeo_country": "HA",
        "sourceurl": "https://paper.example/1",
    }  # fmt: skip
    line = "\t".join(said.get(name, "") for name in HEADERS[width])
    found = read(tmp_path, f"{line}\n{line.replace('9', '8', 1)}\n")
    assert [row["id"] for row in found.rows] == ["8", "9"]
    row = found.rows[1]
    assert (row["kind"], row["lat"], row["lon"], row["line"]) == ("airstrike", 5.4, 26.5, 1)
    assert (row["actors"], row["place"]) == (["HARBOUR", "FRONT"], 'Obo, "Upper"')
    assert row["url"] == (said["sourceurl"] if "sourceurl" in HEADERS[width] else "")


OWN = {
    "id": "k1",
    "date_from": "2020-03-02",
    "kind": "Airstrike",
    "actors": "A | B;A",
    "source": "Our monitors",
}


def test_own_columns_as_features(tmp_path: Path) -> None:
    row = only(read(tmp_path, collection(OWN), "source.geojson"))
    assert (row["kind"], row["actors"], row["source"], row["lat"]) == (
        "airstrike",
        ["A", "B"],
        "Our monitors",
        5.4,
    )
    listed = only(
        read(tmp_path, collection(OWN | {"actors": ["A", "B"], "deaths_best": 2.0}), "source.geojson")
    )
    assert (listed["actors"], listed["deaths_best"]) == (["A", "B"], 2)


def test_a_feature_that_is_no_point_has_no_coordinates(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    assert read(tmp_path, collection(OWN, geometry=line), "x.geojson").said() == ["1 place_missing"]


@pytest.mark.parametrize(
    "damage", ['{"type": "Feature", "properties": {"id": ', "{,}", "nul", '{"a": "\\x"}']
)
def test_a_damaged_feature_costs_no_other(tmp_path: Path, damage: str) -> None:
    features = [
        json.dumps({"type": "Feature", "properties": OWN | {"id": at}, "geometry": None}) for at in range(3)
    ]
    features.insert(1, damage)
    found = read(
        tmp_path, '{"type": "FeatureCollection", "features": [' + ",\n".join(features) + "]}", "x.geojson"
    )
    assert [row["id"] for row in found.rows] == ["0", "1", "2"]
    assert found.said().count("2 damaged") == 1


def test_what_is_no_feature_is_kept_out(tmp_path: Path) -> None:
    found = read(tmp_path, collection(OWN, "words", [1], [], OWN | {"id": "k2"}), "x.geojson")
    assert [said for said in found.said() if "damaged" in said] == ["2 damaged", "3 damaged", "4 damaged"]
    assert found.found.kept == 2


def test_a_file_cut_off_in_a_feature_loses_that_one(tmp_path: Path) -> None:
    found = read(tmp_path, collection(OWN, OWN | {"id": "k2"})[:-60], "x.geojson")
    assert (found.found.kept, found.found.kept_out) == (1, 1)


def test_bytes_that_are_not_utf_8_in_a_feature(tmp_path: Path) -> None:
    content = json.dumps(json.loads(collection(OWN | {"place": "Café"})), ensure_ascii=False).encode("cp1252")
    found = read(tmp_path, content, "x.geojson")
    assert (found.rows[0]["place"], found.said()) == ("Café", ["1 encoding"])
    half = collection(OWN | {"place": "\ud800"})
    assert read(tmp_path, half, "x.geojson").rows[0]["place"] == ""


def test_a_collection_larger_than_what_is_looked_at_once(tmp_path: Path) -> None:
    found = read(
        tmp_path, collection(*(OWN | {"id": at, "text": "y" * 9000} for at in range(400))), "x.geojson"
    )
    assert found.found.kept == 400
    assert {row["line"] for row in found.rows} == set(range(1, 401))
