"""Lines about a text as a whole: how it is bound to other texts, what was corrected in it, who signed it where."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.correction import open_corrections
from detente.acts.instruments import ANNEXING
from detente.provisions.numbering import number_of
from detente.state.answers import SIGNED
from detente.state.instrument import Edition, Instrument
from detente.state.records import Correction
from detente.views.building.sight import Sight, in_words
from detente.views.building.under_silence import silence_line
from detente.views.marks import Prose, Run, linked, prose
from detente.wording.counting import capitalised
from detente.wording.saying import relation_words


def about_text(sight: Sight, instrument: Instrument, edition: Edition) -> tuple[Prose, ...]:
    """The lines under the title of an edition, those that have something to say."""
    last = instrument.edition is not None and instrument.edition.leaf == edition.leaf
    found = [
        links(sight, instrument),
        *_corrections(sight, instrument, edition),
        signatures(sight, instrument) if last else (),
        silence_line(sight, instrument) if last else (),
    ]
    return tuple(line for line in found if line)


def links(sight: Sight, instrument: Instrument) -> Prose:
    """“An integral part of the Agreement, agreed; replacing the Understanding.” Both ends of each link say so."""
    annexed = dict(instrument.annexed)
    own: list[tuple[str | Run, ...]] = [
        (f"{relation_words(relation)} ", _to(sight, other), _status(relation, annexed.get(other, "")))
        for relation, other in instrument.links
    ]
    pointing: list[tuple[str | Run, ...]] = [
        (
            _to(sight, there.id),
            f" is {relation_words(relation)} it{_status(relation, dict(there.annexed).get(this, ''))}",
        )
        for there in sight.names.instruments
        for relation, this in there.links
        if this == instrument.id
    ]
    lines = [_capitalised(line) for line in (*own, *pointing)]
    return prose(*(part for line in lines for part in (*line, ". "))) if lines else ()


def _capitalised(line: tuple[str | Run, ...]) -> tuple[str | Run, ...]:
    return (capitalised(line[0]), *line[1:]) if isinstance(line[0], str) else line


def _status(relation: str, status: str) -> str:
    return f", {status}" if status and relation in ANNEXING else ""


def _to(sight: Sight, instrument: str) -> Run:
    return linked(sight.names.instrument(instrument), sight.place.page("text", instrument=instrument).address)


def _corrections(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[Prose]:
    clause = "Vienna Convention, Article 79(4)" + ("" if instrument.basis == "treaty" else ", by analogy")
    for leaf in edition.corrections:
        made = sight.state.corrections[leaf]
        assert made.made is not None
        yield prose(
            f"Corrected at {_where(made)} (", sight.cite(made.made), ", proposed in ", sight.cite(made.index),
            f"): the words below stand from the beginning, and every step stays ({clause}).",
        )  # fmt: skip
    for proposed in open_corrections(sight.state, instrument):
        if proposed.edition == edition.leaf:
            by = in_words(sight.instant(proposed.objections_by))
            over = "no objection came in time" if proposed.expired is not None else f"objections by {by}"
            yield prose(
                f"A correction of {_where(proposed)} is proposed (", sight.cite(proposed.index), f"); {over}."
            )


def _where(correction: Correction) -> str:
    return ", ".join(number_of(eid, full=True) for eid in correction.provisions)


def signatures(sight: Sight, instrument: Instrument) -> Prose:
    """Who signed where, and who as a witness: counterparts join on one edition."""
    edition = instrument.edition
    taken = [
        instrument.standing(side).taken(edition.leaf, SIGNED) if edition else None
        for side in instrument.sides
    ]
    signed = [
        (sight.names.delegation(side), step.leaf)
        for side, step in zip(instrument.sides, taken, strict=True)
        if step is not None
    ]
    attested = [
        (f"{sight.names.speaker(person)} as a witness", leaf) for person, leaf in instrument.witnesses
    ]
    parts: list[str | Run] = []
    for who, leaf in (*signed, *attested):
        place = sight.names.opened(leaf).get("place")
        where = f", in {place}" if place else ""
        parts += ["; " if parts else "Signed by ", f"{who}{where} (", sight.cite_leaf(leaf), ")"]
    return prose(*parts, ".") if parts else ()
