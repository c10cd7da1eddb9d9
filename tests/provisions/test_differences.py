"""What really changed is found under any layout, and the weightiest is said first."""

import pytest
from hypothesis import given

from detente.provisions.alignment import aligned, plain
from detente.provisions.differences import KINDS, differences
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.interchange.documents.texts import TEXTS

TEXT = (
    "Article 3. Reports\n3(1) Each Side shall report within 30 days of the “Ceasefire Date”.\n"
    "3(2) Reports are public.\n3(3) No report names a source.\nArticle 4. Signature\n4 Done at Geneva on 4 May 2031.\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("shall report", "should report", "duty"),
        ("shall report", "shall not report", "denial"),
        ("30 days", "20 days", "number"),
        ("30 days", "thirty days", "number"),
        ("“Ceasefire Date”", "“Effective Date”", "term"),
        ("Done at Geneva", "Done at Doha", "signature"),
        ("are public", "are [not] public", "denial"),
        ("are public", "are [public]", "bracket"),
        ("Reports are", "Papers are", "words"),
        ("Article 3. Reports", "Article 3. Reporting", "heading"),
        ("Reports are public.", "Reports are public;", "signs"),
        ("3(2) Reports are public.\n", "", "left_out"),
        ("3(3) No", "3(2), note 1 Not those on prisoners.\n3(3) No", "note_put_in"),
    ],
)
def test_one_change_is_one_difference_of_its_kind(old: str, new: str, kind: str) -> None:
    assert old in TEXT
    found = [
        d.kind
        for d in differences(parse_text(TEXT), parse_text(TEXT.replace(old, new)))
        if d.kind != "renumbered"
    ]
    assert found == [kind]


@pytest.mark.parametrize("texts", [{}, {"en": "Each Side reports."}])
def test_a_heading_is_compared_in_a_language_in_which_nothing_but_headings_stand(
    texts: dict[str, str],
) -> None:
    old, new = (
        (Provision("art_1", {"en": "Peace", "fr": said}, {}), Provision("art_2", {}, texts))
        for said in ("Paix", "Trêve")
    )
    assert [(d.kind, d.language) for d in differences(old, new)] == [("heading", "fr")]


def test_an_elided_denial_is_a_denial() -> None:
    old, new = (
        (
            Provision(
                "art_1", {}, {"fr": f"Le présent article {verb} applicable aux convois de la Croix-Rouge."}
            ),
        )
        for verb in ("est", "n’est guère")
    )
    assert [d.kind for d in differences(old, new)] == ["denial"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“Ceasefire Date”", '"Ceasefire Date"'),
        ("30 days", "30\u00a0days"),
        ("are public", "are pub\u00adlic"),
        ("“", "«"),
    ],
)
def test_what_is_only_dress_is_no_difference(old: str, new: str) -> None:
    changed = TEXT.replace(old, new).replace("”", "»" if new == "«" else "”")
    assert differences(parse_text(TEXT), parse_text(changed)) == ()


def test_an_article_put_in_renumbers_the_others_and_changes_none_of_their_words() -> None:
    later = TEXT.replace("Article 4. S", "Article 5. S").replace("4 Done", "5 Done").replace("3(", "4(")
    later = "3 A commission is set up.\n" + later.replace("Article 3. R", "Article 4. R")
    found = differences(parse_text(TEXT), parse_text(later))
    assert {d.kind for d in found} == {"put_in", "renumbered"}
    assert [d.where for d in found][:2] == ["Article 3", "Article 4 (before: Article 3)"]


def test_the_weightiest_comes_first() -> None:
    later = TEXT.replace("are public", "are secret").replace("shall", "should").replace("30", "20")
    found = differences(parse_text(TEXT), parse_text(later))
    assert [d.kind for d in found] == ["duty", "words"]
    assert found[0].touches == ("duty", "number", "words")
    assert [KINDS.index(d.kind) for d in found] == sorted(KINDS.index(d.kind) for d in found)


def test_a_language_that_is_gone_is_said_once() -> None:
    both = parse_text("1 Peace.\n  fr: La paix.\n2 Now.\n  fr: Maintenant.\n")
    assert [(d.kind, d.language) for d in differences(both, parse_text("1 Peace.\n2 Now.\n"))] == [
        ("language", "fr")
    ]


@given(TEXTS, TEXTS)
def test_every_provision_stands_in_one_pair(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> None:
    pairs = aligned(old, new)
    assert [b.id for _a, b in pairs if b is not None] == [p.id for p in new]
    assert sorted(a.id for a, _b in pairs if a is not None) == sorted(p.id for p in old)


@given(TEXTS)
def test_a_text_differs_in_nothing_from_itself(text: tuple[Provision, ...]) -> None:
    assert differences(text, text) == ()


@given(TEXTS, TEXTS)
def test_nothing_is_silent(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> None:
    """No difference is said only where the words are the same in the same order under the same numbers."""
    if not differences(old, new):
        said = [[(p.id, {t: plain(w) for t, w in p.texts.items()}) for p in text] for text in (old, new)]
        assert said[0] == said[1]
