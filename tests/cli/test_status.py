"""`detente status`: the four answers and whose act is missing, in words and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.speaking import refused, run, say

YES_OR_NO = ("adopted", "authentic", "binding", "in_force")


def status(origin: str, data: Path, *words: str) -> Any:
    return say("status", origin, "--json", "--data", data, *words).json()


def test_programs_get_exactly_this_shape(data: Path, origins: tuple[str, ...]) -> None:
    missing = 0
    for origin in origins:
        found = status(origin, data)
        assert list(found)[:3] == ["process", "size", "instruments"]
        assert found["process"] == origin.removeprefix("detente/") and isinstance(found["size"], int)
        assert found["instruments"]
        for instrument in found["instruments"]:
            assert list(instrument) == ["id", "title", "edition", *YES_OR_NO, "ladder", "missing"]
            assert all(isinstance(instrument[question], bool) for question in YES_OR_NO)
            assert isinstance(instrument["id"], str) and isinstance(instrument["title"], str)
            assert instrument["edition"] is None or isinstance(instrument["edition"], int)
            assert set(instrument["ladder"]) == {"A", "B"}
            assert set(instrument["ladder"].values()) <= set(".AIRSBFWNE")
            for one in instrument["missing"]:
                assert list(one) == ["whose", "act", "why"]
                assert all(isinstance(value, str) and value for value in one.values())
                missing += 1
    assert missing


def test_the_talks_as_reported_have_nothing_and_those_that_asked_have_all(
    data: Path, origins: tuple[str, ...]
) -> None:
    (reported,) = status(origins[0], data)["instruments"]
    assert [reported[question] for question in YES_OR_NO] == [False] * 4
    assert {one["act"] for one in reported["missing"]} >= {"assent"}
    (asked,) = status(origins[1], data)["instruments"]
    assert [asked[question] for question in YES_OR_NO] == [True] * 4
    assert (asked["missing"], asked["ladder"]) == ([], {"A": "F", "B": "F"})


def test_an_earlier_moment_is_told_as_it_was(data: Path, origins: tuple[str, ...]) -> None:
    size = status(origins[1], data)["size"]
    first = status(origins[1], data, "--at", "1")
    assert (first["size"], first["instruments"]) == (1, [])
    steps = [status(origins[1], data, "--at", str(at))["instruments"] for at in range(1, size + 1, 6)]
    reached = [sum(i[question] for i in found for question in YES_OR_NO) for found in steps]
    assert reached[0] == 0 and max(reached) > 0
    assert status(origins[1], data, "--at", str(size)) == status(origins[1], data)


@pytest.mark.parametrize("at", ["0", "-1", "9999", "99999999999999999999"])
def test_a_moment_that_is_none_is_refused(data: Path, origins: tuple[str, ...], at: str) -> None:
    assert "The record holds acts 1 to " in refused(
        say("status", origins[0], "--at", at, "--data", data), "log.at"
    )


def test_people_read_it_in_words(data: Path, origins: tuple[str, ...]) -> None:
    shown = run("status", origins[0], "--data", data)
    assert shown.code == 0
    assert "Is it final? " in shown.out and "adopted: no" in shown.out and "in force: no" in shown.out
    assert "Missing, in order:" in shown.out and "    1. " in shown.out
    assert "not that a court would hold them valid" in " ".join(shown.out.split())
    whole = say("status", origins[1], "--data", data).out
    assert "adopted: yes   authentic: yes   binding: yes   in force: yes" in whole and "Missing" not in whole
    assert "act 3 of " in say("status", origins[1], "--at", "3", "--data", data).out


def test_a_process_is_named_by_the_start_of_its_id(data: Path, origins: tuple[str, ...]) -> None:
    id_ = origins[0].removeprefix("detente/")
    for name in (origins[0], id_, id_[:12], f"detente/{id_[:12]}"):
        assert status(name, data)["process"] == id_


def test_a_name_of_none_or_of_several_is_refused_with_those_there_are(
    data: Path, origins: tuple[str, ...]
) -> None:
    said = refused(say("status", "zzzzzz9", "--data", data), "log.unknown")
    assert all(origin in said for origin in origins)
    said = refused(say("status", "", "--data", data), "log.ambiguous")
    assert all(origin in said for origin in origins)


def test_somebody_who_is_not_in_the_record_is_refused(data: Path, origins: tuple[str, ...]) -> None:
    said = refused(say("status", origins[0], "--as", "Nobody", "--data", data), "participation.person")
    assert "“Nobody” is not in this record" in said and "People in the record: A, " in said


def test_a_person_sees_what_is_theirs(data: Path, origins: tuple[str, ...]) -> None:
    assert status(origins[1], data, "--as", "A")["instruments"] == status(origins[1], data)["instruments"]


def test_reading_leaves_the_record_as_it_was(data: Path, origins: tuple[str, ...]) -> None:
    before = (data / "record.sqlite").read_bytes()
    status(origins[1], data)
    assert (data / "record.sqlite").read_bytes() == before


def test_in_words_it_says_who_has_cosigned_and_who_not_yet(data: Path, origins: tuple[str, ...]) -> None:
    said = say("status", origins[1], "--data", data)
    assert "Cosigned: up to the last act by " in said.out and "; the process asks for " in said.out
    earlier = say("status", origins[1], "--data", data, "--at", "3")
    assert earlier.code == 0 and "Cosigned" not in earlier.out


def test_the_shipped_case_is_told_as_its_overview_tells_it(data: Path, origins: tuple[str, ...]) -> None:
    def told(origin: str, *words: str) -> str:
        return " ".join(say("status", origin, "--data", data, *words).out.split())

    assert "Oral yes, #22" in told(origins[0], "--at", "24")
    assert "7 minutes later, its taking back (#25) are minuted" in told(origins[0], "--at", "25")
    assert "Breaking off claimed by Delegation A" in told(origins[0])
    assert "Demonstration. " in told(origins[0]) and "Demonstration. " in told(origins[1])
    bridge = told(origins[1], "--at", "60")
    assert "By 02:30 Istanbul time, 28 October" in bridge and "Silence counts as no." in bridge
    assert "Your turn" not in bridge and "Your turn: Answer" not in told(
        origins[1], "--at", "60", "--as", "A"
    )


def test_public_is_who_it_says(data: Path, origins: tuple[str, ...]) -> None:
    public = say("status", origins[0], "--as", "public", "--data", data)
    assert public.code == 0 and "Not your turn. Next: " not in public.out and "Next: " in public.out
