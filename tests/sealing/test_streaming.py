"""Files of any size, sealed and opened a part at a time."""

from __future__ import annotations

import errno
import io
import tempfile
import tracemalloc
from hashlib import sha256

import pyrage
import pytest

from detente.codec.refusal import Refused
from detente.sealing.identity import make_identity, public_of
from detente.sealing.streaming import line_of, seal_stream, unseal_stream

LINE = line_of("detente/x", "key", "photograph.jpg")
MINE, THEIRS = make_identity(), make_identity()
LARGE = 200_000_000
ROOM = 8_000_000
"""Bytes of memory: a twenty-fifth of what goes through."""


class Zeros:
    """A file of nothing but zeros, which takes no room."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        part = min(self.left, size if size >= 0 else self.left)
        self.left -= part
        return bytes(part)


class Nowhere:
    def write(self, part: bytes) -> int:
        return len(part)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_001])
def test_what_was_sealed_is_opened_by_each_reader(size: int) -> None:
    content, out, seen = b"x" * size, io.BytesIO(), []
    made = seal_stream(io.BytesIO(content), out, [public_of(MINE), public_of(THEIRS)], LINE, seen.append)
    raw = out.getvalue()
    assert (made.digest, made.size, made.content) == (
        sha256(raw).digest(),
        len(raw),
        sha256(content).digest(),
    )
    assert seen[-1] == size
    for identity in (MINE, THEIRS):
        opened = io.BytesIO()
        assert unseal_stream(io.BytesIO(raw), opened, [identity], LINE) == made.content
        assert opened.getvalue() == content
    plain = pyrage.decrypt(raw, [pyrage.x25519.Identity.from_str(MINE)])
    assert plain == LINE + b"\n" + content


def refused(raw: bytes, identity: str = MINE, line: bytes = LINE) -> str:
    opened = io.BytesIO()
    with pytest.raises(Refused) as caught:
        unseal_stream(io.BytesIO(raw), opened, [identity], line)
    return caught.value.refusals[0].code


def test_a_file_for_another_place_or_reader_or_cut_short_is_refused() -> None:
    out = io.BytesIO()
    seal_stream(io.BytesIO(b"x" * 100_000), out, [public_of(MINE)], LINE)
    raw = out.getvalue()
    assert refused(raw, THEIRS) == "sealing.not_for_you"
    assert refused(raw, line=line_of("detente/y", "key", "photograph.jpg")) == "sealing.foreign"
    assert refused(raw[:-1]) == refused(raw[:70_000]) == refused(raw[:-9] + bytes(9)) == "sealing.damaged"
    bare = pyrage.encrypt(
        b"no line", [pyrage.x25519.Recipient.from_str(str(pyrage.x25519.Identity.from_str(MINE).to_public()))]
    )
    assert refused(bare) == "sealing.foreign"
    with pytest.raises(Refused):
        seal_stream(io.BytesIO(b""), io.BytesIO(), [], LINE)


class Full(io.BytesIO):
    """A disk without room."""

    def write(self, _part: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class Failing(io.BytesIO):
    """A disk that reads no further than the beginning."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_or_fails_is_no_fault_of_the_file(number: int) -> None:
    made = io.BytesIO()
    seal_stream(io.BytesIO(b"x" * 200_000), made, [public_of(MINE)], LINE)
    sealed, out = (
        Failing if number == errno.EIO else io.BytesIO,
        Full if number == errno.ENOSPC else io.BytesIO,
    )
    with pytest.raises(OSError) as caught:
        unseal_stream(sealed(made.getvalue()), out(), [MINE], LINE)
    assert caught.value.errno == number


def test_a_file_to_more_readers_than_anybody_names_is_not_looked_through_for_one() -> None:
    made = io.BytesIO()
    seal_stream(io.BytesIO(b"x"), made, [public_of(MINE)], LINE)
    first, stanza, rest = made.getvalue().partition(b"-> X25519")
    stanza += rest[: rest.index(b"\n-")]
    assert refused(first + (stanza + b"\n") * 10_000 + made.getvalue()[len(first) :]) == "sealing.malformed"


def test_a_large_file_needs_no_memory() -> None:
    with tempfile.TemporaryFile() as sealed:
        tracemalloc.start()
        made = seal_stream(Zeros(LARGE), sealed, [public_of(MINE)], LINE)  # type: ignore[arg-type]
        sealed.seek(0)
        assert unseal_stream(sealed, Nowhere(), [MINE], LINE) == made.content  # type: ignore[arg-type]
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert made.size > LARGE and peak < ROOM
