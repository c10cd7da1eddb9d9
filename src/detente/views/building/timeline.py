"""Every act in one line, newest first, a page at a time; the four answers over the record; the slider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.state.records import Person
from detente.views.act_line import ActGroup
from detente.views.building.around import drawn_around
from detente.views.building.chart import chart, landmarks, summary
from detente.views.building.lines import Lines, chambers, days
from detente.views.building.looked import looked
from detente.views.building.sight import Sight
from detente.views.marks import Link, Prose, filled, linked
from detente.views.timeline import Carried, Filter, Option, Slider, TimelinePage
from detente.wording.english import KIND_WORDS, kind_words
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

PAGE: Final = 50
SCANNED: Final = 2_000
"""How far back one page looks for words; the next page looks on from there."""


def timeline_page(
    record: VisibleRecord,
    *,
    by: str = "",
    kind: str = "",
    words: str = "",
    before: int = 0,
    viewers: tuple[str, ...] = (),
) -> TimelinePage:
    """by: a person's id; kind: of act; words: to be found in the sentences that the reader can read; before: the
    number of an act, from 1: only earlier ones; 0 for the newest."""
    asked = {
        "by": by,
        "kind": kind if kind in KIND_WORDS else "",
        "words": words.strip(),
        "before": str(before or ""),
    }
    sight = Sight(record, viewers, "timeline", asked)
    lines = Lines(sight)
    end = min(before - 1, record.as_of) if before > 0 else record.as_of
    acts, reached = _found(sight, asked, end)
    return TimelinePage(
        heading=_heading(sight),
        summary=summary(sight),
        chart=chart(sight, lines.courses),
        slider=_slider(sight, lines),
        hidden=_hidden(sight),
        filter=_filter(sight, asked, len(acts), reached),
        days=(*days(lines, acts), *_chambers(lines, asked)),
        older=_older(sight, acts, reached, filtered=_is_filtered(asked)),
        empty="" if acts else _empty(asked),
        looked=looked(sight, page="selection" if _is_filtered(asked) or asked["before"] else "timeline"),
        shell=drawn_around(sight, _("Timeline")),
    )  # fmt: skip


def _heading(sight: Sight) -> str:
    if sight.now_shown:
        return ngettext("{count} act", "{count} acts", sight.record.size)
    return _("As of act {number}", number=sight.record.as_of)


def _is_filtered(asked: dict[str, str]) -> bool:
    return any(asked[name] for name in ("by", "kind", "words"))


# --- which acts


def _found(sight: Sight, asked: dict[str, str], end: int) -> tuple[list[VisibleAct], int]:
    """The newest page of acts before index `end`, and the index down to which was looked."""
    wanted = asked["words"].casefold()
    found: list[VisibleAct] = []
    reached = end
    for act in _candidates(sight.record, asked, end):
        if end - act.index > SCANNED or len(found) == PAGE:
            return found, reached
        reached = act.index
        if not wanted or wanted in sight.say(act).casefold():
            found.append(act)
    return found, 0


def _candidates(record: VisibleRecord, asked: dict[str, str], end: int) -> Iterator[VisibleAct]:
    by, kind = asked["by"] or None, asked["kind"] or None
    while end > 0:
        if by or kind:
            batch = record.find(PAGE, before=end, author=by, kind=kind)
        else:
            batch = tuple(reversed(record.acts(max(0, end - PAGE), end)))
        if not batch:
            return
        yield from batch
        end = batch[-1].index


def _older(sight: Sight, acts: list[VisibleAct], reached: int, *, filtered: bool) -> Link | None:
    if reached <= 0:
        return None
    text = _("Look further back") if filtered else _("Acts 1 to {number}", number=reached)
    return Link(text=text, href=sight.place.asking(before=str(reached + 1)).address)


def _empty(asked: dict[str, str]) -> str:
    if not _is_filtered(asked):
        return _("No act is in the record.")
    return _("No act here answers to this. Words are looked for in the sentences that you can read.")


def _chambers(lines: Lines, asked: dict[str, str]) -> tuple[ActGroup, ...]:
    """On the newest page, below the main log."""
    return () if _is_filtered(asked) or asked["before"] else chambers(lines, PAGE)


# --- the forms


def _carried(sight: Sight, *names: str) -> tuple[Carried, ...]:
    own = dict(sight.place.query)
    kept = [(n, v) for n, v in (*own.items(), *sight.place.carried) if n in names and v]
    return tuple(Carried(name=name, value=value) for name, value in kept)


def _slider(sight: Sight, lines: Lines) -> Slider:
    acts, size, place = sight.record.as_of, sight.record.size, sight.place.asking(before="")
    return Slider(
        action=place.without_query,
        name="at",
        value=acts,
        size=size,
        carried=_carried(sight, "as", "by", "kind", "words"),
        previous=place.as_of(acts - 1).address if acts > 1 else "",
        following=(place.as_of(acts + 1) if acts + 1 < size else place.now).address if acts < size else "",
        landmarks=landmarks(sight, lines.courses),
    )


def _hidden(sight: Sight) -> Prose:
    later = sight.record.size - sight.record.as_of
    if not later:
        return ()
    said = ngettext(
        "{count} later act is not shown. The other pages also show act {number} until you {return_to_now}.",
        "{count} later acts are not shown. The other pages also show act {number} until you {return_to_now}.",
        later,
        number=sight.record.as_of,
        return_to_now="{return_to_now}",
    )
    return filled(said, return_to_now=linked(_("return to now"), sight.place.now.address))


def _filter(sight: Sight, asked: dict[str, str], count: int, reached: int) -> Filter:
    authors = [("", _("Anyone")), *((p.id, sight.names.person(p.id)) for p in _authors(sight, asked["by"]))]
    named = ((kind, kind_words(kind)) for kind in KIND_WORDS)
    kinds = [("", _("All kinds")), *sorted(named, key=lambda pair: pair[1])]
    return Filter(
        action=sight.place.without_query,
        carried=_carried(sight, "as", "at"),
        by=tuple(Option(value=v, text=t, chosen=v == asked["by"]) for v, t in authors),
        kind=tuple(Option(value=v, text=t, chosen=v == asked["kind"]) for v, t in kinds),
        words=asked["words"],
        active=_is_filtered(asked),
        result=_result(sight, count, reached) if _is_filtered(asked) else "",
        clear=sight.place.page("timeline").address,
    )


def _authors(sight: Sight, asked: str) -> list[Person]:
    """Whose acts one can ask for: everybody who negotiates or mediates, and of the others those who have acted."""
    acted = {sight.state.keys[key].person for key in sight.state.chains if key in sight.state.keys}
    people = sorted(sight.state.people.values(), key=lambda p: (p.index, p.id))
    return [p for p in people if p.side or sight.names.mediates(p.id) or p.id in {*acted, asked}]


def _result(sight: Sight, count: int, reached: int) -> str:
    total = sight.record.as_of
    if not reached:
        return ngettext("{count} act of {total}.", "{count} acts of {total}.", count, total=total)
    return ngettext(
        "{count} act of {total}; looked back to act {number}.",
        "{count} acts of {total}; looked back to act {number}.",
        count, total=total, number=reached + 1,
    )  # fmt: skip
