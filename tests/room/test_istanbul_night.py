"""The night, as it would have gone: five people in five browsers, from the first edition to a binding text, and at
each step everybody else's page says what that step did, and did not do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.room.people import Person
from tests.room.talks import Talks

pytestmark = pytest.mark.browser

KEYS_KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('detente');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const kept = opening.result.transaction('keys').objectStore('keys').getAll();
    kept.onsuccess = async () => {
      const pairs = kept.result.flatMap(({ signingPair, sealingPair }) => [signingPair, sealingPair]);
      const exported = await Promise.all(pairs.map(({ privateKey }) =>
        crypto.subtle.exportKey('pkcs8', privateKey).then(() => 'exported', (error) => error.name)));
      resolve(pairs.map(({ privateKey }, i) => [privateKey.extractable, exported[i]]));
    };
  };
})"""


def test_keys_are_made_in_each_browser_and_cannot_be_read_out_of_it(talks: Talks) -> None:
    for person in talks.everybody:
        assert person.opens("room").evaluate(KEYS_KEPT) == [[False, "InvalidAccessError"]] * 2


def test_from_the_first_edition_to_a_binding_text(talks: Talks) -> None:
    mediator, harbour, town, board, council = talks.everybody
    mediator.does("Open a session")
    text = talks.text()
    assert harbour.answer(text) == "No. No side has assented."

    # A provision is contested, and closes on one side's text.
    proposed = harbour.does("Propose a text for a provision", instrument=text, provision="1(2)",
                      text="A commission meets each week.")  # fmt: skip
    assert town.answer(text) == "No. It is not adopted."
    assert "One bracket is open, in Article 1(2)" in town.reads()
    own = town.does("Propose a text for a provision", instrument=text, provision="1(2)",
                 text="A commission meets each year.")  # fmt: skip
    town.does("Support a text", instrument=text, provision="1(2)", alternative=f"#{proposed}")
    town.does("Withdraw your text", instrument=text, provision="1(2)", alternative=f"#{own}")
    harbour.answer(text)
    assert "No bracket is open. Edition 2, with the agreed text, is missing." in harbour.reads()
    mediator.does("Issue an edition", instrument=text)
    assert (
        "A commission meets each week."
        in council.opens(f"text?instrument={text}").locator("main").inner_text()
    )

    the_question(talks, text)

    # Assent by both, initials by both, signatures ad referendum, and the principals' own acts.
    assent_edition_2(harbour, text)
    assert town.answer(text) == "No. It is not adopted."
    assent_edition_2(town, text)
    assert harbour.answer(text) == "Adopted, not yet authentic."
    assert verdicts(board, text) == ["Yes", "No", "No", "No"]
    for side, other in ((harbour, town), (town, harbour)):
        side.asked(re.compile("Initial"), on=text)
        assert "does not bind your side" in side.sees_before_signing()
        side.signs()
        other.answer(text)
    assert verdicts(council, text) == ["Yes", "Yes", "No", "No"]
    for side in (harbour, town):
        side.does("Sign ad referendum", instrument=text)
    assert verdicts(mediator, text) == ["Yes", "Yes", "No", "No"]
    for principal, missing in ((board, True), (council, False)):
        principal.asked(re.compile("Confirm, or decline, the signature"), on=text)
        principal.signs()
        assert verdicts(town, text)[2] == ("No" if missing else "Yes")
    assert harbour.answer(text) == "Binding. Not yet in force."


def the_question(talks: Talks, text: str) -> None:
    """“Is it final?” is asked aloud, and a spoken yes is minuted: it takes no step, confirmed or contested."""
    mediator, harbour, town = talks.mediator, talks.harbour, talks.town
    mediator.does("Minute words", speaker="A", sense="question", instrument=text, text="Is it final?")
    yes = mediator.does("Minute words", speaker="B", sense="oral assent", instrument=text, text="Yes, it is.")
    assert harbour.answer(text) == "No. No side has assented."
    assert "unconfirmed" in harbour.reads()
    mediator.does("Ask a speaker to confirm words", minute=f"#{yes}")
    town.asked(f"Confirm, or contest, the words minuted in #{yes}")
    assert "takes no step" in town.sees_before_signing()
    town.does("Contest words minuted as yours", minute=f"#{yes}")
    again = mediator.does(
        "Minute words", speaker="B", sense="oral assent", instrument=text, text="Yes, if the council agrees."
    )
    mediator.does("Ask a speaker to confirm words", minute=f"#{again}")
    town.asked(f"Confirm, or contest, the words minuted in #{again}")
    town.signs()
    assert harbour.answer(text) == "No. No side has assented."
    assert verdicts(harbour, text) == ["No", "No", "No", "No"]


def assent_edition_2(side: Person, text: str) -> None:
    side.asked(re.compile("Assent to edition 2"), on=text)
    before = side.sees_before_signing()
    assert "edition 2" in before and "ad referendum" in before
    assert "It does not bind your side: your principal would have to confirm it." in before
    side.signs()


def verdicts(person: Person, text: str) -> list[str]:
    """The four answers of the figure, as this person sees them now."""
    page = person.opens(f"?instrument={text}")
    return [verdict.strip() for verdict in page.locator(".figure .verdict").all_inner_texts()]


def test_an_assent_is_taken_back_with_a_reason_and_nobody_is_judged(talks: Talks) -> None:
    text = talks.text()
    talks.assents(talks.harbour, text)
    talks.assents(talks.town, text)
    assert verdicts(talks.harbour, text)[0] == "Yes"
    talks.town.does("Take back a step", instrument=text, reason="The council was not asked.")
    assert "The council was not asked." in talks.town.reads()
    assert verdicts(talks.harbour, text)[0] == "No"
    talks.harbour.opens("timeline")
    said = talks.harbour.reads()
    assert "took back" in said
    assert not re.search(r"\b(failed|violated|refused to|reneged)\b", said)


def test_a_page_says_so_after_signing_and_offers_the_receipt(talks: Talks) -> None:
    text = talks.text()
    number = talks.assents(talks.harbour, text)
    said = talks.harbour.page.locator("#recorded")
    expect(said).to_contain_text("Your act is in the record")
    with talks.harbour.page.expect_download() as downloading:
        said.get_by_role("link", name="Download the receipt").click()
    assert downloading.value.path().read_text().startswith("c2sp.org/tlog-proof@v1")
    talks.town.opens(f"acts/{number}")
    expect(talks.town.page.locator("#recorded")).to_be_hidden()
