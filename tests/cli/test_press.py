"""`detente press`: minutes that a person reads, corrects and plays."""

from __future__ import annotations

import json
from pathlib import Path

from detente.interchange.minutes.parsing import parse_minutes
from tests.cli.speaking import refused, run, say
from tests.interchange.press.articles import TEXT, TITLE


def article(folder: Path) -> Path:
    file = folder / "article.txt"
    file.write_text(TEXT, "utf-8")
    return file


def test_an_article_comes_out_as_minutes_that_can_be_read_again(tmp_path: Path) -> None:
    said = say("press", article(tmp_path), "--name", "B=the southern delegation").out
    assert said.count("A registers a public statement") == 7
    assert "    claims: withdrew B\n" in said and f"    title: {TITLE}\n" in said
    script = parse_minutes(
        "process harbour: Harbour talks\n\n2031-04-02\n" + said.replace("A registers", "10:00 A registers")
    )
    assert script.statements


def test_programs_get_json(tmp_path: Path) -> None:
    found = json.loads(say("press", article(tmp_path), "--json").out)
    assert found["article"]["title"] == TITLE and len(found["statements"]) == 7


def test_a_name_is_a_side_and_what_it_is_called(tmp_path: Path) -> None:
    refused(run("press", article(tmp_path), "--name", "southern"), "press.name")
