"""Two people in the same second, a page that hears of an act by itself, and a server that dies under everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.room.talks import Talks

pytestmark = pytest.mark.browser


def test_two_people_act_in_the_same_second_and_both_acts_land(talks: Talks) -> None:
    harbour, town, text = talks.harbour, talks.town, talks.text()
    for side in (harbour, town):
        side.begins("Assent")
        side.fills(instrument=text, terms="ad referendum")
        side.sees_before_signing()
    harbour.page.evaluate("document.getElementById('sign-now').click()")
    town.page.evaluate("document.getElementById('sign-now').click()")
    first, second = harbour.has_signed(), town.has_signed()
    assert abs(first - second) == 1


def test_a_page_shows_an_act_of_somebody_else_by_itself(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    talks.town.opens("room")
    number = talks.assents(harbour, text)
    expect(talks.town.page.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)
    talks.council.opens()
    number = harbour.does("Take back a step", instrument=text, reason="Too early.")
    expect(talks.council.page.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)


def test_what_somebody_has_unfolded_focused_or_scrolled_to_stays(talks: Talks) -> None:
    """The page is redrawn in place: it is never loaded again."""
    room = talks.town.opens("room")
    room.evaluate("window.loadedOnce = true")
    room.locator(".institution summary").last.click()
    unfolded = room.locator("details[open] .institution-head")
    words = unfolded.inner_text()
    link = room.locator("details[open] a").last
    link.focus()
    there = room.evaluate("scrollY")
    number = talks.mediator.does("Minute words", speaker="A", sense="statement", text="The talks go on.")
    expect(room.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)
    expect(room.locator("#told")).to_have_text(f"The record has grown: {number} acts.")
    expect(link).to_be_focused()
    assert unfolded.all_inner_texts() == [words]
    assert room.evaluate("window.loadedOnce") and room.evaluate("scrollY") == there
    assert room.locator("#grown").is_hidden()


def test_what_somebody_writes_is_left_alone_until_they_have_done(talks: Talks) -> None:
    timeline = talks.town.opens("timeline")
    before = talks.town.page.locator(".top .size").inner_text()
    field = timeline.get_by_label("Words")
    field.press_sequentially("ad refe")
    number = talks.mediator.does(
        "Minute words", speaker="A", sense="statement", text="The talks still go on."
    )
    expect(timeline.locator("#grown")).to_be_visible(timeout=2000)
    expect(timeline.locator(".top .size")).to_have_text(before)
    expect(field).to_have_value("ad refe")
    expect(field).to_be_focused()
    field.fill("")
    field.blur()
    expect(timeline.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)
    expect(timeline.locator("#grown")).to_be_hidden()
    expect(timeline.locator(".acts").first).to_contain_text("The talks still go on.")


COVERED = """() => {
  const over = document.getElementById('grown').getBoundingClientRect();
  const one = document.activeElement.getBoundingClientRect();
  return one.top < over.bottom && one.bottom > over.top ? document.activeElement.textContent.trim() : ''; }"""


def test_the_line_that_says_there_is_more_covers_nothing_that_is_reached_by_keyboard(talks: Talks) -> None:
    timeline = talks.town.opens("timeline")
    timeline.set_viewport_size({"width": 360, "height": 640})
    timeline.get_by_label("Words").press_sequentially("ad refe")
    talks.mediator.does("Minute words", speaker="A", sense="statement", text="There is more.")
    expect(timeline.locator("#grown")).to_be_visible(timeout=2000)
    timeline.locator(".foot a").focus()
    covered = []
    for _ in range(30):
        timeline.keyboard.press("Shift+Tab")
        covered.append(timeline.evaluate(COVERED))
    timeline.set_viewport_size({"width": 1280, "height": 900})
    assert not any(covered), covered


def test_what_a_script_has_written_on_the_page_stays(talks: Talks) -> None:
    """A link for somebody who is invited is signed in the browser: the host does not know it."""
    talks.mediator.does("Admit somebody", person="W1", role="observer", title="Watch, first")
    room = talks.mediator.opens("room")
    row = room.locator('#invitations li[data-person="W1"]')
    row.get_by_role("button").click()
    expect(row.locator("output")).not_to_be_empty()
    link = row.locator("output").inner_text()
    number = talks.board.does("Grant powers", holder="A", capacities="assent", terms="ad referendum")
    expect(room.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)
    assert row.locator("output").inner_text() == link and row.get_by_role("button").is_visible()


@pytest.mark.parametrize(
    "paths", [("", "text", "sessions"), ("powers", "timeline", "record"), ("room", "acts/1")]
)
def test_a_page_redrawn_is_the_page_loaded_again(talks: Talks, paths: tuple[str, ...]) -> None:
    talks.council.page.goto("about:blank")  # six connections to one host, and each page listens on one
    watching = {path: talks.council.context.new_page() for path in paths}
    for path, page in watching.items():
        page.goto(f"{talks.council.home}/{path}")
    number = talks.assents(talks.harbour, talks.text())
    for path, page in watching.items():
        expect(page.locator(".top .size")).to_have_text(f"{number} acts", timeout=3000)
        redrawn = drawn(page)
        page.goto(f"{talks.council.home}/{path}")
        assert drawn(page) == redrawn, path
        page.close()


def drawn(page: Page) -> tuple[str, str]:
    """What the host has drawn; a script marks in it what came since the page was last looked at."""
    subject = page.locator("#subject").evaluate(
        """(subject) => {
            const copy = subject.cloneNode(true);
            for (const one of copy.querySelectorAll("#looked, #since")) one.remove();
            for (const one of copy.querySelectorAll(".act-new")) one.classList.remove("act-new");
            return copy.innerHTML;
        }"""
    )
    return str(subject), page.locator(".foot").inner_html()


def test_a_server_that_dies_loses_nothing_that_has_a_receipt(talks: Talks) -> None:
    harbour, town, text = talks.harbour, talks.town, talks.text()
    landed = talks.assents(harbour, text)
    harbour.opens("room")
    town.begins("Assent")
    town.fills(instrument=text, terms="ad referendum")
    town.sees_before_signing()
    talks.server.kill()
    town.page.locator("#sign-now").click()
    expect(town.page.locator("#signing-state")).to_contain_text("The host cannot be reached")
    talks.server.start()

    # The same page, the same words; what was signed is sent, and the session opened again, by itself.
    number = town.has_signed()
    assert number == landed + 1
    expect(harbour.opens(f"acts/{landed}").locator(".statement")).to_contain_text("Harbour assented")
    expect(harbour.page.locator(".viewers")).to_contain_text("Harbour, head")
    harbour.does("Take back a step", instrument=text, reason="Too early.")
    assert talks.come_back() == {}


def test_an_act_whose_receipt_was_lost_on_the_way_is_sent_again_and_lands_once(talks: Talks) -> None:
    """The line breaks after the host took the act and before the browser heard of it."""
    harbour, text = talks.harbour, talks.text()
    harbour.begins("Assent")
    harbour.fills(instrument=text, terms="ad referendum")
    harbour.sees_before_signing()
    sent: list[bytes] = []

    def takes_and_says_nothing(route, request) -> None:  # type: ignore[no-untyped-def]
        sent.append(request.post_data_buffer)
        route.fetch()
        route.abort("connectionreset")

    harbour.page.route("**/acts", takes_and_says_nothing)
    harbour.page.locator("#sign-now").click()
    expect(harbour.page.locator("#signing-state")).to_contain_text("The host cannot be reached")
    harbour.page.unroute("**/acts")
    talks.server.kill()
    harbour.page.get_by_role("button", name="Send again").click()
    expect(harbour.page.get_by_role("button", name="Send again")).to_be_enabled()
    with harbour.page.expect_response("**/acts") as again:
        talks.server.start()
    number = harbour.has_signed()
    assert set(sent) == {again.value.request.post_data_buffer}
    expect(harbour.page.locator(".top .size")).to_have_text(f"{number} acts")
    assert talks.come_back() == {}


def test_a_form_that_cannot_be_sent_keeps_what_was_typed(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    harbour.begins("Propose a text for a provision")
    talks.server.kill()
    harbour.types(instrument=text, provision="1(1)", text="The road is kept by both.")
    harbour.goes_on()
    expect(harbour.page.locator("form.act-form [role=alert]")).to_contain_text("The host cannot be reached")
    talks.server.start()
    harbour.goes_on()
    expect(harbour.page.locator(".statement")).to_be_visible()
    harbour.page.locator("details.again > summary").click()
    expect(harbour.page.get_by_label("Words")).to_have_value("The road is kept by both.")
    harbour.signs()
    assert talks.come_back() == {}
