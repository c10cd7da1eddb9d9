"""`detente edition`: an edition of a text as a PDF for signature."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named, reader_named
from detente.cli.terminal import say
from detente.depositary.reading import Record
from detente.interchange.documents.signature_pdf.edition import sheet_of
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.procedure.disclosure import Viewer


@click.command("edition")
@click.argument("process")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@click.option("--as", "person", help="As this person may read it; without it, as the public may.")
@click.option("--instrument", default="", help="Id of the text; the first if left out.")
@click.option("--edition", type=click.IntRange(min=1), default=None, help="Its number; the last if left out.")
@click.option("--host", default="", help="Address of the host, for the QR code: https://records.example.")
def command(
    process: str, file: Path, data: Path, person: str | None, instrument: str, edition: int | None, host: str
) -> None:
    """Write an edition of a text of PROCESS to FILE as a PDF for signature: every authentic language, its digest and its
    place in the log on every page, blocks to sign, and the exact text attached."""
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        reader = reader_named(depositary.main(origin).state(), person)
        record = Record(depositary, origin, Viewer(reader))
        root_at = depositary.log(origin).tree.root
        sheet = sheet_of(record, root_at, instrument=instrument, edition=edition or 0, host=host)
        file.write_bytes(write_pdf(sheet))
    tags = ", ".join(tag for tag, _status in sheet.languages)
    say(f"{file}: {len(sheet.provisions)} provisions ({tags}). SHA-256 {sheet.digest}")
