"""Packages: texts that close together or not at all, and fall together."""

from __future__ import annotations

import pytest

from detente.state.answers import open_brackets
from detente.state.instrument import Package
from detente.state.packages import fall_of, standing_packages
from tests.simulator import Simulator, fake_leaf, with_text

TEXT = {"instrument": "text"}


class Three:
    """Three open brackets: A's text at art_1, B's at art_2, both sides' at art_5."""

    def __init__(self, *sides: str) -> None:
        self.sim = with_text(*sides)
        self.one = self.propose("A", "art_1")
        self.two = self.propose("B", "art_2")
        self.mine = self.propose("A", "art_5")
        self.theirs = self.propose("B", "art_5")

    def propose(self, person: str, provision: str) -> str:
        return self.sim.must(person, "propose_alternative", **TEXT, provision=provision)

    def package(self, person: str, *alternatives: str) -> str:
        return self.sim.must(person, "propose_package", **TEXT, alternatives=alternatives)

    def accept(self, person: str, leaf: str) -> set[str]:
        return {r.code for r in self.sim.do(person, "accept_package", **TEXT, package=leaf)}

    def decline(self, person: str, leaf: str) -> set[str]:
        return {r.code for r in self.sim.do(person, "decline_package", **TEXT, package=leaf)}

    def open(self) -> tuple[str, ...]:
        return tuple(b.provision for b in open_brackets(self.sim.instrument()))

    def held(self, leaf: str) -> Package:
        return self.sim.instrument().packages[leaf]

    def fell(self, leaf: str) -> str:
        fall = fall_of(self.sim.instrument(), self.held(leaf))
        return fall.why if fall else ""


def test_it_closes_its_brackets_all_at_once_when_the_last_side_accepts() -> None:
    talks = Three("A", "B", "C")
    leaf = talks.package("A", talks.one, talks.two)
    assert talks.held(leaf).accepted == {"A"}
    assert talks.accept("B", leaf) == set()
    assert talks.open() == ("art_1", "art_2", "art_5")
    assert talks.accept("C", leaf) == set()
    assert talks.open() == ("art_5",)
    for provision, alternative in (("art_1", talks.one), ("art_2", talks.two)):
        agreed = talks.sim.instrument().brackets[provision].agreed(("A", "B", "C"))
        assert agreed is not None and agreed.leaf == alternative


def test_a_mediator_s_package_has_nobody_s_yes() -> None:
    talks = Three()
    leaf = talks.package("M", talks.one, talks.two)
    assert talks.held(leaf).accepted == frozenset()
    assert talks.sim.codes("M", "accept_package", **TEXT, package=leaf) == {"participation.role"}
    assert talks.accept("A", leaf) == talks.accept("B", leaf) == set()
    assert talks.open() == ("art_5",)


def test_to_decline_moves_nothing_and_can_be_thought_over() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    before = talks.sim.instrument().brackets
    assert talks.decline("B", leaf) == set()
    assert talks.sim.instrument().brackets == before
    assert talks.decline("B", leaf) == {"package.declined"}
    assert talks.accept("B", leaf) == set()
    assert talks.open() == ("art_5",)


def test_who_proposed_a_package_can_decline_it_while_it_is_open() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    assert talks.decline("A", leaf) == set()
    assert talks.accept("B", leaf) == set()
    assert talks.open() == ("art_1", "art_2", "art_5")


def test_it_falls_when_one_of_its_texts_is_withdrawn() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    talks.sim.must("B", "withdraw_alternative", **TEXT, provision="art_2", alternative=talks.two)
    assert talks.fell(leaf) == "withdrawn"
    (refusal,) = talks.sim.do("B", "accept_package", **TEXT, package=leaf)
    assert refusal.code == "package.fallen"
    assert refusal.sentence == "Its text of Article 2 is withdrawn, and the package fell with it."
    assert talks.decline("B", leaf) == {"package.fallen"}


def test_it_falls_when_an_edition_is_issued_or_every_side_supports_another_text() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.mine)
    other = talks.package("A", talks.one, talks.two)
    talks.sim.must("A", "support_alternative", **TEXT, provision="art_5", alternative=talks.theirs)
    assert (talks.fell(leaf), talks.fell(other)) == ("settled", "")
    talks.sim.issue()
    assert talks.fell(other) == "edition"
    assert standing_packages(talks.sim.instrument()) == ()


def test_one_of_its_texts_withdrawn_later_opens_all_it_had_closed() -> None:
    """They stand or fall together, also between the last acceptance and the edition."""
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    talks.accept("B", leaf)
    assert talks.open() == ("art_5",)
    talks.sim.must("B", "withdraw_alternative", **TEXT, provision="art_2", alternative=talks.two)
    assert talks.fell(leaf) == "reopened"
    assert talks.open() == ("art_1", "art_5")
    (alternative,) = talks.sim.instrument().brackets["art_1"].live()
    assert alternative.supporters == {"A"}, "with the support that it had before"


def test_a_provision_reserved_later_opens_all_it_had_closed() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    talks.accept("B", leaf)
    talks.sim.must("B", "reserve_provision", **TEXT, provision="art_1")
    talks.sim.must("B", "reserve_provision", **TEXT, provision="art_1", lift=True)
    assert talks.fell(leaf) == "reopened"
    assert talks.open() == ("art_1", "art_2", "art_5")


def test_another_text_withdrawn_at_a_closed_provision_opens_nothing() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.mine)
    talks.accept("B", leaf)
    talks.sim.must("B", "withdraw_alternative", **TEXT, provision="art_5", alternative=talks.theirs)
    assert (talks.fell(leaf), talks.open()) == ("", ("art_2",))


def test_what_an_edition_took_up_stays_taken_up() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    talks.accept("B", leaf)
    talks.sim.issue()
    talks.sim.must("B", "reserve_provision", **TEXT, provision="art_1")
    assert talks.fell(leaf) == ""
    assert talks.accept("B", leaf) == {"package.closed"}


def test_a_reserved_provision_keeps_a_package_from_being_accepted() -> None:
    talks = Three()
    leaf = talks.package("A", talks.one, talks.two)
    talks.sim.must("A", "reserve_provision", **TEXT, provision="art_1")
    assert talks.accept("B", leaf) == {"package.reserved"}
    assert talks.decline("B", leaf) == set()
    talks.sim.must("A", "reserve_provision", **TEXT, provision="art_1", lift=True)
    assert talks.accept("B", leaf) == set()


@pytest.mark.parametrize(
    ("named", "codes"),
    [
        (("one",), {"package.provisions"}), (("mine", "theirs"), {"package.provisions"}), ((), {"package.provisions"}),
        (("one", "one"), {"package.provisions"}), (("one", "nothing"), {"package.alternative"}),
        (("nothing", "nothing"), {"package.alternative"}), (("two", "mine"), {"package.present"}),
    ],
)  # fmt: skip
def test_a_package_holds_one_live_text_for_each_of_two_provisions_or_more(
    named: tuple[str, ...], codes: set[str]
) -> None:
    talks = Three()
    talks.package("B", talks.mine, talks.two)
    leaves = tuple(getattr(talks, name, fake_leaf(10**7)) for name in named)
    assert talks.sim.codes("A", "propose_package", **TEXT, alternatives=leaves) == codes


def test_only_sides_of_the_text_and_mediators_propose_and_only_sides_answer() -> None:
    talks = Three("A", "B", "C")
    sim = talks.sim
    sim.open("other", sides=("A", "B"))
    sim.issue("other")
    for provision in ("art_1", "art_2"):
        sim.must("A", "propose_alternative", instrument="other", provision=provision)
    leaves = tuple(a.leaf for b in open_brackets(sim.instrument("other")) for a in b.live())
    fields = {"instrument": "other", "alternatives": leaves}
    assert sim.codes("C", "propose_package", **fields) == {"instrument.side"}
    leaf = sim.must("M", "propose_package", **fields)
    assert sim.codes("C", "accept_package", instrument="other", package=leaf) == {"instrument.side"}
    assert sim.codes("A", "accept_package", instrument="nothing", package=leaf) == {"instrument.unknown"}
    assert sim.codes("A", "accept_package", instrument="other", package=fake_leaf(0)) == {"package.unknown"}


def test_it_is_offered_to_those_who_have_not_answered() -> None:
    talks = Three("A", "B", "C")
    leaf = talks.package("A", talks.one, talks.two)
    assert "accept_package" not in talks.sim.offered("A")
    assert {"accept_package", "decline_package"} <= set(talks.sim.offered("B"))
    talks.decline("B", leaf)
    assert "accept_package" not in talks.sim.offered("B")
    assert "accept_package" in talks.sim.offered("C")


def test_accepting_is_no_step_on_the_ladder() -> None:
    talks: Three = Three()
    leaf = talks.package("A", talks.one, talks.two)
    talks.accept("B", leaf)
    sim: Simulator = talks.sim
    assert sim.ladder() == ".."
    assert {r.code for r in sim.step("A", "assent")} == {"ladder.bracket_open", "ladder.not_consolidated"}
