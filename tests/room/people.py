"""People at the talks, each with a browser of their own: they click and type, and nothing else."""

from __future__ import annotations

import re
from copy import copy

from playwright.sync_api import Browser, Error, Locator, Page, expect

from tests.browser.looking import listen


class Person:
    """Somebody at a browser. id: in the record; home: address of the process."""

    def __init__(self, browser: Browser, id: str) -> None:
        self.id, self.home = id, ""
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self._complaints = listen(self.page)

    def another_tab(self) -> Person:
        """The same person in the same browser, looking at another page."""
        tab = copy(self)
        tab.page = self.context.new_page()
        tab._complaints = listen(tab.page)
        return tab

    def complaints(self, *expected: str) -> list[str]:
        """What went wrong in this browser since the last time, but for what was expected."""
        found = [one for one in self._complaints if not any(part in one for part in expected)]
        self._complaints.clear()
        return found

    # --- looking

    def opens(self, page: str = "") -> Page:
        try:
            self.page.goto(f"{self.home}/{page}", timeout=5000)
        except Error:  # the page was being loaded again by itself just then
            self.page.goto(f"{self.home}/{page}")
        return self.page

    def answer(self, text: str) -> str:
        """The sentence under “Is it final?” for a text."""
        self.opens(f"?instrument={text}")
        return self.page.locator("h1 .said").inner_text()

    def verdicts(self, text: str) -> list[str]:
        """The four answers of the figure, as this person sees them now: adopted, authentic, binding, in force."""
        self.opens(f"?instrument={text}")
        return [verdict.strip() for verdict in self.page.locator(".figure .verdict").all_inner_texts()]

    def opening(self) -> str:
        """On the overview that is open: the answer, what is missing, and whose turn it is."""
        return self.page.locator(".opening").inner_text()

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    # --- acting

    def looks_for(self, deed: str) -> Locator:
        """A deed in the room, with the group unfolded in which it stands."""
        self.opens("room")
        link = self.page.locator(".institution").get_by_role("link", name=deed, exact=True)
        group = self.page.locator(".institution", has=self.page.locator(f'a:text-is("{deed}")'))
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        return link

    def begins(self, deed: str) -> None:
        self.looks_for(deed).click()
        self.page.wait_for_url("**/sign?*")

    def asked(self, deed: str | re.Pattern[str], *, on: str = "") -> None:
        """Take up what the room says is asked of this person. Where there are several texts, it names each."""
        self.opens("room")
        links = self.page.locator("section:has(#asked)").get_by_role("link", name=deed)
        named = links.filter(has_text=f"({on.replace('accord-', 'Harbour accord ')})")
        (named if on and named.count() else links).click()
        self.page.wait_for_url("**/sign?*")

    def fills(self, **fields: str) -> None:
        """Fill in the form and go on to what would be signed."""
        self.types(**fields)
        with self.page.expect_navigation():
            self.goes_on()

    def goes_on(self) -> None:
        self.page.get_by_role("button", name="Read what you would sign").click()

    def types(self, **fields: str) -> None:
        """Fill in the form, unfolded if need be."""
        folded = self.page.locator("details.again:not([open]) > summary")
        if folded.count():
            folded.click()
        for name, value in fields.items():
            field = self.page.locator(f'form.act-form :is([name="{name}"], [data-kept="{name}"])')
            self._unfolds(name)
            kind = field.first.evaluate("field => field.type")
            if kind == "checkbox":
                for one in value.split(", "):
                    self.page.locator(f'form.act-form [name="{name}"][value="{one}"]').check()
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)

    def _unfolds(self, name: str) -> None:
        """What can be left out is folded, until somebody looks for it."""
        fold = self.page.locator("form.act-form details:not([open])")
        fold = fold.filter(has=self.page.locator(f':is([name="{name}"], [data-kept="{name}"])'))
        if fold.count():
            fold.locator("summary").click()

    def sees_before_signing(self) -> str:
        """The page once it can be signed; read again, as its person would, if the host marked the time meanwhile."""
        offered = self.page.locator("#sign-now:enabled")
        grown = self.page.get_by_role("button", name="Read it again as it is now")
        try:
            expect(offered.or_(grown).first).to_be_visible()
            if grown.is_visible():
                grown.click()
            expect(offered).to_be_visible()
        except AssertionError as error:
            error.add_note(self.reads())
            raise
        return self.reads()

    def signs(self) -> int:
        """Sign what the page shows. The number of the act, once its receipt is checked."""
        self.sees_before_signing()
        self.page.locator("#sign-now").click()
        return self.has_signed()

    def has_signed(self) -> int:
        self.page.wait_for_url("**/acts/*")
        expect(self.page.locator("#recorded")).to_be_visible()
        return int(self.page.url.partition("/acts/")[2].partition("?")[0])

    def does(self, deed: str, **fields: str) -> int:
        """An act from the room to its receipt."""
        self.begins(deed)
        if fields:
            self.fills(**fields)
        return self.signs()
