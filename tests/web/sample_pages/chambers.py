"""The page of sealed chambers: one sealed and complete, one whose key has to be given on, one without a key."""

from __future__ import annotations

from detente.views.chambers import ChambersPage, Reader, SealedChamber
from detente.views.marks import Link, prose
from tests.web.sample_pages.around import SAME_NIGHT, cite, shell

ORIGIN = "detente/k5w2vq3n7hz4c6m2a7d5x3b2qe"


def chambers_page(*, none: bool = False) -> ChambersPage:
    root = SAME_NIGHT
    sealed = SealedChamber(
        name="side-A", title="Side A", sealed=True, state=prose("Sealed since act 3 of this chamber, key 2 in use."),
        readers=(
            Reader(who="Head of Delegation A", glyph="done", said="can open it"),
            Reader(who="Recovery key of Side A, on paper", glyph="done", said="can open it"),
        ),
        deed="", deed_words="", why="", acts=Link(text="What stands in it", href=f"{root}/timeline"),
    )  # fmt: skip
    waiting = SealedChamber(
        name="mediators-A", title="Mediators with side A", sealed=True, state=prose("Sealed since act 1."),
        readers=(Reader(who="Secretariat", glyph="awaited", said="not given the key yet"),), acts=None,
        deed="share", deed_words="Give them the key", why="Somebody who belongs here cannot open it yet.",
    )  # fmt: skip
    return ChambersPage(
        shell=shell(root, "Sealed chambers", 87, "A"),
        process=ORIGIN,
        group="Side A",
        recovery=prose("Named in ", *cite(root, 12), "."),
        recovery_named=not none,
        chambers=() if none else (sealed, waiting),
        sign=f"{root}/sign",
    )
