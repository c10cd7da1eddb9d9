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
    LEFT_OUT,
    alternative_number,
    article_number,
    articles,
    behind,
    headings,
    headings_of,
    keeps_words,
    live_bridge,
    main_language,
    omits,
    outermost,
    provisions_of,
    texts_of,
    under_heading,
)  # fmt: skip
from detente.views.marks import Link, Prose, worded
from detente.wording.counting import listed, lowered_office, number_word
from detente.wording.language import N_, ngettext, pgettext
from detente.wording.language import gettext as _

UNDISCLOSED: Final = N_("text not disclosed to you")
LONGEST: Final = 280
"""Characters of an alternative on the overview; the text page has it whole."""

MOST_ARTICLES: Final = 12
"""Articles that the overview shows one by one; of more, those in which a bracket is open."""


def text_place(sight: Sight, instrument: Instrument) -> Place:
    first = sight.state.instrument_order[0] == instrument.id
    return sight.place.page("text", instrument="" if first else instrument.id)


def brackets(sight: Sight, instrument: Instrument) -> Brackets:
    edition, found = instrument.edition, open_brackets(instrument)
    if edition is None:
        return Brackets(
            count=_("None"), text=None, articles=(), open=(), empty=_no_edition(sight, instrument)
        )
    where = text_place(sight, instrument)
    return Brackets(
        count=_count(sight.state, instrument, found),
        text=Link(text=_("Text of edition {number}", number=edition.number), href=where.address),
        articles=_at_a_glance(strip(sight, instrument, where)),
        open=tuple(_open(sight, instrument, bracket) for bracket in found),
        closing=() if found else _closing(sight, instrument),
        empty=_empty(sight, instrument) if not found else "",
    )


def no_brackets() -> Brackets:
    empty = _("No text is tabled. Next: open an instrument.")
    return Brackets(count=_("None"), text=None, articles=(), open=(), empty=empty)


def _count(state: State, instrument: Instrument, found: tuple[Bracket, ...]) -> str:
    if not found or instrument.edition is None:
        # “None open” alone was read as “nothing is open”.
        return _("None open") if is_adopted(state, instrument) else _("None open; that is not agreement")
    provisions = instrument.edition.provisions
    return _(
        "{provisions}, in {articles}",
        provisions=ngettext(
            "{count} provision of {total}", "{count} provisions of {total}", len(found), total=len(provisions)
        ),
        articles=ngettext(
            "{count} article of {total}", "{count} articles of {total}",
            len({outermost(b.provision) for b in found}), total=len(articles(provisions)),
        ),
    )  # fmt: skip


def _at_a_glance(articles: tuple[ArticleTile, ...]) -> tuple[ArticleTile, ...]:
    """Fifty tiles that say “No bracket” hide what follows them, on a phone for many screens. The text has them all."""
    if len(articles) <= MOST_ARTICLES:
        return articles
    return tuple(article for article in articles if article.open)


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
            state=_state(eid in open_in, eid in closed_in),
            href=f"{where.address}#{eid}",
            open=eid in open_in,
        )
        for eid in articles(provisions)
    )


def _state(is_open: bool, closed: bool) -> str:
    if is_open:
        return pgettext("an article of a text", "Open")
    return _("Closed since") if closed else _("No bracket")


def _open(sight: Sight, instrument: Instrument, bracket: Bracket) -> OpenBracket:
    titles = headings(provisions_of(sight, instrument.edition), main_language(instrument))
    title = titles.get(bracket.provision) or titles.get(outermost(bracket.provision))
    name = sight.names.provision(bracket.provision)
    return OpenBracket(
        heading=_("{provision}. {heading}", provision=name, heading=title) if title else name,
        since=_since(sight, bracket),
        alternatives=_stacked(sight, instrument, bracket),
    )


def _since(sight: Sight, bracket: Bracket) -> Prose:
    live = bracket.live()
    reserved = listed(sight.names.delegation(side) for side, _leaf in bracket.reserved)
    if not live:
        return worded("reserved by {sides}", sides=reserved) if reserved else ()
    first = min(a.index for a in live)
    time, act = sight.at(first), sight.cite(first)
    if not reserved:
        return worded("open since {time}, {act}", time=time, act=act)
    return worded("open since {time}, {act}; reserved by {sides}", time=time, act=act, sides=reserved)


def _stacked(sight: Sight, instrument: Instrument, bracket: Bracket) -> tuple[StackedAlternative, ...]:
    """The alternatives, and a bridge across them, without what they share: what the sides differ about."""
    language, live = main_language(instrument), bracket.live()
    bridge = live_bridge(sight, instrument, bracket.provision)
    leaves = [a.leaf for a in live] + ([bridge.leaf] if bridge else [])
    texts = [texts_of(sight, instrument, leaf).get(language, "") for leaf in leaves]
    middles = [m.strip() for m in factor(texts).middles] if all(texts) else texts
    words = [
        under_heading(sight, instrument, leaf, cut(middle or text) or _without_words(sight, leaf))
        for leaf, middle, text in zip(leaves, middles, texts, strict=True)
    ]
    stacked = tuple(
        StackedAlternative(
            number=alternative_number(bracket.provision, place), marks=behind(sight, alternative), text=words[place],
            bracketed=bool(texts[place] or headings_of(sight, alternative.leaf)), lang=language,
            direction=direction(language),
        )
        for place, alternative in enumerate(live)
    )  # fmt: skip
    return (*stacked, _bridged(sight, bridge, words[-1], language)) if bridge else stacked


def _without_words(sight: Sight, leaf: str) -> str:
    """Why an alternative has none."""
    if keeps_words(sight, leaf):
        return ""
    return _(LEFT_OUT) if omits(sight, leaf) else _(UNDISCLOSED)


def _bridged(sight: Sight, bridge: Bridge, words: str, language: str) -> StackedAlternative:
    return StackedAlternative(
        number=_("bridge"),
        marks=(sight.mediators(),),
        text=words,
        bracketed=False,
        note=_("without prejudice, lapses {time}", time=in_words(sight.instant(bridge.expires))),
        lang=language,
        direction=direction(language),
    )


def cut(text: str) -> str:
    """As much of somebody's words as tells them apart from others."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


# --- with none open


def _closing(sight: Sight, instrument: Instrument) -> Prose:
    closed = unconsolidated(instrument)
    if closed:
        where = listed(sight.names.provision(b.provision) for b in closed)
        return worded("Closed since the last edition: {provisions}. The next edition takes the agreed words up.",
                      provisions=where)  # fmt: skip
    for before, edition in reversed(list(zip(instrument.editions, instrument.editions[1:], strict=False))):
        if before.open and not edition.open:
            last = listed(sight.names.provision(p) for p, _leaves in before.open)
            return worded("The last one, in {provisions}, closed with edition {number} ({act}).", provisions=last,
                          number=str(edition.number), act=sight.cited(edition.index))  # fmt: skip
    return ()


def _empty(sight: Sight, instrument: Instrument) -> str:
    if _closing(sight, instrument) or sight.record.find(1, kind="propose_alternative"):
        return ""
    edition = instrument.edition
    assert edition is not None
    count = len(instrument.editions)
    return ngettext(
        "The record holds one edition by the {issuer} and no alternative tabled by a side. That shows what was entered "
        "here, not that the sides agreed. Next: each side can table an alternative, or assent.",
        "The record holds {count} editions by the {issuer} and no alternative tabled by a side. That shows what was "
        "entered here, not that the sides agreed. Next: each side can table an alternative, or assent.",
        count,
        count=number_word(count),
        issuer=_issuer(sight, edition.by),
    )


def _issuer(sight: Sight, person: str) -> str:
    return lowered_office(sight.names.briefly(person))


def _no_edition(sight: Sight, instrument: Instrument) -> str:
    title = sight.names.instrument(instrument.id)
    return _(
        "No edition of {title} is issued. Next: a text is tabled, and a mediator issues edition 1.",
        title=title,
    )
