"""From a visible record to the typed pages. Each builder takes `Visible...` types and plain values, nothing else."""

from __future__ import annotations

from detente.views.building.act import act_page
from detente.views.building.around import shell
from detente.views.building.entering import convene_page, join_page
from detente.views.building.error import error_page
from detente.views.building.mandates import mandates_page
from detente.views.building.overview import overview_page
from detente.views.building.processes import processes_page
from detente.views.building.record import record_page
from detente.views.building.room import room_page
from detente.views.building.sessions import sessions_page
from detente.views.building.signing import signing_page
from detente.views.building.text import text_page
from detente.views.building.timeline import timeline_page

BUILDERS = (
    overview_page, text_page, sessions_page, mandates_page, timeline_page, act_page, record_page, processes_page,
    error_page, shell, room_page, signing_page, join_page, convene_page,
)  # fmt: skip

__all__ = [
    "BUILDERS", "act_page", "convene_page", "error_page", "join_page", "mandates_page", "overview_page",
    "processes_page", "record_page", "room_page", "sessions_page", "shell", "signing_page", "text_page",
    "timeline_page",
]  # fmt: skip
