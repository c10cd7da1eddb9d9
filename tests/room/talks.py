"""Talks of two sides, from nothing: convened, invited, enrolled, empowered and under rules, in five browsers."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.room.people import Person
from tests.room.serving import Server

PARTICIPANTS = (
    ("A", "delegate", "A", "Harbour, head"), ("PA", "principal", "A", "Harbour board"),
    ("B", "delegate", "B", "Town, head"), ("PB", "principal", "B", "Town council"),
)  # fmt: skip
POWERS = "assent, initial, sign ad referendum"
OUTAGE = ("ERR_", "failed: ", "404", "403", "/events")
"""What a browser notes of a host that is away, and of its own session that ended with it."""
TEXT = "Article 1. Purpose\n1(1) The road stays open.\n1(2) A commission meets each month."


class Talks:
    """The five people, and the server that they talk over."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.mediator, self.harbour, self.town, self.board, self.council = (
            Person(browser, id) for id in ("M", "A", "B", "PA", "PB")
        )
        self._texts = 0

    @property
    def everybody(self) -> tuple[Person, ...]:
        return self.mediator, self.harbour, self.town, self.board, self.council

    def complaints(self, *expected: str) -> dict[str, list[str]]:
        found = {person.id: person.complaints(*expected) for person in self.everybody}
        return {id: complaints for id, complaints in found.items() if complaints}

    def come_back(self) -> dict[str, list[str]]:
        """After a restart: everybody's browser signs in again by itself. What else they complain of."""
        for person in self.everybody:
            person.opens("room")
            try:
                expect(person.page.locator("h1")).to_contain_text("What you can do as")
            except AssertionError as error:
                error.add_note(f"{person.id}: {person.reads()}\n{person.complaints()}")
                raise
        return self.complaints(*OUTAGE)

    # --- before the talks

    def convene(self, *cosigners: str) -> None:
        """cosigners: verifier keys of those who prove the time; all of them must have signed."""
        page = self.mediator.page
        page.goto(f"{self.server.address}/convene")
        page.get_by_label("Title").fill("Harbour talks")
        page.get_by_label("Side A").fill("Harbour")
        page.get_by_label("Side B").fill("Town")
        if cosigners:
            page.get_by_text("Who proves the time").click()
            page.get_by_label("verifier keys").fill("\n".join(cosigners))
        page.get_by_role("button", name="Convene").click()
        page.wait_for_url("**/room")
        for person in self.everybody:
            person.home = page.url.removesuffix("/room")

    def admit(self) -> None:
        for id, role, side, title in PARTICIPANTS:
            self.mediator.does("Admit somebody", person=id, role=role, side=side, title=title)

    def link_for(self, person: Person) -> str:
        """The link that the mediator's room makes for somebody."""
        row = self.mediator.opens("room").locator(f'#invitations li[data-person="{person.id}"]')
        row.get_by_role("button").click()
        return row.locator("output:not(:empty)").inner_text()

    def enter(self, person: Person, by: Person | None = None) -> None:
        """By the link: a key is made, its words are the same at both ends, it is enrolled by the mediator or by whoever
        alone may, and the room opens."""
        by = by or self.mediator
        person.page.goto(self.link_for(person))
        words = person.page.locator(".fingerprint").inner_text()
        waiting = by.opens("room").locator("section:has(#waiting) li").filter(has_text=words)
        expect(waiting).to_have_count(1)
        waiting.get_by_role("link", name="They read out the same words").click()
        by.signs()
        person.page.wait_for_url("**/room")
        expect(person.page.locator("h1")).to_contain_text("What you can do as")

    def empower(self) -> None:
        for principal, holder in ((self.board, "A"), (self.council, "B")):
            self.mediator.does("Confirm a fingerprint", key=principal.id)
            principal.does("Grant powers", holder=holder, capacities=POWERS, terms="ad referendum")

    def adopt_rules(self) -> None:
        self.mediator.does("Table rules of procedure", decision="unanimity")
        for side in (self.harbour, self.town):
            side.asked("Adopt the rules of procedure")
            side.signs()

    # --- a text

    def text(self) -> str:
        """A new instrument with an edition on the table; its id."""
        self._texts += 1
        name = f"accord-{self._texts}"
        self.mediator.does("Open an instrument", instrument=name, basis="contract", languages="en authentic",
                    title=f"Harbour accord {self._texts}", sides="A, B")  # fmt: skip
        self.mediator.does("Issue an edition", instrument=name, text=TEXT)
        return name

    def assents(self, person: Person, text: str) -> int:
        return person.does("Assent", instrument=text, terms="ad referendum")

    def end(self) -> None:
        for person in self.everybody:
            person.context.close()


def talks_seated(server: Server, browser: Browser, *cosigners: str) -> Talks:
    """Everybody has a key; nobody has powers, and no rules are adopted."""
    talks = Talks(server, browser)
    talks.convene(*cosigners)
    talks.admit()
    for person in (talks.harbour, talks.town, talks.board, talks.council):
        talks.enter(person)
    return talks


def talks_begun(server: Server, browser: Browser) -> Talks:
    talks = talks_seated(server, browser)
    talks.empower()
    talks.adopt_rules()
    return talks
