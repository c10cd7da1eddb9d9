"""The text: clean, marked, side by side; brackets as negotiators write them; every language in its direction."""

from __future__ import annotations

from detente.views.building import text_page
from detente.views.text import Article, Provision, TextPage
from tests.views.istanbul import BRIDGE, OFFICERS, TEAMS, observed, same_night
from tests.views.played import Play
from tests.views.reading import plain

NIGHT = same_night()
OPEN = same_night("bridge")


def provision(page: TextPage, number: str) -> Provision:
    return next(p for article in page.articles for p in article.provisions if p.number == number)


def article(page: TextPage, number: str) -> Article:
    return next(shown for shown in page.articles if shown.number == number)


def words(shown: Provision) -> str:
    return "".join(piece.text for piece in shown.wordings[0].pieces)


def test_the_last_edition_is_shown_clean() -> None:
    page = text_page(NIGHT.record())
    assert (page.edition, page.show, page.since) == ("Edition 3", "clean", "")
    assert [article.heading for article in page.articles] == [
        "Article 3. Use of territory", "Article 4. Notified incidents", "Article 5. Monitoring",
    ]  # fmt: skip
    assert words(provision(page, "5(1)")) == observed(BRIDGE)


def test_an_open_bracket_shows_what_is_shared_and_what_differs() -> None:
    page = text_page(OPEN.record("A"))
    shown = provision(page, "5(1)")
    assert words(shown) == "The measures taken under Article 3 shall be observed by […]."
    assert [(a.number, a.marks[0].letter, a.wordings[0].pieces[0].text) for a in shown.alternatives] == [
        ("5(1)", "A", TEAMS), ("5(1) bis", "B", OFFICERS),
    ]  # fmt: skip
    assert plain(shown.alternatives[0].note) == "Tabled by Delegation A, #25. Supported by nobody else."
    assert shown.bridge is not None
    assert plain(shown.bridge.head) == "by the mediators, without prejudice, #28. Lapses 28 Oct 02:30."
    assert [a.open for a in page.articles] == [False, False, True]


def test_a_redline_shows_what_was_added_and_removed() -> None:
    page = text_page(NIGHT.record(), show="marked", since=1)
    pieces = provision(page, "3(2)").wordings[0].pieces
    assert [(p.change, p.text) for p in pieces if p.change != "kept"] == [
        ("removed", "a reasonable time"), ("added", "thirty days of the date in Article 8, place by place"),
    ]  # fmt: skip
    assert provision(page, "3(2)").changed
    assert not provision(page, "3(1)").changed
    assert page.since == "edition 1"


def test_languages_stand_side_by_side_in_their_own_direction() -> None:
    page = text_page(NIGHT.record(), show="side")
    assert [(c.lang, c.direction, c.name) for c in article(page, "4").columns] == [
        ("en", "ltr", "English"), ("ur", "rtl", "اردو"), ("ps", "rtl", "پښتو"),
    ]  # fmt: skip
    assert all(w.pieces for w in provision(page, "4(1)").wordings)
    pair = text_page(NIGHT.record(), show="side", languages="en,ps")
    assert [c.lang for c in article(pair, "4").columns] == ["en", "ps"]


def test_an_article_says_once_in_which_languages_it_does_not_stand() -> None:
    page = text_page(NIGHT.record(), show="side")
    assert [c.lang for c in article(page, "3").columns] == ["en"]
    assert article(page, "3").lacking == "no text in Urdu or Pashto in the record"
    assert [w.lang for w in provision(page, "3(1)").wordings] == ["en"]
    assert article(page, "4").lacking == ""
    alone = text_page(NIGHT.record(), languages="ur")
    assert provision(alone, "3(1)").wordings[0].missing == "No Urdu text in the record"


def test_an_earlier_edition_shows_the_brackets_that_it_carried() -> None:
    page = text_page(NIGHT.record(), edition=2)
    assert page.edition == "Edition 2"
    assert len(provision(page, "5(1)").alternatives) == 2
    assert "A later edition stands: edition 3." in page.standing


def test_a_closed_bracket_leaves_a_note() -> None:
    notes = provision(text_page(NIGHT.record()), "5(1)").notes
    assert plain(notes[0].lines[0].text) == "The bracket closed with this edition (#30)."


def test_receipts_are_said_and_so_is_their_absence() -> None:
    assert "Receipt by Delegation A and Delegation B" in plain(text_page(NIGHT.record()).issued)
    play = same_night("edition 3")
    edition = play.edition("understanding").leaf
    play.must("M", "circulate", instrument="understanding", edition=edition, to=("A", "B"))
    assert "No receipt by Delegation A or Delegation B in this record" in plain(
        text_page(play.record()).issued
    )


def test_what_the_record_does_not_have_is_answered_with_what_it_has() -> None:
    page = text_page(NIGHT.record(), edition=99, since=42, show="upside-down", languages="xx,<b>")
    assert (page.edition, [c.lang for c in page.articles[0].columns]) == ("Edition 3", ["en"])


def test_every_way_to_look_keeps_the_others() -> None:
    page = text_page(NIGHT.record("A", 46), edition=2, viewers=("A",))
    assert all("at=46&as=A" in choice.href for choice in (*page.shows, *page.editions, *page.languages))


def test_standing_follows_the_answers() -> None:
    ranks = {
        stage: text_page(same_night(stage).record()).standing.partition(".")[0]
        for stage in ("edition 3", "adopted", "signed")
    }
    assert ranks == {
        "edition 3": "An edition implies nobody’s assent",
        "adopted": "Adopted since #38; not yet authentic",
        "signed": "Final text since #40: only a correction changes it, unless a side takes its step back",
    }


def test_a_process_without_a_text_says_what_would_fill_the_page() -> None:
    play = Play(open_to="public")
    assert text_page(play.record()).empty.startswith("No text is tabled.")
    play.open("text")
    assert text_page(play.record()).empty == "No edition of the text is issued."


def test_a_text_that_is_sealed_to_the_reader_shows_its_numbers_only() -> None:
    play = same_night("bracket")
    fields = play.issue_fields("understanding")
    play.must("M", "issue", **fields, aud=("M",), hidden={"text": (), "nonce": "CANARY"})
    page = text_page(play.record())
    assert page.empty.startswith("The words of this edition are not disclosed to you.")
    assert page.fingerprint
