"""What stands around every page: title, phase, tabs, the band of an earlier moment, viewers, footer."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.state.phases import Phase
from detente.views.addresses import PROCESSES, PUBLIC, Place
from detente.views.building.sight import Sight, full_moment, in_words
from detente.views.marks import Choice, Link, Prose, Run, prose
from detente.views.shell import AsOf, Footer, Notice, ProcessHead, Shell, Viewer
from detente.wording.counting import capitalised, counted
from detente.wording.moments import offset

TABS: Final = (
    ("", "Overview"), ("text", "Text"), ("sessions", "Sessions"), ("powers", "Powers"), ("timeline", "Timeline"),
    ("record", "Record"),
)  # fmt: skip
ACT: Final = ("room", "Act")
"""Not in a demonstration, but on the page itself: whoever looks as somebody else there holds no key of theirs."""
READABLE: Final = (
    "Plenary content is readable by the host. What is written in a chamber is sealed to its members once the chamber has "
    "a key, and readable by the host before that."
)
_RESTS: Final = {Phase.ADJOURNED: "adjourn", Phase.BROKEN_OFF: "break_off", Phase.CONCLUDED: "conclude"}


def shell(record: VisibleRecord, *, title: str, viewers: tuple[str, ...] = (), path: str = "") -> Shell:
    """The shell alone, around a page of this record that somebody else fills."""
    return drawn_around(Sight(record, viewers, path), title)


def drawn_around(sight: Sight, title: str) -> Shell:
    """Around a page that `sight` has drawn: its daggers are explained at the foot."""
    process = _process_head(sight)
    return Shell(
        page_title=f"{title}, {sight.names.title}",
        processes=list_address(sight),
        viewers=seen_as(sight),
        process=process,
        footer=_footer(sight),
    )


def list_address(sight: Sight) -> str:
    """The list of processes, as the same person sees it."""
    return f"{PROCESSES}?as={sight.place.looking_as}" if sight.viewers else PROCESSES


def _process_head(sight: Sight) -> ProcessHead:
    names, place = sight.names, sight.place
    acting = place.path in ("sign", "keys", "follow")
    current = "timeline" if place.path.startswith("acts/") else "room" if acting else place.path
    return ProcessHead(
        title=names.title,
        subtitle=names.subtitle,
        phase=phase_words(sight),
        tabs=tuple(
            Choice(text=text, href=place.page(path).address, current=path == current)
            for path, text in (TABS if sight.viewers and current != "room" else (*TABS, ACT))
        ),
        acts=Link(text=counted(sight.record.size, "act"), href=place.page("timeline").address),
        as_of=None if sight.now_shown else _band(sight),
        notice=notice_of(names.convening.get("notice")),
    )


def notice_of(text: str | None) -> Notice | None:
    """A notice with its first words strong: “Demonstration. It proves nothing about the real talks.”"""
    if not text:
        return None
    label, stop, rest = text.partition(". ")
    if not stop or len(label.split()) > 3:
        return Notice(label="Notice.", text=text)
    return Notice(label=f"{label}.", text=rest)


def phase_words(sight: Sight) -> Prose:
    """Where the talks stand. A breaking off that somebody claims is a claim until the convenor's act."""
    return (*_recorded_phase(sight), *_claimed_end(sight))


def _recorded_phase(sight: Sight) -> Prose:
    phase, sessions = sight.state.phase, sight.state.sessions
    if phase in _RESTS:
        found = sight.record.find(1, kind=_RESTS[phase])
        cited = (Run(text=", "), sight.cite(found[0].index)) if found else ()
        return (Run(text=capitalised(phase.value)), *cited)
    if sessions:
        last = sessions[-1]
        rough = sight.is_illustrative(last.leaf)
        when = sight.instant(last.closed or last.opened, illustrative=rough)
        state = "closed" if last.closed else "open since"
        return prose(f"Session {last.number} {state} {in_words(when)}")
    return prose("Convened ", *sight.cited(0)) if sight.state.process else prose("Not convened")


def _claimed_end(sight: Sight) -> Prose:
    if sight.state.phase is Phase.BROKEN_OFF:
        return ()
    claims = [s for s in sight.state.statements.values() if any(p == "broke_off" for p, _a in s.claims)]
    if not claims:
        return ()
    last = max(claims, key=lambda s: s.index)
    by = sight.person_or_side(last.by)
    return prose(f". Breaking off claimed by {by} (", sight.cite(last.index), "), no act of the convenor")


def _band(sight: Sight) -> AsOf:
    acts, place = sight.record.as_of, sight.place
    last = sight.last_act()
    return AsOf(
        act=acts,
        size=sight.record.size,
        time=sight.act_time(last, full_moment) if last else sight.moment(0, full_moment),
        said=f"just after: {_unquoted(sight.say(last))}." if last else "",
        previous=_earlier(place, acts - 1).address if acts > 1 else "",
        following=(place.as_of(acts + 1) if acts + 1 < sight.record.size else place.now).address,
        now=place.now.address,
    )


def _earlier(place: Place, acts: int) -> Place:
    """The same page at an earlier moment; where its act was not there yet, the page of the last one that was."""
    number = place.path.removeprefix("acts/")
    in_main_log = number != place.path and not dict(place.query).get("log")
    return (place.act(acts) if in_main_log and int(number) > acts else place).as_of(acts)


def _unquoted(sentence: str) -> str:
    """An act's sentence without the words that it quotes."""
    return sentence.partition(": “")[0]


def seen_as(sight: Sight) -> tuple[Viewer, ...]:
    """The person looking, and in a demonstration everybody as whom one can look."""
    if not sight.viewers:
        return (_viewer(sight, sight.viewer, current=True),)
    people = dict.fromkeys((None, *sight.viewers, sight.viewer))
    return tuple(_viewer(sight, who, current=who == sight.viewer) for who in people)


def _viewer(sight: Sight, person: str | None, *, current: bool) -> Viewer:
    href = sight.place.seen_by(person or PUBLIC).address
    if person is None:
        return Viewer(name="Public", href=href, current=current)
    return Viewer(name=sight.names.person(person), href=href, mark=sight.person(person), current=current)


def _footer(sight: Sight) -> Footer:
    return Footer(
        derived=_derived(sight),
        zone=_zone(sight),
        readable=READABLE,
        illustrative="† marks illustrative times." if sight.daggers else "",
    )


def _derived(sight: Sight) -> str:
    unknown = sight.state.unknown_from
    if unknown is not None:
        return (
            f"Known up to act {unknown}: act {unknown + 1} is of a kind or version that this reader does not know, "
            "and nothing after it is reflected here."
        )
    return f"Derived from signed acts 1 to {sight.record.as_of}."


def _zone(sight: Sight) -> str:
    zone = sight.names.zone
    if zone.city == "UTC":
        return "Times are UTC."
    last = sight.last_act()
    shift = f" ({offset(last.act.clear.iat, zone)})" if last else ""
    return f"Times are {zone.city} time{shift} unless a zone is given."
