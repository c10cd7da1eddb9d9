"""vectors/door: each act is refused by the door for its one fault; and what a copy says that holds it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.depositary.certifying import copy_for_check
from detente.depositary.host import Depositary
from detente.proofs.verification import VerifiedCopy, verify_copy
from tests.conformance.door import DOOR, RECORD, certified, copy_holding, open_door
from tests.depositary.talks import everything

FILES = sorted(DOOR.glob("*.json"))
each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path: Path) -> tuple[dict[str, Any], bytes]:
    vector = json.loads(path.read_text("ascii"))
    return vector, vector["raw"].encode("latin-1")


def copied(depositary: Depositary) -> bytes:
    (origin,) = depositary.processes()
    out = io.BytesIO()
    copy_for_check(depositary, origin, 1_772_442_000, out)
    return out.getvalue()


def log_for(depositary: Depositary, raw: bytes) -> str:
    """The log that an act names, or the main log where there is no such log."""
    named = json.loads(decode_base64url(raw.split(b".")[1].decode()))["proc"]
    (main,) = depositary.processes()
    return named if depositary.store.head(named) else main


def test_the_record_is_the_one_in_its_copy() -> None:
    assert copied(open_door()) == RECORD.read_bytes()


def test_the_copy_is_certified_by_the_keeper_of_the_record() -> None:
    raw = RECORD.read_bytes()
    assert certified(b"".join(raw.splitlines(keepends=True)[:-2])) == raw


@each
def test_the_door_decides_as_the_file_says(path: Path) -> None:
    vector, raw = read(path)
    depositary, expected = open_door(), vector["expect"]
    before = everything(depositary)
    if expected["stage"] == "accepted":
        assert depositary.receive_act(raw).index == expected["index"]
        return
    with pytest.raises(Refused) as refused:
        depositary.receive_act(raw)
    assert [refusal.code for refusal in refused.value.refusals] == [expected["code"]]
    assert expected["stage"] == "door" and everything(depositary) == before


def found_in_copy(copy: VerifiedCopy, chamber: str, index: int) -> dict[str, str]:
    log = next((c for c in copy.chambers if c.name == chamber), copy.state)
    if log.unknown_from is not None:
        assert log.unknown_from == index
        return {"stage": "unknown", "code": ""}
    irregular = {found.index: found.codes for found in log.irregular}
    if not irregular:
        return {"stage": "accepted", "code": ""}
    ((at, codes),) = irregular.items()
    assert at == index and len(codes) == 1
    return {"stage": "irregular", "code": codes[0]}


@each
def test_a_copy_that_holds_it_says_so(path: Path) -> None:
    """A faithless host puts the act into its log: correctly chained in the tree, the checkpoint signed."""
    vector, raw = read(path)
    origin = log_for(open_door(), raw)
    holding, index = copy_holding(raw, origin)
    try:
        copy = verify_copy(io.BytesIO(holding))
    except Refused as refused:
        found = {"stage": "refused", "code": refused.refusals[0].code}
        assert len(refused.refusals) == 1 and f"Act {index + 1} of " in refused.refusals[0].sentence
    else:
        found = found_in_copy(copy, "".join(origin.split("/")[2:]), index)
    assert found == vector["in_a_copy"]


def test_no_two_files_have_one_fault() -> None:
    vectors = [read(path)[0] for path in FILES]
    assert len({v["about"] for v in vectors}) == len({v["raw"] for v in vectors}) == len(vectors)
