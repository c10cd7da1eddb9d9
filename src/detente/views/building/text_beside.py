"""What stands beside a text and is no part of it: readings, packages, language versions, reservations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.acts.readings import readings_of, rival_readings
from detente.procedure.disclosure import VisibleDraft
from detente.state.instrument import Edition, Instrument, LanguageVersion, Package, Reading
from detente.state.ladder import Move
from detente.state.packages import fall_of
from detente.state.records import in_order
from detente.views.building.sight import Sight
from detente.views.building.text_history import one_after_another
from detente.views.building.text_reservations import SEALED, declarations, reservations
from detente.views.marks import Glyph, Mark, Prose, filled, linked, strong, worded
from detente.views.text import Beside, BesideItem, MarginNote, NoteLine
from detente.wording.counting import language_name, listed
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.provisions import numbered
from detente.wording.saying import status_words

STEPS: Final = frozenset({move.value for move in Move} - {"take_back", "declare_no_intention"})
_PACKAGES: Final = N_(
    "Texts put forward together: they close together when every side accepts, and stand or fall as one. To decline "
    "moves nothing else."
)
_RESERVATIONS: Final = N_(
    "A reservation is one side’s own statement. It is no part of the text, and the text says what it says."
)
_DECLARATIONS: Final = N_(
    "How a side says that it understands the text. It changes no obligation and asks for no answer."
)
_LANGUAGES: Final = N_(
    "The status of each language is the text’s own. A certificate says that its words agree with the others."
)


_FELL: Final = {
    "edition": N_("{fell} a later edition was issued before every side had accepted."),
    "withdrawn": N_("{fell} its text of {provision} was withdrawn."),
    "settled": N_("{fell} every side supports another text of {provision}."),
    "reopened": N_("{fell} one of its provisions was opened again, and with it all."),
}


def beside_text(sight: Sight, instrument: Instrument, edition: Edition) -> tuple[Beside, ...]:
    """What concerns this edition, by kind; nothing where the record holds nothing."""
    sections = (
        ("packages", _("Packages"), _(_PACKAGES), _packages(sight, instrument, edition)),
        ("reservations", _("Reservations"), _(_RESERVATIONS), reservations(sight, instrument, edition)),
        ("declarations", _("Interpretive declarations"), _(_DECLARATIONS), declarations(sight, instrument, edition)),
        ("versions", _("Language versions"), _(_LANGUAGES), _versions(sight, instrument, edition)),
    )  # fmt: skip
    drawn = ((anchor, head, lead, tuple(items)) for anchor, head, lead, items in sections)
    return tuple(Beside(anchor=a, head=h, lead=lead, items=items) for a, h, lead, items in drawn if items)


def _mark(sight: Sight, side: str) -> Mark:
    return sight.mediators() if side == "M" else sight.side(side)


def _words(sight: Sight, leaf: str) -> str:
    return str(sight.names.opened(leaf).get("text") or "")


# --- at the right of a provision


def beside_provision(
    sight: Sight, instrument: Instrument, edition: Edition, eid: str
) -> tuple[MarginNote, ...]:
    """The readings of a provision, each with whose it is, and the packages that it is in."""
    readings = [r for r in readings_of(instrument, eid) if _number(instrument, r) <= edition.number]
    notes = []
    if readings:
        head = _("Readings differ") if len(readings) > 1 else _("A declared reading")
        lines = tuple(_reading(sight, instrument, edition, r) for r in readings)
        notes.append(MarginNote(head=head, lines=lines))
    packages = tuple(
        _in_package(sight, p, eid) for p in _of_edition(instrument, edition) if _stands(instrument, p, eid)
    )
    if packages:
        notes.append(MarginNote(head="", lines=packages))
    return tuple(notes)


def _number(instrument: Instrument, reading: Reading) -> int:
    return next(e.number for e in instrument.editions if e.leaf == reading.edition)


def _reading(sight: Sight, instrument: Instrument, edition: Edition, reading: Reading) -> NoteLine:
    words, act = _words(sight, reading.leaf) or _(SEALED), sight.cite(reading.index)
    number = str(_number(instrument, reading))
    own = reading.edition == edition.leaf
    text = worded("{words} ({act})", words=words, act=act) if own else worded(
        "{words} ({act}, of edition {number})", words=words, act=act, number=number)  # fmt: skip
    return NoteLine(text=text, mark=_mark(sight, reading.side), quoted=True)


def _of_edition(instrument: Instrument, edition: Edition) -> list[Package]:
    return [p for p in in_order(instrument.packages.values()) if p.edition == edition.leaf]


def _stands(instrument: Instrument, package: Package, eid: str) -> bool:
    return eid in dict(package.alternatives) and fall_of(instrument, package) is None


def _in_package(sight: Sight, package: Package, eid: str) -> NoteLine:
    others = listed(numbered(p) for p, _leaf in package.alternatives if p != eid)
    link, act = linked(_("package"), "#packages"), sight.cite(package.index)
    text = worded("Stands or falls with {others}: {package} in {act}", others=others, package=link, act=act)
    return NoteLine(text=text, mark=_mark(sight, package.side))


def rival_words(sight: Sight, draft: VisibleDraft) -> Prose:
    """Said before a step on a text that sides read differently: where, and whose readings."""
    clear = draft.act.act.clear if draft.act else None
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if instrument is None or draft.kind.name not in STEPS:
        return ()
    found = [_rivals(sight, instrument, eid) for eid in rival_readings(instrument)]
    if not found:
        return ()
    return worded("{readings}; your act chooses none of them.", readings=one_after_another(found))


def _rivals(sight: Sight, instrument: Instrument, eid: str) -> Prose:
    readings = one_after_another(
        worded("{who}, {act}", who=sight.names.author_side(reading.side), act=sight.cite(reading.index))
        for reading in readings_of(instrument, eid)
    )
    return worded("{provision}: {readings}", provision=sight.names.provision(eid), readings=readings)


# --- packages


def _packages(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    for package in _of_edition(instrument, edition):
        texts = (_text(sight, instrument, *part) for part in package.alternatives)
        answers = (_package_answer(sight, package, side) for side in instrument.sides)
        yield BesideItem(
            mark=_mark(sight, package.side),
            head=worded("Package of {who}, {act}", who=sight.names.author_side(package.side),
                        act=sight.cite(package.index)),
            words=_words(sight, package.leaf),
            lines=(*texts, *answers),
            state=_package_state(sight, instrument, package),
        )  # fmt: skip


def _text(sight: Sight, instrument: Instrument, provision: str, leaf: str) -> NoteLine:
    bracket = instrument.brackets.get(provision)
    side = next((a.side for a in bracket.alternatives if a.leaf == leaf), "") if bracket else ""
    where, act = linked(sight.names.provision(provision), f"#{provision}"), sight.cite_leaf(leaf)
    if not side:
        return NoteLine(text=worded("{provision}: the text of {act}", provision=where, act=act))
    who = sight.names.author_side(side)
    return NoteLine(text=worded("{provision}: the text of {who}, {act}", provision=where, who=who, act=act))


def _package_answer(sight: Sight, package: Package, side: str) -> NoteLine:
    who = sight.names.delegation(side)
    glyph: Glyph = "awaited" if package.closed is None else "empty"
    text = worded("{who}: no answer in this record", who=who)
    if side in package.accepted:
        glyph, text = "done", worded("{who}: accepted", who=who)
    elif side in package.declined:
        glyph, text = "gap", worded("{who}: declined", who=who)
    return NoteLine(text=text, mark=sight.side(side), glyph=glyph)


def _package_state(sight: Sight, instrument: Instrument, package: Package) -> Prose:
    fall = fall_of(instrument, package)
    if fall is not None:
        where = sight.names.provision(fall.provision) if fall.provision else ""
        fell = strong(_("Fell:"))
        return worded(_FELL[fall.why], fell=fell, provision=where)
    if package.closed is None:
        return worded("Open. It closes its brackets, provisionally, when every side has accepted.")
    accepted, act = strong(_("Accepted by every side,")), sight.cite(package.closed)
    if instrument.edition is not None and instrument.edition.leaf != package.edition:
        return worded("{accepted} {act}. A later edition took it up.", accepted=accepted, act=act)
    return worded("{accepted} {act}. Its brackets are closed, provisionally, until an edition takes it up.",
                  accepted=accepted, act=act)  # fmt: skip


# --- languages


def _versions(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    if len(instrument.languages) < 2:
        return
    for tag, status in instrument.languages:
        if tag in edition.languages:
            found = [v for v in edition.versions if v.language == tag]
            lines = tuple(_certificate(sight, edition, version) for version in found)
            none = () if found else worded("Nobody has certified it in this record.")
            head = worded(
                "{language}, {status}", language=strong(language_name(tag)), status=status_words(status)
            )
            yield BesideItem(head=head, lines=lines, state=none)


def _certificate(sight: Sight, edition: Edition, version: LanguageVersion) -> NoteLine:
    by, act, total = sight.names.speaker(version.by), sight.cite(version.index), len(edition.provisions)
    if len(version.provisions) == total:
        text = worded("Certified by {by}, {act}: every provision", by=by, act=act)
    else:
        text = filled(ngettext(
            "Certified by {by}, {act}: {present} of {count} provision",
            "Certified by {by}, {act}: {present} of {count} provisions",
            total, by="{by}", act="{act}", present=len(version.provisions),
        ), by=by, act=act)  # fmt: skip
    added = _words(sight, version.leaf)
    text = worded("{certified}. {words}", certified=text, words=added) if added else text
    return NoteLine(text=text, mark=sight.person(version.by), glyph="done")
