"""Signing in: a token opens a session for one process; whatever is no session is the public's view."""

from __future__ import annotations

import time
from typing import Any

import pytest

from detente.signing.reader_token import make_reader_token
from detente.store.passing import MemoryPassing
from detente.web import signing_in
from detente.web.signing_in import COOKIE, LIFE, Sessions
from tests.depositary.talks import Talks, key_named
from tests.web.hosting import PAGE, address, as_person, codes_of, front, post

NOWHERE = "a" * 26
SECRET = "for side A only"


def token(talks: Talks, person: str, origin: str = "", challenge: str = "") -> str:
    return make_reader_token(talks.keys[person], origin or talks.origin, int(time.time()), nonce=challenge)


def challenge_of(client: Any, talks: Talks) -> str:
    challenge: str = client.get(address(talks, "session")).json()["challenge"]
    return challenge


def sign_in(client: Any, talks: Talks, person: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answered = token(talks, person, challenge=challenge_of(client, talks))
    return client.post(address(talks, "session"), content=answered, headers=named)


def anew(client: Any) -> None:
    client.cookies.clear()


def cookie_of(answer: Any) -> dict[str, str]:
    """The cookie that an answer sets: its attributes in small letters, and its value under `value`."""
    first, *rest = answer.headers["set-cookie"].split("; ")
    name, _, value = first.partition("=")
    assert name == COOKIE
    return {"value": value, **{k.lower(): v for k, _, v in (part.partition("=") for part in rest)}}


def sees_as(client: Any, talks: Talks) -> str:
    """As whom the room speaks to this client: an office, or "" for the public."""
    page = client.get(address(talks, "room"), headers=PAGE)
    assert page.status_code == 200
    return "A" if "as <bdi>Office of A" in page.text else ""


# --- a session


def test_a_token_of_an_enrolled_key_opens_a_session(closed: Talks, client: Any) -> None:
    assert client.get(address(closed)).status_code == 404
    answer = sign_in(client, closed, "A")
    assert answer.status_code == 201 and answer.json() == {"person": "A"}
    cookie = cookie_of(answer)
    assert "httponly" in cookie and "secure" not in cookie and "domain" not in cookie
    assert cookie["samesite"].lower() == "strict"
    assert cookie["path"] == address(closed)
    assert int(cookie["max-age"]) == LIFE == 12 * 3600
    assert len(cookie["value"]) >= 43
    for path in ("", "text", "timeline", "record", "room", "sign?kind=take_back", "status"):
        assert client.get(address(closed, path), headers=PAGE).status_code == 200, path
    assert sees_as(client, closed) == "A"


def test_over_https_the_cookie_is_secure(closed: Talks, client: Any) -> None:
    answered = token(closed, "A", challenge=challenge_of(client, closed))
    answer = client.post("https://localhost" + address(closed, "session"), content=answered)
    assert "secure" in cookie_of(answer)


def test_a_session_shows_what_its_person_may_read(talks: Talks, client: Any) -> None:
    talks.say("A", SECRET, aud=("A",))
    path = address(talks, f"acts/{talks.size}")
    assert SECRET not in client.get(path).text
    for person, sees in (("A", True), ("PA", True), ("B", False), ("M", False)):
        anew(client)
        sign_in(client, talks, person)
        assert (SECRET in client.get(path).text) is sees


def test_no_two_sessions_have_one_id(talks: Talks, client: Any) -> None:
    assert len({cookie_of(sign_in(client, talks, "A"))["value"] for _ in range(20)}) == 20


def test_a_session_opens_reading_only(closed: Talks, client: Any) -> None:
    sign_in(client, closed, "A")
    before = closed.size
    answer = post(client, closed, closed.raw_statement(key_named("stranger"), "x"))
    assert answer.status_code == 404 and closed.size == before


# --- what is no session


def assert_public(client: Any, closed: Talks) -> None:
    """A closed process is answered like one that is not there."""
    for path in ("", "room", "sign?kind=assent", "place", "status", "events", "log/checkpoint"):
        answers = [client.get(f"/processes/{process}/{path}") for process in (closed.id, NOWHERE)]
        assert [answer.status_code for answer in answers] == [404, 404], path
        there, nowhere = (answer.text.replace(closed.id, NOWHERE) for answer in answers)
        assert there == nowhere


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "../..", "a" * 5000, "%00", "ü"])
def test_a_made_up_cookie_is_the_public(closed: Talks, client: Any, value: str) -> None:
    anew(client)
    headers = {**PAGE, "cookie": f"{COOKIE}={value}".encode()}
    answer = client.get(address(closed), headers=headers)
    assert answer.status_code == 404


def test_a_cookie_of_another_process_is_the_public(talks: Talks, closed: Talks, client: Any) -> None:
    value = cookie_of(sign_in(client, talks, "A"))["value"]
    assert client.get(address(closed), headers=PAGE).status_code == 404
    anew(client)
    answer = client.get(address(closed), headers={**PAGE, "cookie": f"{COOKIE}={value}"})
    assert answer.status_code == 404


def test_a_key_revoked_since_ends_its_sessions(closed: Talks, client: Any) -> None:
    sign_in(client, closed, "A")
    closed.do("M", "revoke_key", key=closed.keys["A"].key_id)
    assert_public(client, closed)


def test_leaving_ends_ones_sessions(closed: Talks, client: Any) -> None:
    sign_in(client, closed, "B")
    closed.do("M", "leave", person="B")
    assert_public(client, closed)
    answer = sign_in(client, closed, "B")
    assert (answer.status_code, codes_of(answer)) == (403, ["participation.left"])
    assert "set-cookie" not in answer.headers


def test_whoever_left_an_open_process_sees_it_as_the_public(talks: Talks, client: Any) -> None:
    sign_in(client, talks, "A")
    assert sees_as(client, talks) == "A"
    talks.do("M", "leave", person="A")
    assert sees_as(client, talks) == ""


def test_a_session_ends_after_twelve_hours(
    closed: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the browser does with its cookie."""
    value = cookie_of(sign_in(client, closed, "A"))["value"]
    headers, now = {"cookie": f"{COOKIE}={value}"}, time.time()
    anew(client)
    for later, status in ((LIFE - 60, 200), (LIFE + 60, 404)):
        monkeypatch.setattr("detente.store.passing.time", lambda later=later: now + later)
        assert client.get(address(closed), headers=headers).status_code == status


def test_signing_out_ends_the_session_itself(closed: Talks, client: Any) -> None:
    value = cookie_of(sign_in(client, closed, "A"))["value"]
    answer = client.delete(address(closed, "session"))
    assert answer.status_code == 204
    assert int(cookie_of(answer)["max-age"]) == 0 and cookie_of(answer)["path"] == address(closed)
    anew(client)
    answer = client.get(address(closed), headers={**PAGE, "cookie": f"{COOKIE}={value}"})
    assert answer.status_code == 404


def test_signing_out_of_nothing_says_nothing(closed: Talks, client: Any) -> None:
    answers = [client.delete(f"/processes/{process}/session") for process in (closed.id, NOWHERE)]
    assert [answer.status_code for answer in answers] == [204, 204]


def test_a_restart_ends_every_session(closed: Talks, client: Any) -> None:
    value = cookie_of(sign_in(client, closed, "A"))["value"]
    headers = {**PAGE, "cookie": f"{COOKIE}={value}"}
    anew(client)
    assert client.get(address(closed), headers=headers).status_code == 200
    with front(closed.depositary) as again:
        assert again.get(address(closed), headers=headers).status_code == 404


def test_a_token_in_the_header_counts_before_a_session(closed: Talks, client: Any) -> None:
    sign_in(client, closed, "A")
    page = client.get(address(closed, "room"), headers={**PAGE, **as_person(closed, "PB")})
    assert "as <bdi>Office of PB" in page.text


# --- what is refused


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_signs_nobody_in_or_out(closed: Talks, client: Any, site: str) -> None:
    answer = sign_in(client, closed, "A", sec_fetch_site=site)
    assert (answer.status_code, codes_of(answer)) == (403, ["http.cross_site"])
    assert "set-cookie" not in answer.headers
    assert sign_in(client, closed, "A", sec_fetch_site="same-origin").status_code == 201
    answer = client.delete(address(closed, "session"), headers={"sec-fetch-site": site})
    assert (answer.status_code, codes_of(answer)) == (403, ["http.cross_site"])
    assert client.get(address(closed), headers=PAGE).status_code == 200


def test_a_token_that_does_not_hold_is_answered_alike_wherever_it_is_sent(closed: Talks, client: Any) -> None:
    good, now = token(closed, "A"), int(time.time())
    stranger = key_named("stranger")
    tokens = {
        "nothing": "", "no token": "x.y.z", "not text": b"\xff\xfe", "forged": good[:-8] + "AAAAAAAA",
        "a stranger's": make_reader_token(stranger, closed.origin, now),
        "a stranger's to nowhere": make_reader_token(stranger, f"detente/{NOWHERE}", now),
    }  # fmt: skip
    for name, sent in tokens.items():
        answers = [
            client.post(f"/processes/{process}/session", content=sent) for process in (closed.id, NOWHERE)
        ]
        assert answers[0].text == answers[1].text, name
        assert [answer.status_code for answer in answers] == [401, 401], name
        assert not any("set-cookie" in answer.headers for answer in answers)


def test_a_member_is_told_what_is_wrong_with_a_token(closed: Talks, client: Any) -> None:
    for sent, code in (
        (make_reader_token(closed.keys["A"], closed.origin, 1), "token.expired"),
        (token(closed, "A", "detente/" + NOWHERE), "token.process"),
    ):
        answer = client.post(address(closed, "session"), content=sent)
        assert (answer.status_code, codes_of(answer)) == (401, [code])


def test_a_token_that_answers_no_challenge_of_this_host_signs_nobody_in(
    closed: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = token(closed, "A", challenge=challenge_of(client, closed))
    assert client.post(address(closed, "session"), content=spent).status_code == 201
    late = token(closed, "A", challenge=challenge_of(client, closed))
    now = time.time()
    for sent, ahead in (
        (token(closed, "A"), 0),
        (token(closed, "A", challenge="made up"), 0),
        (spent, 0),
        (late, 61),
    ):
        monkeypatch.setattr("detente.store.passing.time", lambda ahead=ahead: now + ahead)
        answer = client.post(address(closed, "session"), content=sent)
        assert (answer.status_code, codes_of(answer)) == (401, ["token.challenge"])
        assert "set-cookie" not in answer.headers


def test_whoever_is_asked_is_asked_alike_and_each_time_anew(closed: Talks, client: Any) -> None:
    asked = [client.get(f"/processes/{process}/session") for process in (closed.id, closed.id, NOWHERE)]
    assert {(answer.status_code, answer.headers["cache-control"]) for answer in asked} == {
        (200, "private, no-store")
    }
    assert len({answer.json()["challenge"] for answer in asked}) == 3


def test_only_so_many_challenges_stand_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "MOST_CHALLENGES", 10)
    challenges = signing_in.Challenges(MemoryPassing())
    asked = [challenges.ask() for _ in range(25)]
    assert [challenges.answer(one) for one in asked] == [False] * 15 + [True] * 10


def test_a_body_too_large_is_not_read(closed: Talks, client: Any) -> None:
    for process in (closed.id, NOWHERE):
        answer = client.post(f"/processes/{process}/session", content=b"x" * 20_000)
        assert (answer.status_code, codes_of(answer)) == (413, ["envelope.size"])


def test_only_so_many_sessions_are_kept_and_the_oldest_end_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "MOST", 10)
    sessions = Sessions(MemoryPassing())
    names = [sessions.open("detente/x", f"P{n}", "key") for n in range(25)]
    kept = [sessions.of(name, "detente/x") for name in names]
    assert [session.person for session in kept if session] == [f"P{n}" for n in range(15, 25)]
