"""Names of places, as docs/specs/gazetteer.md has it: several for one name, old ones by their days, never a guess."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.interchange.gazetteer import Gazetteer, read_gazetteer
from tests.provisions.data import real_file

PAGE = (Path(__file__).parents[2] / "docs/specs/gazetteer.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return read(tmp_path, block("csv"))


def read(folder: Path, aliases: str) -> Gazetteer:
    (folder / "places.txt").write_text(block("places"))
    (folder / "aliases.csv").write_text(aliases)
    return read_gazetteer([folder / "places.txt"], [folder / "aliases.csv"])


def ids(gazetteer: Gazetteer, text: str, on: date | None = None, country: str = "") -> list[str]:
    return [name.place.id for name in gazetteer.resolve(text, on, country)]


def test_the_example_answers_as_the_page_says(gazetteer: Gazetteer) -> None:
    table = re.findall(
        r"^\| ([^|`]+) \| ([0-9-]*) ?\| ([^|]+) \|$", PAGE.partition("is answered:")[2], re.MULTILINE
    )
    asked = [row for row in table if row[0] not in ("asked", "---")]
    assert len(asked) == 6
    for text, on, answered in asked:
        day = date.fromisoformat(on) if on else None
        assert ids(gazetteer, text, day) == re.findall(r"`([^`]+)`", answered), text


def test_a_country_narrows_what_is_ambiguous(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Newport", country="HB") == ["geonames:207"]
    assert ids(gazetteer, "Newport", country="HC") == []


@pytest.mark.parametrize(
    "line",
    [
        "Old,geonames:999,,",
        ",geonames:101,,",
        "Old,geonames:101,then,",
        "Old,geonames:101,1999-01-02,1999-01-01",
    ],
)
def test_aliases_that_cannot_be_used_are_all_said(tmp_path: Path, line: str) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, f"{block('csv')}{line}\nNobody,geonames:998,,\n")
    assert [r.code for r in caught.value.refusals] == ["gazetteer.alias"] * 2
    assert "line 4" in caught.value.refusals[0].sentence


@pytest.mark.parametrize("text", ["a\tb\n", '{"type": "Topology"}', "name,place\n"])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "other").write_text(text)
    with pytest.raises(Refused) as caught:
        read_gazetteer([tmp_path / "other"])
    assert caught.value.refusals[0].code == "gazetteer.file"
    with pytest.raises(Refused):
        read(tmp_path, text)


def test_places_with_coordinates_and_other_names(tmp_path: Path) -> None:
    cells = [
        "7",
        "Obo",
        "Obo",
        "Oboe,Обо",
        "5.4",
        "26.5",
        "P",
        "PPL",
        "HA",
        "",
        "01",
        "",
        "",
        "",
        "9",
        "",
        "1",
        "UTC",
        "",
    ]
    river = [*cells[:6], "H", *cells[7:]]
    (tmp_path / "full.txt").write_text("\t".join(cells) + "\n" + "\t".join(["8", *river[1:]]) + "\n")
    found = read_gazetteer([tmp_path / "full.txt"])
    (name,) = found.resolve("обо")
    assert (name.place.id, name.place.lat, name.place.code) == ("geonames:7", 5.4, "HA.01")
    assert [n.place.id for n in found.resolve("obo town")] == ["geonames:7"]


OWN = "id,name,country,lat,lon\np1,Jalé,,34.5,69.2\np1,Old Ford\n"


def test_a_list_of_ones_own_that_a_spreadsheet_saved_is_read(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN, "utf-8-sig")
    found = read_gazetteer([tmp_path / "own.csv"])
    assert ids(found, "jale", country="") == ["p1"] and ids(found, "old ford") == ["p1"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_names_that_cannot_be_read_are_not_read_as_others(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "own.csv").write_bytes(OWN.encode(encoding))
    with pytest.raises(Refused) as caught:
        read_gazetteer([tmp_path / "own.csv"])
    assert [r.code for r in caught.value.refusals] == ["gazetteer.file"]
    (tmp_path / "places.txt").write_text(block("places"))
    (tmp_path / "aliases.csv").write_bytes(f"{block('csv')}Jalé,geonames:101,,\n".encode(encoding))
    with pytest.raises(Refused) as caught:
        read_gazetteer([tmp_path / "places.txt"], [tmp_path / "aliases.csv"])
    assert [r.code for r in caught.value.refusals] == ["gazetteer.file"]


@pytest.mark.parametrize("lat", ["nan", "91", "north"])
def test_a_place_that_is_nowhere_is_none(tmp_path: Path, lat: str) -> None:
    cells = ["7", "Obo", "Obo", "", lat, "26.5", "P", "PPL", "HA", "", "01", *[""] * 8]
    (tmp_path / "full.txt").write_text("\t".join(cells) + "\n")
    with pytest.raises(Refused) as caught:
        read_gazetteer([tmp_path / "full.txt"])
    assert [r.code for r in caught.value.refusals] == ["gazetteer.file"]


def test_countries_by_name(tmp_path: Path) -> None:
    countries = [{"id": "001", "properties": {"name": "Harbour"}}, {"properties": {"name": "N. Town"}}]
    (tmp_path / "c.json").write_text(json.dumps({"objects": {"countries": {"geometries": countries}}}))
    found = read_gazetteer([tmp_path / "c.json"])
    assert ids(found, "harbour") == ["naturalearth:001"]
    assert ids(found, "n town") == ["naturalearth:n town"]


def test_the_whole_files(tmp_path: Path) -> None:
    found = read_gazetteer(
        [real_file("maps", "geonames_admin1CodesASCII.txt"), real_file("maps", "countries-110m.json")]
    )
    assert len(found.places) > 4000
    assert len(ids(found, "Central")) >= 3
    assert {n.place.sort for n in found.resolve("Luxembourg")} == {"country", "division"}
