"""Beside a text in two languages: where they state other numbers or dates, a question, and no verdict."""

from __future__ import annotations

from typing import Any

from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from tests.depositary.talks import NONCE, Talks
from tests.web.hosting import PAGE, address

TEXT = (
    Provision(
        "art_1", {}, {"en": "Within 30 days of 10 May 2026.", "fr": "Dans les 20 jours du 10 mai 2026."}
    ),
    Provision("art_2", {}, {"en": "The road stays open.", "fr": "La route reste ouverte."}),
)
QUESTION = "A question for a person who reads both"


def page(client: Any, talks: Talks, query: str) -> str:
    answer = client.get(address(talks, f"text?instrument=bridge&{query}"), headers=PAGE)
    assert answer.status_code == 200
    return str(answer.text)


def test_numbers_that_disagree_are_asked_about_beside_their_provision(talks: Talks, client: Any) -> None:
    talks.do("M", "open_instrument", instrument="bridge", sides=("A", "B"), basis="analogy",
             languages=(("en", "authentic"), ("fr", "authentic")))  # fmt: skip
    talks.do("M", "issue", {"text": TEXT, "nonce": NONCE}, instrument="bridge", number=1, languages=("en", "fr"),
             content=content_digest(TEXT, NONCE), provisions=("art_1", "art_2"))  # fmt: skip
    shown = page(client, talks, "show=side")
    assert shown.count(QUESTION) == 1
    assert "Numbers that only one of them states: English: 30; French: 20." in shown
    assert shown.index('id="art_1"') < shown.index(QUESTION) < shown.index('id="art_2"')
    assert QUESTION not in page(client, talks, "show=clean")
