"""What can be left out of an act: folded in its form, and never out of sight once there is something in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.codec.instant import unix_from_instant
from detente.procedure.disclosure import DraftField, VisibleDraft
from detente.views.building.sight import Sight
from detente.views.marks import prose
from detente.views.signing import FormField, Option, Problem, Row
from detente.wording.counting import in_a_row
from detente.wording.moments import full_moment


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
    """What was chosen, or typed; a time as it was read, with the day and the year that were left out; an act by its
    number."""
    read = getattr(draft.act.act.clear, drafted.name, None) if draft.act is not None else None
    if drafted.form == "instant" and read is not None:
        return full_moment(unix_from_instant(read), sight.names.zone)
    chosen = in_a_row(option.text for option in field.options if option.chosen)
    if drafted.form == "leaf" and read is not None and not chosen:
        return sight.names.act(read)
    # Each line in its own direction (Unicode Standard Annex 9): it may be of another script than the page.
    return chosen or "\n".join(f"\u2068{line}\u2069" for line in drafted.value.strip().splitlines())
