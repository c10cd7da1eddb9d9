"""From a visible record to the typed pages. Each builder takes `Visible...` types and plain values, nothing else."""

from __future__ import annotations

from detente.views.building.act import act_page
from detente.views.building.around import shell
from detente.views.building.article import article_page
from detente.views.building.chambers import chambers_page
from detente.views.building.changed import changed_page
from detente.views.building.checking import check_page
from detente.views.building.compared import compared_page
from detente.views.building.comparing import comparing_page
from detente.views.building.entering import convene_page, join_page
from detente.views.building.error import error_page
from detente.views.building.feeding import feed_page
from detente.views.building.feeds import acts_feed, sessions_calendar
from detente.views.building.following import following_page
from detente.views.building.keeping import keeping_page
from detente.views.building.keys import keys_page
from detente.views.building.mandates import mandates_page
from detente.views.building.matrix_table import matrix_table
from detente.views.building.observance import observance_page
from detente.views.building.outbox import outbox_page
from detente.views.building.overview import overview_page
from detente.views.building.preferences import preferences_page
from detente.views.building.presenting import present_page
from detente.views.building.processes import own_process, processes_page
from detente.views.building.proving import prove_page
from detente.views.building.public_record import public_record_page
from detente.views.building.record import record_page
from detente.views.building.room import room_page
from detente.views.building.sessions import sessions_page
from detente.views.building.signing import signing_page
from detente.views.building.text import text_page
from detente.views.building.timeline import timeline_page
from detente.views.building.undertakings import undertakings_page
from detente.views.building.verifiable import verifiable_page
from detente.views.building.waiting import keys_to_enrol

BUILDERS = (
    overview_page, text_page, sessions_page, mandates_page, timeline_page, act_page, record_page, processes_page,
    error_page, shell, chambers_page, room_page, signing_page, join_page, convene_page,
    keeping_page, keys_page, keys_to_enrol, outbox_page, following_page, acts_feed, sessions_calendar, own_process,
    check_page, prove_page, present_page, public_record_page, article_page, undertakings_page, verifiable_page,
    matrix_table, preferences_page,
    observance_page, comparing_page, feed_page,
    changed_page,
    compared_page,
)  # fmt: skip

__all__ = [
    "BUILDERS", "act_page", "acts_feed", "article_page", "chambers_page", "changed_page", "check_page",
    "compared_page", "comparing_page", "convene_page", "error_page", "feed_page", "following_page", "join_page",
    "keeping_page", "keys_page", "keys_to_enrol", "mandates_page", "matrix_table", "observance_page", "outbox_page",
    "overview_page", "own_process", "preferences_page", "present_page", "processes_page", "prove_page",
    "public_record_page", "record_page", "room_page", "sessions_calendar", "sessions_page", "shell", "signing_page",
    "text_page", "timeline_page", "undertakings_page", "verifiable_page",
]  # fmt: skip
