"""Bad lines: what is signed without a line waits in one outbox for all tabs, goes out in order, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from detente.acts.time import log_verifier
from detente.signing.envelope import parse_envelope
from detente.tlog.merkle import leaf_hash
from detente.tlog.proof import check_proof, parse_proof
from tests.room.people import Person
from tests.room.talks import OUTAGE, Talks

pytestmark = pytest.mark.browser

KEPT = "Signed, and kept in this browser: not tabled yet."
STATED = "The harbour stays open, they say."


def ready_to_assent(person: Person, text: str, terms: str = "ad referendum") -> Person:
    person.begins("Assent")
    person.fills(instrument=text, terms=terms)
    person.sees_before_signing()
    return person


def ready_to_state(person: Person, words: str = STATED) -> Person:
    person.begins("Register a public statement")
    person.fills(text=words, claims="other")
    person.sees_before_signing()
    return person


def signs_offline(person: Person) -> None:
    person.page.locator("#sign-now").click()
    expect(person.page.locator("#signing-state")).to_contain_text(KEPT)
    expect(person.page.get_by_role("button", name="Send again")).to_be_focused()


def line(page: Page, words: str) -> None:
    expect(page.locator("#outbox-line")).to_contain_text(words)


def nothing_waits(person: Person) -> None:
    expect(person.opens("outbox").locator("[data-is=nothing]")).to_be_visible()
    expect(person.page.locator("#outbox-line [role=status]")).to_be_hidden()


def size(person: Person) -> int:
    shown = person.opens().locator(".top .size").inner_text()
    return int(re.sub(r"\D", "", shown))


def kept(person: Person, state: str) -> Locator:
    """What stands on the review page in this state."""
    return person.page.locator(".kept-act", has=person.page.get_by_text(state))


def line_is_back(person: Person) -> None:
    """As the browser would say it, without waiting for the next attempt."""
    person.page.evaluate("dispatchEvent(new Event('online'))")


@pytest.fixture(autouse=True)
def _nothing_left_behind(talks: Talks) -> Iterator[None]:
    yield
    talks.harbour.context.set_offline(False)
    talks.harbour.context.unroute_all()
    for store in ("outbox", "contradictions"):
        talks.harbour.page.evaluate(FORGET, store)
    for tab in talks.harbour.context.pages:
        if tab is not talks.harbour.page:
            tab.close()


def test_two_acts_signed_without_a_line_go_out_in_order_when_it_is_back(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    before = size(talks.town)
    second, onlooker = harbour.another_tab(), harbour.another_tab()
    ready_to_assent(harbour, text)
    ready_to_state(second)
    with onlooker.page.expect_response("**/log/checkpoint"):  # it attends to what is kept here
        onlooker.opens("text")
    harbour.context.set_offline(True)
    signs_offline(harbour)
    line(second.page, "1 act signed here is not yet in the record: not tabled.")
    signs_offline(second)
    line(onlooker.page, "2 acts signed here are not yet in the record: not tabled.")
    assert size(talks.town) == before

    harbour.context.set_offline(False)
    assert (harbour.has_signed(), second.has_signed()) == (before + 1, before + 2)
    expect(harbour.page.locator(".statement")).to_contain_text("assented")
    expect(second.page.locator(".statement")).to_contain_text(STATED)
    expect(onlooker.page.locator("#outbox-line [role=status]")).to_be_hidden()
    nothing_waits(onlooker)
    assert size(talks.town) == before + 2
    assert harbour.complaints("ERR_", "failed: ") == []
    second.page.close()
    onlooker.page.close()


def test_what_waits_survives_its_tab_and_is_sent_from_any_other(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    before = size(talks.town)
    signing = ready_to_assent(harbour.another_tab(), text)
    harbour.context.route("**/acts", lambda route: route.abort("connectionreset"))
    signs_offline(signing)
    address = signing.page.url

    # The same page, loaded again: it is not signed a second time.
    signing.page.goto(address)
    ready_again = signing.page.locator("#sign-now")
    if "instrument" in address:
        expect(signing.page.locator("#signing-state")).to_contain_text(KEPT)
        expect(ready_again).to_have_text("Send again")
    signing.page.close()
    line(harbour.opens("text"), "1 act signed here is not yet in the record: not tabled.")
    harbour.page.locator("#outbox-line").get_by_role("link", name="Review").click()
    expect(harbour.page.locator(".kept-act")).to_contain_text("Waiting, not tabled")
    harbour.context.unroute("**/acts")
    line_is_back(harbour)
    expect(harbour.page.locator("#receipts li").first).to_contain_text("assented to edition 1")
    nothing_waits(harbour)
    assert size(talks.town) == before + 1
    assert harbour.complaints("ERR_", "failed: ") == []


def test_a_server_killed_before_it_could_answer_gives_the_receipt_to_another_tab(talks: Talks) -> None:
    """The host stored the act, its answer was lost, the host died and the tab was closed."""
    harbour, text = talks.harbour, talks.text()
    before = size(harbour)
    signing = ready_to_assent(harbour.another_tab(), text)
    signing.page.route("**/acts", takes_and_says_nothing)
    signs_offline(signing)
    talks.server.kill()
    signing.page.close()
    talks.server.start()
    expect(harbour.opens("room").locator("h1")).to_contain_text("What you can do as")
    nothing_waits(harbour)
    harbour.page.locator("#receipts a", has_text=f"Act {before + 1}").click()
    expect(harbour.page.locator("#recorded")).to_contain_text("Your act is in the record")
    assert size(harbour) == before + 1
    assert harbour.complaints(*OUTAGE) == []
    talks.come_back()


def takes_and_says_nothing(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def test_a_refusal_stops_the_queue_until_the_person_has_reviewed_it(talks: Talks) -> None:
    harbour, mediator, text = talks.harbour, talks.mediator, talks.text()
    second = ready_to_state(harbour.another_tab())
    ready_to_assent(harbour, text)
    harbour.context.set_offline(True)
    signs_offline(harbour)
    signs_offline(second)
    mediator.does("Issue an edition", instrument=text, text="Article 1. Purpose\n1(1) The road stays closed.")
    before = size(mediator)
    harbour.context.set_offline(False)
    expect(harbour.page.locator("#signing-state")).to_contain_text("The text has moved on since you read it")
    expect(second.page.locator("#signing-state")).to_contain_text("until you have reviewed that one")
    assert size(mediator) == before

    # What was refused, why, and what changed.
    second.page.locator("#signing-state").get_by_role("link", name="Review it").click()
    refused = kept(second, "Refused, not tabled")
    expect(refused.locator(".statement")).to_contain_text("Harbour assented to edition 1")
    expect(kept(second, "Waiting, not tabled")).to_contain_text("when the act before it is settled")
    expect(refused).to_contain_text("Edition 1 stood when you signed; edition 2 stands now.")
    refused.get_by_role("link", name="What changed").click()
    expect(second.page.locator("main .wording ins").first).to_contain_text("closed")
    second.page.go_back()

    # Nothing new is put behind it.
    ready = harbour.another_tab()
    ready.begins("Register a public statement")
    ready.fills(text="Something else.", claims="other")
    expect(ready.page.locator("#signing-state")).to_contain_text("until you have reviewed it")
    expect(ready.page.locator("#sign-now")).to_be_disabled()
    ready.page.close()

    # Given up: its place is taken, so that it can never be sequenced.
    bytes_refused = second.page.evaluate(OUTBOX)[0]
    refused.get_by_role("link", name="Give it up").click()
    second.page.wait_for_url("**/sign?kind=void*")
    second.fills(reason="Support of a text that is withdrawn by now.")
    assert "can never be sequenced" in second.sees_before_signing()
    assert second.signs() == before + 1
    assert "act.replayed" in codes_of(second, bytes_refused)

    # What followed it is signed anew from its draft.
    second.opens("outbox")
    expect(kept(second, "To be signed anew, not tabled").locator(".statement")).to_contain_text(STATED)
    expect(second.page.locator(".kept-act")).to_have_count(1)
    second.page.get_by_role("button", name="Read it again as it is now").click()
    second.page.wait_for_url("**/sign?*")
    assert STATED in second.sees_before_signing()
    assert second.signs() == before + 2
    nothing_waits(second)
    assert harbour.complaints("ERR_", "failed: ", "409", "422") == []
    second.page.close()


OUTBOX = """() => new Promise((resolve) => {
  const opening = indexedDB.open('detente');
  opening.onsuccess = () => {
    const kept = opening.result.transaction('outbox').objectStore('outbox').getAll();
    kept.onsuccess = () => { opening.result.close(); resolve(kept.result.map(({ act }) => [...act])); };
  };
})"""


def codes_of(person: Person, act: list[int]) -> list[str]:
    """Why the host refuses these bytes."""
    answer = person.page.request.post(f"{person.home}/acts", data=bytes(act))
    return [error["code"] for error in answer.json()["errors"]]


def test_an_act_read_again_takes_the_place_of_the_one_refused(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    ready_to_assent(harbour, text)
    harbour.context.set_offline(True)
    signs_offline(harbour)
    talks.mediator.does(
        "Issue an edition", instrument=text, text="Article 1. Purpose\n1(1) The road stays closed."
    )
    harbour.context.set_offline(False)
    expect(harbour.page.locator("#signing-state")).to_contain_text("The text has moved on")
    harbour.opens("outbox")
    (refused,) = harbour.page.evaluate(OUTBOX)
    harbour.page.get_by_role("button", name="Read it again as it is now").click()
    harbour.page.wait_for_url("**/sign?*")
    assert "edition 2" in harbour.sees_before_signing()
    harbour.signs()
    assert "act.replayed" in codes_of(harbour, refused)
    nothing_waits(harbour)
    assert harbour.complaints("ERR_", "failed: ", "409") == []


def refused_over_a_bracket(talks: Talks) -> tuple[str, int]:
    """Harbour assents without a line, and the town brackets a provision meanwhile: the text, and the town's act."""
    text = talks.text()
    ready_to_assent(talks.harbour, text)
    talks.harbour.context.set_offline(True)
    signs_offline(talks.harbour)
    own = talks.town.does(
        "Propose a text for a provision", instrument=text, provision="1(1)", text="The road is kept."
    )
    talks.harbour.context.set_offline(False)
    expect(talks.harbour.page.locator("#signing-state")).to_contain_text("A bracket is open")
    return text, own


def test_an_act_signed_in_the_place_of_one_refused_gives_that_up(talks: Talks) -> None:
    harbour, (text, own) = talks.harbour, refused_over_a_bracket(talks)
    harbour.begins("Support a text")
    harbour.fills(instrument=text, provision="1(1)", alternative=f"#{own}")
    state = harbour.page.locator("#signing-state")
    expect(state).to_contain_text("until you have reviewed it")
    expect(harbour.page.locator("#sign-now")).to_be_disabled()
    (refused,) = harbour.page.evaluate(OUTBOX)
    state.get_by_role("button", name="Give it up: sign this in its place").click()
    assert harbour.signs() == own + 1
    assert "act.replayed" in codes_of(harbour, refused)
    nothing_waits(harbour)
    assert harbour.complaints("ERR_", "failed: ", "422") == []


def test_an_act_is_sent_again_when_what_stood_against_it_is_gone(talks: Talks) -> None:
    harbour, (text, own) = talks.harbour, refused_over_a_bracket(talks)
    talks.town.does("Withdraw your text", instrument=text, provision="1(1)", alternative=f"#{own}")
    harbour.opens("outbox")
    harbour.page.get_by_role("button", name="Send it again").click()
    expect(harbour.page.locator("#receipts li").first).to_contain_text("assented to edition 1")
    expect(harbour.page.get_by_role("heading", name="Not yet in the record")).to_be_focused()
    nothing_waits(harbour)
    assert harbour.complaints("ERR_", "failed: ", "422") == []


def test_what_waits_is_shown_and_sent_for_somebody_whose_session_has_ended(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    ready_to_assent(harbour, text)
    harbour.context.route("**/acts", lambda route: route.abort("connectionreset"))
    signs_offline(harbour)
    harbour.context.clear_cookies()
    harbour.opens("outbox")
    expect(kept(harbour, "Waiting, not tabled").locator(".statement")).to_contain_text(
        "Harbour assented to edition 1"
    )
    harbour.context.unroute("**/acts")
    line_is_back(harbour)
    expect(harbour.page.locator("#receipts li").first).to_contain_text("assented to edition 1")
    assert harbour.complaints("ERR_", "failed: ") == []
    expect(harbour.opens("room").locator("h1")).to_contain_text("What you can do as")
    assert harbour.complaints(*OUTAGE) == []


# --- receipts


def test_whoever_signs_in_over_a_bad_line_is_signed_in_once_it_holds(talks: Talks) -> None:
    """The session has ended with the server, and the first attempts to open another are lost on the way."""
    lost: list[str] = []

    def twice(route: Route) -> None:
        if route.request.method == "POST":
            lost.append(route.request.url)
        if route.request.method == "GET" or len(lost) > 2:
            route.continue_()
        else:
            route.abort("connectionreset")

    board = talks.board
    board.context.route("**/session", twice)
    talks.server.kill()
    talks.server.start()
    expect(board.opens("text").locator("h1")).to_have_text(re.compile("accord|There is nothing here"))
    expect(board.page.locator(".tabs")).to_be_visible()
    assert len(lost) == 3
    board.context.unroute("**/session")
    assert board.complaints(*OUTAGE) == []
    assert talks.come_back() == {}


def test_a_receipt_is_kept_downloadable_and_checked_on_each_later_visit(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    number = talks.assents(harbour, text)
    talks.assents(talks.town, text)
    later = harbour.another_tab()
    said = later.opens(f"acts/{number}").locator("#recorded")
    expect(said).to_contain_text("Your act is in the record")
    expect(said).to_contain_text(f"Checked again now: the log of {number + 1} acts still holds it")
    proof = downloaded(later.page, lambda: said.get_by_role("link", name="Download the receipt").click())
    act = downloaded(later.page, lambda: said.get_by_role("link", name="Download the act as signed").click())
    envelope = parse_envelope(act)
    place = later.page.request.get(f"{later.home}/place").json()
    origin = place["log"]
    log = log_verifier(origin, place["logKey"])
    assert check_proof(parse_proof(proof), leaf_hash(envelope.entry), log).index == number - 1
    later.page.close()


def downloaded(page: Page, click: Callable[[], None]) -> bytes:
    with page.expect_download() as downloading:
        click()
    return Path(downloading.value.path()).read_bytes()


def test_a_log_that_no_longer_holds_what_it_gave_a_receipt_for_is_said_loudly(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    older = harbour.page.request.get(f"{harbour.home}/log/checkpoint").text()
    talks.assents(harbour, text)
    harbour.opens()
    has_verified(harbour, int(older.splitlines()[1]) + 1)
    expect(harbour.page.locator("#outbox-line [data-is=alarm]")).to_be_hidden()
    forked = '{"errors": [{"code": "proof.sizes", "sentence": "No proof.", "clause": "", "instead": ""}]}'
    harbour.page.route("**/log/checkpoint", lambda route: route.fulfill(body=older))
    harbour.page.route("**/log/consistency?*", lambda route: route.fulfill(status=422, body=forked))
    harbour.opens()
    alarm = harbour.page.locator("#outbox-line [data-is=alarm]")
    expect(alarm).to_be_visible()
    expect(alarm).to_contain_text("Both checkpoints are kept.")
    harbour.page.unroute("**/log/checkpoint")
    harbour.page.unroute("**/log/consistency?*")
    alarm.get_by_role("link", name="See both").click()
    pair = harbour.page.locator("#contradictions li")
    shown = downloaded(harbour.page, lambda: pair.get_by_role("link", name="shown later").click())
    assert shown.decode() == older
    assert downloaded(harbour.page, lambda: pair.get_by_role("link", name="had verified").click()) != shown
    assert harbour.complaints("422") == []


SEEN = """() => new Promise((resolve) => {
  const opening = indexedDB.open('detente');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('seen').objectStore('seen').getAll();
    reading.onsuccess = () => { opening.result.close(); resolve(reading.result.map(({ size }) => size)); };
  };
})"""


def has_verified(person: Person, size: int) -> None:
    """Wait until this browser has verified the record at a size."""
    for _ in range(100):
        if size in person.page.evaluate(SEEN):
            return
        person.page.wait_for_timeout(100)
    raise AssertionError(f"the record of {size} acts was not verified")


FORGET = """(store) => new Promise((resolve) => {
  const opening = indexedDB.open('detente');
  opening.onsuccess = () => {
    const changing = opening.result.transaction(store, 'readwrite');
    changing.objectStore(store).clear();
    changing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


# --- convening


def test_a_convening_without_its_receipt_is_sent_when_the_page_is_opened_again(talks: Talks) -> None:
    convenor = Person(talks.browser, "M")
    page = convenor.page
    page.goto(f"{talks.server.address}/convene")
    page.get_by_label("Title").fill("Bridge talks")
    page.get_by_label("Side A").fill("Bridge")
    page.get_by_label("Side B").fill("River")
    page.route("**/acts", takes_and_says_nothing)
    page.get_by_role("button", name="Convene").click()
    expect(page.locator("#state")).to_contain_text("The host cannot be reached")
    page.unroute("**/acts")
    page.goto(f"{talks.server.address}/convene")
    page.wait_for_url("**/room")
    expect(page.locator(".process-title")).to_contain_text("Bridge talks")
    expect(page.locator(".top .size")).to_have_text("1 act")
    assert convenor.complaints("ERR_", "failed: ") == []
    convenor.context.close()
