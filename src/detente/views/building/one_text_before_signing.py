"""What whoever accepts a text should know of it being one: where its languages may disagree, and what is called an annex
and is no part of it. What rules can decide is refused (`acts.one_text`); words are for people to judge: they are warned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from detente.procedure.disclosure import VisibleDraft
from detente.state.instrument import Instrument
from detente.state.one_text import PART, is_part
from detente.views.building.file_read import VisibleQuestion
from detente.views.building.sight import Sight
from detente.views.building.text_beside import STEPS
from detente.views.building.text_history import one_after_another
from detente.views.building.text_questions import asked
from detente.views.marks import Prose, prose, worded
from detente.views.signing import Row
from detente.wording.counting import listed
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

_MOST_NAMED: Final = 5


def about_one_text(sight: Sight, draft: VisibleDraft, questions: Sequence[VisibleQuestion]) -> Iterator[Row]:
    """questions: where the authentic languages of the text may not say the same."""
    clear = draft.act.act.clear if draft.act else None
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if instrument is None or draft.kind.name not in STEPS:
        return
    if questions:
        yield Row(head=_("The languages may disagree"), words=_differing(sight, questions))
    beside = [sight.names.instrument(one.id) for one in _called_annexes(sight, instrument)]
    if beside:
        yield Row(
            head=_("No part of this text"),
            words=worded(
                "{texts}: proposed, or attached by one side; your act does not cover it.",
                texts=listed(beside),
            ),
        )


def _differing(sight: Sight, questions: Sequence[VisibleQuestion]) -> Prose:
    lines = [
        worded(
            "{provision}: {question}",
            provision=sight.names.provision(one.provision),
            question=asked(one).rstrip(".۔"),
        )
        for one in questions[:_MOST_NAMED]
    ]
    left = len(questions) - _MOST_NAMED
    if left > 0:
        lines.append(prose(ngettext("{count} more place", "{count} more places", left)))
    return worded("{places}. Ask a person who reads both before you sign.", places=one_after_another(lines))


def _called_annexes(sight: Sight, instrument: Instrument) -> Iterator[Instrument]:
    for other in sight.state.texts():
        if (PART, instrument.id) in other.links and not is_part(other, instrument.id):
            yield other
