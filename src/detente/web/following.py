"""Following from elsewhere: a feed of acts and a calendar, at an address that opens them without a session.

The secret part of an address is random; the host keeps its SHA-256 with whose it is and by which key it was made
(docs/adr/0013-feeds.md). It opens nothing but these two, and ends with the key, with its person's leaving, and when
its person revokes it: from there on it is answered like one that never was.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from hashlib import sha256

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.interchange import atom, icalendar
from detente.procedure.disclosure import Viewer
from detente.signing.reader_token import key_named
from detente.store.appending import NotStored
from detente.store.port import Feed, UncertainCommit
from detente.views import building
from detente.views.building.following import MOST
from detente.web.page_routes import shown, viewers_of
from detente.web.signing_in import COOKIE, Sessions
from detente.web.viewer import host, origin_of, present_record_of, state_of

SECRET_BYTES = 32
ENDS = 4
"""Characters of the secret part that are kept, so that its owner knows which is which."""


# --- the page


def following(request: Request) -> Response:
    """One's own addresses. Raises `Refused` as `present_record_of`."""
    return _page(request, present_record_of(request))


def make(request: Request) -> Response:
    """Make a pair of addresses, and show it this once.

    Raises `Refused`: `log.members_only`, `feed.too_many`, `host.busy`, or as `present_record_of`.
    """
    record = present_record_of(request)
    person, key = record.viewer.person, own_key(request, record)
    if person is None or not key:
        raise refuse("log.members_only", "Only somebody with a key in this process can follow it by an address.",
                     instead="Sign in with an enrolled key.")  # fmt: skip
    if len(host(request).store.feeds(record.origin, person)) >= MOST:
        raise refuse("feed.too_many", f"You have {MOST} addresses already.",
                     instead="Revoke one that you no longer use.")  # fmt: skip
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed(_digest(secret), record.origin, person, key, secret[-ENDS:], int(time.time()))
    stored(lambda: host(request).store.keep_feed(feed))
    at = f"{_base(request)}/processes/{request.path_params['process']}/feeds/{secret}"
    return _page(request, record, (f"{at}/acts.atom", f"{at}/calendar.ics"), 201)


def revoke(request: Request) -> Response:
    """Revoke a pair of one's own; of anybody else's nothing is said. Raises `Refused` as `make`."""
    record = present_record_of(request)
    feed = host(request).store.feed(request.path_params["digest"])
    if feed is not None and (feed.origin, feed.person) == (record.origin, record.viewer.person):
        stored(lambda: host(request).store.drop_feed(feed.digest))
    return back(request)


def back(request: Request) -> Response:
    """Whoever had to sign in again before revoking finds the page again."""
    return RedirectResponse(f"/processes/{request.path_params['process']}/follow", 303)


def _page(
    request: Request, record: Record, made: tuple[str, str] | None = None, status: int = 200
) -> Response:
    own = host(request).store.feeds(record.origin, record.viewer.person or "")
    page = building.following_page(
        record, kept=tuple((f.digest, f.ends, f.made) for f in own), has_key=bool(own_key(request, record)),
        made=made, viewers=viewers_of(request, record.origin),
    )  # fmt: skip
    return shown(request, page, status)


def own_key(request: Request, record: Record) -> str:
    """The key by which the person looking has proved who they are; "" for the public and in a demonstration."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    sessions: Sessions = request.app.state.sessions
    session = sessions.of(request.cookies.get(COOKIE, ""), record.origin)
    named = key_named(token.strip()) if scheme.lower() == "detente" else session.key if session else ""
    key = record.visible.state.keys.get(named)
    return named if key is not None and key.person == record.viewer.person else ""


def stored(work: Callable[[], None]) -> None:
    """Do what writes. Raises `Refused`: `host.busy`."""
    try:
        work()
    except (NotStored, UncertainCommit) as error:
        raise refuse("host.busy", "The host could not store this now.", instead="Try again.") from error


def _base(request: Request) -> str:
    """The host's address as its visitor knows it, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


# --- what the addresses open


def acts(request: Request) -> Response:
    """The newest acts as their reader may see them. Raises `Refused`: `feed.unknown`."""
    feed = building.acts_feed(_followed(request))
    return _private(atom.atom(feed, _base(request)), atom.MEDIA_TYPE)


def calendar(request: Request) -> Response:
    """Sessions and deadlines. Raises `Refused`: `feed.unknown`."""
    found = building.sessions_calendar(_followed(request))
    return _private(icalendar.icalendar(found, _base(request)), f"{icalendar.MEDIA_TYPE}; charset=utf-8")


def _private(body: bytes, media_type: str) -> Response:
    return Response(body, media_type=media_type, headers={"cache-control": "private, no-store"})


def _followed(request: Request) -> Record:
    """The record as the owner of the address may see it now."""
    origin, state = origin_of(request), state_of(request, origin_of(request))
    feed = host(request).store.feed(_digest(request.path_params["secret"]))
    if state is None or feed is None or feed.origin != origin:
        raise _nothing_here()
    key = state.keys.get(feed.key)
    if key is None or key.revoked is not None or state.people[feed.person].left is not None:
        raise _nothing_here()
    return Record(host(request), origin, Viewer(feed.person))


def _nothing_here() -> Refused:
    """The same words for an address that never was, one that is revoked, and a process that is not there."""
    return refuse("feed.unknown", "There is nothing to follow at this address.",
                  instead="Make an address on the page “Follow” of the process.")  # fmt: skip


# --- the list of processes that a browser makes for itself


def entry(request: Request) -> Response:
    """What the list says of this process, to whoever asks. Raises `Refused` as `present_record_of`."""
    found = building.own_process(present_record_of(request))
    return _private(msgspec.json.encode(found), "application/json")


ROUTES = [
    Route("/processes/{process}/entry", entry),
    Route("/processes/{process}/follow", following),
    Route("/processes/{process}/follow", make, methods=["POST"]),
    Route("/processes/{process}/follow/{digest}/revoke", revoke, methods=["POST"]),
    Route("/processes/{process}/follow/{digest}/revoke", back),
    Route("/processes/{process}/feeds/{secret}/acts.atom", acts),
    Route("/processes/{process}/feeds/{secret}/calendar.ics", calendar),
]
