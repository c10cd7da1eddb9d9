"""The fonts of scripts beyond the four fonts that stand beside this file: Noto’s, from the folders of the machine.

Whole fonts for every script of the world would be a hundred times the program. Debian and others package them; only those
of the scripts that a text is written in are taken, by their file names, and no other font of the machine. Another version
of such a font gives other bytes of the PDF, and the same text attached to it.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from detente.codec.refusal import Refused, refuse

FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
    "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
CORE, CJK = "fonts-noto-core", "fonts-noto-cjk"
"""Debian’s packages."""
_STYLES: Final = ("Regular", "Bold")
_TYPES: Final = (".ttf", ".otf", ".ttc")


class Script(Struct, frozen=True):
    """families: of its font, the first where no language chooses another. tall: whether its letters reach further
    above and below the line than Latin ones."""

    name: str
    file: str
    families: tuple[str, ...]
    package: str = CORE
    tall: bool = True


def _noto(name: str, style: str = "Serif", *, tall: bool = True) -> Script:
    return Script(name, f"Noto{style}{name}", (f"Noto {style} {name}",), tall=tall)


_CHINESE_JAPANESE_KOREAN: Final = Script(
    "Chinese, Japanese or Korean", "NotoSerifCJK",
    ("Noto Serif CJK SC", "Noto Serif CJK TC", "Noto Serif CJK JP", "Noto Serif CJK KR"), CJK,
)  # fmt: skip
_EAST_ASIAN: Final = {"ja": 2, "ko": 3}
"""Which of the families a language wants; Chinese the first or, in traditional letters, the second."""

SCRIPTS: Final[dict[str, Script]] = {
    **{word: _noto(word.title(), tall=False) for word in ("HEBREW", "ARMENIAN", "GEORGIAN")},
    **{
        word: _noto(word.title())
        for word in ("DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM",
                     "SINHALA", "ETHIOPIC", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
    },
    **{word: _noto(word.title(), "Sans") for word in ("SYRIAC", "THAANA")},
    **dict.fromkeys(("CJK", "IDEOGRAPHIC", "FULLWIDTH", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"),
                    _CHINESE_JAPANESE_KOREAN),
}  # fmt: skip
"""By the first word of the names that Unicode gives to its letters."""


def scripts_in(words: Iterable[str]) -> tuple[Script, ...]:
    """Those of the table, each once, in the order of their letters in Unicode."""
    letters = sorted({letter for text in words for letter in text if letter > "\u0500"})
    found = (SCRIPTS.get(_first_word(letter)) for letter in letters)
    return tuple(dict.fromkeys(script for script in found if script is not None))


def _first_word(letter: str) -> str:
    return unicodedata.name(letter, "").replace("-", " ").partition(" ")[0]


def families_for(scripts: Iterable[Script], tag: str) -> list[str]:
    """The families of the scripts, that of the language first where a script has several."""
    found: list[str] = []
    for script in scripts:
        language, *subtags = tag.split("-")
        traditional = {"Hant", "TW", "HK"}.intersection(subtags)
        wanted = min(_EAST_ASIAN.get(language, 1 if traditional else 0), len(script.families) - 1)
        found += (script.families[wanted], *(f for f in script.families if f != script.families[wanted]))
    return found


def font_files(scripts: Iterable[Script]) -> tuple[Path, ...]:
    """Raises `Refused` with code `pdf.font`: each script of which this machine has no font, and where it is had."""
    found, lacking = list[Path](), list[Refused]()
    for script in scripts:
        files = [path for style in _STYLES if (path := _find(f"{script.file}-{style}")) is not None]
        if files and files[0].stem.endswith(_STYLES[0]):
            found += files
        else:
            lacking.append(_no_font(script))
    if lacking:
        raise Refused(*(refusal for one in lacking for refusal in one.refusals))
    return tuple(found)


def _no_font(script: Script) -> Refused:
    return refuse(
        "pdf.font", f"The text has {script.name} letters, and no font here has them.", "",
        f"Whoever runs this program installs {script.package} (Debian, Ubuntu), or puts {script.file}-Regular of Noto "
        "into a folder of fonts.",
    )  # fmt: skip


def _find(stem: str) -> Path | None:
    return next((path for path in map(_names().get, (stem + of for of in _TYPES)) if path is not None), None)


@cache
def _names() -> dict[str, Path]:
    """Noto’s font files of this machine by name. Looked for once: what is installed later is found after a restart."""
    return {path.name: path for path in _noto_files()}


def _noto_files() -> Iterator[Path]:
    for folder in FOLDERS if sys.platform != "win32" else FOLDERS[-1:]:
        for here, _folders, names in os.walk(Path(folder).expanduser()):
            yield from (
                Path(here, name) for name in names if name.startswith("Noto") and name.endswith(_TYPES)
            )
