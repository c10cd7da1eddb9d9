"""The page of one's own addresses for following the talks elsewhere."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight, full_moment
from detente.views.following import FollowingPage, KeptAddress, MadeAddress
from detente.views.marks import Prose, prose, strong, worded
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

MOST: Final = 8
"""Pairs of addresses that one person can have at once."""
NOBODY: Final = N_(
    "An address belongs to a person with a key. To make one, open this page in the browser that holds your key, or "
    "follow the link with which a mediator invited you."
)
NO_KEY: Final = N_("You look on without a key of your own: in a demonstration nobody can make an address.")


def following_page(
    record: VisibleRecord,
    *,
    kept: tuple[tuple[str, str, int], ...] = (),
    has_key: bool = False,
    made: tuple[str, str] | None = None,
    viewers: tuple[str, ...] = (),
) -> FollowingPage:
    """kept: (digest, last characters, Unix seconds) of each pair of the person looking; has_key: whether they look by a
    key of their own; made: the addresses (feed, calendar) of a pair made just now."""
    sight = Sight(record, viewers, "follow")
    may_make = has_key and len(kept) < MOST
    return FollowingPage(
        lead=_lead(sight, has_key),
        process=sight.state.convened.origin,
        who=sight.names.person(sight.viewer) if sight.viewer else "",
        made=MadeAddress(atom=made[0], calendar=made[1]) if made else None,
        addresses=tuple(_kept(sight, *one) for one in kept),
        empty="" if kept or not has_key else _("You have no address yet."),
        make=sight.place.page("follow").without_query if may_make else "",
        full=_full() if has_key and not may_make else "",
        shell=drawn_around(sight, _("Follow")),
    )


def _lead(sight: Sight, has_key: bool) -> Prose:
    if sight.viewer is None:
        return prose(_(NOBODY))
    if not has_key:
        return prose(_(NO_KEY))
    return worded(
        "A feed of acts for your feed reader, and a calendar of sessions and deadlines. They need no session: "
        "{whoever_reads} of the main log, until you revoke it, your key is revoked or you leave. What is said in "
        "chambers is never in them.",
        whoever_reads=strong(_("whoever has the address reads what you read")),
    )


def _full() -> str:
    return ngettext(
        "You have {count} address; revoke one to make another.",
        "You have {count} addresses; revoke one to make another.",
        MOST,
    )


def _kept(sight: Sight, digest: str, ends: str, made: int) -> KeptAddress:
    revoke = sight.place.page(f"follow/{digest}/revoke").without_query
    return KeptAddress(ends=ends, made=sight.moment(made, full_moment), revoke=revoke)
