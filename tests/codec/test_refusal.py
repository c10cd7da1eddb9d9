"""Refusals are values; the exception carries them all."""

from detente.codec.refusal import Refusal, Refused, refuse


def test_the_exception_carries_every_refusal_and_prints_each() -> None:
    first = Refusal("ladder.bracket_open", "A bracket is open.", "VCLT art. 9(1)", "Close it.")
    second = Refusal("mandate.none", "There is no mandate.")
    refused = Refused(first, second)
    assert refused.refusals == (first, second)
    assert str(refused) == "ladder.bracket_open: A bracket is open.; mandate.none: There is no mandate."


def test_a_single_refusal_keeps_clause_and_way_out() -> None:
    assert refuse("a.b", "Sentence.", "clause", "way out").refusals == (
        Refusal("a.b", "Sentence.", "clause", "way out"),
    )


def test_refusals_compare_by_value_and_sort_by_code() -> None:
    assert Refusal("a", "x") == Refusal("a", "x")
    assert sorted([Refusal("b", "x"), Refusal("a", "y")])[0].code == "a"
