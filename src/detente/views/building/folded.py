"""What can be left out of an act: folded in its form, and never out of sight once there is something in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.procedure.disclosure import DraftField, VisibleDraft
from detente.views.building.sight import Sight
from detente.views.marks import prose
from detente.views.signing import FormField, Option, Problem, Row
from detente.wording.counting import capitalised, in_a_row
from detente.wording.saying import SPELLERS, spell


def is_unfolded(
    draft: VisibleDraft,
    fields: Sequence[FormField],
    problems: Sequence[Problem],
    readers: Sequence[Option],
) -> bool:
    """Whether the fold stands open: something in it is filled or is what a refusal is about. A refusal that names no
    field may be about any that the rules read, which what an act hides is not."""
    about = {problem.field for problem in problems}
    about |= set(draft.kind.clear_fields) if "" in about else set()
    return any(option.chosen for option in readers) or any(
        field.folded and (field.value or field.name in about) for field in fields
    )


def said_aside(sight: Sight, draft: VisibleDraft, fields: Sequence[FormField]) -> Iterator[Row]:
    """What is given beside the point of an act, for its author to read before they sign: the sentence may not say it."""
    for drafted, field in zip(draft.fields, fields, strict=True):
        if drafted.aside and drafted.value.strip():
            yield Row(head=field.label, words=prose(_words(sight, draft, drafted, field)))


def _words(sight: Sight, draft: VisibleDraft, drafted: DraftField, field: FormField) -> str:
    """What was chosen; a time, or whatever else the record has words for, as it was read; the rest as it was typed."""
    chosen = in_a_row(option.text for option in field.options if option.chosen)
    read = getattr(draft.act.act.clear, drafted.name, None) if draft.act is not None else None
    if chosen or read is None or drafted.name not in SPELLERS:
        return chosen or drafted.value
    return capitalised(spell(drafted.name, read, sight.names))
