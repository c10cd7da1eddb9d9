"""From what is asked of somebody straight to the page on which it is answered, with what it is about filled in; and the
minutes that a form offers for it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from detente.acts.kinds import BY_NAME
from detente.procedure.disclosure import VisibleDraft
from detente.views.building import overview_page, signing_page
from detente.views.signing import FormField
from detente.web.forms import form_of_kind
from tests.views.istanbul import as_reported, same_night
from tests.views.played import Play
from tests.views.reading import plain


def led_to(play: Play, viewer: str) -> tuple[str, dict[str, str]]:
    """The page that the button of the turn leads to, and what its address says."""
    sign = overview_page(play.record(viewer)).turn.sign
    assert sign is not None and sign.text == "Read and answer"
    parts = urlsplit(sign.href)
    return parts.path.rpartition("/")[2], dict(parse_qsl(parts.query))


def test_a_minute_to_confirm() -> None:
    asked = as_reported()
    assert led_to(asked, "B") == ("sign", {"kind": "confirm_minute", "minute": "#23"})


def test_a_receipt() -> None:
    assert led_to(as_reported(), "A") == ("sign", {"kind": "receive", "instrument": "draft"})


def test_a_bridge_in_the_chamber_of_each_side() -> None:
    play = same_night("bridge")
    bridge = f"#{play.state.size}"
    for side in ("A", "B"):
        assert led_to(play, side) == (
            "sign", {"kind": "answer_bridge", "log": f"mediators-{side}", "bridge": bridge},
        )  # fmt: skip


def test_of_two_bridges_on_the_same_number_the_one_that_asks() -> None:
    play = Play(open_to="public")
    for person in ("A", "B"):
        play.must("M", "admit", person=person, role="delegate", side=person)
        play.enrol(person)
    numbers = []
    for name in ("one", "other"):
        play.open(name)
        play.issue(name)
        where = {"instrument": name, "provision": "art_1"}
        play.must("A", "propose_alternative", **where)
        play.must("M", "propose_bridge", **where, expires="2025-12-01T00:00:00Z")
        numbers.append(f"#{play.state.size}")
    assert led_to(play, "A")[1]["bridge"] == numbers[0]


def test_the_answers_to_a_bridge_that_every_side_has_given() -> None:
    play = same_night("bridge")
    number, bridge = f"#{play.state.size}", play.last
    for side in ("A", "B"):
        play.must(side, "answer_bridge", f"mediators-{side}", bridge=bridge)
    assert led_to(play, "M") == ("sign", {"kind": "open_bridge", "bridge": number})


def test_a_question_of_the_delegation() -> None:
    play = same_night("edition 3")
    edition = play.edition("understanding").leaf
    play.must("A", "refer", "side-A", instrument="understanding", edition=edition)
    assert led_to(play, "PA") == ("sign", {"kind": "instruct", "log": "side-A"})


def test_the_question_stands_above_the_form_of_its_answer_and_above_nobody_elses() -> None:
    play = same_night("edition 3")
    edition = play.edition("understanding").leaf
    question = play.must(
        "A", "refer", "side-A", instrument="understanding", edition=edition,
        hidden={"question": "May we accept it as it stands?"},
    )  # fmt: skip
    asked = enclosed(play, "PA", "side-A")
    assert [head for head, _words in asked] == ["You are asked"]
    assert "May we accept it as it stands?" in asked[0][1] and "#1 of this chamber" in asked[0][1]
    assert not enclosed(play, "PB", "side-A") and not enclosed(play, "PB", "side-B")
    play.must("PA", "instruct", "side-A", referral=question)
    assert not enclosed(play, "PA", "side-A"), "it is answered"


def enclosed(play: Play, viewer: str, chamber: str) -> list[tuple[str, str]]:
    draft = VisibleDraft(BY_NAME["instruct"], chamber, form_of_kind(BY_NAME["instruct"], {}), ())
    return [(field.label, plain(field.value)) for field in signing_page(play.record(viewer), draft).enclosed]


def test_what_is_answered_stands_above_the_form_in_its_own_words() -> None:
    play = as_reported()
    form = form_of_kind(BY_NAME["contest_minute"], {"minute": "#23"})
    page = signing_page(play.record("B"), VisibleDraft(BY_NAME["contest_minute"], "", form, ()))
    ((head, words),) = [(field.label, plain(field.value)) for field in page.enclosed]
    assert head == "What is minuted" and "“Yes.”" in words and words.endswith("#23")


def test_where_more_than_one_act_would_answer_the_room_offers_them() -> None:
    assert led_to(same_night("edition 3"), "A") == ("room", {})


def test_what_else_is_asked_is_within_reach() -> None:
    turn = overview_page(as_reported().record("B")).turn
    assert plain(turn.note).startswith("Also yours: give a receipt for edition 3; assent to edition 3")
    (link,) = [run for run in turn.note if run.href]
    assert link.text == "Everything that is asked of you" and link.href.endswith("/room")
    demonstrated = overview_page(as_reported().record("B"), viewers=("A", "B")).turn
    assert demonstrated.sign is None and not any(run.href for run in demonstrated.note)


# --- which words can be answered


def minute_field(play: Play, viewer: str, kind: str, given: str = "") -> FormField:
    form = form_of_kind(BY_NAME[kind], {"minute": given} if given else {})
    page = signing_page(play.record(viewer), VisibleDraft(BY_NAME[kind], "", form, ()))
    return next(field for field in page.fields if field.name == "minute")


@pytest.mark.parametrize("kind", ["contest_minute", "confirm_minute"])
def test_only_ones_own_words_can_be_answered_and_only_once(kind: str) -> None:
    play = as_reported()
    own = minute_field(play, "B", kind)
    assert [(o.value, o.text) for o in own.options] == [
        ("#26", "#26: “We no longer assent.”"),
        ("#25", "#25: “A telephone call is reported; no referral act.”"),
        ("#23", "#23: “Yes.”"),
    ]
    assert own.help == "Words minuted as yours that you have not answered yet."
    play.must("B", kind, minute=play.moments_of("minute")[3])
    assert [o.value for o in minute_field(play, "B", kind).options] == ["#26", "#25"]
    assert not minute_field(play, "PA", kind).options


def test_a_mediator_can_ask_about_anybodys_words() -> None:
    options = minute_field(as_reported(), "M", "ask_to_confirm").options
    assert len(options) == 6
    assert options[0].text == "#26, words of Head of Delegation B"


def test_an_act_that_was_given_stays_in_the_form_though_it_is_offered_no_more() -> None:
    chosen = [o.value for o in minute_field(as_reported(), "B", "confirm_minute", "#22").options if o.chosen]
    assert chosen == ["#22"]
