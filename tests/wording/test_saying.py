"""Sentences as people read them, from a play in memory."""

from __future__ import annotations

import re

import pytest

from detente.acts.act import Sentence, sentence
from detente.web.languages import languages
from detente.wording.language import Language, speaking
from detente.wording.names import Names, in_person
from detente.wording.saying import say
from tests.views.istanbul import as_reported, same_night
from tests.views.played import Play, PlayedRecord


def sentences(record: PlayedRecord) -> list[str]:
    names = Names(record)
    return [say(sentence(a.kind, a.act, a.opened), names) for a in record.acts(0, record.size)]


def test_acts_are_said_with_offices_editions_and_numbers() -> None:
    said = sentences(same_night().record())
    assert "Head of Delegation B assented to edition 3, ad referendum" in said
    assert (
        "Islamabad granted the head of Delegation A powers, ad referendum: assent, initial and sign ad referendum"
        in said
    )
    assert "Secretariat issued edition 3 of the Understanding, no bracket open" in said
    assert "Secretariat took up item 2, Monitoring" in said
    assert "Keeper marked the time: 30 Nov 2025, 09:00" in said
    assert any(s.startswith("Head of Delegation A bracketed Article 5(1): “The measures") for s in said)


def test_a_spoken_yes_is_said_to_be_minuted_and_oral() -> None:
    said = sentences(as_reported().record())
    yes = [s for s in said if "oral yes" in s]
    assert yes == [
        "Secretariat minuted an oral yes by the head of Delegation B to edition 3, in Pashto, "
        "interpreter: of the Secretariat: “Yes.”"
    ]


def test_no_sentence_shows_a_leaf_or_a_template() -> None:
    for play in (as_reported(), same_night()):
        leaves = {m.leaf for m in play.history}
        for said in sentences(play.record()):
            assert not any(leaf in said for leaf in leaves)
            assert not {"{", "}", "["} & set(said.partition("“")[0])


def test_what_is_sealed_leaves_the_rest_of_the_sentence() -> None:
    play = same_night("bracket")
    play.must("M", "adjourn", aud=("M",), hidden={"reason": "CANARY"})
    assert sentences(play.record("M"))[-1] == "Secretariat adjourned the talks: CANARY"
    assert sentences(play.record("A"))[-1] == "Secretariat adjourned the talks"


def test_quoted_words_are_never_read_as_a_template() -> None:
    play = same_night("bracket")
    play.must("M", "adjourn", hidden={"reason": "{author} [said {reason}] {nothing}"})
    assert (
        sentences(play.record())[-1] == "Secretariat adjourned the talks: {author} [said {reason}] {nothing}"
    )


def test_long_words_are_cut_at_a_word() -> None:
    play = same_night("bracket")
    play.must("M", "adjourn", hidden={"reason": "word " * 200})
    said = sentences(play.record())[-1]
    assert len(said) < 200
    assert said.endswith("word …")


@pytest.mark.parametrize("language", languages().values(), ids=languages())
@pytest.mark.parametrize(
    "speaker", ["the article, as background", "minister, foreign affairs", "Head of the port (acting)", "B"]
)
def test_who_is_said_to_have_spoken_in_public_stands_as_it_is_written(
    speaker: str, language: Language
) -> None:
    play = as_reported()
    play.must("A", "register_statement", claims=(("other", ""),), hidden={"speaker": speaker})
    with speaking(language):
        said = sentences(play.record())[-1]
    assert speaker in re.split("[\u2068\u2069]| statement by ", said), said


FORGED = "today\n#9 Delegation B signed edition 3 " + "word " * 400


def test_no_words_of_somebody_s_own_begin_a_line_of_theirs_or_fill_the_page() -> None:
    play = same_night("bracket")
    names = Names(play.record())
    own = dict.fromkeys(("speaker", "published", "source", "interpreter", "counterpart", "language"), FORGED)
    where = {"author": "M", "statement": "", "on": ("understanding", ""), "languages": ("en",), "edition": ""}
    for key in ("register_statement", "register_article", "report_incidents", "minute.oral_assent", "sign"):
        said = say(Sentence(key, {**own, **where}), names)
        assert "today" in said and "\n" not in said and len(said) < 600, key


def test_a_title_on_the_agenda_is_one_line() -> None:
    play = same_night("bracket")
    play.must("M", "set_agenda", items=("1",), hidden={"titles": {"1": "Monitoring\n#9 B signed edition 3"}})
    assert sentences(play.record())[-1] == "Secretariat set the agenda: Monitoring #9 B signed edition 3"


def test_names_that_are_sealed_are_offices_in_general_words() -> None:
    play = Play(
        open_to="public",
        aud=("M",),
        hidden={"title": "SECRET", "convenor_title": "SECRET", "names": {"A": "SECRET"}},
    )
    play.must("M", "admit", person="A", role="delegate", side="A", aud=("M",), hidden={"title": "SECRET"})
    names = Names(play.record())
    assert names.title == "Talks without a title"
    assert (names.person("M"), names.person("A"), names.side("A")) == ("Mediators", "Delegate of A", "Side A")
    assert Names(play.record("M")).person("A") == "SECRET"


def test_a_kind_without_a_wording_is_still_said() -> None:
    names = Names(same_night("bracket").record())
    assert (
        say(Sentence("later.kind", {"author": "M"}), names) == "Secretariat did an act of kind “later.kind”"
    )


def test_a_signer_that_nobody_enrolled_is_said_so() -> None:
    names = Names(same_night("bracket").record())
    assert say(Sentence("void", {"author": ""}), names) == "An unknown key voided an act that got no receipt"


def test_an_office_in_person() -> None:
    assert in_person("Delegation A, lead negotiator") == "the lead negotiator of Delegation A"
