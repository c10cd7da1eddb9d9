"""What the sides want, as far as this mediator's keys open it: every sealed document of preferences in a record.

Opened here and nowhere else (docs/specs/preferences.md). Of each side the last document that was given for exactly the
choices now open counts: what it states itself before what the mediators estimate. Whatever else there is, and does not
count, is said in a note, without any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from detente.acts.subjects import missing_instrument
from detente.analysis.packages.domain import Domain, Issue
from detente.analysis.packages.elicited import Document, domain_of, preferences_of, read_document
from detente.analysis.packages.preferences import Preferences
from detente.client.chamber_keys import opened_epochs, unsealed
from detente.client.keyring import HeldKey
from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.state.instrument import Instrument
from detente.state.packages import open_choices
from detente.state.records import StatedPreferences

Code = Literal["missing", "stale", "estimated", "unreadable", "restated"]


class Note(Struct, frozen=True):
    """What a mediator should know of a side's preferences. `missing`: there is nothing that counts; `stale`: given for
    other choices; `estimated`: the mediators' estimate counts; `unreadable`: not for these keys, or no such document;
    `restated`: given more than once. sentence: the same in words, without any value."""

    side: str
    code: Code
    sentence: str


class Gathered(Struct, frozen=True):
    """instrument: its id; edition: leaf of the one on the table. domain: issues by provision, options by the leaf of the
    alternative, or `state.packages.STANDS`. parties: at most one a side, in the order of the text's sides, named by
    its letter. `Problem.of(domain, *parties)` asks for two at least."""

    instrument: str
    edition: str
    domain: Domain
    parties: tuple[Preferences, ...]
    notes: tuple[Note, ...]


class _Stated(Struct, frozen=True):
    """One act, and what these keys read in it. document: None where they read nothing."""

    stated: StatedPreferences
    document: Document | None


def gathered(record: Record, held: Iterable[HeldKey], instrument: str = "") -> Gathered:
    """record: as the mediator sees it, of a replica for example. instrument: the first text with something open where
    it is left out.

    Raises `Refused`: `instrument.unknown`, `preferences.nothing_open`. What does not open is no fault: a note says so.
    """
    text = _text(record, instrument)
    domain = Domain(tuple(Issue(choice.provision, choice.options) for choice in open_choices(text)))
    found = _stated(record, tuple(held), text.id)
    parties: list[Preferences] = []
    notes: list[Note] = []
    for side in text.sides:
        of_side = [one for one in found if one.stated.side == side]
        counted = _counted(of_side, domain)
        notes += _notes(side, of_side, counted, domain)
        if counted is not None and counted.document is not None:
            parties.append(preferences_of(counted.document, side, estimate=counted.stated.estimate))
    assert text.edition is not None  # what is open is open in an edition
    return Gathered(text.id, text.edition.leaf, domain, tuple(parties), tuple(notes))


def _text(record: Record, instrument: str) -> Instrument:
    unknown = missing_instrument(record.visible.state, instrument) if instrument else None
    if unknown is not None:
        raise Refused(unknown)
    for text in record.visible.state.texts():
        if instrument in ("", text.id) and open_choices(text):
            return text
    raise refuse("preferences.nothing_open", "No provision has alternatives to choose between.",
                 instead="Wait until an alternative is proposed, or name another text.")  # fmt: skip


def _stated(record: Record, held: tuple[HeldKey, ...], instrument: str) -> tuple[_Stated, ...]:
    """The acts about a text, those of one side in the order in which they came."""
    return tuple(
        _Stated(stated, documents.get(stated.leaf))
        for visible in record.chambers()
        for documents in [_documents(record, visible.chamber.name, held)]
        for stated in visible.chamber.preferences
        if stated.instrument == instrument
    )


def _documents(record: Record, chamber: str, held: tuple[HeldKey, ...]) -> dict[str, Document]:
    """What these keys read in a chamber, by the leaf of the act."""
    epochs, found = opened_epochs(record, chamber, held), {}
    for act in record.chamber_acts(chamber):
        if "document" in act.kind.hidden_fields:
            try:
                found[act.act.leaf] = read_document(unsealed(act, epochs).opened.get("document", ""))
            except Refused:
                continue  # a note says of whom nothing was read
    return found


def _counted(of_side: list[_Stated], domain: Domain) -> _Stated | None:
    """The last that is for these choices; one's own before an estimate."""
    current = [one for one in of_side if one.document is not None and domain_of(one.document) == domain]
    own = [one for one in current if not one.stated.estimate]
    return next(reversed(own or current), None)


def _notes(side: str, of_side: list[_Stated], counted: _Stated | None, domain: Domain) -> Iterator[Note]:
    own = [one for one in of_side if not one.stated.estimate]
    unread = [one for one in of_side if one.document is None]
    stale = [one for one in of_side if one.document is not None and domain_of(one.document) != domain]
    if counted is None:
        yield Note(side, "missing", f"Nothing that counts is known of what side {side} wants.")
    elif counted.stated.estimate:
        yield Note(side, "estimated", f"What side {side} wants is the mediators' estimate.")
    if stale and (counted is None or counted.stated.estimate):
        yield Note(
            side, "stale", f"Preferences of side {side} were given for other choices than those now open."
        )
    if unread:
        yield Note(
            side,
            "unreadable",
            f"Of side {side}, {len(unread)} of {len(of_side)} documents could not be read.",
        )
    if len(own) > 1:
        yield Note(
            side,
            "restated",
            f"Side {side} has stated preferences {len(own)} times. Whoever is shown something after each could learn "
            "from it what others want.",
        )
