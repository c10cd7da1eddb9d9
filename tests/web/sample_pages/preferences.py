"""The page of preferences: a mediator estimates for a side over two provisions; and where nothing is open."""

from __future__ import annotations

from detente.views.marks import Choice, Mark, Run, SealedFile, Tone
from detente.views.preferences import GivenBefore, GivenOfSide, PreferencesPage, WeighedIssue, WeighedOption
from tests.web.sample_pages.around import SAME_NIGHT, shell
from tests.web.sample_pages.chambers import ORIGIN


def preferences_page(*, empty: bool = False) -> PreferencesPage:
    title = "Estimate: what the open points are worth to Kabul"
    return PreferencesPage(
        shell=shell(SAME_NIGHT, title, 87, "M"),
        title=title,
        process=ORIGIN,
        kind="" if empty else "estimate_preferences",
        log="mediators",
        side="B",
        instrument="understanding",
        lead="The mediators’ estimate, on a side’s behalf. It is sealed in this browser for the mediators.",
        sides=() if empty else (_choice("Islamabad"), _choice("Kabul", current=True)),
        instruments=() if empty else (_choice("Understanding", current=True), _choice("Annex")),
        issues=() if empty else (_issue("art_3__para_1", "3(1)"), _issue("art_5__para_1", "5(1)")),
        given=()
        if empty
        else (
            GivenOfSide(mark=_side("A", "first", "Delegation A"), said=(Run(text="stated in #4, on edition 2"),)),
            GivenOfSide(mark=_side("B", "second", "Delegation B"), said=(Run(text="nothing yet"),)),
        ),
        before=None
        if empty
        else GivenBefore(
            said=(Run(text="Last given by the mediator in act 4 of this chamber, on edition 2."),),
            content=SealedFile(
                log=f"{ORIGIN}/mediators", epoch="e" * 43, file="YWdl", digests="d" * 43, labels="{}", words="sealed"
            ),
        ),
        empty="No provision has alternatives to choose between." if empty else "",
        unsealed="" if empty else "This chamber has no key yet: the host could read what you give.",
        chambers=f"{SAME_NIGHT}/chambers",
        sign=f"{SAME_NIGHT}/sign",
    )  # fmt: skip


def _side(letter: str, tone: Tone, name: str) -> Mark:
    return Mark(letter=letter, tone=tone, name=name)


def _choice(text: str, *, current: bool = False) -> Choice:
    return Choice(text=text, href=f"{SAME_NIGHT}/preferences", current=current)


def _issue(provision: str, number: str) -> WeighedIssue:
    words = ("within 12 hours", "within 48 hours", "without delay")
    return WeighedIssue(
        provision=provision,
        number=number,
        heading=f"Article {number}. Who observes, and how soon they get access",
        around="Joint teams have access to the place of an incident […] of a report.",
        lang="en",
        direction="ltr",
        options=tuple(
            WeighedOption(
                value=str(place) * 43, number=f"{number} {('', 'bis', 'ter')[place]}".strip(), marks=(), text=text,
                lang="en", direction="ltr",
            )
            for place, text in enumerate(words)
        ),
    )  # fmt: skip
