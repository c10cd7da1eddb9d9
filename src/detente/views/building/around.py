"""What stands around every page: title, phase, tabs, the band of an earlier moment, viewers, footer."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.state.phases import Phase
from detente.views.addresses import CHECK, PROCESSES, PUBLIC, Place
from detente.views.building.sight import Sight, full_moment, in_words
from detente.views.marks import Choice, Link, Prose, worded
from detente.views.shell import AsOf, Footer, Notice, ProcessHead, Shell, Viewer
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.moments import offset

TABS: Final = (
    ("", N_("Overview")), ("text", N_("Text")), ("sessions", N_("Sessions")),
    ("undertakings", N_("Evidence and undertakings")), ("observance", N_("Observance")),
    ("statements", N_("Public record")), ("powers", N_("Powers")), ("timeline", N_("Timeline")),
    ("record", N_("Record")),
)  # fmt: skip
PARTS: Final = {
    "undertakings": (
        ("undertakings", N_("From evidence to observance")), ("verifiable", N_("Can it be verified?")),
    ),
    "observance": (
        ("observance", N_("Reports and commitments")), ("observance/pairs", N_("Reports of one incident?")),
        ("keeping", N_("Findings and breach")),
    ),
}  # fmt: skip
"""Tab -> the pages under it, of which it opens the first."""
ACT: Final = ("room", N_("Act"))
"""Not in a demonstration, but on the page itself: whoever looks as somebody else there holds no key of theirs."""
READABLE: Final = N_(
    "Plenary content is readable by the host. What is written in a chamber is sealed to its members once the chamber has "
    "a key, and readable by the host before that."
)
_RESTS: Final = {
    Phase.ADJOURNED: ("adjourn", N_("Adjourned")), Phase.BROKEN_OFF: ("break_off", N_("Broken off")),
    Phase.CONCLUDED: ("conclude", N_("Concluded")),
}  # fmt: skip
"""Phase -> the kind of act that leads to it, and what a page calls it."""


def shell(record: VisibleRecord, *, title: str, viewers: tuple[str, ...] = (), path: str = "") -> Shell:
    """The shell alone, around a page of this record that somebody else fills."""
    return drawn_around(Sight(record, viewers, path), title)


def shell_alone(title: str, looking_as: str = "") -> Shell:
    """Around a page of no process. looking_as: as whom, in a demonstration."""
    processes = f"{PROCESSES}?as={looking_as}" if looking_as else PROCESSES
    return Shell(
        page_title=title,
        processes=processes,
        viewers=(Viewer(name=_("Public"), href=processes, current=True),),
        footer=Footer(derived="", zone="", readable=_(READABLE)),
        check=check_address(looking_as),
    )


def check_address(looking_as: str) -> str:
    return f"{CHECK}?as={looking_as}" if looking_as else CHECK


def drawn_around(sight: Sight, title: str) -> Shell:
    """Around a page that `sight` has drawn: its daggers are explained at the foot."""
    process = _process_head(sight)
    return Shell(
        page_title=_("{page}, {process}", page=title, process=sight.names.title),
        processes=list_address(sight),
        viewers=seen_as(sight),
        process=process,
        footer=_footer(sight),
        check=check_address(sight.place.looking_as),
    )


def list_address(sight: Sight) -> str:
    """The list of processes, as the same person sees it."""
    return f"{PROCESSES}?as={sight.place.looking_as}" if sight.viewers else PROCESSES


def _process_head(sight: Sight) -> ProcessHead:
    names, place = sight.names, sight.place
    current = tab_of(place.path)
    return ProcessHead(
        title=names.title,
        subtitle=names.subtitle,
        phase=phase_words(sight),
        tabs=tuple(
            Choice(text=_(text), href=place.page(path).address, current=path == current)
            for path, text in (TABS if sight.viewers and current != "room" else (*TABS, ACT))
        ),
        parts=tuple(
            Choice(text=_(text), href=place.page(path).address, current=place.path == path)
            for path, text in PARTS.get(current, ())
        ),
        acts=Link(
            text=ngettext("{count} act", "{count} acts", sight.record.size),
            href=place.page("timeline").address,
        ),
        as_of=None if sight.now_shown else _band(sight),
        notice=notice_of(names.convening.get("notice")),
    )


def tab_of(path: str) -> str:
    """The tab under which a page stands."""
    if path.startswith("acts/"):
        return "timeline"
    if path in ("sign", "keys", "follow"):
        return "room"
    under = (tab for tab, parts in PARTS.items() if path in (part for part, _text in parts))
    return next(under, path.partition("/")[0])


def notice_of(text: str | None) -> Notice | None:
    """A notice with its first words strong: “Demonstration. It proves nothing about the real talks.”"""
    if not text:
        return None
    label, stop, rest = text.partition(". ")
    if not stop or len(label.split()) > 3:
        return Notice(label=_("Notice."), text=text)
    return Notice(label=f"{label}.", text=rest)


def phase_words(sight: Sight) -> Prose:
    """Where the talks stand. A breaking off that somebody claims is a claim until the convenor's act."""
    phase = _recorded_phase(sight)
    claims = [s for s in sight.state.statements.values() if any(p == "broke_off" for p, _a in s.claims)]
    if not claims or sight.state.phase is Phase.BROKEN_OFF:
        return phase
    last = max(claims, key=lambda s: s.index)
    return worded(
        "{phase}. Breaking off claimed by {who} ({act}), no act of the convenor",
        phase=phase, who=sight.person_or_side(last.by), act=sight.cite(last.index),
    )  # fmt: skip


def _recorded_phase(sight: Sight) -> Prose:
    phase, sessions = sight.state.phase, sight.state.sessions
    if phase in _RESTS:
        kind, name = _RESTS[phase]
        found = sight.record.find(1, kind=kind)
        return (
            worded("{phase}, {act}", phase=_(name), act=sight.cite(found[0].index)) if found else worded(name)
        )
    if sessions:
        last = sessions[-1]
        rough = sight.is_illustrative(last.leaf)
        time = in_words(sight.instant(last.closed or last.opened, illustrative=rough))
        if last.closed:
            return worded("Session {number} closed {time}", number=str(last.number), time=time)
        return worded("Session {number} open since {time}", number=str(last.number), time=time)
    return worded("Convened {act}", act=sight.cited(0)) if sight.state.process else worded("Not convened")


def _band(sight: Sight) -> AsOf:
    acts, place = sight.record.as_of, sight.place
    last = sight.last_act()
    return AsOf(
        act=acts,
        size=sight.record.size,
        time=sight.act_time(last, full_moment) if last else sight.moment(0, full_moment),
        said=_("just after: {act}.", act=sight.say_unquoted(last)) if last else "",
        previous=_earlier(sight, acts - 1).address if acts > 1 else "",
        following=(place.as_of(acts + 1) if acts + 1 < sight.record.size else place.now).address,
        now=place.now.address,
    )


def _earlier(sight: Sight, acts: int) -> Place:
    """The same page at an earlier moment; where its act was not there yet, the page of the last one that was, and of a
    text or an edition that was not, the page as it is without asking for one."""
    place = sight.place
    number = place.path.removeprefix("acts/")
    in_main_log = number != place.path and not dict(place.query).get("log")
    there = place.act(acts) if in_main_log and int(number) > acts else place
    return there.asking(**dict.fromkeys(_later(sight, acts), "")).as_of(acts)


def _later(sight: Sight, acts: int) -> list[str]:
    """Which parameters of the page name what only act `acts + 1` or a later one brought."""
    query, texts, order = dict(sight.place.query), sight.state.instruments, sight.state.instrument_order
    asked = texts.get(query.get("instrument") or (order[0] if order else ""))
    if "instrument" in query and asked is not None and asked.index >= acts:
        return list(query)
    issued = {str(e.number): e.index for e in asked.editions} if asked is not None else {}
    against = texts.get(query.get("against", ""))
    came = {name: issued.get(query.get(name, ""), -1) for name in ("edition", "since")}
    came["against"] = against.index if against is not None else -1
    came |= {name: int(query.get(name) or 0) - 1 for name in ("register", "commitment")}
    return [name for name, index in came.items() if name in query and index >= acts]


def seen_as(sight: Sight) -> tuple[Viewer, ...]:
    """The person looking, and in a demonstration everybody as whom one can look."""
    if not sight.viewers:
        return (_viewer(sight, sight.viewer, current=True),)
    people = dict.fromkeys((None, *sight.viewers, sight.viewer))
    return tuple(_viewer(sight, who, current=who == sight.viewer) for who in people)


def _viewer(sight: Sight, person: str | None, *, current: bool) -> Viewer:
    href = sight.place.seen_by(person or PUBLIC).address
    if person is None:
        return Viewer(name=_("Public"), href=href, current=current)
    return Viewer(name=sight.names.person(person), href=href, mark=sight.person(person), current=current)


def _footer(sight: Sight) -> Footer:
    return Footer(
        derived=_derived(sight),
        zone=_zone(sight),
        readable=_(READABLE),
        illustrative=_("† marks illustrative times.") if sight.daggers else "",
    )


def _derived(sight: Sight) -> str:
    unknown = sight.state.unknown_from
    if unknown is not None:
        return _(
            "Known up to act {known}: act {unknown} is of a kind or version that this reader does not know, "
            "and nothing after it is reflected here.", known=unknown, unknown=unknown + 1,
        )  # fmt: skip
    return _("Derived from signed acts 1 to {last}.", last=sight.record.as_of)


def _zone(sight: Sight) -> str:
    zone = sight.names.zone
    if zone.city == "UTC":
        return _("Times are UTC.")
    last = sight.last_act()
    if last is None:
        return _("Times are {city} time unless a zone is given.", city=zone.city)
    shift = offset(last.act.clear.iat, zone)
    return _("Times are {city} time ({offset}) unless a zone is given.", city=zone.city, offset=shift)
