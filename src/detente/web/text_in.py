"""A text that comes in as a file: read in memory, put into the plain form of the act that brings it, and read by its
author before they sign. Nothing of it is kept, and nothing is signed here.

Not for a chamber: what is written there is sealed in its author's browser, and a file would be read by the host first.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.codec.refusal import Refused, refuse
from detente.interchange.documents.structure import structured
from detente.provisions.plain_text import format_text
from detente.views.building.file_read import VisibleFile
from detente.views.building.signing import FROM_FILES
from detente.views.building.substance import main_language
from detente.web.room import kind_of_form, signing_page
from detente.web.sent_files import (
    SentForm,
    answered,
    document_in,
    one_at_a_time,
    record_at_table,
    visible_remarks,
)


async def read(request: Request) -> Response:
    """The page before signing, with the text of a file in its form. Raises `Refused`: as `answered`,
    `act.unknown_kind`, `document.kind`."""
    return await answered(request, _page)


def _page(request: Request, sent: SentForm) -> Response:
    given = {**request.query_params, **sent.fields}
    kind = kind_of_form(given)
    if kind.name not in FROM_FILES or given.get("log"):
        raise refuse("document.kind", "An act of this kind takes no text from a file.",
                     instead="Table a text, or issue an edition, outside of a chamber.")  # fmt: skip
    try:
        file, words = _read(request, sent, given.get("instrument", ""))
    except Refused as refused:
        return signing_page(request, given, unread=refused.refusals)
    if kind.name == "table_text" and file.title:
        given = {"title": file.title, **{name: value for name, value in given.items() if value}}
    return signing_page(request, {**given, "text": words}, file)


def _read(request: Request, sent: SentForm, name: str) -> tuple[VisibleFile, str]:
    """What was read, and the same in the plain form."""
    file = sent.files.get("file")
    if file is None:
        raise refuse("document.none", "No file was sent.", instead="Choose a file, or paste the text.")
    instrument = record_at_table(request).visible.state.instruments.get(name)
    language = main_language(instrument) if instrument is not None else "en"
    tags = {tag for tag, _status in instrument.languages} if instrument is not None else {language}
    document, rejected = document_in(file).spoken_in(tags), sent.fields.get("tracked") == "rejected"
    found = one_at_a_time(structured, document.rejected() if rejected else document.accepted(), language)
    marks = document.marks
    authors = tuple(dict.fromkeys(mark.author for mark in marks))
    remarks = visible_remarks(found.remarks)
    visible = VisibleFile(file.name, found.title, found.provisions, remarks, len(marks), authors, rejected)
    return visible, format_text(found.provisions, language)


ROUTES = [Route("/processes/{process}/sign/file", read, methods=["POST"])]
