"""From two texts that were compared to the page that says what really changed between them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from detente.procedure.disclosure import VisibleRecord
from detente.provisions.authentic import direction
from detente.provisions.differences import Difference
from detente.views.building.around import drawn_around
from detente.views.building.file_read import VisibleRemark, pieces, remark_lines
from detente.views.building.sight import Sight
from detente.views.building.text_as_files import COMPARE
from detente.views.compared import ComparedPage, DifferenceShown, SideRead
from detente.views.marks import Link
from detente.views.signing import Option
from detente.views.text import Wording
from detente.wording.differences import difference_words
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

MOST_SHOWN = 1_000


class VisibleSide(Struct, frozen=True):
    """One of the two. name: of the file; empty for an edition."""

    name: str
    provisions: int
    remarks: tuple[VisibleRemark, ...]
    instrument: str = ""
    edition: int = 0


class VisibleComparison(Struct, frozen=True):
    """differences: weightiest first; language: of words of which nothing else is known."""

    old: VisibleSide
    new: VisibleSide
    differences: tuple[Difference, ...]
    language: str = "en"


def compared_page(
    record: VisibleRecord,
    *,
    instrument: str = "",
    edition: int = 0,
    read: VisibleComparison | None = None,
    problem: str = "",
    largest: int,
    viewers: tuple[str, ...] = (),
) -> ComparedPage:
    """instrument, edition: chosen to compare with; largest: bytes of a file that is read."""
    sight = Sight(record, viewers, COMPARE, {"instrument": instrument, "edition": str(edition or "")})
    return ComparedPage(
        shell=drawn_around(sight, _("Compare two texts")),
        action=sight.place.address,
        text=Link(text=_("Back to the text"), href=sight.place.page("text", instrument=instrument).address),
        size=f"{largest // 1_000_000} MB",
        editions=tuple(_editions(sight, instrument, edition)),
        problem=problem,
        sides=tuple(_side(sight, one) for one in (read.old, read.new)) if read else (),
        verdict=_verdict(read) if read else "",
        differences=tuple(_differences(read)) if read else (),
    )


def _editions(sight: Sight, instrument: str, number: int) -> Iterator[Option]:
    for one in sight.names.instruments:
        for edition in reversed(one.editions):
            chosen = one.id == instrument and edition.number == number
            text = _named(sight, one.id, edition.number)
            yield Option(value=f"{one.id}/{edition.number}", text=text, chosen=chosen)


def _named(sight: Sight, instrument: str, number: int) -> str:
    return _("{text}, edition {number}", text=sight.names.instrument_title(instrument), number=number)


def _side(sight: Sight, one: VisibleSide) -> SideRead:
    name = one.name or _named(sight, one.instrument, one.edition)
    said = ngettext("{count} provision", "{count} provisions", one.provisions)
    return SideRead(name=name, said=said, remarks=remark_lines(one.remarks), in_record=not one.name)


def _verdict(read: VisibleComparison) -> str:
    numbers = sum(one.kind == "renumbered" for one in read.differences)
    weighty = len(read.differences) - numbers
    said = (
        ngettext("{count} difference, the weightiest first.", "{count} differences, the weightiest first.", weighty)
        if weighty
        else _("Nothing of substance differs.")
    )  # fmt: skip
    alone = _("Numbers alone that changed: {count}.", count=numbers)
    return f"{said} {alone}" if numbers else said


def _differences(read: VisibleComparison) -> Iterator[DifferenceShown]:
    worth = (one for one in read.differences if one.kind != "renumbered")
    for _at, one in zip(range(MOST_SHOWN), worth, strict=False):
        tag = one.language or read.language
        both = pieces(one.changes, tag)
        old = tuple(piece for piece in both if piece.change != "added")
        new = tuple(piece for piece in both if piece.change != "removed")
        yield DifferenceShown(
            said=difference_words(one),
            old=Wording(lang=tag, direction=direction(tag), pieces=old) if old else None,
            new=Wording(lang=tag, direction=direction(tag), pieces=new) if new else None,
        )
