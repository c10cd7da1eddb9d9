"""Brackets in a text: what the alternatives share, and each with the sides behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from detente.provisions.authentic import direction
from detente.provisions.bracket import Factored, factor
from detente.provisions.provision import Provision
from detente.state.answers import open_brackets
from detente.state.instrument import Alternative as Live
from detente.state.instrument import Bracket, Edition, Instrument
from detente.views.building.checked_text import count_words, where_checked
from detente.views.building.sight import Sight, in_words
from detente.views.building.substance import (
    LEFT_OUT,
    NO_HEADING,
    alternative_number,
    behind,
    headings_of,
    keeps_words,
    live_bridge,
    omits,
    provisions_of,
    texts_of,
)
from detente.views.building.turn import bridge_note
from detente.views.marks import Mark, Prose, linked, prose, worded
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
    sight: Sight,
    instrument: Instrument,
    edition: Edition,
    languages: Sequence[str],
    lacking: Mapping[str, tuple[int, int]],
) -> Mapping[str, Bracketed]:
    """The open brackets by provision: as they stand now on the last edition, as carried on an earlier one.
    lacking: how many elements the words of an alternative lack, and of how many."""
    if instrument.edition is not None and edition.leaf == instrument.edition.leaf:
        return {
            b.provision: _standing(sight, instrument, b, languages, lacking)
            for b in open_brackets(instrument)
        }
    return {
        provision: _carried(sight, instrument, edition, provision, leaves, languages)
        for provision, leaves in edition.open
    }


def _standing(
    sight: Sight,
    instrument: Instrument,
    bracket: Bracket,
    languages: Sequence[str],
    lacking: Mapping[str, tuple[int, int]],
) -> Bracketed:
    live = bracket.live()
    leaves, own = [a.leaf for a in live], _own(sight, instrument.edition, bracket.provision)
    shared, wordings = _wordings(sight, instrument, leaves, languages, own.texts)
    headings = _headings(sight, leaves, languages, own.heading)
    return Bracketed(
        shared=shared,
        alternatives=tuple(
            Alternative(
                number=alternative_number(bracket.provision, place), marks=behind(sight, a), wordings=wordings[place],
                note=_tabled(sight, instrument, a), headings=headings[place],
                lacks=_lacks(sight, instrument, bracket.provision, a, lacking.get(a.leaf, (0, 0))),
            )
            for place, a in enumerate(live)
        ),
        possible=_possible(sight, bracket),
        bridge=_bridge(sight, instrument, bracket.provision, languages),
        since=sight.at(min(a.index for a in live)) if live else "",
    )  # fmt: skip


def _lacks(
    sight: Sight, instrument: Instrument, eid: str, alternative: Live, lacking: tuple[int, int]
) -> Prose:
    missing, of = lacking
    if not missing:
        return ()
    return prose(linked(count_words(missing, of), where_checked(sight, instrument, eid, alternative)))


def _possible(sight: Sight, bracket: Bracket) -> Prose:
    reserved = listed(sight.names.delegation(side) for side, _leaf in bracket.reserved)
    kept = _("Reserved by {sides}: it stays open until that is lifted.", sides=reserved) if reserved else ""
    return prose(" ".join(part for part in (kept, _(POSSIBLE) if bracket.live() else "") if part))


def _carried(
    sight: Sight,
    instrument: Instrument,
    edition: Edition,
    provision: str,
    leaves: tuple[str, ...],
    languages: Sequence[str],
) -> Bracketed:
    own = _own(sight, edition, provision)
    shared, wordings = _wordings(sight, instrument, leaves, languages, own.texts)
    headings = _headings(sight, leaves, languages, own.heading)
    alternatives = tuple(
        Alternative(
            number=alternative_number(provision, place), marks=(_author(sight, leaf),), wordings=wordings[place],
            note=worded("Tabled in {act}.", act=sight.cite_leaf(leaf)), headings=headings[place],
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


def _own(sight: Sight, edition: Edition | None, provision: str) -> Provision:
    """The provision in the edition, which an alternative can leave out, or leave in part as it stands."""
    found = (p for p in provisions_of(sight, edition) if p.id == provision)
    return next(found, Provision(provision, {}, {}))


def _wordings(
    sight: Sight,
    instrument: Instrument,
    leaves: Sequence[str],
    languages: Sequence[str],
    own: Mapping[str, str],
) -> tuple[tuple[Wording, ...], list[tuple[Wording, ...]]]:
    """The words around the bracket, one for each language; and those of each alternative. own: the edition's, which
    stand outside the bracket where nobody proposes other words."""
    keeping = [keeps_words(sight, leaf) for leaf in leaves]
    if keeping and all(keeping):
        stays = tuple(_as_it_stands(own.get(tag, ""), tag) for tag in languages) if own else ()
        return stays, [() for _leaf in leaves]
    texts = [
        own if keeps else texts_of(sight, instrument, leaf)
        for leaf, keeps in zip(leaves, keeping, strict=True)
    ]
    factored = {tag: _factored(texts, tag) for tag in languages}
    shared = tuple(_around(factored[tag], tag) for tag in languages)
    left_out = [omits(sight, leaf) for leaf in leaves]
    each = [
        tuple(
            _left_out(own.get(tag, ""), tag) if left_out[place] else _one(factored[tag], place, tag)
            for tag in languages
        )
        for place in range(len(leaves))
    ]
    return (shared if any(wording.pieces for wording in shared) else ()), each


def _headings(
    sight: Sight, leaves: Sequence[str], languages: Sequence[str], own: Mapping[str, str]
) -> list[tuple[Wording, ...]]:
    """The headings of the alternatives, one for each language, where one of them proposes any. own: the edition's, which
    one without a heading of its own keeps; nothing is said of one that is not disclosed."""
    found = [headings_of(sight, leaf) for leaf in leaves]
    if all(headings is None for headings in found):
        return [() for _leaf in leaves]
    return [
        ()
        if omits(sight, leaf) or (headings is None and not (own and sight.names.opened(leaf)))
        else tuple(_heading(own if headings is None else headings, own, tag) for tag in languages)
        for leaf, headings in zip(leaves, found, strict=True)
    ]


def _heading(headings: Mapping[str, str], own: Mapping[str, str], tag: str) -> Wording:
    """One heading; where there is to be none, the edition's struck."""
    pieces = (Piece(text=headings[tag]),) if tag in headings else ()
    if not headings and tag in own:
        pieces = (Piece(text=own[tag], change="removed"),)
    lacking = _("No {language} heading proposed", language=language_name(tag)) if headings else _(NO_HEADING)
    missing = "" if tag in headings else lacking
    return Wording(lang=tag, direction=direction(tag), pieces=pieces, missing=missing)


def _as_it_stands(own: str, tag: str) -> Wording:
    missing = "" if own else _("No {language} text in the record", language=language_name(tag))
    return Wording(
        lang=tag, direction=direction(tag), pieces=(Piece(text=own),) if own else (), missing=missing
    )


def _factored(texts: Sequence[Mapping[str, str]], tag: str) -> Factored:
    found = [text.get(tag, "") for text in texts]
    return factor(found) if all(found) else Factored("", tuple(found), "")


def _around(factored: Factored, tag: str) -> Wording:
    around = factored.prefix or factored.suffix
    pieces = (Piece(text=factored.prefix), Piece(text=GAP), Piece(text=factored.suffix)) if around else ()
    return Wording(lang=tag, direction=direction(tag), pieces=tuple(p for p in pieces if p.text))


def _left_out(own: str, tag: str) -> Wording:
    """The edition's words struck, and in words that they are left out."""
    pieces = (Piece(text=own, change="removed"),) if own else ()
    return Wording(lang=tag, direction=direction(tag), pieces=pieces, missing=_(LEFT_OUT))


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
    texts, headings = texts_of(sight, instrument, bridge.leaf), headings_of(sight, bridge.leaf)
    own = _own(sight, instrument.edition, provision).heading
    alone = keeps_words(sight, bridge.leaf)
    lapses = in_words(sight.instant(bridge.expires))
    return Bridge(
        mark=sight.mediators(),
        head=worded("by the mediators, without prejudice, {act}. Lapses {time}.", act=sight.cite(bridge.index),
                    time=lapses),
        wordings=()
        if alone
        else tuple(_one(Factored("", (texts.get(tag, ""),), ""), 0, tag) for tag in languages),
        note=bridge_note(sight, provision),
        headings=() if headings is None else tuple(_heading(headings, own, tag) for tag in languages),
    )  # fmt: skip
