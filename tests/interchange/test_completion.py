"""What a line leaves out, the record fills in; what it says, stands."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from detente.analysis.packages import read_document
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.interchange.incidents.batch_file import incidents_in
from detente.interchange.minutes.demonstration import demonstration_key, demonstration_nonce
from tests.interchange.player import MemoryStage, Stood, played
from tests.interchange.record import SCRIPT

SCRIPTS = Path(__file__).parents[1] / "scripts"


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


def test_the_next_edition_leaves_out_what_all_would_and_takes_up_what_is_new() -> None:
    stage, _lines = played((SCRIPTS / "left-out.txt").read_text())
    editions = [stood.opened["text"] for stood in stage.stood if stood.kind.name == "issue"]
    assert [[(p["id"][-1], bool(p["texts"])) for p in text] for text in editions] == [
        [("1", True), ("2", True), ("3", True)],
        [("1", True), ("2", True), ("3", True), ("4", False)],  # 1(4) is proposed only
        [("1", True), ("3", True), ("4", True)],
        [("1", True), ("3", True), ("4", True), ("5", False)],
        [("1", True), ("3", True), ("4", True)],
    ]
    assert editions[2][-1]["texts"] == {"en": "The Sides meet each spring."}


# --- what stands for a file or a document that nobody writes by hand

FEED = "10:30 A reports the incidents below\n    title: Log\n    table:\n        id,date_from,kind,place\n"
POINTS = "in mediators-A: 10:30 A states preferences on understanding\n    worth:\n"


def test_incidents_below_a_report_are_the_file_that_it_names(tmp_path: Path) -> None:
    _stage, lines = played(
        SCRIPT + FEED + "        L-1,2025-10-01,clash,Ford\n        L-2,2025-10-03,other,Ford\n"
    )
    completed = lines[-1].completed
    assert completed is not None
    ((digest, content),) = completed.files.items()
    batch = tmp_path / "batch.parquet"
    batch.write_bytes(content)
    assert (completed.clear["file"], completed.clear["size"], completed.clear["rows"]) == (
        digest,
        len(content),
        2,
    )
    assert incidents_in(batch) == 2 and encode_base64url(sha256(content).digest()) == digest


def test_no_row_of_a_script_is_kept_out_in_silence() -> None:
    with pytest.raises(Refused) as caught:
        played(
            SCRIPT
            + FEED
            + "        L-1,soon,clash,Ford\n        L-2,2025-10-03,other,Ford\n        L-2,2025-10-04,other,\n"
        )
    lines = len((SCRIPT + FEED).splitlines())
    assert [r.sentence.partition(":")[0] for r in caught.value.refusals] == [
        f"Line {lines + 1}",
        f"Line {lines + 3}",
    ]


def test_what_is_open_is_worth_what_stands_below_and_the_rest_nothing() -> None:
    script = (
        SCRIPT + "10:25 A brackets 1(1) of understanding\n    text: Peace.\n    call it: peace\n" + POINTS
    )
    _stage, lines = played(
        script + "        1(1): @peace 30, as it stands 10\n        without an agreement: 5\n"
    )
    assert lines[-1].completed is not None
    document = read_document(lines[-1].completed.hidden["document"])
    assert [(i.provision, i.given) for i in document.issues] == [
        ("art_1__para_1", (30, 10)),
        ("art_1__para_2", (0, 0)),
    ]
    assert document.reservation == 5 and document.method == "points"


@pytest.mark.parametrize("line", ["1(1): A's text 30", "1(2): A's text", "1(2) is worth a lot", "without an agreement: x",
                                  "1(2): as it lies 3", "1(9): as it stands 3"])  # fmt: skip
def test_points_for_what_is_not_open_or_not_said_are_refused(line: str) -> None:
    with pytest.raises(Refused) as caught:
        played(SCRIPT + POINTS + f"        {line}\n")
    assert caught.value.refusals[0].code in ("minutes.value", "minutes.reference")
