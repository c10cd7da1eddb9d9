"""What a person can do now: what is owed by them first, then every act that is open to them, by institution."""

from __future__ import annotations

from typing import Final

from detente.acts import positions, sealing
from detente.acts.act import Log, Offer
from detente.acts.kinds import BY_NAME
from detente.procedure.chambers import chamber_names, log_of
from detente.procedure.disclosure import VisibleRecord
from detente.procedure.offers import offers
from detente.procedure.turn import Turn as Owing
from detente.provisions.numbering import number_of
from detente.state.phases import PHASES
from detente.views.building.around import drawn_around
from detente.views.building.form import act_number, key_name
from detente.views.building.missing import is_yours
from detente.views.building.once import once
from detente.views.building.open_brackets import cut
from detente.views.building.sight import Sight
from detente.views.building.turn import all_owing, text_of, what_is_owed
from detente.views.building.waiting import Brought, people_to_invite, waiting_keys
from detente.views.marks import Prose, prose, worded
from detente.views.signing import Deed, Institution, RoomPage
from detente.wording.counting import capitalised
from detente.wording.deeds import INSTITUTIONS, deed_words
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _
from detente.wording.names import one_line

_AT_THE_CHAMBERS: Final = frozenset(kind.name for kind in (*sealing.KINDS, *positions.KINDS))
"""Keys of chambers are made on a page of their own, from which what is sealed is opened too."""
_AT_THE_ACT: Final = frozenset({"share_exhibit"})
"""Begun on the page of the act that it is about, which knows what it takes."""
_IN_AN_EMPTY_FORM: Final = frozenset({"open_instrument"})
"""An offer would choose what the text rests on, and in which languages it stands."""
NOT_SIGNED_IN: Final = N_(
    "You are looking as the public. To act, open this page in the browser that holds your key, or follow the link with "
    "which a mediator invited you."
)


def room_page(record: VisibleRecord, *, waiting: Brought = (), viewers: tuple[str, ...] = ()) -> RoomPage:
    """waiting: as it was handed in, of anybody; only what the viewer may enrol is shown."""
    sight = Sight(record, viewers, "room")
    person = sight.state.people.get(sight.viewer or "")
    return RoomPage(
        who=sight.names.person(person.id) if person else "",
        lead=_lead(sight),
        asked=_asked(sight),
        institutions=_institutions(sight),
        waiting=waiting_keys(sight, waiting),
        invited=people_to_invite(sight),
        keys=sight.place.page("keys").address if person else "",
        chambers=sight.place.page("chambers").address if person else "",
        follow=sight.place.page("follow").address if person else "",
        once=tuple(once(sight)),
        process=sight.state.convened.origin,
        shell=drawn_around(sight, _("Act")),
    )


def _lead(sight: Sight) -> Prose:
    if sight.viewer is None:
        return prose(_(NOT_SIGNED_IN))
    return worded(
        "Each of these opens a page that shows exactly what you would sign. Nothing is signed before that."
    )


def _asked(sight: Sight) -> tuple[Deed, ...]:
    """What is owed by the viewer, each as the first offer that answers it."""
    if sight.viewer is None or not sight.now_shown:
        return ()
    open_now = [o for o in offers(sight.state, sight.viewer) if o.kind not in _IN_AN_EMPTY_FORM]
    found: dict[str, Deed] = {}
    for owing in all_owing(sight):
        if is_yours(sight, owing.whose):
            about = text_of(sight, owing)
            text = capitalised(what_is_owed(sight, about, owing))
            if about is not None and len(sight.names.instruments) > 1:
                text = _("{deed} ({instrument})", deed=text, instrument=sight.names.instrument(about.id))
            subject = about.id if about and owing.subject in sight.state.convened.sides else owing.subject
            offer = next(
                (o for o in open_now if o.kind == owing.act and _about(o, subject)),
                _bare(sight, owing.act, subject),
            )
            found.setdefault(
                text,
                Deed(text=text, href=deed_address(sight, owing.act, offer), detail=_demanded(sight, owing)),
            )
    return tuple(found.values())


def _demanded(sight: Sight, owing: Owing) -> str:
    """The words of a demand, as far as they are disclosed: several differ in a number alone."""
    words = sight.names.opened(owing.subject).get("title") if owing.act == "assure" else None
    return cut(one_line(str(words))) if words else ""


def _about(offer: Offer, subject: str) -> bool:
    return not subject or subject in (offer.subject, *map(str, offer.clear.values()))


def _bare(sight: Sight, kind: str, subject: str) -> Offer:
    """What is owed where nothing is offered for it: its form, with what it is about filled in."""
    if subject in sight.state.instruments:
        return Offer(kind, subject, {"instrument": subject})
    if kind in ("answer_bridge", "open_bridge"):
        live = [b.leaf for b in sight.state.bridges.values() if b.provision == subject and b.is_live]
        return Offer(kind, subject, {"bridge": live[-1]} if live else {})
    return Offer(kind, subject, {})


def deed_address(sight: Sight, kind: str, offer: Offer | None = None) -> str:
    """The page on which an act of this kind is signed, with the offer's fields filled in as minutes write them."""
    if kind in _AT_THE_CHAMBERS:
        return sight.place.page("chambers").address
    if kind in ("state_preferences", "estimate_preferences"):
        return sight.place.page("preferences").address
    if kind == "present":
        return sight.place.page("present").address
    log = _chamber_for(sight, kind)
    return sight.place.page("sign", kind=kind, log=log, **_given(sight, offer)).address


_WORDED: Final = ("terms", "capacities", "means", "sense", "relation", "decision")
_NUMBERED: Final = (
    "minute",
    "bridge",
    "alternative",
    "mandate",
    "statement",
    "original",
    "correction",
    "package",
    "reservation",
    "alternatives",
    "originals",
    "erasure",
    "exhibit",
    "challenge",
    "demand",
    "assurance",
    "commitment",
    "ordering",
    "finding",
    "breach",
)


def _given(sight: Sight, offer: Offer | None) -> dict[str, str]:
    """An offer's fields as its form writes them: what is one word, or a list of words or pairs. The rest follows."""
    found = {}
    for name, value in offer.clear.items() if offer else ():
        parts = value if isinstance(value, tuple | list) else (value,)
        if name == "languages":
            found[name] = ", ".join(part if isinstance(part, str) else " ".join(part) for part in parts)
        elif name != "on" and all(isinstance(part, str) for part in parts):
            found[name] = ", ".join(_written(sight, name, part) for part in parts)
        elif isinstance(value, bool):
            found[name] = "yes" if value else "no"
    return found


def _written(sight: Sight, name: str, value: str) -> str:
    if name in _WORDED:
        return value.replace("_", " ")
    if name in _NUMBERED:
        return act_number(sight, value)
    if name in ("provision", "provisions"):
        return number_of(value)
    return key_name(sight, value) if name == "key" else value


def _chamber_for(sight: Sight, kind: str) -> str:
    """The chamber of the viewer's own in which a kind belongs; "" for the main log."""
    where = BY_NAME[kind].where
    if Log.MAIN in where:
        return ""
    side = sight.viewer_side
    for name in chamber_names(sight.state.convened.sides):
        own = name.rpartition("-")[2] == side if side else name == "mediators"
        if own and log_of(name) in where:
            return name
    return ""


def _institutions(sight: Sight) -> tuple[Institution, ...]:
    person = sight.state.people.get(sight.viewer or "")
    if person is None or person.left is not None or not sight.now_shown:
        return ()
    found = []
    for head, deeds in INSTITUTIONS.items():
        open_here = tuple(
            Deed(
                text=deed_words(kind),
                href=deed_address(sight, kind),
                detail=translated(BY_NAME[kind].commits),
            )
            for kind in deeds
            if kind not in _AT_THE_ACT
            and person.role in BY_NAME[kind].by
            and sight.state.phase in PHASES[kind]
            and _has_place(sight, kind)
        )
        if open_here:
            found.append(Institution(head=_(head), deeds=open_here))
    return tuple(found)


def _has_place(sight: Sight, kind: str) -> bool:
    return Log.MAIN in BY_NAME[kind].where or bool(_chamber_for(sight, kind))
