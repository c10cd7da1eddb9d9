"""The text of the next edition, from the one before it: what every side supports is taken up, then what the
minutes say changes. All else stays, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from detente.codec.refusal import refuse
from detente.interchange.minutes.references import References
from detente.interchange.minutes.schema import Texts
from detente.provisions.correction import corrected
from detente.provisions.eid import order_key
from detente.provisions.provision import Provision
from detente.state.answers import open_brackets, unconsolidated
from detente.state.instrument import Bracket, Instrument


def standing_text(instrument: Instrument, references: References) -> Texts:
    """The provisions of the last edition, as corrected, as far as they are known; none before the first."""
    if instrument.edition is None:
        return ()
    found = _text(references, instrument.edition.leaf)
    for leaf in instrument.edition.corrections:
        found = corrected(found, _text(references, leaf), references.state.corrections[leaf].provisions)
    return found


def _text(references: References, leaf: str) -> Texts:
    return msgspec.convert(references.opened(leaf).get("text") or (), Texts)


def consolidate(instrument: Instrument, references: References, changes: Iterable[Provision] = ()) -> Texts:
    """The next edition's text. Raises `Refused` with code `minutes.text` where none is known."""
    language = instrument.authentic_languages()[0]
    standing = standing_text(instrument, references)
    text = {provision.id: provision for provision in standing}
    for bracket in unconsolidated(instrument):
        stands, agreed = (
            text.get(bracket.provision) or _without_words(bracket),
            bracket.agreed(instrument.sides),
        )
        taken_up = _taken_up(stands, references.opened(agreed.leaf), language) if agreed else stands
        if (agreed and agreed.omits) or not taken_up.languages():
            text.pop(bracket.provision, None)
        else:
            text[bracket.provision] = taken_up
    for bracket in open_brackets(instrument):
        text.setdefault(bracket.provision, _without_words(bracket))
    for provision in changes:
        known = text.get(provision.id)
        text[provision.id] = _changed(known, provision) if known else provision
    if not text:
        raise refuse("minutes.text", f"No text of “{instrument.id}” is known here.",
                     instead="Write it under the edition: text, or changes only.")  # fmt: skip
    before = {provision.id for provision in standing}
    added = [provision for provision in text if provision not in before]
    return tuple(text.values()) if not added else _in_place(text, added)


def _without_words(bracket: Bracket) -> Provision:
    """A provision that is proposed only: an edition that carries its bracket holds its place."""
    return Provision(bracket.provision, {}, {})


def _taken_up(provision: Provision, agreed: Mapping[str, Any], language: str) -> Provision:
    """The provision in the words agreed, and under the heading agreed; what was not proposed stays. Its other languages
    said the old words, and go unless they came along."""
    words, headings = {**(agreed.get("texts") or {})}, agreed.get("headings")
    if agreed.get("text"):
        words[language] = agreed["text"]
    return replace(
        provision,
        heading=provision.heading if headings is None else headings,
        texts=words or provision.texts,
    )


def _changed(known: Provision, change: Provision) -> Provision:
    return Provision(known.id, change.heading or known.heading, change.texts or known.texts)


def _in_place(text: Mapping[str, Provision], added: list[str]) -> Texts:
    """New provisions where their numbers belong; the others in the order they had."""
    order = [eid for eid in text if eid not in added]
    for eid in added:
        after = [place for place, other in enumerate(order, 1) if order_key(other) < order_key(eid)]
        order.insert(max(after, default=0), eid)
    return tuple(text[eid] for eid in order)
