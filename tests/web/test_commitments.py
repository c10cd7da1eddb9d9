"""From a provision to a signed drawing and back to its page, as a delegate goes; and the same for an order of two."""

from __future__ import annotations

import html
import re
import time

import pytest
from starlette.testclient import TestClient

from detente.acts.commitments import ELEMENTS
from detente.state.records import in_order
from tests.web.case import Case, draft_of, played
from tests.web.hosting import PAGE, bearer, front

AREA = '{"type":"Polygon","coordinates":[[[71,34],[72,34],[72,35],[71,34]]]}'
EVERY_WORD = {
    "actors": "A", "action": "words", "area": AREA, "period": "words", "indicator": "words", "verified_by": "words",
    "method": "words", "consequence": "words",
}  # fmt: skip


@pytest.fixture
def case() -> Case:
    return list(played())[-1].copied()


def fetched(client: TestClient, case: Case, address: str) -> str:
    answer = client.get(address, headers={**PAGE, **bearer(case.key("A"), case.origin)})
    assert answer.status_code == 200
    return str(answer.text)


def page(client: TestClient, case: Case, provision: str = "art_3__para_1") -> str:
    return fetched(client, case, f"/processes/{case.id}/verifiable?provision={provision}")


def link(text: str, words: str) -> str:
    found = re.search(rf'<a[^>]*href="([^"]+)"[^>]*>{re.escape(words)}</a>', text)
    assert found is not None, words
    return html.unescape(found[1])


def posted(client: TestClient, case: Case, **fields: str) -> str:
    headers = {**PAGE, **bearer(case.key("A"), case.origin)}
    return str(client.post(f"/processes/{case.id}/sign", data=fields, headers=headers).text)


def draw(client: TestClient, case: Case, **more: str) -> None:
    given = {"kind": "draw_commitment", "instrument": "understanding", "provision": "3(1)", "duty": "refrain",
             "quote": "words", **more}  # fmt: skip
    draft = draft_of(posted(client, case, **given))
    assert draft is not None
    case.send(draft, "A", int(time.time()))


def test_a_provision_leads_to_a_form_that_holds_its_words_and_a_map(case: Case) -> None:
    with front(case.depositary) as client:
        form = fetched(client, case, link(page(client, case), "Draw a commitment from it"))
        assert 'id="area-map"' in form and "js/room/area_map.js" in form
        assert "No border and no coast" in form
        assert re.search(r'<textarea id="field-quote"[^>]*>\s*Each ', form)
        assert 'value="3(1)" selected' in form.replace("&#40;", "(")
        assert "area_map.js" not in fetched(client, case, f"/processes/{case.id}/sign?kind=minute")


def test_what_the_form_gives_is_signed_with_its_elements_and_stands_on_the_page(case: Case) -> None:
    with front(case.depositary) as client:
        draw(client, case, **EVERY_WORD)
        commitment = in_order(case.state.commitments.values())[-1]
        assert commitment.elements == ELEMENTS, "worked out from the fields, and asked of nobody"
        text = page(client, case)
    assert "9 of 9 elements" in text and "an area drawn on the map" in text


def test_an_area_that_cannot_be_drawn_is_refused_at_the_form(case: Case) -> None:
    bad = AREA.replace("34]]]", "33]]]")
    with front(case.depositary) as client:
        said = posted(client, case, kind="draw_commitment", instrument="understanding", provision="3(1)",
                      duty="refrain", quote="words", area=bad)  # fmt: skip
    assert 'id="problems"' in said and "does not end where it begins" in said


def test_two_drawings_are_ordered_from_the_page(case: Case) -> None:
    with front(case.depositary) as client:
        for title in ("First", "Second"):
            draw(client, case, title=title, actors="A")
        form = fetched(client, case, link(page(client, case), "Say in which order two come"))
        assert "First</option>" in form and "Second</option>" in form
        first, second = (f"#{c.index + 1}" for c in in_order(case.state.commitments.values())[-2:])
        given = {"kind": "order_commitments", "instrument": "understanding", "provision": "3(1)", "first": first,
                 "second": second, "relation": "before"}  # fmt: skip
        draft = draft_of(posted(client, case, **given))
        assert draft is not None
        case.send(draft, "A", int(time.time()))
        text = page(client, case)
    assert "No reading is at odds with another." in text and "First before Second" in text
    assert text.count('<rect class="step"') == 2
