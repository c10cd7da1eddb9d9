"""What every part of a page is drawn with: the record as one reader sees it, its names, and where links lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from detente.acts.act import sentence
from detente.codec.base64url import decode_base64url
from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.state.records import State
from detente.views.addresses import PUBLIC, Place, process_id
from detente.views.marks import ActRef, Mark, Moment, Run, Tone, linked, worded
from detente.wording.counting import grouped, listed
from detente.wording.language import gettext as _
from detente.wording.moments import Zone, clock_time, full_moment, short_day, short_moment, utc_moment
from detente.wording.names import UNKNOWN_KEY, Names
from detente.wording.saying import LONGEST_QUOTATION, say, say_unquoted

_TONES: Final[tuple[Tone, ...]] = ("first", "second", "third", "fourth")
Form = Callable[[int, Zone], str]


class Sight:
    """A record as its reader sees it. viewers: as whom one may look, in a demonstration."""

    def __init__(
        self,
        record: VisibleRecord,
        viewers: tuple[str, ...],
        path: str = "",
        query: dict[str, str] | None = None,
    ) -> None:
        self.record = record
        self.viewers = viewers
        self._viewer = record.visible.viewer.person
        self.names = Names(record)
        at = record.as_of if record.as_of < record.size else None
        looking_as = (self.viewer or PUBLIC) if viewers else ""
        origin = self.state.process.origin if self.state.process else "/"
        self.place = Place(process_id(origin), path, tuple((query or {}).items()), at, looking_as)
        self.daggers = False

    @property
    def state(self) -> State:
        return self.names.state

    @property
    def viewer(self) -> str | None:
        return self._viewer

    @property
    def viewer_side(self) -> str | None:
        person = self.state.people.get(self.viewer or "")
        return person.side if person else None

    @property
    def now_shown(self) -> bool:
        return self.record.as_of >= self.record.size

    # --- whose

    def side(self, side: str) -> Mark:
        order = self.state.convened.sides
        place = order.index(side) if side in order else len(_TONES)
        return Mark(letter=side, tone=_TONES[min(place, 3)], name=self.names.delegation(side))

    def person(self, person_id: str) -> Mark:
        person, name = self.state.people.get(person_id), self.names.person(person_id)
        if person is None:
            return Mark(letter="?", tone="neutral", name=name or _(UNKNOWN_KEY))
        if person.side is not None:
            drawn = self.side(person.side)
            principal = person.role == "principal"
            return Mark(letter=drawn.letter, tone=drawn.tone, name=name, principal=principal)
        if self.names.mediates(person_id):
            return Mark(letter="M", tone="mediator", name=name)
        return Mark(letter=name[:1].upper(), tone="neutral", name=name)

    def mediators(self) -> Mark:
        return Mark(letter="M", tone="mediator", name=self.names.mediators())

    def whose(self, whose: str) -> Mark:
        """Whoever owes an act: a side's letter, “M” for the mediators, or a person's id."""
        if whose in self.state.convened.sides:
            return self.side(whose)
        return self.mediators() if whose == "M" else self.person(whose)

    def person_or_side(self, person_id: str) -> str:
        """Somebody as others speak of them: delegates by their delegation, everybody else by office."""
        person = self.state.people.get(person_id)
        if person is not None and person.role == "delegate" and person.side:
            return self.names.delegation(person.side)
        return self.names.briefly(person_id)

    # --- when

    def moment(self, unix: int, form: Form = short_moment, *, illustrative: bool = False) -> Moment:
        self.daggers = self.daggers or illustrative
        return Moment(
            instant=instant_from_unix(unix), shown=form(unix, self.names.zone), utc=utc_moment(unix),
            illustrative=illustrative,
        )  # fmt: skip

    def instant(self, instant: str, form: Form = short_moment, *, illustrative: bool = False) -> Moment:
        return self.moment(unix_from_instant(instant), form, illustrative=illustrative)

    def act_time(self, act: VisibleAct, form: Form = short_moment) -> Moment:
        """The time that the act's author states; a dagger where the author calls it illustrative."""
        return self.moment(act.act.clear.iat, form, illustrative=is_illustrative(act.opened.get("remark")))

    def time_words(self, act: VisibleAct, form: Form = short_moment) -> str:
        return in_words(self.act_time(act, form))

    def is_illustrative(self, leaf: str) -> bool:
        return is_illustrative(self.names.opened(leaf).get("remark"))

    def at(self, index: int, form: Form = short_moment) -> str:
        """When an act of the main log was done, in words; empty for one that cannot be read."""
        act = self.names.act_at(index)
        return self.time_words(act, form) if act else ""

    # --- which act

    def ref(self, act: VisibleAct) -> ActRef:
        return ActRef(number=act.index + 1, href=self.place.act(act.index + 1, act.chamber).address)

    def cite(self, index: int) -> Run:
        """“#14”, linked."""
        return linked(f"#{index + 1}", self.place.act(index + 1).address)

    def cited(self, index: int, form: Form = short_moment) -> tuple[Run, ...]:
        """“#14, 28 Oct 02:34†”."""
        when = self.at(index, form)
        return worded("{act}, {time}", act=self.cite(index), time=when) if when else (self.cite(index),)

    def cite_leaf(self, leaf: str) -> Run:
        index = self.record.index_of(leaf)
        return Run(text=self.names.act(leaf)) if index is None else self.cite(index)

    def last_act(self) -> VisibleAct | None:
        """The last act shown that this reader's program knows."""
        unknown = self.state.unknown_from
        last = self.record.as_of if unknown is None else min(unknown, self.record.as_of)
        return self.names.act_at(last - 1)

    def say(self, act: VisibleAct, longest: int = LONGEST_QUOTATION) -> str:
        return say(sentence(act.kind, act.act, act.opened), self.names, longest)

    def say_unquoted(self, act: VisibleAct) -> str:
        return say_unquoted(sentence(act.kind, act.act, act.opened), self.names)

    @cached_property
    def irregular(self) -> frozenset[str]:
        return frozenset(i.leaf for i in self.state.irregular)

    def readers(self, readers: tuple[str, ...], chamber: str = "") -> str:
        """Who can read hidden fields, in words."""
        if chamber and "all" in readers:
            return self.chamber_readers(chamber)
        return listed(dict.fromkeys(who for name in readers for who in self.names.readers(name)))

    def chamber_readers(self, chamber: str) -> str:
        side = chamber.rpartition("-")[2] if "-" in chamber else ""
        people = () if chamber.startswith("side-") else (_("the mediators"),)
        return listed((*people, *(self.names.readers(side) if side else ())))

    def chamber(self, chamber: str) -> str:
        """What a chamber is called."""
        side = chamber.rpartition("-")[2]
        if chamber == "mediators":
            return _("Mediators")
        return (
            _("Side {side}", side=side)
            if chamber.startswith("side-")
            else _("Mediators with side {side}", side=side)
        )


class Bystander(Sight):
    """The same, looked at by nobody who is in the record: nothing is theirs to do, and no chamber is theirs to look into.
    So the host's operator reads it, to whom it opens as to the convenor."""

    @property
    def viewer(self) -> None:
        return None


def in_words(moment: Moment) -> str:
    return moment.shown + ("†" if moment.illustrative else "")


def is_illustrative(remark: object) -> bool:
    """Whether an act's remark begins by saying that its time is illustrative: reconstructed, not reported."""
    return isinstance(remark, str) and remark.startswith("illustrative time")


def digits(leaf: str, count: int) -> str:
    """The first hexadecimal digits of a leaf or digest, in groups of four. leaf: base64url."""
    return grouped(decode_base64url(leaf).hex()[:count])


__all__ = [
    "Bystander", "Form", "Sight", "clock_time", "digits", "full_moment", "in_words", "is_illustrative", "short_day",
    "short_moment",
]  # fmt: skip
