"""Every byte of a certified copy: changed by one bit, the copy is refused, and the sentence says what and where."""

from __future__ import annotations

import re

import pytest

from detente.codec.refusal import Refused
from tests.proofs.copies import small, verified

SLICES = 12
SAYS_WHERE = re.compile(
    r"^Line \d+: |^Act \d+ of detente/|^The checkpoint of detente/|its digest differs|keeper|^The acts of detente/"
)


def test_the_record_is_a_small_one_of_three_logs_and_two_cosigners() -> None:
    _talks, raw = small()
    copy = verified(raw)
    assert (copy.size, {c.name: c.size for c in copy.chambers if c.size}) == (
        5,
        {"side-A": 2, "mediators-A": 1},
    )
    assert len(copy.cosigners) == 2 and raw.count(b"~") > 12 and len(raw) < 9_000


@pytest.mark.parametrize("part", range(SLICES))
def test_every_byte_changed_is_refused(part: int) -> None:
    _talks, raw = small()
    for position in range(part, len(raw), SLICES):
        changed = bytearray(raw)
        changed[position] ^= 1 << (position // SLICES) % 8
        with pytest.raises(Refused) as refused:
            verified(bytes(changed))
        for refusal in refused.value.refusals:
            assert SAYS_WHERE.search(refusal.sentence), (position, refusal)


def test_a_changed_act_is_named_with_its_line() -> None:
    """Not only that the digest differs: which act, on which line."""
    _talks, raw = small()
    lines = raw.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        if not line.startswith(b"act "):
            continue
        header, payload, rest = line.split(b".")
        for changed in (
            b".".join((header, payload, rest[:5] + (b"A" if rest[5:6] != b"A" else b"B") + rest[6:])),
            b".".join((header, payload[:-8] + payload[-8:].swapcase(), rest)),
        ):
            broken = b"".join([*lines[: number - 1], changed, *lines[number:]])
            with pytest.raises(Refused, match=rf": Act \d+ of detente/.* \(line {number}\): "):
                verified(broken)


def test_every_place_where_the_file_could_end_is_refused() -> None:
    _talks, raw = small()
    ends = {0, 1, len(raw) - 1, len(raw) // 2}
    ends |= {i + 1 for i, byte in enumerate(raw[:-1]) if byte == 10}
    for end in sorted(ends):
        with pytest.raises(Refused):
            verified(raw[:end])


@pytest.mark.parametrize("extra", [b"\n", b"x", b"\x00", b"act x\n", b"log x 1\n"])
def test_nothing_may_follow_the_certificate(extra: bytes) -> None:
    _talks, raw = small()
    with pytest.raises(Refused, match="goes on after"):
        verified(raw + extra)
