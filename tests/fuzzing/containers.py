"""Files that somebody is given and has read, of which every byte may have been chosen by whoever gives them."""

from __future__ import annotations

import io

from detente.proofs.misconduct import check_evidence, read_evidence, write_evidence
from detente.proofs.pouch import read_answer, read_pouch, write_answer, write_pouch
from detente.proofs.proof_of_facts import verify_proof_of_facts
from detente.proofs.replay_bundle import verify_bundle
from detente.proofs.state_bytes import SHAPE, read_state, state_bytes
from detente.proofs.state_statement import format_statement, parse_statement
from detente.proofs.time_stamp import verify_stamps
from detente.proofs.unchained import read_unchained
from detente.tlog.add_checkpoint import format_request, parse_request
from detente.tlog.policy import missing
from detente.tlog.policy_file import parse_policy


def evidence(data: bytes) -> None:
    read = read_evidence(io.BytesIO(data))
    check_evidence(read)
    assert write_evidence(read) == data


def unchained_checkpoints(data: bytes) -> None:
    held = read_unchained(io.BytesIO(data))
    assert held.proved and held.lacking


def pouch(data: bytes) -> None:
    out = io.BytesIO()
    write_pouch(out, read_pouch(io.BytesIO(data)))
    assert out.getvalue() == data


def pouch_answer(data: bytes) -> None:
    out = io.BytesIO()
    write_answer(out, read_answer(io.BytesIO(data)))
    assert out.getvalue() == data


def policy(data: bytes) -> None:
    assert missing(parse_policy(data), ()).isprintable()


def replay_bundle(data: bytes) -> None:
    verify_bundle(io.BytesIO(data))


def proof_of_facts(data: bytes) -> None:
    verify_proof_of_facts(io.BytesIO(data))


def state_statement(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert format_statement(parse_statement(text)) == text


def state_of_a_snapshot(data: bytes) -> None:
    """What follows the line with the shape of its types, which another version has otherwise."""
    state = read_state(f"{SHAPE}\n".encode() + data)
    assert read_state(state_bytes(state)) == state


def time_stamps(data: bytes) -> None:
    verify_stamps(io.BytesIO(data), (), 0)


def add_checkpoint(data: bytes) -> None:
    parse_request(format_request(parse_request(data)))


CONTAINERS = (
    evidence, unchained_checkpoints, pouch, pouch_answer, policy, replay_bundle, proof_of_facts, state_statement,
    state_of_a_snapshot, time_stamps, add_checkpoint,
)  # fmt: skip
SLOW_CONTAINERS = frozenset({"replay_bundle", "proof_of_facts", "time_stamps"})
