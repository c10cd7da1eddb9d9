"""The fields of an act's form: what each is called, how it is written, and what can be chosen from this record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from detente.procedure.disclosure import DraftField, VisibleDraft
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets
from detente.state.records import Instrument
from detente.views.building.sight import Sight
from detente.views.signing import FormField, Option
from detente.wording.counting import capitalised

LABELS: Final = {
    "to": "To whom", "aud": "Who may read it", "sense": "What was done with words", "on": "On which version",
    "instrument": "Which text", "other": "The other text", "lift": "Lift the reservation", "entry": "Enters into force",
    "entry_delay": "Delay in days", "valid_from": "Valid from", "valid_until": "Valid until", "yes": "Your answer",
    "n": "How many", "texts": "The text in each language", "key": "Whose key", "text": "Words",
    "initials_sign": "Initials count as signature (Article 12(2)(a))", "open_to_accession": "Open to accession",
}  # fmt: skip
HELP: Final = {
    "instant": "A time today, 14:30, or with its date, 2025-10-28 14:30, in the zone of the process.",
    "text": "Paste or type it. Begin an article with “Article 1. Title” and a paragraph with its number, “1(1)”.",
    "pairs": "One a line, each with what belongs to it: en authentic, fr official.",
    "by_key": "One a line: ur: words in Urdu.",
    "leaf": "The number of the act, #14.",
    "new_person": "A short id for the record, from a capital letter: A, PA, A2.",
    "new_instrument": "A short id for the record, in small letters: understanding, annex-1.",
}
_LONG: Final = ("words", "text", "by_key")


def form_fields(sight: Sight, draft: VisibleDraft) -> tuple[FormField, ...]:
    instrument = next((f.value for f in draft.fields if f.name == "instrument"), "")
    found = sight.state.instruments.get(instrument) or next(iter(sight.names.instruments), None)
    return tuple(_field(sight, found, field) for field in draft.fields)


def _field(sight: Sight, instrument: Instrument | None, field: DraftField) -> FormField:
    chosen = {part.strip() for part in field.value.split(",")}
    options = tuple(
        Option(value=v, text=text, chosen=v in chosen) for v, text in _options(sight, instrument, field)
    )
    return FormField(
        name=field.name,
        label=LABELS.get(field.name, capitalised(field.name.replace("_", " "))),
        value=field.value,
        help=HELP.get(field.form, "") if not options else "",
        options=options,
        several=field.form in ("people", "sides", "instruments", "choices"),
        long=field.form in _LONG,
        required=field.required,
    )


def _options(sight: Sight, instrument: Instrument | None, field: DraftField) -> list[tuple[str, str]]:
    if field.options:
        return [(option, capitalised(option.replace("_", " "))) for option in field.options]
    by_name = _BY_NAME.get(field.name)
    if by_name is not None:
        return list(by_name(sight, instrument))
    by_form = _BY_FORM.get(field.form)
    return list(by_form(sight, instrument)) if by_form is not None else []


Pairs = Iterable[tuple[str, str]]


def _people(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return ((p.id, sight.names.person(p.id)) for p in sight.names.people)


def _sides(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return ((side, sight.names.side(side)) for side in sight.state.convened.sides)


def _instruments(sight: Sight, _instrument: Instrument | None) -> Pairs:
    return ((i.id, sight.names.instrument(i.id)) for i in sight.names.instruments)


def _provisions(sight: Sight, instrument: Instrument | None) -> Pairs:
    edition = instrument.edition if instrument else None
    return ((number_of(p), sight.names.provision(p)) for p in (edition.provisions if edition else ()))


def _keys(sight: Sight, _instrument: Instrument | None) -> Pairs:
    people = {key.person for key in sight.state.keys.values() if key.revoked is None}
    return ((p.id, sight.names.person(p.id)) for p in sight.names.people if p.id in people)


def _alternatives(sight: Sight, instrument: Instrument | None) -> Pairs:
    for bracket in open_brackets(instrument) if instrument else ():
        for alternative in bracket.live():
            where = sight.names.provision(bracket.provision)
            by = "the mediators" if alternative.side == "M" else sight.names.delegation(alternative.side)
            yield f"#{alternative.index + 1}", f"{where}: the text of {by}, #{alternative.index + 1}"


def _numbered(
    what: Callable[[Sight], Iterable[tuple[int, str]]],
) -> Callable[[Sight, Instrument | None], Pairs]:
    """Acts of one institution, by their numbers, the latest first."""
    return lambda sight, _i: (
        (f"#{n + 1}", f"#{n + 1}, {words}") for n, words in sorted(what(sight), reverse=True)[:50]
    )


def _minutes(sight: Sight) -> Iterable[tuple[int, str]]:
    return ((m.index, f"words of {sight.names.person(m.speaker)}") for m in sight.state.minutes.values())


def _bridges(sight: Sight) -> Iterable[tuple[int, str]]:
    live = (b for b in sight.state.bridges.values() if b.opened is None and b.lapsed is None)
    return ((b.index, f"on {sight.names.provision(b.provision)}") for b in live)


def _mandates(sight: Sight) -> Iterable[tuple[int, str]]:
    live = (m for m in sight.state.mandates.values() if m.revoked is None)
    return ((m.index, f"powers of {sight.names.person(m.holder)}") for m in live)


def _statements(sight: Sight) -> Iterable[tuple[int, str]]:
    return ((s.index, f"registered by {sight.names.person(s.by)}") for s in sight.state.statements.values())


_BY_NAME: Final[dict[str, Callable[[Sight, Instrument | None], Pairs]]] = {
    "alternative": _alternatives, "minute": _numbered(_minutes), "bridge": _numbered(_bridges),
    "mandate": _numbered(_mandates), "statement": _numbered(_statements),
}  # fmt: skip
_BY_FORM: Final[dict[str, Callable[[Sight, Instrument | None], Pairs]]] = {
    "person": _people, "people": _people, "side": _sides, "sides": _sides, "instrument": _instruments,
    "instruments": _instruments, "provision": _provisions, "key": _keys,
}  # fmt: skip
