"""The text of an edition as the check of words reads it, as far as the reader may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from detente.acts.readings import readings_of
from detente.procedure.verifiability.check import Checked, check_provision
from detente.procedure.verifiability.words import LANGUAGES, CheckedText
from detente.provisions.bracket import texts_in
from detente.state.answers import open_brackets
from detente.state.instrument import Alternative, Edition, Instrument
from detente.views.building.sight import Sight
from detente.views.building.substance import keeps_words, main_language, provisions_of, texts_of
from detente.wording.language import ngettext


def checked_text(sight: Sight, instrument: Instrument, edition: Edition) -> CheckedText | None:
    """None where its words are not disclosed, or in a language that the check does not read."""
    language, provisions = main_language(instrument), provisions_of(sight, edition)
    if language not in LANGUAGES or not provisions:
        return None
    return CheckedText(
        provisions,
        language,
        names=tuple(sight.names.side(side) for side in instrument.sides),
        bracketed=bracketed(instrument, edition),
        entry=instrument.entry_date or "",
    )


def bracketed(instrument: Instrument, edition: Edition) -> frozenset[str]:
    """The provisions that are open: now, in the last edition; as printed, in an earlier one."""
    if edition is instrument.edition:
        return frozenset(b.provision for b in open_brackets(instrument))
    return frozenset(provision for provision, leaves in edition.open if leaves)


class Candidate(Struct, frozen=True):
    """Words that a provision may come to have. alternative: the one in brackets whose they are, or None for the edition's
    own; letters: behind a bracket within those words; place: among the texts of the provision, from 0."""

    alternative: Alternative | None
    letters: str
    place: int
    words: str


def candidates(
    sight: Sight, instrument: Instrument, edition: Edition, text: CheckedText, eid: str
) -> Iterator[Candidate]:
    """The live alternatives of a provision, of its last edition; the edition's own words where there are none, or none
    is disclosed. Where every side supports one, that one alone."""
    standing = _standing(sight, instrument, edition, eid, text.own_words(eid))
    for place, alternative, words in standing or [(0, None, text.own_words(eid))]:
        for further, (letters, one) in enumerate(texts_in(words)):
            yield Candidate(alternative, letters, place + further if alternative is None else place, one)


def _standing(
    sight: Sight, instrument: Instrument, edition: Edition, eid: str, own: str
) -> list[tuple[int, Alternative | None, str]]:
    bracket = instrument.brackets.get(eid) if edition is instrument.edition else None
    if bracket is None:
        return []
    agreed, language = bracket.agreed(instrument.sides), main_language(instrument)
    live = bracket.live() if agreed is None else (agreed,)
    said = [
        own if keeps_words(sight, one.leaf) else texts_of(sight, instrument, one.leaf).get(language)
        for one in live
    ]
    return [(place, one, words) for place, (one, words) in enumerate(zip(live, said, strict=True)) if words]


def checked(
    sight: Sight, instrument: Instrument, text: CheckedText, eid: str, words: str | None = None
) -> Checked:
    """words: those of an alternative, read in the place of the provision's own."""
    put = text if words in (None, text.own_words(eid)) else text.with_words(eid, words or "")
    return check_provision(put, eid, rival_words_of(sight, instrument, eid))


def rival_words_of(sight: Sight, instrument: Instrument, eid: str) -> str:
    """The words of the readings of a provision, where more than one stands."""
    readings = readings_of(instrument, eid)
    if len(readings) < 2:
        return ""
    return " ".join(str(sight.names.opened(r.leaf).get("text") or "…") for r in readings)


class Counts(Struct, frozen=True):
    """How many elements are missing, and of how many. of_provision: of each provision that states a duty; of texts in
    brackets, the most that one lacks. of_alternative: of each alternative in brackets that states one, by its leaf."""

    of_provision: Mapping[str, tuple[int, int]]
    of_alternative: Mapping[str, tuple[int, int]]


NOTHING_COUNTED: Final = Counts(MappingProxyType({}), MappingProxyType({}))


def missing_counts(sight: Sight, instrument: Instrument, edition: Edition) -> Counts:
    """What the texts of an edition lack; nothing where nothing is checked.

    Counted once for each state of a text, since a page of it is asked for often. Counts are kept, and no words: what is
    erased must not live on in memory.
    """
    text = checked_text(sight, instrument, edition)
    if text is None:
        return NOTHING_COUNTED
    eids = checked_ids(instrument, edition, text)
    offered = {eid: tuple(candidates(sight, instrument, edition, text, eid)) for eid in eids}
    readings = tuple(r.leaf for eid in eids for r in readings_of(instrument, eid))
    told_apart = hash(tuple((eid, c.words) for eid, found in offered.items() for c in found))
    key = (text.told_apart_by, told_apart, text.names, text.bracketed, text.entry, readings)
    kept = _kept(key)
    if not kept:
        kept.append(_counted(sight, instrument, text, offered))
    return kept[0]


def checked_ids(instrument: Instrument, edition: Edition, text: CheckedText) -> tuple[str, ...]:
    """The provisions of the edition, and those that are so far proposed only."""
    proposed = (b.provision for b in open_brackets(instrument)) if edition is instrument.edition else ()
    return tuple(dict.fromkeys((*text.ids, *proposed)))


def _counted(
    sight: Sight, instrument: Instrument, text: CheckedText, offered: Mapping[str, tuple[Candidate, ...]]
) -> Counts:
    of_provision: dict[str, tuple[int, int]] = {}
    of_alternative: dict[str, tuple[int, int]] = {}
    for eid, found in offered.items():
        for candidate in found:
            checked_words = checked(sight, instrument, text, eid, candidate.words)
            if checked_words.duty is None:
                continue
            count = len(checked_words.missing), len(checked_words.elements)
            of_provision[eid] = max(count, of_provision.get(eid, count))
            if candidate.alternative is not None:
                leaf = candidate.alternative.leaf
                of_alternative[leaf] = max(count, of_alternative.get(leaf, count))
    return Counts(of_provision, of_alternative)


@lru_cache(maxsize=64)
def _kept(_key: tuple[object, ...]) -> list[Counts]:
    """Where the counts of one state of a text are kept, to be filled by whoever asks first."""
    return []


def where_checked(
    sight: Sight, instrument: Instrument, eid: str, alternative: Alternative | None = None
) -> str:
    """Where the page says what the provision, or one of its alternatives, lacks."""
    place = sight.place.page("verifiable", instrument=instrument.id, provision=eid)
    return f"{place.address}#{anchor_of(alternative)}"


def anchor_of(alternative: Alternative | None) -> str:
    """
    >>> anchor_of(None)
    'checked'
    """
    return "checked" if alternative is None else f"checked-{alternative.index + 1}"


def count_words(missing: int, of: int) -> str:
    """
    >>> count_words(4, 9)
    '4 of 9 elements missing'
    """
    return ngettext("{count} of {of} elements missing", "{count} of {of} elements missing", missing, of=of)
