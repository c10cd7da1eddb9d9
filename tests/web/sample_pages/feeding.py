"""The page that reads a feed: before anything is sent, what was read with every kind of remark, nothing to report, and
a file that is none."""

from __future__ import annotations

from typing import Literal

from detente.views.building import feed_page as built
from detente.views.building.feeding import VisibleFeed
from detente.views.feeding import FeedPage
from tests.views.istanbul import same_night
from tests.views.observed import observed


def feed_page(state: Literal["", "read", "nothing", "problem"] = "") -> FeedPage:
    record = observed(same_night(), "A")
    if state == "problem":
        problem = "No feed known here has these columns: a, b. Write a mapping of its columns."
        return built(record, problem=problem, largest=32_000_000)
    if not state:
        return built(record, largest=32_000_000)
    remarks = (
        (4, "“later” is no date that can be read. The row is kept out.", True),
        (19, "The row has 5 cells, and the file 7 columns. The row is kept out.", True),
        (5, "“The Old Ford” is “Ford” (p1), by the name that it has borne until 1991-12-25. Its point was taken: 34.5, "
            "69.2; the place is in doubt.", False),
        (6, "“Twin” can be “Twin” (geonames:1138958) or “Twin” (geonames:1138959). None was chosen: the row has no "
            "point.", False),
    )  # fmt: skip
    kept = 1_840 if state == "read" else 0
    read = VisibleFeed(
        file="river-guard-2026.csv", feed="UCDP GED" if kept else "", rows=1_842, kept=kept,
        codes=(("incidents.date", 1_842 - kept), ("incidents.place_ambiguous", 310), ("incidents.place_resolved", 1)),
        remarks=remarks, digest="b4Vx7kQp2mZ0aGgYhT3rLw8sNc1dEfUj5oKiMuPyXzA", size=48_211, places="",
    )  # fmt: skip
    return built(record, read=read, largest=32_000_000)
