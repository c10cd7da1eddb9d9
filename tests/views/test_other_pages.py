"""Sessions, powers, one act, the record, the list of processes, errors."""

from __future__ import annotations

from detente.views.building import (
    act_page,
    error_page,
    mandates_page,
    processes_page,
    record_page,
    sessions_page,
    shell,
)  # fmt: skip
from detente.views.building.around import TABS
from tests.views.istanbul import as_reported, same_night
from tests.views.played import Play, log_of
from tests.views.reading import plain

NIGHT = same_night()
REPORTED = as_reported()


def test_sessions_say_how_long_they_were_and_who_confirmed_what() -> None:
    page = sessions_page(REPORTED.record())
    assert page.headline == "18 h 00 in one session"
    assert plain(page.lead) == "Six entries in the minutes. None is confirmed by its speaker."
    (session,) = page.sessions
    states = [(minute.speaker, minute.state) for minute in session.minutes]
    assert states[0] == ("Secretariat", "No speaker of a side")
    assert states[3] == ("Head of Delegation B", "Unconfirmed")
    assert "silence confirms nothing" in plain(session.minutes[3].detail)
    assert (
        session.minutes[3].manner == "oral assent, on edition 3, in Pashto, interpreter: of the Secretariat"
    )


def test_time_is_counted_by_item_from_the_minutes() -> None:
    (session,) = sessions_page(NIGHT.record()).sessions
    assert [(bar.label, bar.duration, bar.hatched) for bar in session.hours.bars] == [
        ("1 Use of territory", "8 h 52", False), ("2 Monitoring", "8 h 48", False),
        ("Before the first item", "0 h 20", True),
    ]  # fmt: skip


def test_contested_words_stand_as_contested() -> None:
    play = as_reported()
    play.must("B", "contest_minute", minute=play.moments_of("minute")[3])
    (session,) = sessions_page(play.record()).sessions
    assert (session.minutes[3].state, session.minutes[3].glyph) == ("Contested by the speaker", "gap")


def test_words_minuted_outside_a_session_are_not_lost() -> None:
    play = as_reported()
    play.must(
        "M",
        "minute",
        speaker="A",
        sense="statement",
        said_at="2025-10-29T10:00:00Z",
        hidden={"text": "Later."},
    )
    assert [s.title for s in sessions_page(play.record()).sessions] == ["Outside the sessions", "Session 1"]


def test_powers_are_shown_by_person_and_by_side() -> None:
    page = mandates_page(NIGHT.record())
    assert page.headline == "Both delegations may assent, initial and sign ad referendum"
    head = next(row for row in page.rows if row.name == "Head of Delegation A")
    assert [cell.word for cell in head.cells] == [
        "Ad referendum",
        "Yes",
        "Yes",
        "No",
        "No",
        "By the principal",
    ]
    assert page.sides[0].mandates[0].state == "Valid"


def test_no_powers_are_said_to_be_none_and_what_that_means() -> None:
    page = mandates_page(REPORTED.record())
    assert page.headline == "No powers are in the record"
    assert all(not side.mandates and side.empty for side in page.sides)


def test_a_restriction_and_a_revocation_show_from_when() -> None:
    play = same_night("question")
    granted = play.moments_of("grant_mandate")[0]
    reason = {"reason": "Not before Friday."}
    play.must("PA", "restrict_mandate", mandate=granted, capacities=("sign_ad_referendum",), hidden=reason)
    page = mandates_page(play.record())
    (restriction,) = page.sides[0].mandates[0].restrictions
    assert plain(restriction.text) == "May not sign ad referendum: Not before Friday."
    head = next(row for row in page.rows if row.name == "Head of Delegation A")
    assert head.cells[2].word == "Restricted"
    play.must("PA", "revoke_mandate", mandate=granted)
    assert mandates_page(play.record()).sides[0].mandates[0].state.startswith("Revoked")


def test_an_act_beyond_a_mandate_waits_and_once_confirmed_counts() -> None:
    play = same_night("authentic")
    assert not play.step("B", "sign", "understanding")
    beyond = play.last
    (waiting,) = mandates_page(play.record()).beyond
    assert (waiting.glyph, waiting.act.standing) == ("gap", "unauthorised")
    assert waiting.state.startswith("Without effect unless Kabul confirms it (Article 8)")
    play.must("PB", "confirm_act", original=beyond)
    (confirmed,) = mandates_page(play.record()).beyond
    assert (confirmed.glyph, confirmed.act.standing) == ("done", "effective")
    assert "Confirmed by #42" in confirmed.state


def test_an_act_says_what_it_rests_on() -> None:
    page = act_page(NIGHT.record(), NIGHT.marks["adopted"] - 1)
    assert page is not None
    assert page.sentence == "Head of Delegation A assented to edition 3, ad referendum."
    assert plain(page.under) == "Powers given by Islamabad, #16, 27 Oct 09:00"
    assert plain(page.basis) == "Edition 3, #30"
    assert plain(page.seen).startswith("The record up to act 37, root ")
    assert page.standing_words == "Adopted: edition 3, by the assent of every side."
    assert len(page.leaf.replace(" ", "")) == 64


def test_an_act_links_to_those_that_answer_it() -> None:
    play = as_reported()
    page = act_page(play.record(), play.marks["question"])
    assert page is not None
    assert [link.text for link in page.related] == [
        "Act 24: Secretariat asked the speaker to confirm the words minuted in #23"
    ]


def test_an_act_that_the_rules_refuse_is_a_finding_against_the_host() -> None:
    play = same_night("bracket")
    assert play.force("A", "assent", instrument="understanding", terms="ad_referendum")
    page = act_page(play.record(), play.state.size - 1)
    assert page is not None
    assert page.standing == "irregular"
    assert "ladder.bracket_open" in page.standing_words
    record = play.record()
    assert (
        record_page(record, log_of(record)).irregular
        == "1 act that the rules refuse, kept without effect: #28"
    )


def test_there_is_no_page_for_an_act_that_is_not_there_or_not_yours() -> None:
    record = NIGHT.record("A")
    assert act_page(record, 999) is None
    assert act_page(NIGHT.record("A", 5), 5) is None
    assert act_page(record, 0, chamber="side-B") is None
    assert act_page(record, 0, chamber="side-A") is not None


def test_the_record_says_how_far_its_cosigners_have_seen() -> None:
    record = NIGHT.record("A")
    page = record_page(record, log_of(record))
    assert page.headline == "48 acts, the last seen by one of two cosigners"
    assert page.second_key == ""  # these talks name no key for a second signature
    assert plain(page.lead) == "The rule of this process asks for one cosigner: met up to the last act."
    assert [c.state for c in page.cosigners] == ["Up to date", "1 act behind"]
    assert [c.size for c in page.chambers] == [
        "not shown to you", "2 acts", "not shown to you", "1 act", "not shown to you",
    ]  # fmt: skip
    assert page.tiles[0].text == "tile/0/000.p/48"


def test_the_list_of_processes_answers_for_each() -> None:
    page = processes_page((REPORTED.record(), NIGHT.record()))
    assert [(e.subtitle.split(",")[0], e.answer) for e in page.entries] == [
        ("the same night", "In force since 30 November 2025."), ("the talks as reported", "No. No side has assented."),
    ]  # fmt: skip
    assert [n.mark.letter for n in page.entries[1].following] == ["B", "A"]
    assert processes_page(()).empty


def test_an_error_has_one_shape_inside_a_process_and_outside() -> None:
    fields = {"code": "log.at", "sentence": "There is no act 90.", "clause": "", "instead": "Choose another."}
    outside = error_page(status=404, **fields)
    assert (outside.code, [link.text for link in outside.links]) == ("log.at", ["All processes"])
    inside = error_page(status=404, **fields, record=NIGHT.record())
    assert inside.links[0].text == "Overview"
    for path, near in (("text", "Text"), ("acts/90", "Timeline"), ("nowhere", "Overview")):
        inside = error_page(status=404, **fields, record=NIGHT.record(), path=path)
        assert inside.links[0].text == near


def test_a_shell_alone_has_its_title_and_tabs() -> None:
    found = shell(Play(open_to="public").record("M"), title="Something else")
    assert found.page_title == "Something else, Talks without a title"
    assert found.process is not None
    assert [tab.text for tab in found.process.tabs][-2:] == ["Record", "Act"]
    assert len(found.process.tabs) == len(TABS) + 1


def test_in_a_demonstration_nobody_is_led_to_act() -> None:
    """Whoever looks as somebody else holds no key of theirs."""
    found = shell(Play(open_to="public").record("M"), title="Something else", viewers=("M",))
    assert found.process is not None
    assert len(found.process.tabs) == len(TABS) and "Act" not in {tab.text for tab in found.process.tabs}
