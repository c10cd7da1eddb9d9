"""What a page makes of an answer: the host's own refusals, and one of ours where something else answered for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
ERROR = '{"code": "act.late", "sentence": "It came late.", "clause": "", "instead": ""}'


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (f'{{"errors": [{ERROR}, {ERROR}]}}', ["act.late", "act.late"]),
        ("<html>", ["host.failed"]),
        ('{"message": "Bad gateway"}', ["host.failed"]),
        ('{"errors": []}', ["host.failed"]),
        ('{"errors": "none"}', ["host.failed"]),
        ('{"errors": [null]}', ["host.failed"]),
        (f'{{"errors": [{ERROR}, {{"code": 502}}]}}', ["host.failed"]),
        ("null", ["host.failed"]),
    ],
)
def test_what_refuses_in_another_shape_is_no_refusal_of_the_host(
    page: Page, body: str, codes: list[str]
) -> None:
    """Such as what a proxy says in JSON: each refusal has a code, and there is one at least."""
    assert call(page, "answers", "codes", body) == codes


def test_a_page_that_a_network_puts_in_the_place_of_an_answer_is_none(page: Page) -> None:
    (refusal,) = call(page, "answers", "asked", "/processes")["refusals"]
    assert refusal["code"] == "host.failed"
