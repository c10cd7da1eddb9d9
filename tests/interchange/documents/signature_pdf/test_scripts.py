"""Scripts beyond the four fonts of the program: typeset with Noto's of the machine, or refused with what to install."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest

from detente.codec.refusal import Refused
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.signature_pdf import scripts
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from tests.interchange.documents.signature_pdf.scripts import FONTS, SAID, said_in


def fonts_of(made: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return " ".join(
        str(f.get_object()["/BaseFont"]) for page in pages for f in page["/Resources"]["/Font"].values()
    )


@pytest.mark.parametrize("tag", FONTS)
def test_each_script_is_typeset_in_its_own_font_and_read_back(tag: str) -> None:
    """The fonts are Debian's fonts-noto-core and fonts-noto-cjk; without them this fails and says so."""
    made = write_pdf(said_in("ru", tag))
    assert FONTS[tag] in fonts_of(made)
    read = read_document(made)
    assert SAID[tag] in " ".join(block.text for block in read.blocks) or tag != "ru"
    assert [remark.code for remark in read.remarks] == ["pdf.attached", "pdf.same"]


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(scripts, "FOLDERS", ())
    scripts._names.cache_clear()
    yield
    scripts._names.cache_clear()


@pytest.mark.usefixtures("without_fonts")
def test_a_machine_without_the_font_says_which_script_and_what_to_install() -> None:
    with pytest.raises(Refused) as refused:
        write_pdf(said_in("he", "zh", "am"))
    assert {(r.code, r.sentence.split(" letters")[0].removeprefix("The text has ")) for r in refused.value.refusals} == {
        ("pdf.font", "Hebrew"), ("pdf.font", "Ethiopic"), ("pdf.font", "Chinese, Japanese or Korean"),
    }  # fmt: skip
    said = {r.sentence: r.instead for r in refused.value.refusals}
    assert all("fonts-noto-cjk" in instead if "Chinese" in sentence else "fonts-noto-core" in instead
               for sentence, instead in said.items())  # fmt: skip


@pytest.mark.usefixtures("without_fonts")
def test_the_scripts_of_the_program_need_no_font_of_the_machine() -> None:
    assert write_pdf(said_in("ru", "ar", "fa", "ur", "ps"))


def test_a_language_takes_its_own_form_of_shared_letters() -> None:
    (script,) = scripts.scripts_in(["平和"])
    for tag, family in (
        ("zh", "SC"),
        ("zh-Hant", "TC"),
        ("zh-TW", "TC"),
        ("ja", "JP"),
        ("ko", "KR"),
        ("en", "SC"),
    ):
        assert scripts.families_for([script], tag)[0].endswith(family)
