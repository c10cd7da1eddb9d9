"""The form of every kind of act, as somebody who may do it opens it: it fits, can be touched, and axe-core is content."""

from __future__ import annotations

import pytest

from detente.acts.act import Log
from detente.acts.kinds import KINDS
from tests.browser.looking import too_small, too_wide
from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_pages import serious

pytestmark = pytest.mark.browser

WITHOUT_FORM = ("convene", "mark_time", "name_recovery_key", "begin_epoch", "share_epochs")
"""Made elsewhere: at convening, by the keeper, on the page of the sealed chambers."""


UNSAID = """() => {
  const said = new Set([...document.querySelectorAll('[aria-describedby]')]
    .flatMap((one) => one.getAttribute('aria-describedby').split(' ')));
  return [...document.querySelectorAll('[id^=help-], [id^=wrong-]')].filter(({ id }) => !said.has(id))
    .map(({ id }) => `${id} is said with no field`); }"""


def forms_of(person: Person, role: str, chamber: str) -> list[str]:
    """The address of each form that somebody of this role can open. chamber: for kinds that stand in one only."""
    found = []
    for kind in KINDS:
        if kind.name not in WITHOUT_FORM and role in kind.by:
            log = "" if Log.MAIN in kind.where else f"&log={chamber}"
            found.append(f"{person.home}/sign?kind={kind.name}{log}")
    return found


def test_every_form_fits_and_can_be_used(talks: Talks) -> None:
    talks.text()
    seen: set[str] = set()
    wrong = []
    for person, role, chamber in (
        (talks.mediator, "mediator", "mediators"),
        (talks.harbour, "delegate", "side-A"),
        (talks.board, "principal", "side-A"),
    ):
        for form in forms_of(person, role, chamber):
            kind = form.partition("kind=")[2].partition("&")[0]
            if kind in seen:
                continue
            seen.add(kind)
            page = person.page
            page.set_viewport_size({"width": 360, "height": 900})
            page.goto(form)
            wrong += [f"{kind}: {one}" for direction in ("ltr", "rtl") for one in too_wide(page, direction)]
            wrong += [f"{kind}: {one}" for one in too_small(page)]
            wrong += [f"{kind}: {one}" for one in serious(page)]
            wrong += [f"{kind}: {one}" for one in page.evaluate(UNSAID)]
        person.page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == []
    assert len(seen) > 70
