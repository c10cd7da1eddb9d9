"""A thing that is hidden and a thing that is missing are answered alike, byte for byte and step for step.

Every address of the application is asked twice by people who may not see what is there: once where it is, and once where
there is nothing. What the host does for the one and the other is counted in looks into the database, since a clock in a
test would say nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.keys.possession import prove_possession
from detente.signing.invitation import make_invitation
from detente.web.signing_in import COOKIE
from tests.depositary.talks import Talks, key_named, open_host
from tests.web.hosting import PAGE, as_person, bearer, front
from tests.web.test_openapi import a_file_of
from tests.web.walking import ASKED, Ask, Place

NOWHERE = "a" * 26
Seen = tuple[int, dict[str, str], str]


class House:
    """A host with talks that are closed to the public, talks that are open, and somebody who belongs to the latter."""

    def __init__(self, folder: Path) -> None:
        self.depositary = open_host(folder / "record.sqlite")
        self.open = Talks(self.depositary).convene().seat().open_text()
        self.closed = Talks(self.depositary, label="closed", open_to="members").convene().seat().open_text()
        for talks in (self.open, self.closed):
            talks.issue()
            talks.do("A", "note", {"text": "caucus"}, chamber="side-A")
        self.file = a_file_of(self.open, folder / "files", aud=("A",))
        self.looks = 0
        store: Any = self.depositary.store
        lend = store.lend

        @contextmanager
        def counted() -> Iterator[Any]:
            self.looks += 1
            with lend() as connection:
                yield connection

        store.lend = counted


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.depositary.close()


@pytest.fixture(scope="module")
def client(house: House) -> Iterator[Any]:
    with front(house.depositary) as client:
        yield client


def seen(answer: Any, *names: str) -> Seen:
    """An answer, with the names in the address taken out, and what is drawn anew for each."""

    def without(text: str) -> str:
        for name in names:
            text = text.replace(name, "NAME")
        # The second in which a cookie ends is that of the answer, and two answers may be given in two.
        return re.sub(r'nonce="[\w-]{22}"|"challenge":"[\w-]{22}"|expires=[^;]+;', "", text)

    headers = {k: without(v) for k, v in answer.headers.items() if k != "content-security-policy"}
    return answer.status_code, headers, without(answer.text)


def strangers(house: House, client: Any) -> dict[str, Mapping[str, str]]:
    """Those to whom the closed talks are not there."""
    key = house.open.keys["A"]
    session = client.app.state.sessions.open(house.open.origin, "A", key.key_id)
    return {
        "the public": {},
        "a stranger with a key": bearer(key_named("stranger"), house.closed.origin),
        "a member of other talks": {"cookie": f"{COOKIE}={session}"},
    }


def asks(talks: Talks) -> Iterator[tuple[str, Ask]]:
    state = talks.depositary.main(talks.origin).state()
    place = Place(state, state.size, {"side-A": 1}, {1: ("title",), 3: ("text",)}, thorough=True)
    for (method, path), made in ASKED.items():
        if "{process}" in path:
            yield from ((f"{method} {path}", ask) for ask in made(place))


def ask_at(client: Any, house: House, process: str, ask: Ask, headers: Mapping[str, str]) -> tuple[Seen, int]:
    before = house.looks
    answer = client.request(
        ask.method,
        f"/processes/{process}/{ask.path}",
        content=ask.body,
        headers={"accept-encoding": "identity", **ask.headers, **headers},
    )
    return seen(answer, process), house.looks - before


@pytest.mark.parametrize("accept", [{}, PAGE], ids=["program", "browser"])
def test_a_closed_process_and_none_are_answered_alike_at_every_address(
    house: House, client: Any, accept: dict[str, str]
) -> None:
    count = 0
    visitors = strangers(house, client)
    for who, headers in visitors.items() if not accept else [("the public", visitors["the public"])]:
        for route, ask in asks(house.closed):
            there, looks = ask_at(client, house, house.closed.id, ask, {**headers, **accept})
            nowhere, others = ask_at(client, house, NOWHERE, ask, {**headers, **accept})
            assert there == nowhere, (who, route, ask.path)
            assert looks == others, (who, route, ask.path, looks, others)
            count += 1
    assert count > 200 and house.looks > 200


def test_the_list_of_processes_is_as_long_whatever_a_token_or_a_session_names(
    house: House, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever names the id of a process would learn from a place left empty that it is there."""
    monkeypatch.setattr("detente.web.page_routes.LISTED", 1)
    stranger = key_named("stranger")
    found = []
    closed = house.closed.origin
    for origin in (closed, closed, f"detente/{NOWHERE}"):  # twice, since what is read once is kept
        before = house.looks
        headers = {**PAGE, **bearer(stranger, origin), "accept-encoding": "identity"}
        answer = client.get("/", headers=headers)
        found.append((seen(answer), house.looks - before))
    assert found[1] == found[2] and house.open.id in found[0][0][2]


CHAMBER = (
    "acts/1?log=NAME", "acts/1/prove?log=NAME", "acts/1/proof?log=NAME", "acts/1/proof?names=yes&show=text&log=NAME",
    "acts/1/proof.html?log=NAME", "acts/1/sheet.html?log=NAME", "acts/9?log=NAME", "chambers/NAME/keys",
    "place?log=NAME", "place?log=NAME&key=x", "log/NAME/checkpoint", "log/NAME/consistency?from=1&to=1",
    "log/NAME/tile/0/000.p/1", "log/NAME/tile/entries/000.p/1", "log/NAME/tile/0/000", "sign?kind=note&log=NAME",
)  # fmt: skip
OUTSIDE = {"the other side": "B", "its principal": "PB", "a mediator": "M", "the public": None}


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_chamber_that_one_does_not_belong_to_is_like_none(house: House, client: Any, who: str) -> None:
    headers = {**as_person(house.open, OUTSIDE[who]), "accept-encoding": "identity"}
    for path in CHAMBER:
        for accept in ({}, PAGE):
            found = []
            for name in ("side-A", "side-A", "side-Z"):  # twice, since what is read once is kept
                before = house.looks
                at = f"/processes/{house.open.id}/{path.replace('NAME', name)}"
                found.append(
                    (seen(client.get(at, headers={**headers, **accept}), name), house.looks - before)
                )
            assert found[1] == found[2], path


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_file_that_is_for_others_is_like_none(house: House, client: Any, who: str) -> None:
    found = [
        seen(
            client.get(
                f"/processes/{house.open.id}/files/{name}", headers=as_person(house.open, OUTSIDE[who])
            ),
            name,
        )
        for name in (house.file, "A" * 43)
    ]
    assert found[0] == found[1] and found[0][0] == 404
    own = client.get(f"/processes/{house.open.id}/files/{house.file}", headers=as_person(house.open, "A"))
    assert own.status_code == 200


def test_an_address_of_feeds_that_was_revoked_or_is_anothers_is_like_one_that_never_was(
    house: House, client: Any
) -> None:
    at, member = f"/processes/{house.open.id}/follow", as_person(house.open, "A")
    made = [re.findall(r"/feeds/([\w-]+)/acts", client.post(at, headers=member).text)[0] for _ in range(2)]
    digest = re.findall(r"follow/([0-9a-f]{64})/revoke", client.get(at, headers=member).text)[0]
    client.post(f"{at}/{digest}/revoke", headers=member)
    gone = next(
        s for s in made if client.get(at.replace("follow", f"feeds/{s}/acts.atom")).status_code == 404
    )
    standing = next(secret for secret in made if secret != gone)
    for name in ("acts.atom", "calendar.ics"):
        found = []
        for process, secret in ((house.open.id, gone), (house.closed.id, standing), (NOWHERE, standing),
                                (house.open.id, "x" * 43)):  # fmt: skip
            before = house.looks
            answer = client.get(f"/processes/{process}/feeds/{secret}/{name}")
            found.append((seen(answer, process, secret), house.looks - before))
        assert all(one == found[0] for one in found) and found[0][0][0] == 404


def test_revoking_an_address_of_somebody_elses_says_nothing_of_it(house: House, client: Any) -> None:
    at = f"/processes/{house.open.id}/follow"
    client.post(at, headers=as_person(house.open, "A"))
    page = client.get(at, headers=as_person(house.open, "A")).text
    digest = re.findall(r"follow/([0-9a-f]{64})/revoke", page)[0]
    found = [
        seen(client.post(f"{at}/{one}/revoke", headers=as_person(house.open, "B")), one)
        for one in (digest, "0" * 64)
    ]
    assert found[0] == found[1]
    assert client.get(at, headers=as_person(house.open, "A")).text.count(digest) == page.count(digest)


def test_an_invitation_is_answered_alike_whoever_and_whatever_it_names(house: House, client: Any) -> None:
    """Somebody who is not there, somebody who holds a key, and a process that is closed or not there."""
    key, now = house.open.keys["A"], int(time.time())
    stranger = key_named("stranger")
    tried = []
    for signer, origin, person in (
        (house.open.keys["M"], house.open.origin, "nobody"), (house.open.keys["M"], house.open.origin, "B"),
        (key, house.open.origin, "B"), (stranger, house.open.origin, "B"), (stranger, house.closed.origin, "B"),
        (stranger, f"detente/{NOWHERE}", "B"),
    ):  # fmt: skip
        brought = {
            "invitation": make_invitation(signer, origin, person, now), "public": encode_base64url(stranger.public),
            "possession": prove_possession(stranger, origin, person),
        }  # fmt: skip
        answer = client.post(f"/processes/{origin.partition('/')[2]}/waiting-keys", json=brought)
        tried.append(seen(answer))
    assert all(one == tried[0] for one in tried) and tried[0][0] == 403


def test_what_is_said_of_a_closed_process_and_of_none_is_true_of_both(house: House, client: Any) -> None:
    for process in (house.closed.id, NOWHERE):
        (error,) = client.get(f"/processes/{process}/acts/1").json()["errors"]
        assert error["sentence"] == f"This host has nothing at “detente/{process}” that you may see."
        assert "sign in with your key" in error["instead"]
