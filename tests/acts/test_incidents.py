"""Incidents: reports, batches over a file, attributions, performance, and whether two reports are of one."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.incidents import IncidentWords, check_incident
from detente.state.undertakings import Commitment
from tests.simulator import Simulator, fake_leaf, with_text

FILE = fake_leaf(77)


def batch(simulator: Simulator, person: str = "A", **fields: Any) -> str:
    return simulator.must(person, "report_incidents", **{"file": FILE, "size": 9, "rows": 3, **fields})


def test_a_report_is_its_author_s_claim_and_moves_nobody() -> None:
    simulator = with_text()
    before = simulator.state.instruments
    leaf = simulator.must("PA", "report_incident")
    report = simulator.state.incidents[leaf]
    assert (report.by, report.group, report.attributed) == ("PA", "A", ())
    mediators = simulator.must("M", "report_incident")
    assert simulator.state.incidents[mediators].group == "M"
    assert simulator.state.instruments is before


def test_a_batch_stands_with_its_file_and_the_same_file_only_once() -> None:
    simulator = with_text()
    leaf = batch(simulator)
    found = simulator.state.batches[leaf]
    assert (found.file, found.size, found.rows, found.group) == (FILE, 9, 3, "A")
    assert simulator.codes("B", "report_incidents", file=FILE, size=9, rows=3) == {"incidents.known"}
    other = fake_leaf(78)
    assert simulator.codes("B", "report_incidents", file=other, size=0, rows=0) == {
        "incidents.rows", "incidents.size",
    }  # fmt: skip
    assert simulator.codes("B", "report_incidents", file=other, size=2**31, rows=10**8) == {
        "incidents.rows", "incidents.size",
    }  # fmt: skip


def test_an_attribution_names_a_report_and_in_a_batch_its_row() -> None:
    simulator = with_text()
    one, many = simulator.must("A", "report_incident"), batch(simulator)
    leaf = simulator.must("B", "assert_attribution", incident=one, actor="A")
    assert simulator.state.incidents[one].attributed == ((leaf, simulator.state.size - 1, "B", "A"),)
    leaf = simulator.must("B", "assert_attribution", incident=many, row=2, actor="other")
    assert simulator.state.batches[many].attributed == ((leaf, simulator.state.size - 1, "B", "other", 2),)


@pytest.mark.parametrize(
    ("what", "row", "actor", "codes"),
    [
        ("one", 0, "A", {"incidents.row"}),
        ("many", None, "A", {"incidents.row"}),
        ("many", 3, "A", {"incidents.row"}),
        ("many", -1, "A", {"incidents.row"}),
        ("none", None, "Z", {"incidents.unknown", "incidents.actor"}),
        ("many", 0, "other", set()),
    ],
)
def test_what_no_attribution_can_name(what: str, row: int | None, actor: str, codes: set[str]) -> None:
    simulator = with_text()
    leaves = {"one": simulator.must("A", "report_incident"), "many": batch(simulator), "none": fake_leaf(0)}
    assert simulator.codes("B", "assert_attribution", incident=leaves[what], row=row, actor=actor) == codes


def test_a_person_says_whether_two_reports_are_one_and_another_may_say_otherwise() -> None:
    simulator = with_text()
    one, many = simulator.must("A", "report_incident"), batch(simulator)
    simulator.must("M", "same_incident", one=one, another=many, another_row=1)
    simulator.must("B", "same_incident", one=one, another=many, another_row=1, apart=True)
    said = simulator.state.incidents[one].same
    assert [(s.by, s.other, s.other_row, s.apart) for s in said] == [
        ("M", many, 1, False),
        ("B", many, 1, True),
    ]
    simulator.must("A", "same_incident", one=many, one_row=0, another=many, another_row=1)
    (kept,) = simulator.state.batches[many].same
    assert (kept.row, kept.other_row) == (0, 1)
    same = {"one": many, "one_row": 0, "another": many, "another_row": 0}
    assert simulator.codes("A", "same_incident", **same) == {"incidents.itself"}
    assert simulator.codes("A", "same_incident", one=many, another=fake_leaf(0)) == {
        "incidents.row", "incidents.unknown",
    }  # fmt: skip


def test_performance_is_reported_on_a_commitment_that_stands() -> None:
    simulator = with_text()
    assert simulator.codes("A", "report_performance", commitment=fake_leaf(5)) == {"commitment.unknown"}
    drawn = Commitment(fake_leaf(5), 0, "M", "text", fake_leaf(1), "art_1", "deliver")
    commitments = simulator.state.commitments.set(drawn.leaf, drawn)
    simulator.state = type(simulator.state)(
        **{f: getattr(simulator.state, f) for f in simulator.state.__struct_fields__}
        | {"commitments": commitments}
    )
    leaf = simulator.must("A", "report_performance", commitment=drawn.leaf)
    done = simulator.state.performances[leaf]
    assert (done.by, done.group, done.commitment) == ("A", "A", drawn.leaf)


def test_the_keeper_reports_nothing() -> None:
    simulator = with_text()
    assert simulator.codes("K", "report_incident")


@pytest.mark.parametrize(
    ("hidden", "codes"),
    [
        ({"date_from": "2026-03-02", "date_to": "2026-03-01"}, ["incidents.days"]),
        ({"date_from": "2026-03-02", "date_to": "2026-03-02"}, []),
        ({"lat": "91", "lon": "0"}, ["incidents.place"]),
        ({"lat": "34.5"}, ["incidents.place"]),
        ({"lat": "-34.5", "lon": "180"}, []),
        ({"deaths": -1, "lat": "0", "lon": "-181"}, ["incidents.place", "incidents.deaths"]),
        ({}, []),
    ],
)
def test_days_places_and_numbers_that_cannot_be(hidden: dict[str, Any], codes: list[str]) -> None:
    act = with_text().act("A", "report_incident")
    assert [r.code for r in check_incident(act.clear, IncidentWords(**hidden))] == codes
