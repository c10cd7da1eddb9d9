"""Hours of an open session: from which instant a clock goes on, and when none does."""

from __future__ import annotations

from typing import Any

from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.views.building import overview_page, sessions_page
from tests.depositary.talks import Talks, open_host


def record_of(talks: Talks, person: str, at: int | None = None) -> Record:
    return Record(talks.depositary, talks.origin, Viewer(person), at)


def in_session(**hidden: Any) -> Talks:
    talks = Talks(open_host()).convene(**hidden).seat()
    talks.do("M", "set_agenda", {"titles": {"road": "The road", "mill": "The mill"}}, items=("road", "mill"))
    talks.do("M", "open_session", number=1, at="2025-11-01T08:00:00Z")
    talks.do("M", "take_up", item="road", at="2025-11-01T08:30:00Z")
    return talks


def test_only_what_is_taken_up_runs_and_the_whole() -> None:
    talks = in_session()
    talks.do("M", "take_up", item="mill", at="2025-11-01T10:00:00Z")
    shown = overview_page(record_of(talks, "A")).hours
    assert shown.total == "2 h 00 so far" and shown.running_from == "2025-11-01T08:00:00Z"
    assert {bar.label: bar.running_from for bar in shown.bars if bar.running_from} == {
        "2 The mill": "2025-11-01T10:00:00Z"
    }
    assert shown.as_of is not None and shown.as_of.instant == "2025-11-01T10:00:00Z"


def test_a_break_runs_as_a_break() -> None:
    talks = in_session()
    talks.do("M", "take_up", item="break", at="2025-11-01T09:00:00Z")
    (session,) = sessions_page(record_of(talks, "A")).sessions
    assert [bar.label for bar in session.hours.bars if bar.running_from] == ["Breaks"]
    assert session.running_from == session.hours.running_from == "2025-11-01T08:00:00Z"


def test_earlier_sessions_are_counted_before_the_clock_goes_on() -> None:
    talks = in_session()
    talks.do("M", "close_session", number=1, at="2025-11-01T10:00:00Z")
    talks.do("M", "open_session", number=2, at="2025-11-02T08:00:00Z")
    talks.do("M", "take_up", item="road", at="2025-11-02T08:15:00Z")
    page = sessions_page(record_of(talks, "A"))
    assert page.headline == "2 h 15 in two sessions so far" and page.running_from == "2025-11-02T06:00:00Z"
    assert [s.running_from for s in page.sessions] == ["2025-11-02T08:00:00Z", ""]
    road = next(bar for bar in overview_page(record_of(talks, "A")).hours.bars if bar.label == "1 The road")
    assert (road.minutes, road.running_from) == (90, "2025-11-02T06:45:00Z")


def test_a_closed_session_an_earlier_moment_and_a_demonstration_stand_still() -> None:
    talks = in_session()
    talks.do("A", "register_statement", {"text": "x"}, claims=(("other", ""),))
    still = (
        sessions_page(record_of(talks, "A", talks.size - 1)),
        sessions_page(record_of(talks, "A"), viewers=("A", "B")),
    )
    runs = sessions_page(record_of(talks, "A"))
    talks.do("M", "close_session", number=1, at="2025-11-01T10:00:00Z")
    assert runs.running_from and not sessions_page(record_of(talks, "A")).running_from
    for page in (*still, sessions_page(record_of(talks, "A"))):
        (session,) = page.sessions
        assert not page.running_from and not session.running_from and session.hours.as_of is None
        assert not any(bar.running_from for bar in session.hours.bars)
