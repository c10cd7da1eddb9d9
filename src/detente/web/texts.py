"""An edition of a text as its reader may read it, and what stands in its open brackets; and whether the record has what
an address names of its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.interchange.documents.bracketing import Held
from detente.provisions.provision import Provision
from detente.state.instrument import Alternative, Edition, Instrument
from detente.views.building.sight import Sight
from detente.views.building.substance import headings_of, main_language, provisions_of, texts_of


class Stood(Struct, frozen=True):
    """An edition as its reader may read it."""

    sight: Sight
    instrument: Instrument
    edition: Edition
    provisions: tuple[Provision, ...]

    @property
    def language(self) -> str:
        return main_language(self.instrument)


def edition_of(record: Record, name: str, number: int = 0) -> Stood:
    """An edition, the last one where no number is given. Raises `Refused`: `text.unknown`, `text.undisclosed`."""
    sight = Sight(record, ())
    order = sight.state.instrument_order
    instrument = sight.state.instruments.get(name or (order[0] if order else ""))
    editions = instrument.editions if instrument is not None else ()
    edition = next(
        (e for e in editions if e.number == number), editions[-1] if editions and not number else None
    )
    if instrument is None or edition is None:
        raise _no_edition()
    provisions = provisions_of(sight, edition)
    if not provisions:
        raise refuse("text.undisclosed", "The words of this edition are not disclosed to you.",
                     instead="Ask a mediator whom they are for.")  # fmt: skip
    return Stood(sight, instrument, edition, provisions)


def text_asked(
    record: Record,
    name: str,
    editions: Sequence[int | None] = (),
    languages: str = "",
    against: str = "",
    provision: str = "",
) -> None:
    """Raises `Refused` with code `text.unknown` where the record, at the moment shown, has no such text, edition,
    language or provision: a page of another would be taken for the one that the address names. What is left out names
    nothing."""
    texts, order = record.visible.state.instruments, record.visible.state.instrument_order
    if any(one and one not in texts for one in (name, against)):
        raise _unknown("There is no such text in this record.", "Start from the overview.")
    text = texts.get(name or (order[0] if order else ""))
    issued = {e.number for e in text.editions} if text is not None else set()
    if any(number is not None and number not in issued for number in editions):
        raise _no_edition()
    if text is None:
        return
    tags = {tag for tag, _status in text.languages}
    if any(tag and tag not in tags for tag in languages.split(",")):
        raise _unknown("This text is not in that language.", "Choose one from the page of the text.")
    if not provision or record.as_of < record.size:  # one steps back to before a provision was there
        return
    if provision not in text.brackets and all(provision not in e.provisions for e in text.editions):
        raise _unknown("There is no such provision in this text.", "Choose one from the page of the text.")


def _no_edition() -> Refused:
    return _unknown("There is no such edition in this record.", "Choose one from the page of the text.")


def _unknown(sentence: str, instead: str) -> Refused:
    return refuse("text.unknown", sentence, instead=instead)


def held_in(stood: Stood) -> Mapping[str, Sequence[Held]]:
    """The texts in the open brackets of the last edition; of an earlier one none, since its brackets went on."""
    if stood.instrument.edition is None or stood.edition.leaf != stood.instrument.edition.leaf:
        return {}
    found = {}
    for eid, bracket in sorted(stood.instrument.brackets.items()):
        if bracket.is_open(stood.instrument.sides) and bracket.live():
            found[eid] = tuple(_held(stood, alternative) for alternative in bracket.live())
    return found


def _held(stood: Stood, alternative: Alternative) -> Held:
    sides = stood.sight.state.convened.sides
    others = (s for s in sides if s in alternative.supporters and s != alternative.side)
    letters = "".join((alternative.side, *others))
    return Held(
        letters,
        texts_of(stood.sight, stood.instrument, alternative.leaf),
        alternative.omits,
        headings_of(stood.sight, alternative.leaf),
    )
