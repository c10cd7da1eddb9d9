"""Before a step on a text: how much of it can be verified, and whether its commitments can come in the order read."""

from __future__ import annotations

from collections.abc import Iterator

from detente.procedure.disclosure import VisibleDraft
from detente.views.building.checked_text import missing_counts
from detente.views.building.commitment_orders import order_words
from detente.views.building.sight import Sight
from detente.views.building.text_beside import STEPS
from detente.views.marks import linked, worded
from detente.views.signing import Row
from detente.wording.language import gettext as _


def about_commitments(sight: Sight, draft: VisibleDraft) -> Iterator[Row]:
    """Nothing where the act is no step, or where nothing is missing and nothing at odds."""
    clear = draft.act.act.clear if draft.act else None
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if instrument is None or instrument.edition is None or draft.kind.name not in STEPS:
        return
    where = linked(_("Can it be verified?"), sight.place.page("verifiable", instrument=instrument.id).address)
    counts = missing_counts(sight, instrument, instrument.edition).of_provision
    short = sum(1 for missing, _of in counts.values() if missing)
    if short:
        yield Row(
            head=_("What can be verified"),
            words=worded("{short} of {count} provisions that state a duty lack an element for that. {link}",
                         short=str(short), count=str(len(counts)), link=where),
        )  # fmt: skip
    orders = order_words(sight, instrument.id)
    if orders:
        yield Row(head=_("In which order"), words=worded("{orders} {link}", orders=orders, link=where))
