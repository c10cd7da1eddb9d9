"""What whoever issues an edition should know: where it says something else than what every side supports.

An edition closes a bracket whatever its words are, since the record holds no words for a rule to compare. Here they are
compared, as far as they are disclosed, and the author is told; to mend a comma is the author's to do, and stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.procedure.disclosure import VisibleDraft
from detente.provisions.provision import Provision
from detente.state.answers import unconsolidated
from detente.state.instrument import Instrument
from detente.views.building.sight import Sight
from detente.views.building.substance import headings_of, texts_of
from detente.views.marks import worded
from detente.views.signing import Row
from detente.wording.counting import listed
from detente.wording.language import gettext as _


def about_what_is_agreed(sight: Sight, draft: VisibleDraft) -> Iterator[Row]:
    if draft.act is None or draft.kind.name != "issue":
        return
    instrument = sight.state.instruments[draft.act.act.clear.instrument]
    text = {provision.id: provision for provision in draft.act.opened.get("text") or ()}
    found = [sight.names.provision(eid) for eid in _otherwise(sight, instrument, text)]
    if found:
        said = worded("{provisions}: the heading or the words are not those that every side supports.",
                      provisions=listed(found))  # fmt: skip
        yield Row(head=_("Not as agreed"), words=said)


def _otherwise(sight: Sight, instrument: Instrument, text: dict[str, Provision]) -> Iterator[str]:
    """The provisions that are not taken up as agreed; one that all would leave out is refused where it is kept."""
    for bracket in unconsolidated(instrument):
        agreed = bracket.agreed(instrument.sides)
        if agreed is None or agreed.omits:
            continue
        now = text.get(bracket.provision, Provision(bracket.provision, {}, {}))
        texts, headings = texts_of(sight, instrument, agreed.leaf), headings_of(sight, agreed.leaf)
        if headings not in (None, now.heading) or any(
            now.texts.get(tag) != said for tag, said in texts.items()
        ):
            yield bracket.provision
