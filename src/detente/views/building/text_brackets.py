"""Brackets in a text: what the alternatives share, and each with the sides behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from detente.provisions.authentic import direction
from detente.provisions.bracket import Factored, factor
from detente.state.answers import open_brackets
from detente.state.instrument import Alternative as Live
from detente.state.instrument import Bracket, Edition, Instrument
from detente.views.building.sight import Sight, in_words
from detente.views.building.substance import alternative_number, behind, live_bridge, texts_of
from detente.views.building.turn import bridge_note
from detente.views.marks import Mark, Prose, prose, worded
from detente.views.text import Alternative, Bridge, Piece, Wording
from detente.wording.counting import language_name, listed
from detente.wording.language import N_
from detente.wording.language import gettext as _

POSSIBLE: Final = N_(
    "A side can support one of these, withdraw its own or propose another. With one supported by every side the bracket "
    "closes, provisionally."
)
GAP: Final = "[…]"


class Bracketed(Struct, frozen=True):
    """One open bracket. shared: the words around it; since: when it opened, in words."""

    shared: tuple[Wording, ...]
    alternatives: tuple[Alternative, ...]
    possible: Prose
    bridge: Bridge | None
    since: str


def bracketed_at(
    sight: Sight, instrument: Instrument, edition: Edition, languages: Sequence[str]
) -> Mapping[str, Bracketed]:
    """The open brackets by provision: as they stand now on the last edition, as carried on an earlier one."""
    if instrument.edition is not None and edition.leaf == instrument.edition.leaf:
        return {b.provision: _standing(sight, instrument, b, languages) for b in open_brackets(instrument)}
    return {
        provision: _carried(sight, instrument, provision, leaves, languages)
        for provision, leaves in edition.open
    }


def _standing(sight: Sight, instrument: Instrument, bracket: Bracket, languages: Sequence[str]) -> Bracketed:
    live = bracket.live()
    shared, wordings = _wordings(sight, instrument, [a.leaf for a in live], languages)
    return Bracketed(
        shared=shared,
        alternatives=tuple(
            Alternative(
                number=alternative_number(bracket.provision, place), marks=behind(sight, a), wordings=wordings[place],
                note=_tabled(sight, instrument, a),
            )
            for place, a in enumerate(live)
        ),
        possible=_possible(sight, bracket),
        bridge=_bridge(sight, instrument, bracket.provision, languages),
        since=sight.at(min(a.index for a in live)) if live else "",
    )  # fmt: skip


def _possible(sight: Sight, bracket: Bracket) -> Prose:
    reserved = listed(sight.names.delegation(side) for side, _leaf in bracket.reserved)
    kept = _("Reserved by {sides}: it stays open until that is lifted.", sides=reserved) if reserved else ""
    return prose(" ".join(part for part in (kept, _(POSSIBLE) if bracket.live() else "") if part))


def _carried(
    sight: Sight, instrument: Instrument, provision: str, leaves: tuple[str, ...], languages: Sequence[str]
) -> Bracketed:
    shared, wordings = _wordings(sight, instrument, leaves, languages)
    alternatives = tuple(
        Alternative(
            number=alternative_number(provision, place), marks=(_author(sight, leaf),), wordings=wordings[place],
            note=worded("Tabled in {act}.", act=sight.cite_leaf(leaf)),
        )
        for place, leaf in enumerate(leaves)
    )  # fmt: skip
    return Bracketed(shared=shared, alternatives=alternatives, possible=(), bridge=None, since="")


def _author(sight: Sight, leaf: str) -> Mark:
    index = sight.record.index_of(leaf)
    act = sight.names.act_at(index) if index is not None else None
    return sight.person(act.act.author) if act else sight.mediators()


def _tabled(sight: Sight, instrument: Instrument, alternative: Live) -> Prose:
    others = [s for s in instrument.sides if s in alternative.supporters and s != alternative.side]
    by, act = sight.names.author_side(alternative.side), sight.cite(alternative.index)
    if not others:
        return worded("Tabled by {by}, {act}. Supported by nobody else.", by=by, act=act)
    supporters = listed(map(sight.names.delegation, others))
    return worded("Tabled by {by}, {act}. Supported by {supporters}.", by=by, act=act, supporters=supporters)


# --- words in each language


def _wordings(
    sight: Sight, instrument: Instrument, leaves: Sequence[str], languages: Sequence[str]
) -> tuple[tuple[Wording, ...], list[tuple[Wording, ...]]]:
    """The words around the bracket, one for each language; and those of each alternative."""
    texts = [texts_of(sight, instrument, leaf) for leaf in leaves]
    factored = {tag: _factored(texts, tag) for tag in languages}
    shared = tuple(_around(factored[tag], tag) for tag in languages)
    each = [tuple(_one(factored[tag], place, tag) for tag in languages) for place in range(len(leaves))]
    return (shared if any(wording.pieces for wording in shared) else ()), each


def _factored(texts: Sequence[Mapping[str, str]], tag: str) -> Factored:
    found = [text.get(tag, "") for text in texts]
    return factor(found) if all(found) else Factored("", tuple(found), "")


def _around(factored: Factored, tag: str) -> Wording:
    around = factored.prefix or factored.suffix
    pieces = (Piece(text=factored.prefix), Piece(text=GAP), Piece(text=factored.suffix)) if around else ()
    return Wording(lang=tag, direction=direction(tag), pieces=tuple(p for p in pieces if p.text))


def _one(factored: Factored, place: int, tag: str) -> Wording:
    text = factored.middles[place].strip()
    around = factored.prefix or factored.suffix
    missing = (
        _("no text: the words are left out")
        if around
        else _("No {language} text disclosed to you or in the record", language=language_name(tag))
    )
    pieces = (Piece(text=text),) if text else ()
    return Wording(lang=tag, direction=direction(tag), pieces=pieces, missing="" if text else missing)


def _bridge(sight: Sight, instrument: Instrument, provision: str, languages: Sequence[str]) -> Bridge | None:
    bridge = live_bridge(sight, instrument, provision)
    if bridge is None:
        return None
    texts = texts_of(sight, instrument, bridge.leaf)
    lapses = in_words(sight.instant(bridge.expires))
    return Bridge(
        mark=sight.mediators(),
        head=worded("by the mediators, without prejudice, {act}. Lapses {time}.", act=sight.cite(bridge.index),
                    time=lapses),
        wordings=tuple(_one(Factored("", (texts.get(tag, ""),), ""), 0, tag) for tag in languages),
        note=bridge_note(sight, provision),
    )  # fmt: skip
