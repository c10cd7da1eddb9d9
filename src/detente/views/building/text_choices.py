"""Other ways to look at a text: clean, marked, side by side; other editions, languages and instruments."""

from __future__ import annotations

from msgspec import Struct

from detente.state.instrument import Edition, Instrument
from detente.views.building.sight import Sight
from detente.views.marks import Choice
from detente.views.text import Show
from detente.wording.counting import language_name, listed
from detente.wording.language import gettext as _


class Asked(Struct, frozen=True):
    """What the reader asked for, as far as the record has it. since: None unless marked."""

    instrument: Instrument
    edition: Edition
    since: Edition | None
    show: Show
    languages: tuple[str, ...]


def shows_offered(sight: Sight, asked: Asked) -> tuple[Choice, ...]:
    place, show = sight.place, asked.show
    shows = [Choice(text=_("Clean"), href=place.asking(show="", since="").address, current=show == "clean")]
    earlier = [e for e in asked.instrument.editions if e.number < asked.edition.number]
    if earlier:
        number = (asked.since or earlier[-1]).number
        href = place.asking(show="marked", since=str(number)).address
        text = _("Marked since edition {number}", number=number)
        shows.append(Choice(text=text, href=href, current=show == "marked"))
    if len(asked.instrument.languages) > 1:
        href = place.asking(show="side", since="", languages="").address
        shows.append(Choice(text=_("Side by side"), href=href, current=show == "side"))
    return tuple(shows)


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
    if asked.since is None:
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
