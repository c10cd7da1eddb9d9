"""What costs the host work is limited by person and by address; a delegation behind one address is not held up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from detente.store.passing import MemoryPassing
from detente.store.port import Unavailable
from detente.web import rate_limits
from detente.web.app import AGAIN, make_app
from detente.web.rate_limits import RATES, TOGETHER, kind_of
from tests.cli.speaking import say
from tests.depositary.talks import Talks
from tests.web.hosting import PAGE, TestClient, address, codes_of
from tests.web.test_signing_in import sign_in
from tests.web.walking import ASKED, P

OUTSIDE = "203.0.113.7"
ELSEWHERE = "198.51.100.9"
PROXY = "192.0.2.1"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of every host made in a test, which stands still."""
    clock, limits = Clock(), rate_limits.Limits
    monkeypatch.setattr("detente.web.app.Limits", lambda: limits(clock))
    return clock


def from_address(talks: Talks, *addresses: str, **given: Any) -> list[Any]:
    """Clients of one host, each at an address of its own."""
    app = make_app(talks.depositary, **given)
    return [TestClient(app, base_url="http://localhost", client=(at, 5000)) for at in addresses]


def statuses(client: Any, talks: Talks, times: int, path: str = "acts/1/proof", **headers: str) -> list[int]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return [client.get(address(talks, path), headers=named).status_code for _ in range(times)]


def test_whoever_asks_too_often_is_told_how_long_to_wait_and_then_answered(
    talks: Talks, clock: Clock
) -> None:
    (client,) = from_address(talks, OUTSIDE)
    most = RATES["invitation"].at_once * TOGETHER
    path = address(talks, "passkeys/x")
    assert {client.get(path).status_code for _ in range(most)} == {404}
    answer = client.get(path)
    assert (answer.status_code, codes_of(answer)) == (429, ["host.too_often"])
    assert answer.headers["retry-after"] == "1" and answer.headers["cache-control"] == "private, no-store"
    page = client.get(path, headers=PAGE)
    assert page.status_code == 429 and page.headers["retry-after"] == "1"
    assert "This was asked too often" in page.text and "nothing is lost" in page.text
    clock.now += 1
    assert client.get(path).status_code == 404


def test_ten_people_behind_one_address_each_have_what_one_person_has(talks: Talks, clock: Clock) -> None:
    (client,) = from_address(talks, OUTSIDE)
    for _ in range(TOGETHER):
        assert set(statuses(client, talks, RATES["proof"].at_once)) == {200}
    assert statuses(client, talks, 1) == [429]


def test_one_person_does_not_use_up_what_the_others_have(talks: Talks, clock: Clock) -> None:
    own, colleague = from_address(talks, OUTSIDE, OUTSIDE)
    sign_in(own, talks, "A")
    sign_in(colleague, talks, "PA")
    most = RATES["proof"].at_once
    assert statuses(own, talks, most + 2) == [200] * most + [429] * 2
    assert statuses(colleague, talks, most) == [200] * most


def test_a_key_is_limited_wherever_its_holder_is(talks: Talks, clock: Clock) -> None:
    first, second, other = from_address(talks, OUTSIDE, ELSEWHERE, ELSEWHERE)
    sign_in(first, talks, "A")
    sign_in(second, talks, "A")
    most = RATES["proof"].at_once
    assert set(statuses(first, talks, most)) == {200}
    assert statuses(second, talks, 1) == [429]
    assert statuses(other, talks, 1) == [200]


def test_a_made_up_session_takes_nothing_from_anybody_and_wins_nothing(talks: Talks, clock: Clock) -> None:
    (client,) = from_address(talks, OUTSIDE)
    most = RATES["proof"].at_once * TOGETHER
    found = [statuses(client, talks, 1, cookie=f"detente={number}")[0] for number in range(most + 1)]
    assert found == [200] * most + [429]


def test_one_customer_of_ipv6_is_one_visitor(talks: Talks, clock: Clock) -> None:
    here, there, elsewhere = from_address(talks, "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    most = RATES["proof"].at_once * TOGETHER
    assert set(statuses(here, talks, most)) == {200}
    assert statuses(there, talks, 1) == [429] and statuses(elsewhere, talks, 1) == [200]


def test_pages_are_read_as_often_as_one_likes(talks: Talks, clock: Clock) -> None:
    (client,) = from_address(talks, OUTSIDE)
    assert set(statuses(client, talks, 700, "log/checkpoint")) == {200}


def test_this_machine_is_not_counted(talks: Talks, clock: Clock) -> None:
    for at in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        (client,) = from_address(talks, at)
        assert set(statuses(client, talks, RATES["proof"].at_once * TOGETHER + 1)) == {200}, at


def test_the_address_is_read_from_a_proxy_that_was_named_and_from_nobody_else(
    talks: Talks, clock: Clock
) -> None:
    most = RATES["proof"].at_once * TOGETHER
    (behind,) = from_address(talks, PROXY, proxies=[PROXY])
    assert set(statuses(behind, talks, most, x_forwarded_for=f"{ELSEWHERE}, {OUTSIDE}")) == {200}
    # What the visitor wrote before the proxy's own word counts for nothing.
    assert statuses(behind, talks, 1, x_forwarded_for=f"127.0.0.1, {OUTSIDE}") == [429]
    assert statuses(behind, talks, 1, x_forwarded_for=ELSEWHERE) == [200]
    (direct,) = from_address(talks, OUTSIDE)
    found = [
        statuses(direct, talks, 1, x_forwarded_for=f"10.0.{n // 200}.{n % 200}")[0] for n in range(most + 1)
    ]
    assert found == [200] * most + [429]


def test_only_a_named_proxy_says_that_there_is_tls(talks: Talks, clock: Clock) -> None:
    for proxies, secure in (((PROXY,), True), ((), False)):
        (client,) = from_address(talks, PROXY, proxies=proxies)
        client.headers["x-forwarded-proto"] = "https"
        assert ("Secure" in sign_in(client, talks, "A").headers["set-cookie"]) is secure


@pytest.mark.parametrize("named", ["proxy.example", "10.0.0.0/33", "*", ""])
def test_a_proxy_is_named_in_numbers(named: str, tmp_path: Path) -> None:
    said = say("serve", "--behind-proxy", named, "--data", tmp_path / "data")
    assert said.code == 1 and "host.proxy" in said.err and not (tmp_path / "data").exists()


def test_memory_is_bounded_and_whoever_asked_last_stays(
    talks: Talks, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "MOST", 50)
    app = make_app(talks.depositary)
    busy = TestClient(app, client=(OUTSIDE, 5000))
    most = RATES["proof"].at_once * TOGETHER
    assert set(statuses(busy, talks, most)) == {200}
    for number in range(200):
        statuses(TestClient(app, client=(f"10.0.0.{number}", 5000)), talks, 1)
        if number % 20 == 0:
            assert statuses(busy, talks, 1) == [429]
    assert len(app.state.limits._left) == 50


class SharedPassing(MemoryPassing):
    """What passes, in a database that several hosts share. at_find: called before anything is found."""

    def __init__(self, at_find: Callable[[], object]) -> None:
        super().__init__()
        self._at_find = at_find

    def find(self, kind: str, name: str) -> bytes | None:
        self._at_find()
        return super().find(kind, name)


def test_while_nobody_says_whose_session_it_is_it_is_said_that_the_database_cannot_be_used(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise Unavailable("the connection is lost")

    monkeypatch.setattr(talks.depositary.store, "passing", SharedPassing(gone))
    (client,) = from_address(talks, OUTSIDE)
    for headers in ({"cookie": "detente=x"}, {"cookie": "detente=x", **PAGE}):
        answer = client.post(address(talks, "session"), content=b"x", headers=headers)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, AGAIN)
    assert "The host cannot use its database now." in answer.text


def test_a_shared_database_that_is_slow_holds_up_nobody_who_does_not_need_it(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says whose session a request comes with: waited for in the loop, it would hold up every connection."""
    asked, answers = Event(), Event()
    slow = SharedPassing(lambda: (asked.set(), answers.wait(60)))
    monkeypatch.setattr(talks.depositary.store, "passing", slow)
    (client,) = from_address(talks, OUTSIDE)
    with client, ThreadPoolExecutor(2) as visitors:
        held = visitors.submit(
            client.delete, address(talks, "session"), headers={"cookie": "detente=x"}
        )  # fmt: skip
        assert asked.wait(30)
        alive = visitors.submit(client.get, "/health")
        try:
            assert alive.result(30).status_code == 200 and not held.done()
        finally:
            answers.set()
        assert held.result(30).status_code == 204


COUNTED = {
    **{("POST", f"{P}{path}"): "sign-in" for path in ("session", "second-factor", "second-factor/end")},
    ("GET", f"{P}session"): "challenge",
    ("POST", f"{P}waiting-keys"): "invitation",
    ("POST", f"{P}passkeys"): "invitation",
    ("GET", f"{P}passkeys/{{credential}}"): "invitation",
    ("PUT", f"{P}files/{{digest}}"): "upload",
    **{("POST", f"{P}{form}"): "upload" for form in (
        "sign/file", "text/changed", "text/compare", "statements/read", "observance/feed")},
    **{("POST", f"{P}{to}"): "submission" for to in ("acts", "log/checkpoint", "log/cosignatures")},
    ("POST", "/processes"): "submission",
    **{("GET", f"{P}{made}"): "proof" for made in (
        "copy", "acts/{number}/proof", "acts/{number}/proof.html", "acts/{number}/sheet.html", "acts/{number}/receipt",
        "text/signature.pdf", "text.docx", "text.xml", "text.txt", "tables.zip", "matrix.xlsx")},
}  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_every_route_is_counted_as_what_it_is(method: str, path: str) -> None:
    """Whatever changes something is; of what is read, what costs work."""
    expected = COUNTED.get((method, path), "" if method == "GET" else "other")
    assert kind_of(method, path.replace("{process}", "a" * 26)) == expected


def test_figures_and_tables_of_incidents_are_counted_and_the_pages_are_not() -> None:
    at = "/processes/x/observance"
    files = ("months.svg", "places.svg", "map.svg", "months.csv", "candidates.csv")
    assert {kind_of("GET", f"{at}/{file}") for file in files} == {"proof"}
    assert {kind_of("GET", f"{at}{page}") for page in ("", "/pairs", "/feed")} == {""}
