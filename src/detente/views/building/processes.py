"""The list of processes: of each, where it stands and who must act next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.procedure.finality import finality
from detente.procedure.turn import turns
from detente.state.instrument import Instrument
from detente.views.addresses import PROCESSES, PUBLIC
from detente.views.building.around import READABLE, check_address, list_address, phase_words, seen_as
from detente.views.building.figure import short_answers
from detente.views.building.missing import is_yours
from detente.views.building.sight import Sight, full_moment
from detente.views.building.turn import all_owing, in_order, owed_with_text, text_of, what_is_owed
from detente.views.marks import Link, Prose
from detente.views.processes import NextAct, OwnProcess, ProcessEntry, ProcessesPage
from detente.views.shell import Footer, Notice, Shell, Viewer
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.standing import NO_INSTRUMENT, answer_sentence

EMPTY: Final = N_("This host keeps no process that you may see. To play the shipped case: detente demo.")
DEMONSTRATION: Final = N_(
    "The processes were played with demonstration keys, to show the procedure. They prove nothing about any real talks."
)
FOLLOWING: Final = 4


def processes_page(
    records: Sequence[VisibleRecord], *, viewers: tuple[str, ...] = (), older: int = 0
) -> ProcessesPage:
    """records: those that the reader may see, of one part of the list. viewers: as whom one may look, in a demonstration.
    older: how many the list holds up to here, where there are more."""
    sights = [Sight(record, viewers) for record in records]
    sights.sort(key=_last, reverse=True)
    return ProcessesPage(
        entries=tuple(_entry(s) for s in sights),
        older=Link(text=_("Processes convened before these"), href=f"{PROCESSES}?after={older}")
        if older
        else None,
        notice=Notice(label=_("Demonstration."), text=_(DEMONSTRATION)) if viewers else None,
        empty="" if sights else _(EMPTY),
        shell=_shell(sights),
    )


def _last(sight: Sight) -> int:
    last = sight.last_act()
    return last.act.clear.iat if last else 0


def _entry(sight: Sight) -> ProcessEntry:
    instrument = next(iter(sight.names.instruments), None)
    found = finality(sight.state, instrument.id) if instrument else None
    last = sight.last_act()
    return ProcessEntry(
        title=sight.names.title,
        subtitle=sight.names.subtitle,
        href=sight.place.page().address,
        phase=_plain(phase_words(sight)),
        instrument=_titled(sight, instrument),
        answer=answer_sentence(instrument, found, sight.names) if instrument and found else _(NO_INSTRUMENT),
        answers=short_answers(found, sight.state) if found else (),
        following=_following(sight),
        acts=_acts(sight.record.size),
        last=sight.act_time(last, full_moment) if last else sight.moment(0, full_moment),
    )


def _titled(sight: Sight, instrument: Instrument | None) -> str:
    if instrument is None:
        return _("No instrument is open")
    title = sight.names.instrument_title(instrument.id)
    if instrument.edition is None:
        return title
    return _("{title}, edition {number}", title=title, number=instrument.edition.number)


def _acts(count: int) -> str:
    return ngettext("{count} act", "{count} acts", count)


def _plain(words: Prose) -> str:
    return "".join(run.text for run in words)


def _following(sight: Sight, without: Sequence[str] = ()) -> tuple[NextAct, ...]:
    """Each one's weightiest question; a receipt only where nothing else is asked. without: whose are left out."""
    instrument = next(iter(sight.names.instruments), None)
    owing = [t for t in in_order(turns(sight.state)) if t.whose not in without]
    weighty = [t for t in owing if t.act != "receive"] or owing
    first = {t.whose: t for t in reversed(weighty)}
    ordered = dict.fromkeys(t.whose for t in weighty)
    return tuple(
        NextAct(mark=sight.whose(whose), text=owed_with_text(sight, instrument, first[whose]))
        for whose in list(ordered)[:FOLLOWING]
    )


def own_process(record: VisibleRecord) -> OwnProcess:
    """For the list that a browser makes of the processes it holds keys for."""
    sight = Sight(record, ())
    instrument = next(iter(sight.names.instruments), None)
    mine = [t for t in all_owing(sight) if is_yours(sight, t.whose)]
    others = [(t.mark.name, t.text) for t in _following(sight, [t.whose for t in mine])]
    return OwnProcess(
        title=sight.names.title,
        subtitle=sight.names.subtitle,
        phase=_plain(phase_words(sight)),
        acts=_acts(record.size),
        reader=sight.viewer or "",
        as_whom=sight.names.person(sight.viewer) if sight.viewer else "",
        yours=tuple(dict.fromkeys(what_is_owed(sight, text_of(sight, t) or instrument, t) for t in mine)),
        others=tuple(_("{whose}: {what}", whose=whose, what=what) for whose, what in others),
    )


def _shell(sights: list[Sight]) -> Shell:
    return Shell(
        page_title=_("Processes"),
        processes=list_address(sights[0]) if sights else PROCESSES,
        viewers=_viewers(sights),
        check=check_address(sights[0].place.looking_as if sights else ""),
        footer=Footer(
            derived=_("Derived from signed acts only."),
            zone=_("Times are those of each process’s own zone."),
            readable=_(READABLE),
            illustrative=_("† marks illustrative times.") if any(s.daggers for s in sights) else "",
        ),
    )


def _viewers(sights: list[Sight]) -> tuple[Viewer, ...]:
    """The same people as in the first process, looking at the list."""
    if not sights:
        return (Viewer(name=_("Public"), href=PROCESSES, current=True),)
    ids = dict.fromkeys((PUBLIC, *sights[0].viewers, sights[0].viewer or PUBLIC))
    return tuple(
        Viewer(
            name=v.name,
            mark=v.mark,
            href=f"{PROCESSES}?as={who}" if sights[0].viewers else PROCESSES,
            current=v.current,
        )
        for v, who in zip(seen_as(sights[0]), ids, strict=False)
    )
