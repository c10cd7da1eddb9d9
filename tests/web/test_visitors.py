"""Who is shown what: readers by their tokens, a demonstration as anybody, and a closed process to nobody else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.web import page_routes
from tests.depositary.talks import Talks, everything, key_named, open_host
from tests.web.hosting import (
    ACT,
    PAGE,
    PAGES,
    READABLE,
    address,
    as_person,
    bearer,
    codes_of,
    front,
    post,
)

NOWHERE = "a" * 26


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


# --- a process that is closed to the public


def tokens(talks: Talks) -> dict[str, dict[str, str]]:
    """What an outsider may send along."""
    stranger, foreign = key_named("stranger"), talks.origin
    forged = as_person(talks, "A")["authorization"]
    head, _, signature = forged.rpartition(".")
    return {
        "nothing": {},
        "a stranger's token": bearer(stranger, foreign),
        "a stranger's old token": bearer(stranger, foreign, now=1),
        "no token": {"authorization": "Detente x.y.z"},
        "a token of A, forged": {"authorization": f"{head}.{signature[:-6]}AAAAAA"},
        "another scheme": {"authorization": "Bearer x"},
    }


@pytest.mark.parametrize("accept", [{}, PAGE], ids=["program", "browser"])
@pytest.mark.parametrize("query", ["", "?at=1", "?at=999", "?at=abc", "?as=A"])
def test_a_closed_process_and_one_that_is_not_there_are_answered_alike(
    closed: Talks, client: Any, query: str, accept: dict[str, str]
) -> None:
    for path in (*READABLE, "acts/999", "acts/999/receipt", "log/side-Z/checkpoint", "log/tile/nothing"):
        asked = path + (query if "?" not in path else query.replace("?", "&"))
        for name, token in tokens(closed).items():
            answers = []
            for process in (closed.id, NOWHERE):
                answer = client.get(f"/processes/{process}/{asked}", headers={**token, **accept})
                headers = {
                    k: v
                    for k, v in answer.headers.items()
                    if k not in ("content-security-policy", "content-length")
                }
                text = re.sub(r'nonce="[\w-]{22}"', "", answer.text.replace(process, "ID"))
                answers.append((answer.status_code, headers, text))
            assert answers[0] == answers[1], (asked, name)
            assert answers[0][0] in (404, 401)


def test_a_closed_process_takes_no_act_of_a_stranger_and_does_not_say_that_it_is_there(
    closed: Talks, client: Any
) -> None:
    stranger, before = key_named("stranger"), everything(closed.depositary)
    convening = {**closed.convening, "convenor_key": encode_base64url(stranger.public)}

    def sent(process: str, origin: str) -> list[tuple[int, str]]:
        raws = [
            closed.raw_statement(stranger, "x", proc=origin, seen=(0, closed.seen(0)[1])),
            closed.raw(stranger, "note", {"text": "x"}, proc=f"{origin}/side-A", seen=(0, closed.seen(0)[1])),
            closed.raw(stranger, "note", {"text": "x"}, proc=f"{origin}/side-Z", seen=(0, closed.seen(0)[1])),
            closed.raw(stranger, "convene", {"title": "x"}, **convening, proc=origin, seq=0, prev="",
                       seen=(0, closed.seen(0)[1])),
            closed.raw_statement("A", "x", proc=origin).replace(b".", b".e", 1),
            forged(closed.raw_statement("A", "x", proc=origin)),
        ]  # fmt: skip
        answers = [client.post(f"/processes/{process}/acts", content=raw, headers=ACT) for raw in raws]
        return [(a.status_code, a.text.replace(process, "ID")) for a in answers]

    there, nowhere = sent(closed.id, closed.origin), sent(NOWHERE, f"detente/{NOWHERE}")
    assert there == nowhere
    assert [status for status, _text in there[:3]] == [404, 404, 404]
    assert everything(closed.depositary) == before


def forged(raw: bytes) -> bytes:
    """With a signature that is none: the last characters of the entry are others."""
    entry, tilde, rest = raw.partition(b"~")
    return entry[:-8] + b"AAAAAAAA" + tilde + rest


def test_a_member_is_told_why_an_act_is_refused(closed: Talks, client: Any) -> None:
    answer = post(client, closed, closed.raw_statement("A", seq=9))
    assert (answer.status_code, codes_of(answer)) == (409, ["act.out_of_order"])


def test_a_closed_process_is_open_to_its_members(closed: Talks, client: Any) -> None:
    for person in ("M", "A", "PB"):
        for path in PAGES:
            answer = client.get(address(closed, path), headers={**as_person(closed, person), **PAGE})
            assert answer.status_code == 200 and "Talks on a road" in answer.text
        assert client.get(address(closed, "status"), headers=as_person(closed, person)).status_code == 200


def test_whoever_has_left_a_closed_process_is_told_so(closed: Talks, client: Any) -> None:
    closed.do("M", "leave", person="B")
    for path in ("", "status", "status?at=999", "copy", "log/checkpoint"):
        answer = client.get(address(closed, path), headers=as_person(closed, "B"))
        assert (answer.status_code, codes_of(answer)) == (403, ["log.not_yours"])


def test_the_list_holds_what_its_reader_may_see(talks: Talks, closed: Talks, client: Any) -> None:
    def listed(headers: dict[str, str]) -> set[str]:
        answer = client.get("/", headers={**headers, **PAGE})
        assert answer.status_code == 200
        return {id_ for id_ in (talks.id, closed.id) if f"/processes/{id_}/" in answer.text}

    assert listed({}) == listed(bearer(key_named("stranger"), closed.origin)) == {talks.id}
    assert listed(as_person(closed, "A")) == {talks.id, closed.id}
    assert listed(bearer(closed.keys["A"], talks.origin)) == {talks.id}


def test_a_long_list_is_shown_in_parts_of_what_is_open_and_folds_no_more(
    talks: Talks, closed: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_routes, "LISTED", 2)
    others = [Talks(talks.depositary, label=f"talks-{n}", open_to=open_to).convene().id
              for n, open_to in enumerate(("public", "members", "public", "members"))]  # fmt: skip
    folded: list[str] = []
    record = page_routes.Record
    monkeypatch.setattr(
        page_routes,
        "Record",
        lambda host, origin, viewer: folded.append(origin) or record(host, origin, viewer),
    )
    answer = client.get("/", headers=PAGE)
    links = re.findall(r"/processes/([a-z2-7]{26})/", answer.text)
    assert set(links) == {others[0], others[2]} and len(folded) == 2
    (older,) = re.findall(r'class="button" href="([^"]*)"', answer.text)
    rest = client.get(older, headers=PAGE).text
    assert set(re.findall(r"/processes/([a-z2-7]{26})/", rest)) == {talks.id}
    assert 'class="button" href="/?after' not in rest
    assert client.get("/?after=x", headers=PAGE).status_code == 400


def test_the_list_of_a_host_that_keeps_nothing_says_so(tmp_path: Path) -> None:
    with front(open_host(tmp_path / "record.sqlite")) as client:
        assert "keeps no process that you may see" in words(client.get("/"))


# --- looking as somebody


SECRET = "for side A only"


@pytest.fixture
def secretive(talks: Talks) -> Talks:
    talks.say("A", SECRET, aud=("A",))
    return talks


def test_outside_a_demonstration_nobody_looks_as_another(secretive: Talks, client: Any) -> None:
    number = secretive.size
    for path in (f"acts/{number}", "timeline", "record", ""):
        plain = client.get(address(secretive, path))
        as_a = client.get(address(secretive, f"{path}?as=A"))
        assert SECRET not in as_a.text and not re.search(r'href="[^"]*\bas=', as_a.text)
        assert words(as_a).replace("?as=A", "") == words(plain)
    assert SECRET in client.get(address(secretive, f"acts/{number}"), headers=as_person(secretive, "PA")).text


def test_in_a_demonstration_one_looks_as_anybody_in_it(secretive: Talks) -> None:
    with front(secretive.depositary, demonstration=True) as client:
        path = address(secretive, f"acts/{secretive.size}")
        assert SECRET in client.get(f"{path}?as=A").text and SECRET in client.get(f"{path}?as=PA").text
        for who in ("B", "PB", "M", "public", "nobody", "K", "", "a"):
            answer = client.get(f"{path}?as={who}")
            assert answer.status_code == 200 and SECRET not in answer.text
        assert SECRET not in client.get(path).text
        assert SECRET in client.get(path, headers=as_person(secretive, "A")).text
        assert SECRET not in client.get(f"{path}?as=public", headers=as_person(secretive, "A")).text


def test_in_a_demonstration_the_list_is_looked_at_as_somebody_too(closed: Talks) -> None:
    with front(closed.depositary, demonstration=True) as client:
        assert f"/processes/{closed.id}/" not in client.get("/").text
        page = client.get("/?as=A").text
        assert f"/processes/{closed.id}/" in page
        assert re.search(r'href="/\?as=A"[^>]*aria-current', page)


def test_every_page_links_on_as_the_one_who_looks(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        for path in PAGES:
            page = client.get(address(talks, f"{path}?as=PB"), headers=PAGE).text
            links = re.findall(rf'href="(/processes/{talks.id}/[^"]*)"', page)
            assert links and all("as=" in link for link in links)


def test_every_link_of_every_page_leads_somewhere(talks: Talks) -> None:
    talks.do("A", "note", {"text": "x"}, chamber="side-A")
    with front(talks.depositary, demonstration=True) as client:
        waiting, seen = ["/", "/?as=A"], set()
        while waiting:
            page = client.get(waiting.pop(), headers=PAGE)
            assert page.status_code == 200, str(page.url)
            if "text/html" not in page.headers["content-type"]:
                continue
            for link in re.findall(r'(?:href|method="get" action)="(/[^"#]*)"', page.text):
                link = link.replace("&amp;", "&")
                # An act of a chamber looked at as somebody else is not theirs to read.
                if link not in seen and "log=" not in link and re.search(r"as=A$|as=A&|^[^=]*$", link):
                    seen.add(link)
                    waiting.append(link)
        assert len(seen) > 100
