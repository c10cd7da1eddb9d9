"""Orders of commitments: each side's own, between drawings that stand, withdrawn by whoever's they are."""

from __future__ import annotations

from detente.acts.sequences import standing_orderings
from tests.acts.test_commitments import fields
from tests.simulator import Simulator, fake_leaf, with_text


def drawn() -> tuple[Simulator, str, str]:
    simulator = with_text()
    first = simulator.must("A", "draw_commitment", **fields(simulator))
    return simulator, first, simulator.must("A", "draw_commitment", **fields(simulator, provision="art_1"))


def order(simulator: Simulator, first: str, second: str, **changed: object) -> dict[str, object]:
    where = {"instrument": "text", "edition": simulator.edition().leaf, "provision": "art_5"}
    return {"first": first, "second": second, "relation": "before", **where, **changed}


def test_each_side_orders_as_it_reads_and_orders_are_never_merged() -> None:
    simulator, first, second = drawn()
    simulator.must("A", "order_commitments", **order(simulator, first, second))
    simulator.must("PB", "order_commitments", **order(simulator, second, first))
    simulator.must("M", "order_commitments", **order(simulator, first, second))
    assert [o.group for o in standing_orderings(simulator.state)] == ["A", "B", "M"]
    assert simulator.answers() == "nnnn"
    again = order(simulator, first, second)
    assert simulator.codes("PA", "order_commitments", **again) == {"sequence.present"}


def test_an_order_is_of_two_commitments_that_stand() -> None:
    simulator, first, second = drawn()

    def codes(**changed: object) -> set[str]:
        return simulator.codes("B", "order_commitments", **{**order(simulator, first, second), **changed})

    assert codes() == set()
    assert codes(second=fake_leaf(999)) == {"commitment.unknown"}
    assert codes(second=first) == {"sequence.same"}
    assert codes(provision="art_9") == {"commitment.provision"}
    simulator.must("A", "order_commitments", **order(simulator, first, second))
    simulator.must("A", "draw_commitment", **fields(simulator, replaces=first))
    assert codes() == {"commitment.unknown"}
    assert standing_orderings(simulator.state) == (), "one of the two no longer stands"


def test_days_are_given_for_within_and_for_nothing_else() -> None:
    simulator, first, second = drawn()

    def codes(**changed: object) -> set[str]:
        return simulator.codes("B", "order_commitments", **order(simulator, first, second, **changed))

    assert codes(relation="within") == {"sequence.days"}
    assert codes(relation="within", days=0) == set()
    assert codes(days=3) == {"sequence.days"}


def test_an_order_is_withdrawn_by_the_side_whose_it_is() -> None:
    simulator, first, second = drawn()
    leaf = simulator.must("A", "order_commitments", **order(simulator, first, second))
    assert simulator.codes("B", "withdraw_ordering", ordering=leaf) == {"sequence.not_yours"}
    assert "withdraw_ordering" in simulator.offered("PA") and "withdraw_ordering" not in simulator.offered(
        "B"
    )
    simulator.must("PA", "withdraw_ordering", ordering=leaf)
    assert standing_orderings(simulator.state) == ()
    assert simulator.codes("A", "withdraw_ordering", ordering=leaf) == {"sequence.unknown"}
    simulator.must("A", "order_commitments", **order(simulator, first, second))
