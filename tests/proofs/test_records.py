"""vectors/records: old records, read by this program, answer what they answered when they were frozen.

A change that alters any answer here is a new edition of the procedure (CONTRIBUTING.md).
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from detente.acts.convening import Convene
from detente.acts.kinds import Unknown, read_act
from detente.codec.base64url import encode_base64url
from detente.procedure.examination import PROCEDURE_EDITIONS
from detente.procedure.finality import Answer, finality
from detente.procedure.fold import fold, place, stop
from detente.proofs.verification import VerifiedCopy, verify_copy
from detente.signing.envelope import parse_envelope
from detente.state.records import Chamber, State
from detente.tlog.merkle import leaf_hash

RECORDS = Path(__file__).parents[2] / "vectors" / "records"
NAMES = sorted(path.stem for path in RECORDS.glob("*.copy"))
each = pytest.mark.parametrize("name", NAMES)

FROZEN = {
    "istanbul-as-reported", "istanbul-asking-first", "no", "retreat", "kozak-2003", "colombia-2016", "accession",
    "unauthorised", "broken-off", "irregular", "unknown-kind", "one-text",
}  # fmt: skip
"""Those that must never be missing; others may stand beside them."""


@cache
def frozen(name: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((RECORDS / f"{name}.answers.json").read_text("ascii"))
    return answers


@cache
def verified(name: str) -> VerifiedCopy:
    return verify_copy(io.BytesIO((RECORDS / f"{name}.copy").read_bytes()))


def states(name: str) -> Iterator[State]:
    """The main log folded act by act, from the copy's lines: the state after each."""
    lines = (RECORDS / f"{name}.copy").read_bytes().split(b"\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(b"log "))
    state = State()
    for line in lines[start + 1 : start + 1 + int(lines[start].split()[2])]:
        envelope = parse_envelope(line.removeprefix(b"act "))
        clear = read_act(envelope.payload)
        if isinstance(clear, Unknown):
            state = stop(state)
        else:
            leaf = encode_base64url(leaf_hash(envelope.entry))
            state = fold(state, place(state, envelope.kid, leaf, clear))
        yield state


def given(answer: Answer) -> int | bool:
    """Yes from this act on, or no."""
    return answer.since if answer.yes and answer.since is not None else answer.yes


def answers_of(state: State) -> dict[str, Any]:
    instruments = {}
    for name in state.instrument_order:
        found = finality(state, name)
        instruments[name] = {
            "edition": found.edition,
            "adopted": given(found.adopted),
            "authentic": given(found.authentic),
            "binding": given(found.binding),
            "in_force": given(found.in_force),
            "ladder": {side: step.value for side, step in found.ladder.items()},
            "missing": [f"{missing.whose} {missing.act}" for missing in found.missing],
        }
    unauthorised = sorted([step.index, step.confirmed] for step in state.unauthorised.values())
    return {"phase": state.phase.value, "instruments": instruments, "unauthorised": unauthorised}


def irregular_in(log: State | Chamber) -> list[Any]:
    return [[found.index, list(found.codes)] for found in log.irregular]


def test_none_is_missing_and_each_has_its_answers() -> None:
    assert set(NAMES) >= FROZEN
    assert {path.name.removesuffix(".answers.json") for path in RECORDS.glob("*.json")} == set(NAMES)
    assert sum(path.stat().st_size for path in RECORDS.iterdir()) < 1_500_000


@each
def test_the_copy_holds(name: str) -> None:
    copy, expected = verified(name), frozen(name)
    assert (copy.heading.process, copy.heading.exporter, copy.size) == (
        expected["process"],
        "host",
        expected["size"],
    )
    assert (copy.state.unknown_from, copy.unchecked) == (expected["unknown_from"], 0)
    assert irregular_in(copy.state) == expected["irregular"]
    assert copy.state.convened.edition == expected["procedure"]
    chambers = {
        chamber.name: {
            "size": chamber.size, "unknown_from": chamber.unknown_from, "irregular": irregular_in(chamber)
        }
        for chamber in copy.chambers
    }  # fmt: skip
    assert chambers == expected["chambers"]


@each
def test_every_answer_at_every_size_is_the_one_it_was(name: str) -> None:
    changes = {answer["at"]: answer for answer in frozen(name)["answers"]}
    assert min(changes) == 1 and len(changes) >= 3
    expected: dict[str, Any] = {}
    for size, state in enumerate(states(name), 1):
        expected = {key: value for key, value in changes.get(size, expected).items() if key != "at"}
        assert answers_of(state) == expected, f"{name}, after act {size}"
    assert size == frozen(name)["size"] and state == verified(name).state


@each
def test_a_record_carries_an_edition_of_the_procedure_that_this_code_keeps(name: str) -> None:
    first = next(
        line for line in (RECORDS / f"{name}.copy").read_bytes().split(b"\n") if line.startswith(b"act ")
    )
    convening = read_act(parse_envelope(first.removeprefix(b"act ")).payload)
    assert isinstance(convening, Convene) and convening.procedure in PROCEDURE_EDITIONS


def end(name: str, instrument: str = "understanding") -> dict[str, Any]:
    found: dict[str, Any] = frozen(name)["answers"][-1]["instruments"][instrument]
    return found


def test_what_the_records_are_there_to_show() -> None:
    """In words, so that a record which is frozen anew cannot lose its point unnoticed."""
    four = ("adopted", "authentic", "binding", "in_force")
    assert not any(end("istanbul-as-reported")[question] for question in four)
    assert end("istanbul-as-reported")["ladder"] == {"A": ".", "B": "."}
    assert all(end("istanbul-asking-first")[question] is not False for question in four)
    assert end("kozak-2003", "memorandum")["ladder"] == {"A": "W", "B": "."}
    assert not any(end("kozak-2003", "memorandum")[question] for question in four)
    assert frozen("unauthorised")["answers"][-1]["unauthorised"]
    assert end("accession")["ladder"]["C"] in "BF"
    phases = [answer["phase"] for answer in frozen("broken-off")["answers"]]
    assert "broken off" in phases and phases[-1] != "broken off"
    codes = [code for _index, found in frozen("irregular")["irregular"] for code in found]
    assert {"act.stale", "act.replayed", "participation.role", "key.small_order"} <= set(codes)
    assert frozen("irregular")["chambers"]["side-A"]["irregular"]
    assert frozen("unknown-kind")["unknown_from"] < frozen("unknown-kind")["size"]
    assert frozen("unknown-kind")["chambers"]["mediators"]["unknown_from"] == 0


def test_records_that_are_there_are_left_alone(tmp_path: Path) -> None:
    for path in RECORDS.iterdir():
        (tmp_path / path.name).write_text("frozen")
    script = RECORDS.parent / "make_records.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    assert {path.read_text() for path in tmp_path.iterdir() if path.stem.split(".")[0] in NAMES} == {"frozen"}
