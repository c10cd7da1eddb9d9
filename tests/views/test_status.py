"""`detente status`: for programs in the shape that is promised, for people in the words of the pages."""

from __future__ import annotations

import json

from detente.views.status import status, status_json, status_text
from tests.views.istanbul import as_reported, same_night
from tests.views.played import Play

NIGHT = same_night()


def test_the_shape_for_programs() -> None:
    play = same_night("signed")
    found = json.loads(json.dumps(status_json(play.record())))
    assert set(found) == {"process", "size", "instruments"}
    (instrument,) = found["instruments"]
    assert list(instrument) == [
        "id", "title", "edition", "adopted", "authentic", "binding", "in_force", "ladder", "missing",
    ]  # fmt: skip
    four = [instrument[name] for name in ("adopted", "authentic", "binding", "in_force")]
    assert four == [True, True, False, False]
    assert all(isinstance(answer, bool) for answer in four)
    assert instrument["ladder"] == {"A": "R", "B": "R"}
    assert [(m["whose"], m["act"]) for m in instrument["missing"]] == [
        ("PA", "confirm_signature"), ("PB", "confirm_signature"), ("K", "mark_time"),
    ]  # fmt: skip
    assert all(set(m) == {"whose", "act", "why"} for m in instrument["missing"])


def test_before_the_first_edition_there_is_none() -> None:
    play = Play(open_to="public")
    assert status_json(play.record())["instruments"] == []
    play.open("text")
    assert status_json(play.record())["instruments"][0]["edition"] is None


def test_an_earlier_moment_has_its_own_size_and_answers() -> None:
    record = NIGHT.record(None, NIGHT.marks["adopted"])
    found = status_json(record)
    assert found["size"] == NIGHT.marks["adopted"]
    assert found["instruments"][0]["authentic"] is False
    assert "act 38 of 48" in status_text(record)


def test_people_are_told_the_answer_and_whose_act_is_missing() -> None:
    text = status_text(as_reported().record())
    assert "Is it final? No. No side has assented." in text
    assert "    1. Delegation A: assent to edition 3\n    2. Delegation B: assent to edition 3" in text
    assert "  B  .  Kabul: no step" in text
    assert text.endswith("not that a court would hold them valid.")


def test_a_record_without_instruments_is_told_so() -> None:
    assert "Is it final? No. No text is on the table." in status_text(Play(open_to="public").record())


def test_the_typed_report_holds_what_both_forms_show() -> None:
    report = status(NIGHT.record())
    assert report.instruments[0].sentence == "In force since 30 November 2025."
    assert report.instruments[0].missing == ()
