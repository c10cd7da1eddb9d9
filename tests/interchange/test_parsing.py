"""Faults of a script: all at once, each with its line and what is possible instead."""

from __future__ import annotations

import pytest

from detente.codec.refusal import Refused
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.statements import Expect, Scripted

HEAD = "process demo: Demo\n2026-03-02\n"


def faults(script: str) -> list[tuple[str, str]]:
    """(line, code) of every fault."""
    with pytest.raises(Refused) as caught:
        parse_minutes(script)
    assert all(r.sentence.startswith("Line ") for r in caught.value.refusals)
    return [(r.sentence.split(":")[0].removeprefix("Line "), r.code) for r in caught.value.refusals]


def acts(script: str) -> list[Scripted]:
    return [s for s in parse_minutes(script).statements if isinstance(s, Scripted)]


def test_every_fault_is_told_at_once_with_its_line() -> None:
    script = HEAD + (
        "10:00 M opens the door\n"  # 3
        "nonsense\n"  # 4
        "10:00 M admits A as delegate\n"
        "    side: AB\n"  # 6
        "    colour: red\n"  # 7
        "10:05 PA grants a mandate to A\n"
        "    terms: maybe\n"  # 9
        "    terms: definitive\n"  # 10
        "expect miracles: yes\n"  # 11
        "25:00 M notes\n"  # 12
    )
    assert faults(script) == [
        ("3", "minutes.phrase"), ("4", "minutes.line"), ("6", "minutes.value"), ("7", "minutes.field"),
        ("9", "minutes.value"), ("10", "minutes.field"), ("11", "minutes.expectation"), ("12", "minutes.time"),
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["A, B and M", "A, B, and M", "A,B, M"])
def test_readers_are_listed_as_anything_is(written: str) -> None:
    (act,) = acts(f"{HEAD}10:00 M notes\n    text: words\n    readers: {written}\n")
    assert act.readers == ("A", "B", "M")


def test_a_fault_in_an_edition_s_text_names_the_line_of_the_file() -> None:
    script = (
        HEAD
        + "10:00 M issues the next edition of x\n    text:\n        1(1) Peace.\n        no number here\n"
    )
    assert faults(script) == [("6", "edition.line_unread")]


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("10:00 M notes\n", "minutes.date"),
        (f"second {'9' * 5_000} M notes\n", "minutes.line"),
        ("2026-02-30\n", "minutes.date"),
        ("    side: A\n", "minutes.indentation"),
        (HEAD + "10:00 M notes\n    just words\n", "minutes.field"),
        (HEAD + "10:00 M opens session 1 at 10:00\n    number: 1\n", "minutes.field"),
        (HEAD + "10:00 M notes\n    text:\n", "minutes.value"),
        (HEAD + "10:00 M notes\n    changes only:\n        1(1) x\n", "minutes.field"),
        (HEAD + "10:00 M notes\n    table:\n        id,date_from\n", "minutes.field"),
        (HEAD + "10:00 M notes\n    worth:\n        1(1): A's text 1\n", "minutes.field"),
        (HEAD + "10:00 M notes\n    call it: Note!\n", "minutes.label"),
        (HEAD + "10:00 M notes\n    call it: n\n10:01 M notes\n    call it: n\n", "minutes.label"),
        (HEAD + "process again: Again\n", "minutes.header"),
        ("process Demo\n", "minutes.header"),
        ("process demo: Demo\n    colour: red\n", "minutes.header"),
        ("process demo: Demo\n    zone: Atlantis/Nowhere\n", "minutes.zone"),
        (HEAD + "10:00 M notes\nexpect adopted\n", "minutes.expectation"),
    ],
)
def test_what_cannot_be_read_is_refused(script: str, code: str) -> None:
    assert [found for _line, found in faults(script)] == [code]


def test_nothing_after_a_fault_is_lost() -> None:
    with pytest.raises(Refused) as caught:
        parse_minutes(HEAD + "10:00 M opens\n10:01 M sings\n")
    assert len(caught.value.refusals) == 2
    assert "<author> opens" in caught.value.refusals[0].instead


def test_words_go_on_in_lines_indented_further_and_blocks_keep_their_line_ends() -> None:
    (note, rules) = acts(
        HEAD + "10:00 M notes\n    text: One\n        and two.\n"
        "# a comment\n10:05 M tables rules of procedure\n    decision: unanimity\n    text:\n        First.\n\n"
        "          Second.\n"
    )
    assert note.given["text"].text == "One and two."
    assert rules.given["text"].block == ("First.", "", "  Second.")


def test_a_line_says_time_zone_chamber_dagger_readers_and_label() -> None:
    (act,) = acts(
        "process demo: Demo\n    zone: Europe/Istanbul\n2026-03-02\n"
        "in mediators-A: 10:00† M notes\n    readers: M and PA\n    call it: first\n"
    )
    assert (act.chamber, act.illustrative, act.readers, act.label) == (
        "mediators-A",
        True,
        ("M", "PA"),
        "first",
    )
    assert act.time == 1772434800  # 07:00 UTC


def test_expectations_say_what_and_of_what() -> None:
    script = HEAD + "10:00 M notes\nexpect open brackets of treaty: 3(2), Annex I\nexpect unauthorised\n"
    found = [s for s in parse_minutes(script).statements if isinstance(s, Expect)]
    assert [(e.what, e.of, e.stated) for e in found] == [
        ("open brackets", "treaty", ("3(2)", "Annex I")), ("unauthorised", "", ("yes",)),
    ]  # fmt: skip
