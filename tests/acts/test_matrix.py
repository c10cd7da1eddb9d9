"""The implementation matrix: what is counted has a version, and every score names the register it counts in."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.simulator import Simulator, with_text

LISTED = ("art_1", "art_2", "fund")


def registered(*sides: str, **terms: Any) -> tuple[Simulator, str]:
    simulator = with_text(*sides, terms=terms)
    simulator.admit("V", "verifier")
    return simulator, simulator.must(
        "V", "register_stipulations", instrument="text", version=1, stipulations=LISTED
    )


def scores(register: str, *scores: tuple[str, int], month: str = "2026-11") -> dict[str, Any]:
    return {"register": register, "month": month, "scores": scores}


def test_many_stipulations_are_scored_by_one_act() -> None:
    simulator, register = registered()
    leaf = simulator.must("V", "score", **scores(register, ("art_1", 3), ("fund", 0)))
    score = simulator.state.scores[leaf]
    assert (score.group, score.month, score.scores) == ("", "2026-11", (("art_1", 3), ("fund", 0)))


def test_everybody_s_score_stands_beside_the_others() -> None:
    simulator, register = registered()
    for person, group in (("A", "A"), ("PB", "B"), ("M", "M"), ("V", "")):
        leaf = simulator.must(person, "score", **scores(register, ("art_1", 1)))
        assert simulator.state.scores[leaf].group == group
    assert len(simulator.state.scores) == 4


def test_a_register_has_the_next_version_and_is_not_one_side_s() -> None:
    simulator, _register = registered()
    again = {"instrument": "text", "stipulations": LISTED}
    assert simulator.codes("V", "register_stipulations", version=1, **again) == {"register.version"}
    assert simulator.codes("V", "register_stipulations", version=3, **again) == {"register.version"}
    assert simulator.codes("A", "register_stipulations", version=2, **again) == {"participation.role"}
    simulator.must("M", "register_stipulations", version=2, **again)


@pytest.mark.parametrize("listed", [(), ("art_1", "art_1")])
def test_a_register_lists_each_stipulation_once(listed: tuple[str, ...]) -> None:
    simulator = with_text()
    fields = {"instrument": "text", "version": 1, "stipulations": listed}
    assert simulator.codes("M", "register_stipulations", **fields) == {"register.stipulations"}


def test_a_score_counts_in_its_own_version_only() -> None:
    simulator, first = registered()
    second = simulator.must(
        "M", "register_stipulations", instrument="text", version=2, stipulations=("art_1", "art_2")
    )
    assert simulator.codes("V", "score", **scores(second, ("fund", 1))) == {"score.stipulation"}
    assert simulator.codes("V", "score", **scores(first, ("fund", 1))) == set()
    assert simulator.codes("V", "score", **scores("A" * 43, ("fund", 1))) == {"score.register"}


def test_a_score_names_each_stipulation_once_and_is_no_business_of_other_sides() -> None:
    simulator, register = registered("A", "B", "C", sides=("A", "B"))
    assert simulator.codes("V", "score", **scores(register)) == {"score.scores"}
    twice = scores(register, ("art_1", 1), ("art_1", 2))
    assert simulator.codes("V", "score", **twice) == {"score.scores"}
    assert simulator.codes("C", "score", **scores(register, ("art_1", 1))) == {"instrument.side"}


@pytest.mark.parametrize(
    "wrong", [{"month": "2026-13"}, {"month": "0000-01"}, {"month": "9999-12"}, {"scores": (("art_1", 4),)}]
)
def test_months_and_scores_have_their_range(wrong: dict[str, Any]) -> None:
    simulator, register = registered()
    with pytest.raises(msgspec.ValidationError):
        simulator.do("V", "score", **{**scores(register, ("art_1", 1)), **wrong})
