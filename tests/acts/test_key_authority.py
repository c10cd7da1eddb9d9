"""Whose word a key rests on: from edition 3 of the procedure on, a side whose principal is known speaks for itself."""

from __future__ import annotations

import pytest

from detente.acts.key_authority import ON_ANOTHERS_WORD
from detente.codec.base64url import encode_base64url
from detente.keys.possession import prove_possession
from tests.simulator import Simulator, demonstration_key, seated, with_text

CONSENT = {"consent": "ratification"}


def second_principal(simulator: Simulator, person: str = "PX", side: str = "A") -> str:
    """A further principal, admitted and enrolled by the mediators; its key id."""
    simulator.must("M", "admit", person=person, role="principal", side=side)
    return simulator.enrol(person)


def alone(side: str = "A") -> Simulator:
    """The side's principal has left, as a mediator recorded; nobody is known any more."""
    simulator = with_text()
    simulator.must("M", "leave", person=f"P{side}")
    return simulator


def test_the_mediators_cannot_seat_a_principal_and_sign_for_a_side() -> None:
    simulator = with_text()
    for side, person in (("A", "PX"), ("B", "PY")):
        key = second_principal(simulator, person, side)
        assert simulator.codes("M", "confirm_fingerprint", key=key) == {"key.confirm_succession"}
        assert {r.code for r in simulator.step(person, "sign")} == {"key.unconfirmed"}
    assert simulator.answers() == "nnnn"


def test_records_of_earlier_editions_keep_their_answers() -> None:
    simulator = with_text(procedure=2)
    key = second_principal(simulator)
    simulator.must("M", "confirm_fingerprint", key=key)
    simulator.steps("sign", "PX")
    assert simulator.ladder() == "B." and simulator.standing("A").flags == ()


def test_a_further_principal_is_confirmed_by_one_who_is_known() -> None:
    simulator = with_text()
    key = second_principal(simulator)
    for other in ("B", "PB", "M"):
        assert simulator.codes(other, "confirm_fingerprint", key=key) == {"key.confirm_succession"}
        assert "confirm_fingerprint" not in simulator.offered(other)
    assert simulator.codes("A", "confirm_fingerprint", key=key) == {"key.confirm_succession"}
    assert "confirm_fingerprint" in simulator.offered("PA")
    simulator.must("PA", "confirm_fingerprint", key=key)
    simulator.steps("sign", "PX")
    assert simulator.ladder() == "B." and simulator.standing("A").flags == ()


def test_ones_own_further_key_is_confirmed_across_the_table_as_ever() -> None:
    simulator = with_text()
    first = simulator.key_of("PA")
    second = simulator.enrol("PA", "PA second", by="PA", replaces=first)
    simulator.must("M", "confirm_fingerprint", key=second)
    simulator.steps("sign", "PA")
    assert simulator.ladder() == "B." and simulator.standing("A").flags == ()


def test_a_key_that_was_put_in_before_anybody_was_known_continues_nothing() -> None:
    """The mediators enrol a key and keep it; with it they enrol another for the same principal, and confirm that."""
    simulator = with_text()
    second_principal(simulator)
    further = simulator.enrol("PX", "PX second", by="PX")
    assert simulator.codes("M", "confirm_fingerprint", key=further) == {"key.confirm_succession"}


@pytest.mark.parametrize("how", ["leave", "revoke_key"])
def test_where_nobody_is_left_another_side_confirms_and_every_step_says_so(how: str) -> None:
    simulator = with_text()
    if how == "leave":
        simulator.must("M", "leave", person="PA")
    else:
        simulator.must("M", "revoke_key", key=simulator.key_of("PA"))
    key = second_principal(simulator)
    assert simulator.codes("M", "confirm_fingerprint", key=key) == {"key.confirm_succession"}
    assert simulator.codes("B", "confirm_fingerprint", key=key) == {"key.confirm_succession"}
    assert [who for who in ("M", "B", "PB") if "confirm_fingerprint" in simulator.offered(who)] == ["PB"]
    simulator.must("PB", "confirm_fingerprint", key=key)
    simulator.steps("assent", "PX")
    assert simulator.standing("A").flags == (ON_ANOTHERS_WORD,)
    simulator.must("PX", "grant_mandate", holder="A", capacities=("sign",), terms="definitive")
    simulator.steps("sign", "A")
    assert simulator.standing("A").flags == (ON_ANOTHERS_WORD,), "a step under its powers too"
    further = simulator.enrol("PX", "PX second", by="PX")
    simulator.must("B", "confirm_fingerprint", key=further)
    assert simulator.state.keys[further].on_anothers_word, "what continues it is no better"


def test_nobody_whom_the_mediators_seat_across_the_table_speaks_in_the_place_of_a_side() -> None:
    """A delegate of the other side, or a principal of it whom nobody has confirmed."""
    simulator = alone()
    key = second_principal(simulator)
    simulator.must("M", "admit", person="B2", role="delegate", side="B")
    simulator.enrol("B2")
    second_principal(simulator, "PY", "B")
    for seat in ("B2", "PY"):
        assert "key.confirm_succession" in simulator.codes(seat, "confirm_fingerprint", key=key)


def test_what_a_principal_says_of_others_is_signed_with_a_confirmed_key() -> None:
    """Another key of theirs may be in hands that nobody knows: the first one came from a mediator."""
    simulator = with_text()
    unconfirmed = simulator.enrol("PA", "PA second", by="PA")
    simulator.keys["PA"] = unconfirmed
    key = second_principal(simulator)
    assert simulator.codes("PA", "confirm_fingerprint", key=key) == {"key.unconfirmed"}
    simulator.must("M", "revoke_key", key=simulator.key_of("A"))
    assert simulator.codes("PA", "enrol", **enrolment(simulator, "A")) == {"key.unconfirmed"}


def enrolment(simulator: Simulator, person: str) -> dict[str, str]:
    key = demonstration_key("second")
    return {
        "person": person, "public": encode_base64url(key.public),
        "possession": prove_possession(key, simulator.origin, person),
    }  # fmt: skip


def test_a_mediator_gives_no_other_key_to_a_delegate_whose_principal_is_known() -> None:
    """Else it could sign as the delegate, within powers that a principal granted to somebody else."""
    simulator = with_text()
    old, fields = simulator.key_of("A"), enrolment(simulator, "A")
    assert simulator.codes("M", "enrol", **fields, replaces=old) == {"key.enrol_other"}
    simulator.must("M", "revoke_key", key=old)
    assert simulator.codes("M", "enrol", **fields) == {"key.enrol_other"}
    simulator.must("M", "leave", person="PA")
    assert simulator.codes("M", "enrol", **fields) == {"key.enrol_other"}, "nor once it is said to have left"
    simulator = seated()
    simulator.must("PA", "revoke_key", key=simulator.key_of("A"))
    simulator.enrol("A", "second", by="PA")


def test_nor_through_a_principal_whom_nobody_has_confirmed() -> None:
    simulator = with_text()
    second_principal(simulator)
    simulator.must("M", "revoke_key", key=simulator.key_of("A"))
    found = simulator.codes("PX", "enrol", **enrolment(simulator, "A"))
    assert found == {"key.enrol_other", "key.unconfirmed"}


def test_nor_the_first_one_to_whoever_was_given_powers_before() -> None:
    simulator = seated()
    simulator.must("M", "admit", person="A3", role="delegate", side="A")
    assert simulator.codes("M", "enrol", **enrolment(simulator, "A3")) == set()
    simulator = seated()
    simulator.must("M", "admit", person="A3", role="delegate", side="A")
    simulator.must("PA", "grant_mandate", holder="A3", capacities=("sign",), terms="definitive")
    assert simulator.codes("M", "enrol", **enrolment(simulator, "A3")) == {"key.enrol_other"}
    simulator.must("PA", "enrol", **enrolment(simulator, "A3"))


@pytest.mark.parametrize(("left", "role", "side"), [("A", "principal", "A"), ("PA", "observer", None)])
def test_nobody_comes_back_in_another_role_with_the_keys_of_before(
    left: str, role: str, side: str | None
) -> None:
    """A delegate's key that the convenor confirmed would be a principal's; a principal's would be nobody's."""
    simulator = seated()
    if left == "A":
        simulator.must("M", "confirm_fingerprint", key=simulator.key_of("A"))
    simulator.must("M", "leave", person=left)
    fields = {"person": left, "role": role, **({"side": side} if side else {})}
    assert simulator.codes("M", "admit", **fields) == {"participation.id_of_another"}
    again = {"role": "delegate" if left == "A" else "principal", "side": "A"}
    assert simulator.codes("M", "admit", person=left, **again) == set()
