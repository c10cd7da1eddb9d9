"""The night as it is reported, played by five people in five browsers: three editions, each described as finalised, the
question, a spoken yes, the call home, its taking back, and the breaking off. As reported, no powers and no rules are in
the record. At every moment everybody's page says what was not done, and whose act is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_sealing import names_a_recovery_key, on_disk, seals

pytestmark = pytest.mark.browser

ACCORD = "harbour-accord"
DRAFT = """Article 1. The quay
1(1) Each Side shall prevent the use of its quay against the other Side.
1(2) Each Side shall report to the Commission within a reasonable time.
Article 2. Incidents
2(1) A Side that is notified of an incident shall answer in writing within three days.
2(2) The measures shall be observed by the Sides."""
QUESTION = "May the delegation say yes to edition 3?"
INSTRUCTION = "Not to three days in 2(1). Offer ten, and let the rest stand."

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


def test_the_night_as_reported(seated: Callable[..., Talks]) -> None:
    talks = seated()
    names_a_recovery_key(talks.council)
    seals(talks.council, "side-B")
    three_editions_in_one_night(talks)
    yes = the_question_and_a_spoken_yes(talks)
    the_call_home_is_sealed(talks)
    the_yes_is_taken_back_aloud(talks, yes)
    the_talks_are_broken_off(talks)
    the_talks_are_resumed(talks)


def everybody_reads(talks: Talks, *sentences: str) -> None:
    """Not adopted, not authentic, not binding, not in force; and these sentences beside the answer."""
    for person in talks.everybody:
        assert person.verdicts(ACCORD) == ["No", "No", "No", "No"], person.id
        opening = person.opening()
        for sentence in sentences:
            assert sentence in opening, (person.id, opening)


def three_editions_in_one_night(talks: Talks) -> None:
    mediator, harbour, town = talks.mediator, talks.harbour, talks.town
    mediator.does("Set the agenda", items="quay, incidents")
    mediator.does("Open a session", place="Customs house")
    mediator.does("Take up an item", item="quay")
    mediator.does("Open an instrument", instrument=ACCORD, basis="contract", languages="en authentic",
                  title="Harbour accord", sides="A, B")  # fmt: skip
    mediator.does("Issue an edition", instrument=ACCORD, text=DRAFT)
    described_as_finalised(talks)

    # Each side brackets 1(2); no assent is possible while the bracket is open.
    fifteen = proposes(harbour, "1(2)", "Each Side shall report to the Commission within fifteen days.")
    thirty = proposes(town, "1(2)", "Each Side shall report to the Commission within thirty days.")
    everybody_reads(talks, "One bracket is open, in Article 1(2). No side can assent before it closes.")
    refused(harbour, "Assent", "A bracket is open at Article 1(2).", terms="ad referendum")
    supports(town, "1(2)", fifteen)
    town.does("Withdraw your text", instrument=ACCORD, provision="1(2)", alternative=f"#{thirty}")
    everybody_reads(talks, "No bracket is open. Edition 2, with the agreed text, is missing.")
    mediator.does("Issue an edition", instrument=ACCORD)
    described_as_finalised(talks)

    # And 2(2), on which edition 3 carries one side's words.
    teams = proposes(harbour, "2(2)", "The measures shall be observed by joint teams of the Sides.")
    supports(town, "2(2)", teams)
    mediator.does("Issue an edition", instrument=ACCORD)
    described_as_finalised(talks)
    mediator.does("Circulate an edition", instrument=ACCORD, to="A, B")
    everybody_reads(
        talks,
        "The secretariat of the mediators issued edition 3.",
        "Delegation A: assent to edition 3",
        "Delegation B: assent to edition 3",
    )
    text = town.opens(f"text?instrument={ACCORD}").locator("main")
    expect(text).to_contain_text("within fifteen days")
    expect(text).to_contain_text("by joint teams of the Sides")


def described_as_finalised(talks: Talks) -> None:
    words = "The draft was described as finalised."
    talks.mediator.does("Minute words", speaker="M", sense="statement", instrument=ACCORD, text=words)


def proposes(person: Person, provision: str, text: str) -> int:
    return person.does("Propose a text for a provision", instrument=ACCORD, provision=provision, text=text)


def supports(person: Person, provision: str, alternative: int) -> None:
    person.does("Support a text", instrument=ACCORD, provision=provision, alternative=f"#{alternative}")


def refused(person: Person, deed: str, why: str, **fields: str) -> None:
    """What somebody tries cannot stand: the page says why, and nothing can be signed."""
    person.begins(deed)
    person.fills(instrument=ACCORD, **fields)
    problems = person.page.locator("#problems")
    expect(problems).to_contain_text(why)
    expect(problems).to_contain_text("What is possible instead:")
    expect(person.page.locator("#sign-now")).to_have_count(0)


def the_question_and_a_spoken_yes(talks: Talks) -> int:
    """Nobody on the other side has powers to say it: the page said so before the question was put."""
    mediator, town = talks.mediator, talks.town
    town.begins("Assent")
    town.fills(instrument=ACCORD, terms="ad referendum")
    assert "Beyond your mandate: no mandate is in the record." in town.sees_before_signing()
    mediator.does("Minute words", speaker="A", sense="question", instrument=ACCORD, text="Is it final?")
    yes = mediator.does("Minute words", speaker="B", sense="oral assent", instrument=ACCORD, text="Yes.")
    mediator.does("Ask a speaker to confirm words", minute=f"#{yes}")
    everybody_reads(
        talks,
        f"A spoken yes by the head of Town is minuted (#{yes}). The speaker has not confirmed the words, and a minute "
        "takes no step.",
    )
    assert "You are recorded as having said: “Yes.”" in town.opens().locator(".turn").inner_text()
    return yes


def the_call_home_is_sealed(talks: Talks) -> None:
    """The delegation asks its principal, who is told of it and answers: nobody else ever sees a word."""
    town, council, harbour, mediator = talks.town, talks.council, talks.harbour, talks.mediator
    town.begins("Ask the principal")
    town.fills(instrument=ACCORD, question=QUESTION)
    assert "Delegation B and Town council; not the host." in town.sees_before_signing()
    asked = town.signs()
    turn = council.opens().locator(".turn")
    expect(turn).to_contain_text("Your turn")
    expect(turn).to_contain_text("Answer the question of your delegation")
    expect(council.opens("timeline").locator("#subject")).to_contain_text(QUESTION)
    council.asked("Answer the question of your delegation")
    council.fills(text=INSTRUCTION)
    answered = council.signs()
    instruction = town.opens(f"acts/{answered}?log=side-B").locator(".opened-content")
    expect(instruction).to_contain_text(INSTRUCTION)
    expect(council.opens().locator(".turn")).not_to_contain_text("Your turn")
    for outsider in (harbour, mediator, talks.board):
        for page in ("", "timeline", "room", f"text?instrument={ACCORD}", f"acts/{asked}?log=side-B"):
            shown = outsider.opens(page).content()
            assert QUESTION not in shown and INSTRUCTION not in shown and "Chamber: Side B" not in shown
        assert outsider.complaints("404") == []
    kept = on_disk(talks)
    assert QUESTION.encode() not in kept and INSTRUCTION.encode() not in kept


def the_yes_is_taken_back_aloud(talks: Talks, yes: int) -> None:
    mediator, town = talks.mediator, talks.town
    town.asked(f"Confirm, or contest, the words minuted in #{yes}")
    assert "“Yes.”" in town.sees_before_signing()
    town.page.get_by_role("link", name="Contest the words instead").click()
    town.page.wait_for_url("**/sign?kind=contest_minute*")
    town.fills(text="I said that I would ask.")
    town.signs()
    back = mediator.does("Minute words", speaker="B", sense="oral withdrawal", instrument=ACCORD,
                         text="The delegation no longer says yes.")  # fmt: skip
    mediator.does("Ask a speaker to confirm words", minute=f"#{back}")
    town.asked(f"Confirm, or contest, the words minuted in #{back}")
    assert "takes no step" in town.sees_before_signing()
    town.signs()
    everybody_reads(talks, f"its taking back (#{back}) are minuted. Neither is a step.")
    for person in talks.everybody:
        cell = person.opens(f"?instrument={ACCORD}").locator(".figure .aside")
        expect(cell.first).to_contain_text("Contested by its speaker: no step")
        expect(cell.last).to_contain_text("Confirmed by its speaker: no step")


def the_talks_are_broken_off(talks: Talks) -> None:
    """By the convenor's act. Nobody is asked for a step that cannot be taken; what was closed stays closed."""
    mediator, harbour, town = talks.mediator, talks.harbour, talks.town
    mediator.does("Close the session")
    act = mediator.does("Record that the talks are broken off", reason="At the request of a delegation.")
    everybody_reads(talks, "The talks are broken off. What was closed stays closed")
    for person in talks.everybody:
        overview = person.opens(f"?instrument={ACCORD}")
        expect(overview.locator(".phase")).to_contain_text(f"Broken off, #{act}")
        assert "or propose an alternative" not in person.opening()
        expect(person.opens("room").locator("section:has(#asked)")).not_to_contain_text("Assent")
    harbour.opens(f"sign?kind=propose_alternative&instrument={ACCORD}&provision=1(1)")
    harbour.fills(text="The quay is open to both.")
    expect(harbour.page.locator("#problems")).to_contain_text("The talks are broken off")
    assert "within fifteen days" in town.opens(f"text?instrument={ACCORD}").locator("main").inner_text()


def the_talks_are_resumed(talks: Talks) -> None:
    """They go on from where they stood: edition 3, no bracket, and an assent of each side missing."""
    talks.mediator.does("Resume the talks")
    everybody_reads(talks, "The secretariat of the mediators issued edition 3.")
    assert "Edition 3" in talks.town.page.locator(".figure").inner_text()
    assert "None open" in talks.town.page.locator("section:has(#brackets)").inner_text()
    proposes(talks.town, "2(1)", "A Side that is notified of an incident shall answer within ten days.")
    everybody_reads(talks, "One bracket is open, in Article 2(1).")


def test_keys_are_made_in_each_browser_and_cannot_be_read_out_of_it(talks: Talks) -> None:
    for person in talks.everybody:
        assert person.opens("room").evaluate(KEYS_KEPT) == [[False, "InvalidAccessError"]] * 2


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
