"""What is asked for in the address: an answer or a plain refusal, whatever is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depositary.talks import Talks, open_host
from tests.web.hosting import PAGE, PAGES, address, codes_of, front

MOMENTS = (*(path for path in PAGES if path != "acts/1"), "acts/1", "status", "acts/1/receipt")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talks]:
    talks = Talks(open_host(tmp_path_factory.mktemp("record") / "record.sqlite")).convene().seat().open_text()
    talks.issue()
    talks.issue()
    talks.do("A", "propose_alternative", {"text": "Each Side may."}, instrument="road", provision="art_1")
    yield talks
    talks.depositary.close()


@pytest.fixture(scope="module")
def asked(record: Talks) -> Iterator[Any]:
    with front(record.depositary, demonstration=True) as client:
        yield client


@pytest.mark.parametrize("path", MOMENTS)
@pytest.mark.parametrize(
    ("at", "status", "code"),
    [
        ("0", 404, "log.at"), ("beyond", 404, "log.at"), ("999999999999", 404, "log.at"), ("-1", 400, "http.parameter"),
        ("abc", 400, "http.parameter"), ("1.5", 400, "http.parameter"), ("1e3", 400, "http.parameter"),
        ("٣", 400, "http.parameter"), ("9" * 5000, 400, "http.parameter"), (" 3", 400, "http.parameter"),
        ("<b>", 400, "http.parameter"),
    ],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused_in_words(
    record: Talks, asked: Any, path: str, at: str, status: int, code: str
) -> None:
    query = f"?at={quote(str(record.size + 1) if at == 'beyond' else at)}"
    answer = asked.get(address(record, path + query))
    assert (answer.status_code, codes_of(answer)) == (status, [code])
    page = asked.get(address(record, path + query), headers=PAGE)
    assert page.status_code == status
    assert answer.json()["errors"][0]["instead"] in text_of(page)
    assert "<b>" not in page.text


def text_of(page: Any) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


@pytest.mark.parametrize("path", MOMENTS)
def test_every_moment_of_the_record_can_be_asked_for(record: Talks, asked: Any, path: str) -> None:
    for at in (1, 2, record.size - 1, record.size):
        assert asked.get(address(record, f"{path}?at={at}"), headers=PAGE).status_code == 200
    assert asked.get(address(record, f"{path}?at="), headers=PAGE).status_code == 200


def test_an_earlier_moment_shows_nothing_later(record: Talks, asked: Any) -> None:
    size = record.size
    assert asked.get(address(record, f"status?at={size - 2}")).json()["size"] == size - 2
    assert asked.get(address(record, f"acts/{size}?at={size - 1}")).status_code == 404
    assert f"As of act 3 of {size}" in text_of(asked.get(address(record, "?at=3")))


@pytest.mark.parametrize("number", ["0", "999", "-1", "abc", "1.0", "01x", "9" * 400, "%00", "1%20"])
def test_an_act_that_is_not_there_is_refused_in_words(record: Talks, asked: Any, number: str) -> None:
    for path in (f"acts/{number}", f"acts/{number}/receipt"):
        answer = asked.get(address(record, path))
        assert answer.status_code == 404
        assert codes_of(answer)[0] in ("log.at", "http.address")
    assert asked.get(address(record, f"acts/1?log={number}")).status_code == 404


@pytest.mark.parametrize("name", ["edition", "since", "before"])
@pytest.mark.parametrize("value", ["-1", "x", "1.5", "9" * 5000])
def test_a_number_that_is_none_is_refused_where_it_is_read(
    record: Talks, asked: Any, name: str, value: str
) -> None:
    page = "timeline" if name == "before" else "text"
    answer = asked.get(address(record, f"{page}?{name}={value}"))
    assert (answer.status_code, codes_of(answer)) == (400, ["http.parameter"])


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("?instrument=zz", "text.unknown"), ("text?instrument=zz", "text.unknown"), ("text?edition=99", "text.unknown"),
        ("text?edition=0", "text.unknown"), ("text?since=99", "text.unknown"), ("text?languages=xx", "text.unknown"),
        ("text?languages=en,yy", "text.unknown"), ("text?against=zz", "text.unknown"), ("text?show=zz", "text.unknown"),
        ("verifiable?instrument=zz", "text.unknown"), ("verifiable?provision=art_9", "text.unknown"),
        ("preferences?instrument=zz", "text.unknown"), ("preferences?side=Z", "http.address"),
        ("keeping?register=1", "log.at"), ("observance?commitment=1", "log.at"),
        ("observance/pairs?commitment=1", "log.at"), ("timeline?kind=zz", "http.address"),
    ],
)  # fmt: skip
def test_what_an_address_names_and_the_record_has_not_is_refused_in_words(
    record: Talks, asked: Any, where: str, code: str
) -> None:
    answer, page = asked.get(address(record, where)), asked.get(address(record, where), headers=PAGE)
    assert (answer.status_code, codes_of(answer)) == (404, [code])
    assert page.status_code == 404 and answer.json()["errors"][0]["sentence"] in text_of(page)


def test_what_is_not_there_yet_is_said_inside_the_record_where_one_steps_on(
    record: Talks, asked: Any
) -> None:
    page = asked.get(f"{address(record, 'text')}?edition=2&at={record.size - 2}", headers=PAGE)
    assert page.status_code == 404
    assert "There is no such edition in this record." in text_of(page)
    assert f"You are looking at act {record.size - 2} of {record.size}" in text_of(page)
    assert re.findall(r'aria-current="page">(.*?)</a>', page.text)[-1] == "Text"
    back = re.search(r'href="([^"]*)">Return to now', page.text)
    assert back is not None and asked.get(unescape(back[1]), headers=PAGE).status_code == 200
    outside = asked.get("/processes/nowhere/text?edition=2", headers=PAGE)
    assert outside.status_code == 404 and "Return to now" not in outside.text


def test_what_is_not_there_is_not_asked_for_again_by_itself(talks: Talks, client: Any) -> None:
    there = client.get(address(talks, "text"), headers=PAGE)
    not_there = client.get(f"{address(talks, 'text')}?edition=9", headers=PAGE)
    assert (there.status_code, not_there.status_code) == (200, 404)
    assert ("/room/live.js" in there.text, "/room/live.js" in not_there.text) == (True, False)


@pytest.mark.parametrize(
    "where",
    [
        "?instrument=road", "text?instrument=road", "text?edition=1", "text?since=1", "text?languages=en",
        "text?edition=", "text?languages=", "text?show=clean", "text?show=marked&edition=2&since=1",
        "verifiable?provision=art_1", "preferences?instrument=road&side=A", "timeline?kind=assent", "timeline?kind=",
    ],
)  # fmt: skip
def test_what_the_record_has_is_shown(record: Talks, asked: Any, where: str) -> None:
    assert asked.get(address(record, where), headers=PAGE).status_code == 200


def test_stepping_back_to_before_a_text_or_an_edition_was_there_leads_to_no_wrong_address(
    record: Talks, asked: Any
) -> None:
    """From the newest act to the first by the band's own links."""
    for page in (
        "text?instrument=road&edition=2&since=1&languages=en",
        "?instrument=road",
        "verifiable?instrument=road",
    ):
        where, steps = address(record, f"{page}{'&' if '?' in page else '?'}at={record.size - 1}"), 0
        while where:
            shown = asked.get(where, headers=PAGE)
            assert shown.status_code == 200, where
            found = re.search(r'<a href="([^"]*)" rel="prev">', shown.text)
            where, steps = unescape(found[1]) if found else "", steps + 1
        assert steps == record.size - 1


NAMES = (
    "at",
    "as",
    "edition",
    "since",
    "before",
    "by",
    "kind",
    "words",
    "log",
    "show",
    "languages",
    "instrument",
)
VALUES = st.one_of(
    st.sampled_from(
        ["A", "M", "PB", "side-A", "mediators", "road", "side", "marked", "en", "assent", "1", "3", "0"]
    ),
    st.integers(-3, 10**20).map(str),
    st.text(max_size=20),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from([*MOMENTS, "copy", "log/checkpoint", "log/tile/0/000.p/1", "../"]),
    query=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4),
)
def test_whatever_is_asked_there_is_an_answer(
    record: Talks, asked: Any, path: str, query: list[tuple[str, str]]
) -> None:
    where = "/" if path == "../" else address(record, path)
    encoded = urlencode(query, errors="replace")
    # A fault of the program is raised here, and not answered.
    answer = asked.get(f"{where}?{encoded}", headers=PAGE)
    assert answer.status_code in (200, 400, 401, 403, 404)
    assert answer.status_code == 200 or "What is possible instead" in answer.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.binary(max_size=60))
def test_a_query_of_any_bytes_is_answered(record: Talks, asked: Any, query: bytes) -> None:
    raw = quote(query, safe="&=%+;")
    assert asked.get(f"{address(record, 'timeline')}?{raw}").status_code in (200, 400, 404)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=200), st.text("AZaz09.~-_=", max_size=200).map(str.encode)))
def test_a_body_of_any_bytes_is_refused_at_the_door(record: Talks, asked: Any, body: bytes) -> None:
    size = record.size
    answer = asked.post(address(record, "acts"), content=body)
    assert answer.status_code == 400 and codes_of(answer) and record.size == size


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 2000), byte=st.integers(0, 255))
def test_an_act_with_any_byte_changed_is_refused(record: Talks, asked: Any, at: int, byte: int) -> None:
    raw = bytearray(record.raw_statement("A", "Words."))
    place = at % len(raw)
    size = record.size
    if raw[place] != byte:
        raw[place] = byte
        answer = asked.post(address(record, "acts"), content=bytes(raw))
        assert 400 <= answer.status_code < 500 and codes_of(answer)
        assert record.size == size


# --- errors, to people


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404), ("/processes/nowhere/", 404), ("/processes/nowhere/status", 404), ("acts/999", 404),
        ("log/side-A/checkpoint", 403), ("log/tile/x", 404), ("status?at=x", 400), ("acts", 405),
    ],
)  # fmt: skip
def test_a_browser_is_told_the_same_in_a_page(record: Talks, asked: Any, path: str, status: int) -> None:
    where = path if path.startswith("/") else address(record, path)
    program, browser = asked.get(where), asked.get(where, headers=PAGE)
    assert program.status_code == browser.status_code == status
    (error,) = program.json()["errors"]
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    said = text_of(browser)
    assert error["sentence"] in said and error["instead"] in said and error["code"] in said
    assert str(status) in said and "All processes" in said
