"""Where the night goes otherwise: a principal answers no, a step beyond the powers is not confirmed, an assent is taken
back minutes later. Each is seen by everybody, with its time and its reason, and nobody is judged."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.room.talks import Talks
from tests.room.test_istanbul_night import ACCORD, DRAFT, proposes, refused
from tests.room.test_sealing import names_a_recovery_key, on_disk, seals

pytestmark = pytest.mark.browser

INSTRUCTION = "Not to 2(1): three days is too short. Offer ten. The rest may stand."
JUDGING = re.compile(r"\b(failed|violated|refused to|reneged|betrayed)\b", re.IGNORECASE)


def test_a_principal_answers_no_before_anybody_has_said_yes(seated: Callable[..., Talks]) -> None:
    """Nobody retracts, for nobody has said yes: one provision is bracketed, the rest stays closed."""
    talks = seated()
    mediator, harbour, town, council = talks.mediator, talks.harbour, talks.town, talks.council
    talks.empower()
    names_a_recovery_key(council)
    seals(council, "side-B")
    mediator.does("Open an instrument", instrument=ACCORD, basis="contract", languages="en authentic",
                  title="Harbour accord", sides="A, B")  # fmt: skip
    mediator.does("Issue an edition", instrument=ACCORD, text=DRAFT)
    mediator.does("Open a session")
    town.does("Ask the principal", instrument=ACCORD, question="May the delegation assent to edition 1?")
    council.asked("Answer the question of your delegation")
    council.fills(text=INSTRUCTION)
    answer = council.signs()
    expect(town.opens(f"acts/{answer}?log=side-B").locator(".opened-content")).to_contain_text(INSTRUCTION)
    assert INSTRUCTION.encode() not in on_disk(talks)

    proposes(town, "2(1)", "A Side that is notified of an incident shall answer in writing within ten days.")
    for person in talks.everybody:
        assert person.verdicts(ACCORD) == ["No", "No", "No", "No"]
        assert "One bracket is open, in Article 2(1)." in person.opening()
        assert person in (town, council) or INSTRUCTION not in person.page.content()
    refused(harbour, "Assent", "A bracket is open at Article 2(1).", terms="ad referendum")
    harbour.opens("room")
    expect(harbour.page.locator("section:has(#asked)")).to_contain_text("Support one text of Article 2(1)")

    mediator.does("Close the session")
    act = mediator.does("Adjourn the talks", reason="Until both delegations have asked about Article 2(1).")
    for person in talks.everybody:
        assert person.verdicts(ACCORD) == ["No", "No", "No", "No"]
        expect(person.page.locator(".phase")).to_contain_text(f"Adjourned, #{act}")
        expect(person.page.locator("section:has(#brackets)")).to_contain_text("1 provision of 6")
    # What one side asks for, the other supports while the talks rest.
    harbour.asked("Support one text of Article 2(1), or propose another")
    harbour.signs()
    assert harbour.answer(ACCORD) == "No. No side has assented."


def test_a_step_beyond_the_powers_that_no_principal_confirms_has_no_effect(talks: Talks) -> None:
    text = talks.text()
    talks.assents(talks.harbour, text)
    talks.town.begins("Assent")
    talks.town.fills(instrument=text, terms="definitive")
    assert "without effect unless your principal confirms it" in talks.town.sees_before_signing()
    act = talks.town.signs()
    for person in talks.everybody:
        assert person.verdicts(text) == ["No", "No", "No", "No"], person.id
        assert f"confirmation of the act beyond the mandate, #{act}" in person.opening(), person.id
        standing = person.opens(f"acts/{act}").locator(".standing")
        expect(standing).to_contain_text("Unauthorised")
        expect(standing).to_contain_text("Without effect unless the principal confirms it")
    # The council is asked, and may leave it so: its silence confirms nothing.
    overview = talks.council.opens(f"?instrument={text}").locator(".turn")
    # First what is owed longest, of another text perhaps; then what else, in the same words.
    asked = rf"[Cc]onfirm, or leave without effect, the act beyond the mandate, #{act}\b"
    expect(overview).to_contain_text(re.compile(asked))
    expect(overview).to_contain_text("Without confirmation the act stays without effect.")
    talks.assents(talks.town, text)  # within the powers, it counts
    assert talks.council.verdicts(text)[0] == "Yes"


def test_an_assent_is_taken_back_minutes_later_and_nobody_is_judged(talks: Talks) -> None:
    harbour, town, text = talks.harbour, talks.town, talks.text()
    talks.assents(harbour, text)
    talks.assents(town, text)
    assert harbour.verdicts(text)[0] == "Yes"
    town.begins("Take back a step")
    town.fills(instrument=text, reason="The council was not asked.")
    before = town.sees_before_signing()
    assert "The council was not asked." in before and "The powers granted in" in before
    act = town.signs()
    for person in talks.everybody:
        assert person.verdicts(text) == ["No", "No", "No", "No"], person.id
        assert "Delegation B: assent to edition 1" in person.opening(), person.id
        figure = person.page.locator(".figure").inner_text()
        assert re.search(
            rf"Taken back, #{act}, (less than a minute|\d+ minutes?) after it assented", figure
        ), figure
        assert "Reason given: The council was not asked." in figure
        shown = person.opens(f"acts/{act}").locator("main").inner_text()
        assert "The council was not asked." in shown
        assert "Powers given by Town council" in shown
        assert not JUDGING.search(shown)
        assert not JUDGING.search(person.opens("timeline").locator("main").inner_text())
    # The other side keeps its step; one cannot take back what one has taken back; and one can assent again.
    assert "Assented" in harbour.opens(f"?instrument={text}").locator(".figure").inner_text()
    town.begins("Take back a step")
    town.fills(instrument=text)
    expect(town.page.locator("#problems")).to_contain_text("What is possible instead")
    talks.assents(town, text)
    assert harbour.verdicts(text)[0] == "Yes"
