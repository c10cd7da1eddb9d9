"""The words of editions, alternatives and bridges, as far as the reader may read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from detente.provisions.correction import corrected
from detente.provisions.eid import ancestry
from detente.provisions.provision import Provision
from detente.state.instrument import Alternative, Edition, Instrument
from detente.state.records import Bridge
from detente.views.building.sight import Sight
from detente.views.marks import Mark
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.provisions import numbered


def provisions_of(sight: Sight, edition: Edition | None) -> tuple[Provision, ...]:
    """The text of an edition, as corrected; empty where it is sealed to the reader or not disclosed."""
    found = _text(sight, edition.leaf) if edition else ()
    for leaf in edition.corrections if edition else ():
        found = corrected(found, _text(sight, leaf), sight.state.corrections[leaf].provisions)
    return found


def _text(sight: Sight, leaf: str) -> tuple[Provision, ...]:
    text = sight.names.opened(leaf).get("text")
    return msgspec.convert(text, tuple[Provision, ...]) if text else ()


def texts_of(sight: Sight, instrument: Instrument, leaf: str) -> Mapping[str, str]:
    """An alternative's words by language: `text` stands in the first authentic one."""
    opened = sight.names.opened(leaf)
    found = dict(opened.get("texts") or {})
    if opened.get("text"):
        found[main_language(instrument)] = opened["text"]
    return found


def headings_of(sight: Sight, leaf: str) -> Mapping[str, str] | None:
    """The headings that an alternative proposes, by language: empty where there is to be none, None where it leaves the
    heading as it stands or does not disclose it."""
    found: Mapping[str, str] | None = sight.names.opened(leaf).get("headings")
    return found


def keeps_words(sight: Sight, leaf: str) -> bool:
    """Whether an alternative proposes a heading alone, so that the provision's words stay as they stand."""
    opened = sight.names.opened(leaf)
    return opened.get("headings") is not None and not (opened.get("text") or opened.get("texts"))


def under_heading(sight: Sight, instrument: Instrument, leaf: str, words: str) -> str:
    """The words of an alternative for a short line, with the heading that it proposes before them."""
    headings = headings_of(sight, leaf)
    if headings is None:
        return words
    heading = headings.get(main_language(instrument)) or next(iter(headings.values()), "")
    said = _("heading: {heading}", heading=heading) if heading else _(NO_HEADING)
    return f"{said} · {words}" if words else said


LEFT_OUT: Final = N_("left out: no text")
"""What stands where an alternative has no words because it leaves the provision out."""
NO_HEADING: Final = N_("no heading")
"""What stands where an alternative takes the heading away."""


def omits(sight: Sight, leaf: str) -> bool:
    """Whether an alternative leaves its provision out."""
    index = sight.record.index_of(leaf)
    act = sight.names.act_at(index) if index is not None else None
    return act is not None and getattr(act.act.clear, "omit", False)


def main_language(instrument: Instrument) -> str:
    authentic = instrument.authentic_languages()
    return authentic[0] if authentic else instrument.languages[0][0]


def outermost(eid: str) -> str:
    """The article, or other outermost provision, that a provision stands in; the preamble is one.

    >>> outermost("art_5__para_1"), outermost("annex_I__art_2__para_1"), outermost("preamble_3")
    ('art_5', 'annex_I__art_2', 'preamble_1')
    """
    path = (*ancestry(eid), eid)
    if path[0].startswith("preamble_"):
        return "preamble_1"
    return next((e for e in path if e.rpartition("__")[2].startswith("art_")), path[0])


def article_number(eid: str) -> str:
    """
    >>> article_number("art_5"), article_number("preamble_1")
    ('5', 'Preamble')
    """
    return _("Preamble") if eid == "preamble_1" else numbered(eid)


def articles(provisions: Iterable[str]) -> tuple[str, ...]:
    """The outermost provisions, each once, in the order of the text."""
    return tuple(dict.fromkeys(outermost(eid) for eid in provisions))


def headings(provisions: Iterable[Provision], language: str) -> dict[str, str]:
    """Headings by provision, in this language or any other that there is."""
    return {p.id: p.heading.get(language) or next(iter(p.heading.values())) for p in provisions if p.heading}


def alternative_number(provision: str, place: int) -> str:
    """“5(1)”, then “5(1) bis”. place: from 0."""
    return numbered(provision, alternative=place + 1)


def behind(sight: Sight, alternative: Alternative) -> tuple[Mark, ...]:
    """The sides that support an alternative, its author first."""
    others = [s for s in sight.state.convened.sides if s in alternative.supporters and s != alternative.side]
    author = sight.mediators() if alternative.side == "M" else sight.side(alternative.side)
    return (author, *(sight.side(s) for s in others))


def live_bridge(sight: Sight, instrument: Instrument, provision: str) -> Bridge | None:
    """The bridging proposal that now spans a bracket, or None."""
    return next(
        (
            b for b in sight.state.bridges.values()
            if b.instrument == instrument.id and b.provision == provision and b.opened is None and b.lapsed is None
        ),
        None,
    )  # fmt: skip
