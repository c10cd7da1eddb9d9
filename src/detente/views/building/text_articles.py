"""The articles of an edition, provision by provision, with its brackets and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from detente.acts.editions import objections_at
from detente.provisions.authentic import direction, own_name
from detente.provisions.comparison import ProvisionChange, compare_editions
from detente.provisions.provision import Provision as Given
from detente.state.instrument import Edition, Instrument
from detente.views.building.checked_text import Counts, count_words, where_checked
from detente.views.building.file_read import VisibleQuestion
from detente.views.building.sight import Sight
from detente.views.building.substance import article_number, headings, outermost, provisions_of
from detente.views.building.table_rows import with_cells
from detente.views.building.text_beside import beside_provision
from detente.views.building.text_brackets import Bracketed, bracketed_at
from detente.views.building.text_questions import questions_at
from detente.views.marks import Prose, linked, prose, worded
from detente.views.text import (
    Article,
    Change,
    LanguageColumn,
    MarginNote,
    NoteLine,
    Piece,
    Provision,
    Wording,
)
from detente.wording.counting import language_name, listed
from detente.wording.language import gettext as _
from detente.wording.language import ngettext
from detente.wording.provisions import numbered
from detente.wording.saying import quoted, status_words

LONGEST: Final = 80
"""Characters of the office that objected."""
_CHANGES: Final[dict[str, Change]] = {"equal": "kept", "insert": "added", "delete": "removed"}


class Drawing(Struct, frozen=True):
    """One edition to be drawn. since: the edition that it is marked against, or None; against: the
    other text that it is of, where it is. elements: how many
    are missing for its texts to be verifiable; nothing where that is not checked; questions: where its languages may not
    say the same."""

    sight: Sight
    instrument: Instrument
    edition: Edition
    provisions: tuple[Given, ...]
    languages: tuple[str, ...]
    since: Edition | None
    elements: Counts
    against: Instrument | None = None
    questions: tuple[VisibleQuestion, ...] = ()


def drawn_articles(drawing: Drawing, changes: Sequence[ProvisionChange]) -> tuple[Article, ...]:
    lacking = drawing.elements.of_alternative
    brackets = bracketed_at(drawing.sight, drawing.instrument, drawing.edition, drawing.languages, lacking)
    titles = headings(drawing.provisions, drawing.languages[0])
    return tuple(
        _article(drawing, eid, list(within), brackets, titles)
        for eid, within in groupby(changes, lambda change: outermost(change.id))
    )


def changes_of(drawing: Drawing) -> tuple[ProvisionChange, ...]:
    """Every provision with its redline; without an edition to compare with, against itself: nothing changed."""
    old = provisions_of(drawing.sight, drawing.since) if drawing.since else drawing.provisions
    return tuple(compare_editions(old, drawing.provisions))


def since_words(drawing: Drawing) -> str:
    """The edition compared with, as a line about what changed names it; "" where there is none."""
    if drawing.since is None:
        return ""
    if drawing.against is not None:
        return drawing.sight.names.instrument(drawing.against.id)
    return _("edition {number}", number=drawing.since.number)


def _article(
    drawing: Drawing,
    eid: str,
    within: Sequence[ProvisionChange],
    brackets: Mapping[str, Bracketed],
    titles: Mapping[str, str],
) -> Article:
    number = article_number(eid)
    name = number if eid == "preamble_1" else drawing.sight.names.provision(eid)
    found = [brackets[change.id] for change in within if change.id in brackets]
    shown = drawing.languages if found else _languages(drawing, within)
    lacking = listed([language_name(tag) for tag in drawing.languages if tag not in shown], "or")
    return Article(
        number=number,
        anchor=eid,
        heading=_("{provision}. {heading}", provision=name, heading=titles[eid]) if eid in titles else name,
        state=_state(found, within),
        open=bool(found),
        columns=tuple(_column(drawing.instrument, tag) for tag in shown),
        provisions=tuple(
            with_cells(
                _provision(drawing, c, brackets.get(c.id), shown)
                for c in within
                if c.texts or c.id in brackets
            )
        ),
        lacking=_("no text in {languages} in the record", languages=lacking) if lacking else "",
    )


def _languages(drawing: Drawing, within: Sequence[ProvisionChange]) -> tuple[str, ...]:
    """Those asked for in which some provision of the article stands: empty columns would say nothing, many times."""
    present = {text.language for change in within for text in change.texts}
    return tuple(tag for tag in drawing.languages if tag in present) or drawing.languages


def _column(instrument: Instrument, tag: str) -> LanguageColumn:
    status = dict(instrument.languages)[tag]
    return LanguageColumn(
        lang=tag, direction=direction(tag), name=own_name(tag), english=language_name(tag),
        status=status_words(status),
    )  # fmt: skip


def _state(found: list[Bracketed], within: Sequence[ProvisionChange]) -> str:
    renamed = any(heading.status == "changed" for change in within for heading in change.heading)
    state = _open_brackets(found) if found else _("no bracket open")
    return _("{state}; heading changed", state=state) if renamed else state


def _open_brackets(found: list[Bracketed]) -> str:
    since = [b.since for b in found if b.since]
    if not since:
        return ngettext("{count} bracket open", "{count} brackets open", len(found))
    return ngettext(
        "{count} bracket open since {time}", "{count} brackets open since {time}", len(found), time=since[0]
    )


def _provision(
    drawing: Drawing, change: ProvisionChange, bracket: Bracketed | None, languages: tuple[str, ...]
) -> Provision:
    if bracket is not None:
        return Provision(
            number=numbered(change.id), anchor=change.id, wordings=bracket.shared, alternatives=bracket.alternatives,
            possible=bracket.possible, bridge=bracket.bridge,
            notes=_notes(drawing, change, counted_apart=bool(bracket.alternatives)),
        )  # fmt: skip
    return Provision(
        number=numbered(change.id),
        anchor=change.id,
        wordings=tuple(_wording(change, tag) for tag in languages),
        changed=any(
            text.status != "unchanged" for text in change.texts if text.language in drawing.languages
        ),
        notes=_notes(drawing, change),
    )


def _wording(change: ProvisionChange, tag: str) -> Wording:
    found = next((text for text in change.texts if text.language == tag), None)
    return Wording(
        lang=tag,
        direction=direction(tag),
        pieces=tuple(Piece(text=c.text, change=_CHANGES[c.op]) for c in found.changes) if found else (),
        missing="" if found else _("No {language} text in the record", language=language_name(tag)),
    )


# --- at the right of it


def _notes(
    drawing: Drawing, change: ProvisionChange, *, counted_apart: bool = False
) -> tuple[MarginNote, ...]:
    """counted_apart: whether what is missing stands beside each alternative."""
    lines = (
        _closed(drawing, change.id),
        _moved(drawing, change),
        _gone(drawing, change),
        *_answered(drawing, change),
        _elsewhere(drawing, change),
    )
    found = tuple(NoteLine(text=line) for line in lines if line)
    beside = beside_provision(drawing.sight, drawing.instrument, drawing.edition, change.id)
    missing = () if counted_apart else _missing(drawing, change.id)
    plain = (MarginNote(head="", lines=lines) for lines in (found, missing) if lines)
    return (*plain, *questions_at(drawing.questions, change.id), *beside)


def _missing(drawing: Drawing, eid: str) -> tuple[NoteLine, ...]:
    """How many elements it lacks for it to be verifiable, leading to what they are: of the last edition alone."""
    missing, of = drawing.elements.of_provision.get(eid, (0, 0))
    if not missing:
        return ()
    line = linked(count_words(missing, of), where_checked(drawing.sight, drawing.instrument, eid))
    return (NoteLine(text=prose(line), glyph="gap"),)


def _closed(drawing: Drawing, eid: str) -> Prose:
    """A bracket that the edition before carried and this one does not."""
    editions, edition = drawing.instrument.editions, drawing.edition
    before = next((e for e in editions if e.number == edition.number - 1), None)
    was = before is not None and any(p == eid for p, _leaves in before.open)
    is_open = any(p == eid for p, _leaves in edition.open)
    if not was or is_open:
        return ()
    return worded("The bracket closed with this edition ({act}).", act=drawing.sight.cite(edition.index))


def _moved(drawing: Drawing, change: ProvisionChange) -> Prose:
    if drawing.since is None or not change.moved:
        return ()
    return worded("Moved since {edition}.", edition=since_words(drawing))


def _gone(drawing: Drawing, change: ProvisionChange) -> Prose:
    if change.status != "removed":
        return ()
    return worded("Not in edition {number}.", number=str(drawing.edition.number))


def _answered(drawing: Drawing, change: ProvisionChange) -> Iterator[Prose]:
    """Whose objection these words answer, as whoever issued them says."""
    sight = drawing.sight
    for leaf in objections_at(drawing.instrument, drawing.edition, change.id):
        index = sight.record.index_of(leaf)
        act = sight.names.act_at(index) if index is not None else None
        if act is None:
            continue
        speaker = act.opened.get("speaker")
        who = quoted(speaker, LONGEST) if speaker else sight.person_or_side(act.act.author)
        yield worded("Answers an objection of {who}, {act}.", who=who, act=sight.cite(act.index))


def _elsewhere(drawing: Drawing, change: ProvisionChange) -> Prose:
    """The languages in which it also stands, where they are not shown; and those it lacks, where some do."""
    present = [text.language for text in change.texts]
    others = [tag for tag, _status in drawing.instrument.languages if tag not in drawing.languages]
    also = [language_name(tag) for tag in others if tag in present]
    lacking = [language_name(tag) for tag in others if tag not in present]
    if not also:
        return ()
    said = [_("Also in {languages}.", languages=listed(also))]
    if lacking:
        said.append(_("No {languages} text in the record.", languages=listed(lacking, "or")))
    return prose(" ".join(said))
