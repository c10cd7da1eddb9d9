"""Statements: held beside the record; they move nobody."""

from __future__ import annotations

import pytest

from tests.simulator import fake_leaf, with_text


def test_a_statement_moves_nobody_and_can_be_answered_once_as_offered() -> None:
    simulator = with_text()
    before = simulator.state.instruments
    leaf = simulator.must("A", "register_statement", claims=(("withdrew", "B"),))
    assert simulator.state.instruments is before
    assert "answer_statement" in simulator.offered("B")
    assert "answer_statement" not in simulator.offered("A")
    answer = simulator.must("B", "answer_statement", statement=leaf)
    assert simulator.state.statements[leaf].answers == (("B", answer),)
    assert "answer_statement" not in simulator.offered("B")


def test_a_statement_claims_something() -> None:
    simulator = with_text()
    assert simulator.codes("A", "register_statement", claims=()) == {"statement.no_claim"}
    assert simulator.codes("B", "answer_statement", statement=fake_leaf(0)) == {"statement.unknown"}


@pytest.mark.parametrize("person", ["K"])
def test_those_at_the_table_register_statements(person: str) -> None:
    assert with_text().codes(person, "register_statement", claims=(("other", ""),)) == {"participation.role"}
