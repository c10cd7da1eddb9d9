"""What a page says of a silence procedure: how long it runs for whom, what it would give, that it lapsed, or who
broke it. It stands beside the ladder, on which silence moves nobody."""

from __future__ import annotations

from detente.procedure.turn import meaning_of_silence
from detente.state.instrument import Instrument, Silence
from detente.views.building.sight import Sight, in_words
from detente.views.marks import Prose, Run, prose, strong, worded
from detente.wording.counting import listed
from detente.wording.language import gettext as _
from detente.wording.language import translated
from detente.wording.moments import zone_words


def silence_line(sight: Sight, instrument: Instrument) -> Prose:
    """Empty where no silence procedure was placed on the last edition."""
    silence, edition = instrument.silence, instrument.edition
    if silence is None or edition is None or silence.edition != edition.leaf:
        return ()
    if silence.broken is not None:
        return _broken(sight, silence, edition.number)
    if silence.lapsed_at is not None:
        return _lapsed(sight, silence, silence.lapsed_at, edition.number)
    return _running(sight, instrument, silence, edition.number)


def _running(sight: Sight, instrument: Instrument, silence: Silence, number: int) -> Prose:
    """The clock of each side, in the zone of the process."""
    deadlines = listed(_until(sight, side, at) for side, at in silence.awaited())
    past = listed(sight.names.delegation(side) for side, _index in silence.lapsed)
    silence_runs = strong(_("Silence runs"))
    runs = worded(
        "{silence_runs} on edition {number} ({act}): {deadlines}, {zone}. "
        "It lapses with the first time marked after that.",
        silence_runs=silence_runs, number=str(number), act=sight.cite(silence.index),
        deadlines=deadlines, zone=zone_words(sight.names.zone),
    )  # fmt: skip
    sentences = (
        _("The period of {sides} is over.", sides=past) if past else "",
        translated(meaning_of_silence(sight.state, instrument)),
        _("A delegate or principal of any of its sides may break it, without a reason."),
    )
    return prose(*runs, *(f" {sentence}" for sentence in sentences if sentence), *_late(sight, silence))


def _until(sight: Sight, side: str, at: str) -> str:
    return _("{side} until {time}", side=sight.names.delegation(side), time=in_words(sight.instant(at)))


def _lapsed(sight: Sight, silence: Silence, index: int, number: int) -> Prose:
    gives = (
        _("By the rules of procedure it counts towards adoption; no side has taken a step by it.")
        if silence.adopts
        else _("It is noted and gives nothing: no side has taken a step by it.")
    )
    silence_lapsed = strong(_("Silence lapsed"))
    lapsed = worded(
        "{silence_lapsed} on edition {number} without a break ({act}).",
        silence_lapsed=silence_lapsed, number=str(number), act=sight.cite(index),
    )  # fmt: skip
    return prose(*lapsed, f" {gives}", *_late(sight, silence))


def _broken(sight: Sight, silence: Silence, number: int) -> Prose:
    broken = silence.broken
    assert broken is not None
    reason = sight.names.opened(broken.leaf).get("reason")
    silence_broken = strong(_("Silence broken"))
    told = worded(
        "{silence_broken} on edition {number} by {side} ({act}), in time. The procedure is over.",
        silence_broken=silence_broken, number=str(number), side=sight.names.delegation(broken.side),
        act=sight.cite(broken.index),
    )  # fmt: skip
    why = _("Reason given: {reason}", reason=reason) if reason else (
        _("No reason is given, and none is needed."))  # fmt: skip
    return prose(*told, f" {why}", *_late(sight, silence))


def _late(sight: Sight, silence: Silence) -> tuple[Run, ...]:
    """Breaks that came after the side's own period: they stand in the record and change nothing."""
    late = [
        worded(
            "{side} broke it after its period had lapsed ({act}): that is recorded, and too late to change it.",
            side=sight.names.delegation(broken.side), act=sight.cite(broken.index),
        )
        for broken in silence.breaks if broken.late
    ]  # fmt: skip
    return tuple(run for sentence in late for run in prose(" ", *sentence))
