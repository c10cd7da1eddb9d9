"""The answers over the record, derived from the last state alone, are those that each earlier state gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from detente.procedure.finality import finality
from detente.views.building.course import QUESTIONS, answers_of, course_of
from tests.views.istanbul import as_reported, retreat, same_night
from tests.views.played import Play


def reissued() -> Play:
    play = same_night("adopted")
    play.issue("understanding")
    for side in ("A", "B"):
        assert not play.step(side, "assent", "understanding", terms="ad_referendum")
    play.must("A", "take_back", instrument="understanding")
    assert not play.step("A", "assent", "understanding", terms="ad_referendum")
    return play


def redrafted() -> Play:
    """Editions in a row, on which nobody takes a step, before and after one that is adopted."""
    play = same_night("adopted")
    for _ in range(3):
        play.issue("understanding")
    for side in ("A", "B"):
        assert not play.step(side, "assent", "understanding", terms="ad_referendum")
    for _ in range(4):
        play.issue("understanding")
    return play


def contested() -> Play:
    play = same_night("binding")
    play.must("PA", "contest_representation", side="B")
    return play


def confirmed_afterwards() -> Play:
    play = same_night("authentic")
    assert not play.step("B", "sign", "understanding")
    play.must("PB", "confirm_act", original=play.last)
    assert not play.step("A", "sign_ad_referendum", "understanding")
    play.must("PA", "confirm_signature", instrument="understanding")
    return play


@pytest.mark.parametrize(
    "played", [as_reported, same_night, retreat, reissued, redrafted, confirmed_afterwards]
)
def test_each_act_answers_as_its_own_state_did(played: Callable[[], Play]) -> None:
    play = played()
    record = play.record()
    (instrument,) = record.visible.state.instruments.values()
    course = course_of(record.visible.state, instrument)
    for question, _label in QUESTIONS:
        spans = course.spans(question)
        for size in range(instrument.index + 2, record.size + 1):
            then = answers_of(finality(record.state_at(size).state, instrument.id))[question]
            assert any(start < size <= end + 1 for start, end in spans) is then, (question, size)


def test_a_contest_ends_the_answer_that_now_is_no() -> None:
    record = contested().record()
    (instrument,) = record.visible.state.instruments.values()
    now = answers_of(finality(record.visible.state, instrument.id))
    assert not now["binding"]
    assert all(
        end < record.size for _start, end in course_of(record.visible.state, instrument).spans("binding")
    )


def test_an_answer_once_lost_and_won_again_has_two_stretches() -> None:
    record = reissued().record()
    (instrument,) = record.visible.state.instruments.values()
    assert len(course_of(record.visible.state, instrument).spans("adopted")) == 3
