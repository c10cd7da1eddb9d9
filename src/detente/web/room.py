"""The room: what a person can do now, and the page on which an act is read before its author signs it.

Nothing is changed by any address here: an act is signed in the browser and goes through the one door.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.act import Kind
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.host import latest_note
from detente.depositary.reading import Record
from detente.procedure.disclosure import VisibleAct, VisibleDraft, VisibleState
from detente.signing.envelope import LARGEST_SUBMISSION
from detente.views import building
from detente.web.drafting import Drafted, draft_act, form_of_kind
from detente.web.page_routes import shown, viewers_of
from detente.web.signing_in import WaitingKeys
from detente.web.viewer import host, number_asked, record_of
from detente.wording.moments import zone_named

_OWN: Final = ("kind", "log", "as", "at", "readers")
"""Parameters of the page itself; everything else is a field of the act."""


def room(request: Request) -> Response:
    """What the person looking can do now."""
    record = record_of(request)
    keys: WaitingKeys = request.app.state.waiting_keys
    waiting = tuple((k.person, k.public, k.possession) for k in keys.of(record.origin))
    return shown(
        request, building.room_page(record, waiting=waiting, viewers=viewers_of(request, record.origin))
    )


async def sign(request: Request) -> Response:
    """The form of an act, and what would be signed."""
    given = dict(request.query_params)
    if request.method == "POST":
        given = {**given, **await _form(request)}
    return await _run(request, given)


async def _run(request: Request, given: Mapping[str, str]) -> Response:
    return await run_in_threadpool(_signing_page, request, given)


async def _form(request: Request) -> dict[str, str]:
    """A form as sent: values of one name are joined by commas, as the minutes write several."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_SUBMISSION:
            raise refuse("envelope.size", f"A form is at most {LARGEST_SUBMISSION} bytes.",
                         instead="Table long texts in parts.")  # fmt: skip
    found: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        found[name] = f"{found[name]}, {value}" if found.get(name) and value else value or found.get(name, "")
    return found


def _signing_page(request: Request, given: Mapping[str, str]) -> Response:
    record = record_of(request)
    kind = BY_NAME.get(given.get("kind", ""))
    if kind is None or kind.name in ("convene", "mark_time"):
        raise refuse("act.unknown_kind", "There is no form for an act of this kind.",
                     instead="Choose what to do from the room.")  # fmt: skip
    fields = {name: value for name, value in given.items() if name not in _OWN}
    chamber = given.get("log", "")
    draft, signable = _drafted(record, kind, fields, chamber, given.get("readers", ""))
    page = building.signing_page(record, draft, signable=signable, viewers=viewers_of(request, record.origin))
    return shown(request, page)


def _drafted(
    record: Record, kind: Kind, fields: Mapping[str, str], chamber: str, readers: str
) -> tuple[VisibleDraft, str]:
    """The draft as its author sees it, and the act for the browser to sign, as JSON."""
    form = form_of_kind(kind, fields)
    missing = [field.name for field in form if field.required and not field.value.strip()]
    if record.viewer.person is None or missing:
        return VisibleDraft(kind, chamber, form, ()), ""
    convening = record.opened(record.visible.state.people[record.visible.state.convened.convenor].leaf)
    audience = tuple(name.strip() for name in readers.split(",") if name.strip())
    try:
        drafted = draft_act(
            record, kind, fields, now=int(time.time()), zone=zone_named(convening.get("zone")).tz, chamber=chamber,
            readers=audience,
        )  # fmt: skip
    except Refused as refused:
        return VisibleDraft(kind, chamber, form, refused.refusals), ""
    act = VisibleAct(record.size, drafted.act, kind, drafted.opened, False, drafted.audience, chamber)
    after = VisibleState(drafted.after, record.viewer) if drafted.after is not None else None
    signable = "" if drafted.refusals else _signable(record, drafted)
    return VisibleDraft(kind, chamber, form, drafted.refusals, act, after), signable


def _signable(record: Record, drafted: Drafted) -> str:
    """What the browser needs to author the act; the envelope's other members are its own to fill in."""
    log = f"{record.origin}/{drafted.chamber}" if drafted.chamber else record.origin
    return msgspec.json.encode(
        {
            "kind": drafted.kind.name, "log": log, "clear": drafted.clear, "hidden": drafted.hidden,
            "hiddenFields": drafted.kind.hidden_fields, "audience": drafted.audience,
            "person": record.viewer.person,
        }
    ).decode()  # fmt: skip


def place(request: Request) -> Response:
    """Where the next act of a key is to stand: its chain in a log, and the main log's latest checkpoint with a proof
    that it extends the one of size `from`."""
    record = record_of(request)
    if record.viewer.person is None:
        raise refuse("log.members_only", "Only somebody who belongs to the process can act in it.",
                     instead="Sign in with an enrolled key.")  # fmt: skip
    chamber, key = request.query_params.get("log", ""), request.query_params.get("key", "")
    log = (
        host(request).chamber(f"{record.origin}/{chamber}").chamber()
        if _belongs(record, chamber)
        else record.visible.state
    )
    chain = log.chains.get(key)
    head = host(request).store.head(record.origin)
    assert head is not None
    known = min(number_asked(request, "from") or 0, head.size)
    proof = host(request).main(record.origin).tree.consistency(known, head.size) if known else ()
    body = {
        "log": f"{record.origin}/{chamber}" if chamber else record.origin,
        "chain": {"seq": chain.seq, "leaf": chain.leaf} if chain else None,
        "checkpoint": latest_note(head).decode(),
        "from": known,
        "consistency": [encode_base64url(node) for node in proof],
        "logKey": record.visible.state.convened.log_key,
        "keys": [
            k
            for k, known in record.visible.state.keys.items()
            if known.person == record.viewer.person and known.revoked is None
        ],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


def _belongs(record: Record, chamber: str) -> bool:
    if not chamber:
        return False
    if chamber not in {c.chamber.name for c in record.chambers()}:
        raise refuse("log.members_only", "This part of the log is for those who belong to it.",
                     instead="Act in the main log, or in a chamber of your own.")  # fmt: skip
    return True


ROUTES = [
    Route("/processes/{process}/room", room),
    Route("/processes/{process}/sign", sign, methods=["GET", "POST"]),
    Route("/processes/{process}/place", place),
]
