"""Tables of the texts: instruments, editions and their provisions, alternatives, and every step of every side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from detente.interchange.tables.table import Source, Table, number_of
from detente.provisions.numbering import number_of as shown_number
from detente.state.instrument import Alternative, Instrument
from detente.state.records import in_order
from detente.views.building.substance import headings_of, provisions_of, texts_of

Row = tuple[Any, ...]


def _instruments(of: Source) -> Iterator[Row]:
    for one in of.state.texts():
        yield (one.id, of.number(one.leaf), one.basis, one.sides, tuple(tag for tag, _status in one.languages),
               one.authentic_languages(), one.authentication, one.consent, len(one.editions),
               number_of(one.bound_index), one.bound_at, one.in_force_since)  # fmt: skip


def _editions(of: Source) -> Iterator[Row]:
    for text in of.state.texts():
        for one in text.editions:
            yield (text.id, one.number, one.index + 1, one.by, one.content, len(one.provisions), one.languages,
                   tuple(provision for provision, _leaves in one.open))  # fmt: skip


def _provisions(of: Source) -> Iterator[Row]:
    """As corrected: an edition and its correction are one text (VCLT 79(4))."""
    for text in of.state.texts():
        for edition in text.editions:
            for place, one in enumerate(provisions_of(of.sight, edition), 1):
                for tag in one.languages():
                    yield (text.id, edition.number, edition.index + 1, place, one.id, shown_number(one.id, full=True),
                           tag, one.heading.get(tag), one.texts.get(tag))  # fmt: skip


def _alternatives(of: Source) -> Iterator[Row]:
    for text in of.state.texts():
        for bracket in sorted(text.brackets.values(), key=lambda b: b.provision):
            for one in bracket.alternatives:
                for tag, heading, words in _proposed(of, text, one):
                    yield (text.id, bracket.provision, one.index + 1, one.side, tuple(sorted(one.supporters)),
                           number_of(one.withdrawn), tag, heading, words)  # fmt: skip


def _proposed(
    of: Source, text: Instrument, one: Alternative
) -> Iterator[tuple[str | None, str | None, str | None]]:
    """By language; one row without a language for what leaves the provision out, or takes its heading away."""
    words, headings = texts_of(of.sight, text, one.leaf), headings_of(of.sight, one.leaf)
    if one.omits or headings == {}:
        yield None, None if one.omits else "", None
    for tag in sorted({*words, *(headings or {})}):
        yield tag, (headings or {}).get(tag), words.get(tag)


def _steps(of: Source) -> Iterator[Row]:
    for text in of.state.texts():
        editions = {edition.leaf: edition.number for edition in text.editions}
        for side in text.sides:
            for one in text.standing(side).path:
                yield (text.id, side, one.index + 1, one.step.value, editions.get(one.edition), one.by,
                       one.terms)  # fmt: skip


def _standings(of: Source) -> Iterator[Row]:
    for text in of.state.texts():
        editions = {edition.leaf: edition.number for edition in text.editions}
        for side in text.sides:
            one = text.standing(side)
            yield text.id, side, one.step.value, editions.get(one.edition), one.flags


def _reservations(of: Source) -> Iterator[Row]:
    for text in of.state.texts():
        for one in in_order(text.reservations.values()):
            yield (text.id, one.index + 1, one.side, one.provisions, tuple(side for side, _leaf in one.accepted),
                   tuple(side for side, _leaf, _opposes in one.objections), number_of(one.withdrawn))  # fmt: skip


TEXTS: Final = (
    Table("instruments", (
        ("instrument", "VARCHAR"), ("act", "BIGINT"), ("basis", "VARCHAR"), ("sides", "VARCHAR[]"),
        ("languages", "VARCHAR[]"), ("authentic", "VARCHAR[]"), ("authentication", "VARCHAR"), ("consent", "VARCHAR"),
        ("editions", "BIGINT"), ("bound_act", "BIGINT"), ("bound_at", "TIMESTAMPTZ"),
        ("in_force_since", "TIMESTAMPTZ"),
    ), _instruments),
    Table("editions", (
        ("instrument", "VARCHAR"), ("edition", "BIGINT"), ("act", "BIGINT"), ("issued_by", "VARCHAR"),
        ("content", "VARCHAR"), ("provisions", "BIGINT"), ("languages", "VARCHAR[]"), ("bracketed", "VARCHAR[]"),
    ), _editions),
    Table("provisions", (
        ("instrument", "VARCHAR"), ("edition", "BIGINT"), ("act", "BIGINT"), ("place", "BIGINT"),
        ("provision", "VARCHAR"), ("number", "VARCHAR"), ("language", "VARCHAR"), ("heading", "VARCHAR"),
        ("words", "VARCHAR"),
    ), _provisions),
    Table("alternatives", (
        ("instrument", "VARCHAR"), ("provision", "VARCHAR"), ("act", "BIGINT"), ("side", "VARCHAR"),
        ("supporters", "VARCHAR[]"), ("withdrawn_act", "BIGINT"), ("language", "VARCHAR"), ("heading", "VARCHAR"),
        ("words", "VARCHAR"),
    ), _alternatives),
    Table("steps", (
        ("instrument", "VARCHAR"), ("side", "VARCHAR"), ("act", "BIGINT"), ("step", "VARCHAR"), ("edition", "BIGINT"),
        ("person", "VARCHAR"), ("terms", "VARCHAR"),
    ), _steps),
    Table("standings", (
        ("instrument", "VARCHAR"), ("side", "VARCHAR"), ("step", "VARCHAR"), ("edition", "BIGINT"),
        ("flags", "VARCHAR[]"),
    ), _standings),
    Table("reservations", (
        ("instrument", "VARCHAR"), ("act", "BIGINT"), ("side", "VARCHAR"), ("provisions", "VARCHAR[]"),
        ("accepted_by", "VARCHAR[]"), ("objected_by", "VARCHAR[]"), ("withdrawn_act", "BIGINT"),
    ), _reservations),
)  # fmt: skip
