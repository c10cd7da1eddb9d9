"""Keys: judged by log index; enrolled with proof of possession; revoked, and what is flagged."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.keys.possession import prove_possession
from tests.simulator import Simulator, demonstration_key, seated, with_text


def enrolment(simulator: Simulator, person: str, name: str, **fields: Any) -> dict[str, Any]:
    key = demonstration_key(name)
    proof = prove_possession(key, simulator.origin, person)
    return {"person": person, "public": encode_base64url(key.public), "possession": proof, **fields}


def unconfirmed() -> Simulator:
    """A's principal is enrolled, and nobody has compared the fingerprint."""
    simulator = Simulator()
    simulator.admit("A", "delegate", "A")
    simulator.admit("B", "delegate", "B")
    simulator.must("M", "admit", person="PA", role="principal", side="A")
    simulator.enrol("PA")
    return simulator


def test_a_key_that_is_not_enrolled_says_nothing() -> None:
    (refusal,) = seated().do("A", "leave", person="A", key_id=demonstration_key("stranger").key_id)
    assert (refusal.code, refusal.instead) == (
        "key.unknown",
        "Ask a mediator to enrol the key, then sign again.",
    )


def test_a_key_is_enrolled_with_proof_of_possession_for_this_person_and_process() -> None:
    simulator = seated()
    made_for_another = enrolment(simulator, "B", "A second")["possession"]
    assert simulator.codes(
        "A", "enrol", **enrolment(simulator, "A", "A second", possession=made_for_another)
    ) == {"key.possession"}
    elsewhere = prove_possession(demonstration_key("A second"), "detente/" + "a" * 26, "A")
    assert simulator.codes("A", "enrol", **enrolment(simulator, "A", "A second", possession=elsewhere)) == {
        "key.possession"
    }
    assert simulator.codes("A", "enrol", **enrolment(simulator, "A", "A second")) == set()


def test_a_key_of_small_order_is_refused() -> None:
    weak = encode_base64url((1).to_bytes(32, "little"))
    simulator = seated()
    assert simulator.codes("A", "enrol", **enrolment(simulator, "A", "A second", public=weak)) == {
        "key.small_order"
    }


def test_a_key_belongs_to_one_person() -> None:
    simulator = seated()
    assert simulator.codes("B", "enrol", **enrolment(simulator, "B", "A")) == {"key.present"}


@pytest.mark.parametrize(
    ("author", "person", "codes"),
    [
        ("A", "A", set()),
        ("M", "A", {"key.enrol_other"}),  # beside a working key, only its owner adds one
        ("B", "A", {"key.enrol_other"}),
        ("PB", "A", {"key.enrol_other"}),
        ("A", "PA", {"key.enrol_other"}),
        ("PA", "A", {"key.enrol_other"}),  # while the delegate has a working key
        ("M", "X", {"participation.person"}),
        ("K", "K", {"participation.role"}),
    ],
)
def test_who_enrols_whose_key(author: str, person: str, codes: set[str]) -> None:
    simulator = seated()
    assert simulator.codes(author, "enrol", **enrolment(simulator, person, "second")) == codes


def test_nobody_speaks_for_a_delegate_with_a_key_added_beside_its_own() -> None:
    simulator = with_text()
    simulator.must("M", "admit", person="A2", role="delegate", side="A")
    simulator.enrol("A2")
    for person in ("A", "A2", "PA", "K"):
        assert simulator.codes("M", "enrol", **enrolment(simulator, person, "hers")) == {"key.enrol_other"}


@pytest.mark.parametrize(("author", "edition"), [("M", 2), ("PA", 2), ("PA", 3)])
def test_a_lost_key_is_replaced_for_its_person_in_the_open(author: str, edition: int) -> None:
    simulator = seated(procedure=edition)
    old = simulator.key_of("A")
    simulator.enrol("A", "second", by=author, replaces=old)
    assert simulator.state.keys[old].revoked == simulator.state.size - 1


def test_a_principal_s_own_step_needs_its_fingerprint_confirmed() -> None:
    """Else whoever enrols a principal could do at once what no mandate of that key could."""
    simulator = with_text(terms={"consent": "ratification"})
    simulator.must("M", "admit", person="PX", role="principal", side="A")
    simulator.enrol("PX")
    for kind in ("assent", "initial", "sign", "sign_ad_referendum"):
        (refusal,) = simulator.step("PX", kind)
        assert refusal.code == "key.unconfirmed"
        assert kind not in simulator.offered("PX")
    simulator.steps("sign", "A")
    assert {r.code for r in simulator.step("PX", "consent", means="ratify")} == {"key.unconfirmed"}
    simulator.must("PA", "confirm_fingerprint", key=simulator.key_of("PX"))
    simulator.steps("consent", "PX", means="ratify")
    assert simulator.ladder() == "B."


def test_an_unauthorised_act_is_not_confirmed_with_an_unconfirmed_key() -> None:
    simulator = with_text()
    simulator.admit("A2", "delegate", "A")
    simulator.must("M", "admit", person="PX", role="principal", side="A")
    simulator.enrol("PX")
    simulator.step("A2", "sign")
    beyond = simulator.last
    assert simulator.codes("PX", "confirm_act", original=beyond) == {"key.unconfirmed"}
    assert "confirm_act" not in simulator.offered("PX")
    assert "confirm_act" in simulator.offered("PA")


@pytest.mark.parametrize(("back", "flagged"), [(1, True), (0, False)])
def test_compromise_flags_the_step_signed_since_and_erases_nothing(back: int, flagged: bool) -> None:
    simulator = with_text()
    simulator.steps("sign", "A", "B")
    since = simulator.standing("A").path[-1].index + 1 - back
    simulator.must("PA", "revoke_key", key=simulator.key_of("A"), since=since)
    words = ("signed with a key that may have been in other hands",) if flagged else ()
    assert (simulator.standing("A").flags, simulator.standing("B").flags) == (words, ())
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")


def test_an_observer_leaves_and_keeps_its_own_keys() -> None:
    simulator = seated()
    simulator.admit("O", "observer")
    simulator.enrol("O", "second", by="O", replaces=simulator.key_of("O"))
    simulator.must("O", "leave", person="O")


def test_a_principal_enrols_again_a_delegate_who_has_no_key_left() -> None:
    simulator = seated()
    simulator.must("PA", "revoke_key", key=simulator.key_of("A"))
    assert simulator.codes("PB", "enrol", **enrolment(simulator, "A", "second")) == {"key.enrol_other"}
    simulator.enrol("A", "second", by="PA")
    simulator.must("A", "table_rules", decision="unanimity")


def test_a_key_that_takes_over_revokes_the_old_one_by_the_same_act() -> None:
    simulator = seated()
    old = simulator.key_of("A")
    assert simulator.codes("B", "enrol", **enrolment(simulator, "B", "second", replaces=old)) == {
        "key.replaces"
    }
    simulator.enrol("A", "second", by="A", replaces=old)
    assert simulator.state.keys[old].revoked == simulator.state.size - 1
    assert simulator.codes("A", "table_rules", decision="unanimity", key_id=old) == {"key.revoked"}
    assert simulator.codes("A", "enrol", **enrolment(simulator, "A", "third", replaces=old)) == {
        "key.replaces"
    }


def test_nobody_puts_another_key_in_the_place_of_the_keeper_s() -> None:
    simulator = seated()
    old = simulator.key_of("K")
    taken_over = enrolment(simulator, "K", "a key of the mediator's", replaces=old)
    assert simulator.codes("M", "enrol", **taken_over) == {"key.keeper"}
    assert simulator.state.keys[old].revoked is None


def test_a_signature_before_the_revocation_stays_valid() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    simulator.must("A", "revoke_key", key=simulator.key_of("A"))
    assert simulator.answers() == "ynnn"
    assert {r.code for r in simulator.step("A", "initial")} == {"key.revoked"}


@pytest.mark.parametrize(
    ("author", "codes"),
    [
        ("A", set()),
        ("PA", set()),
        ("M", set()),
        ("B", {"key.revoke_other"}),
        ("PB", {"key.revoke_other"}),
    ],
)
def test_who_revokes_a_delegate_s_key(author: str, codes: set[str]) -> None:
    simulator = seated()
    assert simulator.codes(author, "revoke_key", key=simulator.key_of("A")) == codes


def test_a_delegate_does_not_revoke_its_principal_s_key() -> None:
    simulator = seated()
    assert simulator.codes("A", "revoke_key", key=simulator.key_of("PA")) == {"key.revoke_other"}


def test_a_key_is_revoked_once_never_from_the_future_and_never_the_keeper_s() -> None:
    simulator = seated()
    key = simulator.key_of("A")
    assert simulator.codes("A", "revoke_key", key=key, since=simulator.state.size + 1) == {"key.since"}
    assert simulator.codes("M", "revoke_key", key=simulator.key_of("K")) == {"key.keeper"}
    assert simulator.codes("M", "revoke_key", key=demonstration_key("X").key_id) == {"key.unknown"}
    simulator.must("A", "revoke_key", key=key)
    assert simulator.codes("M", "revoke_key", key=key) == {"key.revoked"}


def test_a_mandate_counts_once_the_fingerprint_of_the_principal_s_key_is_confirmed() -> None:
    simulator = unconfirmed()
    simulator.grant("A")
    simulator.open()
    simulator.issue()
    leaf = simulator.must("A", "assent", instrument="text", terms="definitive")
    assert simulator.state.unauthorised[leaf].why == "the fingerprint of the principal's key is not confirmed"
    simulator.must("B", "confirm_fingerprint", key=simulator.key_of("PA"))
    simulator.steps("assent", "A")
    assert simulator.ladder() == "A."


@pytest.mark.parametrize(
    ("author", "codes"),
    [
        ("B", set()),
        ("M", set()),
        ("A", {"key.confirm_own"}),
        ("PA", {"key.confirm_own"}),
        ("S", {"key.confirm_own"}),
        ("K", {"participation.role"}),
    ],
)
def test_a_fingerprint_is_confirmed_across_the_table_or_by_the_convenor(author: str, codes: set[str]) -> None:
    simulator = unconfirmed()
    simulator.admit("S", "secretariat")
    assert simulator.codes(author, "confirm_fingerprint", key=simulator.key_of("PA")) == codes


def test_a_fingerprint_is_confirmed_once_and_not_after_the_key_is_revoked() -> None:
    simulator = unconfirmed()
    key = simulator.key_of("PA")
    revoked = unconfirmed()
    revoked.must("M", "revoke_key", key=key)
    assert revoked.codes("B", "confirm_fingerprint", key=key) == {"key.revoked"}
    simulator.must("B", "confirm_fingerprint", key=key)
    assert simulator.codes("M", "confirm_fingerprint", key=key) == {"key.confirmed"}


def test_a_mandate_outlives_the_key_that_granted_it_unless_the_key_was_in_other_hands() -> None:
    plain, compromised = with_text(), with_text()
    granted = next(m.index for m in compromised.state.mandates.values() if m.side == "A")
    plain.must("PA", "revoke_key", key=plain.key_of("PA"))
    compromised.must("PA", "revoke_key", key=compromised.key_of("PA"), since=granted)
    plain.steps("assent", "A")
    leaf = compromised.must("A", "assent", instrument="text", terms="definitive")
    assert (plain.ladder(), compromised.ladder()) == ("A.", "..")
    assert "other hands" in compromised.state.unauthorised[leaf].why


def test_compromise_claimed_after_the_grant_leaves_the_mandate() -> None:
    simulator = with_text()
    simulator.must("PA", "revoke_key", key=simulator.key_of("PA"), since=simulator.state.size)
    simulator.steps("assent", "A")
    assert simulator.ladder() == "A."


def test_a_voided_number_can_never_be_sequenced() -> None:
    simulator = with_text()
    without_receipt = simulator.act("A", "assent", instrument="text", terms="definitive")
    simulator.must("A", "void")
    assert {r.code for r in simulator._submit("", "A", without_receipt, force=False)} == {"act.replayed"}


def test_a_number_is_voided_in_the_log_in_which_it_was_used() -> None:
    simulator = seated()
    without_receipt = simulator.act("A", "note", "side-A")
    simulator.must("A", "void", "side-A")
    assert {r.code for r in simulator._submit("side-A", "A", without_receipt, force=False)} == {
        "act.replayed"
    }


def test_rectifying_corrects_a_record_of_words_and_nothing_else() -> None:
    simulator = with_text()
    said = {"speaker": "B", "sense": "statement", "said_at": "2025-10-28T01:00:00Z"}
    minute = simulator.must("M", "minute", **said)
    statement = simulator.must("A", "register_statement", claims=(("other", ""),))
    assert simulator.codes("A", "rectify", original=simulator.edition().leaf) == {"rectify.unknown"}
    assert simulator.codes("B", "rectify", original=statement) == {"rectify.other"}
    assert simulator.codes("B", "rectify", original=minute) == {"rectify.minute"}
    assert simulator.codes("A", "rectify", original=statement) == set()
    before = simulator.state
    correction = simulator.must("M", "rectify", original=minute)
    assert simulator.state.minutes[minute].rectified == (correction,)
    assert simulator.state.instruments == before.instruments
