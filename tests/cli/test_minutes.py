"""`detente minutes`: a record as minutes that a secretary could have written, and that are read back."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.statements import Scripted
from tests.cli.acting import Terminal
from tests.cli.speaking import refused, say

ISTANBUL = ZoneInfo("Europe/Istanbul")


def acts(text: str) -> list[tuple[str, str]]:
    read = parse_minutes(text, ISTANBUL).statements
    return [(one.kind, one.author) for one in read if isinstance(one, Scripted)]


def minutes(origin: str, data: Path, *words: str) -> str:
    return say("minutes", origin, "--data", data, *words).out


def test_they_hold_every_act_and_are_read_back(data: Path, origins: tuple[str, ...]) -> None:
    size = say("status", origins[1], "--json", "--data", data).json()["size"]
    printed = minutes(origins[1], data, "--as", "M")
    assert len(acts(printed)) == size and acts(printed)[0] == ("convene", "M")
    assert acts(minutes(origins[1], data, "--as", "M", "--at", "12")) == acts(printed)[:12]


SEALED = """process talks: Talks on a road
    zone: Europe/Istanbul

2026-03-02
09:00 M convenes the talks talks
09:01 M admits A as delegate
    side: A
09:20 M opens understanding
    title: A title for the mediators
    basis: analogy
    languages: en authentic
    readers: M
"""


def test_words_that_one_may_not_read_are_left_out(tmp_path: Path) -> None:
    script = tmp_path / "talks.txt"
    script.write_text(SEALED)
    origin, data = say("replay", script, "--data", tmp_path / "data").out.strip(), tmp_path / "data"
    own, theirs = minutes(origin, data, "--as", "M"), minutes(origin, data, "--as", "A")
    assert acts(own) == acts(theirs)
    assert "A title for the mediators" in own and "A title for the mediators" not in theirs


def test_they_are_printed_as_somebody_who_takes_part(data: Path, origins: tuple[str, ...]) -> None:
    refused(say("minutes", origins[1], "--data", data, "--as", "ZZ"), "participation.person")


def test_a_person_at_the_table_prints_them_from_a_verified_copy(mediator: Terminal) -> None:
    printed = say("minutes", mediator.address, "--keys", mediator.folder).out
    assert acts(printed)[0][0] == "convene" and "Talks on a road" in printed
