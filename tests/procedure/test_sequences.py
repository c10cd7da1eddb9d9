"""Orders of commitments: drawn by reading, and what cannot be kept, agrees with nobody, or waits for nobody."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from detente.procedure.sequences import Sequences, sequences
from tests.acts.test_commitments import fields
from tests.simulator import Simulator, with_text


class Ordered(Simulator):
    """Commitments by one-letter names, and orders of them."""

    leaves: dict[str, str]

    def drawn(self, name: str, **changed: object) -> None:
        self.leaves[name] = self.must("M", "draw_commitment", **fields(self, **changed))

    def order(self, person: str, first: str, relation: str, second: str, days: int | None = None) -> None:
        where = {"instrument": "text", "edition": self.edition().leaf, "provision": "art_5"}
        more = {"days": days} if days is not None else {}
        pair = {"first": self.leaves[first], "second": self.leaves[second], "relation": relation}
        self.must(person, "order_commitments", **pair, **where, **more)

    def found(self) -> Sequences:
        return sequences(self.state, "text")

    def steps(self, group: str) -> list[str]:
        names = {leaf: name for name, leaf in self.leaves.items()}
        order = next(o for o in self.found().orders if o.group == group)
        return ["".join(sorted(names[leaf] for leaf in step)) for step in order.steps]


def commitments(names: str = "abcd") -> Ordered:
    simulator = with_text()
    simulator.__class__ = Ordered
    assert isinstance(simulator, Ordered)
    simulator.leaves = {}
    for name in names:
        simulator.drawn(name)
    return simulator


def test_an_order_is_drawn_in_steps_as_early_as_it_can_be() -> None:
    simulator = commitments()
    simulator.order("A", "a", "before", "b")
    simulator.order("A", "d", "after", "b")
    simulator.order("A", "c", "concurrently", "b")
    assert simulator.steps("A") == ["a", "bc", "d"]
    assert not simulator.found().troubled
    assert sequences(simulator.state, "other") == Sequences()


def test_an_order_that_goes_round_in_a_circle_names_its_orderings() -> None:
    simulator = commitments()
    for first, second in ("ab", "bc", "ca"):
        simulator.order("A", first, "before", second)
    simulator.order("A", "a", "before", "d")
    (conflict,) = simulator.found().conflicts
    assert conflict.periods == () and len(conflict.orderings) == 3
    assert {o.second for o in conflict.orderings} == {simulator.leaves[n] for n in "abc"}
    assert simulator.found().orders[0].steps == (), "no order is drawn from it"


def test_together_and_before_at_once_is_a_circle_and_twice_together_is_none() -> None:
    simulator = commitments()
    simulator.order("A", "a", "concurrently", "b")
    simulator.order("A", "b", "concurrently", "a")
    assert simulator.found().conflicts == ()
    simulator.order("A", "a", "before", "b")
    assert len(simulator.found().conflicts) == 1


@pytest.mark.parametrize(("days", "held"), [(9, False), (11, True)])
def test_days_that_no_dates_can_keep_are_said_with_the_periods(days: int, held: bool) -> None:
    simulator = commitments("")
    period = {"elements": ("actor", "duty", "period")}
    simulator.drawn("a", ends="2026-01-01T00:00:00Z", **period)
    simulator.drawn("b", begins="2026-01-10T12:00:00Z", **period)
    simulator.order("A", "b", "within", "a", days)
    found = simulator.found().conflicts
    assert (found == ()) is held
    if found:
        assert set(found[0].periods) == {simulator.leaves["a"], simulator.leaves["b"]}


def test_two_readings_that_give_two_orders_are_set_side_by_side() -> None:
    simulator = commitments("abc")
    simulator.order("A", "a", "before", "b")
    simulator.order("B", "b", "before", "c")
    assert simulator.found().rivals == ()
    simulator.order("B", "c", "before", "a")
    (rival,) = simulator.found().rivals
    assert (rival.groups, len(rival.by_first), len(rival.by_second)) == (("A", "B"), 1, 2)
    assert (rival.first, rival.second) == (simulator.leaves["a"], simulator.leaves["b"])
    assert simulator.steps("A") == ["a", "b"] and simulator.steps("B") == ["b", "c", "a"], "neither is scored"


def test_together_and_before_are_two_orders_too() -> None:
    simulator = commitments("ab")
    simulator.order("A", "a", "concurrently", "b")
    simulator.order("B", "b", "before", "a")
    assert len(simulator.found().rivals) == 1
    simulator = commitments("ab")
    simulator.order("A", "a", "before", "b")
    simulator.order("B", "b", "concurrently", "a")
    assert len(simulator.found().rivals) == 1
    simulator = commitments("ab")
    simulator.order("A", "a", "concurrently", "b")
    simulator.order("B", "b", "concurrently", "a")
    assert simulator.found().rivals == ()


@pytest.mark.parametrize(
    "orders",
    [
        (("a", "within", "b", 5), ("b", "within", "a", 5)),
        (("a", "within", "b", 5), ("b", "concurrently", "a", None)),
        (("a", "within", "b", 5), ("b", "concurrently", "a", None), ("a", "before", "c", None)),
    ],
)
def test_what_is_due_within_days_of_what_comes_with_it_stands_in_the_same_step(
    orders: tuple[tuple[str, str, str, int | None], ...],
) -> None:
    simulator = commitments("abc")
    for order in orders:
        simulator.order("A", *order)
    assert not simulator.found().troubled
    assert simulator.steps("A") == (["ab"] if len(orders) == 2 else ["ab", "c"])
    simulator.order("B", "a", "concurrently", "b")
    assert simulator.found().rivals == ()


def test_a_pair_that_one_side_ordered_twice_is_one_pair_with_both_orderings() -> None:
    simulator = commitments("ab")
    simulator.order("A", "a", "before", "b")
    simulator.order("A", "b", "within", "a", 5)
    simulator.order("B", "b", "before", "a")
    (rival,) = simulator.found().rivals
    assert (len(rival.by_first), len(rival.by_second)) == (2, 1)


def test_what_waits_for_something_that_nobody_undertook_is_said() -> None:
    simulator = commitments("a")
    simulator.drawn("e", duty="event", actors=(), elements=("duty",))
    simulator.order("A", "a", "within", "e", 30)
    (waiting,) = simulator.found().waiting
    assert (waiting.commitment, waiting.trigger) == (simulator.leaves["a"], simulator.leaves["e"])
    simulator.order("B", "a", "before", "e")
    assert len(simulator.found().waiting) == 1, "what comes first waits for nothing"


def test_an_order_of_a_drawing_that_was_replaced_is_no_longer_drawn() -> None:
    simulator = commitments("ab")
    simulator.order("A", "a", "before", "b")
    simulator.drawn("c", replaces=simulator.leaves["a"])
    assert simulator.found().orders == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(("before", "after")), st.sampled_from("abcd")),
        max_size=7,
    )
)
def test_a_conflict_is_found_where_and_only_where_no_order_of_all_keeps_them(
    orders: list[tuple[str, str, str]],
) -> None:
    simulator = commitments()
    kept = dict.fromkeys((f, r, s) for f, r, s in orders if f != s)
    for first, relation, second in kept:
        simulator.order("A", first, relation, second)
    pairs = [(f, s) if relation == "before" else (s, f) for f, relation, s in kept]
    possible = any(all(p.index(f) < p.index(s) for f, s in pairs) for p in permutations("abcd"))
    assert (simulator.found().conflicts == ()) is possible
    if possible and pairs:
        at = {name: step for step, names in enumerate(simulator.steps("A")) for name in names}
        assert all(at[first] < at[second] for first, second in pairs)


def test_nothing_is_asked_of_the_clock() -> None:
    simulator = commitments("ab")
    simulator.order("A", "a", "before", "b")
    later = replace(simulator.state, clock=replace(simulator.state.clock, now="2030-01-01T00:00:00Z"))
    assert sequences(later, "text") == simulator.found()
