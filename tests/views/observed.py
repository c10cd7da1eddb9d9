"""A record in which incidents are reported and a commitment is drawn, as a reader sees it: put beside the case by hand,
so that the page of observance is tried by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from immutables import Map
from msgspec.structs import replace

from detente.procedure.disclosure import VisibleState
from detente.procedure.reckoned import Asked, Counted
from detente.state.observance import Batch
from detente.state.undertakings import Commitment
from tests.views.played import Play, PlayedRecord

AREA = '{"type": "Polygon", "coordinates": [[[19, 5], [22, 5], [22, 8], [19, 8], [19, 5]]]}'


class ObservedRecord(PlayedRecord):
    """The leaves of the second and third act are those of a batch and a commitment."""

    batch: str
    drawn: str

    @property
    def visible(self) -> VisibleState:
        found = super().visible
        instrument = found.state.instrument_order[0] if found.state.instrument_order else "agreement"
        batch = Batch(self.batch, 1, "A", "A", "A" * 43, 1, 1)
        drawing = Commitment(
            self.drawn, 2, "M", instrument, self.drawn, "art_3__para_1", "refrain", ("A",), begins="2019-02-06T00:00:00Z"
        )  # fmt: skip
        state = replace(found.state, batches=Map({self.batch: batch}), commitments=Map({self.drawn: drawing}))
        return VisibleState(state, found.viewer)

    def opened(self, leaf: str) -> Mapping[str, Any]:
        if leaf == self.drawn:
            return {"title": "No attack in the two prefectures", "area": AREA}
        return super().opened(leaf)

    def asking(self, **more: Any) -> Asked:
        given: dict[str, Any] = {
            "batches": (self.batch,), "picked": self.drawn, "agreed": "2019-02-06T00:00:00Z",
            "commitments": (Counted(self.drawn, AREA, "2019-02-06T00:00:00Z", None, ("A",)),),
        }  # fmt: skip
        return Asked(**given | more)


def observed(play: Play, viewer: str | None = None) -> ObservedRecord:
    plain = play.record(viewer)
    record = ObservedRecord(play, plain.visible.viewer, None)
    record.batch, record.drawn = (moment.leaf for moment in record.moments[1:3])
    return record
