"""The key that opens the files of an exhibit: in which boxes it stands, who lacks it, and who has left with it."""

from __future__ import annotations

from detente.acts.evidence import Present
from detente.acts.sealing import group_of
from detente.acts.sharing import lacking, left_with
from detente.codec.canonical_json import encode_canonical
from detente.procedure.disclosure import VisibleAct
from detente.state.undertakings import Exhibit
from detente.views.act import ExhibitKey
from detente.views.building.sight import Sight
from detente.wording.counting import listed


def exhibit_key(sight: Sight, act: VisibleAct) -> ExhibitKey | None:
    exhibit = sight.state.exhibits.get(act.act.leaf)
    if exhibit is None or not isinstance(act.act.clear, Present) or act.act.leaf in sight.state.erasures:
        return None
    state, names = sight.state, lacking(sight.state, exhibit)
    keys = {name: state.keys[name].sealing for name in names if name in state.keys}
    groups = {name: state.recovery[name].public for name in names if name in state.recovery}
    people = sorted({state.keys[name].person for name in keys})
    circles = {group_of(state, person) or person for person in people} | set(groups)
    return ExhibitKey(
        process=state.convened.origin,
        boxes=_boxes(sight, act, exhibit),
        number=act.index + 1,
        lacking=encode_canonical(keys).decode(),
        recovery=encode_canonical(groups).decode(),
        readers=", ".join(sorted(circles)),
        people=listed(sight.names.person(person) for person in people),
        left=listed(sight.names.person(person) for person in left_with(state, exhibit)),
        sign=sight.place.page("sign").address,
    )


def _boxes(sight: Sight, act: VisibleAct, exhibit: Exhibit) -> str:
    """As far as they may be read. An exhibit without any is sealed to the keys themselves."""
    shares = (shared for index in exhibit.shared if (shared := sight.record.act(index)) is not None)
    boxes = [
        {"keys": list(one.act.clear.keys), "box": one.opened.get("box")}
        for one in (act, *shares)
        if one is act or one.opened.get("box")
    ]
    return encode_canonical(boxes).decode()
