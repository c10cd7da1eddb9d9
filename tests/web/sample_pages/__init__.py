"""Pages filled by hand, to hold the templates to what the demonstration's own pages do not show: deadlines,
commands, several instruments, three cosigners, powers revoked, sealed words, and everything that can be empty.

Times, numbers and hashes are invented; the pages of a running process are filled from its record.
"""

from __future__ import annotations

from detente.views.pages import Page
from tests.web.sample_pages.article import article_page
from tests.web.sample_pages.chambers import chambers_page
from tests.web.sample_pages.comparing import comparing_page
from tests.web.sample_pages.feeding import feed_page
from tests.web.sample_pages.files import changed_page, compared_page, signing_from_file
from tests.web.sample_pages.following import following_page
from tests.web.sample_pages.keeping import keeping_page, nothing_kept
from tests.web.sample_pages.keys import keys_page
from tests.web.sample_pages.mandates import mandates_page
from tests.web.sample_pages.observance import observance_page
from tests.web.sample_pages.overview import bracket_overview, nothing_yet
from tests.web.sample_pages.preferences import preferences_page
from tests.web.sample_pages.presenting import present_page
from tests.web.sample_pages.processes import error_page, processes_page
from tests.web.sample_pages.proving import check_page, prove_page
from tests.web.sample_pages.public_record import public_record_page
from tests.web.sample_pages.record import act_page, exhibit_act_page, record_page
from tests.web.sample_pages.room import convene_page, join_page, outbox_page, room_page, signing_page
from tests.web.sample_pages.sessions import sessions_page
from tests.web.sample_pages.text import empty_text, text_page
from tests.web.sample_pages.timeline import timeline_page
from tests.web.sample_pages.undertakings import undertakings_page
from tests.web.sample_pages.verifiable import verifiable_page


def samples() -> dict[str, Page]:
    """Every sample by a short name."""
    return {
        "overview-bracket": bracket_overview(),
        "overview-nothing-yet": nothing_yet(),
        "text-clean": text_page("clean"),
        "text-marked": text_page("marked"),
        "text-side": text_page("side"),
        "text-empty": empty_text(),
        "sessions": sessions_page(),
        "undertakings": undertakings_page(),
        "undertakings-empty": undertakings_page(empty=True),
        "keeping": keeping_page(),
        "keeping-empty": nothing_kept(),
        "observance": observance_page(),
        "observance-empty": observance_page(empty=True),
        "pairs": comparing_page(),
        "pairs-empty": comparing_page(empty=True),
        "feed": feed_page(),
        "feed-read": feed_page("read"),
        "feed-nothing": feed_page("nothing"),
        "feed-problem": feed_page("problem"),
        "powers": mandates_page(),
        "preferences": preferences_page(),
        "preferences-empty": preferences_page(empty=True),
        "timeline": timeline_page(),
        "timeline-empty": timeline_page(empty=True),
        "act": act_page(),
        "act-exhibit": exhibit_act_page(),
        "record": record_page(),
        "processes": processes_page(),
        "processes-empty": processes_page(empty=True),
        "error": error_page(),
        "room": room_page(),
        "room-public": room_page(public=True),
        "signing": signing_page(),
        "signing-from-file": signing_from_file(),
        "changed": changed_page(),
        "changed-empty": changed_page("empty"),
        "changed-nothing": changed_page("nothing"),
        "changed-problem": changed_page("problem"),
        "compared": compared_page(),
        "compared-empty": compared_page(read=False),
        "signing-refused": signing_page("refused"),
        "signing-not-yours": signing_page("not yours"),
        "chambers": chambers_page(),
        "chambers-none": chambers_page(none=True),
        "present": present_page(),
        "present-no-files": present_page(largest=0),
        "keys": keys_page(),
        "keys-public": keys_page(public=True),
        "following": following_page(),
        "following-full": following_page(full=True),
        "join": join_page(),
        "outbox": outbox_page(),
        "convene": convene_page(),
        "check": check_page(),
        "prove": prove_page(),
        "prove-none": prove_page(none=True),
        "article": article_page(),
        "article-read": article_page("found"),
        "article-nothing": article_page("nothing"),
        "article-problem": article_page("problem"),
        "public-record": public_record_page(),
        "public-record-empty": public_record_page(empty=True),
        "verifiable": verifiable_page(),
        "verifiable-empty": verifiable_page(empty=True),
    }
