"""Policies: limits, what is written is read again, and whose signature counts (the faults: vectors/policy)."""

from __future__ import annotations

from itertools import combinations

import pytest

from detente.codec.refusal import Refused
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.policy import Group, KnownWitness, Policy, missing, satisfied
from detente.tlog.policy_file import LARGEST, MOST, format_policy, parse_policy
from detente.tlog.signed_note import VerifierKey, format_vkey
from tests.tlog.demonstration import LOG, seed_of

LINES = {
    at: f"witness w{at} {format_vkey(Cosigner.from_seed(f'w{at}', ED25519_COSIGNATURE, seed_of(f'w{at}')).key)}\n"
    for at in range(MOST + 1)
}


def policy_of(rest: str, count: int) -> Policy:
    return parse_policy(("".join(LINES[at] for at in range(count)) + rest).encode())


def refusal_of(rest: str, count: int = 0) -> str:
    with pytest.raises(Refused) as caught:
        policy_of(rest, count)
    (refusal,) = caught.value.refusals
    return f"{refusal.code}: {refusal.sentence}"


def keys(policy: Policy, *places: int) -> list[VerifierKey]:
    return [policy.witnesses[at].key for at in places]


@pytest.mark.parametrize("asked", ["1", "2", "3", "any", "all"])
def test_a_group_is_met_by_as_many_as_it_asks_for_whoever_they_are(asked: str) -> None:
    policy = policy_of(f"group g {asked} w0 w1 w2\nquorum g\n", 3)
    threshold = {"any": 1, "all": 3}.get(asked) or int(asked)
    for count in range(4):
        for places in combinations(range(3), count):
            assert satisfied(policy, keys(policy, *places)) is (count >= threshold)
            assert bool(missing(policy, keys(policy, *places))) is (count < threshold)


def test_one_witness_that_signs_twice_counts_once() -> None:
    policy = policy_of("group g 2 w0 w1\nquorum g\n", 2)
    assert not satisfied(policy, keys(policy, 0, 0))


def test_a_key_of_the_same_name_is_another_key() -> None:
    policy = policy_of("quorum w0\n", 1)
    other = Cosigner.from_seed("w0", ED25519_COSIGNATURE, seed_of("another")).key
    assert not satisfied(policy, [other]) and satisfied(policy, keys(policy, 0))


def test_both_parties_and_one_neutral() -> None:
    policy = policy_of(
        "group sides all w0 w1\ngroup neutrals any w2 w3\ngroup q all sides neutrals\nquorum q\n", 4
    )
    enough = [{0, 1, 2}, {0, 1, 3}, {0, 1, 2, 3}]
    for count in range(5):
        for places in combinations(range(4), count):
            assert satisfied(policy, keys(policy, *places)) is (set(places) in enough)
    assert missing(policy, keys(policy, 0, 2)) == (
        "1 of 2 in “q”, which asks for 2; missing: sides (1 of 2, which asks for 2; missing: w1)"
    )


@pytest.mark.parametrize(
    "rest",
    [
        "quorum none\n",
        "quorum w1\n",
        "group g 2 w0 w1 w2\nquorum g\n",
        "group g any w0 w1\ngroup h all g w2\nquorum h\n",
    ],
)
def test_what_is_written_is_read_again(rest: str) -> None:
    policy = policy_of(f"log {format_vkey(LOG.key)} https://host.example/x\n{rest}", 3)
    assert parse_policy(format_policy(policy).encode()) == policy
    assert policy.logs[0].url == "https://host.example/x"


def test_a_fault_names_its_line() -> None:
    assert refusal_of("\n# a\nquorum w1\n", 1) == "policy.unknown: Line 4: no line before it defines “w1”."


def test_as_many_as_a_note_has_signatures_and_no_more() -> None:
    members = [f"w{at}" for at in range(MOST)]
    policy = policy_of(f"group g 100 {' '.join(members)}\nquorum g\n", MOST)
    assert isinstance(policy.quorum, Group) and policy.quorum.threshold == MOST
    assert refusal_of("quorum none\n", MOST + 1).startswith(f"policy.size: Line {MOST + 1}")
    groups = "".join(f"group g{at} any {f'g{at - 1}' if at else 'w0'}\n" for at in range(MOST + 1))
    assert refusal_of(f"{groups}quorum g0\n", 1).startswith(f"policy.size: Line {MOST + 2}")


def test_groups_within_groups_as_deep_as_they_can_be() -> None:
    groups = "".join(f"group g{at} any {f'g{at - 1}' if at else 'w0'}\n" for at in range(MOST))
    policy = policy_of(f"{groups}quorum g{MOST - 1}\n", 1)
    assert satisfied(policy, keys(policy, 0)) and missing(policy, []).endswith(
        "missing: w0" + ")" * (MOST - 1)
    )


def test_a_file_that_is_too_long_is_not_read() -> None:
    assert parse_policy(b"#" * (LARGEST - 13) + b"\nquorum none\n").quorum is None
    with pytest.raises(Refused, match="longer"):
        parse_policy(b"#" * (LARGEST - 12) + b"\nquorum none\n")


def test_a_single_witness_can_be_the_quorum() -> None:
    policy = policy_of("quorum w0\n", 2)
    assert isinstance(policy.quorum, KnownWitness)
    assert missing(policy, keys(policy, 1)) == "0 of 1; missing: w0"
