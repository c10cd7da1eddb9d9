"""The languages of a text held against each other for the page that shows them side by side."""

from __future__ import annotations

from functools import lru_cache

from detente.codec.refusal import Refused
from detente.depositary.reading import Record
from detente.procedure.disclosure import VisibleDraft
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.views.building.file_read import VisibleQuestion
from detente.views.building.text_beside import STEPS
from detente.web.texts import edition_of

_NONCE = "A" * 22


class _Text:
    """A text by what it says, so that what was found is kept and found again."""

    def __init__(self, provisions: tuple[Provision, ...]) -> None:
        self.provisions = provisions
        self._digest = content_digest(provisions, _NONCE)

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and other._digest == self._digest


def questions_of(
    record: Record, instrument: str, edition: int, languages: str
) -> tuple[VisibleQuestion, ...]:
    """What to ask of an edition in the languages asked for, or in all of its own. None where its words are not for the
    reader, or what knows the calendars is not installed."""
    try:
        stood = edition_of(record, instrument, edition)
    except Refused:
        return ()
    known = [tag for tag, _status in stood.instrument.languages]
    asked = [tag for tag in languages.split(",") if tag in known]
    tags = tuple(asked if len(asked) > 1 else known)
    return _questions(_Text(stood.provisions), tags) if len(tags) > 1 else ()


def questions_before(record: Record, draft: VisibleDraft) -> tuple[VisibleQuestion, ...]:
    """What to ask of the text that a draft is about, in its authentic languages; none where the draft takes no step."""
    instrument = record.visible.state.instruments.get(
        getattr(draft.act.act.clear, "instrument", "") if draft.act else ""
    )
    if instrument is None or instrument.edition is None or draft.kind.name not in STEPS:
        return ()
    languages = ",".join(instrument.authentic_languages())
    return (
        questions_of(record, instrument.id, instrument.edition.number, languages) if "," in languages else ()
    )


@lru_cache(maxsize=64)
def _questions(text: _Text, languages: tuple[str, ...]) -> tuple[VisibleQuestion, ...]:
    try:
        from detente.interchange.documents.concordance.checking import discordances
    except ImportError:
        return ()
    found = discordances(text.provisions, languages)
    return tuple(VisibleQuestion(one.kind, one.provision, one.languages, one.said) for one in found)
