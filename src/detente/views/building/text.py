"""The text of one edition: clean, marked since another, or its languages side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from msgspec.structs import replace

from detente.acts.editions import objections_at
from detente.procedure.disclosure import VisibleRecord
from detente.procedure.finality import finality
from detente.provisions.authentic import coverage
from detente.provisions.comparison import ProvisionChange
from detente.provisions.provision import Provision
from detente.state.answers import open_brackets, unconsolidated
from detente.state.instrument import Edition, Instrument
from detente.views.brackets import ArticleTile
from detente.views.building.around import drawn_around
from detente.views.building.checked_text import NOTHING_COUNTED, missing_counts
from detente.views.building.file_read import VisibleQuestion
from detente.views.building.looked import looked
from detente.views.building.open_brackets import tiles
from detente.views.building.sight import Sight, digits
from detente.views.building.substance import headings, main_language, provisions_of
from detente.views.building.text_articles import Drawing, changes_of, drawn_articles, since_words
from detente.views.building.text_as_files import files_offered, ways_back
from detente.views.building.text_beside import beside_text
from detente.views.building.text_choices import (
    Asked,
    compared_offered,
    editions_offered,
    instruments_offered,
    languages_offered,
    other_texts,
    shows_offered,
)
from detente.views.building.text_history import about_text
from detente.views.marks import Link, Prose, filled, linked, worded
from detente.views.text import Show, TextPage
from detente.wording.counting import language_name, listed
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

MOST_COLUMNS: Final = 3
NO_TEXT: Final = N_(
    "No text is tabled. A side or a mediator can table one; a mediator issues editions of it."
)
NOT_DISCLOSED: Final = N_(
    "The words of this edition are not disclosed to you. Its provisions, its number and its fingerprint are."
)


def text_page(
    record: VisibleRecord,
    *,
    instrument: str = "",
    edition: int = 0,
    since: int = 0,
    show: str = "",
    languages: str = "",
    against: str = "",
    questions: tuple[VisibleQuestion, ...] = (),
    viewers: tuple[str, ...] = (),
) -> TextPage:
    """questions: where the languages shown may not say the same.

    edition, since: numbers, 0 for the last edition and for the one before it; show: clean, marked or side;
    languages: tags joined by commas; against: another text, that this one replaces, amends or
    extends. What the record does not have is answered with what it has."""
    query = {
        "instrument": instrument,
        "edition": str(edition or ""),
        "since": str(since or ""),
        "show": show,
        "languages": languages,
        "against": against,
    }
    sight = Sight(record, viewers, "text", query)
    order = sight.state.instrument_order
    chosen = sight.state.instruments[instrument if instrument in order else order[0]] if order else None
    if chosen is None or chosen.edition is None:
        return _without(sight, chosen)
    asked = _asked(chosen, chosen.edition, edition, since, show, languages)
    other = next((one for one in other_texts(sight, chosen) if one.id == against), None)
    if other is not None:
        asked = replace(asked, show="marked", since=other.edition, against=other)
    return _page(sight, asked, questions)


def _asked(
    instrument: Instrument, last: Edition, number: int, since: int, show: str, languages: str
) -> Asked:
    edition = next((e for e in instrument.editions if e.number == number), last)
    earlier = [e for e in instrument.editions if e.number < edition.number]
    tags = [tag for tag, _status in instrument.languages]
    wanted = tuple(t for t in languages.split(",") if t in tags)[:MOST_COLUMNS]
    shown = show if show in ("marked", "side") else "marked" if since else "clean"
    if shown == "marked" and not earlier:
        shown = "clean"
    if shown == "side" and len(wanted) < 2:
        wanted = tuple(tags[:MOST_COLUMNS])
    compared = next((e for e in earlier if e.number == since), earlier[-1]) if shown == "marked" else None
    return Asked(instrument, edition, compared, cast(Show, shown), wanted or (main_language(instrument),))


def _page(sight: Sight, asked: Asked, questions: tuple[VisibleQuestion, ...]) -> TextPage:
    instrument, edition = asked.instrument, asked.edition
    provisions = provisions_of(sight, edition)
    elements = (
        missing_counts(sight, instrument, edition) if edition is instrument.edition else NOTHING_COUNTED
    )
    drawing = Drawing(
        sight, instrument, edition, provisions, asked.languages, asked.since, elements, asked.against,
        questions if asked.show == "side" else (),
    )  # fmt: skip
    changes = changes_of(drawing)
    return TextPage(
        title=sight.names.instrument_title(instrument.id),
        edition=_("Edition {number}", number=edition.number),
        issued=_issued(sight, edition),
        fingerprint=digits(edition.content, 16),
        standing=_standing(sight, instrument, edition, provisions),
        about=(*about_text(sight, instrument, edition), *_compared(drawing, changes)),
        show=asked.show,
        shows=shows_offered(sight, asked),
        editions=editions_offered(sight, asked),
        compared=compared_offered(sight, asked),
        languages=languages_offered(sight, asked),
        instruments=instruments_offered(sight, asked),
        since=since_words(drawing),
        strip=_strip(sight, asked, provisions),
        articles=drawn_articles(drawing, changes),
        beside=beside_text(sight, instrument, edition),
        empty="" if provisions else _(NOT_DISCLOSED),
        pdf=_pdf(sight, instrument, edition) if provisions else None,
        files=tuple(files_offered(sight, asked)) if provisions else (),
        ways=tuple(ways_back(sight, asked)) if provisions else (),
        looked=looked(sight, page="text", text_read=instrument.id if edition is instrument.edition else ""),
        shell=drawn_around(sight, _("Text")),
    )


def _pdf(sight: Sight, instrument: Instrument, edition: Edition) -> Link:
    place = sight.place.page("text/signature.pdf", instrument=instrument.id, edition=str(edition.number))
    return Link(text=_("PDF for signature"), href=place.address)


def _without(sight: Sight, instrument: Instrument | None) -> TextPage:
    return TextPage(
        title=sight.names.instrument_title(instrument.id) if instrument else _("Text"),
        edition="", issued=(), fingerprint="", standing="", show="clean", shows=(), editions=(), compared=(),
        languages=(), instruments=(), since="", strip=(), articles=(),
        empty=_no_edition(len(instrument.tabled)) if instrument else _(NO_TEXT),
        shell=drawn_around(sight, _("Text")),
    )  # fmt: skip


def _no_edition(tabled: int) -> str:
    """tabled: how many texts are."""
    none = _("No edition of the text is issued.")
    see = ngettext(
        "{count} text tabled: see the timeline.", "{count} texts tabled: see the timeline.", tabled
    )
    return f"{none} {see}" if tabled else none


# --- about the edition


def _issued(sight: Sight, edition: Edition) -> Prose:
    by, act = sight.names.speaker(edition.by), sight.cited(edition.index)
    received = [who for who, _leaf in edition.received]
    awaited = dict.fromkeys(p for _leaf, to in edition.circulated for p in to if p not in received)
    receipts = listed(map(sight.person_or_side, received))
    none = listed(map(sight.person_or_side, awaited), "or")
    if received and awaited:
        return worded("issued by {by}, {act}. Receipt by {received}. No receipt by {awaited} in this record",
                      by=by, act=act, received=receipts, awaited=none)  # fmt: skip
    if received:
        return worded("issued by {by}, {act}. Receipt by {received}", by=by, act=act, received=receipts)
    if awaited:
        return worded(
            "issued by {by}, {act}. No receipt by {awaited} in this record", by=by, act=act, awaited=none
        )
    return worded("issued by {by}, {act}", by=by, act=act)


def _standing(
    sight: Sight, instrument: Instrument, edition: Edition, provisions: tuple[Provision, ...]
) -> str:
    return " ".join(
        part for part in (_rank(sight, instrument, edition), _coverage(instrument, provisions)) if part
    )


def _rank(sight: Sight, instrument: Instrument, edition: Edition) -> str:
    if instrument.edition is not None and edition.leaf != instrument.edition.leaf:
        return _("A later edition stands: edition {number}.", number=instrument.edition.number)
    found = finality(sight.state, instrument.id)
    if found.authentic.yes and found.authentic.since is not None:
        number = found.authentic.since + 1
        fixed = N_(
            "Final text since #{number}: only a correction changes it, unless a side takes its step back."
        )
        return _(fixed, number=number)
    if found.adopted.yes and found.adopted.since is not None:
        return _("Adopted since #{number}; not yet authentic.", number=found.adopted.since + 1)
    return _("An edition implies nobody’s assent.")


def _coverage(instrument: Instrument, provisions: tuple[Provision, ...]) -> str:
    """How much of the text stands in each authentic language, where one is not complete."""
    if not provisions:
        return ""
    found = [(tag, coverage(provisions, tag)) for tag in instrument.authentic_languages()]
    partial = [
        _("{present} of {total} in {language}", present=c.present, total=c.total, language=language_name(tag))
        for tag, c in found
        if c.missing
    ]
    return _("Provisions in the record: {parts}.", parts=listed(partial)) if partial else ""


def _compared(drawing: Drawing, changes: Iterable[ProvisionChange]) -> Iterable[Prose]:
    """Of two texts: how much changed, and for how much of that the record says whose objection it answers."""
    if drawing.against is None:
        return
    sight, found = drawing.sight, [change for change in changes if change.status != "unchanged"]
    answering = sum(1 for c in found if objections_at(drawing.instrument, drawing.edition, c.id))
    text = linked(sight.names.instrument(drawing.against.id),
                  sight.place.page("text", instrument=drawing.against.id).address)  # fmt: skip
    yield filled(
        ngettext(
            "{count} provision differs from {text}; of {answering} the record says whose objection it answers.",
            "{count} provisions differ from {text}; of {answering} the record says whose objection it answers.",
            len(found), answering="{answering}", text="{text}"),
        text=text, answering=str(answering),
    )  # fmt: skip
    yield worded("A step on {text} stays on it: nobody’s signature there counts for this text.", text=text)


def _strip(sight: Sight, asked: Asked, provisions: Iterable[Provision]) -> tuple[ArticleTile, ...]:
    instrument, edition = asked.instrument, asked.edition
    last = instrument.edition is not None and edition.leaf == instrument.edition.leaf
    open_at = [b.provision for b in open_brackets(instrument)] if last else [p for p, _leaves in edition.open]
    closed_at = [b.provision for b in unconsolidated(instrument)] if last else []
    titles = headings(provisions, asked.languages[0])
    return tiles(edition.provisions, titles, sight.place, open_at=open_at, closed_at=closed_at)
