"""Forms of incidents: which reports can be named, and what a report would be empty without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from detente.codec.refusal import Refused
from tests.depositary.talks import Talks, force, open_host
from tests.web.hosting import address, as_person, front


@pytest.fixture
def talks() -> Talks:
    return Talks(open_host()).convene().seat().open_text()


@pytest.fixture
def client(talks: Talks) -> Iterator[Any]:
    with front(talks.depositary) as opened:
        yield opened


def form(talks: Talks, client: Any, kind: str) -> str:
    asked = client.get(
        address(talks, f"sign?kind={kind}"), headers={**as_person(talks, "A"), "accept": "text/html"}
    )
    assert asked.status_code == 200
    return str(asked.text)


def test_the_reports_of_the_record_can_be_chosen(talks: Talks, client: Any) -> None:
    talks.do("A", "report_incident", {"title": "Shots", "date_from": "2026-03-01"})
    number = talks.size
    talks.do("B", "report_incident", {"title": "Fire"})
    page = form(talks, client, "same_incident")
    assert page.count(f'value="#{number}"') == page.count(f'value="#{number + 1}"') == 2
    assert f'value="#{number}"' in form(talks, client, "assert_attribution")


def test_a_report_is_not_signed_without_what_when_and_of_what_kind(talks: Talks, client: Any) -> None:
    page = form(talks, client, "report_incident")
    required = [
        part.partition('name="')[2].partition('"')[0] for part in page.split("<")[1:] if " required" in part
    ]
    assert {"title", "category", "date_from"} <= set(required)
    assert "Violence against civilians" in page


def test_the_room_offers_what_can_be_done_on_a_form(talks: Talks, client: Any) -> None:
    room = client.get(address(talks, "room"), headers={**as_person(talks, "A"), "accept": "text/html"}).text
    assert "kind=report_incident&" in room or 'kind=report_incident"' in room
    assert "kind=report_incidents" not in room  # a file of incidents comes from the command line


def test_a_day_that_no_calendar_has_is_refused_and_takes_no_page_from_anybody(
    talks: Talks, client: Any
) -> None:
    """The second report stands in a record from before it was asked."""
    hidden = {"title": "Shots", "date_from": "2026-02-30"}
    with pytest.raises(Refused) as caught:
        talks.do("A", "report_incident", hidden)
    assert [r.code for r in caught.value.refusals] == ["incidents.no_such_day"]
    force(talks.depositary, talks.origin, talks.raw("A", "report_incident", hidden), "report_incident", "A")
    talks.do("B", "report_incident", {"title": "Fire", "date_from": "2026-03-01", "place": "Mill"})
    page = client.get(address(talks, "observance"), headers={**as_person(talks, "A"), "accept": "text/html"})
    assert page.status_code == 200
    assert "Mill" in page.text
