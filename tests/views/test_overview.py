"""The overview at the moments that matter: is it final, whose act is missing, what is still open."""

from __future__ import annotations

import re

from detente.views.building import overview_page, own_process, room_page, text_page
from detente.views.building.open_brackets import MOST_ARTICLES
from detente.views.overview import OverviewPage
from detente.web.rendering import render
from tests.views.istanbul import as_reported, issue, retreat, same_night
from tests.views.played import Play, PlayedRecord
from tests.views.reading import plain, read_aloud

NIGHT = same_night()
REPORTED = as_reported()


def answers(page: OverviewPage) -> str:
    assert page.figure is not None
    return "".join("y" if question.yes else "n" for question in page.figure.questions)


def missing(page: OverviewPage) -> list[str]:
    return [f"{m.place} {m.whose}: {m.act}" for m in page.answer.missing]


def asides(page: OverviewPage, side: str) -> list[str]:
    assert page.figure is not None
    steps = [s for q in page.figure.questions for s in q.sides if s.mark.letter == side]
    return [f"{a.head} {plain(a.text)}" for s in steps for step in s.steps for a in step.asides]


# --- as reported


def test_when_the_question_is_put_every_answer_is_no() -> None:
    page = overview_page(REPORTED.record(None, REPORTED.marks["question"]))
    assert answers(page) == "nnnn"
    assert page.answer.sentence == "No. No side has assented."
    assert missing(page) == ["1 Delegation A: assent to edition 3", "1 Delegation B: assent to edition 3"]
    assert page.answer.besides == ()
    assert asides(page, "B") == []


def test_a_spoken_yes_stands_beside_the_ladder_and_takes_no_step() -> None:
    page = overview_page(REPORTED.record(None, REPORTED.marks["yes"]))
    assert answers(page) == "nnnn"
    assert page.answer.sentence == "No. No side has assented."
    assert asides(page, "B") == ["Oral yes, #23, 28 Oct 02:34†. Unconfirmed: no step"]
    assert plain(page.answer.besides) == (
        "A spoken yes by the head of Delegation B is minuted (#23). The speaker has not confirmed the words, and a "
        "minute takes no step."
    )
    assert [owed.who for owed in page.turn.owed] == ["Delegation B", "Delegation A"]
    assert page.turn.owed[0].what.startswith("confirm, or contest, the words minuted in #23")
    assert page.turn.silence == "Silence confirms nothing: the words stay unconfirmed and take no step."


def test_what_is_owed_stays_in_sight_where_more_is_asked_of_the_same_people() -> None:
    play = as_reported()
    play.must("A", "demand", of="B", hidden={"title": "that the road be kept open"})
    demand = f"give an assurance on the demand #{play.record().size}, or decline it"
    (row,) = [owed for owed in overview_page(play.record()).turn.owed if owed.who == "Delegation B"]
    assert (
        row.what
        == "confirm, or contest, the words minuted in #23; assent to edition 3, or propose an alternative"
    )
    assert (row.more_head, row.more) == ("and two more", (demand, "give a receipt for edition 3"))
    html = render(overview_page(play.record()))
    folded = re.search(r"<details><summary>and two more</summary>(.*?)</details>", html)
    assert folded is not None and re.findall("<li>(.*?)</li>", folded[1]) == list(row.more)


def test_no_more_is_told_than_is_owed() -> None:
    for owed in overview_page(REPORTED.record(None, REPORTED.marks["question"])).turn.owed:
        assert owed.what == "assent to edition 3, or propose an alternative; give a receipt for edition 3"
        assert (owed.more_head, owed.more) == ("", ())


def test_a_spoken_retraction_takes_no_step_either() -> None:
    page = overview_page(REPORTED.record())
    assert [aside.partition(",")[0] for aside in asides(page, "B")] == ["Oral yes", "Oral: no longer assents"]
    assert "7 minutes later" in plain(page.answer.besides)
    assert plain(page.answer.besides).endswith("Neither is confirmed by the speaker; neither is a step.")
    assert page.figure is not None
    assert {side.letter for side in page.figure.sides} == {"."}


def test_words_confirmed_by_their_speaker_are_no_step() -> None:
    play = as_reported()
    yes = play.moments_of("minute")[-3]
    play.must("B", "confirm_minute", minute=yes)
    page = overview_page(play.record())
    assert answers(page) == "nnnn"
    assert any("Confirmed by its speaker: no step" in aside for aside in asides(page, "B"))


def test_without_powers_and_rules_the_page_says_what_that_means() -> None:
    page = overview_page(REPORTED.record())
    assert page.figure is not None
    assert all(side.powers_missing for side in page.figure.sides)
    note = plain(page.turn.note)
    assert "No rules of procedure are in the record" in note
    assert "has no effect unless the principal confirms it (Vienna Convention, Article 8, by analogy)" in note


def test_public_statements_stand_beside_what_the_record_holds() -> None:
    page = overview_page(REPORTED.record())
    assert {claim.answer for claim in page.claims.rows} == {"Not in the record"}
    hours = [plain(c.detail) for c in page.claims.rows if "otherwise" in plain(c.detail)]
    assert [text[-20:] for text in hours] == [" #30 says otherwise.", " #31 says otherwise."]
    assert "Breaking off claimed by Delegation A (#32), no act of the convenor" in plain(
        page.shell.process.phase
    )  # type: ignore[union-attr]


def test_editions_without_brackets_are_not_taken_for_agreement() -> None:
    assert "not that the sides agreed" in overview_page(REPORTED.record()).brackets.empty


def test_every_time_of_the_reconstruction_carries_its_dagger() -> None:
    page = overview_page(REPORTED.record())
    assert all(act.time.illustrative for group in page.last_acts for act in group.acts)
    assert page.shell.footer.illustrative
    assert not overview_page(NIGHT.record()).shell.footer.illustrative


# --- the same night, asking the principal first


def test_an_open_bracket_is_named_with_its_alternatives_and_its_bridge() -> None:
    page = overview_page(NIGHT.record("A", NIGHT.marks["bridge"]))
    assert (
        plain(page.answer.because)
        == "One bracket is open, in Article 5(1). No side can assent before it closes."
    )
    assert missing(page) == [
        "1 You, Delegation A: support for one text of Article 5(1)",
        "1 Delegation B: support for one text of Article 5(1)",
        "2 Secretariat: edition 3, without brackets", "3 You, Delegation A: assent to edition 3",
        "3 Delegation B: assent to edition 3",
    ]  # fmt: skip
    (bracket,) = page.brackets.open
    assert [(a.number, a.marks[0].letter, a.text, a.bracketed) for a in bracket.alternatives] == [
        ("5(1)", "A", "joint teams of the Sides, with an observer of each Mediator", True),
        ("5(1) bis", "B", "liaison officers of the Sides, each Side observing on its own side", True),
        ("bridge", "M", "joint teams of the Sides, by arrangement with the Side concerned", False),
    ]
    assert page.brackets.count == "1 provision of 8, in 1 article of 3"
    assert [tile.number for tile in page.brackets.articles if tile.open] == ["5"]


def test_a_bridge_is_answered_by_a_time_and_silence_is_no() -> None:
    play = same_night("bridge")
    page = overview_page(play.record("A"), now="2025-10-27T21:48:00Z")
    assert (page.turn.label, page.turn.heading) == (
        "Your turn",
        "Answer the mediators’ proposal on Article 5(1)",
    )
    assert page.turn.deadline is not None
    assert page.turn.deadline.local.shown == "02:30 Istanbul time, 28 October"
    assert (page.turn.deadline.utc, page.turn.deadline.left) == ("27 Oct 2025, 23:30 UTC", "1 h 42 min left")
    assert (page.turn.silence, page.turn.silence_note) == ("Silence counts as no.", "Nothing else changes.")


def test_an_answer_under_seal_shows_only_in_its_own_chamber() -> None:
    play = same_night("bridge")
    bridge = play.last
    play.must("B", "answer_bridge", "mediators-B", bridge=bridge)
    assert "Delegation B has answered" in plain(overview_page(play.record("M")).turn.note)
    for viewer in ("A", None):
        assert "has answered" not in read_aloud(overview_page(play.record(viewer)))


def test_once_every_side_has_answered_the_mediators_are_asked_and_nobody_else_is_told() -> None:
    play = same_night("bridge")
    bridge = play.last
    for side in ("A", "B"):
        play.must(side, "answer_bridge", f"mediators-{side}", bridge=bridge)
    turn = overview_page(play.record("M")).turn
    assert (turn.label, turn.heading) == (
        "Your turn",
        "Read the answers to your proposal on Article 5(1); open them if all are yes",
    )
    for viewer in ("A", "PB", None):
        assert "Read the answers" not in read_aloud(overview_page(play.record(viewer)))


def test_a_principal_is_asked_by_its_delegation_until_an_instruction_follows() -> None:
    play = same_night("edition 3")
    edition = play.edition("understanding").leaf
    play.must("A", "refer", "side-A", instrument="understanding", edition=edition)
    turn = overview_page(play.record("PA")).turn
    assert (turn.label, turn.heading) == ("Your turn", "Answer the question of your delegation")
    for viewer in ("A", "B", "PB", "M", None):
        assert "question of your delegation" not in read_aloud(overview_page(play.record(viewer)))
    play.must("PA", "instruct", "side-A")
    assert overview_page(play.record("PA")).turn.label == "Not your turn"


def test_talks_broken_off_say_that_what_was_closed_stays_closed() -> None:
    play = same_night("edition 3")
    play.must("M", "break_off")
    page = overview_page(play.record("A"))
    assert "assent" not in page.turn.heading.lower()
    assert "What was closed stays closed" in read_aloud(page)


def test_one_assent_is_not_adoption() -> None:
    page = overview_page(NIGHT.record(None, NIGHT.marks["assent B"]))
    assert answers(page) == "nnnn"
    assert missing(page) == ["1 Delegation A: assent to edition 3"]


def test_each_step_of_the_night_moves_one_answer() -> None:
    stages = {
        "edition 3": "nnnn",
        "adopted": "ynnn",
        "authentic": "yynn",
        "signed": "yynn",
        "binding": "yyyn",
        "in force": "yyyy",
    }
    assert {s: answers(overview_page(NIGHT.record(None, NIGHT.marks[s]))) for s in stages} == stages


def test_after_signature_ad_referendum_the_principals_are_missing() -> None:
    play = same_night("signed")
    page = overview_page(play.record("PA"))
    assert missing(page) == [
        "1 You, Islamabad: confirmation of the signature",
        "1 Kabul: confirmation of the signature",
    ]
    assert page.turn.heading == "Confirm, or decline, the signature ad referendum"
    assert page.turn.silence == "Silence is never consent."
    assert overview_page(play.record("A")).turn.label == "Not your turn"


def test_in_force_says_since_when_and_what_the_record_does_not_show() -> None:
    page = overview_page(NIGHT.record())
    assert page.answer.sentence == "In force since 30 November 2025."
    assert "not that a court would hold them valid" in plain(page.answer.besides)
    assert page.answer.missing == ()
    assert page.turn.label == "Nothing is owed"


def test_an_assent_taken_back_shows_when_how_long_after_and_why() -> None:
    page = overview_page(retreat().record())
    assert "8 minutes after it was taken" in plain(page.answer.besides)
    assert "Reason given: The principal has asked for more time." in plain(page.answer.besides)
    (aside,) = asides(page, "B")
    assert aside.startswith("Taken back, #38, 8 minutes after it assented")
    assert missing(page) == ["1 Delegation A: assent to edition 3", "1 Delegation B: assent to edition 3"]
    assert [m.why for m in page.answer.missing] == ["", "its assent is taken back"]


def test_a_step_beyond_the_mandate_is_shown_without_effect() -> None:
    play = same_night("authentic")
    assert not play.step("B", "sign", "understanding")
    page = overview_page(play.record())
    assert any(
        "Beyond the mandate" in aside and "Without effect unless" in aside for aside in asides(page, "B")
    )
    assert page.last_acts[0].acts[0].standing == "unauthorised"
    assert any("act beyond the mandate" in owed.what for owed in page.turn.owed if owed.who == "Kabul")
    number = play.record().size
    assert f"2 Kabul: confirmation of the act beyond the mandate, #{number}" in missing(page)
    assert not any("Delegation B: signature" in line for line in missing(page))
    assert "the confirmation, by Kabul, of an act beyond the mandate" in plain(page.answer.because)


def test_steps_on_an_earlier_edition_stay_in_sight() -> None:
    play = same_night("adopted")
    play.issue("understanding")
    page = overview_page(play.record())
    assert any(a.startswith("Assented, on edition 3, #37") for a in asides(page, "B"))
    assert page.answer.sentence == "No. No side has assented."


# --- as of an act


def test_an_earlier_moment_has_a_band_and_every_link_stays_there() -> None:
    page = overview_page(REPORTED.record("A", 15), viewers=("M", "A", "B"))
    assert page.shell.process is not None
    band = page.shell.process.as_of
    assert band is not None
    assert (band.act, band.size) == (15, 32)
    assert band.previous.endswith("/?at=14&as=A")
    assert band.following.endswith("/?at=16&as=A")
    assert band.now.endswith("/?as=A")
    assert all("at=15&as=A" in tab.href for tab in page.shell.process.tabs)
    assert page.turn.label == "At that moment"


def test_the_newest_act_has_no_band() -> None:
    page = overview_page(REPORTED.record())
    assert page.shell.process is not None
    assert page.shell.process.as_of is None


def test_outside_a_demonstration_nobody_looks_as_somebody_else() -> None:
    page = overview_page(REPORTED.record("A"))
    assert [v.name for v in page.shell.viewers] == ["Head of Delegation A"]
    assert "as=" not in read_aloud(page)


# --- records at their beginning


def test_a_process_without_an_instrument_says_so() -> None:
    page = overview_page(Play(open_to="public").record("M"))
    assert page.answer.sentence == "No. No text is on the table."
    assert page.figure is None
    assert page.answer.missing[0].yours


def test_a_mediator_is_asked_for_the_instrument_that_the_answer_misses() -> None:
    play = Play(open_to="public")
    turn = overview_page(play.record("M")).turn
    assert (turn.label, turn.heading) == ("Your turn", "Open an instrument")
    assert turn.sign is not None and turn.sign.href.endswith("/sign?kind=open_instrument")
    assert [(deed.text, deed.href) for deed in room_page(play.record("M")).asked] == [
        ("Open an instrument", turn.sign.href)
    ]
    assert own_process(play.record("M")).yours == ("open an instrument",)
    # Nobody else is, nor where the talks are at rest; a demonstration has no button.
    assert overview_page(play.record()).turn.label == "Nothing is owed"
    shown = overview_page(play.record("M"), viewers=("M",)).turn
    assert (shown.heading, shown.sign) == ("Open an instrument", None)
    play.must("M", "break_off")
    assert overview_page(play.record("M")).turn.heading == "The talks are broken off"


def test_of_many_articles_the_overview_shows_those_with_a_bracket() -> None:
    play = same_night("bracket")
    for count in (MOST_ARTICLES, MOST_ARTICLES + 1):
        play.must("M", "open_instrument", instrument=f"long-{count}", sides=("A", "B"), basis="contract",
                  languages=(("en", "authentic"),), hidden={"title": "Long"})  # fmt: skip
        articles = (f"Article {n}. Matter\n{n}(1) It stays open." for n in range(1, count + 1))
        issue(play, f"long-{count}", "\n\n".join(articles))
        play.must("A", "propose_alternative", instrument=f"long-{count}", provision="art_3__para_1",
                  hidden={"text": "It is closed."})  # fmt: skip
    few, many = (
        overview_page(play.record(), instrument=f"long-{n}").brackets
        for n in (MOST_ARTICLES, MOST_ARTICLES + 1)
    )
    assert len(few.articles) == MOST_ARTICLES
    assert [tile.number for tile in many.articles] == ["3"]
    assert many.text is not None and many.count.endswith(f"in 1 article of {MOST_ARTICLES + 1}")
    strip = text_page(play.record(), instrument=f"long-{MOST_ARTICLES + 1}").strip
    assert len(strip) == MOST_ARTICLES + 1


def test_two_instruments_have_an_answer_each() -> None:
    play = same_night("adopted")
    play.open("crossings")
    page = overview_page(play.record())
    assert [other.sentence for other in page.others] == ["No. No edition of the text is issued."]
    swapped = overview_page(play.record(), instrument="crossings")
    assert swapped.answer.sentence == "No. No edition of the text is issued."


def test_a_page_made_twice_is_the_same() -> None:
    record: PlayedRecord = NIGHT.record("A")
    assert overview_page(record) == overview_page(NIGHT.record("A"))
