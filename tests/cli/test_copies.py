"""`detente export` and `detente verify`: a copy that checks anywhere, and the words for every way in which it may not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO
from unittest.mock import patch

import pytest

from detente.cli.verifying import long_record
from detente.cli.verifying.container import say_cosigners
from detente.store.port import Unavailable
from detente.tlog.checkpoint import Cosigned
from tests.cli.speaking import refused, run, say
from tests.depositary.talks import Talks, force, key_named, open_host
from tests.proofs.copies import copy_for
from tests.proofs.test_irregular import later_act


def test_what_this_version_cannot_check_is_said(tmp_path: Path) -> None:
    """A host could put acts after one of a kind that nobody knows, signed with keys of its own."""
    talks = Talks(open_host()).convene().seat()
    force(talks.depositary, talks.origin, later_act(talks), "levitate", "M")
    force(talks.depositary, talks.origin, talks.raw_statement(key_named("stranger")))
    (tmp_path / "copy").write_bytes(copy_for(talks, "A"))
    said = say("verify", tmp_path / "copy")
    assert said.code == 0 and said.out.startswith(f"What this version can check holds: {tmp_path / 'copy'}\n")
    assert "Unchecked  the signatures: 1 act after it was signed with keys" in said.out


def test_a_cosigner_may_state_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    say_cosigners((Cosigned("harbour.example", 0), Cosigned("town.example", 1_772_442_000)))
    assert capsys.readouterr().out.splitlines() == [
        "  Cosigned   by harbour.example, who states no time",
        "  Cosigned   by town.example, 2026-03-02T09:00:00Z",
    ]


def test_a_copy_verifies_where_there_is_no_record(
    copy: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    answer = run("verify", copy)
    assert answer.code == 0 and answer.err == ""
    assert answer.out.startswith(f"Everything checks: {copy}\n")
    for words in (
        f"Process    {origins[1]}",
        "in the main log",
        "in the chamber side-A",
        "Copied for A",
        "Cosigned   by ",
    ):
        assert words in answer.out
    assert "side-B" not in answer.out and "Irregular" not in answer.out


def test_the_copy_is_as_the_person_may_see_it(data: Path, origins: tuple[str, ...], tmp_path: Path) -> None:
    sizes = {}
    for person in ("", "A", "B", "M"):
        file = tmp_path / f"{person or 'public'}.detente"
        answer = say("export", origins[1], file, "--data", data, *(["--as", person] if person else []))
        assert answer.code == 0 and f"as {person or 'the public'} may see them" in answer.out
        verified = say("verify", file)
        assert verified.code == 0 and f"Copied for {person or 'public'}" in verified.out
        chambers = {line.split()[-1] for line in verified.out.splitlines() if "in the chamber" in line}
        sizes[person] = chambers
    assert sizes == {
        "": set(), "A": {"side-A", "mediators-A"}, "B": {"side-B", "mediators-B"},
        "M": {"mediators", "mediators-A", "mediators-B"},
    }  # fmt: skip
    assert not list(tmp_path.glob("*.part"))


def test_of_a_copy_that_could_not_be_finished_nothing_is_left(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    def cut_off(_host: object, _origin: str, _viewer: object, _now: int, out: BinaryIO) -> str:
        out.write(b"words of the record")
        raise Unavailable("the server has ended the connection")

    file = tmp_path / "copy"
    (tmp_path / "copy.part").write_bytes(b"of an export that was interrupted")
    with patch("detente.cli.export.certify_copy", cut_off):
        refused(say("export", origins[1], file, "--as", "A", "--data", data), "store.unusable")
    assert not list(tmp_path.glob("copy*"))


def test_somebody_who_is_not_in_the_record_gets_no_copy(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    answer = say("export", origins[0], tmp_path / "x", "--as", "Nobody", "--data", data)
    assert "People in the record: A, " in refused(answer, "participation.person")
    assert not (tmp_path / "x").exists()
    refused(say("export", "zzz9", tmp_path / "x", "--data", data), "log.unknown")


def test_public_is_whom_a_copy_for_nobody_is_for(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    named, unnamed = tmp_path / "named", tmp_path / "unnamed"
    answer = say("export", origins[1], named, "--as", "public", "--data", data)
    assert answer.code == 0 and "as the public may see them" in answer.out
    assert say("export", origins[1], unnamed, "--data", data).code == 0
    shown = [say("verify", file).out.replace(str(file), "").splitlines() for file in (named, unnamed)]
    assert "Copied for public" in "\n".join(shown[0])
    assert [line for line in shown[0] if "in the " in line] == [
        line for line in shown[1] if "in the " in line
    ]
    for verb in ("minutes", "status"):
        assert say(verb, origins[1], "--as", "public", "--data", data).code == 0


def test_a_file_that_cannot_be_written_is_refused_in_words(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    answer = say("export", origins[0], tmp_path / "no" / "where", "--data", data)
    assert "No such file or directory" in refused(answer, "host.file")
    assert say("export", origins[0], tmp_path, "--data", data).code == 2


def test_an_older_copy_is_replaced_whole(data: Path, origins: tuple[str, ...], copy: Path) -> None:
    copy.write_bytes(b"x" * 10_000_000)
    assert say("export", origins[1], copy, "--data", data).code == 0
    assert say("verify", copy).code == 0


def changed(copy: Path, at: int) -> None:
    raw = bytearray(copy.read_bytes())
    raw[at] ^= 1
    copy.write_bytes(raw)


def place_of(copy: Path, words: bytes, after: int = 0) -> int:
    return copy.read_bytes().index(words) + after


def test_a_changed_act_is_found_and_named(copy: Path) -> None:
    raw = copy.read_bytes()
    lines = raw.split(b"\n")
    third = [number for number, line in enumerate(lines) if line.startswith(b"act ")][2]
    act = lines[third]
    signature = act.rindex(b".", 0, act.index(b"~")) + 9
    lines[third] = act[:signature] + (b"B" if act[signature] == ord("A") else b"A") + act[signature + 1 :]
    copy.write_bytes(b"\n".join(lines))
    answer = say("verify", copy)
    assert answer.code == 1 and answer.out == ""
    assert "Act 3 of detente/" in answer.err and f"(line {third + 1})" in answer.err
    assert "signature" in answer.err


@pytest.mark.parametrize(
    ("line", "after", "words"),
    [
        (b"detente certified copy", 3, "Line 1: the file does not begin with"),
        (b"\nfor A", 1, "Line 3: it should begin with “for”"),
        (b"\nlog detente", 2, "Line 5: it should begin with "),
        (b"\ncheckpoint ", 40, ""),
        (b"\ndigest ", 9, "The copy is not the one that the keeper certified: its digest differs."),
        (b"\ncertified ", 70, "The keeper's signature on the copy does not hold."),
    ],
)  # fmt: skip
def test_a_changed_byte_is_refused_with_what_broke_and_where(
    copy: Path, line: bytes, after: int, words: str
) -> None:
    changed(copy, place_of(copy, line, after))
    answer = say("verify", copy)
    assert answer.code == 1 and answer.out == "" and words in answer.err
    assert answer.err.split(":")[0].partition(".")[0] in ("copy", "note", "checkpoint", "envelope", "act")


def test_any_part_of_a_copy_is_not_the_copy(copy: Path) -> None:
    raw = copy.read_bytes()
    for size in [0, 1, 25, 26, 200, len(raw) // 3, len(raw) // 2, len(raw) - 200, len(raw) - 2, len(raw) - 1]:
        copy.write_bytes(raw[:size])
        answer = say("verify", copy)
        assert answer.code == 1 and answer.out == "" and answer.err.startswith("copy."), size
        assert "Line " in answer.err
    copy.write_bytes(raw + b"\n")
    assert "goes on after the keeper's certificate" in refused(say("verify", copy), "copy.end")


@pytest.mark.parametrize("raw", [b"\n" * 50, b"x" * 3_000_000, bytes(range(256)) * 20, b"log x 99999999999999999\n" * 3,
                                 b"detente certified copy v1\n" * 9, b"%PDF-1.4\n", "détente\n".encode()])  # fmt: skip
def test_what_is_no_copy_at_all_is_said_to_be_none(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(raw)
    answer = run("verify", file)
    assert answer.code == 1 and answer.out == "" and "copy." in answer.err
    assert "Instead: Ask for another copy" in answer.err


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    for where, words in ((tmp_path, "is a directory"), (tmp_path / "none", "does not exist")):
        answer = say("verify", where)
        assert answer.code == 2 and words in answer.err


def test_two_copies_joined_are_none(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes() * 2)
    refused(say("verify", copy), "copy.end")


def test_a_long_record_shows_how_far_it_is(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Checking acts" not in say("verify", copy).err
    monkeypatch.setattr(long_record, "LONG", 10)
    answer = say("verify", copy)
    assert answer.code == 0 and answer.out.startswith("Everything checks")
    assert "Checking acts" in answer.err
    changed(copy, copy.stat().st_size // 2)
    answer = say("verify", copy)
    assert answer.code == 1 and answer.out == ""


def test_a_very_long_record_is_checked_in_other_processes_and_says_the_same(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = copy.read_bytes().split(b"\n")
    act = next(place for place, line in enumerate(lines) if line.startswith(b"act ") and place > 20)
    entry, tilde, disclosures = lines[act].partition(b"~")
    head, dot, signature = entry.rpartition(b".")
    other = b"B" if signature[10:11] != b"B" else b"C"
    lines[act] = head + dot + signature[:10] + other + signature[11:] + tilde + disclosures
    broken = copy.with_name("broken")
    broken.write_bytes(b"\n".join(lines))
    said = say("verify", broken)
    assert said.code == 1 and f"(line {act + 1})" in said.err and "envelope.signature" in said.err
    monkeypatch.setattr(long_record, "LONG", 10)
    monkeypatch.setattr(long_record, "VERY_LONG", 10)
    interval = sys.getswitchinterval()
    assert say("verify", copy).out.startswith("Everything checks")
    again = say("verify", broken)
    assert again.code == 1 and [line for line in again.err.splitlines() if "envelope.signature" in line] == [
        line for line in said.err.splitlines() if "envelope.signature" in line
    ]
    assert sys.getswitchinterval() == interval
