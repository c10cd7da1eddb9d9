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


@pytest.mark.parametrize(
    ("predicate", "argument", "code"),
    [
        ("withdrew", "", "statement.claim"),
        ("withdrew", "B text text", "statement.claim"),
        ("withdrew", "Z", "statement.who"),
        ("duration", "some", "statement.claim"),
        ("adopted", "nothing", "instrument.unknown"),
        ("acknowledged", f"B {fake_leaf(3)}", "statement.about"),
    ],
)
def test_a_claim_is_written_as_its_predicate_asks(predicate: str, argument: str, code: str) -> None:
    assert with_text().codes("A", "register_statement", claims=((predicate, argument),)) == {code}


def test_an_announcement_is_one_s_own_and_others_join_it_once() -> None:
    simulator = with_text()
    leaf = simulator.must("A", "announce")
    assert simulator.state.statements[leaf].own
    assert simulator.codes("A", "join_statement", statement=leaf) == {"statement.joined"}
    joined = simulator.must("B", "join_statement", statement=leaf)
    assert simulator.state.statements[leaf].joined == (("B", joined),)
    assert simulator.codes("B", "join_statement", statement=leaf) == {"statement.joined"}
    assert "answer_statement" not in simulator.offered("B") and "answer_statement" in simulator.offered("M")
    assert simulator.ladder("text") == ".."


def test_what_was_registered_as_somebody_else_s_is_joined_by_nobody() -> None:
    simulator = with_text()
    leaf = simulator.must("A", "register_statement", claims=(("other", ""),))
    assert simulator.codes("B", "join_statement", statement=leaf) == {"statement.not_own"}
    assert simulator.codes("B", "join_statement", statement=fake_leaf(0)) == {"statement.unknown"}


def test_a_statement_names_the_article_that_it_was_read_in() -> None:
    simulator = with_text()
    article = simulator.must("M", "register_article")
    leaf = simulator.must("A", "register_statement", claims=(("other", ""),), article=article)
    assert simulator.state.statements[leaf].article == article
    assert simulator.codes("A", "register_statement", claims=(("other", ""),), article=fake_leaf(9)) == {
        "statement.article"
    }
