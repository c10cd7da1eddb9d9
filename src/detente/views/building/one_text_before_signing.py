"""What whoever accepts a text should know of it being one: where its languages may disagree, and what is called an annex
and is no part of it. What rules can decide is refused (`acts.one_text`); words are for people to judge: they are warned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from detente.procedure.disclosure import VisibleDraft
from detente.provisions.provision import Provision
from detente.state.instrument import Instrument
from detente.state.one_text import PART, is_part
from detente.views.building.file_read import VisibleQuestion
from detente.views.building.sight import Sight
from detente.views.building.substance import provisions_of
from detente.views.building.text_beside import STEPS
from detente.views.building.text_history import one_after_another
from detente.views.building.text_questions import asked
from detente.views.marks import Prose, prose, worded
from detente.views.signing import Row
from detente.wording.counting import languages_listed, listed
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

_MOST_NAMED: Final = 5
_BRACKETED: Final = re.compile(r"\[[^\[\]]*\]")


def about_one_text(sight: Sight, draft: VisibleDraft, questions: Sequence[VisibleQuestion]) -> Iterator[Row]:
    """questions: where the authentic languages of the text may not say the same."""
    clear = draft.act.act.clear if draft.act else None
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if instrument is None:
        return
    bracketed = list(_bracketed(_text_of(sight, draft, instrument)))
    if bracketed:
        yield Row(head=_("Square brackets in the words"), words=_characters(sight, bracketed))
    issued = clear.languages if clear and draft.kind.name == "issue" else instrument.authentic_languages()
    lacking = tuple(tag for tag in instrument.authentic_languages() if tag not in issued)
    if lacking:
        yield Row(head=_("Not in every language"), words=_to_come(lacking))
    if draft.kind.name not in STEPS:
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


def _text_of(sight: Sight, draft: VisibleDraft, instrument: Instrument) -> tuple[Provision, ...]:
    """What an edition would say; or what the edition says that a step is on."""
    if draft.kind.name in STEPS:
        return provisions_of(sight, instrument.edition)
    assert draft.act is not None
    return tuple(draft.act.opened.get("text") or ()) if draft.kind.name == "issue" else ()


def _bracketed(text: Sequence[Provision]) -> Iterator[str]:
    """The provisions whose words or heading have square brackets among their characters."""
    for provision in text:
        if any(map(_BRACKETED.search, (*provision.heading.values(), *provision.texts.values()))):
            yield provision.id


def _characters(sight: Sight, provisions: Sequence[str]) -> Prose:
    """They are no bracket of the record: it asks for no act that would close them, and calls the text final with them."""
    named = [sight.names.provision(one) for one in provisions[:_MOST_NAMED]]
    left = len(provisions) - _MOST_NAMED
    if left > 0:
        named.append(ngettext("{count} more place", "{count} more places", left))
    return worded(
        "{provisions}: these are characters of the text, not open brackets. The record asks nobody to close them, and "
        "can call the text final with them. Propose what is still open as a text for its provision.",
        provisions=listed(named),
    )


def _to_come(languages: Sequence[str]) -> Prose:
    return worded(
        "The text is to be authentic in {languages} too, and this edition is not: it can be discussed, and before it is "
        "made authentic another is issued.",
        languages=languages_listed(languages),
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
