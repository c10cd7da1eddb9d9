"""Every page there is. One type a page; each field says in its annotation what it holds."""

from __future__ import annotations

from detente.views.act import ActPage
from detente.views.article import ArticlePage
from detente.views.chambers import ChambersPage
from detente.views.changed import ChangedPage
from detente.views.check import CheckPage
from detente.views.compared import ComparedPage
from detente.views.comparing import ComparingPage
from detente.views.error import ErrorPage
from detente.views.feeding import FeedPage
from detente.views.following import FollowingPage
from detente.views.keeping import KeepingPage
from detente.views.keys import KeysPage
from detente.views.mandates import MandatesPage
from detente.views.observance import ObservancePage
from detente.views.outbox import OutboxPage
from detente.views.overview import OverviewPage
from detente.views.preferences import PreferencesPage
from detente.views.presenting import PresentPage
from detente.views.processes import ProcessesPage
from detente.views.proving import ProvePage
from detente.views.public_record import PublicRecordPage
from detente.views.record import RecordPage
from detente.views.sessions import SessionsPage
from detente.views.signing import ConvenePage, JoinPage, RoomPage, SigningPage
from detente.views.text import TextPage
from detente.views.timeline import TimelinePage
from detente.views.undertakings import UndertakingsPage
from detente.views.verifiable import VerifiablePage

Page = (
    ProcessesPage
    | OverviewPage
    | TextPage
    | SessionsPage
    | UndertakingsPage
    | ObservancePage
    | ComparingPage
    | FeedPage
    | MandatesPage
    | TimelinePage
    | KeepingPage
    | ActPage
    | RecordPage
    | ErrorPage
    | FollowingPage
    | RoomPage
    | SigningPage
    | JoinPage
    | ConvenePage
    | KeysPage
    | OutboxPage
    | ChambersPage
    | ChangedPage
    | ComparedPage
    | PresentPage
    | PreferencesPage
    | CheckPage
    | ProvePage
    | PublicRecordPage
    | ArticlePage
    | VerifiablePage
)
