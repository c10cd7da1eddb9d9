"""The sheet of an edition in a record, for somebody who may read its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from detente.codec.refusal import refuse
from detente.interchange.documents.bracketing import Held, in_brackets
from detente.interchange.documents.signature_pdf.sheet import Position, Sheet, Signing
from detente.procedure.disclosure import VisibleRecord
from detente.provisions.provision import Provision
from detente.state.answers import open_brackets
from detente.state.instrument import Edition, Instrument
from detente.views.addresses import process_id
from detente.views.building.sight import Sight
from detente.views.building.substance import headings_of, omits, provisions_of, texts_of

MEDIATORS: Final = "M"


def sheet_of(
    record: VisibleRecord,
    root_at: Callable[[int], bytes],
    *,
    instrument: str = "",
    edition: int = 0,
    host: str = "",
) -> Sheet:
    """instrument, edition: the first and its last where left out. root_at: the log's root for a size. host: the address
    of the host that serves the record, for the QR code; without one it names the act.

    Raises `Refused`: `text.none` where there is no such edition, `text.not_disclosed`.
    """
    sight = Sight(record, ())
    text, chosen = _chosen(sight, instrument, edition)
    provisions = provisions_of(sight, chosen)
    if not provisions:
        raise refuse("text.not_disclosed", "The words of this edition are not disclosed to you.",
                     instead="Ask somebody who may read them.")  # fmt: skip
    authentic, own = text.authentic_languages(), {p.id: p for p in provisions}
    bracketed = {
        eid: _in_brackets(sight, text, own.get(eid, Provision(eid, {}, {})), options)
        for eid, options in _open(sight, text, chosen).items()
    }
    return Sheet(
        title=sight.names.instrument_title(text.id),
        provisions=provisions,
        languages=tuple((tag, status) for tag, status in text.languages if not authentic or tag in authentic),
        nonce=sight.names.opened(chosen.leaf).get("nonce") or "",
        position=_position(sight, text, chosen, root_at, host),
        signing=Signing(
            text.sides,
            initialled=text.authentication == "initials" or text.initials_sign,
            signed=text.consent != "agreed_means" or text.authentication == "signature",
            ratified=text.consent == "ratification",
        ),
        bracketed={eid: p.texts for eid, p in bracketed.items()},
        bracketed_headings={eid: p.heading for eid, p in bracketed.items() if p.heading},
    )


def _chosen(sight: Sight, instrument: str, edition: int) -> tuple[Instrument, Edition]:
    order = sight.state.instrument_order
    text = sight.state.instruments.get(instrument or (order[0] if order else ""))
    editions = {e.number: e for e in text.editions} if text is not None else {}
    found = editions.get(edition or max(editions, default=0))
    if text is None or found is None:
        raise refuse("text.none", "There is no such edition.",
                     instead="Choose one on the page of the text.")  # fmt: skip
    return text, found


def _position(
    sight: Sight, text: Instrument, edition: Edition, root_at: Callable[[int], bytes], host: str
) -> Position:
    places = [sight.record.index_of(leaf) for leaf in edition.corrections]
    corrections = tuple(place + 1 for place in places if place is not None)
    number, origin = edition.index + 1, sight.state.convened.origin
    proof = (
        f"{host.rstrip('/')}/processes/{process_id(origin)}/acts/{number}/prove"
        if host
        else f"{origin} #{number}"
    )
    last = text.edition.number if text.edition is not None else 0
    return Position(
        edition=edition.number,
        number=number,
        root=root_at(max((number, *corrections))).hex(),
        proof=proof,
        corrections=corrections,
        replaced_by=last if last > edition.number else 0,
    )


def _open(sight: Sight, text: Instrument, edition: Edition) -> Mapping[str, list[tuple[str, str]]]:
    """By provision the alternatives, each with the letters behind it: as they stand now for the last edition, as carried
    for an earlier one."""
    if edition is text.edition:
        order = (*text.sides, MEDIATORS)
        return {
            b.provision: [("".join(s for s in order if s in a.supporters), a.leaf) for a in b.live()]
            for b in open_brackets(text)
        }
    return {eid: [(_author(sight, leaf), leaf) for leaf in leaves] for eid, leaves in edition.open}


def _author(sight: Sight, leaf: str) -> str:
    index = sight.record.index_of(leaf)
    act = sight.record.act(index) if index is not None else None
    person = sight.state.people.get(act.act.author) if act else None
    return (person.side if person else None) or MEDIATORS


def _in_brackets(sight: Sight, text: Instrument, own: Provision, options: list[tuple[str, str]]) -> Provision:
    """A provision with its alternatives; words that the reader may not read are an ellipsis. One that is only reserved
    stands in brackets as it is. options: (letters, leaf) of each."""
    found = [
        Held(letters, texts_of(sight, text, leaf), omits(sight, leaf), headings_of(sight, leaf))
        for letters, leaf in options
    ]
    unread = {tag: "…" for one in found for tag in one.texts}
    read = [
        one if one.omits or one.keeps_words else replace(one, texts={**unread, **one.texts}) for one in found
    ]
    return in_brackets(own, read or [Held("", own.texts)])
