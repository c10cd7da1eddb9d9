"""What stands beside a text and is no part of it: readings, packages, language versions, reservations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.acts.readings import readings_of, rival_readings
from detente.procedure.disclosure import VisibleDraft
from detente.provisions.authentic import name_in_english
from detente.provisions.numbering import number_of
from detente.state.instrument import Edition, Instrument, LanguageVersion, Package, Reading
from detente.state.ladder import Move
from detente.state.packages import fall_of
from detente.state.records import in_order
from detente.views.building.sight import Sight
from detente.views.building.text_reservations import SEALED, declarations, reservations
from detente.views.marks import Glyph, Mark, Prose, Run, linked, prose, strong
from detente.views.text import Beside, BesideItem, MarginNote, NoteLine
from detente.wording.counting import counted, listed

_STEPS: Final = frozenset({move.value for move in Move} - {"take_back", "declare_no_intention"})
_PACKAGES: Final = (
    "Texts put forward together: they close together when every side accepts, and stand or fall as one. To decline "
    "moves nothing else."
)
_RESERVATIONS: Final = (
    "A reservation is one side’s own statement. It is no part of the text, and the text says what it says."
)
_DECLARATIONS: Final = (
    "How a side says that it understands the text. It changes no obligation and asks for no answer."
)
_LANGUAGES: Final = (
    "The status of each language is the text’s own. A certificate says that its words agree with the others."
)


def beside_text(sight: Sight, instrument: Instrument, edition: Edition) -> tuple[Beside, ...]:
    """What concerns this edition, by kind; nothing where the record holds nothing."""
    sections = (
        ("packages", "Packages", _PACKAGES, _packages(sight, instrument, edition)),
        ("reservations", "Reservations", _RESERVATIONS, reservations(sight, instrument, edition)),
        ("declarations", "Interpretive declarations", _DECLARATIONS, declarations(sight, instrument, edition)),
        ("versions", "Language versions", _LANGUAGES, _versions(sight, instrument, edition)),
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
        head = "Readings differ" if len(readings) > 1 else "A declared reading"
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
    on = "" if reading.edition == edition.leaf else f", of edition {_number(instrument, reading)}"
    words = _words(sight, reading.leaf) or SEALED
    return NoteLine(
        text=prose(f"{words} (", sight.cite(reading.index), f"{on})"),
        mark=_mark(sight, reading.side),
        quoted=True,
    )


def _of_edition(instrument: Instrument, edition: Edition) -> list[Package]:
    return [p for p in in_order(instrument.packages.values()) if p.edition == edition.leaf]


def _stands(instrument: Instrument, package: Package, eid: str) -> bool:
    return eid in dict(package.alternatives) and fall_of(instrument, package) is None


def _in_package(sight: Sight, package: Package, eid: str) -> NoteLine:
    others = listed(number_of(p) for p, _leaf in package.alternatives if p != eid)
    text = prose(
        f"Stands or falls with {others}: ", linked("package", "#packages"), " in ", sight.cite(package.index)
    )
    return NoteLine(text=text, mark=_mark(sight, package.side))


def rival_words(sight: Sight, draft: VisibleDraft) -> Prose:
    """Said before a step on a text that sides read differently: where, and whose readings."""
    clear = draft.act.act.clear if draft.act else None
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if instrument is None or draft.kind.name not in _STEPS:
        return ()
    found: list[str | Run] = []
    for eid in rival_readings(instrument):
        found.append(f"{sight.names.provision(eid)}: ")
        for reading in readings_of(instrument, eid):
            found += [f"{sight.names.author_side(reading.side)}, ", sight.cite(reading.index), "; "]
    return prose(*found, "your act chooses none of them.") if found else ()


# --- packages


def _packages(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    for package in _of_edition(instrument, edition):
        texts = (_text(sight, instrument, *part) for part in package.alternatives)
        answers = (_package_answer(sight, package, side) for side in instrument.sides)
        yield BesideItem(
            mark=_mark(sight, package.side),
            head=prose(f"Package of {sight.names.author_side(package.side)}, ", sight.cite(package.index)),
            words=_words(sight, package.leaf),
            lines=(*texts, *answers),
            state=_package_state(sight, instrument, package),
        )


def _text(sight: Sight, instrument: Instrument, provision: str, leaf: str) -> NoteLine:
    bracket = instrument.brackets.get(provision)
    side = next((a.side for a in bracket.alternatives if a.leaf == leaf), "") if bracket else ""
    whose = f" the text of {sight.names.author_side(side)}," if side else " the text of"
    where = linked(sight.names.provision(provision), f"#{provision}")
    return NoteLine(text=prose(where, f":{whose} ", sight.cite_leaf(leaf)))


def _package_answer(sight: Sight, package: Package, side: str) -> NoteLine:
    said: tuple[Glyph, str] = ("awaited", "no answer in this record")
    if side in package.accepted:
        said = ("done", "accepted")
    elif side in package.declined:
        said = ("gap", "declined")
    elif package.closed is not None:
        said = ("empty", "no answer in this record")
    return NoteLine(
        text=prose(f"{sight.names.delegation(side)}: {said[1]}"), mark=sight.side(side), glyph=said[0]
    )


def _package_state(sight: Sight, instrument: Instrument, package: Package) -> Prose:
    fall = fall_of(instrument, package)
    if fall is not None:
        where = sight.names.provision(fall.provision) if fall.provision else ""
        return prose(strong("Fell: "), {
            "edition": "a later edition was issued before every side had accepted.",
            "withdrawn": f"its text of {where} was withdrawn.",
            "settled": f"every side supports another text of {where}.",
            "reopened": "one of its provisions was opened again, and with it all.",
        }[fall.why])  # fmt: skip
    if package.closed is None:
        return prose("Open. It closes its brackets, provisionally, when every side has accepted.")
    taken_up = instrument.edition is not None and instrument.edition.leaf != package.edition
    then = (
        "A later edition took it up."
        if taken_up
        else "Its brackets are closed, provisionally, until an edition takes it up."
    )
    return prose(strong("Accepted by every side, "), sight.cite(package.closed), f". {then}")


# --- languages


def _versions(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    if len(instrument.languages) < 2:
        return
    for tag, status in instrument.languages:
        if tag in edition.languages:
            found = [v for v in edition.versions if v.language == tag]
            lines = tuple(_certificate(sight, edition, version) for version in found)
            none = () if found else prose("Nobody has certified it in this record.")
            yield BesideItem(head=prose(strong(name_in_english(tag)), f", {status}"), lines=lines, state=none)


def _certificate(sight: Sight, edition: Edition, version: LanguageVersion) -> NoteLine:
    whole = len(version.provisions) == len(edition.provisions)
    part = (
        "every provision"
        if whole
        else f"{len(version.provisions)} of {counted(len(edition.provisions), 'provision')}"
    )
    added = _words(sight, version.leaf)
    text = prose(f"Certified by {sight.names.speaker(version.by)}, ", sight.cite(version.index), f": {part}",
                 f". {added}" if added else "")  # fmt: skip
    return NoteLine(text=text, mark=sight.person(version.by), glyph="done")
