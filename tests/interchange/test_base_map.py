"""A base layer that the sides approved: drawn under the reports and said to be whose; without approval there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from detente.codec.refusal import Refused
from detente.interchange.base_map import read_base_map
from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import BaseMap, Cell, VisibleIncidents
from detente.views.building import observance_page
from tests.views.istanbul import same_night
from tests.views.observed import observed

RING = [[19, 5], [21, 5], [21, 7], [19, 5]]
SAID = {"process": "p", "approved_by": "both delegations", "attribution": "Survey of 1998"}


def written(folder: Path, **value: Any) -> Path:
    path = folder / "base.json"
    path.write_text(json.dumps(value))
    return path


def test_lines_and_outlines_are_read_with_who_approved_them(tmp_path: Path) -> None:
    line = {
        "type": "Feature",
        "properties": None,
        "geometry": {"type": "LineString", "coordinates": RING[:2]},
    }
    area = {
        "type": "Feature",
        "properties": {"name": "x"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[RING]]},
    }
    process, base = read_base_map(written(tmp_path, type="FeatureCollection", features=[line, area], **SAID))
    assert (process, base.approved_by, base.attribution) == ("p", "both delegations", "Survey of 1998")
    assert [len(one) for one in base.lines] == [2, 4] and len(base.digest) == 64


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"approved_by": " "}, "approved_by"),
        ({"process": None, "attribution": 3}, "process, attribution"),
        ({"coordinates": []}, "no line"),
        ({"coordinates": [[[0, 95], [1, 1]]]}, "no GeoJSON"),
        ({"coordinates": 3}, "no GeoJSON"),
        ({"type": "Topology"}, "no line"),
    ],
)
def test_what_nobody_approved_or_is_no_map_is_refused(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    given = {"type": "Polygon", "coordinates": [RING], **SAID} | change
    with pytest.raises(Refused) as caught:
        read_base_map(written(tmp_path, **given))
    assert caught.value.refusals[0].code == "base_map.file" and words in caught.value.refusals[0].sentence


def test_it_is_drawn_near_the_reports_and_said_not_to_be_ours() -> None:
    record = observed(same_night())
    near, far = tuple((float(lon), float(lat)) for lon, lat in RING), ((100.0, 60.0), (101.0, 60.0))
    base = BaseMap("both delegations", "Survey of 1998", "ab" * 32, (near, far))
    found = VisibleIncidents(Viewer(), record.asking(), total=1, cells=(Cell(20, 6, 1, 0),))
    plain, under = observance_page(record, found), observance_page(record, replace(found, base=base))
    assert plain.map is not None and plain.map.base == "" and "No borders" in plain.map_note
    assert under.map is not None and under.map.base.count("M") == 1
    assert "not drawn by this record: Survey of 1998. Approved by both delegations" in under.map_note
