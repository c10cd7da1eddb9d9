"""What the pages say of authority: principals before their fingerprint is confirmed, mandates in time, steps back."""

from __future__ import annotations

from detente.views.building import act_page, mandates_page, overview_page
from tests.views.istanbul import same_night
from tests.views.played import Play
from tests.views.reading import read_aloud


def plain(words: tuple[object, ...]) -> str:
    return "".join(run.text for run in words)  # type: ignore[attr-defined]


def talks() -> Play:
    play = Play(open_to="public")
    for side in ("A", "B"):
        for person, role in ((side, "delegate"), (f"P{side}", "principal")):
            play.must("M", "admit", person=person, role=role, side=side, hidden={"title": person})
            play.enrol(person)
    return play


def words_of(play: Play, person: str) -> set[str]:
    (row,) = (row for row in mandates_page(play.record()).rows if row.name == person)
    return {cell.word for cell in row.cells}


def test_a_principal_s_powers_wait_for_its_fingerprint() -> None:
    play = talks()
    assert words_of(play, "PA") == {"Once confirmed"}
    play.must("M", "confirm_fingerprint", key=play.key_of("PA"))
    assert words_of(play, "PA") == {"Yes"}


def test_a_mandate_limited_in_time_waits_for_a_marked_one() -> None:
    play = talks()
    play.must("M", "confirm_fingerprint", key=play.key_of("PA"))
    play.must("PA", "grant_mandate", holder="A", capacities=("assent",), terms="definitive", instruments=(),
              valid_until="2026-01-01T00:00:00Z")  # fmt: skip
    assert "Limited in time" in " ".join(words_of(play, "A"))


def test_taking_back_is_shown_under_the_powers_that_it_was_weighed_against() -> None:
    play = same_night("authentic")
    play.must("B", "take_back", instrument="understanding", hidden={"reason": "Called home."})
    index = play.state.size - 1
    page = act_page(play.record(), index)
    assert page is not None and plain(page.under).startswith("Powers given by Kabul")


def test_an_edition_that_lacks_a_language_is_missing_in_that_language() -> None:
    play = talks()
    play.must("M", "open_instrument", instrument="text", sides=("A", "B"), basis="analogy",
              languages=(("en", "authentic"), ("fr", "authentic")), hidden={"title": "A text"})  # fmt: skip
    fields = play.issue_fields("text", languages=("en",))
    play.must("M", "issue", **fields)
    page = overview_page(play.record())
    missing = [one.act for one in page.answer.missing]
    assert any("edition 2, also in French" in act for act in missing), missing
    assert "Edition 2, also in French, is to be issued." in plain(page.answer.because)
    assert "also in fr," not in read_aloud(page)
