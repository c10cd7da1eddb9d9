"""Other ways to look at a text: clean, marked, side by side; other editions, languages and instruments."""

from __future__ import annotations

from msgspec import Struct

from detente.acts.editions import CHANGING
from detente.state.instrument import Edition, Instrument
from detente.views.building.sight import Sight
from detente.views.marks import Choice
from detente.views.text import Show
from detente.wording.counting import language_name, listed
from detente.wording.language import gettext as _


class Asked(Struct, frozen=True):
    """What the reader asked for, as far as the record has it. since: None unless marked. against: the other text of
    which `since` is the last edition; None where it is of this one."""

    instrument: Instrument
    edition: Edition
    since: Edition | None
    show: Show
    languages: tuple[str, ...]
    against: Instrument | None = None


def shows_offered(sight: Sight, asked: Asked) -> tuple[Choice, ...]:
    place, show = sight.place, asked.show
    clean = place.asking(show="", since="", against="")
    shows = [Choice(text=_("Clean"), href=clean.address, current=show == "clean")]
    earlier = [e for e in asked.instrument.editions if e.number < asked.edition.number]
    if earlier:
        number = (asked.since if asked.since and not asked.against else earlier[-1]).number
        href = place.asking(show="marked", since=str(number), against="").address
        text = _("Marked since edition {number}", number=number)
        shows.append(Choice(text=text, href=href, current=show == "marked" and not asked.against))
    for other in other_texts(sight, asked.instrument):
        href = place.asking(show="marked", since="", against=other.id).address
        text = _("Marked against {text}", text=sight.names.instrument(other.id))
        shows.append(Choice(text=text, href=href, current=asked.against is other))
    if len(asked.instrument.languages) > 1:
        href = place.asking(show="side", since="", against="", languages="").address
        shows.append(Choice(text=_("Side by side"), href=href, current=show == "side"))
    return tuple(shows)


def other_texts(sight: Sight, instrument: Instrument) -> tuple[Instrument, ...]:
    """The texts that this one replaces, amends or extends, and with which it can be compared."""
    linked = (sight.state.instruments[other] for relation, other in instrument.links if relation in CHANGING)
    return tuple(other for other in linked if other.edition is not None)


def editions_offered(sight: Sight, asked: Asked) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            text=str(e.number),
            href=sight.place.asking(edition=str(e.number), since="").address,
            current=e.leaf == asked.edition.leaf,
        )
        for e in asked.instrument.editions
    )


def compared_offered(sight: Sight, asked: Asked) -> tuple[Choice, ...]:
    if asked.since is None or asked.against is not None:
        return ()
    since = asked.since
    return tuple(
        Choice(
            text=_("edition {number}", number=e.number),
            href=sight.place.asking(since=str(e.number)).address,
            current=e.leaf == since.leaf,
        )
        for e in asked.instrument.editions
        if e.number < asked.edition.number
    )


def languages_offered(sight: Sight, asked: Asked) -> tuple[Choice, ...]:
    tags = [tag for tag, _status in asked.instrument.languages]
    if len(tags) < 2:
        return ()
    place = sight.place.asking(show="" if asked.show == "side" else asked.show)
    alone = tuple(
        Choice(
            text=language_name(tag),
            href=place.asking(languages=tag).address,
            current=asked.languages == (tag,),
        )
        for tag in tags
    )
    pairs = [(tags[0], tag) for tag in tags[1:]]
    return (*alone, *(_pair(sight, asked, pair) for pair in pairs))


def _pair(sight: Sight, asked: Asked, pair: tuple[str, str]) -> Choice:
    href = sight.place.asking(show="side", since="", languages=",".join(pair)).address
    return Choice(text=listed(map(language_name, pair)), href=href, current=asked.languages == pair)


def instruments_offered(sight: Sight, asked: Asked) -> tuple[Choice, ...]:
    if len(sight.names.instruments) < 2:
        return ()
    return tuple(
        Choice(
            text=sight.names.instrument_title(i.id), href=sight.place.page("text", instrument=i.id).address,
            current=i.id == asked.instrument.id,
        )
        for i in sight.names.instruments
    )  # fmt: skip
