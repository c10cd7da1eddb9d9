"""What an article attributes to whom: quoted or paraphrased, by whom, and what it seems to claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.interchange.limits import within_limits
from detente.interchange.press.article import Article, read_article
from detente.interchange.press.attribution import Proposal, claims_in, first_proposals, proposals
from detente.state.predicates import named
from tests.interchange.press.articles import NAMES, TEXT

INVENTED = tuple(proposals(read_article(TEXT.encode()), NAMES))


def only(sentence: str) -> Proposal:
    (found,) = proposals(Article("", "", "", "", (sentence,), ""), NAMES)
    return found


def test_every_attributed_statement_of_the_article_is_proposed_in_order() -> None:
    assert [(p.paragraph, p.speaker, p.manner) for p in INVENTED] == [
        (1, "the minister", "paraphrase"),
        (1, "the information minister of the northern side", "quote"),
        (1, "the information minister of the northern side", "paraphrase"),
        (2, "security officials", "paraphrase"),
        (2, "a southern delegate", "quote"),
        (2, "A source who was present", "paraphrase"),
        (3, "The southern delegation", "paraphrase"),
    ]
    assert [p.inferred for p in INVENTED] == [False, False, True, False, False, False, False]


def test_each_seems_to_claim_what_it_says() -> None:
    assert [p.claims for p in INVENTED] == [
        (("other", ""),),
        (("duration", "96"),),
        (("acknowledged", "B"), ("acknowledged", "M"), ("assured", "not B")),
        (("withdrew", "B"),),
        (("other", ""),),
        (("duration", "50"),),
        (("assured", "not B"),),
    ]


def test_a_quotation_of_several_sentences_stays_whole() -> None:
    assert INVENTED[4].text == "We were asked whether it was final. We said yes"


@pytest.mark.parametrize(
    ("sentence", "speaker", "text", "to"),
    [
        ("A spokesperson told the assembly: “The talks go on tomorrow.”", "A spokesperson",
         "The talks go on tomorrow.", "the assembly"),
        ("The ministry announced that a third round will follow.", "The ministry", "a third round will follow", ""),
        ("The crossings stay closed, the governor said.", "the governor", "The crossings stay closed", ""),
        ("The crossings stay closed, according to two officials.", "two officials", "The crossings stay closed", ""),
    ],
)  # fmt: skip
def test_the_usual_ways_to_attribute_words_are_known(sentence: str, speaker: str, text: str, to: str) -> None:
    found = only(sentence)
    assert (found.speaker, found.text, found.to) == (speaker, text, to)


@pytest.mark.parametrize(
    "sentence", ["The weather was fine.", "Nobody came to the harbour on Sunday.", "“Closed.”"]
)
def test_what_is_attributed_to_nobody_is_not_proposed(sentence: str) -> None:
    assert list(proposals(Article("", "", "", "", (sentence,), ""), NAMES)) == []


def test_whose_act_is_claimed_is_whoever_is_named_nearest_or_it_is_left_open() -> None:
    both = "the northern side waited, and the southern delegation walked out"
    assert claims_in(both, NAMES) == (("withdrew", "B"),)
    assert claims_in("somebody walked out", NAMES) == (("other", ""),)
    assert claims_in("the draft was signed by the northern side and the southern delegation", NAMES) == (
        ("signed", "A"), ("signed", "B"),
    )  # fmt: skip


def test_a_quotation_that_never_ends_is_given_up_within_limits() -> None:
    """Of a file that is as large as any that is read."""
    article = Article(
        "", "", "", "", ("“" + "It is so. " * 400_000, "The lead said that the crossings stay closed."), ""
    )
    found = within_limits(first_proposals, article, NAMES, 5)
    assert [(one.paragraph, one.speaker) for one in found] == [(2, "The lead")]


@given(st.text(max_size=400))
def test_whatever_an_article_says_each_claim_proposed_can_be_written(text: str) -> None:
    for found in proposals(Article("", "", "", "", (text, f"The minister said that {text}"), ""), NAMES):
        for predicate, argument in found.claims:
            named(predicate, argument)
