"""A feed of incidents sent with a form: read line by line, kept as a batch, reported by one act."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import duckdb
import pytest
from anyio import to_thread

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.store.files import SealedFiles
from detente.web import feeding
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import PAGE, address, as_person, codes_of, front

FEED = (
    "id,date_from,lat,lon,place,kind\n"
    "k1,2026-03-02,34.5,69.2,The ford,attack\n"
    "k2,3/4/2026,34.5,69.2,The ford,clash\n"
    "k3,2026-03-05,,,Old Ford,clash\n"
)
PLACES = "id,name,country,lat,lon\np1,Ford,,34.5,69.2\np1,Old Ford,,34.5,69.2\n"


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    talks = Talks(open_host()).convene().seat().open_text()
    talks.depositary.files = SealedFiles(tmp_path)
    return talks


@pytest.fixture
def client(talks: Talks) -> Iterator[Any]:
    with front(talks.depositary) as opened:
        yield opened


def send(talks: Talks, client: Any, content: str | bytes = FEED, person: str = "A", **more: Any) -> Any:
    files = {"file": ("guard.csv", content)} | more.pop("files", {})
    headers = {**as_person(talks, person), "accept": "text/html"} | more.pop("headers", {})
    return client.post(address(talks, "observance/feed"), files=files, data=more, headers=headers)


def fields(page: str) -> dict[str, str]:
    """Of the act to which the page goes on."""
    (link,) = re.findall(r'href="([^"]*kind=report_incidents[^"]*)"', page)
    return dict(parse_qsl(urlsplit(unescape(link)).query))


def test_however_many_wait_for_each_others_feeds_other_pages_are_answered(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many threads answer here as feeds are sent."""
    reading, ends = threading.Semaphore(0), threading.Event()

    def wait(*_: object, **__: object) -> Any:
        reading.release()
        assert ends.wait(60)
        raise refuse("incidents.no_file", "It was waited for.")

    monkeypatch.setattr(feeding, "within_limits", wait)
    with client, ThreadPoolExecutor(4) as members:
        client.portal.call(lambda: setattr(to_thread.current_default_thread_limiter(), "total_tokens", 2))
        sent = [members.submit(send, talks, client) for _ in range(3)]
        try:
            assert reading.acquire(timeout=30)
            time.sleep(0.5)  # the others have come to where they wait
            page = members.submit(client.get, address(talks), headers=PAGE)
            assert page.result(10).status_code == 200
            assert not reading.acquire(timeout=0.1), "two feeds are read at a time"
        finally:
            ends.set()
        assert {one.result(30).status_code for one in sent} == {400}


def test_a_feed_is_read_kept_and_reported_by_one_act(talks: Talks, client: Any) -> None:
    answer = send(talks, client)
    assert answer.status_code == 200
    assert "3 rows were read: 2 can be reported, 1 kept out" in answer.text
    assert "Line 3" in answer.text and "incidents.date_ambiguous" in answer.text
    given = fields(answer.text)
    assert (given["rows"], given["title"]) == ("2", "guard.csv")
    form = client.get(
        address(talks, "sign"), params=given, headers={**as_person(talks, "A"), "accept": "text/html"}
    )
    assert form.status_code == 200 and given["file"] in form.text
    whole = {"file": given["file"], "size": int(given["size"]), "rows": int(given["rows"])}
    talks.do("A", "report_incidents", {"title": given["title"]}, **whole)
    assert talks.depositary.files is not None
    held = talks.depositary.files.find(talks.id, decode_base64url(given["file"]))
    assert held is not None
    assert duckdb.sql(f"SELECT id FROM read_parquet('{held.path}') ORDER BY id").fetchall() == [
        ("k1",),
        ("k3",),
    ]


def test_a_feed_that_takes_too_long_is_given_up_and_said_beside_the_form(
    talks: Talks, client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "SECONDS", 1)
    rows = "".join(f"k{n},3/4/2026,34.5,69.2,The ford of {n},attack\n" for n in range(200_000))
    answer = send(talks, client, f"id,date_from,lat,lon,place,kind\n{rows}")
    assert answer.status_code == 400 and "more than 1 seconds" in answer.text and 'id="feed"' in answer.text
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_dates_and_places_are_read_as_is_said(talks: Talks, client: Any) -> None:
    answer = send(talks, client, dates="day first", files={"places": ("places.csv", PLACES)})
    given = fields(answer.text)
    assert given["rows"] == "3" and "places.csv (SHA-256" in given["text"]
    assert "incidents.place_resolved" in answer.text and "by its other name" in answer.text


def test_a_file_that_is_no_feed_and_none_at_all_are_said_beside_the_form(
    talks: Talks, client: Any, tmp_path: Path
) -> None:
    for content, words in (
        ("a,b\n1,2\n", "No feed known here"),
        (b"PK\x03\x04x", "a spreadsheet"),
        ("", "No file"),
    ):
        answer = send(talks, client, content)
        assert answer.status_code == 400 and words in answer.text and 'id="feed"' in answer.text
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_where_no_row_can_be_reported_nothing_is_kept_or_signed(
    talks: Talks, client: Any, tmp_path: Path
) -> None:
    answer = send(talks, client, "id,date_from\nk1,later\n")
    assert answer.status_code == 200 and "kind=report_incidents" not in answer.text
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_remarks_are_as_many_as_a_person_reads_those_kept_out_first(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_REMARKS", 3)
    rows = "".join(f"k{n},2026-03-02,,\n" for n in range(9))
    answer = send(talks, client, f"id,date_from,place,kind\n{rows}k9,later,,\n")
    assert answer.text.count("<li><span") + answer.text.count('class="kept-out"') == 3
    assert answer.text.index("Line 11") < answer.text.index("Line 2<")
    assert "7 more remarks" in answer.text


def test_only_who_can_report_is_read_for_and_only_so_much(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = client.post(address(talks, "observance/feed"), files={"file": ("x.csv", FEED)})
    assert public.status_code >= 400
    across = send(talks, client, headers={"sec-fetch-site": "cross-site", "accept": "application/json"})
    assert codes_of(across) == ["http.cross_site"]
    monkeypatch.setattr(feeding, "LARGEST", 10)
    monkeypatch.setattr(feeding, "_ENVELOPE", 10)
    assert codes_of(send(talks, client, headers={"accept": "application/json"})) == ["incidents.too_large"]


def test_the_page_of_observance_leads_there_for_who_can_report(talks: Talks, client: Any) -> None:
    page = client.get(
        address(talks, "observance"), headers={**as_person(talks, "A"), "accept": "text/html"}
    ).text
    assert "observance/feed" in page
    assert (
        "observance/feed"
        not in client.get(address(talks, "observance"), headers={"accept": "text/html"}).text
    )
