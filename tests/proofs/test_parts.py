"""A proof in parts: whole again in any order, and refused where one is missing or not as it was printed."""

from __future__ import annotations

import random
import zlib
from base64 import b32encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.proofs.parts import LARGEST_PROOF, LENGTH, parts_of, proof_in


def code_of(text: str) -> str:
    with pytest.raises(Refused) as refusing:
        proof_in(text)
    return refusing.value.refusals[0].code


@given(st.binary(max_size=6000), st.randoms())
def test_parts_in_any_order_are_the_proof(proof: bytes, order: random.Random) -> None:
    parts = [*parts_of(proof), parts_of(proof)[0]]
    order.shuffle(parts)
    assert proof_in("\r\n ".join(parts)) == proof


def test_each_part_is_of_the_signs_that_a_code_holds_most_of() -> None:
    parts = parts_of(random.Random(1).randbytes(5000))
    assert len(parts) > 4 and all(set(part) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:") for part in parts)
    assert max(map(len, parts)) <= LENGTH + 30


def test_what_no_sheet_can_carry_is_refused() -> None:
    with pytest.raises(Refused) as refusing:
        parts_of(random.Random(1).randbytes(100_000))
    assert refusing.value.refusals[0].code == "parts.too_many"


def test_nothing_is_inflated_beyond_what_a_proof_can_be() -> None:
    deflated = zlib.compress(bytes(LARGEST_PROOF + 1), 9)
    name = b32encode(sha256(deflated).digest()).decode()[:8]
    assert code_of(f"DETENTE1:1:1:{name}:{b32encode(deflated).decode().rstrip('=')}") == "parts.damaged"


def test_a_part_too_many_is_no_part_of_it() -> None:
    (part,) = parts_of(b"proof")
    mark, rest = "DETENTE1:1:1:", part.removeprefix("DETENTE1:1:1:")
    assert code_of(f"{part}\nDETENTE1:2:1:{rest}") == "parts.damaged"
    assert code_of("") == "parts.missing" and code_of(mark) == "parts.malformed"
