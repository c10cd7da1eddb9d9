"""An edition as a PDF for signature, for whoever may read its words."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.interchange.documents.signature_pdf.edition import sheet_of
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.views.addresses import edition_file
from detente.web.checking import attached
from detente.web.viewer import host, number_asked, record_of


def signature_pdf(request: Request) -> Response:
    """Of `instrument` and `edition`, the first and its last where left out. Raises `Refused` as `sheet_of`,
    `write_pdf` and `record_of` do."""
    record, asked = record_of(request), request.query_params
    number = number_asked(request, "edition") or 0
    sheet = sheet_of(
        record,
        host(request).log(record.origin).tree.root,
        instrument=asked.get("instrument", ""),
        edition=number,
        host=str(request.base_url),
    )
    assert sheet.position is not None
    name = edition_file(request.path_params["process"], sheet.position.edition)
    return attached(write_pdf(sheet), f"{name}.pdf", "application/pdf")


ROUTES = [Route("/processes/{process}/text/signature.pdf", signature_pdf)]
