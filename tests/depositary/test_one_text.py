"""An edition that claims an authentic language is the whole text in it, annexes included, or does not come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.codec.refusal import Refused
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from tests.depositary.talks import NONCE, Talks, open_host

BOTH = Provision("art_1", {}, {"en": "The road stays open.", "fr": "La route reste ouverte."})
ENGLISH = Provision("annex_I__para_1", {}, {"en": "The road is drawn on the map."})
WHOLE = Provision(
    "annex_I__para_1", {}, {"en": "The road is drawn on the map.", "fr": "La route est sur la carte."}
)
FOREIGN = Provision("art_1", {}, {**BOTH.texts, "de": "Die Straße bleibt offen."})
PARTLY_COURTESY = Provision("art_1", {}, {**BOTH.texts, "ur": "سڑک کھلی رہے گی۔"})


@pytest.fixture
def talks(tmp_path: Path) -> Any:
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene().seat()
    languages = (("en", "authentic"), ("fr", "authentic"), ("ur", "courtesy"))
    talks.do(
        "M", "open_instrument", instrument="road", sides=("A", "B"), basis="analogy", languages=languages
    )
    yield talks
    talks.depositary.close()


def issue(talks: Talks, *text: Provision, languages: tuple[str, ...] = ("en", "fr")) -> None:
    fields = {"content": content_digest(text, NONCE), "provisions": tuple(p.id for p in text)}
    talks.depositary.receive_act(talks.raw_issue(text, languages=languages, **fields))


def refused(talks: Talks, *text: Provision) -> list[tuple[str, str]]:
    size = talks.size
    with pytest.raises(Refused) as caught:
        issue(talks, *text)
    assert talks.size == size
    return [(r.code, r.sentence) for r in caught.value.refusals]


def test_an_annex_that_one_authentic_language_lacks_is_refused_and_named(talks: Talks) -> None:
    assert refused(talks, BOTH, ENGLISH) == [
        ("edition.not_one_text", "In fr, an authentic language, there are no words at Annex I(1).")
    ]
    issue(talks, BOTH, WHOLE)


def test_words_in_no_language_of_the_instrument_are_refused(talks: Talks) -> None:
    ((code, sentence),) = refused(talks, FOREIGN, WHOLE)
    assert code == "edition.foreign_language" and sentence.endswith(": de.")


def test_an_edition_that_claims_one_language_alone_stands_but_nobody_initials_it(talks: Talks) -> None:
    issue(talks, BOTH, ENGLISH, languages=("en",))
    with pytest.raises(Refused) as caught:
        talks.do("A", "initial", instrument="road", languages=("en", "fr"))
    assert "ladder.languages" in [r.code for r in caught.value.refusals]


def test_a_courtesy_translation_may_be_partial(talks: Talks) -> None:
    issue(talks, PARTLY_COURTESY, WHOLE, languages=("en", "fr", "ur"))


PROPOSED: dict[str, Any] = {"instrument": "road", "provision": "art_1"}


def proposal_refused(talks: Talks, hidden: Any) -> list[str]:
    """The codes; nothing of it is kept."""
    size = talks.size
    with pytest.raises(Refused) as caught:
        talks.do("A", "propose_alternative", hidden, **PROPOSED)
    assert talks.size == size
    return [r.code for r in caught.value.refusals]


@pytest.mark.parametrize("hidden", [{"headings": {"de": "Berichte"}}, {"texts": {"de": "Die Straße."}}])
def test_nothing_is_proposed_in_what_is_no_language_of_the_text(talks: Talks, hidden: Any) -> None:
    """No edition could take it up."""
    issue(talks, BOTH, WHOLE)
    assert proposal_refused(talks, hidden) == ["bracket.foreign_language"]
    talks.do("A", "propose_alternative", {"headings": {"fr": "La route", "ur": "سڑک"}}, **PROPOSED)


@pytest.mark.parametrize("hidden", [{}, {"text": " "}, {"remark": "To be discussed."}])
def test_a_proposal_without_words_is_refused(talks: Talks, hidden: Any) -> None:
    """Nobody could support it, and no edition take it up."""
    issue(talks, BOTH, WHOLE)
    assert proposal_refused(talks, hidden) == ["bracket.wordless"]
    talks.do("A", "propose_alternative", hidden if "remark" in hidden else {}, **PROPOSED, omit=True)
