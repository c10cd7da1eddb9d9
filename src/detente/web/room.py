"""The room: what a person can do now, and the page on which an act is read before its author signs it.

Nothing is changed by any address here: an act is signed in the browser and goes through the one door.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

import msgspec
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.act import Kind, Log
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refusal, Refused, refuse
from detente.depositary.host import latest_note
from detente.depositary.reading import Record
from detente.procedure.chambers import log_of
from detente.procedure.disclosure import VisibleAct, VisibleDraft, VisibleState, readable_chambers
from detente.signing.envelope import LARGEST_SUBMISSION
from detente.state.records import Chain, Epoch
from detente.views import building
from detente.views.building.file_read import VisibleFile
from detente.web.chambers import epoch_of, unsealed
from detente.web.concordance import questions_before
from detente.web.drafting import Drafted, convening_of, draft_act, with_structure, with_usual
from detente.web.entering import waiting_for
from detente.web.forms import fields_given, form_of_kind
from detente.web.page_routes import shown, viewers_of
from detente.web.viewer import host, is_demonstration, number_asked, origin_of, present_record_of, record_of
from detente.wording.moments import zone_named

LARGEST_FORM: Final = 3 * LARGEST_SUBMISSION
"""Bytes: a form writes one byte of a text as up to three."""

_OF_THE_PAGE: Final = ("kind", "log", "as", "at", "readers", "file", "tracked")
"""Parameters of the page itself; everything else is a field of the act."""
_WITHOUT_FORM: Final = ("convene", "mark_time")


# --- pages


def room(request: Request) -> Response:
    """What the person looking can do now."""
    record = record_of(request)
    page = building.room_page(
        record, waiting=waiting_for(request, record.origin), viewers=viewers_of(request, record.origin)
    )
    return shown(request, page)


def outbox(request: Request) -> Response:
    """The page on which a browser shows what it keeps. It says nothing of the process, and is the same for everybody."""
    return shown(request, building.outbox_page(process=origin_of(request)))


async def sign(request: Request) -> Response:
    """The form of an act, and what would be signed. Raises `Refused`: as `present_record_of`, `act.unknown_kind`,
    `envelope.size`, `http.form`."""
    sent = await _form(request) if request.method == "POST" else b""
    given = {**request.query_params, **fields_given(sent)}
    return await run_in_threadpool(signing_page, request, given)


async def _form(request: Request) -> bytes:
    parts, received = [], 0
    async for part in request.stream():
        received += len(part)
        if received > LARGEST_FORM:
            raise refuse("envelope.size", f"A form is at most {LARGEST_FORM} bytes.",
                         instead="Table long texts in parts.")  # fmt: skip
        parts.append(part)
    return b"".join(parts)


def signing_page(
    request: Request,
    given: Mapping[str, str],
    file: VisibleFile | None = None,
    unread: tuple[Refusal, ...] = (),
) -> Response:
    """The page before signing. file: that its text was read in; unread: why a file that was sent could not be read."""
    record, kind = present_record_of(request), kind_of_form(given)
    draft, signable = drafted(record, kind, given, posted=request.method == "POST" and not unread)
    if not draft.refusals and not is_demonstration(request):
        draft = replace(draft, refusals=unsealed(record, kind, draft.chamber))
    draft = replace(draft, refusals=unread or draft.refusals)
    page = building.signing_page(
        record,
        draft,
        signable="" if draft.refusals else signable,
        readers=_readers(given),
        file=file,
        questions=questions_before(record, draft),
        viewers=viewers_of(request, record.origin),
    )
    return shown(request, page, 400 if unread else 200)


def kind_of_form(given: Mapping[str, str]) -> Kind:
    """Raises `Refused` with code `act.unknown_kind`."""
    kind = BY_NAME.get(given.get("kind", ""))
    if kind is None or kind.name in _WITHOUT_FORM:
        raise refuse("act.unknown_kind", "There is no form for an act of this kind.",
                     instead="Choose what to do from the room.")  # fmt: skip
    return kind


def drafted(
    record: Record, kind: Kind, given: Mapping[str, str], *, posted: bool
) -> tuple[VisibleDraft, str]:
    """The draft as its author sees it, and the act for the browser to sign, as JSON; "" where it cannot be signed.

    posted: whether a form was sent: what is sealed is filled in by then, and was not sent with it.
    """
    fields: Mapping[str, str] = {n: value for n, value in given.items() if n not in _OF_THE_PAGE}
    chamber = given.get("log", "") or _own_chamber(record, kind)
    fields, read = with_structure(kind, fields) if posted else (with_usual(record, kind, fields), False)
    epoch = epoch_of(record, kind, chamber)
    form = form_of_kind(kind, fields, sealed=epoch is not None, offered=() if posted else fields)
    unfilled = any(
        field.required and not field.value.strip() and not (field.kept and posted) for field in form
    )
    # A form that is only opened says nothing of what is missing yet; one that was sent does, scripts or none.
    if record.viewer.person is None or (unfilled and not posted):
        return VisibleDraft(kind, chamber, form, ()), ""
    try:
        drafted = draft_act(
            record, kind, fields, now=int(time.time()), zone=_zone(record), chamber=chamber, readers=_readers(given),
            sealed=epoch is not None,
        )  # fmt: skip
    except Refused as refused:
        return VisibleDraft(kind, chamber, form, refused.refusals, recognised=read), ""
    act = VisibleAct(record.size, drafted.act, kind, drafted.opened, False, drafted.audience, chamber)
    after = VisibleState(drafted.after, record.viewer) if drafted.after is not None else None
    signable = "" if drafted.refusals else _signable(record, drafted, epoch)
    return VisibleDraft(kind, chamber, form, drafted.refusals, act, after, read), signable


def _own_chamber(record: Record, kind: Kind) -> str:
    """Where an act that stands in no main log belongs: its words go to no form of the main log."""
    if Log.MAIN in kind.where:
        return ""
    own = readable_chambers(record.visible.state, record.viewer)
    return next((name for name in own if log_of(name) in kind.where), "")


def _readers(given: Mapping[str, str]) -> tuple[str, ...]:
    """Whom a form names to read what the act hides."""
    return tuple(name.strip() for name in given.get("readers", "").split(",") if name.strip())


def _zone(record: Record) -> tzinfo:
    """The zone that the process chose: times in a form are told in it."""
    return zone_named(convening_of(record).get("zone")).tz


def _signable(record: Record, drafted: Drafted, epoch: Epoch | None) -> str:
    """What the browser needs to author the act; the envelope's other members are its own to fill in. Where the chamber
    has a key, what the author keeps in the browser is sealed to it."""
    log = f"{record.origin}/{drafted.chamber}" if drafted.chamber else record.origin
    return msgspec.json.encode(
        {
            "kind": drafted.kind.name, "log": log, "clear": drafted.clear, "hidden": drafted.hidden,
            "hiddenFields": drafted.kind.hidden_fields, "audience": drafted.audience,
            "person": record.viewer.person, "edition": _edition(record, drafted),
            "seal": {"epoch": epoch.leaf, "public": epoch.public} if epoch else None,
        }
    ).decode()  # fmt: skip


def _edition(record: Record, drafted: Drafted) -> int:
    """Number of the edition that now stands of the act's instrument; 0 where there is none."""
    instrument = record.visible.state.instruments.get(str(drafted.clear.get("instrument", "")))
    return instrument.edition.number if instrument is not None and instrument.edition is not None else 0


# --- for the browser that signs


def place(request: Request) -> Response:
    """Where the next act of a key is to stand: its chain in a log, and the main log's latest checkpoint with a proof
    that it extends the one of size `from`. Raises `Refused`: as `present_record_of`, `log.members_only`,
    `http.parameter`."""
    record = present_record_of(request)
    if record.viewer.person is None:
        raise refuse("log.members_only", "Only somebody who belongs to the process can act in it.",
                     instead="Sign in with an enrolled key.")  # fmt: skip
    chamber, key = request.query_params.get("log", ""), request.query_params.get("key", "")
    chain = _chain(record, chamber, key)
    head = host(request).store.head(record.origin)
    assert head is not None
    known = min(number_asked(request, "from") or 0, head.size)
    proof = host(request).main(record.origin).tree.consistency(known, head.size) if known else ()
    state = record.visible.state
    body = {
        "log": f"{record.origin}/{chamber}" if chamber else record.origin,
        "chain": {"seq": chain.seq, "leaf": chain.leaf} if chain else None,
        "checkpoint": latest_note(head).decode(),
        "from": known,
        "consistency": [encode_base64url(node) for node in proof],
        "logKey": state.convened.log_key,
        "keys": [
            key_id
            for key_id, enrolled in state.keys.items()
            if enrolled.person == record.viewer.person and enrolled.revoked is None
        ],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


def _chain(record: Record, chamber: str, key: str) -> Chain | None:
    """The last act of a key in the main log, or in a chamber that the reader belongs to."""
    if not chamber:
        return record.visible.state.chains.get(key)
    found = next((c.chamber for c in record.chambers() if c.chamber.name == chamber), None)
    if found is None:
        raise refuse("log.members_only", "This part of the log is for those who belong to it.",
                     instead="Act in the main log, or in a chamber of your own.")  # fmt: skip
    return found.chains.get(key)


ROUTES = [
    Route("/processes/{process}/room", room),
    Route("/processes/{process}/sign", sign, methods=["GET", "POST"]),
    Route("/processes/{process}/outbox", outbox),
    Route("/processes/{process}/place", place),
]
