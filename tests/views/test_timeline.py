"""The timeline: one line an act, a page at a time, filtered, as of an act, with the answers over the record."""

from __future__ import annotations

from detente.views.act_line import ActLine
from detente.views.building import timeline_page
from detente.views.timeline import TimelinePage
from tests.views.istanbul import as_reported, same_night
from tests.views.played import Play
from tests.views.reading import plain

NIGHT = same_night()


def lines(page: TimelinePage) -> list[ActLine]:
    return [act for day in page.days if not day.head.startswith("Chamber") for act in day.acts]


def numbers(page: TimelinePage) -> list[int]:
    return [act.ref.number for act in lines(page)]


def test_every_act_stands_once_newest_first_under_its_day() -> None:
    page = timeline_page(NIGHT.record())
    assert numbers(page) == list(range(NIGHT.state.size, 0, -1))
    assert [day.head for day in page.days] == [
        "30 November 2025", "31 October 2025", "30 October 2025", "28 October 2025", "27 October 2025",
    ]  # fmt: skip


def test_acts_that_changed_an_answer_say_which() -> None:
    effects = {a.ref.number: a.effect for a in lines(timeline_page(NIGHT.record())) if a.effect}
    marks = NIGHT.marks
    assert effects == {
        marks["edition 3"]: "No bracket is open any more: assent is possible",
        marks["adopted"]: "Adopted: edition 3, by the assent of every side",
        marks["authentic"]: "Authentic: the text of edition 3 is fixed",
        marks["binding"] - 1: "Binding: every side’s consent is in the record",
        marks["in force"] - 1: "In force: the text’s own condition is met",
    }


def test_the_chart_shows_from_which_act_each_answer_is_yes() -> None:
    chart = timeline_page(NIGHT.record()).chart
    assert chart is not None
    starts = {bar.question: [span.start for span in bar.spans] for bar in chart.bars}
    assert starts["Adopted"] == [NIGHT.marks["adopted"]]
    assert starts["Binding"] == [NIGHT.marks["binding"] - 1]
    assert [tick.label for tick in chart.editions if tick.label] == ["1", "2", "3"]


def test_landmarks_lead_to_the_moments_people_ask_for() -> None:
    texts = [choice.text.partition(",")[0] for choice in timeline_page(NIGHT.record()).slider.landmarks]
    assert texts == [
        "Edition 1", "Edition 2", "Edition 3", "Question put", "Adopted", "Final text", "Final commitment", "In force",
        "Now",
    ]  # fmt: skip


def test_as_of_an_act_later_ones_are_not_shown() -> None:
    page = timeline_page(NIGHT.record(None, 20))
    assert page.heading == "As of act 20"
    assert numbers(page)[0] == 20
    assert plain(page.hidden).startswith(f"{NIGHT.state.size - 20} later acts are not shown.")
    assert page.slider.value == 20


def test_filters_by_author_by_kind_and_by_words() -> None:
    record = NIGHT.record()
    assert {a.mark.letter for a in lines(timeline_page(record, by="B"))} == {"B"}
    assert len(lines(timeline_page(record, kind="assent"))) == 2
    found = timeline_page(record, words="OBSERVED by joint teams")
    assert all("joint teams" in a.sentence for a in lines(found))
    assert found.filter.active
    assert timeline_page(record, words="nothing like it").empty.startswith("No act here answers to this.")


def test_an_unknown_kind_filters_nothing() -> None:
    assert not timeline_page(NIGHT.record(), kind="<script>").filter.active


def test_filters_stay_on_the_slider_and_the_slider_on_the_filter() -> None:
    page = timeline_page(NIGHT.record("A", 30), by="B", viewers=("A", "B"))
    assert {(c.name, c.value) for c in page.slider.carried} == {("as", "A"), ("by", "B")}
    assert {(c.name, c.value) for c in page.filter.carried} == {("as", "A"), ("at", "30")}


def long_play(acts: int) -> Play:
    play = Play(open_to="public")
    while play.state.size < acts:
        play.must("M", "minute", speaker="M", sense="statement", said_at="2025-10-27T10:00:00Z",
                  hidden={"text": f"word{play.state.size}"})  # fmt: skip
    return play


def test_a_long_record_is_shown_fifty_at_a_time() -> None:
    record = long_play(130).record()
    first = timeline_page(record)
    assert numbers(first) == list(range(130, 80, -1))
    assert first.older is not None
    assert (first.older.text, first.older.href.endswith("/timeline?before=81")) == ("Acts 1 to 80", True)
    assert numbers(timeline_page(record, before=81)) == list(range(80, 30, -1))
    last = timeline_page(record, before=31)
    assert numbers(last)[-1] == 1
    assert last.older is None


def test_words_are_looked_for_beyond_the_first_page() -> None:
    page = timeline_page(long_play(130).record(), words="word7")
    assert sorted(numbers(page)) == [8, *range(71, 81)]


def test_times_of_the_reconstruction_are_marked() -> None:
    assert lines(timeline_page(as_reported().record()))[0].time.illustrative


def test_members_see_their_chamber_and_others_do_not() -> None:
    own = [day.head for day in timeline_page(NIGHT.record("A")).days if day.head.startswith("Chamber")]
    assert own == ["Chamber: Side A", "Chamber: Mediators with side A"]
    assert not any(day.head.startswith("Chamber") for day in timeline_page(NIGHT.record()).days)
