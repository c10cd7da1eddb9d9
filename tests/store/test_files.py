"""Sealed files beside the log: whole or not there, of the size admitted, and swept away where nobody signed for them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.store.files import KEPT_WAITING, MOST_WAITING, SealedFiles

PROCESS = "p" * 26
CONTENT = b"sealed bytes"


def digest_of(content: bytes) -> bytes:
    return sha256(content).digest()


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path, largest=100)


def keep(files: SealedFiles, content: bytes, digest: bytes = b"") -> bytes:
    named = digest or digest_of(content)
    with files.arriving(PROCESS, named, ()) as file:
        for at in range(0, len(content), 5):
            file.write(content[at : at + 5])
        file.keep()
    return named


def code(files: SealedFiles, content: bytes, digest: bytes = b"") -> str:
    with pytest.raises(Refused) as caught:
        keep(files, content, digest)
    return caught.value.refusals[0].code


def test_what_arrived_whole_is_found_by_its_digest(files: SealedFiles) -> None:
    held = files.find(PROCESS, keep(files, CONTENT))
    assert held is not None and held.path.read_bytes() == CONTENT and held.size == len(CONTENT)
    assert files.find("q" * 26, held.digest) is None
    files.remove(PROCESS, held.digest)
    assert files.find(PROCESS, held.digest) is None


def test_what_is_another_file_or_too_large_or_broken_off_leaves_nothing(
    files: SealedFiles, tmp_path: Path
) -> None:
    assert code(files, CONTENT, digest_of(b"another")) == "file.digest"
    assert code(files, b"x" * 101) == "file.size"
    with pytest.raises(OSError, match="line"), files.arriving(PROCESS, digest_of(CONTENT), ()) as file:
        file.write(CONTENT)
        raise OSError("the line broke")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_of_what_finds_no_room_nothing_is_left(files: SealedFiles, tmp_path: Path) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), files.arriving(PROCESS, digest_of(CONTENT), ()) as file:
        file.write(CONTENT)
        file._file.close()
        file._file.close = full  # type: ignore[method-assign]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_nobody_signed_for_is_swept_away_after_a_day(files: SealedFiles, tmp_path: Path) -> None:
    signed, waiting, new = (keep(files, name.encode()) for name in ("signed", "waiting", "new"))
    torn = tmp_path / PROCESS / "torn.arriving"
    torn.write_bytes(b"half")
    for path in tmp_path.rglob("*"):
        if path.name != new.hex() and path.is_file():
            then = path.stat().st_mtime - KEPT_WAITING - 60
            os.utime(path, (then, then))
    files.sweep(PROCESS, {signed})
    assert [files.find(PROCESS, d) is not None for d in (signed, waiting, new)] == [True, False, True]
    assert not torn.exists()


def test_only_so_much_waits_for_acts(files: SealedFiles) -> None:
    kept = [keep(files, bytes([number]) * 99) for number in range(MOST_WAITING + 1)]
    assert code(files, b"one more") == "file.waiting"
    with files.arriving(PROCESS, digest_of(b"one more"), set(kept)) as file:
        file.write(b"one more")
        file.keep()


def test_what_another_process_takes_away_meanwhile_is_not_missed(
    files: SealedFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(files, CONTENT)
    gone = [tmp_path / PROCESS / name for name in ("0" * 64, "file.arriving")]
    glob = Path.glob
    monkeypatch.setattr(Path, "glob", lambda folder, pattern: iter([*glob(folder, pattern), *gone]))
    files.sweep(PROCESS, ())
    assert keep(files, b"another") and files.find(PROCESS, kept) is not None
