"""A page asks the record for what it shows, however long the record is."""

from __future__ import annotations

from detente.views.building import overview_page, timeline_page
from tests.views.istanbul import same_night
from tests.views.played import Play, PlayedRecord


class Counting(PlayedRecord):
    """A record that finds acts by an index, as a store does, and counts those it hands out."""

    def find(self, limit: int, **filters: object) -> tuple:  # type: ignore[type-arg,override]
        before = self.asked
        found = super().find(limit, **filters)  # type: ignore[arg-type]
        self.asked = before + len(found)
        return found


def lengthened(by: int) -> Play:
    play = same_night("question")
    for number in range(by):
        play.must("M", "minute", speaker="M", sense="statement", said_at="2025-10-27T23:53:00Z",
                  hidden={"text": f"word {number}"})  # fmt: skip
    return play


def asked(play: Play, build: object) -> int:
    record = Counting(play, play.record("A").viewer, None)
    record.asked = 0
    build(record)  # type: ignore[operator]
    return record.asked


def test_the_overview_reads_no_more_acts_of_a_longer_record() -> None:
    assert asked(lengthened(300), overview_page) <= asked(lengthened(20), overview_page)


def test_a_page_of_the_timeline_reads_no_more_than_it_shows() -> None:
    assert asked(lengthened(300), timeline_page) <= asked(lengthened(100), timeline_page)
