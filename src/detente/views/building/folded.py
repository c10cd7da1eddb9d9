"""What can be left out of an act: folded in its form, and never out of sight once there is something in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from detente.acts.act import sentence
from detente.codec.instant import unix_from_instant
from detente.procedure.disclosure import DraftField, VisibleDraft
from detente.views.building.answered_before_signing import named_acts
from detente.views.building.sight import Sight
from detente.views.marks import prose
from detente.views.signing import FormField, Option, Problem, Row
from detente.wording.counting import in_a_row, language_name
from detente.wording.language import gettext as _
from detente.wording.moments import full_moment
from detente.wording.saying import is_said, quoted, spell, status_words

_LONG: Final = 1200
"""Characters of a row: about what a telephone shows at once. A longer one is folded, under its first words."""
_FIRST_WORDS: Final = 80
_SPELT: Final = frozenset({"claims"})
"""Written in a form in the words of the minutes, and read in whole ones."""


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


def said_aside(sight: Sight, draft: VisibleDraft, fields: Sequence[FormField], said: str) -> Iterator[Row]:
    """What is given and the sentence does not say whole, for its author to read before they sign. said: the sentence."""
    for drafted, field in zip(draft.fields, fields, strict=True):
        if drafted.value.strip() and not _stands_elsewhere(sight, draft, drafted, said):
            words = _words(sight, draft, drafted, field)
            yield Row(
                head=field.label,
                words=prose(words),
                folded=quoted(words, _FIRST_WORDS) if len(words) > _LONG else "",
            )


def _stands_elsewhere(sight: Sight, draft: VisibleDraft, drafted: DraftField, said: str) -> bool:
    """Whether what is given is read in the sentence, or on another part of the page: a text provision by provision, the
    text that the act is on with its edition, an act in its own words; or was shown by the page that filled it in."""
    if draft.act is None or drafted.form in ("text", "brought"):
        return True
    if drafted.form == "instant":
        return False  # the sentence leaves out the year
    if drafted.name == "instrument":
        known = sight.state.instruments.get(drafted.value.strip())
        if known is not None and known.edition is not None:
            return True
    if named_acts(sight, draft, drafted):
        return True
    return is_said(sentence(draft.kind, draft.act.act, draft.act.opened), drafted.name, said, sight.names)


def _words(sight: Sight, draft: VisibleDraft, drafted: DraftField, field: FormField) -> str:
    """What was chosen, or typed; a time as it was read, with the day and the year that were left out; an act by its
    number."""
    read = getattr(draft.act.act.clear, drafted.name, None) if draft.act is not None else None
    if drafted.form == "instant" and read is not None:
        return full_moment(unix_from_instant(read), sight.names.zone)
    chosen = in_a_row(option.text for option in field.options if option.chosen)
    if drafted.name in _SPELT and read is not None:
        return spell(drafted.name, read, sight.names)
    if draft.kind.name == "open_instrument" and drafted.name == "languages" and read:
        return "\n".join(
            _("{language}, {status}", language=language_name(tag), status=status_words(status))
            for tag, status in read
        )
    if drafted.form == "leaf" and read is not None and not chosen:
        return sight.names.act(read)
    # Each line in its own direction (Unicode Standard Annex 9): it may be of another script than the page.
    return chosen or "\n".join(f"\u2068{line}\u2069" for line in drafted.value.strip().splitlines())
