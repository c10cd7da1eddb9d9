"""A verified snapshot: the state that a quorum signed, read by type, and no other."""

from __future__ import annotations

import io
import pickle

import pytest
from immutables import Map
from msgspec.structs import replace

from detente.codec.refusal import Refused
from detente.proofs.state_bytes import SHAPE, read_state, state_bytes
from detente.proofs.verified_snapshot import VerifiedSnapshot, open_snapshot, write_snapshot
from tests.depositary.talks import WITNESSES
from tests.proofs.stated import SECRET, bundle, statement, written
from tests.proofs.test_records import NAMES, states, verified


def snapshot() -> bytes:
    return written(lambda out: write_snapshot(out, bundle(), statement()))


def opened(raw: bytes) -> VerifiedSnapshot:
    return open_snapshot(io.BytesIO(raw))


def code_of(raw: bytes) -> str:
    with pytest.raises(Refused) as refusing:
        opened(raw)
    return refusing.value.refusals[0].code


@pytest.mark.parametrize("name", NAMES)
def test_every_frozen_record_is_written_and_read_whole_in_one_spelling(name: str) -> None:
    for state in (verified(name).state, next(iter(states(name)))):
        raw = state_bytes(state)
        found = read_state(raw)
        assert found == state and isinstance(found.chains, Map)
        assert state_bytes(found) == raw
    *_, again = states(name)
    assert state_bytes(again) == state_bytes(verified(name).state)


def test_it_opens_to_the_state_that_was_folded() -> None:
    found = opened(snapshot())
    assert found.state == bundle().state and found.anchored.signers == WITNESSES[:2]
    assert SECRET.encode() not in snapshot()


def test_with_any_byte_changed_it_does_not_open() -> None:
    raw = snapshot()
    for place in range(0, len(raw), 3):
        code_of(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    for cut in (raw[:-1], raw + b"x", b""):
        code_of(cut)


def test_another_state_is_not_read_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = snapshot()
    body = raw[: raw.index(b"\nstate ")]
    for other in (state_bytes(replace(bundle().state, size=3)), pickle.dumps(print)):
        monkeypatch.setattr(
            "detente.proofs.verified_snapshot.read_state", lambda _raw: pytest.fail("it was read")
        )
        assert code_of(body + b"\nstate %d\n" % len(other) + other) == "snapshot.state"


def test_bytes_of_another_shape_are_another_versions() -> None:
    body = state_bytes(bundle().state).partition(b"\n")[2]
    for raw, code in ((b"0" * 64 + b"\n" + body, "state.shape"), (SHAPE.encode() + b"\n{}", "state.malformed"),
                      (SHAPE.encode() + b'\n{"size":"\xff"}', "state.malformed"),
                      (SHAPE.encode() + b"\n" + body[:-1], "state.malformed"), (b"", "state.shape")):  # fmt: skip
        with pytest.raises(Refused) as refusing:
            read_state(raw)
        assert refusing.value.refusals[0].code == code


def test_the_state_of_another_record_is_refused() -> None:
    with pytest.raises(Refused) as refusing:
        written(lambda out: write_snapshot(out, replace(bundle(), leaves=bundle().leaves[:-1]), statement()))
    assert refusing.value.refusals[0].code == "anchor.another"
