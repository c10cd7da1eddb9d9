"""`detente replay`: minutes into a record; where they do not hold, the line and the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import SCRIPTS
from tests.cli.speaking import refused, run, say

HEAD = "process spring: Spring round\n\n2026-03-02\n09:00 M convenes the talks spring\n"


def test_a_shipped_case_is_played_by_its_name(tmp_path: Path) -> None:
    answer = run("replay", "istanbul", "--data", tmp_path / "data")
    assert answer.code == 0
    origins = answer.out.splitlines()
    assert len(origins) == 2 and all(o.startswith("detente/") and len(o) == 34 for o in origins)
    assert "acts played" in answer.err
    for origin in origins:
        assert say("status", origin, "--json", "--data", tmp_path / "data").json()["size"] > 20


def test_one_script_of_a_case_is_played_by_its_name(tmp_path: Path) -> None:
    answer = say("replay", "istanbul/asking-first", "--data", tmp_path / "data")
    assert answer.code == 0 and len(answer.out.splitlines()) == 1


def test_a_file_is_played_beside_what_is_there(data: Path, origins: tuple[str, ...]) -> None:
    answer = say("replay", SCRIPTS / "kozak-2003.txt", "--data", data)
    assert answer.code == 0
    (origin,) = answer.out.split()
    assert origin not in origins
    for known in (*origins, origin):
        assert say("status", known, "--data", data).code == 0


def test_what_is_neither_a_case_nor_a_file_is_refused(tmp_path: Path) -> None:
    for case in ("atlantis", tmp_path, tmp_path / "none.txt", "istanbul/none"):
        assert "Shipped: istanbul" in refused(
            say("replay", case, "--data", tmp_path / "data"), "case.unknown"
        )
    refused(say("replay", "x" * 5000, "--data", tmp_path / "data"), "host.file")


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (HEAD + "expect phase: adjourned\n", "minutes.expectation", ["Line 5", "adjourned"]),
        (HEAD + "10:00 M admits A as delegate\n    side: A\nexpect refusal: x\n", "minutes.expectation", ["Line 7"]),
        (HEAD + "10:00 M does as M likes\n", "minutes.", ["Line 5"]),
        (HEAD + "10:00 M closes the session\n", "", ["Line 5"]),
        (HEAD + "10:00 Q adjourns the talks\n", "", ["Line 5"]),
        ("2026-03-02\n09:00 M convenes the talks spring\n", "minutes.header", ["names no process"]),
        ("", "minutes.header", ["names no process"]),
        ("process spring: Spring\n\n2026-03-02\n09:00 M adjourns the talks\n", "phase.before", ["Line 4"]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_said_with_its_line(
    tmp_path: Path, text: str, code: str, words: list[str]
) -> None:
    script = tmp_path / "talks.txt"
    script.write_text(text)
    said = refused(say("replay", script, "--data", tmp_path / "data"), code) if code.endswith(
        ("expectation", "header", "before")
    ) else say("replay", script, "--data", tmp_path / "data").err  # fmt: skip
    assert code in said and all(word in said for word in words)


def test_every_bad_line_is_said_at_once(tmp_path: Path) -> None:
    script = tmp_path / "talks.txt"
    script.write_text(HEAD + "10:00 M does as M likes\n11:00 nobody\n")
    answer = say("replay", script, "--data", tmp_path / "data")
    assert answer.code == 1 and "Line 5" in answer.err and "Line 6" in answer.err


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"process \xe9", b"\x00" * 50])
def test_a_file_that_is_no_text_is_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    script = tmp_path / "talks.txt"
    script.write_bytes(raw)
    answer = say("replay", script, "--data", tmp_path / "data")
    assert answer.code == 1 and answer.err.startswith("minutes.")


def test_what_is_said_to_be_played_is_what_stands_afterwards(tmp_path: Path) -> None:
    answer = run("replay", "istanbul", "--data", tmp_path / "data")
    sizes = [
        say("status", o, "--json", "--data", tmp_path / "data").json()["size"] for o in answer.out.split()
    ]
    first, second = answer.err.splitlines()
    assert first.endswith(f": {sizes[0]} acts played") and f": {sizes[1]} acts played, and " in second
    assert second.endswith(" in chambers")


def test_a_refused_line_is_no_act_played(tmp_path: Path) -> None:
    answer = say("replay", SCRIPTS / "bracket-open.txt", "--data", tmp_path / "data")
    size = say("status", answer.out.strip(), "--json", "--data", tmp_path / "data").json()["size"]
    assert f": {size} acts played" in answer.err and answer.err.endswith(" refused, as expected\n")


def test_minutes_that_do_not_hold_say_what_they_left_and_how_to_look_at_it(tmp_path: Path) -> None:
    script, folder = tmp_path / "talks.txt", tmp_path / "data"
    script.write_text(HEAD + "10:00 M closes the session\n")
    said = say("replay", script, "--data", folder)
    assert said.code == 1 and said.out == "" and "Line 5" in said.err
    assert f" is in {folder}, as far as it was played: 1 act." in said.err
    look = re.search(r"“detente (status [a-z2-7]{26} --data .+?)”", said.err)
    assert look is not None
    assert say(*look[1].split()).out.splitlines()[1].startswith(look[1].split()[1])


def test_minutes_that_were_not_begun_leave_nothing_to_look_at(tmp_path: Path) -> None:
    script = tmp_path / "talks.txt"
    script.write_text(HEAD + "10:00 M does as M likes\n")
    assert "as far as it was played" not in say("replay", script, "--data", tmp_path / "data").err
