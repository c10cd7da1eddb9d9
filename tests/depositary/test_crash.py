"""kill -9 during a burst of acts, then a restart: every act that got a receipt is there, and the logs chain."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.acts.time import log_verifier
from detente.codec.base64url import decode_base64url
from detente.depositary.host import Depositary
from detente.depositary.opening import open_data
from detente.depositary.self_check import check_process
from detente.procedure.fold import fold_all
from detente.state.records import State
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.merkle import check_consistency
from detente.tlog.proof import check_proof, parse_proof
from detente.tlog.signed_note import parse_note
from tests.depositary.burst import resumed
from tests.depositary.talks import NOW

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def burst_until_killed(folder: Path, receipts: int) -> list[dict[str, Any]]:
    """The receipts that a host printed before it was killed amid its work; at least as many as asked for."""
    command = [sys.executable, "-m", "tests.depositary.burst", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as host:
        assert host.stdout is not None
        lines = [host.stdout.readline() for _ in range(receipts)]
        host.send_signal(signal.SIGKILL)
        lines += host.stdout.readlines()
    assert host.returncode == -signal.SIGKILL
    return [json.loads(line) for line in lines if line.endswith(b"\n")]


def check_receipts(host: Depositary, receipts: list[dict[str, Any]]) -> None:
    (origin,) = host.processes()
    log_key = host.main(origin).state().convened.log_key
    for receipt in receipts:
        log, index, leaf = receipt["log"], receipt["index"], decode_base64url(receipt["leaf"])
        (stored,) = host.store.entries(log, index, index + 1)
        submitted = receipt["act"].split("~")
        assert (stored.entry, stored.leaf) == (submitted[0].encode(), leaf)
        assert list(stored.disclosures) == submitted[1:-1]
        # The receipt given before the crash still holds, and the log as it is now extends what it proves.
        given = check_proof(parse_proof(receipt["proof"].encode()), leaf, log_verifier(log, log_key))
        head = host.store.head(log)
        assert head is not None
        now = parse_checkpoint(parse_note(head.checkpoint).text)
        consistency = host.log(log).tree.consistency(given.size, now.size)
        check_consistency(given.size, now.size, consistency, given.root, now.root)


def check_chained(host: Depositary) -> None:
    (origin,) = host.processes()
    assert not list(check_process(host, origin, NOW))
    state, main = State(), host.main(origin)
    from detente.depositary.logs import decode_stored

    entries = host.store.bare_entries(origin, 0, 10**9)
    state = fold_all(state, (decode_stored(entry, leaf) for entry, leaf in entries))
    assert main.state() == state and not state.irregular


@pytest.mark.parametrize("seed", [1, 2])
def test_every_receipted_act_survives_being_killed(tmp_path: Path, seed: int) -> None:
    chance, receipted = random.Random(seed), []
    for _ in range(ROUNDS):
        new = burst_until_killed(tmp_path / "data", chance.randrange(1, 80))
        receipted += new
        host = open_data(tmp_path / "data")
        check_receipts(host, receipted)
        check_chained(host)
        # And the door is open: the next act of each chain stands on the last one.
        talks = resumed(host)
        sent = talks.raw_statement("A", "After the restart.")
        receipt = host.receive_act(sent)
        assert host.receive_act(receipted[-1]["act"].encode()).leaf == receipted[-1]["leaf"]
        receipted.append({"log": receipt.origin, "index": receipt.index, "leaf": receipt.leaf,
                          "act": sent.decode(), "proof": receipt.proof.decode()})  # fmt: skip
        host.close()
    assert len({(r["log"], r["index"]) for r in receipted}) == len(receipted)
    assert len({r["log"] for r in receipted}) == 3
