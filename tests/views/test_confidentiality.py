"""Nothing that is sealed to a reader stands on any page that the reader is given."""

from __future__ import annotations

import pytest

from detente.views.building import timeline_page
from detente.web.rendering import render
from tests.views.istanbul import UNDERSTANDING, issue, same_night
from tests.views.played import Play
from tests.views.reading import every_page, strings

READERS = {
    "CANARY-FOR-MEDIATORS": {"M"},
    "CANARY-FOR-SIDE-A": {"M", "A", "PA"},
    "CANARY-FOR-ONE-PERSON": {"PB", "PA"},
    "CANARY-IN-CHAMBER-A": {"A", "PA"},
    "CANARY-IN-MEDIATION-B": {"M", "B", "PB"},
    "CANARY-AMONG-MEDIATORS": {"M"},
}
"""Each string, and who may read it: its audience and its author."""
VIEWERS = (None, "M", "A", "PA", "B", "PB", "K")


def sown() -> Play:
    """A record with a string in hidden fields of every kind of audience."""
    play = same_night("question")
    for canary, author, audience in (
        ("CANARY-FOR-MEDIATORS", "M", ("M",)), ("CANARY-FOR-SIDE-A", "M", ("A",)),
        ("CANARY-FOR-ONE-PERSON", "PA", ("PB",)),
    ):  # fmt: skip
        if author == "M":
            play.must("M", "minute", speaker="A", sense="statement", said_at="2025-10-27T23:53:00Z", aud=audience,
                      hidden={"text": canary, "language": canary, "interpreter": canary, "remark": canary})  # fmt: skip
            play.must("M", "circulate_non_paper", to=("A",), aud=audience, hidden={"text": canary})
        play.must(author, "register_statement", claims=(("other", ""),), aud=audience,
                  hidden={"text": canary, "speaker": canary, "published": canary, "source": canary})  # fmt: skip
    play.must("A", "note", "side-A", hidden={"text": "CANARY-IN-CHAMBER-A"})
    play.must("B", "note", "mediators-B", hidden={"text": "CANARY-IN-MEDIATION-B"})
    play.must("M", "note", "mediators", hidden={"text": "CANARY-AMONG-MEDIATORS"})
    return play


SOWN = sown()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_page_holds_what_its_reader_may_not_read(viewer: str | None) -> None:
    pages = every_page(SOWN.record(viewer), ("M", "A", "PA", "B", "PB"))
    forbidden = {canary for canary, readers in READERS.items() if viewer not in readers}
    for name, page in pages.items():
        said = render(page) + "\n".join(strings(page))
        assert not {canary for canary in forbidden if canary in said}, name


@pytest.mark.parametrize("canary", READERS)
def test_those_who_may_read_find_it(canary: str) -> None:
    """Without this the test above would pass on empty pages."""
    for viewer in READERS[canary]:
        said = "\n".join(text for page in every_page(SOWN.record(viewer)).values() for text in strings(page))
        assert canary in said, viewer


def test_an_alternative_sealed_to_others_shows_that_it_is_there() -> None:
    play = same_night("bracket")
    play.must("A", "propose_alternative", instrument="understanding", provision="art_4__para_1", aud=("A",),
              hidden={"text": "CANARY"})  # fmt: skip
    said = "\n".join(text for page in every_page(play.record("B")).values() for text in strings(page))
    assert "CANARY" not in said
    assert "text not disclosed to you" in said


def test_searching_words_finds_none_that_are_sealed() -> None:
    assert timeline_page(SOWN.record(), words="CANARY").days == ()
    assert timeline_page(SOWN.record("M"), words="CANARY-FOR-MEDIATORS").days


def test_somebody_who_has_left_sees_what_the_public_sees() -> None:
    play = sown()
    play.must("M", "leave", person="A")
    said = "\n".join(text for page in every_page(play.record("A")).values() for text in strings(page))
    assert "CANARY" not in said


def test_an_edition_for_some_is_not_shown_to_others() -> None:
    play = same_night("bracket")
    issue(play, "understanding", UNDERSTANDING.format(time="CANARY", observers="CANARY"), aud=("M",))
    said = "\n".join(text for page in every_page(play.record("A")).values() for text in strings(page))
    assert "CANARY" not in said
