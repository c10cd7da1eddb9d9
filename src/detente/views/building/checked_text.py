"""The text of an edition as the check of words reads it, as far as the reader may read it."""

from __future__ import annotations

from functools import lru_cache

from detente.acts.readings import readings_of
from detente.procedure.verifiability.check import Checked, check_provision
from detente.procedure.verifiability.words import LANGUAGES, CheckedText
from detente.state.answers import open_brackets
from detente.state.instrument import Edition, Instrument
from detente.views.building.sight import Sight
from detente.views.building.substance import main_language, provisions_of
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


def checked(sight: Sight, instrument: Instrument, text: CheckedText, eid: str) -> Checked:
    return check_provision(text, eid, rival_words_of(sight, instrument, eid))


def rival_words_of(sight: Sight, instrument: Instrument, eid: str) -> str:
    """The words of the readings of a provision, where more than one stands."""
    readings = readings_of(instrument, eid)
    if len(readings) < 2:
        return ""
    return " ".join(str(sight.names.opened(r.leaf).get("text") or "…") for r in readings)


def missing_counts(sight: Sight, instrument: Instrument, edition: Edition) -> dict[str, tuple[int, int]]:
    """Provision -> how many elements it lacks, and of how many; those that state a duty. Empty where nothing is checked.

    Counted once for each state of a text, since a page of it is asked for often. Counts are kept, and no words: what is
    erased must not live on in memory.
    """
    text = checked_text(sight, instrument, edition)
    if text is None:
        return {}
    readings = tuple(r.leaf for eid in text.ids for r in readings_of(instrument, eid))
    key = (text.told_apart_by, text.names, text.bracketed, text.entry, readings)
    kept = _kept(key)
    if not kept:
        found = (checked(sight, instrument, text, eid) for eid in text.ids)
        kept.update({c.provision: (len(c.missing), len(c.elements)) for c in found if c.duty})
    return kept


@lru_cache(maxsize=64)
def _kept(_key: tuple[object, ...]) -> dict[str, tuple[int, int]]:
    """Where the counts of one state of a text are kept, to be filled by whoever asks first."""
    return {}


def count_words(missing: int, of: int) -> str:
    """
    >>> count_words(4, 9)
    '4 of 9 elements missing'
    """
    return ngettext("{count} of {of} elements missing", "{count} of {of} elements missing", missing, of=of)
