"""A delegate's browser at a real host: enrols a key, acts, and checks the receipt itself."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.keys.thumbprint import fingerprint_words
from detente.signing.disclosure import open_disclosures
from detente.tlog.merkle import leaf_hash
from tests.depositary.talks import NOW, Talks, open_host
from tests.javascript.pages import CHROMIUM, HERE, call, complaints_of
from tests.web.hosting import on_a_socket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
STATEMENT = {"claims": [["other", ""]]}
WORDS = {"text": "Ein Weg über den Fluß, 道路."}


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene().seat("B").open_text()
    talks.issue()
    yield talks
    talks.depositary.close()


@pytest.fixture
def delegate(browser: Browser, talks: Talks) -> Iterator[Page]:
    """A page of the application itself, under its own policy; the test's script is put beside it."""

    def beside(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        route.fulfill(path=Path(__file__).with_name(name), content_type="text/javascript")

    context = browser.new_context()
    page = context.new_page()
    complaints = complaints_of(page)
    page.route(f"**{HERE}*.js", beside)
    with on_a_socket(talks.depositary) as address:
        page.goto(address.replace("127.0.0.1", "localhost") + "/")
        yield page
        context.close()
    # Chromium notes every answer that refuses; anything else would be a complaint about the page.
    assert [said for said in complaints if not said.startswith("Failed to load resource")] == []


def enrol(page: Page, talks: Talks) -> dict[str, Any]:
    """The delegate of A makes a key, and the mediator enrols it."""
    asked: dict[str, Any] = call(page, "delegate", "askForEnrolment", talks.origin, "A", NOW)
    talks.do("M", "admit", {"title": "Head of delegation"}, person="A", role="delegate", side="A")
    talks.do("M", "enrol", person="A", public=asked["publicKey"], possession=asked["possession"])
    return asked


def act(
    page: Page, talks: Talks, kind: str, clear: Any, hidden: Any, chain: Any = None, iat: int = NOW
) -> dict[str, Any]:
    given = (talks.origin, talks.log_key, chain, kind, iat, clear, hidden)
    found: dict[str, Any] = call(page, "delegate", "act", *given)["found"]
    return found


def look(page: Page, talks: Talks, proof: tuple[bytes, ...] = ()) -> dict[str, Any]:
    hexed = [node.hex() for node in proof]
    found: dict[str, Any] = call(page, "delegate", "look", talks.origin, talks.log_key, hexed)
    return found


def test_an_act_signed_in_the_browser_is_sequenced_and_its_receipt_holds(
    delegate: Page, talks: Talks
) -> None:
    asked = enrol(delegate, talks)
    assert tuple(asked["words"]) == fingerprint_words(decode_base64url(asked["publicKey"]))
    assert look(delegate, talks) == {"found": list(talks.seen())}
    size = talks.size
    receipt = act(delegate, talks, "register_statement", STATEMENT, WORDS)
    assert receipt["log"] == talks.origin and receipt["index"] == size
    assert receipt["checked"] == {"index": size, "size": size + 1, "leaf": receipt["leaf"]}

    (entry,) = talks.depositary.store.entries(talks.origin, size, size + 1)
    assert encode_base64url(leaf_hash(entry.entry)) == receipt["leaf"]
    assert entry.author == "A" and entry.kind == "register_statement"
    payload = json.loads(decode_base64url(entry.entry.split(b".")[1].decode()))
    assert open_disclosures(payload["_sd"], entry.disclosures, payload.keys()) == WORDS
    assert payload["iat"] == NOW and payload["seen"] == list(talks.seen(size))
    # The second act stands on the first, and cites a later state.
    tree = talks.depositary.main(talks.origin).tree
    assert look(delegate, talks, tree.consistency(size, size + 1)) == {"found": list(talks.seen())}
    on = ["road", talks.state.instruments["road"].editions[-1].leaf]
    chain = {"seq": 0, "leaf": receipt["leaf"]}
    again = act(delegate, talks, "assent", {"instrument": "road", "terms": "definitive", "on": on}, {}, chain)
    assert again["checked"]["index"] == size + 1
    assert talks.state.chains[asked["keyId"]].seq == 1


def test_every_reason_of_the_door_reaches_the_browser(delegate: Page, talks: Talks) -> None:
    enrol(delegate, talks)
    look(delegate, talks)
    refused = act(delegate, talks, "assent", {"instrument": "road", "terms": "definitive"}, {})
    assert {error["code"] for error in refused["errors"]} == {"act.stale"}
    wrong = act(delegate, talks, "register_statement", {"claims": "none"}, {})
    assert [error["code"] for error in wrong["errors"]] == ["act.malformed"]


def test_a_receipt_of_another_act_does_not_hold(delegate: Page, talks: Talks) -> None:
    mine = talks.raw_statement("B", "One.")
    receipt = talks.depositary.receive_act(mine)
    other = talks.raw_statement("B", "Two.")
    found = [
        call(delegate, "delegate", "checkAgainst", talks.origin, talks.log_key, raw.decode(), proof)
        for raw, proof in (
            (mine, receipt.proof.decode()),
            (other, receipt.proof.decode()),
            (mine, receipt.proof.decode().replace("index ", "index 1")),
        )
    ]
    assert found[0]["found"]["index"] == receipt.index
    assert [one["refusals"][0]["code"] for one in found[1:]] == ["proof.root", "proof.index"]


def test_a_host_that_forks_is_found_out_by_the_browser(delegate: Page, talks: Talks) -> None:
    enrol(delegate, talks)
    look(delegate, talks)
    size = talks.size
    talks.say("B", "What one side is shown.")
    honest = talks.depositary.main(talks.origin).tree.consistency(size, size + 1)
    refused = look(delegate, talks, (bytes(32),) * len(honest))
    assert refused["refusals"][0]["code"] == "seen.foreign"
    stopped = call(
        delegate,
        "delegate",
        "act",
        talks.origin,
        talks.log_key,
        None,
        "register_statement",
        NOW,
        STATEMENT,
        {},
    )
    assert stopped["refusals"][0]["code"] == "seen.contradicted"


def test_a_token_of_the_browsers_key_opens_what_is_for_members(delegate: Page, talks: Talks) -> None:
    path, now = f"log/tile/entries/000.p/{talks.size}", int(time.time())
    enrol(delegate, talks)
    assert call(delegate, "delegate", "readWithToken", talks.origin, path, now) == 200
    assert call(delegate, "delegate", "readWithToken", talks.origin, path, now - 3600) == 401
