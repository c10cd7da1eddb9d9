"""Whatever changes something is refused where another site sent it, at every address and however it is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.depositary.talks import Talks, everything
from tests.web.hosting import ACT, address, as_person, codes_of, post
from tests.web.walking import ASKED

ELSEWHERE: dict[str, dict[str, str]] = {
    "cross-site": {"sec-fetch-site": "cross-site"},
    "a neighbour's": {"sec-fetch-site": "same-site"},
    "in a word not known": {"sec-fetch-site": "x"},
    "with a good origin": {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
    "an old browser's": {"origin": "https://elsewhere.example"},
    "of nobody": {"origin": "null"},
    "an empty origin": {"origin": ""},
    "another port": {"origin": "http://localhost:8080"},
    "a name that begins alike": {"origin": "http://localhost.example"},
    "no address": {"origin": "http://[localhost"},
}
HERE: dict[str, dict[str, str]] = {
    "a page of this host": {"sec-fetch-site": "same-origin"},
    "an old browser": {"origin": "http://localhost"},
    "behind a proxy that takes TLS off": {"origin": "https://localhost"},
    "its owner": {"sec-fetch-site": "none"},
    "a program": {},
}
CHANGING = [(method, path) for method, path in ASKED if method not in ("GET", "HEAD")]


def asked(path: str, talks: Talks) -> str:
    named = {"process": talks.id, "digest": "A" * 43, "tag": "ur"}
    return path.format(**named)


@pytest.mark.parametrize("site", ELSEWHERE)
def test_nothing_that_another_site_sends_reaches_a_route(talks: Talks, client: Any, site: str) -> None:
    before = everything(talks.depositary)
    for method, path in CHANGING:
        headers = {**as_person(talks, "A"), **ELSEWHERE[site]}
        answer = client.request(method, asked(path, talks), headers=headers, content=b"x")
        assert (answer.status_code, codes_of(answer)) == (403, ["http.cross_site"]), (method, path)
        assert "set-cookie" not in answer.headers
    assert everything(talks.depositary) == before
    assert len(CHANGING) >= 18


@pytest.mark.parametrize("site", HERE)
def test_what_a_page_of_this_host_or_a_program_sends_does(talks: Talks, client: Any, site: str) -> None:
    for method, path in CHANGING:
        answer = client.request(method, asked(path, talks), headers=HERE[site], content=b"x")
        assert "http.cross_site" not in answer.text, (method, path)


def test_a_good_act_that_another_site_sends_is_not_received(talks: Talks, client: Any) -> None:
    raw, size = talks.raw_statement("A"), talks.size
    assert post(client, talks, raw, sec_fetch_site="cross-site").status_code == 403 and talks.size == size
    assert client.post(address(talks, "acts"), content=raw, headers=ACT).status_code == 201


def test_a_page_may_be_looked_at_from_anywhere(talks: Talks, client: Any) -> None:
    for headers in ELSEWHERE.values():
        assert client.get(address(talks), headers=headers).status_code == 200
