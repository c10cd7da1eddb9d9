"""The last acts on the overview: what was done lately, not crowded out by keys and people."""

from __future__ import annotations

from detente.views.act_line import ActLine
from detente.views.building import overview_page, timeline_page
from tests.views.istanbul import same_night
from tests.views.played import Play
from tests.views.reading import plain
from tests.views.test_long_record import Counting


def seated(people: int) -> Play:
    play = Play(open_to="public")
    for number in range(people):
        play.must("M", "admit", person=f"O{number}", role="observer")
        play.enrol(f"O{number}")
    return play


def main_log(play: Play, viewer: str | None = None, at: int | None = None) -> tuple[ActLine, ...]:
    return overview_page(play.record(viewer, at)).last_acts[0].acts


def told(lines: tuple[ActLine, ...]) -> list[str]:
    found = []
    for line in lines:
        found.append(str(line.ref.number))
        found += [plain(line.before)] if line.before else []
    return found


def test_a_run_of_acts_about_keys_and_people_is_one_line() -> None:
    assert told(main_log(same_night("question"), None, 16)) == [
        "16", "15", "14", "12 acts about keys and people, #2 to #13", "1",
    ]  # fmt: skip


def test_the_newest_act_is_told_whatever_it_is() -> None:
    play = seated(3)
    assert told(main_log(play)) == ["7", "5 acts about keys and people, #2 to #6", "1"]
    assert main_log(play)[0].sentence == "Mediators enrolled a key for the observer"


def test_one_such_act_stands_for_itself() -> None:
    play = seated(1)
    play.must("M", "set_agenda", items=("road",))
    play.must("M", "admit", person="C", role="observer")
    play.must("M", "set_agenda", items=("road", "mill"))
    assert told(main_log(play)) == ["6", "5", "4", "2 acts about keys and people, #2 to #3", "1"]


def test_a_run_counts_as_one_of_six_lines() -> None:
    play = seated(2)
    for _ in range(3):
        play.must("M", "set_agenda", items=("road",))
        play.must("M", "admit", person=f"P{play.state.size}", role="observer")
        play.must("M", "admit", person=f"P{play.state.size}", role="observer")
        play.must("M", "set_agenda", items=("road",))
    lines = told(main_log(play))
    assert lines == [
        "17", "2 acts about keys and people, #15 to #16", "14", "13", "2 acts about keys and people, #11 to #12", "10",
    ]  # fmt: skip


def test_it_leads_to_where_each_has_a_line() -> None:
    play = same_night("question")
    (line,) = [line for line in main_log(play, "A", 16) if line.before]
    (run,) = line.before
    assert run.href.endswith("/timeline?before=14&at=16")
    there = timeline_page(play.record("A", 16), before=14)
    assert [act.ref.number for act in there.days[0].acts][:12] == list(range(13, 1, -1))


def test_the_timeline_tells_every_act() -> None:
    acts = [act for day in timeline_page(seated(3).record()).days for act in day.acts]
    assert [act.ref.number for act in acts] == list(range(7, 0, -1))
    assert not any(act.before for act in acts)


def test_a_key_revoked_and_an_act_without_effect_are_told() -> None:
    play = seated(2)
    play.must("O0", "revoke_key", key=play.key_of("O0"))
    assert play.force("M", "admit", person="O1", role="observer")
    play.must("M", "admit", person="C", role="observer")
    play.must("M", "set_agenda", items=("road",))
    lines = main_log(play)
    assert told(lines) == ["9", "8", "7", "6", "4 acts about keys and people, #2 to #5", "1"]
    assert lines[2].standing == "irregular"


def test_a_long_row_of_such_acts_is_not_read_to_its_end() -> None:
    asked = []
    for length in (100, 300):
        play = Play(open_to="public")
        play.must("M", "admit", person="A", role="delegate", side="A")
        for _ in range(length):
            play.must("M", "designate_head", person="A")
        record = Counting(play, play.record().viewer, None)
        record.asked = 0
        overview_page(record)
        asked.append(record.asked)
    assert asked[0] == asked[1]
