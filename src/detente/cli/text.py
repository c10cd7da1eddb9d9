"""`detente text`: what a file is read as before anything is signed, and the same text as another kind of file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from detente.cli.terminal import say
from detente.codec.refusal import refuse
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import Structured, structured
from detente.interchange.limits import within_limits
from detente.provisions.numbering import number_of
from detente.provisions.plain_text import format_text
from detente.provisions.provision import Provision

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("text")
@click.argument("file", type=_FILE)
@click.option(
    "--language", default="en", show_default=True, help="Of words of which the file says nothing else."
)
@click.option(
    "--rejected", is_flag=True, help="Read it as if its tracked changes were rejected, not accepted."
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the text: .docx, .xml (Akoma Ntoso), .pdf for signature, or .txt in plain form.",
)
@click.option(
    "--since",
    type=_FILE,
    help="With --to a .docx or .xml: an older file, whose changes up to this one are tracked.",
)
@click.option("--author", default="detente", show_default=True, help="Whose the tracked changes are.")
def command(
    file: Path, language: str, rejected: bool, to: Path | None, since: Path | None, author: str
) -> None:
    """Read the text in FILE (Word, PDF, HTML, Markdown, plain text): its provisions, and every place where something was
    not understood. Nothing is signed or sent."""
    document = within_limits(read_document, file.read_bytes(), file.name)
    read = within_limits(structured, document.rejected() if rejected else document.accepted(), language)
    if to is None:
        for line in _preview(document, read, language):
            say(line)
        return
    to.write_bytes(_written(to, read, language, author, since))
    say(f"{len(read.provisions)} provisions are in {to}.")
    for line in _remarks(read):
        say(line, err=True)


def _written(to: Path, read: Structured, language: str, author: str, since: Path | None) -> bytes:
    if to.suffix.lower() in (".docx", ".xml"):
        from detente.interchange.documents.akn.writing import write_akn
        from detente.interchange.documents.word.writing import write_word

        write = write_word if to.suffix.lower() == ".docx" else write_akn
        if since is None:
            return write(document_of(read.provisions, language, read.title))
        before = within_limits(read_document, since.read_bytes(), since.name).accepted()
        old = within_limits(structured, before, language)
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return write(redline(old.provisions, read.provisions, Author(author, at), language, read.title))
    if to.suffix.lower() == ".pdf" and since is None:
        return _for_signature(read, language)
    if to.suffix.lower() == ".txt" and since is None:
        return format_text(read.provisions, language).encode()
    raise refuse("text.kind", f"No file of the kind {to.suffix or to.name} is written.",
                 instead="Name a file that ends in .docx or .xml, or in .pdf or .txt without --since.")  # fmt: skip


def _for_signature(read: Structured, language: str) -> bytes:
    from detente.interchange.documents.signature_pdf.sheet import Sheet
    from detente.interchange.documents.signature_pdf.typesetting import write_pdf

    tags = sorted(
        {tag for p in read.provisions for tag in p.languages()}, key=lambda tag: (tag != language, tag)
    )
    sheet = Sheet(read.title, read.provisions, tuple((tag, "") for tag in tags or [language]))
    return write_pdf(sheet)


def _preview(document: Document, read: Structured, language: str) -> Iterator[str]:
    if read.title:
        yield read.title
    for provision in read.provisions:
        yield from _provision(provision, language)
    marks = document.marks
    if marks:
        authors = ", ".join(dict.fromkeys(mark.author or "somebody who is not named" for mark in marks))
        yield ""
        yield f"{len(marks)} tracked changes by {authors}, read as accepted."
    yield from _remarks(read)


def _provision(provision: Provision, language: str) -> Iterator[str]:
    for number, of in (
        (f"{number_of(provision.id, full=True)}.", provision.heading),
        (number_of(provision.id), provision.texts),
    ):
        for at, tag in enumerate(sorted(of, key=lambda tag: (tag != language, tag))):
            yield f"{number if at == 0 else f'  {tag}:'} {of[tag]}"


def _remarks(read: Structured) -> Sequence[str]:
    if not read.remarks:
        return ("", "Everything in the file was understood.")
    lines = [f"  {r.place}: {r.sentence}" + (f" “{r.kept}”" if r.kept else "") for r in read.remarks]
    return ("", f"{len(lines)} remarks:", *lines)
