"""The PDF for signature read by programs that nobody here wrote: qpdf, and pdftotext of poppler.

What an extractor can tell of words from right to left: of Hebrew, every word. Of Arabic script, which letters a line has
and no more: a font draws dots apart from their letters, and each drawing is said to be the whole letter, so that letters
come back twice and out of order. That these pages are those of the text is known by making the file again (`pdf.same`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.provisions.provision import Provision
from tests.interchange.documents.signature_pdf.scripts import SAID, said_in
from tests.interchange.documents.signature_pdf.sheets import sheet

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def run(program: str, *arguments: str) -> str:
    assert shutil.which(program), f"{program} is not installed (Debian: qpdf, poppler-utils)"
    ran = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def words_of(tag: str, folder: Path) -> list[str]:
    file = folder / "text.pdf"
    file.write_bytes(write_pdf(said_in(tag)))
    found = _MARKS.sub("", run("pdftotext", "-raw", "-f", "1", "-l", "1", str(file), "-"))
    return unicodedata.normalize("NFKC", found).split()


@pytest.mark.parametrize("tag", ["he", "hi", "bn", "am", "hy", "ka", "ko", "ru"])
def test_every_word_of_the_edition_is_on_the_page(tag: str, tmp_path: Path) -> None:
    found = Counter(word.strip(".") for word in words_of(tag, tmp_path))
    assert not Counter(word.strip(".") for word in SAID[tag].split()) - found


@pytest.mark.parametrize("tag", ["zh", "ja"])
def test_every_letter_is_on_the_page_in_its_order(tag: str, tmp_path: Path) -> None:
    assert SAID[tag] in "".join(words_of(tag, tmp_path))


@pytest.mark.parametrize("tag", ["ar", "fa", "ur", "ps"])
def test_every_letter_of_arabic_script_is_on_the_page(tag: str, tmp_path: Path) -> None:
    found = Counter("".join(words_of(tag, tmp_path)))
    assert not Counter(unicodedata.normalize("NFKC", re.sub(r"[\s\u200c]", "", SAID[tag]))) - found


def test_behind_a_bracket_from_right_to_left_stands_the_letter_of_its_own_side(tmp_path: Path) -> None:
    text = (Provision("art_1", {}, {"ur": "کار"}),)
    held = {"art_1": {"ur": "کار [5.00]A [4.50]B"}}
    file = tmp_path / "text.pdf"
    file.write_bytes(write_pdf(replace(sheet(text, (("ur", "authentic"),)), bracketed=held)))
    drawn = re.findall(r'xMin="([0-9.]+)"[^>]*>([^<]*)<', run("pdftotext", "-bbox", str(file), "-"))
    at = {words: float(left) for left, words in drawn if words in ("5.00", "A", "4.50", "B")}
    assert sorted(at, key=at.__getitem__, reverse=True) == ["5.00", "A", "4.50", "B"]


def test_the_file_is_whole_and_its_fonts_are_in_it(tmp_path: Path) -> None:
    file = tmp_path / "text.pdf"
    file.write_bytes(write_pdf(sheet()))
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", str(file))
    assert "PDF subtype:    PDF/A-3a" in run("pdfinfo", str(file)) or "Tagged:          yes" in run(
        "pdfinfo", str(file)
    )
    rows = run("pdffonts", str(file)).splitlines()[2:]
    assert rows and all(row.split()[-5] == "yes" for row in rows), "each font is embedded"
