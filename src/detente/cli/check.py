"""`detente check`: can the words of a text be verified? A check of words, as a linter reads code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from detente.cli.terminal import say
from detente.codec.refusal import Refused, refuse
from detente.procedure.verifiability.check import Checked, check_text
from detente.procedure.verifiability.words import LANGUAGES, CheckedText
from detente.provisions.numbering import number_of
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from detente.provisions.recognition import recognised
from detente.wording.verifiability import CAUTION, element_words


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--side", "sides", multiple=True, help="What a side is called in the text. Can be given again.")
@click.option("--language", default="en", show_default=True, help="The language of the text.")
@click.option("--entry", default="", help="The earliest date on which it can enter into force: 2026-03-01.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(file: Path, sides: tuple[str, ...], language: str, entry: str, as_json: bool) -> None:
    """Check the provisions of a text in FILE: for each that states a duty, which of the nine elements that make it
    verifiable it lacks, and which words leave it open. Of words in brackets ([promptly]A [within two days]B) each text is
    checked. Exits 1 where something is missing."""
    if language not in LANGUAGES:
        raise refuse("check.language", f"This check does not read “{language}”.",
                     instead=f"It reads: {', '.join(LANGUAGES)}.")  # fmt: skip
    provisions = _provisions(file.read_text("utf-8", "replace"), language)
    checked = check_text(CheckedText(provisions, language, names=sides, entry=entry))
    if as_json:
        found = [_as_json(letters, one) for letters, one in checked if one.duty or one.doubts]
        say(json.dumps(found, ensure_ascii=False))
    else:
        for line in _lines(checked):
            say(line)
    if any(one.missing or one.doubts for _letters, one in checked):
        sys.exit(1)


def _provisions(text: str, language: str) -> tuple[Provision, ...]:
    """The text in its plain form; failing that, with the structure that its lines show."""
    try:
        return parse_text(text, language)
    except Refused:
        return parse_text(recognised(text), language)


def _as_json(letters: str, checked: Checked) -> dict[str, object]:
    return {"number": number_of(checked.provision), "in_brackets": letters, **msgspec.to_builtins(checked)}


def _lines(checked: tuple[tuple[str, Checked], ...]) -> Iterator[str]:
    short = {one.provision for _letters, one in checked if one.duty and one.missing}
    stated = {one.provision for _letters, one in checked if one.duty}
    every = {one.provision for _letters, one in checked}
    for letters, one in checked:
        if not one.missing and not one.doubts:
            continue
        yield _head(letters, one)
        for doubt in one.doubts:
            yield f"  {doubt.code}: {doubt.sentence}"
            yield f"    Instead: {doubt.instead}"
    yield f"{len(every)} provisions, {len(stated)} with a duty, {len(short)} of these lack an element."
    yield CAUTION


def _head(letters: str, checked: Checked) -> str:
    number = number_of(checked.provision, full=True) + (f", as {letters} would have it" if letters else "")
    if not checked.missing:
        return number
    elements = ", ".join(element_words(found.element).lower() for found in checked.missing)
    return f"{number}: {len(checked.missing)} of {len(checked.elements)} elements missing: {elements}"
