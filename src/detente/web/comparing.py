"""Reports that may be of one incident, over HTTP: what its reader may read is compared, and nothing is decided."""

from __future__ import annotations

from importlib.util import find_spec

from starlette.requests import Request

from detente.codec.refusal import Refused
from detente.depositary.reading import Record
from detente.procedure.reckoned import VisiblePairs
from detente.procedure.sameness import decided
from detente.views import building
from detente.views.comparing import ComparingPage
from detente.web.observance import NOT_INSTALLED, UNREADABLE, Question


def page(request: Request, record: Record, viewers: tuple[str, ...]) -> ComparingPage:
    found, why_none = _compared(request, record)
    return building.comparing_page(record, found, why_none=why_none, viewers=viewers)


def _compared(request: Request, record: Record) -> tuple[VisiblePairs, str]:
    """The pairs, and where nothing could be compared, why not."""
    question = Question(request, record)
    known = decided(record.visible.state)
    nothing = VisiblePairs(record.viewer, known=known)
    if len(question.files) + len(question.reports) == 0:
        return nothing, ""
    if find_spec("duckdb") is None or find_spec("shapely") is None:
        return nothing, NOT_INSTALLED
    from detente.analysis.comparing import compared  # the extra may be missing

    try:
        return compared(record.viewer, question.files, question.reports, question.asked, known), ""
    except Refused:
        return nothing, UNREADABLE
