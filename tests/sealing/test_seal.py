"""Sealing to several readers: each opens, nobody else does, and nothing changed is opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.sealing.identity import make_identity, public_of
from detente.sealing.seal import LARGEST_HEADER, LARGEST_PLAINTEXT, MOST_RECIPIENTS, seal, unseal

MEMBERS = [make_identity() for _ in range(3)]
STRANGER = make_identity()
TO_ALL = [public_of(member) for member in MEMBERS]
SMALL_ORDER = bytes(32)


def code_of(file: bytes, opener: int | None = 0) -> str:
    with pytest.raises(Refused) as caught:
        unseal(file, STRANGER if opener is None else MEMBERS[opener])
    (refusal,) = caught.value.refusals
    assert refusal.instead
    return refusal.code


@given(st.binary(max_size=300), st.sets(st.integers(0, 2), min_size=1))
def test_each_of_the_readers_opens_and_nobody_else(plaintext: bytes, readers: set[int]) -> None:
    file = seal(plaintext, [TO_ALL[reader] for reader in readers])
    for reader in range(3):
        if reader in readers:
            assert unseal(file, MEMBERS[reader]) == plaintext
        else:
            assert code_of(file, reader) == "sealing.not_for_you"
    assert code_of(file, None) == "sealing.not_for_you"


@pytest.mark.parametrize("size", [0, 65_535, 65_536, 65_537, 131_072])
def test_content_of_any_size_comes_back(size: int) -> None:
    plaintext = bytes(at % 251 for at in range(size))
    assert unseal(seal(plaintext, TO_ALL), MEMBERS[2]) == plaintext


def test_a_file_shows_neither_content_nor_readers_and_no_two_are_alike() -> None:
    plaintext = b"accept the corridor, not the date"
    one, two = seal(plaintext, TO_ALL), seal(plaintext, TO_ALL)
    assert one != two
    assert not any(secret in one for secret in (plaintext, *TO_ALL))


def test_no_bit_can_be_changed_unnoticed() -> None:
    file = seal(b"the instruction", TO_ALL[:1])
    codes = {code_of(file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]) for at in range(len(file))}
    assert codes == {"sealing.malformed", "sealing.not_for_you", "sealing.damaged"}


def test_nothing_cut_short_or_added_to_is_opened() -> None:
    file = seal(b"x" * 65_536, TO_ALL[:1])
    beginning = file.index(b"\n---")
    lengths = [*range(beginning + 80), *range(len(file) - 40, len(file))]
    assert {code_of(file[:length]) for length in lengths} == {"sealing.malformed", "sealing.damaged"}
    assert code_of(file + b"x") == "sealing.damaged"


def test_a_file_cut_between_two_chunks_is_not_opened() -> None:
    file = seal(b"x" * 131_072, TO_ALL[:1])
    assert code_of(file[: -(65_536 + 16)]) == "sealing.damaged"


def test_most_readers_fit_and_each_opens() -> None:
    many = [public_of(make_identity()) for _ in range(MOST_RECIPIENTS - 1)]
    file = seal(b"x", [*many, TO_ALL[0]])
    assert unseal(file, MEMBERS[0]) == b"x"
    assert file.index(b"\n--- ") < LARGEST_HEADER


@pytest.mark.parametrize(("readers", "code"), [([], "sealing.recipients"), (TO_ALL[:1] * 257, "sealing.recipients"),
                                               ([*TO_ALL, SMALL_ORDER], "sealing.recipient"),
                                               ([TO_ALL[0][:31]], "sealing.recipient")])  # fmt: skip
def test_content_is_not_sealed_to_nobody_everybody_or_too_many(readers: list[bytes], code: str) -> None:
    with pytest.raises(Refused) as caught:
        seal(b"", readers)
    assert caught.value.refusals[0].code == code


def test_what_is_too_large_is_neither_sealed_nor_opened() -> None:
    largest = bytes(LARGEST_PLAINTEXT)
    file = seal(largest, TO_ALL)
    assert unseal(file, MEMBERS[1]) == largest
    with pytest.raises(Refused, match=r"sealing\.too_large"):
        seal(largest + b"x", TO_ALL)
    assert code_of(file + bytes(65_536)) == "sealing.too_large"
