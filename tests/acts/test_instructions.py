"""Instructions: in the side's chamber; the table learns of a referral only if the side says so."""

from __future__ import annotations

import pytest

from tests.simulator import fake_leaf, with_text


def test_a_referral_and_its_answer_stand_in_the_chamber_and_leave_the_main_log_alone() -> None:
    simulator = with_text()
    before = simulator.state
    referral = simulator.must("A", "refer", "side-A", instrument="text", edition=simulator.edition().leaf)
    answer = simulator.must("PA", "instruct", "side-A", referral=referral)
    assert simulator.chambers["side-A"].instructions == ((answer, "PA", referral),)
    assert simulator.state is before


@pytest.mark.parametrize(
    ("person", "log", "codes"),
    [
        ("A", "", {"log.kind"}),
        ("A", "side-B", {"log.audience"}),
        ("M", "side-A", {"log.audience", "participation.role"}),
        ("A", "mediators-A", {"log.kind"}),
        ("PA", "side-A", {"participation.role"}),
    ],
)
def test_a_referral_is_a_delegate_s_in_its_own_side_s_chamber(person: str, log: str, codes: set[str]) -> None:
    simulator = with_text()
    assert simulator.codes(person, "refer", log, instrument="text", edition=simulator.edition().leaf) == codes


def test_a_referral_names_what_it_is_about() -> None:
    simulator = with_text()
    edition = simulator.edition().leaf
    assert simulator.codes("A", "refer", "side-A", instrument="annex", edition=edition) == {
        "instrument.unknown"
    }
    assert simulator.codes("A", "refer", "side-A", instrument="text", edition=fake_leaf(0)) == {
        "edition.unknown"
    }
    assert simulator.codes("PA", "instruct", "side-A", referral=fake_leaf(0)) == {"instruction.referral"}


def test_a_chamber_act_belongs_to_its_own_log() -> None:
    simulator = with_text()
    assert simulator.codes("A", "note", "side-A", proc=simulator.origin) == {"act.foreign"}
    assert simulator.codes("A", "note", "side-A", proc=f"{simulator.origin}/mediators-A") == {"act.foreign"}


@pytest.mark.parametrize(
    ("log", "welcome"),
    [
        ("side-A", {"A", "PA"}),
        ("mediators", {"M"}),
        ("mediators-A", {"M", "A", "PA"}),
    ],
)
def test_a_chamber_is_written_by_its_own_people(log: str, welcome: set[str]) -> None:
    simulator = with_text()
    assert {p for p in simulator.state.people if not simulator.codes(p, "note", log)} == welcome


def test_chains_of_one_key_in_two_logs_are_two_chains() -> None:
    simulator = with_text()
    simulator.must("A", "note", "side-A")
    simulator.must("A", "note", "side-A")
    simulator.must("A", "note", "mediators-A")
    assert simulator.chambers["side-A"].chains[simulator.key_of("A")].seq == 1
    assert simulator.chambers["mediators-A"].chains[simulator.key_of("A")].seq == 0
    assert simulator.key_of("A") not in simulator.state.chains


def test_the_table_learns_of_a_referral_that_the_side_announces() -> None:
    simulator = with_text()
    edition = simulator.edition().leaf
    leaf = simulator.must(
        "A", "announce_referral", instrument="text", edition=edition, reply_by="2025-11-01T00:00:00Z"
    )
    assert simulator.state.referrals[leaf].side == "A"
    assert simulator.ladder() == ".."
    assert simulator.codes("M", "announce_referral", instrument="text", edition=edition) == {
        "participation.role"
    }
    nowhen = {"instrument": "text", "edition": edition, "reply_by": "2025-13-01T00:00:00Z"}
    assert simulator.codes("A", "announce_referral", **nowhen) == {"instant.malformed"}
    assert simulator.codes("A", "refer", "side-A", **nowhen) == {"instant.malformed"}
