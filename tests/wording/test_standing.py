"""The answer to “Is it final?” at every stage: never the word alone."""

from __future__ import annotations

import pytest

from detente.procedure.finality import finality
from detente.wording.moments import zone_named
from detente.wording.names import Names
from detente.wording.standing import answer_sentence, missing_words
from tests.views.istanbul import as_reported, retreat, same_night
from tests.views.played import Play

STAGES = {
    "bracket": "No. It is not adopted.",
    "edition 3": "No. No side has assented.",
    "assent B": "No. It is not adopted.",
    "adopted": "Adopted, not yet authentic.",
    "authentic": "The text is authentic. It binds nobody yet.",
    "signed": "The text is authentic. It binds nobody yet.",
    "binding": "Binding. Not yet in force.",
    "in force": "In force since 30 November 2025.",
}


def answered(play: Play, at: int | None = None, instrument: str = "understanding") -> str:
    names = Names(play.record(None, at))
    found = names.state.instruments[instrument]
    return answer_sentence(found, finality(names.state, instrument), names)


NIGHT = same_night()


@pytest.mark.parametrize("stage", STAGES)
def test_the_answer_at_each_stage(stage: str) -> None:
    assert answered(NIGHT, NIGHT.marks[stage]) == STAGES[stage]


def test_words_spoken_change_no_answer() -> None:
    play = as_reported()
    said = {answered(play, at, "draft") for at in (*play.marks.values(), None)}
    assert said == {"No. No side has assented."}


def test_an_assent_taken_back_is_said_so() -> None:
    assert answered(retreat()) == "No. No side’s assent stands."


def test_a_text_signed_by_one_is_not_said_to_bind_nobody() -> None:
    play = same_night("signed")
    play.must("PB", "confirm_signature", instrument="understanding")
    assert answered(play) == "The text is authentic. It does not bind every side yet."


def test_missing_acts_are_nouns_on_the_edition_that_they_are_about() -> None:
    names = Names(NIGHT.record(None, NIGHT.marks["bracket"]))
    instrument = names.state.instruments["understanding"]
    words = [missing_words(m, instrument, names) for m in finality(names.state, "understanding").missing]
    assert words[:4] == [
        "support for one text of Article 5(1)", "support for one text of Article 5(1)", "edition 3, without brackets",
        "assent to edition 3",
    ]  # fmt: skip


def test_a_zone_that_is_not_known_here_is_utc_and_says_so() -> None:
    assert zone_named("../../etc/passwd").city == "UTC"
    assert zone_named("Not/There").city == "UTC"
