"""What an act answers, supports or is about, for its author to read before they sign: the sentence to sign has no more of
it than its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from detente.procedure.disclosure import DraftField, VisibleAct, VisibleDraft
from detente.views.building.form import label_of
from detente.views.building.sight import Sight
from detente.views.building.text_history import one_after_another
from detente.views.marks import Prose, prose, worded
from detente.views.signing import Row
from detente.wording.counting import language_name
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.saying import WHOLE

_HEADS: Final = {
    "minute": N_("What is minuted"), "demand": N_("What is demanded"), "assurance": N_("What is assured"),
    "alternative": N_("What is proposed"), "bridge": N_("What is proposed"), "package": N_("What is proposed"),
}  # fmt: skip
"""By the field that names the act. Under another, its own words stand below what the form calls the field."""

_NUMBERS: Final = re.compile(r"#([0-9]{1,9})")


def answered_rows(sight: Sight, draft: VisibleDraft) -> Iterator[Row]:
    for field in draft.fields:
        acts = [_in_its_words(sight, act) for act in named_acts(sight, draft, field)]
        if acts:
            head = _(_HEADS[field.name]) if field.name in _HEADS else label_of(field.name)
            yield Row(head=head, words=one_after_another(acts))


def named_acts(sight: Sight, draft: VisibleDraft, field: DraftField) -> tuple[VisibleAct, ...]:
    """The acts of the main log that a field names, as far as this reader has them; of a form that is not read yet, by
    their numbers."""
    if field.form not in ("leaf", "leaves"):
        return ()
    if draft.act is None:
        indices: Iterable[int | None] = (int(n) - 1 for n in _NUMBERS.findall(field.value))
    else:
        named: Any = getattr(draft.act.act.clear, field.name, None) or ()
        indices = map(sight.record.index_of, (named,) if isinstance(named, str) else named)
    acts = (sight.record.act(index) for index in indices if index is not None)
    return tuple(act for act in acts if act is not None)


def _in_its_words(sight: Sight, act: VisibleAct) -> Prose:
    """Its sentence with the whole of what it quotes, and what it says in further languages, each in a line."""
    said = worded("{words}, {act}", words=sight.say(act, WHOLE), act=sight.cite(act.index))
    texts = (act.opened.get("texts") or {}).items()
    lines = (_("{language}: {words}", language=language_name(tag), words=words) for tag, words in texts)
    return (*said, *prose(*(f"\n\u2068{line}\u2069" for line in lines)))
