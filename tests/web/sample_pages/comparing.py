"""The page of reports that may be of one incident: near and certain, without a point, at length; and empty."""

from __future__ import annotations

from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Alike, Shown, VisiblePairs
from detente.procedure.sameness import Decided
from detente.views.building import comparing_page as built
from detente.views.comparing import ComparingPage
from tests.views.istanbul import same_night
from tests.views.observed import observed


def comparing_page(*, empty: bool = False) -> ComparingPage:
    record = observed(same_night(), "A")
    if empty:
        return built(record, VisiblePairs(Viewer("A")))
    guard = Shown(record.batch, 17, "2026-05-10", "2026-05-10", "The Ford, North", "shelling", ("Group A",), 4,
                  "River guard", "Shells fell on the ford shortly before noon; a truck burned.")  # fmt: skip
    paper = Shown(record.batch, 4, "2026-05-11", "2026-05-11", "Old Ford", "attack", ("Group A", "others unknown"), 3,
                  "Gazette", "Our correspondent reports an attack on the old crossing. " * 12)  # fmt: skip
    bare = Shown(record.batch, 5, "2026-05-01", "2026-05-03", "", "other", (), None, "", "")
    pairs = (Alike(guard, paper, 0.91, 2.14, 1), Alike(paper, bare, 0.72, None, 0))
    known = Decided((((record.batch, 1), (record.batch, 2)),), 1)
    return built(record, VisiblePairs(Viewer("A"), pairs, 31, 2_158, 100_000, known))
