"""What holds for every verb: help, words that are off, refusals in words, and nothing that steers the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.cli.command import VERBS
from detente.cli.terminal import harmless
from tests.cli.speaking import refused, run, say


def test_the_program_says_which_it_is_and_what_it_can_do() -> None:
    assert run("--version").out.strip() == f"detente, version {detente.__version__}"
    shown = run("--help")
    assert shown.code == 0
    assert all(f"  {verb} " in shown.out for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str) -> None:
    shown = say(verb, "--help")
    assert shown.code == 0 and "Usage: " in shown.out and "--help" in shown.out


@pytest.mark.parametrize("words", [["negotiate"], ["status"], ["status", "x", "--at", "x"], ["export", "x"],
                                   ["verify"], ["demo", "--port", "70000"], ["fsck", "--nonsense"]])  # fmt: skip
def test_words_that_are_off_are_said_to_be(words: list[str]) -> None:
    answer = say(*words)
    assert answer.code == 2 and "Error: " in answer.err and answer.out == ""


READING = (["status", "x"], ["export", "x", "FILE"], ["fsck"])


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_without_a_record_a_reading_verb_says_what_to_do_and_makes_nothing(
    tmp_path: Path, words: list[str]
) -> None:
    file, empty = tmp_path / "copy", tmp_path / "empty"
    empty.mkdir()
    named = [str(file) if word == "FILE" else word for word in words]
    for folder in (tmp_path / "none", empty):
        said = refused(say(*named, "--data", folder), "host.no_data")
        assert f"There is no record in {folder}." in said and "detente replay" in said
    assert list(tmp_path.rglob("*")) == [empty]


@pytest.mark.parametrize("words", [*READING, ["replay", "istanbul"], ["demo", "--no-browser", "--port", "0"],
                                   ["serve", "--port", "0"]], ids=lambda words: words[0])  # fmt: skip
def test_a_record_without_its_host_key_is_not_given_another(
    data: Path, tmp_path: Path, words: list[str]
) -> None:
    (data / "host.key").unlink()
    named = [str(tmp_path / "copy") if word == "FILE" else word for word in words]
    assert "backup" in refused(say(*named, "--data", data), "custody.host_key")
    assert not (data / "host.key").exists()


@pytest.mark.parametrize("verb", ["replay", "demo", "serve"])
def test_a_folder_that_cannot_be_made_is_refused_in_words(verb: str) -> None:
    words = {"replay": ["istanbul"], "demo": ["--port", "0", "--no-browser"], "serve": ["--port", "0"]}[verb]
    answer = run(verb, *words, "--data", "/dev/null/data")
    assert "/dev/null/data" in refused(answer, "host.file")


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"not a database at all" * 100)
    (tmp_path / "host.key").write_bytes(bytes(32))
    for words in (["status", "x"], ["fsck"], ["replay", "istanbul"]):
        refused(say(*words, "--data", tmp_path), "store.not_opened")


def test_a_host_key_that_is_none_is_refused_in_words(data: Path) -> None:
    (data / "host.key").write_bytes(b"short")
    assert "32 bytes" in refused(say("status", "x", "--data", data), "custody.host_key")


def test_another_host_key_certifies_nothing(data: Path, origins: tuple[str, ...], tmp_path: Path) -> None:
    (data / "host.key").write_bytes(bytes(32))
    refused(say("export", origins[0], tmp_path / "copy", "--data", data), "custody.unwrap")
    assert not (tmp_path / "copy").exists()


def test_no_character_steers_the_terminal(tmp_path: Path) -> None:
    assert harmless("a\x1b[2Jb\x07\r\x9bc\n\td") == "a�[2Jb���c\n\td"
    script = tmp_path / "talks.txt"
    script.write_text(
        "process talks: Talks \x1b[2J\x1b[31m on a road\n\n2026-03-02\n09:00 M convenes the talks talks\n"
    )
    folder = tmp_path / "data"
    assert say("replay", script, "--data", folder).code == 0
    shown = say("status", "", "--data", folder)
    assert shown.code == 0 and "on a road" in shown.out and "\x1b" not in shown.out
    hostile = tmp_path / "copy.detente"
    hostile.write_bytes(
        b"detente certified copy v1\nprocess detente/x\nfor \x1b[2J\nmade x\nlog x \x1b[1m9\n"
    )
    answer = say("verify", hostile)
    assert answer.code == 1 and "\x1b" not in answer.err
