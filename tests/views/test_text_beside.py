"""Beside a text: packages, readings, language versions, reservations; each with whose it is and where it stands."""

from __future__ import annotations

from typing import Any

from detente.acts.kinds import BY_NAME
from detente.procedure.disclosure import VisibleAct, VisibleDraft, VisibleState
from detente.procedure.fold import evolve
from detente.procedure.turn import turns
from detente.provisions.plain_text import parse_text
from detente.views.building import act_page, overview_page, signing_page, text_page
from detente.views.building.file_read import VisibleQuestion
from detente.views.building.sight import Sight
from detente.views.building.text_questions import asked
from detente.views.building.turn import what_is_owed
from detente.views.text import Beside, MarginNote, Provision, TextPage
from tests.views.istanbul import MEDIATORS
from tests.views.played import Play
from tests.views.reading import plain, read_aloud

TEXT = """
Article 1. Crossing
1(1) The crossing is open.
1(2) Each Side shall report without delay.
  ur: ہر فریق بلا تاخیر اطلاع دے گا۔
"""
ONE, TWO = "art_1__para_1", "art_1__para_2"


def talks(*sides: str, **terms: Any) -> Play:
    play = Play(*(sides or ("A", "B")), hidden=MEDIATORS)
    play.seat()
    for side in sides or ("A", "B"):
        play.grant(side)
    play.open(languages=(("en", "authentic"), ("ur", "courtesy")), **terms)
    provisions = parse_text(TEXT)
    play.must("M", "issue", **play.issue_fields(provisions=tuple(p.id for p in provisions), languages=("en", "ur")),
              hidden={"text": provisions})  # fmt: skip
    return play


def part(page: TextPage, anchor: str) -> Beside:
    return next(p for p in page.beside if p.anchor == anchor)


def shown(page: TextPage, eid: str) -> Provision:
    return next(p for a in page.articles for p in a.provisions if p.anchor == eid)


def said(notes: tuple[MarginNote, ...]) -> list[tuple[str, list[str]]]:
    return [(note.head, [plain(line.text) for line in note.lines]) for note in notes]


def do(play: Play, person: str, kind: str, text: str = "", **fields: Any) -> str:
    return play.must(person, kind, instrument="text", hidden={"text": text} if text else {}, **fields)


def packaged() -> tuple[Play, str, list[str]]:
    play = talks()
    texts = [do(play, "A", "propose_alternative", "Open.", provision=ONE)]
    texts.append(do(play, "B", "propose_alternative", "Monthly.", provision=TWO))
    return play, do(play, "A", "propose_package", "We give way on 1(2).", alternatives=tuple(texts)), texts


def test_a_text_alone_has_nothing_beside_it_but_its_languages() -> None:
    assert [p.anchor for p in text_page(talks().record("M")).beside] == ["versions"]


def test_a_package_shows_its_texts_who_answered_and_that_it_is_open() -> None:
    play, _leaf, _texts = packaged()
    (item,) = part(text_page(play.record("B")), "packages").items
    number = play.state.size
    assert plain(item.head) == f"Package of Delegation A, #{number}"
    assert item.words == "We give way on 1(2)."
    assert [plain(line.text) for line in item.lines] == [
        f"Article 1(1): the text of Delegation A, #{number - 2}",
        f"Article 1(2): the text of Delegation B, #{number - 1}",
        "Delegation A: accepted", "Delegation B: no answer in this record",
    ]  # fmt: skip
    assert plain(item.state).startswith("Open.")
    assert said(shown(text_page(play.record("M")), ONE).notes)[-1] == (
        "", [f"Stands or falls with 1(2): package in #{number}"],
    )  # fmt: skip


def test_a_package_accepted_taken_up_or_fallen_says_so() -> None:
    play, leaf, texts = packaged()
    do(play, "B", "withdraw_alternative", provision=TWO, alternative=texts[1])
    fallen = text_page(play.record("M"))
    assert plain(part(fallen, "packages").items[0].state) == "Fell: its text of Article 1(2) was withdrawn."
    assert not any(
        "Stands or falls" in line for _h, lines in said(shown(fallen, ONE).notes) for line in lines
    )
    play, leaf, _texts = packaged()
    do(play, "B", "accept_package", package=leaf)
    accepted = plain(part(text_page(play.record("M")), "packages").items[0].state)
    assert accepted.startswith(
        f"Accepted by every side, #{play.state.size}. Its brackets are closed, provisionally"
    )
    play.issue(languages=("en", "ur"))
    before = text_page(play.record("M"), edition=1)
    assert plain(part(before, "packages").items[0].state).endswith("A later edition took it up.")
    assert [p.anchor for p in text_page(play.record("M")).beside] == ["versions"]


def test_whoever_has_not_answered_a_package_is_asked() -> None:
    play, _leaf, _texts = packaged()
    sight = Sight(play.record("B"), (), "")
    (owed,) = [t for t in turns(play.state) if t.act == "accept_package"]
    assert (owed.whose, what_is_owed(sight, None, owed)) == (
        "B", f"accept, or decline, the package of #{play.state.size}",
    )  # fmt: skip


def test_rival_readings_stand_beside_the_provision_each_with_whose_it_is() -> None:
    play = talks()
    edition = play.edition().leaf
    do(play, "A", "declare_reading", "Within a day.", edition=edition, provision=TWO)
    assert said(shown(text_page(play.record("M")), TWO).notes)[-1][0] == "A declared reading"
    do(play, "B", "declare_reading", "When the facts are known.", edition=edition, provision=TWO)
    note = shown(text_page(play.record("M")), TWO).notes[-1]
    size = play.state.size
    assert said((note,)) == [
        ("Readings differ", [f"Within a day. (#{size - 1})", f"When the facts are known. (#{size})"])
    ]
    assert [line.mark.letter for line in note.lines if line.mark] == ["A", "B"]
    provisions = parse_text(TEXT)
    fields = play.issue_fields(provisions=tuple(p.id for p in provisions), languages=("en", "ur"))
    play.must("M", "issue", **fields, hidden={"text": provisions})
    later = said(shown(text_page(play.record("M")), TWO).notes)[-1][1]
    assert later[0] == f"Within a day. (#{size - 1}, of edition 1)", "not lost with a new edition"


def test_before_one_assents_the_page_says_where_readings_differ() -> None:
    play = talks()
    edition = play.edition().leaf
    assert "Readings differ" not in rows(play, "assent", terms="definitive")
    do(play, "A", "declare_reading", "Within a day.", edition=edition, provision=TWO)
    do(play, "B", "declare_reading", "Later.", edition=edition, provision=TWO)
    size = play.state.size
    assert rows(play, "assent", terms="definitive")["Readings differ"] == (
        f"Article 1(2): Delegation A, #{size - 1}; Delegation B, #{size}; your act chooses none of them."
    )
    assert "Readings differ" not in rows(play, "contest_validity", "PA")


def test_before_one_assents_the_page_says_where_languages_may_disagree_and_what_is_no_part_of_the_text() -> (
    None
):
    play = talks()
    asked = (VisibleQuestion("number", TWO, ("en", "ur"), ("72", "27")),)
    assert "The languages may disagree" not in rows(play, "assent", terms="definitive")
    play.open("map")
    play.must(
        "M", "link_instrument", instrument="map", relation="integral_part_of", other="text", status="proposed"
    )
    found = rows(play, "assent", questions=asked, terms="definitive")
    assert found["The languages may disagree"] == (
        "Article 1(2): Numbers that only one of them states: English: 72; Urdu: 27. Ask a person who reads both before "
        "you sign."
    )
    assert "your act does not cover it" in found["No part of this text"]
    assert "No part of this text" not in rows(play, "contest_validity", "PA", questions=asked)


def test_brackets_that_are_characters_of_a_text_are_named_to_whoever_issues_or_accepts_it() -> None:
    """No act closes them, and the record would call the text final with both readings in it."""
    play, head = talks(), "Square brackets in the words"
    assert head not in rows(play, "assent", terms="definitive")
    open_still = parse_text(
        TEXT.replace("is open", "is [open] [closed]").replace("Crossing\n", "[Crossing]\n")
    )
    fields = play.issue_fields(provisions=tuple(p.id for p in open_still), languages=("en", "ur"))
    said = rows(play, "issue", "M", opened={"text": open_still}, **fields)[head]
    assert said.startswith("Article 1 and Article 1(1): these are characters of the text, not open brackets.")
    play.must("M", "issue", **fields, hidden={"text": open_still})
    for step in ("assent", "initial"):
        assert (
            rows(play, step, **({"terms": "definitive"} if step == "assent" else {"languages": ("en",)}))[
                head
            ]
            == said
        )
    assert head not in rows(play, "contest_validity", "PA")


def test_whoever_issues_an_edition_is_told_which_authentic_language_it_lacks() -> None:
    play, head = talks(), "Not in every language"
    fields = play.issue_fields(provisions=(ONE,), languages=("en",))
    text = tuple(p for p in parse_text(TEXT) if p.id == ONE)
    assert head not in rows(play, "issue", "M", opened={"text": text}, **fields), "Urdu is a courtesy here"
    play.open("map", languages=(("en", "authentic"), ("ur", "authentic")))
    said = rows(play, "issue", "M", opened={"text": text}, **{**fields, "instrument": "map", "number": 1})[
        head
    ]
    assert said.startswith("The text is to be authentic in Urdu too, and this edition is not:")


def rows(
    play: Play,
    kind: str,
    person: str = "A",
    *,
    questions: tuple[VisibleQuestion, ...] = (),
    opened: dict[str, Any] | None = None,
    **fields: Any,
) -> dict[str, str]:
    """What the page before signing says, by head."""
    act = play.act(person, kind, **{"instrument": "text", **fields})
    record = play.record(person)
    visible = VisibleAct(play.state.size, act, BY_NAME[kind], opened or {}, False, ("all",))
    after = VisibleState(evolve(play.state, act), record.viewer)
    draft = VisibleDraft(BY_NAME[kind], "", (), (), visible, after)
    return {row.head: plain(row.words) for row in signing_page(record, draft, questions=questions).rows}


def test_a_reservation_is_signed_under_the_powers_to_sign() -> None:
    play = talks()
    assert rows(play, "make_reservation")["Under"].startswith("The powers granted in #")
    play.admit("A2", "delegate", "A")
    assert rows(play, "make_reservation", "A2")["Under"].startswith("Beyond your mandate: no mandate")


def test_each_language_says_its_status_and_who_certified_it() -> None:
    play = talks()
    edition = play.edition()
    do(
        play,
        "M",
        "certify_language",
        edition=edition.leaf,
        language="ur",
        status="courtesy",
        provisions=(TWO,),
    )
    english, urdu = part(text_page(play.record("M")), "versions").items
    assert (plain(english.head), plain(english.state)) == (
        "English, authentic", "Nobody has certified it in this record.",
    )  # fmt: skip
    assert (plain(urdu.head), [plain(line.text) for line in urdu.lines]) == (
        "Urdu, courtesy", [f"Certified by the secretariat, #{play.state.size}: 1 of 3 provisions"],
    )  # fmt: skip


def test_a_reservation_shows_its_words_who_answered_and_what_it_waits_for() -> None:
    play = talks("A", "B", "C", basis="treaty")
    play.steps("initial", "A", "B", "C", languages=("en",))
    leaf = do(play, "A", "make_reservation", "Not 1(2).", provisions=(TWO,))
    play.steps("sign", "A", "B", "C", languages=("en",))
    do(play, "PB", "object_to_reservation", reservation=leaf, opposes_entry=True)
    assert not play.mark("2026-03-02T09:00:00Z")
    (item,) = part(text_page(play.record("M")), "reservations").items
    assert plain(item.head).endswith(", on Article 1(2)") and item.words == "Not 1(2)."
    b, c = (plain(line.text) for line in item.lines)
    assert b.startswith("Delegation B: objected, and opposes entry into force between the two, #")
    assert c.endswith("; silence counts as acceptance from 2 March 2027, or from its consent if later")
    missing = read_aloud(overview_page(play.record("M")))
    assert f"acceptance of the reservation, #{(play.record('M').index_of(leaf) or 0) + 1}" in missing
    do(play, "PA", "withdraw_reservation", reservation=leaf)
    (item,) = part(text_page(play.record("M")), "reservations").items
    assert plain(item.state).startswith("Withdrawn, #") and item.lines == ()


def test_a_declaration_asks_for_nothing() -> None:
    play = talks()
    do(play, "B", "declare_interpretation", "A day ends at midnight.", edition=play.edition().leaf)
    (item,) = part(text_page(play.record("M")), "declarations").items
    assert (item.words, item.lines, item.state) == ("A day ends at midnight.", (), ())


def test_words_that_are_sealed_to_the_reader_are_not_shown() -> None:
    play = talks()
    edition = play.edition().leaf
    do(play, "A", "declare_reading", "Within a day.", edition=edition, provision=TWO, aud=("A",))
    theirs = said(shown(text_page(play.record("B")), TWO).notes)[-1][1][0]
    assert theirs.startswith("Its words are not disclosed to you. (#")
    assert "Within a day" in said(shown(text_page(play.record("A")), TWO).notes)[-1][1][0]


def test_a_reservation_leads_to_its_answers() -> None:
    play = talks("A", "B", "C", basis="treaty")
    leaf = do(play, "A", "make_reservation", "Not 1(2).")
    do(play, "PB", "accept_reservation", reservation=leaf)
    do(play, "M", "comment_on_reservation", "Noted.", reservation=leaf)
    size = play.state.size
    page = act_page(play.record("M"), size - 3)
    assert page is not None
    assert [link.text.partition(":")[0] for link in page.related] == [f"Act {size - 1}", f"Act {size}"]
    assert plain(page.under).startswith("Powers given by")


def test_a_date_from_right_to_left_keeps_its_order_in_a_line_that_runs_the_other_way() -> None:
    said = asked(VisibleQuestion("date", TWO, ("en", "ur"), ("10 May 2026", "12 مئی 2026")))
    assert said == "Dates that only one of them states: English: 10 May 2026; Urdu: \u206812 مئی 2026\u2069."
