"""The modules written from Python are as Python would write them now; and every script is small and plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.keys.word_list import WORDS
from detente.procedure.examination import PROCEDURE_EDITIONS
from tests.javascript.generated import MODULES, SCRIPTS

FILES = sorted(SCRIPTS.glob("*/*.js"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_module_is_the_one_that_python_writes(path: Path) -> None:
    assert path.read_text("utf-8") == MODULES[path](), "python -m tests.javascript.generated writes it again"


def test_the_words_are_written_once() -> None:
    text = (SCRIPTS / "keys" / "word_list.js").read_text("utf-8")
    assert tuple(re.findall(r'"([a-z]+)"', text)) == WORDS


def test_a_browser_convenes_under_the_last_edition_of_the_procedure() -> None:
    text = (SCRIPTS / "room" / "convene_page.js").read_text("utf-8")
    assert f"const PROCEDURE = {PROCEDURE_EDITIONS[-1]};" in text


CLOCKS = ("room/host.js", "room/running_hours.js", "room/since_last_looked.js")
"""Where the present time is asked: for acts in one place, and on pages for what runs and what was looked at."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_a_script_is_short_and_needs_nothing_from_anywhere_else(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < 200
    imported = re.findall(r'\bfrom "([^"]+)"|\bimport\("([^"]+)"\)', text)
    assert all((where or late).startswith(("./", "../")) for where, late in imported)
    # Sinks that the pages' policy forbids, and randomness or clocks outside their places. `eval:` names a member of what
    # Web Authentication is asked for.
    assert not re.search(r"\beval\b(?!: )|new Function|innerHTML|document\.write|Math\.random", text)
    asks_the_time = re.search(r"\bDate\.now\b|new Date\(\)", text) is not None
    assert asks_the_time is (path.relative_to(SCRIPTS).as_posix() in CLOCKS)
    drawn = re.search(r"getRandomValues|generateKey", text) is not None
    assert drawn is (path.relative_to(SCRIPTS).as_posix() in ("signing/salt.js", "keys/generate.js"))
