"""What a page says of a silence procedure: how long it runs for whom, what it would give, that it lapsed, or who
broke it. It stands beside the ladder, on which silence moves nobody."""

from __future__ import annotations

from detente.procedure.turn import meaning_of_silence
from detente.state.instrument import Instrument, Silence
from detente.views.building.sight import Sight, in_words
from detente.views.marks import Prose, Run, prose, strong
from detente.wording.counting import listed


def silence_line(sight: Sight, instrument: Instrument) -> Prose:
    """Empty where no silence procedure was placed on the last edition."""
    silence, edition = instrument.silence, instrument.edition
    if silence is None or edition is None or silence.edition != edition.leaf:
        return ()
    what = f"edition {edition.number}"
    if silence.broken is not None:
        return _broken(sight, silence, what)
    if silence.lapsed_at is not None:
        return _lapsed(sight, silence, silence.lapsed_at, what)
    return _running(sight, instrument, silence, what)


def _running(sight: Sight, instrument: Instrument, silence: Silence, what: str) -> Prose:
    """The clock of each side, in the zone of the process."""
    zone = sight.names.zone.city
    place = "UTC" if zone == "UTC" else f"{zone} time"
    until = listed(
        f"{sight.names.delegation(side)} until {in_words(sight.instant(at))}"
        for side, at in silence.awaited()
    )
    past = listed(sight.names.delegation(side) for side, _index in silence.lapsed)
    return prose(
        strong("Silence runs"), f" on {what} (", sight.cite(silence.index),
        f"): {until}, {place}. It lapses with the first time marked after that. ",
        f"The period of {past} is over. " if past else "", meaning_of_silence(sight.state, instrument),
        " A delegate or principal of any of its sides may break it, without a reason.", *_late(sight, silence),
    )  # fmt: skip


def _lapsed(sight: Sight, silence: Silence, index: int, what: str) -> Prose:
    gives = (
        "By the rules of procedure it counts towards adoption; no side has taken a step by it."
        if silence.adopts
        else "It is noted and gives nothing: no side has taken a step by it."
    )
    return prose(
        strong("Silence lapsed"), f" on {what} without a break (", sight.cite(index), f"). {gives}",
        *_late(sight, silence),
    )  # fmt: skip


def _broken(sight: Sight, silence: Silence, what: str) -> Prose:
    broken = silence.broken
    assert broken is not None
    reason = sight.names.opened(broken.leaf).get("reason")
    said = f" Reason given: {reason}" if reason else " No reason is given, and none is needed."
    return prose(
        strong("Silence broken"), f" on {what} by {sight.names.delegation(broken.side)} (", sight.cite(broken.index),
        f"), in time. The procedure is over.{said}", *_late(sight, silence),
    )  # fmt: skip


def _late(sight: Sight, silence: Silence) -> tuple[Run, ...]:
    """Breaks that came after the side's own period: they stand in the record and change nothing."""
    return tuple(
        run
        for broken in silence.breaks
        if broken.late
        for run in prose(
            f" {sight.names.delegation(broken.side)} broke it after its period had lapsed (",
            sight.cite(broken.index),
            "): that is recorded, and too late to change it.",
        )
    )
