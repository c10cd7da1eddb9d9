"""The other night: the principals are asked first. Rules and powers are in the record, an open bracket is bridged by
sealed answers, each yes rests on an instruction, and the text is adopted, authentic, binding and in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.room.people import Person
from tests.room.serving import Cosigner
from tests.room.talks import Talks
from tests.room.test_istanbul_night import DRAFT, proposes, refused, supports
from tests.room.test_sealing import names_a_recovery_key, on_disk, seals

pytestmark = pytest.mark.browser

ACCORD = "harbour-accord"
INSTRUCTION = "You may assent, initial and sign ad referendum."
ANSWER = "An arrangement with the Side concerned is what was missing."
EVENTUALLY = 60_000
"""Milliseconds for programs that look every few seconds."""


@pytest.fixture
def cosigners(tmp_path: Path) -> Iterator[tuple[Cosigner, ...]]:
    """One on a machine of each side."""
    found = tuple(Cosigner(tmp_path, name) for name in ("harbour.example", "town.example"))
    yield found
    for cosigner in found:
        cosigner.stop()


def test_the_principals_are_asked_first(
    seated: Callable[..., Talks], cosigners: tuple[Cosigner, ...]
) -> None:
    talks = seated(*(cosigner.key for cosigner in cosigners))
    for cosigner in cosigners:
        cosigner.start(talks.mediator.home)
    talks.empower()
    talks.adopt_rules()
    chambers_are_sealed(talks)
    a_text_with_two_brackets(talks)
    a_bridge_is_answered_in_sealed_chambers(talks)
    the_principals_answer(talks)
    the_page_is_read_aloud(talks)
    adopted_by_two_assents(talks)
    authentic_by_initials(talks)
    nothing_is_issued_over_it(talks)
    binding_once_both_principals_have_confirmed(talks)
    in_force_when_the_time_is_proved(talks)


def everybody_reads(talks: Talks, verdicts: str, *sentences: str) -> None:
    """verdicts: how many of the four answers are yes, as “Yes Yes No No”."""
    for person in talks.everybody:
        assert person.verdicts(ACCORD) == verdicts.split(), person.id
        opening = person.opening()
        for sentence in sentences:
            assert sentence in opening, (person.id, opening)


def chambers_are_sealed(talks: Talks) -> None:
    for principal, chamber in ((talks.board, "side-A"), (talks.council, "side-B")):
        names_a_recovery_key(principal)
        seals(principal, chamber)
    names_a_recovery_key(talks.mediator)
    for chamber in ("mediators-A", "mediators-B"):
        seals(talks.mediator, chamber)


def a_text_with_two_brackets(talks: Talks) -> None:
    mediator, harbour, town = talks.mediator, talks.harbour, talks.town
    mediator.does("Open an instrument", instrument=ACCORD, basis="contract", languages="en authentic",
                  title="Harbour accord", sides="A, B", authentication="initials", consent="signature")  # fmt: skip
    mediator.does("Issue an edition", instrument=ACCORD, text=DRAFT)
    mediator.does("Set the agenda", items="quay, incidents")
    mediator.does("Open a session", place="Customs house")
    mediator.does("Take up an item", item="quay")
    fifteen = proposes(harbour, "1(2)", "Each Side shall report to the Commission within fifteen days.")
    thirty = proposes(town, "1(2)", "Each Side shall report to the Commission within thirty days.")
    proposes(harbour, "2(2)", "The measures shall be observed by joint teams of the Sides.")
    proposes(town, "2(2)", "The measures shall be observed by each Side on its own quay.")
    harbour.does("Withdraw your text", instrument=ACCORD, provision="1(2)", alternative=f"#{fifteen}")
    supports(harbour, "1(2)", thirty)
    mediator.does("Issue an edition", instrument=ACCORD)
    everybody_reads(talks, "No No No No", "One bracket is open, in Article 2(2).")


def a_bridge_is_answered_in_sealed_chambers(talks: Talks) -> None:
    mediator, harbour, town = talks.mediator, talks.harbour, talks.town
    mediator.does("Propose a bridge, without prejudice", instrument=ACCORD, provision="2(2)", expires=tomorrow(),
                  text="The measures shall be observed by joint teams, as arranged with the Side concerned.")  # fmt: skip
    for side, other in ((harbour, town), (town, harbour)):
        side.asked(re.compile("Answer the mediators’ proposal"))
        own = f"{ANSWER} So says {side.id}."
        side.fills(yes="yes", reason=own)
        assert own in side.sees_before_signing()
        side.signs()
        assert own not in other.opens("timeline").content()
    assert ANSWER.encode() not in on_disk(talks)
    for chamber in ("A", "B"):
        expect(mediator.opens(f"acts/2?log=mediators-{chamber}").locator(".opened-content")).to_contain_text(
            ANSWER
        )
    mediator.asked(re.compile("Read the answers to your proposal on Article 2"))
    answers = mediator.page.locator('[aria-label="Read these first"] .opened-content')
    expect(answers).to_have_text([re.compile(f"Answer: yes.*{re.escape(ANSWER)}")] * 2)
    mediator.signs()
    mediator.does("Issue an edition", instrument=ACCORD)
    mediator.does("Circulate an edition", instrument=ACCORD, to="A, B")
    for side in (harbour, town):
        side.asked("Give a receipt for edition 3")
        side.signs()
    everybody_reads(
        talks, "No No No No", "Delegation A: assent to edition 3", "Delegation B: assent to edition 3"
    )


def tomorrow() -> str:
    """In the zone of the process, that of the browsers."""
    return f"{datetime.now(ZoneInfo('UTC')) + timedelta(days=1):%Y-%m-%d %H:%M}"


def the_principals_answer(talks: Talks) -> None:
    for side, principal, chamber in (
        (talks.harbour, talks.board, "side-A"),
        (talks.town, talks.council, "side-B"),
    ):
        side.does("Ask the principal", instrument=ACCORD, question="May the delegation assent to edition 3?")
        side.does("Announce that the principal is asked", instrument=ACCORD)
        principal.asked("Answer the question of your delegation")
        principal.fills(text=INSTRUCTION)
        act = principal.signs()
        read = side.opens(f"acts/{act}?log={chamber}").locator(".opened-content")
        expect(read).to_contain_text(INSTRUCTION)
    assert INSTRUCTION.encode() not in on_disk(talks)


def the_page_is_read_aloud(talks: Talks) -> None:
    mediator = talks.mediator
    mediator.does("Minute words", speaker="A", sense="question", instrument=ACCORD, text="Is it final?")
    everybody_reads(
        talks, "No No No No", "The assent of Delegation A and the assent of Delegation B are missing."
    )
    mediator.does("Minute words", speaker="M", sense="statement", instrument=ACCORD,
                  text="The page is read aloud: not adopted, not authentic, not binding, not in force.")  # fmt: skip


def adopted_by_two_assents(talks: Talks) -> None:
    assents_to_edition_3(talks.town)
    everybody_reads(talks, "No No No No", "The assent of Delegation A is missing.")
    assents_to_edition_3(talks.harbour)
    everybody_reads(talks, "Yes No No No", "Adopted, not yet authentic.")


def assents_to_edition_3(side: Person) -> None:
    side.asked(re.compile("Assent to edition 3"))
    before = side.sees_before_signing()
    assert "edition 3" in before and "ad referendum" in before
    assert "It does not bind your side: your principal would have to confirm it." in before
    side.signs()


def authentic_by_initials(talks: Talks) -> None:
    for side in (talks.harbour, talks.town):
        everybody_reads(talks, "Yes No No No")
        side.asked(re.compile("Initial"))
        assert "does not bind your side" in side.sees_before_signing()
        side.signs()
    everybody_reads(talks, "Yes Yes No No", "The text is authentic. It binds nobody yet.")


def nothing_is_issued_over_it(talks: Talks) -> None:
    refused(talks.mediator, "Issue an edition", "only a correction can change it", text=DRAFT)
    refused(talks.harbour, "Propose a text for a provision", "it can no longer be bracketed", provision="1(1)",
            text="The quay is open.")  # fmt: skip
    everybody_reads(talks, "Yes Yes No No")


def binding_once_both_principals_have_confirmed(talks: Talks) -> None:
    for side in (talks.harbour, talks.town):
        side.asked(re.compile("Sign edition 3 ad referendum"))
        side.fills(place="Customs house")
        side.signs()
    everybody_reads(talks, "Yes Yes No No", "confirmation of the signature")
    for principal, verdicts in ((talks.council, "Yes Yes No No"), (talks.board, "Yes Yes Yes")):
        principal.asked(re.compile("Confirm, or decline, the signature"))
        assert "It leaves nothing for you to confirm afterwards." in principal.sees_before_signing() or (
            principal is talks.council
        )
        principal.signs()
        assert talks.town.verdicts(ACCORD)[: len(verdicts.split())] == verdicts.split()


def in_force_when_the_time_is_proved(talks: Talks) -> None:
    """Two cosigners have signed a checkpoint after the last consent, and the keeper has marked the time."""
    overview = talks.council.opens(f"?instrument={ACCORD}")
    expect(overview.locator("h1 .said")).to_contain_text("In force since", timeout=EVENTUALLY)
    everybody_reads(talks, "Yes Yes Yes Yes", "In force since")
    expect(talks.harbour.opens("timeline").locator("#subject")).to_contain_text("marked the time")
