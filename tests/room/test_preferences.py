"""What the open points are worth: answered in one browser in each of four ways, sealed there, and read by no host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_demonstration import axe_finds
from tests.room.people import Person
from tests.room.serving import Server
from tests.room.talks import Talks, talks_begun
from tests.room.test_sealing import names_a_recovery_key, on_disk, seals

pytestmark = pytest.mark.browser

DEED = "Say what the open points are worth to your side, for the mediators alone"
ESTIMATE = "Estimate what the open points are worth to a side"


@pytest.fixture(scope="module")
def begun(server: Server, browser: Browser) -> Iterator[Talks]:
    """Talks of their own: their chambers are sealed, and other tests begin where nothing is."""
    talks = talks_begun(server, browser)
    yield talks
    talks.end()


@pytest.fixture(scope="module")
def sealed(begun: Talks) -> str:
    """A text with two open provisions, and a key for each chamber in which preferences are given; the text's id."""
    text = begun.text()
    for person, provision, words in (
        (begun.harbour, "1(1)", "The road stays open at night."),
        (begun.town, "1(1)", "The road stays open from six to ten."),
        (begun.harbour, "1(2)", "A commission meets each week."),
    ):
        person.does("Propose a text for a provision", instrument=text, provision=provision, text=words)
    for person in (begun.mediator, begun.board):
        names_a_recovery_key(person)
    for chamber in ("mediators", "mediators-A"):
        seals(begun.mediator, chamber)
    return text


def opens(person: Person, text: str, deed: str = DEED) -> Page:
    person.looks_for(deed).click()
    person.page.wait_for_url("**/preferences*")
    page = person.opens(f"preferences?instrument={text}")
    expect(page.locator("#step")).to_contain_text("Provision 1 of 2")
    return page


def chooses(page: Page, method: str) -> None:
    page.locator("#method > summary").click()
    page.locator(f'[name=method][value="{method}"]').check()
    page.locator("#method > summary").click()


def answers(page: Page, *numbers: str, what: str = "given") -> None:
    """Numbers into the provision that is shown."""
    for control, number in zip(page.locator(f".step:visible [data-{what}]").all(), numbers, strict=True):
        control.fill(number)


def worth(page: Page) -> list[str]:
    return page.locator("#table .amount").all_inner_texts()


def next_step(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


def signs(person: Person) -> int:
    person.page.get_by_role("button", name="Go on to what you would sign").click()
    person.page.wait_for_url("**/sign?*")
    read = person.sees_before_signing()
    assert "stated preferences on" in read or "estimated the preferences" in read
    assert "Answers on 2 provisions" in read
    return person.signs()


def test_points_are_given_sealed_and_opened_again_by_a_colleague_and_by_nobody_else(
    talks: Talks, sealed: str
) -> None:
    page = opens(talks.harbour, sealed)
    expect(page.get_by_role("button", name="Go on to what you would sign")).to_be_hidden()
    answers(page, "613", "0", "17")
    page.locator(".step:visible [data-red-line]").nth(1).check()
    next_step(page)
    answers(page, "387", "0")
    next_step(page)
    assert worth(page) == ["613", "0", "17", "387", "0"]
    expect(page.locator("#table")).to_contain_text("(red line)")
    page.get_by_text("This only together with that").click()
    page.get_by_label("We take").select_option("1,0")
    page.get_by_label("only together with", exact=True).select_option("0,0")
    page.get_by_role("button", name="Add this condition").click()
    expect(page.locator("#conditions")).to_contain_text("1(2) only together with 1(1)")
    page.get_by_text("Without an agreement").click()
    page.get_by_label("In points, of the 1,000").fill("219")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.post_data or ""))
    act = signs(talks.harbour)
    assert not any("613" in body or "as-it-stands" in body for body in requests)
    expect(page.locator(".opened-content")).to_contain_text(
        "Answers on 2 provisions; red lines: 1; conditions: 1."
    )
    other = opens(talks.board, sealed)
    expect(other.locator("#before")).to_contain_text("It is filled in below.")
    other.get_by_role("button", name="To the end").click()
    assert worth(other) == ["613", "0", "17", "387", "0"]
    expect(other.locator("#reservation")).to_have_value("219")
    assert talks.town.opens(f"acts/{act}?log=mediators-A").locator(".opened-content").count() == 0
    assert b'"given":[613' not in on_disk(talks)
    assert talks.town.complaints("404") == []


@pytest.mark.parametrize(
    ("method", "first", "second", "expected"),
    [
        ("ranges", {"given": ("40", "0", ""), "high": ("80", "20", "")}, {"given": ("10", ""), "high": ("10", "")},
         ["857 (571 to 1,143)", "143 (0 to 286)", "0 (0 to 0)", "143 (143 to 143)", "0 (0 to 0)"]),
        ("swing", {"weight": ("100",), "given": ("100", "50", "0")}, {"weight": ("25",), "given": ("0", "100")},
         ["800", "400", "0", "0", "200"]),
        ("rank", {"weight": ("1",), "given": ("1", "2", "3")}, {"weight": ("2",), "given": ("2", "1")},
         ["750", "375", "0", "0", "250"]),
    ],
)  # fmt: skip
def test_other_ways_to_answer_lead_to_points_too(
    talks: Talks, sealed: str, method: str, first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]],
    expected: list[str],
) -> None:  # fmt: skip
    page = opens(talks.mediator, sealed, ESTIMATE)
    expect(page.locator("section:has(#given) li").first).to_contain_text("Delegation A: stated in #")
    chooses(page, method)
    for step in (first, second):
        for what, numbers in step.items():
            answers(page, *numbers, what=what)
        next_step(page)
    assert worth(page) == expected
    page.reload()  # what was typed waits in this tab
    page.get_by_role("button", name="To the end").click()
    assert worth(page) == expected
    signs(talks.mediator)


def test_it_is_answered_with_the_keyboard_alone_on_a_telephone_and_in_digits_of_ones_own(
    talks: Talks, sealed: str
) -> None:
    page = opens(talks.board, sealed)
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".step:visible [data-given]").first.fill("۱۲۰")
    page.keyboard.press("Enter")
    expect(page.locator("#step")).to_contain_text("Provision 2 of 2")
    page.keyboard.press("Enter") if page.evaluate("document.activeElement.tagName") == "INPUT" else next_step(
        page
    )
    expect(page.locator("#table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe_finds(page, {}) == []
    page.locator("#reservation").evaluate("control => control.closest('details').open = true")
    page.get_by_label("In points, of the 1,000").fill("-3")
    expect(page.locator("#running")).to_contain_text("Whole numbers only")
    expect(page.get_by_role("button", name="Go on to what you would sign")).to_be_disabled()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_where_the_chamber_has_no_key_nothing_can_be_sealed_and_the_page_says_what_to_do(
    talks: Talks, sealed: str
) -> None:
    page = opens(talks.town, sealed)
    expect(page.locator(".problems")).to_contain_text("the host could read what you give")
    answers(page, "5", "0", "0")
    page.get_by_role("button", name="To the end").click()
    expect(page.get_by_role("button", name="Go on to what you would sign")).to_be_disabled()


def test_what_was_made_in_another_tab_is_not_signed_empty(talks: Talks, sealed: str) -> None:
    page = talks.harbour.opens("chambers")
    page.evaluate(
        """([sign, instrument]) => {
          const form = Object.assign(document.createElement("form"), { method: "post", action: sign });
          for (const [name, value] of [["kind", "state_preferences"], ["instrument", instrument]])
            form.append(Object.assign(document.createElement("input"), { name, value }));
          document.body.append(form);
          sessionStorage.clear();
          form.submit();
        }""",
        [f"{talks.harbour.home}/sign?kind=state_preferences&log=mediators-A", sealed],
    )
    expect(page.locator("#signing-state")).to_contain_text("What you gave is not in this tab any more.")
    expect(page.locator("#sign-now")).to_be_disabled()
