"""Tables of what was undertaken and what became of it: commitments, incidents, findings, scores, notices of breach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from detente.interchange.tables.table import Source, Table, number_of
from detente.procedure.matrix import scorer_of
from detente.state.records import in_order

Row = tuple[Any, ...]


def _demands(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.demands.values()):
        instrument, provision = one.provision or (None, None)
        declined = number_of(one.declined[1]) if one.declined else None
        yield (one.index + 1, one.by, one.group, one.of, instrument, provision, declined,
               number_of(one.withdrawn))  # fmt: skip


def _assurances(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.assurances.values()):
        yield (one.index + 1, one.speaker, one.side, of.number(one.demand), one.spoken, number_of(one.confirmed),
               number_of(one.refused), number_of(one.withdrawn))  # fmt: skip


def _commitments(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.commitments.values()):
        yield (one.index + 1, one.by, one.instrument, of.number(one.edition), one.provision, one.duty, one.actors,
               one.elements, one.begins, one.ends, one.verifier, number_of(one.replaced),
               number_of(one.withdrawn))  # fmt: skip


def _incidents(of: Source) -> Iterator[Row]:
    """Those reported by an act each whose words the reader may read; the rows of files join them as they are written."""
    for one in in_order(of.state.incidents.values()):
        if said := of.record.opened(one.leaf):
            lat, lon = said.get("lat"), said.get("lon")
            actors = tuple(
                name.strip() for name in re.split("[;|]", said.get("actors") or "") if name.strip()
            )
            yield (one.index + 1, None, one.by, said.get("date_from"), said.get("date_to"), said.get("category"),
                   said.get("place"), float(lat) if lat else None, float(lon) if lon else None, actors,
                   said.get("deaths"), said.get("source"))  # fmt: skip


def _attributions(of: Source) -> Iterator[Row]:
    said = [(at, one.index, None, by, actor) for one in of.state.incidents.values()
            for _leaf, at, by, actor in one.attributed]  # fmt: skip
    of_rows = [(at, one.index, row, by, actor) for one in of.state.batches.values()
               for _leaf, at, by, actor, row in one.attributed]  # fmt: skip
    for at, about, row, by, actor in sorted([*said, *of_rows], key=lambda found: found[0]):
        yield at + 1, about + 1, row, by, of.group(by), actor


def _performances(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.performances.values()):
        yield one.index + 1, one.by, one.group, of.number(one.commitment)


def _findings(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.findings.values()):
        yield (one.index + 1, one.by, of.number(one.about), one.row, one.question, one.answer, one.confidence,
               one.actor or None, of.number(one.commitment), one.claim, tuple(d[2] for d in one.dissents),
               tuple(a[3] for a in one.answers))  # fmt: skip


def _scores(of: Source) -> Iterator[Row]:
    registers = of.state.registers
    for one in in_order(of.state.scores.values()):
        register = registers[one.register]
        for stipulation, score in one.scores:
            yield (one.index + 1, register.index + 1, register.instrument, register.version, f"{one.month}-01",
                   stipulation, scorer_of(one), score)  # fmt: skip


def _notices(of: Source) -> Iterator[Row]:
    for one in in_order(of.state.notices.values()):
        yield (one.index + 1, one.by_side, one.of, one.instrument, one.provisions, one.measure, one.objections_by,
               one.opposed, number_of(one.carried_out), number_of(one.revoked), number_of(one.cured))  # fmt: skip


KEEPING: Final = (
    Table("demands", (
        ("act", "BIGINT"), ("author", "VARCHAR"), ("author_group", "VARCHAR"), ("of_side", "VARCHAR"),
        ("instrument", "VARCHAR"), ("provision", "VARCHAR"), ("declined_act", "BIGINT"), ("withdrawn_act", "BIGINT"),
    ), _demands),
    Table("assurances", (
        ("act", "BIGINT"), ("speaker", "VARCHAR"), ("side", "VARCHAR"), ("demand_act", "BIGINT"),
        ("spoken", "BOOLEAN"), ("confirmed_act", "BIGINT"), ("refused_act", "BIGINT"), ("withdrawn_act", "BIGINT"),
    ), _assurances),
    Table("commitments", (
        ("act", "BIGINT"), ("drawn_by", "VARCHAR"), ("instrument", "VARCHAR"), ("edition_act", "BIGINT"),
        ("provision", "VARCHAR"), ("duty", "VARCHAR"), ("actors", "VARCHAR[]"), ("elements", "VARCHAR[]"),
        ("begins", "TIMESTAMPTZ"), ("ends", "TIMESTAMPTZ"), ("verifier", "VARCHAR"), ("replaced_act", "BIGINT"),
        ("withdrawn_act", "BIGINT"),
    ), _commitments),
    Table("incidents", (
        ("act", "BIGINT"), ("row", "BIGINT"), ("reported_by", "VARCHAR"), ("date_from", "DATE"), ("date_to", "DATE"),
        ("kind", "VARCHAR"), ("place", "VARCHAR"), ("lat", "DOUBLE"), ("lon", "DOUBLE"), ("actors", "VARCHAR[]"),
        ("deaths", "BIGINT"), ("source", "VARCHAR"),
    ), _incidents),
    Table("attributions", (
        ("act", "BIGINT"), ("incident_act", "BIGINT"), ("incident_row", "BIGINT"), ("author", "VARCHAR"),
        ("author_group", "VARCHAR"), ("actor", "VARCHAR"),
    ), _attributions),
    Table("performances", (
        ("act", "BIGINT"), ("author", "VARCHAR"), ("author_group", "VARCHAR"), ("commitment_act", "BIGINT"),
    ), _performances),
    Table("findings", (
        ("act", "BIGINT"), ("author", "VARCHAR"), ("about_act", "BIGINT"), ("about_row", "BIGINT"),
        ("question", "VARCHAR"), ("answer", "VARCHAR"), ("confidence", "VARCHAR"), ("actor", "VARCHAR"),
        ("commitment_act", "BIGINT"), ("claim", "BOOLEAN"), ("dissents_by", "VARCHAR[]"), ("answered_by", "VARCHAR[]"),
    ), _findings),
    Table("scores", (
        ("act", "BIGINT"), ("register_act", "BIGINT"), ("instrument", "VARCHAR"), ("version", "BIGINT"),
        ("month", "DATE"), ("stipulation", "VARCHAR"), ("scorer", "VARCHAR"), ("score", "BIGINT"),
    ), _scores),
    Table("notices", (
        ("act", "BIGINT"), ("by_side", "VARCHAR"), ("of_side", "VARCHAR"), ("instrument", "VARCHAR"),
        ("provisions", "VARCHAR[]"), ("measure", "VARCHAR"), ("objections_by", "TIMESTAMPTZ"), ("opposed", "VARCHAR[]"),
        ("carried_out_act", "BIGINT"), ("revoked_act", "BIGINT"), ("cured_act", "BIGINT"),
    ), _notices),
)  # fmt: skip
