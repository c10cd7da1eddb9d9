"""One's own feeds: with a pair made just now, and where no more can be made."""

from __future__ import annotations

from detente.views.following import FollowingPage, KeptAddress, MadeAddress
from detente.views.marks import prose, strong
from tests.web.sample_pages.around import SAME_NIGHT, at, shell

SECRET = "vT0i1c2r4kS9n8m7b6v5c4x3z2a1s0d9f8g7h6j5k4l"


def following_page(*, full: bool = False) -> FollowingPage:
    root = SAME_NIGHT
    feeds = f"http://localhost:8000{root}/feeds/{SECRET}"
    return FollowingPage(
        shell=shell(root, "Act", 87, "A"),
        lead=prose("They need no session: ", strong("whoever has the address reads what you read"), "."),
        process="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
        who="Head of Delegation A",
        made=None if full else MadeAddress(atom=f"{feeds}/acts.atom", calendar=f"{feeds}/calendar.ics"),
        addresses=tuple(
            KeptAddress(
                ends=ends, made=at("28 Oct 2025, 09:12"), revoke=f"{root}/follow/{ends.encode().hex()}/revoke"
            )
            for ends in (("h6j5", "k4l3") if full else ("k4l3",))
        ),
        empty="",
        make="" if full else f"{root}/follow",
        full="You have 8 addresses; revoke one to make another." if full else "",
    )
