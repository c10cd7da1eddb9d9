"""A browser with no line: what waits is saved as one file, delivered by somebody with a terminal and no key, and the file
that comes back is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from detente.codec.refusal import Refusal
from detente.proofs.pouch import Answer, AnsweredPouch, read_answer, read_pouch, write_answer
from tests.cli.speaking import run
from tests.room.people import Person
from tests.room.talks import OUTAGE, Talks
from tests.room.test_bad_lines import FORGET, ready_to_state, signs_offline, size

pytestmark = pytest.mark.browser


def without_a_line(person: Person, *words: str) -> Locator:
    """The outbox, open, while what was signed waits; what unfolds there."""
    person.context.route("**/acts", lambda route: route.abort("connectionreset"))
    for statement in words:
        tab = ready_to_state(person.another_tab(), statement)
        signs_offline(tab)
        tab.page.close()
    person.opens("outbox")
    expect(person.page.locator(".kept-act")).to_have_count(len(words))
    person.page.locator("#carried summary").click()
    return person.page.locator("#carried")


def saved(person: Person, carried: Locator, folder: Path) -> Path:
    with person.page.expect_download() as download:
        carried.locator("#save-pouch").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def delivered(talks: Talks, pouch: Path) -> Path:
    answer = pouch.with_name("answer")
    said = run("pouch", "deliver", pouch, talks.server.address, answer)
    assert said.code == 0, said.err
    return answer


def answered(file: Path, process: str, *answers: Answer) -> Path:
    with file.open("wb") as out:
        write_answer(out, AnsweredPouch(process, answers))
    return file


def test_what_waits_in_a_browser_leaves_as_one_file_and_comes_back(talks: Talks, tmp_path: Path) -> None:
    harbour, before = talks.harbour, size(talks.town)
    carried = without_a_line(harbour, "The harbour stays open.", "And so does the road.")
    assert f"deliver acts.pouch {talks.server.address} answer" in carried.inner_text()
    pouch = saved(harbour, carried, tmp_path)
    answer = delivered(talks, pouch)
    assert size(talks.town) == before + 2
    state = harbour.page.locator("#outbox-state")
    taken = carried.locator("#take-in")

    # Nothing that a bearer made up is taken, and nothing changes.
    with pouch.open("rb") as file, answer.open("rb") as came:
        given, true = read_pouch(file), read_answer(came)
    first, second = true.answers
    exchanged = answered(tmp_path / "exchanged", given.process, Answer(first.leaf, second.proof))
    for forged, words in (
        (pouch, "not the answer to a pouch of this process"),
        (exchanged, "receipt does not hold"),
        (
            answered(tmp_path / "stranger", given.process, Answer(bytes(32), first.proof)),
            "does not wait in this browser",
        ),
        (
            answered(tmp_path / "other", f"detente/{'a' * 26}", first),
            "not the answer to a pouch of this process",
        ),
    ):
        taken.set_input_files(forged)
        expect(state).to_contain_text(words)
        expect(harbour.page.locator(".kept-act")).to_have_count(2)
    damaged = tmp_path / "damaged"
    damaged.write_bytes(answer.read_bytes().replace(b"index ", b"index 1", 1))
    taken.set_input_files(damaged)
    expect(state).to_contain_text("not as it was made")

    # A refusal cannot be told from a made up one: it says so, and gives way to the receipt.
    said = Answer(first.leaf, refusals=(Refusal("act.audience", "It came too late."),))
    taken.set_input_files(answered(tmp_path / "refused", given.process, said))
    act = harbour.page.locator(".kept-act").first
    expect(act).to_contain_text("It came too late.")
    expect(act).to_contain_text("Nobody signs a refusal")
    expect(carried.locator("#save-pouch")).to_be_hidden()

    taken.set_input_files(answer)
    expect(harbour.page.locator(".kept-act")).to_have_count(0)
    expect(harbour.page.locator("#receipts li").first).to_be_visible()
    expect(harbour.page.locator("#receipts")).to_contain_text(f"Act {before + 2}")
    harbour.context.unroute_all()
    assert size(harbour) == before + 2
    harbour.page.evaluate(FORGET, "outbox")
    assert harbour.complaints(*OUTAGE) == []
