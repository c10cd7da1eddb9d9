"""The sealed chambers: who can read them, and the key boxes that a member's browser opens.

Nothing is opened here: the host holds sealed files and boxes, and hands them to the chamber's members.
"""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.act import Kind
from detente.acts.sealing import (
    BeginEpoch,
    KeyBox,
    Sealed,
    ShareEpochs,
    group_of,
    groups_of,
    outlived,
    reading_keys,
    unboxed,
)  # fmt: skip
from detente.codec.refusal import Refusal
from detente.depositary.reading import Record
from detente.procedure.disclosure import VisibleAct
from detente.state.records import Chamber, Epoch
from detente.views import building
from detente.web.page_routes import shown, viewers_of
from detente.web.viewer import present_record_of

_SEAL_FIRST: Final = "Open the page of the sealed chambers, which says what is to be done first."
_NEW_KEY_FIRST: Final = (
    "Put a new key in use. Open the page of the sealed chambers, which says what is to be done first."
)


def epoch_of(record: Record, kind: Kind, name: str) -> Epoch | None:
    """The key of a chamber of the reader's to which an act of this kind is sealed; None where it is not sealed."""
    chamber = _written_in(record, kind, name)
    return chamber.epochs[-1] if chamber is not None and chamber.epochs else None


def _written_in(record: Record, kind: Kind, name: str) -> Chamber | None:
    """The reader's chamber of that name, if what an act of this kind hides can be sealed there."""
    own = [visible.chamber.name for visible in record.chambers()]
    return record.own_chamber(name) if name in own and issubclass(kind.hidden, Sealed) else None


def unsealed(record: Record, kind: Kind, name: str) -> tuple[Refusal, ...]:
    """Why a person should not write in a chamber yet: codes `sealing.not_begun` and `sealing.outlived`."""
    chamber = _written_in(record, kind, name)
    if chamber is None:
        return ()
    if not chamber.epochs:
        return (
            Refusal("sealing.not_begun", "This chamber has no key yet: the host could read what you write.",
                    instead=_SEAL_FIRST),
        )  # fmt: skip
    if outlived(chamber):
        return (
            Refusal("sealing.outlived", "Somebody who has left, or a key that is revoked, can still open this chamber.",
                    instead=_NEW_KEY_FIRST),
        )  # fmt: skip
    return ()


def chambers_page(request: Request) -> Response:
    """The chambers of the person looking, and what is to be done about their keys."""
    record = present_record_of(request)
    return shown(request, building.chambers_page(record, viewers=viewers_of(request, record.origin)))


def chamber_keys(request: Request) -> Response:
    """The keys of a chamber as its members' browsers need them: epochs, boxes, and who can read.

    Raises `Refused`: as `present_record_of`, or `log.audience`.
    """
    record = present_record_of(request)
    chamber = record.own_chamber(request.path_params["chamber"])
    body = msgspec.json.encode(_keys(record, chamber))
    return Response(body, media_type="application/json", headers={"cache-control": "private, no-store"})


def _keys(record: Record, chamber: Chamber) -> dict[str, object]:
    state, person = chamber.main, record.viewer.person
    assert person is not None  # whoever belongs to a chamber is somebody
    boxes = [_box(act) for act in record.chamber_acts(chamber.name) if issubclass(act.kind.hidden, KeyBox)]
    return {
        "log": f"{record.origin}/{chamber.name}",
        "group": group_of(state, person),
        "groups": groups_of(chamber.name),
        "epochs": [{"leaf": epoch.leaf, "public": epoch.public} for epoch in chamber.epochs],
        "boxes": [box for box in boxes if box["box"]],
        "reading": {key_id: key.sealing for key_id, key in reading_keys(chamber).items()},
        "recovery": {
            group: state.recovery[group].public
            for group in groups_of(chamber.name)
            if group in state.recovery
        },
        "unboxed": unboxed(chamber),
        "outlived": outlived(chamber),
    }


def _box(act: VisibleAct) -> dict[str, object]:
    clear: BeginEpoch | ShareEpochs = act.act.clear
    epochs = clear.epochs if isinstance(clear, ShareEpochs) else (act.act.leaf,)
    return {
        "epochs": epochs,
        "keys": clear.keys,
        "recovery": clear.recovery,
        "box": act.opened.get("box", ""),
    }


ROUTES = [
    Route("/processes/{process}/chambers", chambers_page),
    Route("/processes/{process}/chambers/{chamber}/keys", chamber_keys),
]
