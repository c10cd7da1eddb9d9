from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.provisions.comparison import compare_editions, compare_texts
from detente.provisions.provision import Provision
from tests.provisions.data import cop21_paragraphs, udhr_paragraphs
from tests.provisions.strategies import TEXTS


def marked(old: str, new: str, language: str = "en") -> str:
    signs = {"equal": "{}", "delete": "-{}-", "insert": "+{}+"}
    return "".join(signs[c.op].format(c.text) for c in compare_texts(old, new, language))


def check_round_trip(old: str, new: str, language: str = "en") -> None:
    changes = compare_texts(old, new, language)
    assert "".join(c.text for c in changes if c.op != "delete") == new
    assert "".join(c.text for c in changes if c.op != "insert") == old
    assert all(c.text for c in changes)
    assert all(a.op != b.op and (a.op, b.op) != ("insert", "delete") for a, b in pairwise(changes))


@given(TEXTS, TEXTS, st.sampled_from(["en", "ur", "zh", "xx"]))
def test_a_redline_gives_both_texts_back(old: str, new: str, language: str) -> None:
    check_round_trip(old, new, language)


@given(TEXTS)
def test_a_text_is_equal_to_itself(text: str) -> None:
    assert all(c.op == "equal" for c in compare_texts(text, text))


@pytest.mark.parametrize(
    ("old", "new", "redline"),
    [
        (
            "a written account of the measures within a reasonable time.",
            "a written account of the measures within thirty days of the date in Article 8, place by place.",
            "a written account of the measures within "
            "-a reasonable time-+thirty days of the date in Article 8, place by place+.",
        ),
        # "the" alone between two changes is no help to a reader
        (
            "told of the incident by the Side.",
            "told of the event by a Side.",
            "told of the -incident by the-+event by a+ Side.",
        ),
        # between two insertions nothing is said to be taken out
        (
            "A Side shall answer.",
            "A willing Side of peace shall answer.",
            "A+ willing+ Side+ of peace+ shall answer.",
        ),
        ("answer within 48 hours", "answer within 72 hours", "answer within -48-+72+ hours"),
        ("under 3(1) and 3(2)", "under 3(1) and 4(2)", "under 3(1) and -3(2)-+4(2)+"),
        ("by [joint teams] weekly", "by joint teams weekly", "by -[-joint teams-]- weekly"),
        ("two  spaces", "two spaces", "two - -spaces"),
        ("", "new", "+new+"),
        ("old", "", "-old-"),
        ("", "", ""),
    ],
)
def test_redlines_read_well(old: str, new: str, redline: str) -> None:
    assert marked(old, new) == redline
    check_round_trip(old, new)


def test_a_bracket_that_stays_is_never_swallowed_by_the_changes_beside_it() -> None:
    changes = compare_texts("by teams [ daily work", "by officers [ weekly travel")
    assert [c.text.strip() for c in changes if c.op == "equal" and "[" in c.text] == ["["]


def test_right_to_left_text_stays_in_logical_order_and_vowel_marks_with_their_letters() -> None:
    assert (
        marked("جواب ۴۸ گھنٹوں میں دے گا۔", "جواب ۷۲ گھنٹوں میں دے گا۔", "ur")
        == "جواب -۴۸-+۷۲+ گھنٹوں میں دے گا۔"
    )
    assert marked("שָׁלוֹם רב", "שָׁלֹום רב", "he") == "-שָׁלוֹם-+שָׁלֹום+ רב"


def test_a_very_repetitive_text_is_compared_without_searching_it_through() -> None:
    old, new = "a b " * 5_000, "c " + "b a " * 5_000
    check_round_trip(old, new)
    assert len(compare_texts(old, new)) <= 4


@pytest.mark.parametrize("name", ["urd.html", "arb.html", "pes_1.html", "heb.html", "tur.html"])
def test_real_texts_in_many_scripts_come_back_whole(name: str) -> None:
    paragraphs = udhr_paragraphs(name)
    assert len(paragraphs) > 30
    for old, new in pairwise(paragraphs):
        check_round_trip(old, new, name[:2])


def test_two_stages_of_a_real_text_come_back_whole() -> None:
    for old, new in zip(cop21_paragraphs("9-dec-2015.md"), cop21_paragraphs("12-dec-2015.md"), strict=False):
        check_round_trip(old, new)


def provision(eid: str, **texts: str) -> Provision:
    return Provision(eid, {}, texts)


def test_editions_are_compared_by_provision_and_language_in_text_order() -> None:
    old = [
        provision("art_1", en="One."),
        provision("art_2", en="Two.", ur="دو۔"),
        provision("art_3", en="Three."),
        provision("art_4", en="Four."),
    ]
    new = [
        provision("art_1", en="One."),
        provision("art_2", en="Two.", ur="دوم۔", ps="دوه."),
        provision("art_2-bis", en="Between."),
        provision("art_4", en="Fourth."),
    ]
    found = compare_editions(old, new)
    assert [(c.id, c.status) for c in found] == [
        ("art_1", "unchanged"),
        ("art_2", "changed"),
        ("art_3", "removed"),
        ("art_2-bis", "added"),
        ("art_4", "changed"),
    ]
    by_language = next(c for c in found if c.id == "art_2").texts
    assert [(c.language, c.status) for c in by_language] == [
        ("en", "unchanged"),
        ("ps", "added"),
        ("ur", "changed"),
    ]
    assert not any(c.moved for c in found)


def test_what_was_removed_first_comes_first() -> None:
    found = compare_editions(
        [provision("art_1", en="x"), provision("art_2", en="y")], [provision("art_2", en="y")]
    )
    assert [(c.id, c.status) for c in found] == [("art_1", "removed"), ("art_2", "unchanged")]


def test_a_changed_heading_changes_its_provision() -> None:
    old = [Provision("art_1", {"en": "Use"}, {"en": "Words."})]
    new = [Provision("art_1", {"en": "Use of territory"}, {"en": "Words."})]
    (found,) = compare_editions(old, new)
    assert found.status == "changed"
    assert found.texts[0].status == "unchanged"
    assert [(c.op, c.text) for c in found.heading[0].changes] == [
        ("equal", "Use"),
        ("insert", " of territory"),
    ]


def test_a_provision_in_another_place_is_said_to_have_moved() -> None:
    one, two, three, four = (provision(f"art_{n}", en="x") for n in (1, 2, 3, 4))
    found = compare_editions([one, two, three, four], [one, three, four, two])
    assert [c.id for c in found if c.moved] == ["art_2"]
    assert {c.status for c in found} == {"unchanged"}


@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_every_provision_of_either_edition_is_told_once(old: list[int], new: list[int]) -> None:
    found = compare_editions(
        [provision(f"art_{n}", en="x") for n in old], [provision(f"art_{n}", en="x") for n in new]
    )
    ids = [c.id for c in found]
    assert sorted(ids) == sorted({f"art_{n}" for n in (*old, *new)})
    assert [eid for eid in ids if eid in {f"art_{n}" for n in new}] == [f"art_{n}" for n in new]
    steady = [c.id for c in found if c.status == "unchanged" and not c.moved]
    assert steady == [f"art_{n}" for n in old if f"art_{n}" in steady]
