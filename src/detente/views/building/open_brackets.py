"""The strip of articles and the open brackets, with their alternatives stacked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from detente.provisions.authentic import direction
from detente.provisions.bracket import factor
from detente.state.answers import is_adopted, open_brackets, unconsolidated
from detente.state.instrument import Bracket, Instrument
from detente.state.records import Bridge, State
from detente.views.addresses import Place
from detente.views.brackets import ArticleTile, Brackets, OpenBracket, StackedAlternative
from detente.views.building.sight import Sight, in_words
from detente.views.building.substance import (
    alternative_number,
    article_number,
    articles,
    behind,
    headings,
    live_bridge,
    main_language,
    outermost,
    provisions_of,
    texts_of,
)  # fmt: skip
from detente.views.marks import Link, Prose, prose
from detente.wording.counting import counted, counted_in_words, listed, lowered_office

UNDISCLOSED: Final = "text not disclosed to you"
LONGEST: Final = 280
"""Characters of an alternative on the overview; the text page has it whole."""


def text_place(sight: Sight, instrument: Instrument) -> Place:
    first = sight.state.instrument_order[0] == instrument.id
    return sight.place.page("text", instrument="" if first else instrument.id)


def brackets(sight: Sight, instrument: Instrument) -> Brackets:
    edition, found = instrument.edition, open_brackets(instrument)
    if edition is None:
        return Brackets(count="None", text=None, articles=(), open=(), empty=_no_edition(sight, instrument))
    where = text_place(sight, instrument)
    return Brackets(
        count=_count(sight.state, instrument, found),
        text=Link(text=f"Text of edition {edition.number}", href=where.address),
        articles=strip(sight, instrument, where),
        open=tuple(_open(sight, instrument, bracket) for bracket in found),
        closing=() if found else _closing(sight, instrument),
        empty=_empty(sight, instrument) if not found else "",
    )


def no_brackets() -> Brackets:
    return Brackets(
        count="None", text=None, articles=(), open=(), empty="No text is tabled. Next: open an instrument."
    )


def _count(state: State, instrument: Instrument, found: tuple[Bracket, ...]) -> str:
    if not found or instrument.edition is None:
        # “None open” alone was read as “nothing is open”.
        return "None open" if is_adopted(state, instrument) else "None open; that is not agreement"
    provisions = instrument.edition.provisions
    within, of = len({outermost(b.provision) for b in found}), len(articles(provisions))
    return f"{counted(len(found), 'provision')} of {len(provisions)}, in {counted(within, 'article')} of {of}"


def strip(sight: Sight, instrument: Instrument, where: Place) -> tuple[ArticleTile, ...]:
    """The articles of the last edition, each with whether a bracket is open in it."""
    edition = instrument.edition
    if edition is None:
        return ()
    return tiles(
        edition.provisions,
        headings(provisions_of(sight, edition), main_language(instrument)),
        where,
        open_at=[b.provision for b in open_brackets(instrument)],
        closed_at=[b.provision for b in unconsolidated(instrument)],
    )


def tiles(
    provisions: Iterable[str],
    titles: Mapping[str, str],
    where: Place,
    *,
    open_at: Iterable[str],
    closed_at: Iterable[str],
) -> tuple[ArticleTile, ...]:
    open_in, closed_in = {outermost(e) for e in open_at}, {outermost(e) for e in closed_at}
    return tuple(
        ArticleTile(
            number=article_number(eid),
            heading=titles.get(eid, ""),
            state="Open" if eid in open_in else "Closed since" if eid in closed_in else "No bracket",
            href=f"{where.address}#{eid}",
            open=eid in open_in,
        )
        for eid in articles(provisions)
    )


def _open(sight: Sight, instrument: Instrument, bracket: Bracket) -> OpenBracket:
    titles = headings(provisions_of(sight, instrument.edition), main_language(instrument))
    title = titles.get(bracket.provision) or titles.get(outermost(bracket.provision))
    name = sight.names.provision(bracket.provision)
    return OpenBracket(
        heading=f"{name}. {title}" if title else name,
        since=_since(sight, bracket),
        alternatives=_stacked(sight, instrument, bracket),
    )


def _since(sight: Sight, bracket: Bracket) -> Prose:
    live = bracket.live()
    reserved = listed(sight.names.delegation(side) for side, _leaf in bracket.reserved)
    kept = [f"; reserved by {reserved}" if live else f"reserved by {reserved}"] if reserved else []
    if not live:
        return prose(*kept)
    first = min(a.index for a in live)
    return prose("open since ", sight.at(first), ", ", sight.cite(first), *kept)


def _stacked(sight: Sight, instrument: Instrument, bracket: Bracket) -> tuple[StackedAlternative, ...]:
    """The alternatives, and a bridge across them, without what they share: what the sides differ about."""
    language, live = main_language(instrument), bracket.live()
    bridge = live_bridge(sight, instrument, bracket.provision)
    leaves = [a.leaf for a in live] + ([bridge.leaf] if bridge else [])
    texts = [texts_of(sight, instrument, leaf).get(language, "") for leaf in leaves]
    middles = [m.strip() for m in factor(texts).middles] if all(texts) else texts
    words = [_cut(middle or text) or UNDISCLOSED for middle, text in zip(middles, texts, strict=True)]
    stacked = tuple(
        StackedAlternative(
            number=alternative_number(bracket.provision, place), marks=behind(sight, alternative), text=words[place],
            bracketed=bool(texts[place]), lang=language, direction=direction(language),
        )
        for place, alternative in enumerate(live)
    )  # fmt: skip
    return (*stacked, _bridged(sight, bridge, words[-1], language)) if bridge else stacked


def _bridged(sight: Sight, bridge: Bridge, words: str, language: str) -> StackedAlternative:
    return StackedAlternative(
        number="bridge",
        marks=(sight.mediators(),),
        text=words,
        bracketed=False,
        note=f"without prejudice, lapses {in_words(sight.instant(bridge.expires))}",
        lang=language,
        direction=direction(language),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


# --- with none open


def _closing(sight: Sight, instrument: Instrument) -> Prose:
    closed = unconsolidated(instrument)
    if closed:
        where = listed(sight.names.provision(b.provision) for b in closed)
        return prose(f"Closed since the last edition: {where}. The next edition takes the agreed words up.")
    for before, edition in reversed(list(zip(instrument.editions, instrument.editions[1:], strict=False))):
        if before.open and not edition.open:
            last = listed(sight.names.provision(p) for p, _leaves in before.open)
            return prose(
                f"The last one, in {last}, closed with edition {edition.number} (",
                *sight.cited(edition.index),
                ").",
            )
    return ()


def _empty(sight: Sight, instrument: Instrument) -> str:
    if _closing(sight, instrument) or sight.record.find(1, kind="propose_alternative"):
        return ""
    edition = instrument.edition
    assert edition is not None
    held = counted_in_words(len(instrument.editions), "edition")
    return (
        f"The record holds {held} by the {_issuer(sight, edition.by)} and no alternative tabled by a side. That shows "
        "what was entered here, not that the sides agreed. Next: each side can table an alternative, or assent."
    )


def _issuer(sight: Sight, person: str) -> str:
    return lowered_office(sight.names.briefly(person))


def _no_edition(sight: Sight, instrument: Instrument) -> str:
    title = sight.names.instrument(instrument.id)
    return f"No edition of {title} is issued. Next: a text is tabled, and a mediator issues edition 1."
