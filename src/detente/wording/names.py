"""What one record calls its people, sides, texts and acts, as far as the reader may know.

Names are hidden fields: a reader for whom they are sealed is given the office in general words
("Head of Delegation A"), never an empty place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from detente.acts.act import MEDIATION
from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.state.instrument import Edition, Instrument
from detente.state.records import Person, State
from detente.wording.counting import capitalised, lowered_office
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.moments import Zone, zone_named
from detente.wording.provisions import numbered

_ROLE_NAMES = {
    "mediator": N_("Mediator"), "secretariat": N_("Secretariat"), "keeper": N_("Keeper"), "observer": N_("Observer"),
    "guarantor": N_("Guarantor"), "witness": N_("Witness to signature"), "interpreter": N_("Interpreter"),
    "verifier": N_("Verifier"),
}  # fmt: skip

UNKNOWN_KEY = N_("An unknown key")


def one_line(text: str) -> str:
    """A name as it stands in a sentence: no end of a line in it makes another sentence of its rest.

    >>> one_line("Talks\\nIn force: yes")
    'Talks In force: yes'
    """
    return " ".join(text.split())


def brief(title: str) -> str:
    """An office without what follows a comma or stands in brackets.

    >>> brief("Delegation A, head"), brief("Secretariat of the mediators (Qatar, Türkiye)")
    ('Delegation A', 'Secretariat of the mediators')
    """
    return title.partition(" (")[0].partition(", ")[0]


def in_person(title: str) -> str:
    """An office as somebody who speaks or holds something.

    >>> in_person("Delegation A, head"), in_person("Head of Delegation B"), in_person("Kabul (principal)")
    ('the head of Delegation A', 'the head of Delegation B', 'Kabul')
    """
    whom, comma, office = title.partition(" (")[0].partition(", ")
    if comma:
        return _("the {office} of {whom}", office=office, whom=whom)
    lowered = lowered_office(whom)
    return _("the {office}", office=lowered) if lowered != whom else whom


class Names:
    """The names in one record, as one reader may read them, at the moment shown."""

    def __init__(self, record: VisibleRecord) -> None:
        self.record = record
        self._acts: dict[int, VisibleAct | None] = {}
        self._opened: dict[str, Mapping[str, Any]] = {}
        self._people: dict[str, str] = {}
        self._titles: dict[str, tuple[str, str]] = {}

    @cached_property
    def state(self) -> State:
        # Asked of the record once: an earlier moment is folded anew each time.
        return self.record.visible.state

    def act_at(self, index: int) -> VisibleAct | None:
        """An act of the main log, read once however often a page speaks of it."""
        if index not in self._acts:
            self._acts[index] = self.record.act(index)
        return self._acts[index]

    def opened(self, leaf: str) -> Mapping[str, Any]:
        """The hidden fields of an act that the reader may read; empty if none."""
        if leaf not in self._opened:
            self._opened[leaf] = self.record.opened(leaf)
        return self._opened[leaf]

    # --- the process

    @cached_property
    def convening(self) -> Mapping[str, Any]:
        """The hidden fields of the convening act that the reader may read."""
        process = self.state.process
        return self.opened(self.state.people[process.convenor].leaf) if process else {}

    @cached_property
    def zone(self) -> Zone:
        return zone_named(self.convening.get("zone"))

    @property
    def title(self) -> str:
        return one_line(self.convening.get("title") or "") or _("Talks without a title")

    @property
    def subtitle(self) -> str:
        return one_line(self.convening.get("subtitle") or "")

    # --- people and sides

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody still at the table, in the order of admission: the state's own map has no order."""
        there = (p for p in self.state.people.values() if p.left is None)
        return tuple(sorted(there, key=lambda p: (p.index, p.id)))

    def person(self, person_id: str) -> str:
        """The office of a person: “Head of Delegation A”; a stranger's id as it stands."""
        if person_id not in self._people:
            found = self.state.people.get(person_id)
            self._people[person_id] = self._title(found) if found else person_id
        return self._people[person_id]

    def _title(self, person: Person) -> str:
        process = self.state.convened
        if person.id == process.convenor:
            return one_line(self.convening.get("convenor_title") or "") or _("Mediators")
        if person.id == process.keeper:
            return one_line(self.convening.get("keeper_title") or "") or _("Keeper")
        return one_line(self.opened(person.leaf).get("title") or "") or self._office(person)

    def _office(self, person: Person) -> str:
        if person.role == "principal":
            return _("Principal of {side}", side=person.side)
        if person.role == "delegate":
            head = self.state.heads.get(person.side or "") == person.id
            if head:
                return _("Head of Delegation {side}", side=person.side)
            return _("Delegate of {side}", side=person.side)
        role = _ROLE_NAMES.get(person.role)
        return _(role) if role else capitalised(person.role)

    def briefly(self, person_id: str) -> str:
        """Who acts, in a sentence: “Delegation A” for “Delegation A, head”, “Islamabad” for “Islamabad (principal)”."""
        return brief(self.person(person_id))

    def speaker(self, person_id: str) -> str:
        """A person as such, in a sentence: “the head of Delegation A”; a stranger's id as it stands."""
        return in_person(self.person(person_id)) if person_id in self.state.people else person_id

    def side(self, side: str) -> str:
        """The side as it is called: “Kabul”; failing a name in the record, its principal's, or “Side B”."""
        named = (self.convening.get("names") or {}).get(side)
        if named:
            return one_line(str(named))
        principal = self.principal_of(side)
        return self.briefly(principal) if principal else _("Side {side}", side=side)

    def delegation(self, side: str) -> str:
        return _("Delegation {side}", side=side)

    def author_side(self, side: str) -> str:
        """Who stands behind words: a side's delegation, or the mediators for “M”."""
        return _("the mediators") if side == "M" else self.delegation(side)

    def principal_of(self, side: str) -> str | None:
        """The id of the side's principal, or None where none is admitted."""
        return next((p.id for p in self.people if p.role == "principal" and p.side == side), None)

    def mediators(self) -> str:
        """Who speaks for the mediators in the record: the secretariat if there is one, else the convenor."""
        secretariat = next((p.id for p in self.people if p.role == "secretariat"), None)
        return self.briefly(secretariat or self.state.convened.convenor)

    def whose(self, whose: str) -> str:
        """Whoever owes an act: a side's letter, “M” for the mediators, or a person's id."""
        if whose in self.state.convened.sides:
            return self.delegation(whose)
        return self.mediators() if whose == "M" else self.briefly(whose)

    def readers(self, audience: str) -> tuple[str, ...]:
        """Whom one name of an audience means: “all”, a side's letter, “M”, or a person's id."""
        if audience == "all":
            return (_("everyone in this process"),)
        if audience in self.state.convened.sides:
            principal = self.principal_of(audience)
            return (self.delegation(audience), *((self.briefly(principal),) if principal else ()))
        return (_("the mediators"),) if audience == "M" else (self.speaker(audience),)

    def mediates(self, person_id: str | None) -> bool:
        person = self.state.people.get(person_id or "")
        return person is not None and person.role in MEDIATION

    # --- texts

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """In the order in which they were opened."""
        return tuple(self.state.instruments[i] for i in self.state.instrument_order)

    def _instrument_titles(self, instrument: str) -> tuple[str, str]:
        if instrument not in self._titles:
            found = self.state.instruments.get(instrument)
            opened = self.opened(found.leaf) if found else {}
            title = one_line(opened.get("title") or "")
            short = (
                one_line(opened.get("short_title") or "")
                or title
                or _("the instrument “{id}”", id=instrument)
            )
            self._titles[instrument] = (title or _("Instrument “{id}”", id=instrument), short)
        return self._titles[instrument]

    def instrument_title(self, instrument: str) -> str:
        return self._instrument_titles(instrument)[0]

    def instrument(self, instrument: str) -> str:
        """The short title, as it stands in a sentence."""
        return self._instrument_titles(instrument)[1]

    def edition_with(self, leaf: str) -> Edition | None:
        editions = (e for i in self.instruments for e in i.editions)
        return next((e for e in editions if e.leaf == leaf), None)

    def edition(self, leaf: str) -> str:
        """“edition 3”, with the instrument where the process has several; the act's number for another leaf."""
        for instrument in self.instruments:
            for edition in instrument.editions:
                if edition.leaf == leaf:
                    if len(self.state.instruments) == 1:
                        return _("edition {number}", number=edition.number)
                    of = self.instrument(instrument.id)
                    return _("edition {number} of {instrument}", number=edition.number, instrument=of)
            if instrument.leaf == leaf:
                return self.instrument(instrument.id)
            if (
                instrument.version == leaf
                and instrument.edition is not None
                and instrument.edition.corrections
            ):
                return _("{edition} as corrected", edition=self.edition(instrument.edition.leaf))
        return self.act(leaf)

    def provision(self, eid: str) -> str:
        """“Article 5(1)”, “Preamble 1”."""
        return numbered(eid, full=True)

    def item(self, item: str) -> str:
        """An item of the agenda with its title, as far as it can be read."""
        if item == "off":
            return _("matters off the agenda")
        if item == "break":
            return _("a break")
        number, title = self.item_number(item), self.item_titles.get(item)
        if title:
            return _("item {number}, {title}", number=number, title=title)
        return _("item {number}", number=number)

    def item_number(self, item: str) -> str:
        agenda = self.state.agenda
        return str(agenda.index(item) + 1) if item in agenda else item

    @cached_property
    def item_titles(self) -> Mapping[str, str]:
        found = self.record.find(1, kind="set_agenda")
        titles = found[0].opened.get("titles") or {} if found else {}
        return {item: one_line(title) for item, title in titles.items()}

    # --- acts

    def number(self, leaf: str) -> int | None:
        """The number of an act as people see it, from 1."""
        index = self.record.index_of(leaf)
        return None if index is None else index + 1

    def act(self, leaf: str) -> str:
        number = self.number(leaf)
        return self._elsewhere(leaf) if number is None else f"#{number}"

    def _elsewhere(self, leaf: str) -> str:
        """An act of a chamber that the reader belongs to, by its number there."""
        for chamber in self.record.chambers():
            for act in self.record.chamber_acts(chamber.chamber.name):
                if act.act.leaf == leaf:
                    return _("#{number} of this chamber", number=act.index + 1)
        return _("an act not in this log")

    def key(self, key: str) -> str:
        found = self.state.keys.get(key)
        return self.speaker(found.person) if found else _("a key not in this record")

    def author(self, act: VisibleAct) -> str:
        return self.person(act.act.author) if act.act.author else _(UNKNOWN_KEY)
