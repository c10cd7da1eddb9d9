"""A text beside the one that it replaces: what differs, whose objection that answers, and what does not carry over."""

from __future__ import annotations

import re

from detente.provisions.provision import Provision as Words
from detente.views.building import overview_page, text_page
from detente.views.text import TextPage
from detente.web.rendering import render
from tests.views.played import Play
from tests.views.reading import plain


def provision(number: int, words: str) -> Words:
    return Words(f"art_{number}", {}, {"en": words})


OLD = (
    provision(1, "The fund gives land."),
    provision(2, "Judges of other countries sit."),
    provision(3, "Kept."),
)
NEW = (
    provision(1, "The fund gives land to those who have none."),
    provision(3, "Kept."),
    provision(4, "Added."),
)


def two_texts() -> Play:
    play = Play(open_to="public", hidden={"title": "Talks", "names": {"A": "Government", "B": "Movement"}})
    play.seat()
    play.open(hidden={"title": "Agreement of September", "short_title": "the agreement of September"})
    issue(play, "text", OLD)
    for side in "AB":
        play.grant(side)
        play.must(side, "sign", instrument="text", languages=("en",))
    said = play.must("A", "register_statement", claims=(("other", ""),), hidden={"speaker": "former judges"})
    play.open("new", hidden={"title": "Agreement of November", "short_title": "the agreement of November"})
    play.must("M", "link_instrument", instrument="new", other="text", relation="replaces")
    issue(play, "new", NEW, objections=(("art_1", (said,)), ("art_2", (said,))))
    return play


def issue(play: Play, name: str, provisions: tuple[Words, ...], **more: object) -> None:
    fields = play.issue_fields(name, provisions=tuple(p.id for p in provisions), **more)
    play.must("M", "issue", **fields, hidden={"text": provisions})


def compared(play: Play, against: str = "text") -> TextPage:
    return text_page(play.record(), instrument="new", against=against)


def test_two_texts_are_compared_provision_by_provision() -> None:
    page = compared(two_texts())
    assert (page.show, page.since) == ("marked", "the agreement of September")
    shown = {p.number: p for article in page.articles for p in article.provisions}
    assert [(n, p.changed) for n, p in shown.items()] == [("1", True), ("2", True), ("3", False), ("4", True)]
    assert [piece.text for piece in shown["1"].wordings[0].pieces if piece.change == "added"] == [
        " to those who have none"
    ]
    assert shown["2"].wordings[0].pieces[0].change == "removed"
    assert [c.text for c in page.shows if c.current] == ["Marked against the agreement of September"]


def test_each_change_says_whose_objection_it_answers_with_the_act() -> None:
    play = two_texts()
    notes = {
        p.number: [plain(line.text) for note in p.notes for line in note.lines]
        for article in compared(play).articles
        for p in article.provisions
    }
    act = play.record().index_of(play.moments_of("register_statement")[0])
    assert act is not None
    answers = f"Answers an objection of former judges, #{act + 1}."
    assert answers in notes["1"] and answers in notes["2"], "a provision left out answers too"
    assert not any("Answers" in line for line in (*notes["3"], *notes["4"]))


def test_how_much_differs_is_said_and_that_signatures_stay_where_they_were_given() -> None:
    about = [plain(line) for line in compared(two_texts()).about]
    assert (
        "3 provisions differ from the agreement of September; of 2 the record says whose objection it answers."
        in about
    )
    assert any("nobody’s signature there counts for this text" in line for line in about)
    assert not any(line.startswith("Signed by") for line in about)


def test_a_text_is_compared_with_one_that_it_is_linked_to_and_with_no_other() -> None:
    play = two_texts()
    for strange in ("new", "nothing-like-it", ""):
        page = compared(play, strange)
        assert page.show == "clean" and not page.since
    assert "Marked against" not in str([c.text for c in text_page(play.record(), instrument="text").shows])


def test_what_is_owed_on_another_text_than_the_first_is_said_to_be() -> None:
    play = two_texts()
    turn = overview_page(play.record()).turn
    owed = [row.what.rpartition(" (")[2] for row in turn.owed if "assent" in row.what]
    assert owed == ["the agreement of November)"] * 2
    mine = overview_page(play.record("A")).turn
    assert mine.yours and "of November)" in mine.heading


def test_the_cells_of_a_row_stand_apart_and_a_line_between_words_is_no_table() -> None:
    play = Play(open_to="public")
    play.seat()
    play.open("schedule")
    issue(
        play,
        "schedule",
        (provision(1, "Open | closed, as agreed."), Words("art_2__row_1", {}, {"en": "Weir | 6.0 | 9.0"})),
    )
    drawn = render(text_page(play.record(), instrument="schedule"), nonce="n", address="http://localhost/x")
    (cells,) = re.findall(r'<p class="cells">(.*?)</p>', drawn)
    assert re.findall(r"<span>(.*?)</span>", cells) == ["Weir", "6.0", "9.0"]
    assert re.sub("<[^>]+>", "", cells) == "Weir | 6.0 | 9.0", "what is copied is what is signed"
    assert "Open | closed, as agreed." in drawn
