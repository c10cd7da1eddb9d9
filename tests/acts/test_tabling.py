"""Tabling: a text on the table is nobody's assent; a receipt is the recipient's own act."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import fake_leaf, with_text


@pytest.mark.parametrize(
    ("person", "origin", "codes"),
    [
        ("A", "side", set()),
        ("PA", "side", set()),
        ("M", "mediator", set()),
        ("A", "joint", set()),
        ("M", "joint", set()),
        ("A", "mediator", {"tabling.origin"}),
        ("M", "side", {"tabling.origin"}),
        ("K", "mediator", {"participation.role"}),
    ],
)
def test_a_tabled_text_comes_from_where_it_says(person: str, origin: str, codes: set[str]) -> None:
    assert with_text().codes(person, "table_text", instrument="text", origin=origin) == codes


def test_tabling_moves_nobody() -> None:
    simulator = with_text()
    simulator.must("A", "table_text", instrument="text", origin="side")
    assert simulator.ladder() == ".."
    assert simulator.instrument().version == simulator.edition().leaf


def test_a_receipt_is_given_once_by_the_person_who_received() -> None:
    simulator = with_text()
    edition = simulator.edition().leaf
    assert "receive" not in simulator.offered("B")
    simulator.must("M", "circulate", instrument="text", edition=edition, to=("A", "B"))
    assert "receive" in simulator.offered("B")
    receipt = simulator.must("B", "receive", instrument="text", edition=edition)
    assert simulator.edition().received == (("B", receipt),)
    assert simulator.codes("B", "receive", instrument="text", edition=edition) == {"tabling.received"}
    assert "receive" not in simulator.offered("B")
    assert "receive" in simulator.offered("A")


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"to": ()}, {"tabling.nobody"}),
        ({"to": ("X",)}, {"participation.person"}),
        ({"edition": fake_leaf(0)}, {"edition.unknown"}),
        ({"edition": fake_leaf(0), "to": ("X",)}, {"edition.unknown", "participation.person"}),
        ({"instrument": "annex"}, {"instrument.unknown"}),
    ],
)
def test_an_edition_is_circulated_to_somebody_in_the_record(fields: dict[str, Any], codes: set[str]) -> None:
    simulator = with_text()
    plain = {"instrument": "text", "edition": simulator.edition().leaf, "to": ("A",)}
    assert simulator.codes("M", "circulate", **{**plain, **fields}) == codes


def test_a_non_paper_is_a_mediator_s_and_leaves_no_trace_but_itself() -> None:
    simulator = with_text()
    assert simulator.codes("A", "circulate_non_paper", to=("B",)) == {"participation.role"}
    assert simulator.codes("M", "circulate_non_paper", to=()) == {"tabling.nobody"}
    before = simulator.state
    simulator.must("M", "circulate_non_paper", to=("B",))
    assert simulator.state.instruments is before.instruments
    assert simulator.state.size == before.size + 1
