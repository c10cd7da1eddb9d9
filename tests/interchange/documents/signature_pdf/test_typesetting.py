"""The pages for signature: what stands on each of them, and that words are never the typesetter's code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256

import pypdf
import pytest
from msgspec.structs import replace

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.interchange.documents.signature_pdf.sheet import ATTACHED, Position, Sheet, Signing
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from tests.interchange.documents.signature_pdf.sheets import AT, LANGUAGES, NONCE, TEXT, sheet


def pages(made: Sheet) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(write_pdf(made))).pages)


def words(made: Sheet) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pages(made)]


def english(*texts: str) -> Sheet:
    return sheet(
        tuple(Provision(f"art_{n}", {}, {"en": text}) for n, text in enumerate(texts, 1)), LANGUAGES[:1]
    )


def test_every_page_carries_its_number_the_edition_its_place_and_the_digest_of_the_text() -> None:
    made = english(*["Each Side shall withdraw its forces behind the line. " * 8] * 30)
    found = words(made)
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "Edition 3, act #47, log root 8f3a1c2b09de77a0" in page
        assert f"SHA-256 {made.digest}" in page


def test_the_digest_is_that_of_the_attached_file_and_the_one_that_was_signed() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(sheet())))
    (attached,) = reader.attachments[ATTACHED]
    assert sha256(attached).hexdigest() == sheet().digest
    assert sheet().digest == decode_base64url(content_digest(TEXT, NONCE)).hex()


def test_the_same_edition_is_the_same_bytes() -> None:
    assert write_pdf(sheet()) == write_pdf(sheet())
    made_at = pypdf.PdfReader(io.BytesIO(write_pdf(sheet()))).metadata
    assert made_at is not None and made_at.creation_date is not None and made_at.creation_date.year == 1970
    other = replace(sheet(), position=replace(AT, number=48))
    assert write_pdf(sheet()) != write_pdf(other)


def test_the_file_is_tagged_and_says_its_language_and_title() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(sheet())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert reader.metadata is not None and reader.metadata.title == "An understanding"
    kinds = _kinds(root["/StructTreeRoot"].get_object())
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TD", "/Note", "/Figure"} <= kinds


def _kinds(element: object) -> set[str]:
    if isinstance(element, pypdf.generic.IndirectObject):
        return _kinds(element.get_object())
    if isinstance(element, list):
        return set().union(*map(_kinds, element))
    if not isinstance(element, dict):
        return set()
    return {str(element["/S"])} | _kinds(element.get("/K")) if "/S" in element else _kinds(element.get("/K"))


# --- languages


@dataclass
class Placed:
    text: str
    x: float


def _placed(page: pypdf.PageObject) -> list[Placed]:
    found: list[Placed] = []

    def visit(text: str, matrix: list[float], of_text: list[float], *_: object) -> None:
        found.append(Placed(text, matrix[4] + matrix[0] * of_text[4] + matrix[2] * of_text[5]))

    page.extract_text(visitor_text=visit)
    return [one for one in found if one.text.strip()]


def test_each_language_stands_whole_in_its_own_direction_and_in_the_order_of_the_instrument() -> None:
    found = pages(sheet())
    assert [_side_of(page, "34") for page in found[:3]] == ["left", "right", "right"]
    fonts = [{str(font["/BaseFont"]).partition("+")[2] for font in _fonts(page)} for page in found[:3]]
    assert any("NotoSerif" in name for name in fonts[0]) and not any("Arabic" in name for name in fonts[0])
    assert any("Nastaliq" in name for name in fonts[1]) and not any("Naskh" in name for name in fonts[1])
    assert any("Naskh" in name for name in fonts[2]) and not any("Nastaliq" in name for name in fonts[2])


def test_the_script_of_a_tag_decides_its_direction() -> None:
    rows = tuple(Provision(f"art_1__row_{n}", {}, {"az-Arab": f"شمال | 34.{n}"}) for n in (1, 2))
    (page, *_) = pages(sheet(rows, (("az-Arab", "authentic"),)))
    assert _side_of(page, "34") == "right"


def _fonts(page: pypdf.PageObject) -> list[dict[str, object]]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def _side_of(page: pypdf.PageObject, cell: str) -> str:
    """At which side of the page a cell stands."""
    place = next(one.x for one in _placed(page) if one.text.strip().startswith(cell))
    return "left" if place < float(page.mediabox.width) / 2 else "right"


def test_a_language_that_lacks_a_provision_says_so_and_is_a_draft() -> None:
    text = (*TEXT, Provision("art_4", {}, {"en": "It enters into force.", "ps": "نافذیږي."}))
    made = sheet(text, LANGUAGES[:1])
    assert "DRAFT" not in " ".join(words(made))
    lacking = words(replace(made, languages=(("en", "authentic"), ("de", "authentic"))))
    german = next(page for page in lacking if "Text in German" in page)
    assert "There are no words in German here." in german
    assert "DRAFT, not for signature: 7 provisions without words in this language" in german


# --- what is signed


def test_each_side_and_the_keeper_have_a_block_with_the_steps_that_the_instrument_knows() -> None:
    last = words(english("Peace."))[-1]
    for side in ("A", "B"):
        assert f"For Delegation {side} Initials Signature ad referendum Signature" in last
    assert "Certified by the keeper as a true copy of edition 3" in last
    assert last.count("Capacity") == last.count("Place") == last.count("Date") == 3
    made = replace(english("Peace."), signing=Signing(("A", "B"), initialled=False, ratified=True))
    assert "Signature, subject to ratification, acceptance or approval" in words(made)[-1]
    assert "Initials" not in words(made)[-1]


def test_nothing_is_signed_where_consent_is_given_by_agreed_means() -> None:
    made = replace(english("Peace."), signing=Signing(("A", "B"), signed=False))
    last = words(made)[-1]
    assert "For Delegation" not in last and "Certified by the keeper" in last


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (english("Each Side [shall] [should] withdraw."), "2 brackets open"),
        (replace(english("Peace."), bracketed={"art_1": {"en": "[Peace.]A [Truce.]B"}}), "1 bracket open"),
        (replace(english("Peace."), position=replace(AT, replaced_by=4)), "replaced by edition 4"),
    ],
)
def test_a_draft_is_marked_on_every_page_and_has_no_blocks_to_sign(made: Sheet, why: str) -> None:
    for page in words(made):
        assert f"DRAFT, not for signature: {why}" in page and "For Delegation" not in page


def test_alternatives_stand_in_their_brackets_with_the_letters_behind_them() -> None:
    made = replace(english("Peace."), bracketed={"art_1": {"en": "[Peace.]A [Truce.]B"}})
    assert "[Peace.]A [Truce.]B" in words(made)[0]


def test_a_corrected_edition_says_by_which_acts() -> None:
    corrected = replace(english("Peace."), position=Position(3, 47, "ab" * 32, "x", corrections=(52, 60)))
    assert "log root abababababababab, corrected by #52 and #60" in words(corrected)[0]


# --- hostile words


@pytest.mark.parametrize(
    "text",
    ["#panic(1)", '#read("page.typ")', "]", "[", "$x$ ] #", "\\", "*bold* _it_ `raw` <label> @ref", "// gone /* gone",
     '"; #import "x"', "#{sys.inputs}", "{page} of {pages}"],
)  # fmt: skip
def test_words_are_never_code(text: str) -> None:
    made = replace(english(f"Before {text} after."), title=text)
    found = words(made)[0]
    assert f"Before {text} after." in found
    assert found.startswith(text)


@pytest.mark.parametrize(("text", "why"), [("𐎠𐎡", "𐎠"), ("a" * 19_000, "longer than")])
def test_letters_that_no_font_has_and_words_without_end_are_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        write_pdf(english(text))
    (refusal,) = refused.value.refusals
    assert refusal.code == "pdf.typeset" and why in refusal.sentence


def test_the_longest_paragraph_is_typeset() -> None:
    made = english("Each Side shall withdraw. " * 768 + "It ends here.")
    assert "It ends here." in " ".join(words(made))
