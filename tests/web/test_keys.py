"""The page of keys: one's own and everybody's, what the record shows of each, and revoking one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from detente.keys.generate import SigningKey
from detente.keys.thumbprint import fingerprint_words
from tests.depositary.talks import Talks, key_named
from tests.web.case import draft_of
from tests.web.hosting import PAGE, address, as_person

SECOND, THIRD = key_named("second"), key_named("third")


def page_of(client: Any, talks: Talks, person: str | None, path: str = "keys") -> str:
    answer = client.get(address(talks, path), headers={**PAGE, **as_person(talks, person)})
    assert answer.status_code == 200
    text: str = answer.text
    return text


def key_on(html: str, key: SigningKey) -> str:
    """What the page says of one key, in words."""
    (found,) = re.findall(rf'<article class="key" data-key="{key.key_id}">.*?</article>', html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def own(html: str) -> list[str]:
    """The ids of one's own keys, as listed."""
    mine = html.partition('id="own"')[2].partition("</section>")[0]
    return re.findall(r'data-key="([^"]+)"', mine)


def test_a_second_key_is_asked_for_until_there_is_one(closed: Talks, client: Any) -> None:
    for path in ("room", "keys"):
        assert "second key" in page_of(client, closed, "A", path)
    closed.enrol("A", SECOND)
    assert "Enrol a second key" not in page_of(client, closed, "A", "room")
    assert "You have one key" not in page_of(client, closed, "A")
    closed.do("A", "revoke_key", key=SECOND.key_id)
    assert "Enrol a second key" in page_of(client, closed, "A", "room")
    assert "Enrol a second key" not in page_of(client, closed, "A", f"room?at={closed.size - 1}")


def test_ones_own_keys_come_first_with_every_act_about_them(closed: Talks, client: Any) -> None:
    closed.enrol("A", SECOND)
    enrolled = closed.size
    closed.do("B", "confirm_fingerprint", key=SECOND.key_id)
    html = page_of(client, closed, "A")
    assert own(html) == [SECOND.key_id, closed.keys["A"].key_id]
    said = key_on(html, SECOND)
    assert " ".join(fingerprint_words(SECOND.public)) in said and "In force" in said
    assert f"#{enrolled}" in said and f"#{enrolled + 1}" in said and "by Office of B" in said
    assert key_on(html, closed.keys["B"])
    assert own(page_of(client, closed, "M")) == [closed.keys["M"].key_id]


def test_a_stolen_key_says_since_when_and_that_nothing_is_erased(closed: Talks, client: Any) -> None:
    closed.do("M", "revoke_key", key=closed.keys["A"].key_id, since=3)
    closed.enrol("A", SECOND, by="M")
    html = page_of(client, closed, "B")
    said = key_on(html, closed.keys["A"])
    assert "Revoked" in said and "since #4" in said and "none is erased" in said
    assert "In force" in key_on(html, SECOND)


def revoking(html: str, key: SigningKey) -> str | None:
    """Where the page sends whoever revokes a key."""
    (found,) = re.findall(rf'data-key="{key.key_id}">(.*?)</article>', html, re.S)
    action = re.search(r'action="([^"]+)"', found)
    return action[1].replace("&amp;", "&") if action else None


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("M", {"M", "A", "B", "PA", "PB"}),
        ("A", {"A"}),
        ("PA", {"PA", "A"}),
        ("PB", {"PB", "B"}),
        (None, set()),
    ],
)
def test_a_key_is_revoked_by_those_who_may(talks: Talks, client: Any, who: str | None, may: set[str]) -> None:
    html = page_of(client, talks, who)
    assert {person for person, key in talks.keys.items() if revoking(html, key)} == may
    assert html.count("kind=revoke_key") == len(may)  # nobody revokes the keeper's
    assert not any(
        revoking(page_of(client, talks, who, f"keys?at={talks.size - 1}"), key) for key in talks.keys.values()
    )


def test_the_button_leads_to_the_act_with_the_index_that_was_named(closed: Talks, client: Any) -> None:
    action = revoking(page_of(client, closed, "PA"), closed.keys["A"])
    for since, expected in (("", {}), ("#4", {"since": 3})):
        sent = client.post(action, data={"since": since}, headers={**PAGE, **as_person(closed, "PA")})
        draft = draft_of(sent.text)
        assert draft is not None and draft["kind"] == "revoke_key"
        assert draft["clear"] == {"key": closed.keys["A"].key_id, **expected}


def test_a_further_key_is_invited_by_whoever_holds_one(talks: Talks, client: Any) -> None:
    html = page_of(client, talks, "A")
    assert 'id="own-link" data-person="A"' in html and 'id="keys-to-enrol"' in html
    assert 'id="own-link"' not in page_of(client, talks, None)
    assert 'id="own-link"' not in page_of(client, talks, "A", f"keys?at={talks.size - 1}")


@pytest.mark.parametrize(
    ("by", "confirming", "says"),
    [
        (("M", "M"), "M", "alone revoked the key before it, enrolled this one and confirmed it"),
        (("M", "M"), "B", ""), (("PA", "M"), "M", ""),
    ],
)  # fmt: skip
def test_one_persons_word_for_a_principals_key_is_said_to_be_that(
    closed: Talks, client: Any, by: tuple[str, str], confirming: str, says: str
) -> None:
    """ADR 10 leaves open that a convenor alone can do all three: the page says what the record shows."""
    closed.do(by[0], "revoke_key", key=closed.keys["PA"].key_id)
    closed.enrol("PA", SECOND, by=by[1])
    unconfirmed = key_on(page_of(client, closed, "B"), SECOND)
    assert "do not count" in unconfirmed and "alone" not in unconfirmed
    closed.do(confirming, "confirm_fingerprint", key=SECOND.key_id)
    said = key_on(page_of(client, closed, "B"), SECOND)
    assert says in said and ("alone" in said) == bool(says) and "do not count" not in said


def test_what_to_do_says_whom_to_telephone(closed: Talks, client: Any) -> None:
    assert "telephone a mediator or Office of PA" in page_of(client, closed, "A")
    assert "count once its words are confirmed again" in page_of(client, closed, "PA")


def test_a_closed_process_shows_its_keys_to_nobody_else(closed: Talks, client: Any) -> None:
    assert client.get(address(closed, "keys"), headers=PAGE).status_code == 404
