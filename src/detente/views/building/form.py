"""The fields of an act's form: what each is called, how it is written, and what can be chosen from this record.

Whatever can be chosen is written as the minutes write it: people and sides by their ids, acts by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from detente.acts.evidence.challenge import standing_challenges
from detente.acts.sealing import group_of
from detente.acts.sequences import standing_orderings
from detente.procedure.chains import labels
from detente.procedure.disclosure import DraftField, VisibleDraft
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets
from detente.state.instrument import Instrument
from detente.state.packages import standing_packages
from detente.state.records import in_order
from detente.state.undertakings import Assurance, Commitment, Demand, Exhibit
from detente.views.building.field_words import HELP, HELP_AT, HELP_OF, LABELS, OPTIONS, PAIRS
from detente.views.building.proposable import proposable
from detente.views.building.sight import Sight
from detente.views.signing import FormField, Option
from detente.wording.counting import capitalised, in_a_row
from detente.wording.language import gettext as _
from detente.wording.provisions import numbered
from detente.wording.saying import quoted

_LONG: Final = ("words", "text", "by_key", "area")
_SEVERAL: Final = ("people", "sides", "instruments", "choices", "provisions", "leaves")
_MOST: Final = 50
"""Acts to choose from: the latest."""
_BRIEF: Final = 60
"""Characters quoted of words to choose from."""

Pairs = Iterable[tuple[str, str]]
"""(value as the form sends it, as people read it)."""
Choices = Callable[[Sight, Instrument | None], Pairs]
"""What can be chosen, given the instrument that the act is on."""


def form_fields(sight: Sight, draft: VisibleDraft) -> tuple[FormField, ...]:
    instrument = next((f.value for f in draft.fields if f.name == "instrument"), "")
    found = sight.state.instruments.get(instrument) or next(iter(sight.names.instruments), None)
    kind = draft.kind.name
    return tuple(_helped(_field(sight, found, field, kind), kind) for field in draft.fields)


def _helped(field: FormField, kind: str) -> FormField:
    sentences = HELP_AT.get((kind, field.name))
    return replace(field, help=" ".join(map(_, sentences))) if sentences else field


def label_of(name: str) -> str:
    """What a field is called; one of no kind known here, by its name.

    >>> label_of("valid_from"), label_of("reply_by")
    ('Valid from', 'Reply by')
    """
    return _(LABELS[name]) if name in LABELS else capitalised(name.replace("_", " "))


def _option(value: str) -> str:
    """What a value is called; one that is a number of an article stands as it is."""
    return _(OPTIONS[value]) if value in OPTIONS else capitalised(value)


def act_number(sight: Sight, leaf: str) -> str:
    """“#14”, or the leaf of an act that does not stand in the main log."""
    index = sight.record.index_of(leaf)
    return leaf if index is None else _number(index)


def key_name(sight: Sight, key_id: str) -> str:
    """What a form calls a key: its person, or its id where the person has a later one."""
    key = sight.state.keys[key_id]
    latest = max(k.enrolled for k in sight.state.keys.values() if k.person == key.person)
    return key.person if key.enrolled == latest else key_id


def _field(sight: Sight, instrument: Instrument | None, field: DraftField, kind: str) -> FormField:
    several = field.form in _SEVERAL
    chosen = {part.strip() for part in field.value.split(",")} if several else {field.value.strip()}
    possible = tuple(_options(sight, instrument, field, kind))
    if field.required and not field.value and not several and len(possible) == 1:
        chosen = {possible[0][0]}  # nothing else could be meant
    if possible and field.value.startswith("#") and not several and field.value not in dict(possible):
        possible = ((field.value, field.value), *possible)  # no longer offered, but given
    options = tuple(Option(value=value, text=text, chosen=value in chosen) for value, text in possible)
    return FormField(
        name=field.name,
        label=label_of(field.name),
        value=field.value,
        help="" if options else _help(field),
        options=options,
        several=several,
        long=field.form in _LONG,
        required=field.required,
        kept=field.kept,
        brought=field.form == "brought",
        folded=field.aside and not field.offered,
    )


def _help(field: DraftField) -> str:
    if field.form == "pairs" and field.name in PAIRS:
        return _(HELP["pairs"], pair=PAIRS[field.name])
    return _(HELP_OF.get(field.name) or HELP.get(field.form, ""))


def _options(sight: Sight, instrument: Instrument | None, field: DraftField, kind: str) -> Pairs:
    if field.options:
        return ((option, _option(option)) for option in field.options)
    choices = _BY_KIND.get((kind, field.name)) or _BY_NAME.get(field.name) or _BY_FORM.get(field.form)
    return choices(sight, instrument) if choices is not None else ()


# --- what can be chosen


def _people(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return ((p.id, sight.names.person(p.id)) for p in sight.names.people)


def _sides(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return ((side, sight.names.side(side)) for side in sight.state.convened.sides)


def _instruments(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return ((i.id, sight.names.instrument(i.id)) for i in sight.names.instruments)


def _provisions(sight: Sight, instrument: Instrument | None) -> Pairs:
    edition = instrument.edition if instrument else None
    return ((number_of(p), sight.names.provision(p)) for p in (edition.provisions if edition else ()))


def _editions(_sight: Sight, instrument: Instrument | None) -> Pairs:
    editions = reversed(instrument.editions) if instrument else ()
    return ((str(e.number), _("edition {number}", number=e.number)) for e in editions)


def _keys(sight: Sight, _instrument: Instrument | None) -> Pairs:
    there = {person.id for person in sight.names.people}
    for key_id, key in sorted(sight.state.keys.items(), key=lambda item: item[1].enrolled):
        if key.person in there and key.revoked is None:
            person = sight.names.person(key.person)
            called = _("{person}, key of {act}", person=person, act=_number(key.enrolled))
            yield key_name(sight, key_id), called


def _alternatives(sight: Sight, instrument: Instrument | None) -> Pairs:
    for bracket in open_brackets(instrument) if instrument else ():
        for alternative in bracket.live():
            number = act_number(sight, alternative.leaf)
            where = sight.names.provision(bracket.provision)
            by = sight.names.author_side(alternative.side)
            yield number, _("{provision}: the text of {side}, {act}", provision=where, side=by, act=number)


def _packages(sight: Sight, instrument: Instrument | None) -> Pairs:
    names, packages = sight.names, standing_packages(instrument) if instrument else ()
    return _latest(
        (p.index, _("{act}, the package of {side}", act=_number(p.index), side=names.author_side(p.side)))
        for p in packages
    )


def _reservations(sight: Sight, instrument: Instrument | None) -> Pairs:
    names, reservations = sight.names, instrument.reservations.values() if instrument else ()
    return _latest(
        (r.index, _("{act}, the reservation of {side}", act=_number(r.index), side=names.delegation(r.side)))
        for r in reservations
    )


def _minutes(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return _latest(
        (m.index, _("{act}, words of {person}", act=_number(m.index), person=sight.names.person(m.speaker)))
        for m in sight.state.minutes.values()
    )


def _own_minutes(sight: Sight, _instrument: Instrument | None) -> Pairs:
    """Words minuted as the viewer's and not answered yet: nobody else can confirm or contest them."""
    own = [m for m in in_order(sight.state.minutes.values()) if m.speaker == sight.viewer]
    waiting = [m for m in own if m.confirmed is None and m.contested is None][-_MOST:]
    words = (quoted(sight.names.opened(m.leaf).get("text") or "", _BRIEF) for m in waiting)
    return _latest(
        (m.index, _("{act}: “{words}”", act=_number(m.index), words=said) if said else _number(m.index))
        for m, said in zip(waiting, words, strict=True)
    )


def _bridges(sight: Sight, _instrument: Instrument | None) -> Pairs:
    names, live = sight.names, (b for b in sight.state.bridges.values() if b.is_live)
    return _latest(
        (b.index, _("{act}, on {provision}", act=_number(b.index), provision=names.provision(b.provision)))
        for b in live
    )


def _mandates(sight: Sight, _instrument: Instrument | None) -> Pairs:
    live = (m for m in sight.state.mandates.values() if m.revoked is None)
    return _latest(
        (m.index, _("{act}, powers of {person}", act=_number(m.index), person=sight.names.person(m.holder)))
        for m in live
    )


def _cosigners(sight: Sight, _instrument: Instrument | None) -> Pairs:
    standing = (c for c in sight.state.cosigners.values() if c.ended is None)
    return _latest((c.index, f"{_number(c.index)} {c.name}") for c in standing)


def _statements(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return _latest(
        (s.index, _("{act}, registered by {person}", act=_number(s.index), person=sight.names.person(s.by)))
        for s in sight.state.statements.values()
    )


def _reports(sight: Sight, _instrument: Instrument | None) -> Pairs:
    """Of incidents: single ones, and batches."""
    return _latest(
        (r.index, _("{act}, reported by {person}", act=_number(r.index), person=sight.names.person(r.by)))
        for r in (*sight.state.incidents.values(), *sight.state.batches.values())
    )


def _corrections(sight: Sight, _instrument: Instrument | None) -> Pairs:
    waiting = (c for c in sight.state.corrections.values() if c.made is None)
    return _latest(
        (c.index, _("{act}, of {provisions}", act=_number(c.index), provisions=where))
        for c, where in ((c, in_a_row(map(numbered, c.provisions))) for c in waiting)
    )


def _exhibits(sight: Sight, _instrument: Instrument | None) -> Pairs:
    """Exhibits by their titles, as far as the person looking may read them."""
    return _titled(sight, sight.state.exhibits.values())


def _demands(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return _titled(sight, (d for d in sight.state.demands.values() if d.withdrawn is None))


def _assurances(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return _titled(sight, sight.state.assurances.values())


def _titled(sight: Sight, records: Iterable[Exhibit | Demand | Assurance]) -> Pairs:
    called = labels(sight.state)
    latest = in_order(records)[-_MOST:]
    opened = (sight.names.opened(r.leaf) for r in latest)
    titles = (quoted(words.get("title") or words.get("text") or "", _BRIEF) for words in opened)
    return _latest(
        (r.index, _("{act}, {label}: {title}", act=_number(r.index), label=called[r.leaf], title=title)
         if title else _("{act}, {label}", act=_number(r.index), label=called[r.leaf]))
        for r, title in zip(latest, titles, strict=True)
    )  # fmt: skip


def _challenges(sight: Sight, _instrument: Instrument | None) -> Pairs:
    """Challenges that stand, of the group of the person looking: nobody else can withdraw them."""
    called, group = labels(sight.state), group_of(sight.state, sight.viewer) if sight.viewer else None
    return _latest(
        (c.index, _("{act}, of exhibit {label}", act=_number(c.index), label=called[exhibit.leaf]))
        for exhibit in sight.state.exhibits.values()
        for c in standing_challenges(exhibit)
        if c.group == group
    )


def _commitments(sight: Sight, _instrument: Instrument | None) -> Pairs:
    standing = (c for c in sight.state.commitments.values() if c.stands)
    return _latest((c.index, f"{_number(c.index)}, {commitment_name(sight, c)}") for c in standing)


def commitment_name(sight: Sight, commitment: Commitment) -> str:
    """The title that its author gave it; failing one, the provision that it is drawn from."""
    title = sight.names.opened(commitment.leaf).get("title")
    return quoted(title, _BRIEF) if title else sight.names.provision(commitment.provision)


def _orderings(sight: Sight, _instrument: Instrument | None) -> Pairs:
    names = sight.names
    return _latest(
        (o.index, _("{act}, {first} and {second}", act=_number(o.index), first=names.act(o.first),
                    second=names.act(o.second)))
        for o in standing_orderings(sight.state)
    )  # fmt: skip


def _notices(sight: Sight, _instrument: Instrument | None) -> Pairs:
    names = sight.names
    return _latest(
        (n.index, _("{act}, of a breach of {instrument} by {side}", act=_number(n.index),
                    instrument=names.instrument(n.instrument), side=names.delegation(n.of)))
        for n in sight.state.notices.values()
    )  # fmt: skip


def _findings(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return _latest(
        (f.index, _("{act}, found by {person}", act=_number(f.index), person=sight.names.person(f.by)))
        for f in sight.state.findings.values()
    )


def _registers(sight: Sight, _instrument: Instrument | None) -> Pairs:
    names = sight.names
    return _latest(
        (r.index, _("{act}, version {version} of {instrument}", act=_number(r.index), version=r.version,
                    instrument=names.instrument(r.instrument)))
        for r in sight.state.registers.values()
    )  # fmt: skip


def _proposed_decisions(sight: Sight, _instrument: Instrument | None) -> Pairs:
    waiting = (d for d in sight.state.decisions.values() if d.taken is None)
    return _latest(
        (d.index, _("{act}, proposed by {person}", act=_number(d.index), person=sight.names.person(d.by)))
        for d in waiting
    )


def _erasures(sight: Sight, _instrument: Instrument | None) -> Pairs:
    """Erasures that the viewer has not confirmed, each once."""
    every = (done for of_act in sight.state.erasures.values() for done in of_act)
    open_to = {done.index: done.by for done in every if sight.viewer not in done.confirmed}
    return _latest(
        (index, _("{act}, by {person}", act=_number(index), person=sight.names.person(by)))
        for index, by in open_to.items()
    )


def _latest(acts: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Acts of one institution by their numbers, the latest first. acts: (index, what is read of it) of each."""
    for index, words in sorted(acts, reverse=True)[:_MOST]:
        yield _number(index), words


def _number(index: int) -> str:
    return f"#{index + 1}"


_BY_NAME: Final[Mapping[str, Choices]] = MappingProxyType({
    "alternative": _alternatives, "alternatives": _alternatives, "package": _packages, "reservation": _reservations,
    "minute": _minutes, "bridge": _bridges, "mandate": _mandates,
    "cosigner": _cosigners, "statement": _statements, "correction": _corrections, "exhibit": _exhibits,
    "exhibits": _exhibits, "demand": _demands, "assurance": _assurances, "challenge": _challenges,
    "commitment": _commitments, "commitments": _commitments, "first": _commitments, "second": _commitments,
    "ordering": _orderings,
    "breach": _notices, "finding": _findings,
    "register": _registers, "joins": _proposed_decisions,
    "erasure": _erasures,
    "incident": _reports, "one": _reports, "another": _reports,
})  # fmt: skip
_BY_KIND: Final[Mapping[tuple[str, str], Choices]] = MappingProxyType({
    ("confirm_minute", "minute"): _own_minutes, ("contest_minute", "minute"): _own_minutes,
    ("propose_alternative", "provision"): proposable,
})  # fmt: skip
_BY_FORM: Final[Mapping[str, Choices]] = MappingProxyType({
    "person": _people, "people": _people, "side": _sides, "sides": _sides, "instrument": _instruments,
    "instruments": _instruments, "provision": _provisions, "provisions": _provisions,
    "edition": _editions, "key": _keys,
})  # fmt: skip
