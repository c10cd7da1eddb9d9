"""Codes that a browser draws: as a library draws them, module for module under one mask, and as a camera reads them."""

from __future__ import annotations

from typing import Final

import pytest
import segno
import zxingcpp
from playwright.sync_api import Page

from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]

PART: Final = "DETENTE1:1:2:ABCDEFGH:"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTHS: Final = (
    1,
    2,
    5,
    20,
    45,
    60,
    100,
    150,
    200,
    250,
    300,
    400,
    500,
    600,
    700,
    800,
    900,
    1000,
    1100,
    1199,
    1200,
)
MODULE: Final = 4
"""Pixels."""


def text_of(length: int) -> str:
    return PART + "".join(LETTERS[(7 * at + at * at // 3) % 32] for at in range(length))


def drawn(page: Page, text: str) -> list[str]:
    rows: list[str] = call(page, "drawing", "rows", text)
    return rows


def read_by_a_camera(rows: list[str]) -> list[str]:
    side = (len(rows) + 8) * MODULE
    grey = bytearray(b"\xff" * side * side)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            if module == "1":
                for line in range((y + 4) * MODULE, (y + 5) * MODULE):
                    start = line * side + (x + 4) * MODULE
                    grey[start : start + MODULE] = bytes(MODULE)
    image = memoryview(grey).cast("B", (side, side))
    return [code.text for code in zxingcpp.read_barcodes(image)]


def test_a_camera_reads_what_was_put_in(page: Page) -> None:
    for text in map(text_of, LENGTHS):
        assert read_by_a_camera(drawn(page, text)) == [text]


def as_drawn_elsewhere(text: str) -> list[list[str]]:
    """By segno, under each mask: which is best to read is for each to judge."""
    codes = (segno.make_qr(text, error="m", boost_error=False, mask=mask) for mask in range(8))
    return [["".join(map(str, row)) for row in code.matrix] for code in codes]


def ends_on_an_octet(text: str, version: int) -> bool:
    """There segno adds an octet of nothing, which no reader minds."""
    bits = 4 + (9 if version < 10 else 11) + 11 * (len(text) // 2) + 6 * (len(text) % 2) + 4
    return bits % 8 == 0


def test_it_is_drawn_as_a_library_draws_it(page: Page) -> None:
    compared = 0
    for text in map(text_of, LENGTHS):
        rows = drawn(page, text)
        if not ends_on_an_octet(text, (len(rows) - 17) // 4):
            assert rows in as_drawn_elsewhere(text)
            compared += 1
    assert compared > len(LENGTHS) // 2
