"""A witness that is killed, and one that is asked twice at once: whatever happens, it signs one history."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from detente.client.asking_witness import AskedWitness, OtherSize, add_checkpoint
from detente.codec.refusal import Refused
from detente.tlog.add_checkpoint import AddCheckpoint
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.merkle import prove_consistency
from tests.tlog.demonstration import LEAVES, LOG_VERIFIER, VERIFIER_A, WITNESS_A, read_from, signed_checkpoint
from tests.witness.test_answering import FORK, GROWN

ROOT = Path(__file__).parents[2]


@contextmanager
def witness(folder: Path, moment: str = "") -> Iterator[AskedWitness]:
    """The program, ended at the end."""
    command = [sys.executable, "-m", "tests.witness.witness_program", folder, *([moment] if moment else [])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            yield AskedWitness(WITNESS_A.key, f"http://127.0.0.1:{int(program.stdout.readline())}")
        finally:
            program.kill()


def ask(asked: AskedWitness, old: int, leaves: Sequence[bytes]) -> str:
    """`signed`, the size that it told instead, or the code of what refused; a signature is verified."""
    note = signed_checkpoint(leaves=leaves)
    proof = prove_consistency(old, len(leaves), read_from(leaves)) if old else ()
    try:
        answer = add_checkpoint(asked, AddCheckpoint(old, proof, note))
    except Refused as refused:
        return refused.refusals[0].code
    if isinstance(answer, OtherSize):
        return str(answer.size)
    assert len(open_checkpoint(note + answer, LOG_VERIFIER, [VERIFIER_A]).cosigners) == 1
    return "signed"


@pytest.mark.parametrize(("moment", "then"), [("before", "5"), ("after", "8")])
def test_killed_around_keeping_it_never_signs_a_fork(tmp_path: Path, moment: str, then: str) -> None:
    with witness(tmp_path, moment) as asked:
        assert ask(asked, 0, LEAVES) == "signed"
        assert ask(asked, 5, GROWN[:8]) == "witness.unreachable"  # no answer: nobody has a signature
    with witness(tmp_path) as asked:
        assert ask(asked, 0, FORK) == then  # from nothing on, as from a log that was made anew
        for size in (5, 8):
            assert ask(asked, size, FORK) in ("witness.other_history", then)
            assert ask(asked, size, FORK[:8]) in ("witness.other_history", then)
        assert ask(asked, int(then), GROWN[:8]) == "signed"  # the line that got lost, or the next
        assert ask(asked, 8, FORK[:8]) == "8" and ask(asked, 8, FORK) == "witness.other_history"
        assert ask(asked, 8, GROWN) == "signed"


def test_of_two_histories_that_race_exactly_one_is_signed(tmp_path: Path) -> None:
    with witness(tmp_path) as asked:
        assert ask(asked, 0, LEAVES[:4]) == "signed"
        branches = [GROWN[:size] for size in range(5, 13)] + [FORK[:size] for size in range(5, 13)]
        with ThreadPoolExecutor(len(branches)) as threads:
            answers = list(threads.map(lambda leaves: ask(asked, 4, leaves), branches))
        assert answers.count("signed") == 1
        won = branches[answers.index("signed")]
        assert set(answers) == {"signed", str(len(won))}
        lost = FORK if won == GROWN[: len(won)] else GROWN
        assert ask(asked, len(won), lost) == "witness.other_history"
        assert ask(asked, len(won), GROWN if lost is FORK else FORK) == "signed"


def test_two_programs_on_one_folder_are_one_too_many(tmp_path: Path) -> None:
    with witness(tmp_path):
        command = [sys.executable, "-m", "tests.witness.witness_program", tmp_path]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0 and "witness.running" in ended.stderr
