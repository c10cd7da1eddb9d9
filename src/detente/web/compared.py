"""Comparing two texts on a page: two files, or a file and an edition. Both are read in memory, and nothing is kept.

For those at the table alone: a stranger's files would cost the host time, and whoever has two files compares them with
`detente compare` on a machine of their own.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.interchange.documents.comparing import compare_documents
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.structure import Structured
from detente.views import building
from detente.views.building.compared import VisibleComparison, VisibleSide
from detente.views.building.text_as_files import COMPARE
from detente.web.page_routes import shown, viewers_of
from detente.web.sent_files import (
    LARGEST,
    SentForm,
    answered,
    document_in,
    one_at_a_time,
    record_at_table,
    visible_remarks,
)
from detente.web.texts import edition_of, text_asked
from detente.web.viewer import number_asked


async def compared(request: Request) -> Response:
    """The form, and what differs. Raises `Refused`: as `answered`, `record_at_table` and `text_asked`."""
    if request.method == "POST":
        return await answered(request, _page)
    return await run_in_threadpool(_page, request, None)


def _page(request: Request, sent: SentForm | None) -> Response:
    record = record_at_table(request)
    viewers = viewers_of(request, record.origin)
    instrument, edition = request.query_params.get("instrument", ""), number_asked(request, "edition")
    text_asked(record, instrument, (edition,))
    read, problem = None, ""
    if sent is not None:
        try:
            read = _compared(record, sent)
        except Refused as refused:
            problem = " ".join(f"{r.sentence} {r.instead}".strip() for r in refused.refusals)
    page = building.compared_page(
        record,
        instrument=instrument,
        edition=edition or 0,
        read=read,
        problem=problem,
        largest=LARGEST,
        viewers=viewers,
    )
    return shown(request, page, 400 if problem else 200)


def _compared(record: Record, sent: SentForm) -> VisibleComparison:
    old, language, side = _old(record, sent)
    new = sent.files.get("new")
    if new is None:
        raise refuse("document.none", "No file was sent.", instead="Choose the file to compare.")
    found = one_at_a_time(compare_documents, old, document_in(new), language)
    return VisibleComparison(
        _side(found.old, side), _side(found.new, VisibleSide(new.name, 0, ())), found.differences, language
    )


def _old(record: Record, sent: SentForm) -> tuple[Document, str, VisibleSide]:
    """What the file is compared with: the other file where one was sent, else the edition that was chosen."""
    if (file := sent.files.get("old")) is not None:
        return document_in(file), "en", VisibleSide(file.name, 0, ())
    name, _, number = sent.fields.get("against", "").partition("/")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise refuse("text.unknown", "Nothing was chosen to compare the file with.",
                     instead="Choose an edition, or a second file.")  # fmt: skip
    stood = edition_of(record, name, int(number))
    side = VisibleSide("", 0, (), stood.instrument.id, stood.edition.number)
    return document_of(stood.provisions, stood.language), stood.language, side


def _side(read: Structured, side: VisibleSide) -> VisibleSide:
    return VisibleSide(
        side.name, len(read.provisions), visible_remarks(read.remarks), side.instrument, side.edition
    )


ROUTES = [Route(f"/processes/{{process}}/{COMPARE}", compared, methods=["GET", "POST"])]
