"""`detente status`: for programs in the shape that is promised, for people in the words of the pages."""

from __future__ import annotations

import json

from detente.views.building import overview_page
from detente.views.status import DISCLAIMER, status, status_json, status_text
from tests.views.istanbul import as_reported, same_night
from tests.views.played import Play, PlayedRecord
from tests.views.reading import plain
from tests.views.test_silence_and_correction import under_silence

NIGHT = same_night()
REPORTED = as_reported()


def unfolded(record: PlayedRecord) -> str:
    """All that is said, on one line: where it is wrapped is of no interest."""
    return " ".join(status_text(record).split())


def test_the_shape_for_programs() -> None:
    play = same_night("signed")
    found = json.loads(json.dumps(status_json(play.record())))
    assert list(found)[:3] == ["process", "size", "instruments"]
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
    text = status_text(REPORTED.record())
    assert "Is it final? No. No side has assented." in text
    assert "    1. Delegation A: assent to edition 3\n    2. Delegation B: assent to edition 3" in text
    assert "  B  .  Kabul: no step" in text
    assert " ".join(text.split()).endswith(DISCLAIMER)


def test_a_record_without_instruments_is_told_so() -> None:
    assert "Is it final? No. No text is on the table." in status_text(Play(open_to="public").record())


def test_the_typed_report_holds_what_both_forms_show() -> None:
    report = status(NIGHT.record())
    assert report.instruments[0].sentence == "In force since 30 November 2025."
    assert report.instruments[0].missing == ()


def test_a_spoken_yes_and_its_taking_back_are_told_as_minuted_and_as_no_step() -> None:
    before = unfolded(REPORTED.record(None, REPORTED.marks["question"]))
    assert "Oral yes" not in before and "spoken yes" not in before
    yes = unfolded(REPORTED.record(None, REPORTED.marks["yes"]))
    assert "Oral yes, #23, 28 Oct 02:34†. Unconfirmed: no step." in yes
    assert "A spoken yes by the head of Delegation B is minuted (#23)." in yes
    assert "Delegation B: confirm, or contest, the words minuted in #23" in yes
    assert "Silence confirms nothing: the words stay unconfirmed and take no step." in yes
    later = unfolded(REPORTED.record())
    assert "Oral: no longer assents, #26, 28 Oct 02:41†. Unconfirmed: no step." in later
    assert "Neither is confirmed by the speaker; neither is a step." in later


def test_the_notice_the_session_and_a_claimed_breaking_off_stand_above_the_texts() -> None:
    lines = status_text(REPORTED.record()).splitlines()
    assert lines[2].startswith("Demonstration. Rebuilt from one press article")
    said = unfolded(REPORTED.record())
    assert (
        "Session 1 closed 28 Oct 04:00†. Breaking off claimed by Delegation A (#32), no act of the convenor"
        in (said)
    )
    assert "† marks illustrative times." in said and "Times are Istanbul time (UTC+3)" in said
    assert "†" not in unfolded(NIGHT.record()), "nothing is explained that is not there"


def test_a_running_bridge_is_told_with_its_time_and_what_silence_would_mean() -> None:
    said = unfolded(NIGHT.record(None, NIGHT.marks["bridge"]))
    assert "Next: Delegation A and Delegation B" in said
    assert "By 02:30 Istanbul time, 28 October (27 Oct 2025, 23:30 UTC). Silence counts as no." in said
    assert "Open brackets: 1 provision of " in said
    assert "Article 5(1). Monitoring, open since 27 Oct 19:12, #25" in said
    assert "bridge: without prejudice, lapses 28 Oct 02:30" in said


def test_silence_that_runs_is_told_with_each_sides_time() -> None:
    said = unfolded(under_silence().record())
    assert "Silence runs on edition 1" in said and "Delegation B until 5 Nov 19:00, Istanbul time." in said


def test_an_act_beyond_the_mandate_is_told_as_without_effect() -> None:
    play = same_night("authentic")
    assert not play.step("B", "sign", "understanding")
    said = unfolded(play.record())
    assert "Beyond the mandate, #" in said and "Without effect unless the principal confirms it." in said


def test_all_of_it_is_what_the_overview_says() -> None:
    for play, mark in ((REPORTED, "yes"), (NIGHT, "bridge"), (NIGHT, "question"), (NIGHT, "signed")):
        record = play.record(None, play.marks[mark])
        page, said = overview_page(record), unfolded(record)
        assert page.shell.process is not None and page.shell.process.notice is not None
        assert plain(page.shell.process.phase) in said and page.shell.process.notice.text in said
        assert page.turn.heading in said and page.turn.silence in said and plain(page.turn.note) in said
        assert all(f"{owed.who}: {owed.what}" in said for owed in page.turn.owed)
        assert plain(page.answer.besides) in said


def test_whose_turn_it_is_is_told_to_whoever_looks_and_to_the_operator_as_to_nobody() -> None:
    bridged = same_night("bridge")
    yours = status_text(bridged.record("A"))
    assert "Your turn: Answer the mediators’ proposal on Article 5(1)" in yours
    (bridge,) = bridged.moments_of("propose_bridge")
    for side in "AB":
        bridged.must(side, "answer_bridge", f"mediators-{side}", bridge=bridge)
    mediator = status_text(bridged.record("M"))
    assert "Your turn: Read the answers" in mediator
    operator = status_text(bridged.record("M"), bystander=True)
    assert "Next: Delegation A and Delegation B" in operator
    assert "Your turn" not in operator and "answered" not in operator and "Read the answers" not in operator


def test_programs_get_the_same_beside_the_agreed_keys() -> None:
    found = json.loads(json.dumps(status_json(NIGHT.record(None, NIGHT.marks["bridge"]))))
    assert list(found)[3:] == ["phase", "stands", "notice", "turn", "beside", "breaches"]
    assert found["phase"] == "in session" and found["stands"].startswith("Session 1 open since ")
    first = found["turn"]["owed"][0]
    assert (first["whose"], first["act"], first["by"]) == ("A", "answer_bridge", "2025-10-27T23:30:00Z")
    (beside,) = found["beside"]
    assert beside["instrument"] == "understanding" and len(beside["brackets"]) == 2
    spoken = status_json(REPORTED.record(None, REPORTED.marks["yes"]))["beside"][0]["words"]
    assert any(words.startswith("B: Oral yes, #23") for words in spoken)


def test_no_line_is_wider_than_a_terminal() -> None:
    for record in (REPORTED.record(), NIGHT.record(None, NIGHT.marks["bridge"]), under_silence().record()):
        assert max(map(len, status_text(record).splitlines())) <= 80
