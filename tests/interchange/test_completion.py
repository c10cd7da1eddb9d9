"""What a line leaves out, the record fills in; what it says, stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.interchange.minutes.demonstration import demonstration_key, demonstration_nonce
from tests.interchange.player import MemoryStage, Stood, played
from tests.interchange.record import SCRIPT


def last(script: str) -> Stood:
    stage, _lines = played(script)
    return stage.stood[-1]


def leaf(stage: MemoryStage, kind: str) -> str:
    return [stood.act.leaf for stood in stage.stood if stood.kind.name == kind][-1]


def test_a_guarded_act_names_the_version_that_stands() -> None:
    settled = "10:30 A withdraws A's text for 1(2) of understanding\n10:30 M issues the next edition of understanding\n"
    stage, _lines = played(SCRIPT + settled + "10:31 A assents to understanding, definitive\n")
    assert stage.stood[-1].act.clear.on == ("understanding", leaf(stage, "issue"))


def test_what_is_written_is_not_replaced() -> None:
    with pytest.raises(Refused) as caught:
        played(SCRIPT + "10:31 A assents to understanding, definitive\n    on: edition 1\n")
    assert "act.stale" in {r.code for r in caught.value.refusals}


def test_sessions_are_numbered_and_times_are_the_line_s() -> None:
    clear = last(SCRIPT + "11:00 M opens the next session\n11:30 M closes the session\n").act.clear
    assert (clear.number, clear.at) == (1, "2025-10-27T08:30:00Z")


def test_an_edition_carries_open_brackets_and_keeps_the_rest() -> None:
    stage, _lines = played(SCRIPT)
    first, second = (stood for stood in stage.stood if stood.kind.name == "issue")
    assert second.act.clear.open == (("art_1__para_2", (leaf(stage, "propose_alternative"),)),)
    assert second.opened["text"] == first.opened["text"]
    assert second.act.clear.content != first.act.clear.content
    assert second.act.clear.languages == ("en", "ur")


def test_a_provision_added_by_changes_stands_where_its_number_belongs() -> None:
    issued = last(SCRIPT + "10:40 M issues the next edition of understanding\n    changes only:\n"
                  "        1(3) Later.\n        1(1) There shall be lasting peace.\n        2(1) Last.\n")  # fmt: skip
    assert issued.act.clear.provisions == (
        "art_1",
        "art_1__para_1",
        "art_1__para_2",
        "art_1__para_3",
        "art_2__para_1",
    )
    assert issued.opened["text"][1]["texts"] == {"en": "There shall be lasting peace."}


def test_chamber_acts_are_for_their_chamber_unless_the_line_says_otherwise() -> None:
    assert last(SCRIPT + "in mediators-A: 10:40 A notes\n    text: x\n").act.clear.aud == ("A", "M")
    assert last(SCRIPT + "in side-A: 10:40 A notes\n    text: x\n    readers: PA\n").act.clear.aud == ("PA",)


def test_an_unknown_name_stops_the_play_at_its_line() -> None:
    with pytest.raises(Refused) as caught:
        played(SCRIPT + "10:40 A withdraws @nothing for 1(2) of understanding\n")
    (refusal,) = caught.value.refusals
    number = len(SCRIPT.splitlines()) + 1
    assert (refusal.code, refusal.sentence.split(":")[0]) == ("minutes.reference", f"Line {number}")


def test_a_refusal_that_is_not_expected_stops_the_play() -> None:
    with pytest.raises(Refused) as caught:
        played(SCRIPT + "10:40 A assents to understanding, definitive\n")
    assert caught.value.refusals[0].code == "ladder.bracket_open"


def test_demonstration_keys_differ_by_case_person_and_number() -> None:
    keys = {demonstration_key(*what).key_id for what in (("a", "A"), ("a", "B"), ("b", "A"), ("a", "A", 2))}
    assert len(keys) == 4
    assert len(demonstration_nonce("a", "text 1")) == 22
    assert demonstration_nonce("a", "text 1") != demonstration_nonce("a", "text 2")


def test_a_language_version_is_certified_as_the_text_has_it_where_it_has_its_words() -> None:
    """The status is the instrument's; the provisions are those with words in the language."""
    script = (Path(__file__).parents[1] / "scripts" / "readings.txt").read_text("utf-8")
    stage, _lines = played(script)
    found = [stood.act.clear for stood in stage.stood if stood.kind.name == "certify_language"]
    assert [(c.language, c.status, c.provisions) for c in found] == [
        ("fr", "authentic", ("art_1__para_1", "art_1__para_2")), ("ur", "courtesy", ("art_1__para_1",)),
    ]  # fmt: skip
