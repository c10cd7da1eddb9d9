"""The fields of an act's form: what each is called, how it is written, and what can be chosen from this record.

Whatever can be chosen is written as the minutes write it: people and sides by their ids, acts by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from detente.procedure.disclosure import DraftField, VisibleDraft
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets
from detente.state.instrument import Instrument
from detente.state.packages import standing_packages
from detente.state.records import Bridge
from detente.views.building.sight import Sight
from detente.views.signing import FormField, Option
from detente.wording.counting import capitalised

LABELS: Final = {
    "to": "To whom", "aud": "Who may read it", "sense": "What was done with words", "on": "On which version",
    "instrument": "Which text", "other": "The other text", "lift": "Lift the reservation", "entry": "Enters into force",
    "entry_delay": "Delay in days", "valid_from": "Valid from", "valid_until": "Valid until", "yes": "Your answer",
    "n": "How many", "texts": "The text in each language", "key": "Whose key", "text": "Words",
    "until": "Deadline of each side", "objections_by": "Objections possible until", "status": "In what sense annexed",
    "silence_adopts": "Silence counts towards adoption", "correction": "Which correction",
    "initials_sign": "Initials count as signature (Article 12(2)(a))", "open_to_accession": "Open to accession",
    "public": "Public key", "possession": "Proof that its holder has it", "original": "Which act",
    "alternatives": "The texts that stand or fall together", "package": "Which package",
    "reservation": "Which reservation",
    "opposes_entry": "Oppose entry into force between the two sides", "provisions": "Which provisions",
    "reservations": "Reservations to it",
}  # fmt: skip
HELP: Final = {
    "instant": "A time today, 14:30, or with its date, 2025-10-28 14:30, in the zone of the process.",
    "text": "Paste or type it. Begin an article with “Article 1. Title” and a paragraph with its number, “1(1)”.",
    "pairs": "Each with what belongs to it, and a comma between: {pair}.",
    "by_key": "One a line: ur: words in Urdu.",
    "leaf": "The number of the act, #14.",
    "edition": "The number of the edition, 3.",
    "number": "In digits.",
    "new_person": "A short id for the record, from a capital letter: A, PA, A2.",
    "new_instrument": "A short id for the record, in small letters: understanding, annex-1.",
}
HELP_OF: Final = {
    "languages": "Tags of languages, with commas between: en, fr.",
    "items": "Short ids of items, with commas between: territory, monitoring.",
    "groups": "Sides of a group together, a semicolon between groups: A, B; C.",
    "language": "The tag of a language: en.",
    "since": "The number of the act from which it may have been in other hands, #14.",
    "public": "Filled in from the room, where a key waits that was brought by invitation.",
    "possession": "Filled in together with the key.",
}
"""Of fields that stand in one line, by name."""
_AS_AGREED: Final = " Left out: the last edition, with the texts agreed since and any open brackets."
HELP_AT: Final = {("issue", "text"): HELP["text"] + _AS_AGREED}
"""Of one field of one kind."""
_PAIRS: Final = {
    "languages": "en authentic, fr official",
    "claims": "withdrew B, duration 50, or other alone",
    "until": "A 2025-10-28 14:30, B 2025-10-29 10:00",
}
_LONG: Final = ("words", "text", "by_key")
_SEVERAL: Final = ("people", "sides", "instruments", "choices", "provisions", "leaves")
_MOST: Final = 50
"""Acts to choose from: the latest."""

Pairs = Iterable[tuple[str, str]]
"""(value as the form sends it, as people read it)."""
Choices = Callable[[Sight, Instrument | None], Pairs]
"""What can be chosen, given the instrument that the act is on."""


def form_fields(sight: Sight, draft: VisibleDraft) -> tuple[FormField, ...]:
    instrument = next((f.value for f in draft.fields if f.name == "instrument"), "")
    found = sight.state.instruments.get(instrument) or next(iter(sight.names.instruments), None)
    return tuple(
        replace(field, help=HELP_AT.get((draft.kind.name, field.name), field.help))
        for field in (_field(sight, found, field) for field in draft.fields)
    )


def label_of(name: str) -> str:
    """
    >>> label_of("valid_from"), label_of("reply_by")
    ('Valid from', 'Reply by')
    """
    return LABELS.get(name) or capitalised(name.replace("_", " "))


def act_number(sight: Sight, leaf: str) -> str:
    """“#14”, or the leaf of an act that does not stand in the main log."""
    index = sight.record.index_of(leaf)
    return leaf if index is None else f"#{index + 1}"


def key_name(sight: Sight, key_id: str) -> str:
    """What a form calls a key: its person, or its id where the person has a later one."""
    key = sight.state.keys[key_id]
    latest = max(k.enrolled for k in sight.state.keys.values() if k.person == key.person)
    return key.person if key.enrolled == latest else key_id


def is_live(bridge: Bridge) -> bool:
    """Whether a proposal can still be answered."""
    return bridge.opened is None and bridge.lapsed is None


def _field(sight: Sight, instrument: Instrument | None, field: DraftField) -> FormField:
    several = field.form in _SEVERAL
    chosen = {part.strip() for part in field.value.split(",")} if several else {field.value.strip()}
    possible = tuple(_options(sight, instrument, field))
    if field.required and not field.value and not several and len(possible) == 1:
        chosen = {possible[0][0]}  # nothing else could be meant
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
    )


def _help(field: DraftField) -> str:
    if field.form == "pairs" and field.name in _PAIRS:
        return HELP["pairs"].format(pair=_PAIRS[field.name])
    return HELP_OF.get(field.name) or HELP.get(field.form, "")


def _options(sight: Sight, instrument: Instrument | None, field: DraftField) -> Pairs:
    if field.options:
        return ((option, capitalised(option)) for option in field.options)
    choices = _BY_NAME.get(field.name) or _BY_FORM.get(field.form)
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
    return ((str(e.number), f"edition {e.number}") for e in editions)


def _keys(sight: Sight, _instrument: Instrument | None) -> Pairs:
    there = {person.id for person in sight.names.people}
    for key_id, key in sorted(sight.state.keys.items(), key=lambda item: item[1].enrolled):
        if key.person in there and key.revoked is None:
            yield key_name(sight, key_id), f"{sight.names.person(key.person)}, key of #{key.enrolled + 1}"


def _alternatives(sight: Sight, instrument: Instrument | None) -> Pairs:
    for bracket in open_brackets(instrument) if instrument else ():
        for alternative in bracket.live():
            number = act_number(sight, alternative.leaf)
            where = sight.names.provision(bracket.provision)
            by = "the mediators" if alternative.side == "M" else sight.names.delegation(alternative.side)
            yield number, f"{where}: the text of {by}, {number}"


def _packages(sight: Sight, instrument: Instrument | None) -> Pairs:
    packages = standing_packages(instrument) if instrument else ()
    return _latest((p.index, f"the package of {sight.names.author_side(p.side)}") for p in packages)


def _reservations(sight: Sight, instrument: Instrument | None) -> Pairs:
    reservations = instrument.reservations.values() if instrument else ()
    return _latest((r.index, f"the reservation of {sight.names.delegation(r.side)}") for r in reservations)


def _minutes(sight: Sight, _instrument: Instrument | None) -> Pairs:
    minutes = sight.state.minutes.values()
    return _latest((m.index, f"words of {sight.names.person(m.speaker)}") for m in minutes)


def _bridges(sight: Sight, _instrument: Instrument | None) -> Pairs:
    live = filter(is_live, sight.state.bridges.values())
    return _latest((b.index, f"on {sight.names.provision(b.provision)}") for b in live)


def _mandates(sight: Sight, _instrument: Instrument | None) -> Pairs:
    live = (m for m in sight.state.mandates.values() if m.revoked is None)
    return _latest((m.index, f"powers of {sight.names.person(m.holder)}") for m in live)


def _statements(sight: Sight, _instrument: Instrument | None) -> Pairs:
    statements = sight.state.statements.values()
    return _latest((s.index, f"registered by {sight.names.person(s.by)}") for s in statements)


def _latest(acts: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Acts of one institution by their numbers, the latest first. acts: (index, words) of each."""
    for index, words in sorted(acts, reverse=True)[:_MOST]:
        yield f"#{index + 1}", f"#{index + 1}, {words}"


def _corrections(sight: Sight, _instrument: Instrument | None) -> Pairs:
    waiting = (c for c in sight.state.corrections.values() if c.made is None)
    return _latest((c.index, f"of {', '.join(map(number_of, c.provisions))}") for c in waiting)


_BY_NAME: Final[Mapping[str, Choices]] = MappingProxyType({
    "alternative": _alternatives, "alternatives": _alternatives, "package": _packages, "reservation": _reservations,
    "minute": _minutes, "bridge": _bridges, "mandate": _mandates,
    "statement": _statements, "correction": _corrections,
})  # fmt: skip
_BY_FORM: Final[Mapping[str, Choices]] = MappingProxyType({
    "person": _people, "people": _people, "side": _sides, "sides": _sides, "instrument": _instruments,
    "instruments": _instruments, "provision": _provisions, "provisions": _provisions,
    "edition": _editions, "key": _keys,
})  # fmt: skip
