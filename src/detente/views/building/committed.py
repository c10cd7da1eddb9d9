"""Positions on the page of an act: what can be committed to, and since when words stood."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.positions import DISCLOSED, CommitPosition, RevealPosition
from detente.acts.sealing import group_of
from detente.codec.canonical_json import encode_canonical
from detente.procedure.disclosure import VisibleAct
from detente.state.records import in_order
from detente.views.act import ActField, SealedWords
from detente.views.building.sight import Sight, full_moment
from detente.views.marks import worded
from detente.wording.language import gettext as _


def to_commit_to(sight: Sight, act: VisibleAct) -> SealedWords | None:
    """For an act of the viewer's own side, or of the mediators', whose words are sealed in a chamber."""
    if not act.opened.get("sealed") or DISCLOSED not in act.kind.hidden_fields or not sight.viewer:
        return None
    group = group_of(sight.state, sight.viewer)
    if group is None or group != group_of(sight.state, act.act.author):
        return None
    committed = {
        position.digest: {
            "position": f"#{position.index + 1}",
            "revealed": f"#{position.revealed + 1}" if position.revealed is not None else "",
        }
        for position in in_order(sight.state.positions.values())
        if position.group == group
    }
    return SealedWords(committed=encode_canonical(committed).decode(), sign=sight.place.page("sign").address)


def stood_since(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    """On a commitment, whether its words are revealed; where they are, since when they have stood."""
    clear = act.act.clear
    if isinstance(clear, CommitPosition) and act.act.leaf in sight.state.positions:
        revealed = sight.state.positions[act.act.leaf].revealed
        said = (
            worded("Not revealed. That the words stood can be shown once they are, and not before.")
            if revealed is None
            else worded(
                "Revealed in {act}: the words there have stood since this act.", act=sight.cite(revealed)
            )
        )
        yield ActField(label=_("The words"), value=said)
    if isinstance(clear, RevealPosition) and clear.position in sight.state.positions:
        since = worded(
            "Committed to in {act}: these words have stood since then. Whoever reads them can check it.",
            act=sight.cited(sight.state.positions[clear.position].index, full_moment),
        )
        yield ActField(label=_("Since when"), value=since)
