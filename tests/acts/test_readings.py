"""Readings: one of each side at a provision, the last one; beside the text, and moving nobody."""

from __future__ import annotations

from detente.acts.readings import readings_of, rival_readings
from tests.simulator import Simulator, with_text


def declare(simulator: Simulator, person: str, provision: str = "art_5", edition: str = "") -> str:
    leaf = edition or simulator.edition().leaf
    return simulator.must(person, "declare_reading", instrument="text", edition=leaf, provision=provision)


def test_a_later_reading_by_the_same_side_takes_the_place_of_its_earlier_one() -> None:
    simulator = with_text()
    declare(simulator, "A")
    theirs = declare(simulator, "B")
    mine = declare(simulator, "PA")
    found = readings_of(simulator.instrument(), "art_5")
    assert [(r.side, r.leaf) for r in found] == [("B", theirs), ("A", mine)]
    assert len([m for m in simulator.history if m.stands and m.person in ("A", "PA")]) > 1  # both in the log


def test_readings_are_rival_where_more_than_one_reads_a_provision() -> None:
    simulator = with_text()
    declare(simulator, "A", "art_5")
    declare(simulator, "A", "art_1")
    assert rival_readings(simulator.instrument()) == ()
    declare(simulator, "M", "art_5")
    assert rival_readings(simulator.instrument()) == ("art_5",)
    declare(simulator, "B", "art_1")
    assert rival_readings(simulator.instrument()) == ("art_1", "art_5"), "in the order of the text"


def test_a_reading_stands_in_no_step_s_way_and_outlives_an_edition() -> None:
    simulator = with_text()
    declare(simulator, "A")
    declare(simulator, "B")
    first = simulator.edition().leaf
    simulator.issue()
    assert [r.edition for r in readings_of(simulator.instrument(), "art_5")] == [first, first]
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"
    declare(simulator, "A", edition=first)


def test_a_provision_that_the_edition_does_not_hold_is_refused_by_name() -> None:
    simulator = with_text()
    fields = {"instrument": "text", "edition": simulator.edition().leaf, "provision": "art_9"}
    (refusal,) = simulator.do("A", "declare_reading", **fields)
    assert (refusal.code, refusal.sentence) == ("reading.provision", "Edition 1 holds no Article 9.")
    assert refusal.instead
    unknown = {**fields, "edition": simulator.edition().content}
    assert simulator.codes("A", "declare_reading", **unknown) == {"edition.unknown"}


def test_a_side_reads_the_texts_that_it_negotiates_and_mediators_any() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    fields = {"instrument": "text", "edition": simulator.edition().leaf, "provision": "art_5"}
    assert simulator.codes("C", "declare_reading", **fields) == {"instrument.side"}
    assert simulator.codes("M", "declare_reading", **fields) == set()
    assert simulator.codes("K", "declare_reading", **fields) == {"participation.role"}


def test_an_answer_is_offered_where_somebody_else_has_declared_a_reading() -> None:
    simulator = with_text()
    assert "declare_reading" not in simulator.offered("B")
    declare(simulator, "A")
    assert "declare_reading" in simulator.offered("B") and "declare_reading" in simulator.offered("M")
    assert "declare_reading" not in simulator.offered("A")
