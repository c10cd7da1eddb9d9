"""What the pages say beside the ladder: silence running, lapsed and broken; a corrected text; texts bound together."""

from __future__ import annotations

from typing import Any

from detente.views.building import overview_page, room_page, text_page, timeline_page
from detente.views.building.course import course_of
from tests.views.played import Play
from tests.views.reading import plain, read_aloud

TEXT = [
    {
        "id": "art_1",
        "heading": {},
        "texts": {"en": "Each Side shal report.", "fr": "Chaque Partie rend compte."},
    },
    {"id": "art_2", "heading": {}, "texts": {"en": "Nothing else.", "fr": "Rien d’autre."}},
]
BEFORE, BETWEEN, AFTER = "2025-11-01T00:00:00Z", "2025-11-04T00:00:00Z", "2025-11-06T00:00:00Z"
UNTIL = (("A", "2025-11-03T10:00:00Z"), ("B", "2025-11-05T16:00:00Z"))


def talks(**terms: Any) -> Play:
    play = Play(open_to="public", hidden={"zone": "Europe/Istanbul"})
    play.seat()
    for side in "AB":
        play.grant(side)
    play.open(languages=(("en", "authentic"), ("fr", "authentic")), **terms)
    fields = play.issue_fields(provisions=("art_1", "art_2"))
    play.must("M", "issue", **fields, hidden={"text": TEXT, "nonce": "n"})
    return play


def under_silence(*, counts: bool = True) -> Play:
    play = talks()
    if counts:
        play.must("M", "table_rules", decision="unanimity", silence_adopts=True)
        for side in "AB":
            play.must(side, "adopt_rules")
    play.must("M", "place_silence", instrument="text", until=UNTIL)
    return play


def said(play: Play) -> str:
    return plain(overview_page(play.record()).answer.silence)


def test_while_silence_runs_the_page_says_until_when_for_whom_and_what_it_would_mean() -> None:
    play = under_silence()
    page = overview_page(play.record())
    line = plain(page.answer.silence)
    assert "Delegation A until 3 Nov 13:00 and Delegation B until 5 Nov 19:00, Istanbul time" in line
    assert "Silence adopts the text unless a side breaks it, as the rules of procedure say." in line
    assert "A delegate or principal of any of its sides may break it" in line
    assert page.turn.deadline is not None
    assert page.turn.deadline.local.shown == "13:00 Istanbul time, 3 November"
    assert (
        page.turn.silence == "Silence adopts the text unless a side breaks it, as the rules of procedure say."
    )
    assert [o.what.partition(", until ")[2] for o in page.turn.owed] == ["3 Nov 13:00", "5 Nov 19:00"]
    assert line in read_aloud(page).replace(" ,", ",").replace(" )", ")").replace("( ", "(")


def test_a_side_whose_period_has_lapsed_is_named() -> None:
    play = under_silence(counts=False)
    assert not play.mark(BETWEEN)
    assert "The period of Delegation A is over." in said(play)
    assert "Silence is noted and gives nothing." in said(play)


def test_a_lapse_is_told_apart_from_an_assent() -> None:
    play = under_silence()
    play.steps("assent", "A")
    assert not play.mark(AFTER)
    page = overview_page(play.record())
    assert page.answer.sentence == "Adopted, not yet authentic."
    assert plain(page.answer.because).startswith(
        "Delegation A assented to edition 1. Delegation B let edition 1 pass in silence, as the rules allow."
    )
    assert "By the rules of procedure it counts towards adoption; no side has taken a step by it." in said(
        play
    )
    assert page.figure is not None
    assert "none; passed in silence" in read_aloud(page)


def test_the_course_of_the_answers_turns_with_the_mark_that_showed_the_lapse() -> None:
    play = under_silence()
    assert not play.mark(AFTER)
    lapsed = play.state.size - 1
    assert "Adopted: edition 1, by silence, as the rules allow" in read_aloud(timeline_page(play.record()))
    play.issue(provisions=("art_1", "art_2"))
    turnings = course_of(play.state, play.instrument()).turnings
    assert [(t.index, t.gained, t.lost) for t in turnings] == [
        (lapsed, ("adopted",), ()), (lapsed + 1, (), ("adopted",))]  # fmt: skip


def test_a_lapse_that_gives_nothing_and_a_late_break_are_said() -> None:
    play = under_silence(counts=False)
    assert not play.mark(AFTER)
    assert "Silence on edition 1 lapsed without a break; it takes no step" in read_aloud(
        timeline_page(play.record())
    )
    play.must("B", "break_silence", instrument="text", hidden={"reason": "We were away."})
    assert "It is noted and gives nothing: no side has taken a step by it." in said(play)
    assert "Delegation B broke it after its period had lapsed" in said(play)


def test_who_broke_the_silence_is_said_with_the_reason_given() -> None:
    play = under_silence()
    play.must("B", "break_silence", instrument="text", hidden={"reason": "Article 2 is missing a word."})
    assert said(play).startswith("Silence broken on edition 1 by Delegation B")
    assert said(play).endswith("Reason given: Article 2 is missing a word.")
    play.issue(provisions=("art_1", "art_2"))
    assert said(play) == "", "the edition under silence is off the table"


def test_the_room_asks_for_an_answer_and_offers_to_break() -> None:
    page = room_page(under_silence().record("B"))
    assert [deed.text for deed in page.asked] == ["Break the silence on edition 1, assent, or let it pass"]
    assert "kind=break_silence" in page.asked[0].href and "instrument=text" in page.asked[0].href
    texts = [deed.text for institution in page.institutions for deed in institution.deeds]
    assert "Break the silence" in texts


def test_a_corrected_text_reads_as_corrected_and_says_so() -> None:
    play = talks()
    play.steps("initial", "A", "B")
    fixed = {"id": "art_1", "heading": {}, "texts": {"en": "Each Side shall report."}}
    stray = {"id": "art_2", "heading": {}, "texts": {"en": "Everything else."}}
    leaf = play.must("A", "propose_correction", instrument="text", provisions=("art_1",),
                     objections_by="2025-11-05T00:00:00Z", hidden={"text": [fixed, stray]})  # fmt: skip
    page = read_aloud(text_page(play.record()))
    assert "A correction of Article 1 is proposed" in page and "shal report" in page
    assert not play.mark(AFTER)
    play.must("M", "correct", correction=leaf)
    page = read_aloud(text_page(play.record()))
    assert "Corrected at Article 1" in page and "Article 79(4), by analogy" in page
    assert "Each Side shall report." in page and "shal report" not in page
    assert "Nothing else." in page, "only what the proposal names is corrected"
    assert "rend compte" in read_aloud(text_page(play.record(), languages="fr")), (
        "a language not proposed stays"
    )
    earlier = read_aloud(text_page(play.record(at=play.state.size - 1)))
    assert "shal report" in earlier
    play.steps("sign", "A")
    assert "edition 1 as corrected" in read_aloud(overview_page(play.record()))


def test_texts_bound_together_say_so_at_both_ends_and_signatures_their_places() -> None:
    play = talks()
    play.open("annex")
    play.must(
        "M",
        "link_instrument",
        instrument="annex",
        relation="integral_part_of",
        other="text",
        status="proposed",
    )
    play.must("A", "sign", instrument="text", languages=("en", "fr"), hidden={"place": "North Bank"})
    play.admit("W", "witness")
    play.must(
        "W", "sign_as_witness", instrument="text", edition=play.edition().leaf, hidden={"place": "South Bank"}
    )
    about = [plain(line) for line in text_page(play.record(), instrument="text").about]
    assert any("is an integral part of it, proposed" in line for line in about)
    assert any(
        "Delegation A, in North Bank" in line and "as a witness, in South Bank" in line for line in about
    )
    (other,) = overview_page(play.record()).others
    assert plain(other.links).startswith("An integral part of") and "proposed" in plain(other.links)
