"""Commitments: drawn from words, binding nobody; what the drawing lacks can be told without reading it."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from detente.acts.commitments import (
    ELEMENTS,
    CommitmentWords,
    DrawCommitment,
    awaited_to_withdraw,
    check_words,
    elements_given,
    missing_elements,
    standing_commitments,
)
from detente.acts.sequences import standing_orderings
from detente.procedure.turn import turns
from detente.state.undertakings import Assurance
from tests.simulator import Simulator, fake_leaf, with_text

ALL_WORDS = dict.fromkeys(CommitmentWords.__struct_fields__, "words")


def fields(simulator: Simulator, **changed: object) -> dict[str, object]:
    drawing = {
        "instrument": "text", "edition": simulator.edition().leaf, "provision": "art_5", "duty": "refrain",
        "actors": ("A",), "elements": ("actor", "duty"),
    }  # fmt: skip
    return {**drawing, **changed}


def codes(simulator: Simulator, person: str = "B", /, **changed: object) -> set[str]:
    return simulator.codes(person, "draw_commitment", **fields(simulator, **changed))


def test_a_drawing_stands_beside_the_text_and_moves_nobody() -> None:
    simulator = with_text()
    before = simulator.answers()
    leaf = simulator.must("B", "draw_commitment", **fields(simulator))
    commitment = simulator.state.commitments[leaf]
    assert (commitment.by, commitment.actors, commitment.duty) == ("B", ("A",), "refrain")
    assert simulator.answers() == before
    assert missing_elements(commitment) == ELEMENTS[2:]
    assert missing_elements(replace(commitment, elements=ELEMENTS)) == ()


def test_it_is_drawn_from_a_provision_of_an_edition_by_a_side_of_the_instrument() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    assert codes(simulator, "M") == set()
    assert codes(simulator, "C") == {"instrument.side"}
    assert codes(simulator, "K") == {"participation.role"}
    assert codes(simulator, provision="art_9") == {"commitment.provision"}
    assert codes(simulator, edition=fake_leaf(999)) == {"edition.unknown"}
    assert codes(simulator, instrument="other") == {"instrument.unknown"}


def test_whoever_is_no_side_of_the_instrument_owes_nothing_under_it() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    assert codes(simulator, actors=("C",)) == {"commitment.actor"}
    assert codes(simulator, actors=("A", "A")) == {"commitment.actor_twice"}
    assert codes(simulator, actors=(), elements=("actor", "duty")) == set(), "in words"


def test_an_event_is_owed_by_nobody() -> None:
    simulator = with_text()
    assert codes(simulator, duty="event") == {"commitment.event"}
    assert codes(simulator, duty="event", actors=(), elements=("duty",)) == set()


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", set()),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", {"commitment.period"}),
        ("2026-02-30T00:00:00Z", None, {"instant.malformed"}),
        (None, "2026-02-01T00:00:00Z", set()),
    ],
)
def test_a_period_is_real_and_ends_after_it_begins(begins: str, ends: str, found: set[str]) -> None:
    given = {"begins": begins, "ends": ends, "elements": ("actor", "duty", "period")}
    assert codes(with_text(), **given) == found


def test_the_elements_are_in_order_and_leave_out_nothing_that_stands_in_the_clear() -> None:
    simulator = with_text()
    for elements in ((), ("duty",), ("duty", "actor"), ("actor", "actor", "duty")):
        assert codes(simulator, elements=elements) == {"commitment.elements"}
    assert codes(simulator, verifier="M") == {"commitment.elements"}
    assert codes(simulator, verifier="M", elements=("actor", "duty", "verifier")) == set()


def test_nobody_verifies_what_their_own_side_owes() -> None:
    simulator = with_text()
    given = {"elements": ("actor", "duty", "verifier")}
    assert codes(simulator, verifier="PA", **given) == {"commitment.own_verifier"}
    assert codes(simulator, verifier="B", **given) == set()
    assert codes(simulator, verifier="Z", **given) == {"participation.person"}


def test_an_assurance_is_taken_up_once_confirmed_by_the_side_that_gave_it() -> None:
    simulator = with_text()
    given = Assurance(fake_leaf(777), 0, "M", "A", "A", spoken=True)

    def with_assurance(assurance: Assurance, **changed: object) -> set[str]:
        simulator.state = replace(
            simulator.state, assurances=simulator.state.assurances.set(assurance.leaf, assurance)
        )
        return codes(simulator, assurance=assurance.leaf, **changed)

    assert codes(simulator, assurance=given.leaf) == {"commitment.assurance"}
    assert with_assurance(given) == {"commitment.assurance_unconfirmed"}
    assert with_assurance(replace(given, confirmed=1)) == set()
    assert with_assurance(replace(given, confirmed=1), actors=("B",)) == {"commitment.assurance_of_other"}
    assert with_assurance(replace(given, confirmed=1, withdrawn=2)) == {"commitment.assurance"}
    assert with_assurance(replace(given, refused=1)) == {"commitment.assurance"}


def test_a_drawing_takes_the_place_of_an_earlier_one_of_the_same_side_only() -> None:
    simulator = with_text()
    first = simulator.must("B", "draw_commitment", **fields(simulator))
    assert codes(simulator, "A", replaces=first) == {"commitment.not_yours"}
    second = simulator.must("PB", "draw_commitment", **fields(simulator, replaces=first))
    assert simulator.state.commitments[first].replaced == simulator.state.size - 1
    assert codes(simulator, replaces=first) == {"commitment.unknown"}
    assert [c.leaf for c in standing_commitments(simulator.state, "text", "art_5")] == [second]
    assert standing_commitments(simulator.state, "text", "art_1") == ()


# --- what it hides


def clear(**changed: object) -> DrawCommitment:
    simulator = with_text()
    found = simulator.act("B", "draw_commitment", **fields(simulator, **changed)).clear
    assert isinstance(found, DrawCommitment)
    return found


@pytest.mark.parametrize("name", sorted(set(ALL_WORDS) - {"remark", "title", "quote", "obligor"}))
def test_words_that_give_an_element_which_is_not_listed_are_refused(name: str) -> None:
    hidden = CommitmentWords(**{name: "words"})
    (refusal,) = check_words(clear(), hidden)
    assert refusal.code == "commitment.elements" and refusal.instead
    every = clear(elements=ELEMENTS)
    assert check_words(every, hidden) == ()


def test_what_is_not_disclosed_is_taken_at_its_author_s_word() -> None:
    assert check_words(clear(elements=ELEMENTS), CommitmentWords()) == ()


def test_the_elements_follow_from_the_fields() -> None:
    assert elements_given({"duty": "deliver"}) == ("duty",)
    assert elements_given({"duty": "deliver", **ALL_WORDS}) == ELEMENTS
    assert elements_given({"duty": "deliver", "ends": "2026-01-01T00:00:00Z"}) == ("duty", "period")


def test_an_area_is_a_name_or_a_geometry_that_can_be_drawn() -> None:
    every = clear(elements=ELEMENTS)
    ring = [[71, 34], [72, 34], [72, 35], [71, 34]]
    good = json.dumps({"type": "Polygon", "coordinates": [ring]})
    assert check_words(every, CommitmentWords(area="the valley")) == ()
    assert check_words(every, CommitmentWords(area=good)) == ()
    (refusal,) = check_words(
        every, CommitmentWords(area=json.dumps({"type": "Point", "coordinates": [71, 34]}))
    )
    assert refusal.code == "area.malformed"


# --- withdrawn


def drawn(simulator: Simulator, person: str = "B") -> str:
    return simulator.must(person, "draw_commitment", **fields(simulator))


def adopted(simulator: Simulator) -> Simulator:
    for side in "AB":
        simulator.grant(side)
        simulator.must(side, "assent", instrument="text", terms="definitive")
    return simulator


def test_before_adoption_whoever_drew_it_withdraws_it_alone_and_it_stays_in_the_record() -> None:
    simulator = with_text()
    leaf = drawn(simulator)
    assert simulator.codes("A", "withdraw_commitment", commitment=leaf) == {"commitment.not_yours"}
    assert "withdraw_commitment" in simulator.offered("PB")
    assert "withdraw_commitment" not in simulator.offered("A")
    simulator.must("PB", "withdraw_commitment", commitment=leaf)
    found = simulator.state.commitments[leaf]
    assert found.withdrawn == simulator.state.size - 1 and not found.stands
    assert standing_commitments(simulator.state, "text") == ()
    assert simulator.codes("B", "withdraw_commitment", commitment=leaf) == {"commitment.unknown"}
    assert codes(simulator, replaces=leaf) == {"commitment.unknown"}
    assert simulator.codes("A", "report_performance", commitment=leaf) == {"commitment.withdrawn"}


def test_nothing_is_ordered_on_what_was_withdrawn() -> None:
    simulator = with_text()
    first, second = drawn(simulator), drawn(simulator)
    order = {**fields(simulator), "first": first, "second": second, "relation": "before"}
    order = {n: order[n] for n in ("instrument", "edition", "provision", "first", "second", "relation")}
    simulator.must("A", "order_commitments", **order)
    assert len(standing_orderings(simulator.state)) == 1
    simulator.must("B", "withdraw_commitment", commitment=first)
    assert standing_orderings(simulator.state) == ()
    assert simulator.codes("A", "order_commitments", **{**order, "relation": "after"}) == {
        "commitment.unknown"
    }


def test_once_the_text_is_adopted_every_side_has_to_say_so() -> None:
    simulator = with_text()
    leaf, other = drawn(simulator), drawn(simulator, "M")
    adopted(simulator)
    assert codes(simulator, replaces=leaf) == {"commitment.adopted"}
    simulator.must("B", "withdraw_commitment", commitment=leaf)
    assert simulator.state.commitments[leaf].stands
    assert [(t.whose, t.act) for t in turns(simulator.state) if t.subject == leaf] == [
        ("A", "withdraw_commitment")
    ]
    assert simulator.codes("B", "withdraw_commitment", commitment=leaf) == {"commitment.withdrawal_said"}
    assert "withdraw_commitment" in simulator.offered("A")
    simulator.must("A", "withdraw_commitment", commitment=leaf)
    assert not simulator.state.commitments[leaf].stands
    assert awaited_to_withdraw(simulator.state, simulator.state.commitments[other]) == ("M", "A", "B")


def test_another_takes_its_place_once_the_other_sides_want_it_withdrawn() -> None:
    simulator = with_text()
    leaf = drawn(simulator)
    adopted(simulator)
    simulator.must("A", "withdraw_commitment", commitment=leaf)
    later = simulator.must("B", "draw_commitment", **fields(simulator, replaces=leaf))
    assert [c.leaf for c in standing_commitments(simulator.state, "text")] == [later]
