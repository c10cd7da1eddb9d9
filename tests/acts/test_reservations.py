"""Reservations: one side's own statement; who may answer it, and what stands between whom until they have."""

from __future__ import annotations

from typing import Any

import pytest

from detente.procedure.finality import Missing
from detente.state.instrument import Reservation
from detente.state.reservations import accepted_by, status_of
from tests.simulator import Simulator, fake_leaf, with_text

THREE = ("A", "B", "C")


def ready(*sides: str, **terms: Any) -> Simulator:
    """A treaty text that every side has initialled."""
    simulator = with_text(*(sides or THREE), terms={"basis": "treaty", **terms})
    simulator.steps("initial", *(sides or THREE))
    return simulator


def reserve(simulator: Simulator, person: str = "A", **fields: Any) -> str:
    return simulator.must(person, "make_reservation", instrument="text", **fields)


def answer(simulator: Simulator, person: str, kind: str, leaf: str, **fields: Any) -> set[str]:
    return {r.code for r in simulator.do(person, kind, instrument="text", reservation=leaf, **fields)}


def held(simulator: Simulator, leaf: str) -> Reservation:
    return simulator.instrument().reservations[leaf]


def awaited(simulator: Simulator) -> list[str]:
    return [m.whose for m in simulator.finality().binding.missing if m.act == "accept_reservation"]


def pairs(simulator: Simulator) -> set[str]:
    return {f"{first}{second}" for first, second in simulator.finality().bound_pairs}


# --- making one


def test_it_changes_no_word_and_no_step() -> None:
    simulator = ready()
    before = simulator.instrument()
    leaf = reserve(simulator, provisions=("art_5",))
    after = simulator.instrument()
    assert (after.editions, after.brackets, after.ladder, after.version) == (
        before.editions, before.brackets, before.ladder, before.version,
    )  # fmt: skip
    assert (held(simulator, leaf).side, held(simulator, leaf).provisions) == ("A", ("art_5",))


def test_a_text_that_excludes_reservations_takes_none() -> None:
    simulator = ready(reservations="excluded")
    (refusal,) = simulator.do("A", "make_reservation", instrument="text")
    assert (refusal.code, refusal.clause) == ("reservation.excluded", "VCLT art. 19(a)")
    edition = simulator.edition().leaf
    assert simulator.codes("A", "declare_interpretation", instrument="text", edition=edition) == set()


def test_while_the_text_is_drafted_a_side_brackets_it_instead() -> None:
    simulator = with_text()
    simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    (refusal,) = simulator.do("A", "make_reservation", instrument="text")
    assert (refusal.code, refusal.sentence) == (
        "reservation.drafting", "The text is still being negotiated at Article 5.",
    )  # fmt: skip


def test_after_consent_it_is_too_late_and_a_declaration_is_not() -> None:
    simulator = ready()
    simulator.steps("sign", "A")
    assert simulator.codes("A", "make_reservation", instrument="text") == {"reservation.late"}
    edition = simulator.edition().leaf
    leaf = simulator.must(
        "A", "declare_interpretation", instrument="text", edition=edition, provisions=("art_5",)
    )
    assert simulator.instrument().declarations == (("A", leaf),)
    assert awaited(simulator) == []


def test_provisions_of_another_text_are_refused_by_name() -> None:
    simulator = ready()
    (refusal,) = simulator.do("A", "make_reservation", instrument="text", provisions=("art_9",))
    assert refusal.sentence == "Edition 1 holds no such provision: Article 9."
    edition = simulator.edition().leaf
    fields = {"instrument": "text", "edition": edition, "provisions": ("art_9",)}
    assert simulator.codes("A", "declare_interpretation", **fields) == {"reservation.provision"}


def test_a_delegate_without_powers_to_sign_waits_for_its_principal() -> None:
    """VCLT 8: in the record, without effect unless confirmed."""
    simulator = ready()
    simulator.admit("A2", "delegate", "A")
    leaf = reserve(simulator, "A2")
    assert held(simulator, leaf).beyond == "no mandate is in the record"
    simulator.steps("sign", "B", "C")
    assert awaited(simulator) == []
    assert "confirm_reservation" in simulator.offered("PA")
    assert answer(simulator, "PA", "confirm_reservation", leaf) == set()
    assert awaited(simulator) == ["PB", "PC"]


def test_powers_to_sign_ad_referendum_carry_it() -> None:
    simulator = with_text(*THREE)
    simulator.admit("A2", "delegate", "A")
    simulator.must(
        "PA", "grant_mandate", holder="A2", capacities=("sign_ad_referendum",), terms="ad_referendum"
    )
    assert held(simulator, reserve(simulator, "A2")).beyond == ""


# --- at a signature with approval pending (23(2))


def ratifying() -> tuple[Simulator, str]:
    simulator = ready(consent="ratification")
    leaf = reserve(simulator)
    simulator.steps("sign", *THREE)
    return simulator, leaf


def test_made_at_signature_it_is_confirmed_before_consent() -> None:
    simulator, leaf = ratifying()
    assert status_of(simulator.instrument(), held(simulator, leaf)) == "unconfirmed"
    assert answer(simulator, "A", "confirm_reservation", leaf) == {"participation.role"}
    assert answer(simulator, "PB", "confirm_reservation", leaf) == {"reservation.own"}
    assert answer(simulator, "PA", "confirm_reservation", leaf) == set()
    assert answer(simulator, "PA", "confirm_reservation", leaf) == {"reservation.confirmed"}
    simulator.steps("consent", "PA", "PB", "PC", means="ratify")
    assert awaited(simulator) == ["PB", "PC"]


def test_consent_without_confirming_it_lets_it_lapse() -> None:
    simulator, leaf = ratifying()
    simulator.steps("consent", "PA", "PB", "PC", means="ratify")
    assert status_of(simulator.instrument(), held(simulator, leaf)) == "lapsed"
    assert simulator.finality().binding.yes
    assert answer(simulator, "PA", "confirm_reservation", leaf) == {"reservation.gone"}


def test_an_answer_given_before_confirmation_needs_none_itself() -> None:
    simulator, leaf = ratifying()
    for person in ("PB", "PC"):
        assert answer(simulator, person, "accept_reservation", leaf) == set()
    answer(simulator, "PA", "confirm_reservation", leaf)
    simulator.steps("consent", "PA", "PB", "PC", means="ratify")
    assert simulator.finality().binding.yes


def test_made_when_ratifying_it_needs_no_confirmation() -> None:
    simulator = ready(consent="ratification")
    simulator.steps("sign", *THREE)
    leaf = reserve(simulator, "PA")
    assert status_of(simulator.instrument(), held(simulator, leaf)) == "made"
    assert answer(simulator, "PA", "confirm_reservation", leaf) == {"reservation.confirmed"}


# --- each for itself (20(4))


def signed() -> tuple[Simulator, str]:
    simulator = ready()
    leaf = reserve(simulator)
    simulator.steps("sign", *THREE)
    return simulator, leaf


def test_until_they_answer_it_keeps_its_side_apart_from_the_others_and_them_together() -> None:
    simulator, leaf = signed()
    assert simulator.ladder() == "BBB" and not simulator.finality().binding.yes
    assert pairs(simulator) == {"BC"}
    why = "The reservation of A has not been answered."
    assert Missing("PB", "accept_reservation", why, leaf) in simulator.finality().missing
    answer(simulator, "PB", "accept_reservation", leaf)
    assert (awaited(simulator), pairs(simulator)) == (["PC"], {"AB", "BC"})
    answer(simulator, "PC", "accept_reservation", leaf)
    assert simulator.finality().binding.yes and pairs(simulator) == {"AB", "AC", "BC"}


def test_an_objection_leaves_the_text_in_force_between_the_two() -> None:
    simulator, leaf = signed()
    answer(simulator, "PB", "accept_reservation", leaf)
    answer(simulator, "PC", "object_to_reservation", leaf)
    assert simulator.finality().binding.yes and pairs(simulator) == {"AB", "AC", "BC"}


def test_unless_it_opposes_that() -> None:
    simulator, leaf = signed()
    answer(simulator, "PB", "accept_reservation", leaf)
    answer(simulator, "PC", "object_to_reservation", leaf, opposes_entry=True)
    assert simulator.finality().binding.yes and pairs(simulator) == {"AB", "BC"}
    assert answer(simulator, "PC", "object_to_reservation", leaf, opposes_entry=True) == {
        "reservation.objected"
    }
    answer(simulator, "PC", "object_to_reservation", leaf)
    assert pairs(simulator) == {"AB", "AC", "BC"}
    assert answer(simulator, "PC", "object_to_reservation", leaf, opposes_entry=True) == {
        "reservation.objected"
    }


def test_a_consent_with_a_reservation_has_effect_once_somebody_accepts_it() -> None:
    """VCLT 20(4)(c): where all have objected, nobody is bound towards its author."""
    simulator, leaf = signed()
    for person in ("PB", "PC"):
        answer(simulator, person, "object_to_reservation", leaf)
    assert (awaited(simulator), pairs(simulator)) == (["PB", "PC"], {"BC"})
    answer(simulator, "PB", "accept_reservation", leaf)
    assert simulator.finality().binding.yes and pairs(simulator) == {"AB", "AC", "BC"}


def test_an_acceptance_is_not_taken_back_and_gives_up_an_objection() -> None:
    simulator, leaf = signed()
    answer(simulator, "PB", "object_to_reservation", leaf, opposes_entry=True)
    answer(simulator, "PB", "accept_reservation", leaf)
    assert held(simulator, leaf).objections == ()
    for kind in ("accept_reservation", "object_to_reservation"):
        assert answer(simulator, "PB", kind, leaf) == {"reservation.accepted"}


def test_withdrawn_it_stands_between_nobody() -> None:
    simulator, leaf = signed()
    assert answer(simulator, "PB", "withdraw_reservation", leaf) == {"reservation.own"}
    simulator.must("M", "break_off")
    assert answer(simulator, "PA", "withdraw_reservation", leaf) == set()
    assert simulator.finality().binding.yes and pairs(simulator) == {"AB", "AC", "BC"}
    assert answer(simulator, "PB", "accept_reservation", leaf) >= {"phase.closed"}
    assert answer(simulator, "PB", "object_to_reservation", leaf) == {"reservation.gone"}


def test_a_later_edition_leaves_it_behind() -> None:
    simulator = ready()
    leaf = reserve(simulator)
    simulator.must("A", "take_back", instrument="text")
    simulator.issue()
    assert status_of(simulator.instrument(), held(simulator, leaf)) == "earlier edition"
    simulator.steps("sign", *THREE)
    assert simulator.finality().binding.yes


# --- silence (20(5))


def test_twelve_months_of_silence_after_the_first_time_marked_are_acceptance() -> None:
    simulator, leaf = signed()
    assert not simulator.mark("2026-03-02T09:00:00Z")
    assert held(simulator, leaf).notified == "2026-03-02T09:00:00Z"
    assert not simulator.mark("2027-03-02T08:59:59Z")
    assert awaited(simulator) == ["PB", "PC"]
    answer(simulator, "PC", "object_to_reservation", leaf, opposes_entry=True)
    assert not simulator.mark("2027-03-02T09:00:00Z")
    assert accepted_by(simulator.instrument(), held(simulator, leaf), simulator.state.clock.now) == {"B"}
    assert simulator.finality().binding.since == simulator.state.size - 1, "from the mark that showed it"
    assert pairs(simulator) == {"AB", "BC"}
    assert answer(simulator, "PB", "object_to_reservation", leaf) == {"reservation.accepted"}


def test_silence_accepts_only_for_a_side_that_has_consented() -> None:
    simulator = ready(consent="ratification")
    simulator.steps("sign", *THREE)
    leaf = reserve(simulator, "PA")
    simulator.steps("consent", "PA", "PB", means="ratify")
    assert not simulator.mark("2026-03-02T09:00:00Z")
    assert not simulator.mark("2027-03-02T09:00:00Z")
    assert awaited(simulator) == ["PC"]
    assert answer(simulator, "PC", "object_to_reservation", leaf) == set()


def test_a_reservation_confirmed_later_is_notified_again_from_its_confirmation() -> None:
    """VCLT 23(2): it is considered as made on that date."""
    simulator = ready(consent="ratification")
    leaf = reserve(simulator)
    assert not simulator.mark("2026-03-02T09:00:00Z")
    simulator.steps("sign", *THREE)
    answer(simulator, "PA", "confirm_reservation", leaf)
    assert not simulator.mark("2027-01-02T09:00:00Z")
    assert held(simulator, leaf).notified == "2027-01-02T09:00:00Z"
    simulator.steps("consent", "PA", "PB", "PC", means="ratify")
    assert not simulator.mark("2027-03-02T09:00:00Z")
    assert awaited(simulator) == ["PB", "PC"]


# --- everybody's acceptance (20(2))


@pytest.mark.parametrize(("sides", "terms"), [(("A", "B"), {}), (THREE, {"reservations": "accepted_by_all"})])
def test_where_every_acceptance_is_needed_an_objection_keeps_it_open(
    sides: tuple[str, ...], terms: dict[str, Any]
) -> None:
    simulator = ready(*sides, **terms)
    leaf = reserve(simulator)
    simulator.steps("sign", *sides)
    others = [f"P{side}" for side in sides[1:]]
    assert awaited(simulator) == others
    why = simulator.finality().binding.missing[0].why
    assert why == "The reservation of A needs the acceptance of every other side."
    for person in others:
        answer(simulator, person, "object_to_reservation", leaf)
    assert awaited(simulator) == others
    assert not any("A" in pair for pair in pairs(simulator))
    for person in others:
        answer(simulator, person, "accept_reservation", leaf)
    assert simulator.finality().binding.yes


def test_between_two_sides_silence_accepts_nothing() -> None:
    """ILC Guide 1.6.1: it is a proposal to change the text."""
    simulator = ready("A", "B")
    reserve(simulator)
    simulator.steps("sign", "A", "B")
    assert not simulator.mark("2026-03-02T09:00:00Z")
    assert not simulator.mark("2037-03-02T09:00:00Z")
    assert awaited(simulator) == ["PB"]


def test_a_text_conditional_on_one_with_an_open_reservation_waits_for_it() -> None:
    simulator = ready("A", "B")
    simulator.open("annex")
    simulator.issue("annex")
    simulator.must("M", "link_instrument", instrument="annex", relation="conditional_on", other="text")
    leaf = reserve(simulator)
    simulator.steps("sign", "A", "B")
    simulator.steps("sign", "A", "B", name="annex")
    missing = simulator.finality("annex").binding.missing
    assert [(m.whose, m.act, m.subject) for m in missing] == [("PB", "accept_reservation", leaf)]
    answer(simulator, "PB", "accept_reservation", leaf)
    assert simulator.finality("annex").binding.yes


# --- who answers


def test_answers_are_other_sides_principals_under_confirmed_keys() -> None:
    simulator, leaf = signed()
    assert answer(simulator, "B", "accept_reservation", leaf) == {"participation.role"}
    assert answer(simulator, "PA", "accept_reservation", leaf) == {"reservation.own"}
    assert answer(simulator, "PB", "accept_reservation", fake_leaf(0)) == {"reservation.unknown"}
    simulator.must("PB", "revoke_key", key=simulator.key_of("PB"))
    simulator.enrol("PB", "PB again")
    assert answer(simulator, "PB", "accept_reservation", leaf) == {"key.unconfirmed"}
    assert answer(simulator, "PB", "object_to_reservation", leaf) == set()


def test_anybody_may_comment_and_it_answers_nothing() -> None:
    simulator, leaf = signed()
    simulator.admit("O", "observer")
    before = awaited(simulator)
    assert answer(simulator, "O", "comment_on_reservation", leaf) == set()
    assert answer(simulator, "PB", "comment_on_reservation", leaf) == set()
    assert [who for who, _leaf in held(simulator, leaf).comments] == ["O", "PB"]
    assert awaited(simulator) == before


def test_what_is_open_is_offered_and_nothing_else() -> None:
    simulator, leaf = signed()
    assert {"accept_reservation", "object_to_reservation"} <= set(simulator.offered("PB"))
    assert "accept_reservation" not in simulator.offered("PA")
    assert "withdraw_reservation" in simulator.offered("PA")
    answer(simulator, "PB", "object_to_reservation", leaf)
    assert "accept_reservation" not in simulator.offered("PB")
