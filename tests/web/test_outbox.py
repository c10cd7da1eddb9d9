"""What the host gives a browser that keeps acts and receipts: a page that says nothing, a proof between two sizes of a
log, the edition that stood, and words for a form that was sent without a choice."""

from __future__ import annotations

import html
from typing import Any

from detente.acts.time import log_verifier
from detente.codec.base64url import decode_base64url
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.merkle import check_consistency
from tests.depositary.talks import Talks
from tests.web.case import draft_of
from tests.web.hosting import PAGE, address, as_person, codes_of


def test_the_page_is_the_same_for_everybody_and_where_there_is_nothing(talks: Talks, client: Any) -> None:
    shown = client.get(address(talks, "outbox"), headers={**PAGE, **as_person(talks, "A")}).text
    nowhere = client.get(f"/processes/{'a' * 26}/outbox", headers=PAGE).text
    assert talks.state.people and "Signed in this browser" in shown
    assert unlike(shown.replace(talks.id, "a" * 26)) == unlike(nowhere)


def unlike(page: str) -> list[str]:
    """A page without what is drawn anew for each answer."""
    return [line for line in page.splitlines() if "nonce=" not in line]


def checkpoint(client: Any, talks: Talks, log: str, origin: str) -> tuple[int, bytes]:
    answer = client.get(address(talks, f"{log}/checkpoint"), headers=as_person(talks, "A"))
    opened = open_checkpoint(answer.content, log_verifier(origin, talks.log_key)).checkpoint
    return opened.size, opened.root


def test_a_later_size_of_a_log_is_proved_to_extend_an_earlier_one(talks: Talks, client: Any) -> None:
    for log, origin, chamber in (
        ("log", talks.origin, ""),
        ("log/side-A", f"{talks.origin}/side-A", "side-A"),
    ):
        talks.do("A", "void", chamber=chamber)
        old, old_root = checkpoint(client, talks, log, origin)
        for _ in range(3):
            talks.do("A", "void", chamber=chamber)
        new, new_root = checkpoint(client, talks, log, origin)
        asked = address(talks, f"{log}/consistency?from={old}&to={new}")
        found = client.get(asked, headers=as_person(talks, "A")).json()["consistency"]
        check_consistency(old, new, [decode_base64url(node) for node in found], old_root, new_root)


def test_there_is_no_proof_beyond_the_log_or_for_those_outside_it(talks: Talks, client: Any) -> None:
    size, _root = checkpoint(client, talks, "log", talks.origin)
    for asked in (f"from=1&to={size + 1}", f"from={size}&to=1"):
        answer = client.get(address(talks, f"log/consistency?{asked}"), headers=as_person(talks, "A"))
        assert codes_of(answer) == ["proof.sizes"]
    talks.do("A", "void", chamber="side-A")
    for person in ("B", None):
        answer = client.get(
            address(talks, "log/side-A/consistency?from=0&to=1"), headers=as_person(talks, person)
        )
        assert codes_of(answer) == ["log.members_only"]


def test_a_draft_names_the_edition_that_stood(talks: Talks, client: Any) -> None:
    asked = address(talks, "sign?kind=assent&instrument=road&terms=definitive")
    draft = draft_of(client.get(asked, headers=as_person(talks, "A")).text)
    edition = talks.state.instruments["road"].edition
    assert draft is not None and edition is not None and draft["edition"] == edition.number


def test_a_form_that_was_sent_without_a_choice_is_told_so_without_a_script(talks: Talks, client: Any) -> None:
    asked = address(talks, "sign?kind=grant_mandate")
    opened = client.get(asked, headers={**PAGE, **as_person(talks, "PA")}).text
    assert "has to be given" not in opened
    given = {"holder": "A", "terms": "definitive"}
    sent = html.unescape(client.post(asked, data=given, headers={**PAGE, **as_person(talks, "PA")}).text)
    assert '<a href="#field-capacities">' in sent
    assert "has to be given" in sent and 'id="sign-now"' not in sent
