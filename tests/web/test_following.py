"""Following from elsewhere: who makes an address, what it opens, and what ends it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import icalendar
import pytest

from detente.depositary.reading import Record
from detente.interchange.atom import atom
from detente.procedure.disclosure import Viewer
from detente.views import building
from detente.views.feeds import ActsFeed, FeedEntry
from tests.depositary.talks import WITNESSES, Talks, key_named, open_host
from tests.web.hosting import PAGE, address, as_person, bearer, codes_of, errors_of, front
from tests.web.test_signing_in import NOWHERE, anew, sign_in

ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "what only A may read"


def made(client: Any, talks: Talks, person: str) -> tuple[str, str]:
    """The paths of the feed and the calendar that a person makes, as the page shows them."""
    answer = client.post(address(talks, "follow"), headers={**PAGE, **as_person(talks, person)})
    assert answer.status_code == 201
    found = re.findall(r'value="http://localhost(/[^"]+)"', answer.text)
    assert [path.rpartition("/")[2] for path in found] == ["acts.atom", "calendar.ics"]
    return found[0], found[1]


def entries(answer: Any) -> list[dict[str, str]]:
    """The entries of a feed, each its texts by name, and where it leads."""
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    return [
        {child.tag.removeprefix(ATOM): child.get("href") or "".join(child.itertext()) for child in entry}
        for entry in root.iter(f"{ATOM}entry")
    ]


def events(answer: Any) -> dict[str, icalendar.Event]:
    """The events of a calendar by what they are called."""
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert isinstance(calendar, icalendar.Calendar) and not calendar.errors
    return {str(event["summary"]): event for event in calendar.events}


def kept(client: Any, talks: Talks, person: str) -> list[str]:
    """The addresses with which the page revokes the person's own."""
    page = client.get(address(talks, "follow"), headers={**PAGE, **as_person(talks, person)})
    assert page.status_code == 200
    return [unescape(found) for found in re.findall(r'action="([^"]+/revoke)"', page.text)]


def is_unknown(answer: Any) -> bool:
    return answer.status_code == 404 and codes_of(answer) == ["feed.unknown"]


# --- what an address opens


def test_a_feed_has_every_act_as_its_owner_reads_it_newest_first(talks: Talks, client: Any) -> None:
    talks.say("A", SECRET, aud=("A",))
    for person, sees in (("A", True), ("PA", True), ("B", False), ("M", False)):
        answer = client.get(made(client, talks, person)[0])
        found = entries(answer)
        assert len(found) == talks.size
        assert found[0]["link"] == f"http://localhost{address(talks, f'acts/{talks.size}')}"
        assert found[-1]["link"].endswith("/acts/1") and "Office of A" in {one["author"] for one in found}
        assert (SECRET in answer.text) is sees
        assert answer.headers["cache-control"] == "private, no-store"


def test_an_entry_keeps_its_id_and_says_what_the_act_changed(talks: Talks, client: Any) -> None:
    talks.enrol("PA", key_named("another of PA"))
    feed = made(client, talks, "B")[0]
    before = entries(client.get(feed))
    talks.say("A", "Said later.")
    after = entries(client.get(feed))
    assert [one["id"] for one in after[1:]] == [one["id"] for one in before]
    assert len({one["id"] for one in after}) == len(after) == talks.size
    assert "Said later." in after[0]["title"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one["updated"]) for one in after)


def test_a_feed_holds_the_newest_fifty(talks: Talks, client: Any) -> None:
    for number in range(60):
        talks.say("A", f"Number {number}.")
    found = entries(client.get(made(client, talks, "B")[0]))
    assert len(found) == 50 and "Number 59." in found[0]["title"] and "Number 10." in found[-1]["title"]


def test_chamber_acts_are_in_no_feed(closed: Talks, client: Any) -> None:
    closed.do("A", "refer", {"question": "May I?"}, chamber="side-A", instrument="road",
              edition=closed.state.instruments["road"].editions[-1].leaf, reply_by="2025-11-03T09:00:00Z")  # fmt: skip
    feed, calendar = made(client, closed, "A")
    text = client.get(feed).text + client.get(calendar).text
    assert "caucus" not in text and "May I?" not in text and "20251103" not in text


def test_a_feed_of_a_closed_process_needs_nothing_but_its_address(closed: Talks, client: Any) -> None:
    feed, calendar = made(client, closed, "A")
    anew(client)
    assert client.get(address(closed), headers=PAGE).status_code == 404
    assert len(entries(client.get(feed))) == closed.size
    assert events(client.get(calendar)) == {}


def test_what_xml_cannot_hold_does_not_break_a_feed() -> None:
    entry = FeedEntry("A said “\x00\x0b\ud800\ufffe]]> & <b>”", "", "/x", "leaf", "A", 0)
    root = ElementTree.fromstring(atom(ActsFeed("T\x1b", "/", 0, (entry,)), "http://localhost"))
    title = root.find(f"{ATOM}entry/{ATOM}title")
    assert title is not None and title.text == "A said “\ufffd\ufffd\ufffd\ufffd]]> & <b>”"


def test_a_calendar_has_the_session_in_the_zone_of_the_talks(talks: Talks, client: Any) -> None:
    zoned = Talks(talks.depositary, label="zoned").convene(zone="Europe/Istanbul").seat()
    zoned.do("M", "open_session", {"place": "Harbour; hall 2, upstairs"}, number=1, at="2025-10-27T07:00:00Z")
    found = events(client.get(made(client, zoned, "A")[1]))
    (title,) = found
    assert title == "Session 1 (open), Talks on a road"
    assert found[title].start == datetime(2025, 10, 27, 10, tzinfo=ZoneInfo("Europe/Istanbul"))
    assert found[title]["dtstart"].params["TZID"] == "Europe/Istanbul"
    assert found[title]["dtstart"].to_ical() == b"20251027T100000"
    assert str(found[title]["location"]) == "Harbour; hall 2, upstairs"
    zoned.do("M", "close_session", number=1, at="2025-10-28T01:00:00Z")
    closed = events(client.get(made(client, zoned, "A")[1]))["Session 1, Talks on a road"]
    assert closed["uid"] == found[title]["uid"]
    assert closed.end == datetime(2025, 10, 28, 4, tzinfo=ZoneInfo("Europe/Istanbul"))


def test_a_calendar_has_what_is_due_and_what_ends(talks: Talks, client: Any) -> None:
    edition = talks.state.instruments["road"].editions[-1].leaf
    talks.do("A", "announce_referral", instrument="road", edition=edition, reply_by="2025-11-03T09:00:00Z")
    talks.do("M", "confirm_fingerprint", key=talks.keys["PA"].key_id)
    talks.do(
        "PA",
        "grant_mandate",
        holder="A",
        capacities=("assent",),
        terms="ad_referendum",
        valid_until="2025-12-31T23:00:00Z",
    )
    talks.do("A", "propose_alternative", {"text": "Other words."}, instrument="road", provision="art_1")
    talks.do("M", "propose_bridge", {"text": "Between."}, instrument="road", provision="art_1",
             expires="2025-11-05T12:00:00Z")  # fmt: skip
    talks.do("M", "open_instrument", {"title": "Annex"}, instrument="annex", sides=("A", "B"), basis="analogy",
             languages=(("en", "authentic"),), entry="date", entry_date="2026-01-01T00:00:00Z")  # fmt: skip
    found = {title: event.start for title, event in events(client.get(made(client, talks, "B")[1])).items()}
    due = {title: at for title, at in found.items() if title.startswith("Due: ")}
    assert len(due) == 2 and set(due.values()) == {datetime(2025, 11, 5, 12, tzinfo=UTC)}
    assert sum(title.startswith("Due: You, ") for title in due) == 1
    assert found["Reply due: the principal of Delegation A"] == datetime(2025, 11, 3, 9, tzinfo=UTC)
    assert found["Powers end: Office of A"] == datetime(2025, 12, 31, 23, tzinfo=UTC)
    date = "Date set for entry into force, if every consent is there: Annex"
    assert found[date] == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_silence_is_in_the_calendar_for_each_side_at_its_own_instant(talks: Talks, client: Any) -> None:
    timed = Talks(talks.depositary, label="timed", cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    timed.issue()
    until = (("A", "2025-12-01T09:00:00Z"), ("B", "2025-12-02T10:00:00Z"))
    timed.do("M", "place_silence", instrument="road", until=until)
    found = events(client.get(made(client, timed, "A")[1]))
    due = {event.start: title for title, event in found.items()}
    assert set(due) == {datetime(2025, 12, 1, 9, tzinfo=UTC), datetime(2025, 12, 2, 10, tzinfo=UTC)}
    assert due[datetime(2025, 12, 1, 9, tzinfo=UTC)].startswith("Due: You, Delegation A: ")


def test_a_period_that_never_ends_is_in_no_calendar(talks: Talks, client: Any) -> None:
    talks.do("M", "confirm_fingerprint", key=talks.keys["PA"].key_id)
    talks.do(
        "PA",
        "grant_mandate",
        holder="A",
        capacities=("assent",),
        terms="ad_referendum",
        valid_until="9999-12-31T23:59:59Z",
    )
    assert events(client.get(made(client, talks, "A")[1])) == {}


# --- what ends it


def test_revoking_ones_own_leaves_everybody_elses(talks: Talks, client: Any) -> None:
    feeds = {person: made(client, talks, person) for person in ("A", "B")}
    second = made(client, talks, "A")
    first, _second = kept(client, talks, "A")
    answer = client.post(first, headers=as_person(talks, "A"))
    assert (answer.status_code, answer.headers["location"]) == (303, address(talks, "follow"))
    assert all(is_unknown(client.get(path)) for path in feeds["A"])
    assert all(client.get(path).status_code == 200 for path in (*feeds["B"], *second))
    assert len(kept(client, talks, "A")) == 1 and len(kept(client, talks, "B")) == 1


def test_nobody_revokes_what_belongs_to_another(talks: Talks, closed: Talks, client: Any) -> None:
    feed = made(client, talks, "A")[0]
    (revoking,) = kept(client, talks, "A")
    there = revoking.replace(talks.id, closed.id)
    for path, who in ((revoking, ("B", "PA", "M", None)), (there, ("A", "M"))):
        of = talks if path == revoking else closed
        for person in who:
            assert client.post(path, headers=as_person(of, person)).status_code == 303
            assert client.get(feed).status_code == 200


def test_an_address_ends_with_the_key_that_made_it(talks: Talks, client: Any) -> None:
    other = key_named("another of A")
    talks.enrol("A", other)
    ends = made(client, talks, "A")
    answer = client.post(address(talks, "follow"), headers={**PAGE, **bearer(other, talks.origin)})
    stays = re.findall(r'value="http://localhost(/[^"]+)"', answer.text)
    talks.do("A", "revoke_key", key=talks.keys["A"].key_id)
    assert [is_unknown(client.get(path)) for path in ends] == [True, True]
    assert [client.get(path).status_code for path in stays] == [200, 200]


@pytest.mark.parametrize("open_to", ["public", "members"])
def test_an_address_ends_when_its_owner_leaves(talks: Talks, client: Any, open_to: str) -> None:
    left = Talks(talks.depositary, label=f"left-{open_to}", open_to=open_to).convene().seat()
    paths = made(client, left, "B")
    left.do("M", "leave", person="B")
    assert [is_unknown(client.get(path)) for path in paths] == [True, True]


def test_an_address_outlives_the_server_and_so_does_its_revocation(talks: Talks, client: Any) -> None:
    stays, ends = made(client, talks, "A")[0], made(client, talks, "B")[0]
    client.post(kept(client, talks, "B")[0], headers=as_person(talks, "B"))
    with front(open_host(talks.depositary.store.path)) as again:  # type: ignore[attr-defined]
        assert len(entries(again.get(stays))) == talks.size
        assert is_unknown(again.get(ends))


def test_what_does_not_open_is_answered_alike(talks: Talks, closed: Talks, client: Any) -> None:
    feed = made(client, talks, "A")[0]
    client.post(kept(client, talks, "A")[0], headers=as_person(talks, "A"))
    others = made(client, talks, "B")[0]
    tried = (
        feed, feed[:-12] + "x/acts.atom", others.replace(talks.id, closed.id), others.replace(talks.id, NOWHERE),
        address(closed, "feeds/x/acts.atom"), f"/processes/{NOWHERE}/feeds/x/calendar.ics",
    )  # fmt: skip
    answers = [client.get(path) for path in tried]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(errors_of(answer)) for answer in answers}) == 1


def test_the_secret_itself_is_nowhere_in_the_database(talks: Talks, client: Any) -> None:
    secret = made(client, talks, "A")[0].split("/")[-2]
    client.get(address(talks, "follow"))
    held = talks.depositary.store.path.parent.glob("record.sqlite*")  # type: ignore[attr-defined]
    kept_bytes = b"".join(file.read_bytes() for file in held)
    assert secret.encode() not in kept_bytes and secret[-4:].encode() in kept_bytes


# --- who makes one


def test_a_session_makes_an_address_too(closed: Talks, client: Any) -> None:
    sign_in(client, closed, "A")
    answer = client.post(address(closed, "follow"), headers=PAGE)
    assert answer.status_code == 201 and "whoever has the address reads what you read" in answer.text
    assert "shown this once" in answer.text
    assert "shown this once" not in client.get(address(closed, "follow"), headers=PAGE).text


def test_the_public_makes_none(talks: Talks, closed: Talks, client: Any) -> None:
    anew(client)
    answer = client.post(address(talks, "follow"))
    assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])
    page = client.get(address(talks, "follow"), headers=PAGE)
    assert page.status_code == 200 and "Make an address" not in page.text
    for method in (client.get, client.post):
        assert codes_of(method(address(closed, "follow"))) == ["log.unknown"]


def test_nobody_makes_one_for_whom_they_look_as(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        sign_in(client, talks, "M")
        answer = client.post(address(talks, "follow?as=A"))
        assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])
        assert "Make an address" not in client.get(address(talks, "follow?as=A"), headers=PAGE).text
    assert talks.depositary.store.feeds(talks.origin, "A") == ()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_neither_makes_nor_revokes(talks: Talks, client: Any, site: str) -> None:
    feed = made(client, talks, "A")[0]
    for path in (address(talks, "follow"), kept(client, talks, "A")[0]):
        answer = client.post(path, headers={**as_person(talks, "A"), "sec-fetch-site": site})
        assert (answer.status_code, codes_of(answer)) == (403, ["http.cross_site"])
    assert client.get(feed).status_code == 200 and len(kept(client, talks, "A")) == 1


def test_only_so_many_are_kept_of_one_person(talks: Talks, client: Any) -> None:
    for _number in range(8):
        made(client, talks, "A")
    answer = client.post(address(talks, "follow"), headers=as_person(talks, "A"))
    assert (answer.status_code, codes_of(answer)) == (422, ["feed.too_many"])
    page = client.get(address(talks, "follow"), headers={**PAGE, **as_person(talks, "A")})
    assert "You have 8 addresses; revoke one to make another." in page.text
    made(client, talks, "B")


def test_the_room_leads_to_ones_feeds(closed: Talks, client: Any) -> None:
    room = client.get(address(closed, "room"), headers={**PAGE, **as_person(closed, "A")})
    assert f'href="{address(closed, "follow")}"' in room.text


# --- what a browser reckons from, and the list that it makes


def record_of(talks: Talks, person: str, at: int | None = None) -> Record:
    return Record(talks.depositary, talks.origin, Viewer(person), at)


def entry_of(client: Any, talks: Talks, person: str | None) -> Any:
    answer = client.get(address(talks, "entry"), headers=as_person(talks, person))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "private, no-store"
    return answer.json()


def test_the_entry_says_whose_turn_it_is_to_each_as_theirs(talks: Talks, client: Any) -> None:
    found = {person: entry_of(client, talks, person) for person in ("A", "B", "PA", None)}
    assert all(
        found[person]["yours"] == ["assent to edition 1, or propose an alternative"] for person in ("A", "B")
    )
    assert found["PA"]["yours"] == found[None]["yours"] == []
    assert [one.partition(":")[0] for one in found["A"]["others"]] == ["Delegation B"]
    assert [one.partition(":")[0] for one in found[None]["others"]] == ["Delegation A", "Delegation B"]
    assert (found["A"]["reader"], found["A"]["as_whom"], found[None]["reader"]) == ("A", "Office of A", "")
    assert found["A"]["title"] == "Talks on a road" and found["A"]["acts"] == f"{talks.size} acts"


def test_the_entry_of_a_closed_process_is_for_its_people(closed: Talks, client: Any) -> None:
    assert entry_of(client, closed, "A")["reader"] == "A"
    answers = [client.get(f"/processes/{process}/entry") for process in (closed.id, NOWHERE)]
    assert [codes_of(answer) for answer in answers] == [["log.unknown"], ["log.unknown"]]


def test_only_the_newest_page_of_the_timeline_counts_as_looked_at(talks: Talks) -> None:
    record = record_of(talks, "A")
    pages = {
        "timeline": building.timeline_page(record), "overview": building.overview_page(record),
        "text": building.text_page(record),
    }  # fmt: skip
    assert {name: page.looked.page for name, page in pages.items() if page.looked} == {n: n for n in pages}
    for selected in ({"by": "A"}, {"words": "road"}, {"before": 3}):
        looked = building.timeline_page(record, **selected).looked  # type: ignore[arg-type]
        assert looked is not None and looked.page == "selection"
    earlier = record_of(talks, "A", talks.size - 1)
    assert building.timeline_page(earlier).looked is None and building.overview_page(earlier).looked is None


def test_only_the_present_edition_counts_as_read(talks: Talks) -> None:
    talks.issue()
    record = record_of(talks, "B")
    for edition, read in ((0, "road"), (2, "road"), (1, "")):
        looked = building.text_page(record, edition=edition).looked
        assert looked is not None and looked.text_read == read
        (current,) = looked.editions
        assert (current.instrument, current.edition) == ("road", 2)
        assert current.redline == address(talks, "text?instrument=road&edition=2&show=marked")
