"""An area is drawn by pointer or by keyboard, without a network, and becomes what the door takes as an area."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from detente.codec.geojson import check_area, polygons_of
from tests.javascript.pages import CHROMIUM, complaints_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
FORM = """async (written) => {
    const field = document.createElement("textarea");
    field.id = "field-area";
    field.value = written;
    const room = document.createElement("div");
    room.id = "area-map";
    room.hidden = true;
    document.body.append(field, room);
    await import("/static/js/room/area_map.js");
}"""


@pytest.fixture
def page(browser: Browser, port: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 720, "height": 800})
    page = context.new_page()
    complaints = complaints_of(page)
    page.goto(f"http://localhost:{port}/")
    page.wait_for_selector("html[data-loaded]", state="attached")
    yield page
    context.close()
    assert complaints == []


def opened(page: Page, written: str = "") -> None:
    page.evaluate(FORM, written)
    expect(page.locator("#area-map svg")).to_be_visible()


def area(page: Page) -> list[list[float]]:
    """The outer ring of what stands in the field, which the door takes."""
    value = page.locator("#field-area").input_value()
    assert check_area(value) == ()
    ((ring, *holes),) = polygons_of(value)
    assert holes == []
    return [list(place) for place in ring]


def press(page: Page, *keys: str) -> None:
    page.locator("#area-map svg").focus()
    for key in keys:
        page.keyboard.press(key)


def test_the_keyboard_alone_draws_an_area(page: Page) -> None:
    opened(page)
    page.get_by_label("Go to latitude, longitude").fill("34.5, 71.2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("At 34.5, 71.2")
    press(page, "Enter", *["ArrowRight"] * 4, "Enter", *["ArrowUp"] * 4, "Enter", "Enter", "Backspace")
    expect(page.get_by_role("status")).to_contain_text("Corners set: 3")
    page.get_by_role("button", name="Close the area").click()
    ring = area(page)
    assert ring[0] == ring[-1] == [71.2, 34.5] and len(ring) == 4
    assert all(71 < longitude < 72 and 34 < latitude < 35 for longitude, latitude in ring)


def test_the_pointer_draws_one_too_and_its_ring_runs_anticlockwise(page: Page) -> None:
    opened(page)
    box = page.locator("#area-map svg").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for right, down in ((0, 0), (0, -60), (60, -60)):  # clockwise
        page.mouse.click(middle[0] + right, middle[1] + down)
    page.get_by_role("button", name="Close the area").click()
    ring = area(page)
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0
    assert [0, 0] in ring


def test_dragging_moves_the_map_and_sets_no_corner(page: Page) -> None:
    opened(page)
    box = page.locator("#area-map svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=4)
    page.mouse.up()
    expect(page.get_by_role("status")).to_contain_text("Corners set: 0")


def test_what_stands_in_the_field_is_drawn_and_a_name_is_left_alone(page: Page) -> None:
    ring = [[71, 34], [72, 34], [72, 35], [71, 34]]
    opened(page, json.dumps({"type": "Polygon", "coordinates": [ring]}))
    expect(page.locator("#area-map .area-closed")).to_have_count(1)
    page.locator("#field-area").fill("the valley of the river")
    page.locator("#field-area").blur()
    expect(page.locator("#area-map .area-closed")).to_have_count(0)
    assert page.locator("#field-area").input_value() == "the valley of the river"


def test_a_place_that_is_nowhere_is_asked_for_again(page: Page) -> None:
    opened(page)
    asked = page.get_by_label("Go to latitude, longitude")
    asked.fill("95, 71")
    asked.press("Enter")
    assert asked.evaluate("input => input.validationMessage") == "Write it in degrees: 34.5, 71.2"
