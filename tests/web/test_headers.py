"""The headers of every answer: pages, programs' answers, files, errors. What differs by reader is kept by nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest

from detente.web import static_files
from tests.depositary.talks import Talks
from tests.web.hosting import ACT, PAGE, PAGES, READABLE, TestClient, address, as_person, front

SAID = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}  # fmt: skip


def answers(client: Any, talks: Talks) -> dict[str, Any]:
    """One answer of every kind."""
    raw = talks.raw_statement("A")
    return {
        **{
            path: client.get(address(talks, path), headers={**as_person(talks, "A"), **PAGE})
            for path in READABLE
        },
        "processes": client.get("/", headers=PAGE),
        "openapi": client.get("/openapi.json"),
        "sheet": client.get("/static/css/paper.css"),
        "script": client.get("/static/js/as_of.js"),
        "without the slash": client.get(f"/processes/{talks.id}"),
        "head": client.head(address(talks)),
        "receipt": client.post(address(talks, "acts"), content=raw, headers=ACT),
        "keys": client.post("/processes"),
        "refused": client.post(address(talks, "acts"), content=b"x", headers=ACT),
        "refused page": client.post(address(talks, "acts"), content=b"x", headers={**ACT, **PAGE}),
        "too large": client.post(address(talks, "acts"), content=b"x" * 2_000_000, headers=ACT),
        "no address": client.get("/nowhere"),
        "no address, a page": client.get("/nowhere", headers=PAGE),
        "no sheet": client.get("/static/css/none.css"),
        "no method": client.delete("/"),
        "no process": client.get(f"/processes/{'a' * 26}/", headers=PAGE),
        "not yours": client.get(address(talks, "log/side-A/checkpoint")),
        "no token": client.get(address(talks), headers={"authorization": "Detente x"}),
    }


@pytest.fixture
def answered(talks: Talks, client: Any) -> dict[str, Any]:
    talks.do("A", "note", {"text": "x"}, chamber="side-A")
    found = answers(client, talks)
    assert {a.status_code for a in found.values()} == {200, 201, 307, 400, 401, 403, 404, 405, 413}
    return found


def test_every_answer_has_the_headers_that_keep_it_apart(answered: dict[str, Any]) -> None:
    for name, answer in answered.items():
        assert {header: answer.headers.get(header) for header in SAID} == SAID, name
        policy = answer.headers["content-security-policy"]
        for rule in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
                     "style-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'"):  # fmt: skip
            assert rule in policy, name
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def nonce_of(answer: Any) -> str:
    (nonce,) = re.findall(r"script-src 'nonce-([A-Za-z0-9_-]{20,})' 'strict-dynamic'",
                          answer.headers["content-security-policy"])  # fmt: skip
    return str(nonce)


def test_every_answer_has_a_nonce_of_its_own(answered: dict[str, Any], talks: Talks, client: Any) -> None:
    again = answers(client, talks)
    nonces = [nonce_of(answer) for answer in (*answered.values(), *again.values())]
    assert len(set(nonces)) == len(nonces) > 40


def test_the_script_of_a_page_has_the_nonce_of_its_answer(talks: Talks, client: Any) -> None:
    for path in PAGES:
        answer = client.get(address(talks, path), headers=PAGE)
        for script in re.findall(r"<script\b[^>]*>", answer.text):
            assert f'nonce="{nonce_of(answer)}"' in script
    assert "<script" in client.get(address(talks, "timeline")).text
    assert not re.search(r"\son\w+=|\sstyle=|<style", client.get(address(talks, "timeline")).text)


STRANGE: dict[str, dict[str, Any]] = {
    "a line end in the address": {"url": "/processes/%0d%0ax-forged:%201"},
    "no text in the address": {"url": "/processes/%ff%fe/"},
    "another site": {"method": "POST", "url": "/processes", "headers": {"sec-fetch-site": "cross-site"}},
    "a method nobody has": {"method": "BREW", "url": "/"},
    "a sheet outside": {"url": "/static/%2e%2e/app.py"},
    "options": {"method": "OPTIONS", "url": "/", "headers": {"origin": "https://elsewhere.example"}},
}


def test_strange_requests_are_answered_with_the_same_headers(talks: Talks, client: Any) -> None:
    for name, request in STRANGE.items():
        for accept in ({}, PAGE):
            given = {"method": "GET", **request}
            answer = client.request(**{**given, "headers": {**given.get("headers", {}), **accept}})
            assert {header: answer.headers.get(header) for header in SAID} == SAID, name
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["cache-control"] in ("private, no-store", "no-cache"), name
            assert not any(header.startswith("access-control") for header in answer.headers)
            assert "x-forged" not in answer.headers


def test_a_fault_of_the_program_is_answered_with_the_same_headers(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_request: Any) -> None:
        raise KeyError("words of A")

    with front(talks.depositary) as client:
        client.app.state.limits.wait = fails
        answer = TestClient(client.app, raise_server_exceptions=False).post("/processes")
        assert answer.status_code == 500 and "words of A" not in answer.text
        assert {header: answer.headers.get(header) for header in SAID} == SAID
        assert answer.headers["cache-control"] == "private, no-store"


def test_shared_files_are_kept_for_ever_at_the_address_of_their_content(talks: Talks, client: Any) -> None:
    answer = client.get(f"{static_files.address()}/css/paper.css")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "set-cookie" not in answer.headers


PUBLIC = ("openapi", "sheet", "script", "log/checkpoint", "log/tile/0/000.p/1")
"""The same for everybody: may be kept, to be asked for again."""


def test_what_differs_by_reader_is_kept_by_no_cache(answered: dict[str, Any]) -> None:
    kept = {name: answer.headers["cache-control"] for name, answer in answered.items()}
    assert {name for name, words in kept.items() if words != "private, no-store"} == set(PUBLIC)
    assert {kept[name] for name in PUBLIC} == {"no-cache"}


def test_what_may_be_kept_is_the_same_for_everybody(talks: Talks, client: Any) -> None:
    for path in ("log/checkpoint", "log/tile/0/000.p/1"):
        found = {
            client.get(address(talks, path), headers=as_person(talks, who)).content
            for who in (None, "A", "PB")
        }
        assert len(found) == 1


def test_large_answers_are_packed_for_those_who_can_unpack(talks: Talks, client: Any) -> None:
    packed = client.get(address(talks), headers=PAGE)
    assert packed.headers["content-encoding"] == "gzip" and "Accept-Encoding" in packed.headers["vary"]
    plain = client.get(address(talks), headers={**PAGE, "accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and len(plain.content) > 1000


def test_the_demonstration_has_the_same_headers(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        for path in PAGES:
            answer = client.get(address(talks, f"{path}?as=A"), headers=PAGE)
            assert answer.headers["cache-control"] == "private, no-store"
            assert {header: answer.headers.get(header) for header in SAID} == SAID
