"""`detente compare`: what really changed between two files, by provision, weightiest first."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from detente.cli.terminal import say
from detente.interchange.documents.comparing import Compared, compare_documents
from detente.interchange.documents.document import Document
from detente.interchange.documents.reading import read_document
from detente.interchange.limits import within_limits
from detente.provisions.differences import KINDS, Difference
from detente.wording.differences import difference_words, kind_words, marked

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("compare")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option(
    "--language", default="en", show_default=True, help="Of words of which a file says nothing else."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(old: Path, new: Path, language: str, as_json: bool) -> None:
    """Compare the texts in OLD and NEW, Word, PDF, Akoma Ntoso, HTML, Markdown or plain text, ignoring layout: what was
    changed, put in, left out or moved. Exits 0 when nothing of substance differs, 1 when something does."""
    compared = within_limits(compare_documents, _read(old), _read(new), language)
    if as_json:
        say(json.dumps([_as_json(one) for one in compared.differences], ensure_ascii=False))
    else:
        for line in _lines(compared, old.name, new.name):
            say(line)
    if not compared.same:
        sys.exit(1)


def _read(path: Path) -> Document:
    return within_limits(read_document, path.read_bytes(), path.name)


def _as_json(difference: Difference) -> dict[str, object]:
    return {"where": difference.where, **msgspec.to_builtins(difference)}


def _lines(compared: Compared, old: str, new: str) -> Iterator[str]:
    for name, side in ((old, compared.old), (new, compared.new)):
        said = Counter(
            (remark.code, remark.sentence if remark.code == "document.tracked" else "")
            for remark in side.remarks
        )
        yield f"{name}: {len(side.provisions)} provisions" + "".join(
            f"; {sentence}" if sentence else "" for _code, sentence in said
        )
    counts = Counter(difference.kind for difference in compared.differences)
    if not counts:
        yield "Nothing of substance differs."
        return
    yield "; ".join(f"{counts[kind]} × {kind_words(kind).lower()}" for kind in KINDS if kind in counts) + "."
    for difference in compared.differences:
        if difference.kind == "renumbered":
            continue
        yield ""
        yield difference_words(difference)
        if difference.changes:
            yield f"  {marked(difference.changes)}"
    if counts["renumbered"]:
        yield ""
        yield f"Numbers alone that changed: {counts['renumbered']}."
