"""Tables of the record itself: the process, its acts and their words, its people, powers and sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from detente.codec.instant import instant_from_unix
from detente.interchange.tables.table import Source, Table, number_of
from detente.state.records import in_order

Row = tuple[Any, ...]


def _process(of: Source) -> Iterator[Row]:
    state, process = of.state, of.state.convened
    known = of.record.as_of if state.unknown_from is None else state.unknown_from
    yield (process.origin, process.convenor, process.keeper, process.sides, state.phase.value, of.record.as_of, known,
           state.clock.now or None)  # fmt: skip


def _acts(of: Source) -> Iterator[Row]:
    irregular = {one.index for one in of.state.irregular}
    for act in of.acts():
        clear = act.act.clear
        yield (act.index + 1, act.act.leaf, act.kind.name, act.act.author, of.group(act.act.author),
               instant_from_unix(clear.iat), clear.seen[0], act.index in irregular,
               _json({name: getattr(clear, name) for name in act.kind.clear_fields}))  # fmt: skip


def _words(of: Source) -> Iterator[Row]:
    """The text of an edition or correction, which is provisions and no words, stands in a table of its own."""
    for act in of.acts():
        for field, value in act.opened.items():
            if field != "nonce" and not (field == "text" and isinstance(value, tuple)):
                yield act.index + 1, field, value if isinstance(value, str) else _json(value)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _people(of: Source) -> Iterator[Row]:
    for person in sorted(of.state.people.values(), key=lambda p: (p.index, p.id)):
        yield (person.id, person.role, person.side or "", of.sight.names.person(person.id), person.index + 1,
               number_of(person.left))  # fmt: skip


def _mandates(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.mandates.values()):
        yield (one.index + 1, one.principal, one.side, one.holder, one.capacities, one.instruments, one.terms,
               one.valid_from, one.valid_until, number_of(one.revoked))  # fmt: skip


def _sessions(of: Source) -> Iterator[Row]:
    for session in of.state.sessions:
        yield session.number, of.number(session.leaf), session.opened, session.closed


def _minutes(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.minutes.values()):
        yield (one.index + 1, one.session, one.speaker, of.group(one.speaker), one.sense, one.instrument,
               of.number(one.edition), one.said_at, number_of(one.confirmed), number_of(one.contested))  # fmt: skip


def _statements(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.statements.values()):
        yield (one.index + 1, one.by, of.group(one.by), one.own, of.number(one.article),
               tuple(person for person, _leaf in one.joined), tuple(person for person, _leaf in one.answers))  # fmt: skip


def _claims(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.statements.values()):
        for place, (predicate, argument) in enumerate(one.claims, 1):
            yield one.index + 1, place, predicate, argument


RECORD: Final = (
    Table("process", (
        ("process", "VARCHAR"), ("convenor", "VARCHAR"), ("keeper", "VARCHAR"), ("sides", "VARCHAR[]"),
        ("phase", "VARCHAR"), ("acts", "BIGINT"), ("known", "BIGINT"), ("proved_time", "TIMESTAMPTZ"),
    ), _process),
    Table("acts", (
        ("act", "BIGINT"), ("leaf", "VARCHAR"), ("kind", "VARCHAR"), ("author", "VARCHAR"), ("author_group", "VARCHAR"),
        ("stated_at", "TIMESTAMPTZ"), ("had_seen", "BIGINT"), ("irregular", "BOOLEAN"), ("fields", "VARCHAR"),
    ), _acts),
    Table("words", (("act", "BIGINT"), ("field", "VARCHAR"), ("words", "VARCHAR")), _words),
    Table("people", (
        ("person", "VARCHAR"), ("role", "VARCHAR"), ("side", "VARCHAR"), ("office", "VARCHAR"),
        ("admitted_act", "BIGINT"), ("left_act", "BIGINT"),
    ), _people),
    Table("mandates", (
        ("act", "BIGINT"), ("principal", "VARCHAR"), ("side", "VARCHAR"), ("holder", "VARCHAR"),
        ("capacities", "VARCHAR[]"), ("instruments", "VARCHAR[]"), ("terms", "VARCHAR"), ("valid_from", "TIMESTAMPTZ"),
        ("valid_until", "TIMESTAMPTZ"), ("revoked_act", "BIGINT"),
    ), _mandates),
    Table("sessions", (
        ("session", "BIGINT"), ("act", "BIGINT"), ("opened_at", "TIMESTAMPTZ"), ("closed_at", "TIMESTAMPTZ"),
    ), _sessions),
    Table("minutes", (
        ("act", "BIGINT"), ("session", "BIGINT"), ("speaker", "VARCHAR"), ("speaker_group", "VARCHAR"),
        ("sense", "VARCHAR"), ("instrument", "VARCHAR"), ("edition_act", "BIGINT"), ("said_at", "TIMESTAMPTZ"),
        ("confirmed_act", "BIGINT"), ("contested_act", "BIGINT"),
    ), _minutes),
    Table("statements", (
        ("act", "BIGINT"), ("author", "VARCHAR"), ("author_group", "VARCHAR"), ("own", "BOOLEAN"),
        ("article_act", "BIGINT"), ("joined_by", "VARCHAR[]"), ("answered_by", "VARCHAR[]"),
    ), _statements),
    Table("claims", (
        ("act", "BIGINT"), ("place", "BIGINT"), ("predicate", "VARCHAR"), ("argument", "VARCHAR"),
    ), _claims),
)  # fmt: skip
