from __future__ import annotations

import pytest
from hypothesis import given

from detente.codec.refusal import Refused
from detente.provisions.eid import ancestry, is_within, kind_of, order_key, parent_of, parse_eid
from tests.provisions.strategies import EIDS


@pytest.mark.parametrize(
    "eid", ["", "art", "art_", "Art_3", "art_3_", "art_3__", "art_3\n", "art_۳", "art_1" + "1" * 160]
)
def test_what_is_no_id_is_refused(eid: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_eid(eid)
    assert refused.value.refusals[0].code == "eid.malformed"


def test_ancestry_runs_from_the_outside_in() -> None:
    assert ancestry("annex_I__art_3__para_2") == ("annex_I", "annex_I__art_3")
    assert ancestry("art_3") == ()
    assert parent_of("art_3") is None


def test_a_provision_is_within_its_article_and_not_within_one_that_only_begins_alike() -> None:
    assert is_within("art_1__para_2", "art_1")
    assert is_within("art_1", "art_1")
    assert not is_within("art_10__para_2", "art_1")


def test_kinds_are_told_in_words() -> None:
    assert kind_of("art_3__para_2") == "paragraph"
    assert kind_of("art_3__foo_2") == "foo"


@pytest.mark.parametrize(
    "in_order",
    [
        [
            "preamble_1",
            "preamble_2",
            "art_1",
            "art_2",
            "art_2-bis",
            "art_2-ter",
            "art_2A",
            "art_3",
            "art_10",
            "annex_I",
        ],
        [
            "art_5",
            "art_5__chapeau_1",
            "art_5__para_1",
            "art_5__para_2",
            "art_5__para_10",
            "art_5__wrapup_1",
            "art_6",
        ],
        [f"art_1__para_1__point_{c}" for c in ["a", "b", "h", "i", "j", "v", "z", "aa", "bb"]],
        [f"art_1__para_1__point_a__point_{c}" for c in ["i", "ii", "iii", "iv", "v", "ix", "x", "xl", "xc"]],
        [f"annex_{c}" for c in ["I", "II", "III", "IV", "V", "IX", "X"]],
        [f"annex_{c}" for c in ["A", "B", "C", "D", "E"]],
        ["part_1", "part_1__art_1", "part_1__art_2", "part_2", "part_2__art_3"],
    ],
)
def test_ids_sort_in_the_order_of_a_text(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=order_key) == in_order


@given(EIDS, EIDS)
def test_the_key_orders_every_two_ids_and_puts_a_parent_first(one: str, other: str) -> None:
    assert (order_key(one) == order_key(other)) == (one == other)
    assert all(order_key(outer) < order_key(one) for outer in ancestry(one))
