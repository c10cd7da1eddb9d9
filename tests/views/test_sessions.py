"""The sessions of a long record: a part at a time, and every word within reach by links alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from string import ascii_letters, digits
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.page_weights import AIM, packed
from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.views.building import sessions_page
from detente.views.marks import Link
from detente.views.sessions import Session, SessionsPage
from detente.web.rendering import render
from tests.views.istanbul import as_reported
from tests.views.played import Play, PlayedRecord
from tests.views.reading import plain
from tests.views.test_long_record import Counting

START = unix_from_instant("2025-10-27T08:00:00Z")


class Table(Play):
    """Talks that only meet and speak."""

    def __init__(self) -> None:
        super().__init__(open_to="public")
        self.must("M", "set_agenda", items=("road", "mill"), hidden={"titles": {"road": "The road"}})

    def now(self) -> str:
        return instant_from_unix(START + 60 * self.state.size)

    def speak(self, count: int, words: str = "Words.") -> None:
        for _ in range(count):
            self.must(
                "M", "minute", speaker="M", sense="statement", said_at=self.now(), hidden={"text": words}
            )

    def meet(self, count: int, words: str = "Words.") -> None:
        number = len(self.state.sessions) + 1
        self.must("M", "open_session", number=number, at=self.now())
        self.must("M", "take_up", item="road", at=self.now())
        self.speak(count, words)
        self.must("M", "close_session", number=number, at=self.now())


def asked(link: Link | None) -> dict[str, int]:
    """What a link to this page asks for."""
    assert link is not None
    parts = urlsplit(link.href)
    assert parts.path.endswith("/sessions")
    return {
        name: int(value[0]) for name, value in parse_qs(parts.query).items() if name in ("session", "before")
    }


def parts(record: PlayedRecord) -> Iterator[SessionsPage]:
    """Every page that the newest one leads back to."""
    page = sessions_page(record)
    yield page
    while page.older is not None:
        page = sessions_page(record, **asked(page.older))
        yield page


def numbers(page: SessionsPage) -> list[int]:
    return [minute.ref.number for session in page.sessions for minute in session.minutes]


def named(page: SessionsPage, title: str) -> Session:
    return next(session for session in page.sessions if session.title == title)


def uneven() -> Table:
    """Sessions of every length, some without a word, and words between them."""
    table, chance = Table(), random.Random(7)
    for _ in range(90):
        table.meet(chance.choice((0, 0, 1, 3, 20, 59, 60, 61, 130)))
        table.speak(chance.choice((0, 0, 0, 2, 70)))
    return table


def test_every_word_and_every_session_is_reached_from_the_newest_page_once() -> None:
    table = uneven()
    pages = list(parts(table.record()))
    reached = [number for page in pages for number in numbers(page)]
    assert len(reached) == len(set(reached))
    assert set(reached) == {minute.index + 1 for minute in table.state.minutes.values()}
    titles = {session.title for page in pages for session in page.sessions}
    assert titles >= {f"Session {session.number}" for session in table.state.sessions}


@pytest.mark.parametrize("longest", [3, 1_500])
def test_a_page_of_thousands_of_minutes_is_light_and_reads_no_more_than_it_shows(longest: int) -> None:
    """Short words in great number, and long ones that nothing can pack."""
    chance, table = random.Random(7), Table()
    for _ in range(2_000):
        table.speak(1, "".join(chance.choices(ascii_letters + digits, k=longest)))
    for page in parts(table.record()):
        assert packed(render(page, nonce="nonce").encode()) < AIM
    record = Counting(table, table.record().viewer, None)
    record.asked = 0
    sessions_page(record)
    assert record.asked < 80


def test_a_page_of_a_thousand_sessions_without_a_word_is_light_too() -> None:
    table = Table()
    for _ in range(1_000):
        table.meet(0)
    shown = [session.title for page in parts(table.record()) for session in page.sessions]
    assert shown == [f"Session {number}" for number in range(1_000, 0, -1)]
    for before in (0, 1_500):
        page = sessions_page(table.record(), before=before)
        assert packed(render(page, nonce="nonce").encode()) < AIM / 4


def test_a_very_long_speech_stands_whole() -> None:
    table = Table()
    table.meet(3, "x" * 60_000)
    assert [numbers(page) for page in parts(table.record())] == [[7], [6], [5]]


def test_a_short_record_stands_whole_on_one_page() -> None:
    page = sessions_page(as_reported().record())
    assert page.older is None and page.newest is None and not page.every and page.hours is None
    assert all(not s.minutes_part and s.earlier is None and s.later is None for s in page.sessions)


def test_the_newest_part_comes_first_in_the_order_of_the_session() -> None:
    table = Table()
    table.meet(100)
    page = sessions_page(table.record())
    (session,) = page.sessions
    assert [m.ref.number for m in session.minutes] == list(range(45, 105))
    assert session.minutes_part == "60 of 100 entries" and session.later is None
    assert session.earlier is not None and session.earlier.text == "40 earlier entries"
    assert page.older is not None and page.older.text == "Earlier in session 1"
    (before,) = sessions_page(table.record(), **asked(session.earlier)).sessions
    assert [m.ref.number for m in before.minutes] == list(range(5, 45))
    assert before.later is not None and before.later.text == "60 later entries"
    assert numbers(sessions_page(table.record(), **asked(before.later))) == list(range(45, 105))


def test_hours_and_agenda_are_those_of_the_whole_session_and_of_all() -> None:
    table = Table()
    table.meet(100)
    table.meet(100)
    whole = (named(sessions_page(table.record(), session=1), "Session 1"),
             named(sessions_page(table.record(), before=40), "Session 1"))  # fmt: skip
    assert {session.hours.total for session in whole} == {"1 h 42"}
    assert {plain(session.agenda[0].taken_up) for session in whole} == {"27 Oct 08:03"}
    for page in parts(table.record()):
        assert page.hours is not None and page.hours.total == "3 h 24"


def test_a_session_has_an_address_at_which_it_is_the_newest() -> None:
    record = uneven().record()
    for number in range(1, len(record.visible.state.sessions) + 1):
        page = sessions_page(record, session=number)
        newest = next(session for session in page.sessions if session.anchor != "outside")
        assert newest.anchor == f"session-{number}"
        assert asked(page.newest) == {}


def test_a_link_to_a_session_arrives_on_every_page() -> None:
    """Its id stands once: where it is shown, or in the list, which leads to it."""
    record = uneven().record()
    for page in list(parts(record))[::4]:
        html = render(page)
        near = [one.text for one in page.every]
        assert len(near) >= 51
        for number in near:
            assert html.count(f'id="session-{number}"') == 1
        elsewhere = next(one for one in page.every if one.anchor)
        there = sessions_page(record, **asked(Link(text="", href=elsewhere.href)))
        assert elsewhere.anchor in {session.anchor for session in there.sessions}
        assert elsewhere.href.endswith(f"#{elsewhere.anchor}")


def test_any_minute_is_the_last_before_the_next_act_and_carries_its_number() -> None:
    record = uneven().record()
    for minute in list(record.visible.state.minutes.values())[::297]:
        html = render(sessions_page(record, before=minute.index + 2))
        assert f'id="minute-{minute.index + 1}"' in html
        assert f'id="minute-{minute.index + 2}"' not in html


def test_every_way_keeps_the_moment_and_who_looks() -> None:
    table = Table()
    for _ in range(3):
        table.meet(70)
    page = sessions_page(table.record("M", 200), session=2, viewers=("M",))
    session = named(page, "Session 2")
    links = (page.older, page.newest, session.earlier, *page.every)
    for link in links:
        assert link is not None
        assert link.href.startswith("#") or re.search(r"at=200&as=M(#|$)", link.href), link.href
    band = page.shell.process.as_of if page.shell.process else None
    assert band is not None and "session=2" in band.previous
    assert max(number for part in parts(table.record("M", 200)) for number in numbers(part)) <= 200


def test_what_is_not_there_is_said_and_the_latest_is_shown() -> None:
    table = Table()
    table.meet(3)
    page = sessions_page(table.record(), session=9)
    assert page.empty == "No session 9 is in the record; here is the latest."
    assert numbers(page) == [5, 6, 7]
    nothing = sessions_page(table.record(), before=2)
    assert not nothing.sessions and nothing.empty.startswith("No session and no words stand before")
    assert nothing.newest is not None


def test_an_item_taken_up_again_and_again_is_counted() -> None:
    table = Table()
    table.must("M", "open_session", number=1, at=table.now())
    for _ in range(12):
        table.must("M", "take_up", item="road", at=table.now())
    (session,) = sessions_page(table.record()).sessions
    taken_up = plain(session.agenda[0].taken_up)
    assert taken_up.startswith("27 Oct 08:03, 27 Oct 08:04, ") and taken_up.endswith(" and 4 times more")
